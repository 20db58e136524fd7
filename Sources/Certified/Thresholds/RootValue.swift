import Algebra
import Arbitrary
import Exact
import Symbolic

/// A real number that is a root of something: exact where it can be, and enclosed to any precision.
public struct RootValue: Sendable {
  /// What is known of the number exactly.
  public enum Origin: Sendable {
    /// It is algebraic.
    case algebraic(AlgebraicNumber)
    /// It is the place at which an injective formula takes an algebraic value.
    case preimage(KernelPreimage)
    /// It is the value of a formula without symbols, by proof.
    case formula(Expression)
    /// It is the only root of a function in an interval.
    case isolated
  }

  public let origin: Origin
  private let enclose: @Sendable (Int) throws -> Interval
  private var measure: (@Sendable () -> RefinementEffort)?
  private var anew: (@Sendable () -> RootValue)?

  /// The same number as it was before it was refined, for measurements of what that costs; nil where nothing
  /// is kept.
  package var renewed: RootValue? { anew?() }

  /// What was evaluated to refine it so far; nil of algebraic numbers and of values of formulas.
  public var effort: RefinementEffort? { measure?() }

  public init(_ number: AlgebraicNumber) {
    origin = .algebraic(number)
    enclose = { number.interval(precision: $0) }
  }

  init(_ preimage: KernelPreimage, _ place: KernelPlace) {
    origin = .preimage(preimage)
    enclose = { try place.interval(precision: $0) }
    measure = {
      var effort = RefinementEffort()
      effort.inverses = place.evaluations
      return effort
    }
    anew = { RootValue(preimage, place.renewed()) }
  }

  /// The value of a formula without symbols, which is real.
  ///
  /// - Throws: ``CertifiedError`` where it cannot be compiled.
  public init(_ formula: Expression) throws(CertifiedError) {
    let function = try CompiledFunction(formula, of: [])
    origin = .formula(formula)
    enclose = { function.values(over: [], precision: $0 + 16)[0] }
  }

  /// - Parameter enclose: an interval around the number at a precision in bits; it gets narrower with the
  ///   precision, without end.
  public init(isolated enclose: @escaping @Sendable (Int) throws -> Interval) {
    origin = .isolated
    self.enclose = enclose
  }

  init(_ root: RefinableRoot) {
    self.init(isolated: { try root.interval(bits: $0) })
    measure = { root.effort }
    anew = { RootValue(root.renewed()) }
  }

  /// A root of a polynomial with enclosed coefficients.
  init(_ root: EnclosedRoot) {
    self.init(isolated: { try root.interval(precision: $0) })
    measure = { root.effort }
    anew = { RootValue(root.renewed) }
  }

  /// The place at which a kernel takes a value that is such a root.
  init(_ value: EnclosedRoot, at place: KernelPlace) {
    self.init(isolated: { try place.interval(precision: $0) })
    measure = {
      var effort = value.effort
      effort.inverses = place.evaluations
      return effort
    }
    anew = {
      let value = value.renewed
      return RootValue(value, at: place.renewed { try value.interval(precision: $0) })
    }
  }

  /// The number where it is known to be algebraic.
  public var algebraic: AlgebraicNumber? {
    if case .algebraic(let number) = origin { number } else { nil }
  }

  /// The number where it is known to be rational.
  public var rational: Rational? { algebraic?.rational }

  /// An interval around the number, about as narrow as the precision in bits allows.
  public func interval(precision: Int) throws -> Interval { try enclose(precision) }

  /// A closed form that is proved to be the number; nil where none is found.
  public func closedForm(limit: ClosedFormLimit = .standard) -> Expression? {
    switch origin {
    case .algebraic(let number): (try? number.closedForm(limit: limit))?.expression
    case .preimage(let preimage): preimage.closedForm(limit: limit)
    case .formula(let formula): formula
    case .isolated: nil
    }
  }

  /// So many significant digits, all correct, and bounds with two more.
  ///
  /// - Throws: ``RootError/precisionLimit(digits:)`` where a digit stays open, as of a number that is a
  ///   rounding tie without being known to be rational.
  public func decimal(
    digits: Int
  ) throws -> (digits: String, lower: String, upper: String) {
    if let rational {
      let bounds = Decimal.enclosure(
        of: Interval(rational, precision: digits * 7 / 2 + 96), significant: digits + 2)
      return (
        Decimal.digits(of: rational, significant: digits), bounds.lower, bounds.upper
      )
    }
    var bits = digits * 10 / 3 + 16
    let limit = 8 * bits + 4096
    while bits <= limit {
      let interval = try enclose(bits)
      if let text = Decimal.digits(of: interval, significant: digits) {
        let bounds = Decimal.enclosure(of: interval, significant: digits + 2)
        return (text, bounds.lower, bounds.upper)
      }
      bits *= 2
    }
    throw RootError.precisionLimit(digits: digits)
  }

  /// Whether the numbers are equal, by what is known exactly; nil where that says nothing.
  func isEqual(to other: RootValue) -> Bool? {
    switch (origin, other.origin) {
    case (.algebraic(let a), .algebraic(let b)): return a == b
    case (.preimage(let a), .preimage(let b)):
      // At one place a formula has one value; by one inverse, one value has one place.
      if a.kernel == b.kernel, a.value != b.value { return false }
      return a.map == b.map ? true : nil
    case (.formula(let a), .formula(let b)): return a == b ? true : nil
    default: return nil
    }
  }

  /// The sign of self - other; nil where it is open, at the greatest precision.
  func compare(to other: RootValue, precisionLimit: Int = 4096) throws -> Int? {
    if case .algebraic(let a) = origin, case .algebraic(let b) = other.origin {
      return a == b ? 0 : a < b ? -1 : 1
    }
    if isEqual(to: other) == true { return 0 }
    var bits = 64
    while bits <= precisionLimit {
      let (a, b) = (try interval(precision: bits), try other.interval(precision: bits))
      if a.isCertainlyLess(than: b) { return -1 }
      if b.isCertainlyLess(than: a) { return 1 }
      bits *= 2
    }
    return nil
  }
}
