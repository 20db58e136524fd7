import Exact

/// A closed set of real numbers without gaps: every real between two bounds.
///
/// The sets are those of IEEE 1788's set-based flavour: bounded intervals, half-lines, the whole line
/// and the empty set. **Guarantee:** for every function f here and every point x of the argument at
/// which f is defined, f(x) lies in the result. Points where f is not defined are left out, so that the
/// square root of [-1, 4] is that of [0, 4], and of [-2, -1] is empty. Bounds are rounded outward; a
/// function that takes its bounds from one call of MPFR each is as tight as the precision allows.
///
/// Invariants: neither bound is NaN; `lower` ≤ `upper` and `lower` < +∞ and `upper` > -∞, except for
/// the empty set, which is stored as lower = +∞, upper = -∞; a bound that is zero is +0, so that the
/// direction from which MPFR approaches a zero never matters. `==` is equality of sets: enclosures that
/// are equal need not enclose equal numbers.
public struct Interval: Sendable, Hashable {
  /// The greatest lower bound, -∞ if there is none; +∞ for the empty set.
  public let lower: Real
  /// The least upper bound, +∞ if there is none; -∞ for the empty set.
  public let upper: Real

  /// From bounds known to keep the invariants but for the sign of zeros.
  init(uncheckedLower lower: Real, upper: Real) {
    self.lower = lower.isZero && lower.hasNegativeSign ? -lower : lower
    self.upper = upper.isZero && upper.hasNegativeSign ? -upper : upper
  }

  /// The set without a point.
  public static let empty = Interval(uncheckedLower: .infinity, upper: .negativeInfinity)
  /// The whole line.
  public static let entire = Interval(uncheckedLower: .negativeInfinity, upper: .infinity)

  /// The greater of the precisions of the two bounds.
  public var precision: Int { max(lower.precision, upper.precision) }
}

// MARK: - Making

extension Interval {
  /// The reals x with `lower` ≤ x ≤ `upper`; the bounds are taken exactly.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where a bound is NaN, the bounds are out of order, or both
  ///   are the same infinity.
  public init(lower: Real, upper: Real) throws(ArithmeticError) {
    guard lower <= upper, !(lower.isInfinite && lower == upper) else {
      throw .domain("no interval has the bounds \(lower) and \(upper)")
    }
    self.init(uncheckedLower: lower, upper: upper)
  }

  /// The reals between two values given in any order.
  ///
  /// An infinite value stands for no bound on its side; NaN, and two equal infinities, give the whole
  /// line.
  public init(between a: Real, and b: Real) {
    if a <= b, !(a.isInfinite && a == b) {
      self.init(uncheckedLower: a, upper: b)
    } else if b < a {
      self.init(uncheckedLower: b, upper: a)
    } else {
      self = .entire
    }
  }

  /// The point `value` exactly. An infinity or NaN says nothing about a real number: the whole line.
  public init(_ value: Real) {
    self = value.isFinite ? Interval(uncheckedLower: value, upper: value) : .entire
  }

  /// The point `value` exactly, with as many bits as it needs.
  public init(_ value: Int) { self.init(Real(value)) }

  /// The point `value` exactly; of an infinity or NaN, the whole line.
  public init(_ value: Double) { self.init(Real(value)) }

  /// The tightest enclosure of an integer at a precision; a point where it is representable.
  public init(_ value: Integer, precision: Int) {
    self.init { Real(value, precision: precision, rounding: $0) }
  }

  /// The tightest enclosure of an integer at a precision; a point where it is representable.
  public init(_ value: Int, precision: Int) { self.init(Integer(value), precision: precision) }

  /// The tightest enclosure of a fraction at a precision; a point where it is representable.
  public init(_ value: Rational, precision: Int) {
    self.init { Real(value, precision: precision, rounding: $0) }
  }

  /// The tightest enclosure of a double at a precision; of an infinity or NaN, the whole line.
  public init(_ value: Double, precision: Int) { self.init(Real(value), precision: precision) }

  /// The tightest enclosure of a number at a precision; of an infinity or NaN, the whole line.
  public init(_ value: Real, precision: Int) {
    if value.isFinite {
      self.init { value.rounded(precision: precision, rounding: $0) }
    } else {
      self = .entire
    }
  }

  /// The tightest enclosure of the reals between two fractions.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where `lower` > `upper`.
  public init(lower: Rational, upper: Rational, precision: Int) throws(ArithmeticError) {
    try self.init(
      lower: Real(lower, precision: precision, rounding: .down),
      upper: Real(upper, precision: precision, rounding: .up))
  }

  /// The tightest enclosure of the reals between two numbers written out, in the forms that ``Real``
  /// reads.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for text that is not a number, NaN, and bounds out of
  ///   order.
  public init(lower: String, upper: String, precision: Int) throws(ArithmeticError) {
    guard let a = Real(lower, precision: precision, rounding: .down) else {
      throw .domain("not a number: \(lower)")
    }
    guard let b = Real(upper, precision: precision, rounding: .up) else {
      throw .domain("not a number: \(upper)")
    }
    try self.init(lower: a, upper: b)
  }

  /// The tightest enclosure of one number written out; nil for text that is not a finite number.
  public init?(_ text: String, precision: Int) {
    guard let a = Real(text, precision: precision, rounding: .down),
      let b = Real(text, precision: precision, rounding: .up), a <= b,
      // Only a literal infinity gives the same infinity both ways.
      !(a.isInfinite && a == b)
    else { return nil }
    self.init(uncheckedLower: a, upper: b)
  }

  /// The enclosure of one finite number that is computed by `value` in a given direction.
  init(_ value: (Rounding) -> Real) {
    self.init(uncheckedLower: value(.down), upper: value(.up))
  }

  /// The tightest enclosure at another precision.
  public func rounded(precision: Int) -> Interval {
    Interval(
      uncheckedLower: lower.rounded(precision: precision, rounding: .down),
      upper: upper.rounded(precision: precision, rounding: .up))
  }
}

extension Interval: CustomStringConvertible {
  /// `[lower, upper]` in outward-rounded decimals, or `empty`.
  public var description: String {
    if isEmpty { return "empty" }
    let ends = Decimal.enclosure(of: self)
    return "[\(ends.lower), \(ends.upper)]"
  }
}
