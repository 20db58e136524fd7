import Algebra
import Arbitrary
import Exact
import Symbolic

/// The curve as graphs: all y with F(x, y) = 0 as formulas in x, or all x in y.
///
/// Equations of degree 1 and 2 in one unknown, and of degree 4 without odd powers. With the leading coefficient A and all
/// branches y₁ … y_n the identity A·∏(y - y_k) = F is proved by the normal form; so every branch lies on the curve, and
/// no point over an x with A(x) ≠ 0 is on none of them.
public struct ExplicitBranches: Sendable {
  public struct Branch: Sendable {
    /// The unknown as a formula in the other one.
    public let value: Expression
    /// Where it is real: intervals between exact ends, nil where unbounded.
    public let domain: [(lower: AlgebraicNumber?, upper: AlgebraicNumber?)]
  }

  /// The unknown that is solved for.
  public let unknown: PlaneAxis
  public let branches: [Branch]
  /// Values of the other unknown at which the leading coefficient vanishes: formulas may have no value there.
  public let excluded: [AlgebraicNumber]

  /// Branches with a proof; nil where the equation is of no such kind.
  public init?(_ curve: PlanePolynomial) {
    // The lesser degree, of equal ones that in y.
    for unknown in curve.degree(.x) < curve.degree(.y) ? [PlaneAxis.x, .y] : [.y, .x] {
      guard let solved = Self(curve, for: unknown) else { continue }
      self = solved
      return
    }
    return nil
  }

  /// Solves for one unknown.
  init?(_ curve: PlanePolynomial, for unknown: PlaneAxis) {
    let parts = curve.coefficients(unknown)
    guard let lead = parts.last, let roots = Self.roots(parts, curve),
      Self.isProved(roots.map(\.value), curve, unknown, lead),
      let excluded = try? Self.zeros(lead, curve, unknown)
    else { return nil }
    self.unknown = unknown
    self.excluded = excluded
    // Radicands change their sign, and values become infinite, at these only.
    var critical = Set(excluded)
    for part in parts.dropLast() + roots.flatMap(\.radicands) {
      guard let zeros = try? Self.zeros(part, curve, unknown) else { return nil }
      critical.formUnion(zeros)
    }
    let ends = critical.sorted()
    branches = roots.map { root in
      Branch(
        value: root.value,
        domain: Self.domain(root.nested, between: ends, of: curve.symbol(unknown.other)))
    }
  }

  /// Whether A·∏(u - u_k) = F.
  static func isProved(
    _ values: [Expression], _ curve: PlanePolynomial, _ unknown: PlaneAxis, _ lead: Polynomial
  ) -> Bool {
    let u = Expression.symbol(curve.symbol(unknown))
    guard values.count == curve.degree(unknown) else { return false }
    return WorkBudget.limited(to: CurveProof.work) {
      CurveProof.isZero(
        values.reduce(curve.expression(lead)) { $0 * (u - $1) } - curve.expression)
    }.value
  }

  private struct Root {
    let value: Expression
    /// What stands under its roots, from the inside.
    var nested: [Expression] = []
    /// Polynomials that vanish where the sign of one of these changes.
    var radicands: [Polynomial] = []
  }

  private static func roots(_ parts: [Polynomial], _ curve: PlanePolynomial) -> [Root]? {
    switch parts.count - 1 {
    case 1:
      return [
        Root(value: (curve.expression(-parts[0]) / curve.expression(parts[1])).simplified())
      ]
    case 2: return quadratic(parts[2], parts[1], parts[0], curve)
    case 4 where parts[1].isZero && parts[3].isZero:
      guard let squares = quadratic(parts[4], parts[2], parts[0], curve) else { return nil }
      return squares.flatMap { square in
        [sqrt(square.value), -sqrt(square.value)].map {
          Root(value: $0, nested: square.nested + [square.value], radicands: square.radicands)
        }
      }
    default: return nil
    }
  }

  /// (-b ± s·√d)/(2a) with b² - 4ac = s²·d, in lowest terms.
  private static func quadratic(
    _ a: Polynomial, _ b: Polynomial, _ c: Polynomial, _ curve: PlanePolynomial
  ) -> [Root]? {
    let discriminant = b * b - (a * c).scaled(by: 4)
    guard let (s, d) = SquarePart.split(discriminant) else { return nil }
    let twice = a.scaled(by: 2)
    var common = Polynomial.gcd(Polynomial.gcd(b, s), twice)
    if twice.leadingCoefficient.isNegative != common.leadingCoefficient.isNegative {
      common = -common
    }
    guard let b = b.divided(by: common), let s = s.divided(by: common),
      let twice = twice.divided(by: common)
    else { return nil }
    let root = sqrt(curve.expression(d))
    return [s, -s].map { s in
      let top: Expression =
        s.isOne
        ? root : s == Polynomial(-1, ring: s.ring) ? -root : curve.expression(s) * root
      let sum = b.isZero ? top : curve.expression(-b) + top
      return Root(
        value: twice.isOne ? sum : sum / curve.expression(twice), nested: [curve.expression(d)],
        radicands: [d])
    }
  }

  private static func zeros(
    _ polynomial: Polynomial, _ curve: PlanePolynomial, _ unknown: PlaneAxis
  ) throws -> [AlgebraicNumber] {
    guard let own = polynomial.univariate(in: PlanePolynomial.index(unknown.other)), !own.isZero
    else { return [] }
    return try AlgebraicNumber.roots(of: IntegerPolynomial(own.coefficients)).map(\.root)
  }

  /// The cells between ends in which all radicands are positive, joined.
  private static func domain(
    _ radicands: [Expression], between ends: [AlgebraicNumber], of symbol: Symbol
  ) -> [(lower: AlgebraicNumber?, upper: AlgebraicNumber?)] {
    var domain: [(lower: AlgebraicNumber?, upper: AlgebraicNumber?)] = []
    for index in 0...ends.count {
      let lower = index > 0 ? ends[index - 1] : nil
      let upper = index < ends.count ? ends[index] : nil
      let sample = Expression.rational(Self.sample(lower, upper))
      let isReal = radicands.allSatisfy { radicand in
        guard let value = try? AlgebraicNumber(radicand.substituting([symbol: sample])) else {
          return false
        }
        return value.signum >= 0
      }
      guard isReal else { continue }
      if let last = domain.last, last.upper == lower, lower != nil {
        domain[domain.count - 1].upper = upper
      } else {
        domain.append((lower, upper))
      }
    }
    return domain
  }

  /// A simple number between two algebraic ones.
  static func sample(_ lower: AlgebraicNumber?, _ upper: AlgebraicNumber?) -> Rational {
    switch (lower, upper) {
    case (nil, nil): return .zero
    case (nil, let high?): return Rational(high.enclosure(bits: 4).lower.floor) - 1
    case (let low?, nil): return Rational(low.enclosure(bits: 4).upper.floor) + 2
    case (let low?, let high?):
      var bits = 8
      while bits < 1 << 20 {
        let (p, q) = (low.enclosure(bits: bits).upper, high.enclosure(bits: bits).lower)
        if p < q { return RationalSample.simplest(between: p, and: q) }
        bits *= 2
      }
      return low.enclosure(bits: bits).upper
    }
  }
}

/// Polynomials as a square times a rest.
enum SquarePart {
  /// p = s²·d with d without square factors, its content too; nil for zero, and for contents too large to factor.
  static func split(_ p: Polynomial) -> (s: Polynomial, d: Polynomial)? {
    if p.isZero { return nil }
    let content = p.leadingCoefficient.isNegative ? -p.content : p.content
    guard let (root, rest) = split(content) else { return nil }
    var s = Polynomial(root, ring: p.ring)
    var d = Polynomial(rest, ring: p.ring)
    for (factor, multiplicity) in p.squareFreeFactors() {
      let factor = factor.leadingCoefficient.isNegative ? -factor : factor
      s = s * factor.power(UInt(multiplicity / 2))
      if multiplicity % 2 == 1 { d = d * factor }
    }
    if s * s * d == p { return (s, d) }
    return s * s * -d == p ? (s, -d) : nil
  }

  /// n = r²·m, with r as large as primes below 1000 and one exact root tell.
  static func split(_ n: Integer) -> (root: Integer, rest: Integer)? {
    if n.isZero { return nil }
    var (root, rest) = (Integer(1), n.magnitude)
    for p in 2..<1000 where Integer(p * p) <= rest {
      let square = Integer(p * p)
      while let (quotient, remainder) = try? rest.quotientAndRemainder(by: square),
        remainder.isZero
      {
        rest = quotient
        root *= Integer(p)
      }
    }
    if let whole = try? rest.squareRoot(), whole.isExact {
      root *= whole.root
      rest = 1
    }
    return (root, n.isNegative ? -rest : rest)
  }
}
