import Algebra
import Exact

/// How far from zero an algebraic number must lie unless it is zero, from the shape of its formula.
///
/// The value is U/L with algebraic integers U and L, of a field of degree at most D, all of whose
/// conjugates have |U| ≤ 2^u and |L| ≤ 2^l. If it is not zero then the norm of U is at least 1, so
/// |U| ≥ 2^(-u·(D-1)) and the value is at least 2^(-u·(D-1) - l). The rules that build u, l and D:
///
/// - p/q: U = p, L = q. The imaginary unit: U = i, D·2.
/// - sums, products and quotients as for fractions.
/// - a k-th root of U/L: (U·L^(k-1))^(1/k)/L, D·k.
/// - 2·cos(2πk/n): an algebraic integer with conjugates in [-2, 2]. All cosines of one formula lie in
///   the real field of the N-th roots of unity, N the common multiple of the n: D·φ(N)/2 in all.
/// - 2·cos((acos w + πj)/q) with 2w = U/L: the root y of 2·T_q(y/2) = ±2w. L·y is an algebraic
///   integer, and each conjugate has |y| ≤ 2 + |2w|: with y = t + 1/t, |t| ≥ 1, |t|^q - 1 ≤ |2w|. So
///   |L·y| ≤ 2|L| + |U|, D·q.
/// - a root of a·x^d + …: a·x is an algebraic integer, |x| ≤ 2·max|aᵢ/a|^(1/(d-i)) (Fujiwara), D·d.
///
/// Source: Burnikel, Funke, Mehlhorn, Schirra, Schmitt 2001; here with cosines.
public struct SeparationBound: Sendable, Hashable {
  /// u.
  public private(set) var numeratorBits = 0
  /// l.
  public private(set) var denominatorBits = 0
  /// D.
  public private(set) var degree = 1

  /// A value that is not zero has a magnitude of at least 2^-`exponent`.
  public var exponent: Int { numeratorBits * (degree - 1) + denominatorBits }

  /// The greatest degree and the greatest number of bits that are followed; both keep `exponent`
  /// within a machine word.
  static let largestDegree = 1 << 20
  static let largestBits = 1 << 40

  /// The bound for a formula of rational numbers, `i`, `pi` under cosines, sines and tangents, sums,
  /// products, quotients, rational powers, square and cube roots, and cosines of
  /// (acos(w) + rational·π)/q, whose value is defined.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for other formulas; ``ArithmeticError/limit(_:)`` for
  ///   degrees above 2^20.
  public init(_ expression: Expression) throws(ArithmeticError) {
    var builder = SeparationBoundBuilder()
    let size = try builder.size(of: expression)
    self.init(size: size, degree: try builder.degree())
  }

  /// The bound for the difference of a formula and a number.
  ///
  /// - Throws: as ``init(_:)``.
  public init(
    _ expression: Expression, minus number: AlgebraicNumber
  ) throws(ArithmeticError) {
    var builder = SeparationBoundBuilder()
    let size = try builder.size(of: expression)
    let f = number.minimalPolynomial
    let lead = f.leadingCoefficient.bitWidth
    var rootBits = 0
    for (offset, coefficient) in f.coefficients.reversed().enumerated().dropFirst() {
      // |aᵢ/a| ≤ 2^(width - lead + 1).
      let bits = Swift.max(coefficient.bitWidth - lead + 1, 0)
      rootBits = Swift.max(rootBits, 1 + (bits + offset - 1) / offset)
    }
    let other = SeparationBoundBuilder.Size(numerator: lead + rootBits, denominator: lead)
    try builder.multiplyDegree(by: number.degree)
    self.init(
      size: SeparationBoundBuilder.Size.sum([size, other]), degree: try builder.degree())
  }

  private init(size: SeparationBoundBuilder.Size, degree: Int) {
    numeratorBits = size.numerator
    denominatorBits = size.denominator
    self.degree = degree
  }
}

/// Walks a formula and gathers the field that its values lie in.
struct SeparationBoundBuilder {
  /// The bits of U and L.
  struct Size: Hashable {
    var numerator: Int
    var denominator: Int

    static let one = Size(numerator: 0, denominator: 0)

    static func sum(_ terms: [Size]) -> Size {
      let denominator = terms.reduce(0) { $0 + $1.denominator }
      let greatest = terms.map { $0.numerator + denominator - $0.denominator }.max() ?? 0
      let carry = terms.count < 2 ? 0 : Int.bitWidth - (terms.count - 1).leadingZeroBitCount
      return Size(numerator: greatest + carry, denominator: denominator)
    }

    static func * (a: Size, b: Size) -> Size {
      Size(numerator: a.numerator + b.numerator, denominator: a.denominator + b.denominator)
    }

    var inverse: Size { Size(numerator: denominator, denominator: numerator) }

    func root(_ k: Int) -> Size {
      Size(numerator: (numerator + (k - 1) * denominator + k - 1) / k, denominator: denominator)
    }
  }

  private var radicalDegree = 1
  private var order = 1
  private var hasImaginaryUnit = false
  private var sizes: [ObjectIdentifier: Size] = [:]
  /// Roots seen: one radical that is written twice extends the field once.
  private var roots: Set<Root> = []

  private struct Root: Hashable {
    let argument: Expression
    let degree: Int
    /// The real root of a negative number is another conjugate than the principal one.
    let isReal: Bool
  }

  /// - Throws: ``ArithmeticError/limit(_:)``.
  mutating func multiplyDegree(by factor: Int) throws(ArithmeticError) {
    let (product, overflow) = radicalDegree.multipliedReportingOverflow(by: factor)
    if overflow || product > SeparationBound.largestDegree {
      throw .limit("a field of degree above \(SeparationBound.largestDegree)")
    }
    radicalDegree = product
  }

  /// - Throws: ``ArithmeticError/limit(_:)``.
  func degree() throws(ArithmeticError) -> Int {
    var copy = self
    if hasImaginaryUnit { try copy.multiplyDegree(by: 2) }
    if order > 2 { try copy.multiplyDegree(by: RealCyclotomicField.degree(order: order)) }
    return copy.radicalDegree
  }

  mutating func size(of expression: Expression) throws(ArithmeticError) -> Size {
    for part in expression.postorder() {
      // An angle is read where its cosine stands; what stands in it has no size of its own.
      guard let size = try size(ofPart: part) else { continue }
      if Swift.max(size.numerator, size.denominator) > SeparationBound.largestBits {
        throw .limit("a separation bound of more than \(SeparationBound.largestBits) bits")
      }
      sizes[part.identity] = size
    }
    guard let size = sizes[expression.identity] else {
      throw .domain("no number made of roots and cosines of fractions of pi: \(expression)")
    }
    return size
  }

  private mutating func size(ofPart part: Expression) throws(ArithmeticError) -> Size? {
    switch part.kind {
    case .rational(let value):
      return Size(
        numerator: value.numerator.bitWidth,
        denominator: value.isInteger ? 0 : value.denominator.bitWidth)
    case .imaginaryUnit:
      hasImaginaryUnit = true
      return .one
    case .constant, .symbol, .procedure: return nil
    case .sum(let terms):
      let known = terms.compactMap { sizes[$0.identity] }
      return known.count == terms.count ? .sum(known) : nil
    case .product(let factors):
      let known = factors.compactMap { sizes[$0.identity] }
      return known.count == factors.count ? known.reduce(.one, *) : nil
    case .power(let base, let exponent):
      guard let size = sizes[base.identity], let power = exponent.rationalValue else { return nil }
      return try self.power(size, of: base, power)
    case .function(let function, let arguments):
      guard let argument = arguments.first else { return nil }
      let size = sizes[argument.identity]
      switch function {
      case .sqrt:
        return try size.flatMap { (s) throws(ArithmeticError) in try root(s, argument, 2) }
      case .cbrt:
        return try size.flatMap { (s) throws(ArithmeticError) in
          try root(s, argument, 3, isReal: true)
        }
      case .cos: return try cosine(argument, quarterTurn: false)
      case .sin: return try cosine(argument, quarterTurn: true)
      case .tan:
        guard let sine = try cosine(argument, quarterTurn: true),
          let cosine = try cosine(argument, quarterTurn: false)
        else { return nil }
        return sine * cosine.inverse
      default: return nil
      }
    }
  }

  private mutating func power(
    _ size: Size, of base: Expression, _ exponent: Rational
  ) throws(ArithmeticError) -> Size {
    guard let n = exponent.numerator.magnitude.word, n < 1 << 20,
      let k = exponent.denominator.word, k <= SeparationBound.largestDegree
    else { throw .limit("the power \(exponent)") }
    let root = k == 1 ? size : try self.root(size, base, k)
    let power = Size(
      numerator: Swift.min(root.numerator, 1 << 41) * n,
      denominator: Swift.min(root.denominator, 1 << 41) * n)
    return exponent.isNegative ? power.inverse : power
  }

  private mutating func root(
    _ size: Size, _ argument: Expression, _ k: Int, isReal: Bool = false
  ) throws(ArithmeticError) -> Size {
    if roots.insert(Root(argument: argument, degree: k, isReal: isReal)).inserted {
      try multiplyDegree(by: k)
    }
    return size.root(k)
  }

  /// The size of a cosine: half of twice it.
  private mutating func cosine(
    _ argument: Expression, quarterTurn: Bool
  ) throws(ArithmeticError) -> Size? {
    guard var angle = CircularAngle(argument) else { return nil }
    let half = Rational.half
    if quarterTurn {
      angle.turn = half - angle.turn
      angle.ratio = -angle.ratio
    }
    guard let inner = angle.cosine else {
      let turn = angle.turn * half
      guard let n = turn.denominator.word, n <= RealCyclotomicField.largestOrder else {
        throw .limit("a cosine of \(angle.turn)·pi")
      }
      let (common, overflow) = (order / Totient.gcd(order, n)).multipliedReportingOverflow(by: n)
      if overflow || common > RealCyclotomicField.largestOrder {
        throw .limit(
          "cosines whose denominators have no common multiple below "
            + "\(RealCyclotomicField.largestOrder)")
      }
      order = common
      return Size(numerator: 1, denominator: 1)
    }
    guard let q = angle.ratio.denominator.word, angle.ratio.numerator.magnitude.isOne,
      (angle.turn * Rational(q)).isInteger
    else { return nil }
    guard let w = sizes[inner.identity] else { return nil }
    try multiplyDegree(by: q)
    let y = Size(
      numerator: Swift.max(w.numerator + 1, w.denominator + 1) + 1, denominator: w.denominator)
    return y * Size(numerator: 0, denominator: 1)
  }
}

extension Rational {
  /// 1/2.
  static let half = (try? Rational(1, 2)) ?? .zero
}
