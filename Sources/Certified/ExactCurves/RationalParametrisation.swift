import Algebra
import Exact
import Symbolic

/// A curve as the points (x(t), y(t)) of two rational functions, one t for each point but finitely many.
///
/// **Proof.** The normal form of F(x(t), y(t)) is zero, so the points lie on the curve; that of T(x(t), y(t)) - t is zero for
/// a rational function T, so different t give different points. F is irreducible, so the points are all of it but finitely
/// many, and T gives the parameter of each.
///
/// Found for curves of degree 1 in an unknown; of degree d with a point of multiplicity d - 1, through which each line
/// meets the curve once more (conics at any point, nodal and cuspidal cubics, and so on); and of degree 2 in one
/// unknown where the square root is that of a polynomial of degree at most 2, which is a conic. Where no rational point of
/// a conic is found one over a quadratic field is taken.
public struct RationalParametrisation: Sendable {
  /// The parameter, a symbol that differs from the unknowns.
  public let parameter: Symbol
  public let x: Expression
  public let y: Expression
  /// The parameter of a point.
  public let inverse: Expression

  /// A parametrisation with a proof; nil where none is found.
  public init?(_ curve: PlanePolynomial) {
    let names = [curve.x.name, curve.y.name]
    let name = ["t", "p", "w", "tau"].first { !names.contains($0) } ?? "t_"
    let t = Symbol(name, .real)
    let result = WorkBudget.limited(to: CurveProof.work) { () -> Self? in
      for candidate in Candidates(curve, t).all() {
        guard let found = candidate(),
          let simple = Self.simplified(found, curve, t)
        else { continue }
        return simple
      }
      return nil
    }
    guard let found = result.value else { return nil }
    self = found
  }

  private init(parameter: Symbol, x: Expression, y: Expression, inverse: Expression) {
    self.parameter = parameter
    self.x = x
    self.y = y
    self.inverse = inverse
  }

  private static func simplified(
    _ found: (x: Expression, y: Expression, inverse: Expression), _ curve: PlanePolynomial,
    _ t: Symbol
  ) -> Self? {
    // One fraction each.
    func fraction(_ value: Expression) -> Expression {
      (try? NormalForm(value))?.expression ?? value
    }
    let (x, y, inverse) = (fraction(found.x), fraction(found.y), fraction(found.inverse))
    guard isProved(curve, x: x, y: y, inverse: inverse, parameter: t) else { return nil }
    return Self(parameter: t, x: x, y: y, inverse: inverse)
  }

  /// Whether the functions are proved to parametrise the curve.
  static func isProved(
    _ curve: PlanePolynomial, x: Expression, y: Expression, inverse: Expression, parameter t: Symbol
  ) -> Bool {
    CurveProof.isZero(curve.value(x, y))
      && CurveProof.isZero(inverse.substituting([curve.x: x, curve.y: y]) - .symbol(t))
  }
}

/// The ways to find one. None is believed.
private struct Candidates {
  typealias Found = (x: Expression, y: Expression, inverse: Expression)

  let curve: PlanePolynomial
  let t: Symbol
  private var parameter: Expression { .symbol(t) }
  private var x: Expression { .symbol(curve.x) }
  private var y: Expression { .symbol(curve.y) }

  init(_ curve: PlanePolynomial, _ t: Symbol) {
    self.curve = curve
    self.t = t
  }

  func all() -> [() -> Found?] {
    [
      { linear(.y) }, { linear(.x) }, { atInfinity() }, { throughPoint() }, { conic() },
      { quadratic(.y) }, { quadratic(.x) },
    ]
  }

  /// Degree 1 in an unknown: the other one is the parameter.
  private func linear(_ unknown: PlaneAxis) -> Found? {
    guard curve.degree(unknown) == 1 else { return nil }
    let parts = curve.coefficients(unknown).map {
      curve.expression($0).substituting([curve.symbol(unknown.other): parameter])
    }
    let value = -parts[0] / parts[1]
    return unknown == .y ? (parameter, value, x) : (value, parameter, y)
  }

  /// A (d-1)-fold point at infinity in the direction (1, m): with y = m·x + t the degree in x is 1.
  private func atInfinity() -> Found? {
    let degree = curve.polynomial.totalDegree
    guard degree > 1,
      let roots = try? AlgebraicNumber.roots(of: curve.form(ofDegree: degree))
    else { return nil }
    for (root, _) in roots {
      guard let m = root.rational,
        let form = try? NormalForm(curve.value(x, .rational(m) * x + parameter)),
        form.value.im.isZero, form.value.re.denominator.isConstant,
        let index = form.basis.generators.firstIndex(where: { $0.kernel == .symbol(curve.x) })
      else { continue }
      let parts = form.value.re.numerator.coefficients(in: index)
      guard parts.count == 2 else { continue }
      let value = -form.basis.expression(parts[0]) / form.basis.expression(parts[1])
      return (value, .rational(m) * value + parameter, y - .rational(m) * x)
    }
    return nil
  }

  /// A (d-1)-fold point, d ≥ 3. There is at most one, as the line through two would meet the curve 2(d - 1) > d times; so
  /// it is rational, and its coordinates are among the rational common roots of the derivatives of order d - 2.
  private func throughPoint() -> Found? {
    let degree = curve.polynomial.totalDegree
    guard degree >= 3 else { return nil }
    var derivatives = [curve.polynomial]
    for _ in 0..<(degree - 2) {
      derivatives =
        derivatives.map { $0.derivative(in: 0) } + [
          derivatives[derivatives.count - 1].derivative(in: 1)
        ]
    }
    derivatives.removeAll(where: \.isZero)
    guard let first = derivatives.first, !derivatives.contains(where: \.isConstant) else {
      return nil
    }
    for a in rationalRoots(first, .y) {
      for b in rationalRoots(first, .x)
      where derivatives.allSatisfy({
        $0.evaluated(at: [a, b]).isZero
      }) {
        if let found = lines(.rational(a), .rational(b), multiplicity: degree - 1) { return found }
      }
    }
    return nil
  }

  /// The rational numbers that one coordinate of common zeros with the curve can have.
  private func rationalRoots(_ other: Polynomial, _ eliminated: PlaneAxis) -> [Rational] {
    let index = PlanePolynomial.index(eliminated)
    guard
      let resultant = try? Polynomial.resultant(
        curve.polynomial, other, in: index, limit: 100_000_000),
      let own = resultant.univariate(in: 1 - index), !own.isZero,
      let roots = try? AlgebraicNumber.roots(of: IntegerPolynomial(own.coefficients))
    else { return [] }
    return roots.compactMap(\.root.rational)
  }

  /// The lines y = b + t(x - a): F there is (x - a)^k·(l(t) + (x - a)·h(t)) for a point of multiplicity k = d - 1.
  private func lines(_ a: Expression, _ b: Expression, multiplicity: Int) -> Found? {
    let s = Expression.symbol(curve.x)
    guard let form = try? NormalForm(curve.value(a + s, b + parameter * s)),
      form.value.im.isZero,
      let index = form.basis.generators.firstIndex(where: { $0.kernel == .symbol(curve.x) })
    else { return nil }
    let parts = form.value.re.numerator.coefficients(in: index)
    guard parts.count == multiplicity + 2, parts.prefix(multiplicity).allSatisfy(\.isZero) else {
      return nil
    }
    let step =
      -form.basis.expression(parts[multiplicity]) / form.basis.expression(parts[multiplicity + 1])
    return (a + step, b + parameter * step, (y - b) / (x - a))
  }

  // MARK: - Conics

  private func conic() -> Found? {
    guard curve.polynomial.totalDegree == 2, ConicPoint.isProper(curve),
      let (a, b) = ConicPoint.find(on: curve)
    else { return nil }
    return lines(a, b, multiplicity: 1)
  }

  /// a·u² + b·u + c with b² - 4ac = s²·d: the conic w² = d(v), and u = (-b + s·w)/(2a).
  private func quadratic(_ unknown: PlaneAxis) -> Found? {
    guard curve.degree(unknown) == 2 else { return nil }
    let parts = curve.coefficients(unknown)
    let discriminant = parts[1] * parts[1] - (parts[2] * parts[0]).scaled(by: 4)
    guard let (s, d) = SquarePart.split(discriminant), !d.isConstant, d.totalDegree <= 2 else {
      return nil
    }
    let other = curve.symbol(unknown.other)
    // The conic in v and w, w in the place of the unknown.
    let w = Polynomial.variable(PlanePolynomial.index(unknown), of: curve.polynomial.ring)
    guard let conic = try? PlanePolynomial(w * w - d, x: curve.x, y: curve.y) else { return nil }
    let search = Candidates(conic, t)
    guard
      let points = search.linear(.y) ?? search.linear(.x) ?? search.atInfinity() ?? search.conic()
    else { return nil }
    let (v, root) = unknown == .y ? (points.x, points.y) : (points.y, points.x)
    func at(_ polynomial: Polynomial) -> Expression {
      curve.expression(polynomial).substituting([other: v])
    }
    let value = (at(s) * root - at(parts[1])) / (2 * at(parts[2]))
    let own = Expression.symbol(curve.symbol(unknown))
    let back =
      (2 * curve.expression(parts[2]) * own + curve.expression(parts[1])) / curve.expression(s)
    let inverse = points.inverse.substituting([curve.symbol(unknown): back])
    return unknown == .y ? (v, value, inverse) : (value, v, inverse)
  }
}

/// A point on a conic with coordinates that are rational or of a quadratic field.
enum ConicPoint {
  /// The greatest numerator and denominator tried.
  private static let height = 40

  /// Whether it is no pair of lines: the determinant of its form is not zero.
  static func isProper(_ curve: PlanePolynomial) -> Bool {
    func c(_ i: Int, _ j: Int) -> Integer {
      curve.polynomial.terms.first { $0.exponents == [i, j] }?.coefficient ?? 0
    }
    let (a, b, d, e, f) = (c(2, 0), c(1, 1), c(1, 0), c(0, 1), c(0, 0))
    let lead = c(0, 2)
    return !(4 * a * lead * f + b * d * e - a * e * e - lead * d * d - f * b * b).isZero
  }

  /// A rational point of small height; otherwise a point over a quadratic field; nil where the conic has no real point at
  /// the values tried.
  static func find(on curve: PlanePolynomial) -> (x: Expression, y: Expression)? {
    var best: (size: Integer, x: Expression, y: Expression)?
    for x in candidates(curve) {
      let restriction = curve.restricted(.x, at: x)
      let (a, b, c) = (restriction[2], restriction[1], restriction[0])
      if a.isZero {
        guard !b.isZero, let y = try? -c / b else { continue }
        return (.rational(x), .rational(y))
      }
      let discriminant = b * b - a * c * 4
      if discriminant.signum < 0 { continue }
      guard let parts = SquarePart.split(discriminant.numerator * discriminant.denominator) else {
        if let y = try? -b / (a * 2) { return (.rational(x), .rational(y)) }
        continue
      }
      // √D = r·√m/q over the denominator q.
      guard let factor = try? Rational(parts.root, discriminant.denominator),
        let middle = try? -b / (a * 2), let scale = try? factor / (a * 2)
      else { continue }
      if parts.rest.isOne { return (.rational(x), .rational(middle + scale)) }
      if best == nil || parts.rest < best?.size ?? 0 {
        let root = Expression.rational(scale) * sqrt(.rational(Rational(parts.rest)))
        best = (parts.rest, .rational(x), middle.isZero ? root : .rational(middle) + root)
      }
    }
    return best.map { ($0.x, $0.y) }
  }

  /// Fractions of small height, the simplest first, and some between the tips of the conic.
  private static func candidates(_ curve: PlanePolynomial) -> [Rational] {
    var list: [Rational] = [.zero]
    for size in 1...height {
      for p in 1...size {
        for (n, d) in [(p, size), (size, p)] {
          guard let value = try? Rational(Integer(n), Integer(d)), value.numerator == Integer(n)
          else { continue }
          list += n == d || value.denominator == Integer(d) ? [value, -value] : []
        }
      }
    }
    let parts = curve.coefficients(.y)
    guard parts.count == 3 else { return list }
    let discriminant = parts[1] * parts[1] - (parts[2] * parts[0]).scaled(by: 4)
    guard let own = discriminant.univariate(in: 0), !own.isZero,
      let tips = try? AlgebraicNumber.roots(of: IntegerPolynomial(own.coefficients)).map(\.root)
    else { return list }
    for (p, q) in zip(tips, tips.dropFirst()) { list.append(ExplicitBranches.sample(p, q)) }
    if let first = tips.first, let last = tips.last {
      list += [ExplicitBranches.sample(nil, first), ExplicitBranches.sample(last, nil)]
    }
    return list
  }
}
