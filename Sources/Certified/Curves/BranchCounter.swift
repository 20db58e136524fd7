import Algebra
import Arbitrary
import Exact

/// Proves what an algebraic curve is near a point at which it may be singular, exactly: how many branches leave the
/// point, and that there is nothing else.
///
/// Let B = [a, b] × [c, d] with
/// 1. D(x) = res_y(F, F_y) has one root α in [a, b], and a < α < b;
/// 2. F(x, c) and F(x, d) have no zero with x in [a, b];
/// 3. N(y) = res_x(m, F) has one root β in [c, d], m being the minimal polynomial of α.
///
/// Left of α all zeros of F in B have F_y ≠ 0 (else D = 0), so they are graphs over x; none begins, ends or leaves through the
/// lower or upper side before α. As x → α each tends to a zero of F(α, ·) in [c, d], of which there is one at most, β, as N
/// vanishes at each. So the curve in B is as many branches as F(a, ·) and F(b, ·) have zeros in [c, d], each a graph from its side
/// to (α, β), disjoint but for their ends, and where there are any, (α, β) is on the curve. The same with x and y exchanged.
///
/// A smooth point has two branches; so a point with another number is singular.
///
/// Source: cylindrical decomposition, Collins 1975; Arnon, Collins, McCallum 1984.
public struct BranchCounter: Sendable {
  struct Finding: Sendable {
    let x: AlgebraicNumber
    let y: AlgebraicNumber
    let branches: Int
    /// Whether both slopes vanish at the point; false for a smooth one.
    let isSingular: Bool
  }

  private let curve: PolynomialCurve
  private let slopes: [PlaneAxis: PolynomialCurve]
  /// The roots of the resultants of F with its slope across, for each axis.
  private let roots: [PlaneAxis: [AlgebraicNumber]]

  private static let resultantLimit = 300_000_000
  private static let degreeLimit = 120

  init?(_ curve: PolynomialCurve) {
    self.curve = curve
    var slopes: [PlaneAxis: PolynomialCurve] = [:]
    var roots: [PlaneAxis: [AlgebraicNumber]] = [:]
    for axis in [PlaneAxis.x, .y] {
      slopes[axis] = curve.slope(along: axis)
    }
    for axis in [PlaneAxis.x, .y] {
      guard let slope = slopes[axis.other],
        let discriminant = curve.eliminant(slope, along: axis, limit: Self.resultantLimit),
        let squareFree = try? discriminant.squareFreePart(),
        (squareFree.degree ?? 0) <= Self.degreeLimit,
        let factors = try? IntegerFactorization(squareFree, subsetLimit: 1_000_000).factors
      else { continue }
      var all: [AlgebraicNumber] = []
      for factor in factors {
        guard let found = try? AlgebraicNumber.roots(of: factor.polynomial) else { return nil }
        all += found.map(\.root)
      }
      roots[axis] = all
    }
    if roots.isEmpty { return nil }
    self.slopes = slopes
    self.roots = roots
  }

  /// What is proved for a rectangle that holds the given one; nil where nothing is.
  func find(
    x: (lower: Rational, upper: Rational), y: (lower: Rational, upper: Rational),
    within whole: PlaneBox
  ) -> Finding? {
    for axis in [PlaneAxis.x, .y] {
      let (along, across) = axis == .x ? (x, y) : (y, x)
      let limits =
        axis == .x
        ? (whole.yLower, whole.yUpper) : (whole.xLower, whole.xUpper)
      if let found = try? find(axis, along, across, limits) { return found }
    }
    return nil
  }

  private func find(
    _ axis: PlaneAxis, _ along: (lower: Rational, upper: Rational),
    _ across: (lower: Rational, upper: Rational), _ limits: (Rational, Rational)
  ) throws -> Finding? {
    let (a, b) = along
    let range = RationalRange(lower: .closed(a), upper: .closed(b))
    guard let all = roots[axis] else { return nil }
    let here = all.filter { $0.lies(in: range) }
    guard here.count == 1, here[0].compare(to: a) > 0, here[0].compare(to: b) < 0,
      let norm = curve.norm(
        over: here[0].minimalPolynomial, along: axis, limit: Self.resultantLimit)
    else { return nil }
    let candidates = try RealRootIsolation.isolate(norm)
    var height = across.upper - across.lower
    for _ in 0..<40 {
      let (c, d) = (across.lower - height, across.upper + height)
      guard c > limits.0, d < limits.1 else { return nil }
      height = height * Rational(3)
      guard
        let lower = try curve.restriction(fixing: axis.other, at: c),
        let upper = try curve.restriction(fixing: axis.other, at: d), !lower.isZero,
        !upper.isZero, try RealRootIsolation.count(lower, in: range) == 0,
        try RealRootIsolation.count(upper, in: range) == 0
      else { continue }
      let between = RationalRange(lower: .closed(c), upper: .closed(d))
      // Larger boxes only hold more.
      guard !candidates.isEmpty, try RealRootIsolation.count(norm, in: between) == 1,
        let left = try curve.restriction(fixing: axis, at: a),
        let right = try curve.restriction(fixing: axis, at: b), !left.isZero, !right.isZero,
        let other = try AlgebraicNumber.roots(of: norm, in: between).first?.root
      else { return nil }
      let branches =
        try RealRootIsolation.count(left, in: between)
        + RealRootIsolation.count(right, in: between)
      let (x, y) = axis == .x ? (here[0], other) : (other, here[0])
      return finding(x, y, branches)
    }
    return nil
  }

  private func finding(_ x: AlgebraicNumber, _ y: AlgebraicNumber, _ branches: Int) -> Finding? {
    switch branches {
    case 2:
      // Smooth, or a cusp.
      var isSingular = true
      for axis in [PlaneAxis.x, .y] {
        guard let slope = slopes[axis] else {
          // A constant slope.
          isSingular = isSingular && curve.polynomial.derivative(in: curve.index(axis)).isZero
          continue
        }
        guard let isZero = slope.vanishes(x: x, y: y) else { return nil }
        isSingular = isSingular && isZero
      }
      return Finding(x: x, y: y, branches: 2, isSingular: isSingular)
    case 0:
      // An isolated point, if it is on the curve at all.
      guard let isZero = curve.vanishes(x: x, y: y) else { return nil }
      return Finding(x: x, y: y, branches: 0, isSingular: isZero)
    default:
      return Finding(x: x, y: y, branches: branches, isSingular: true)
    }
  }
}

extension PolynomialCurve {
  /// The curve on which the derivative along an axis vanishes; nil where it is everywhere or nowhere.
  func slope(along axis: PlaneAxis) -> PolynomialCurve? {
    let slope = polynomial.derivative(in: index(axis))
    return slope.isConstant ? nil : try? PolynomialCurve(slope, x: index(.x), y: index(.y))
  }

  /// The product of F(α, y) over the roots α of an irreducible polynomial in one coordinate; nil where it is zero or
  /// not found.
  func norm(
    over minimal: IntegerPolynomial, along axis: PlaneAxis, limit: Int
  ) -> IntegerPolynomial? {
    let ring = polynomial.ring
    let variable = Polynomial.variable(index(axis), of: ring)
    var lifted = Polynomial(0, ring: ring)
    for coefficient in minimal.coefficients.reversed() {
      lifted = lifted * variable + Polynomial(1, ring: ring).scaled(by: coefficient)
    }
    guard
      let norm = try? Polynomial.resultant(lifted, polynomial, in: index(axis), limit: limit),
      !norm.isZero
    else { return nil }
    return norm.univariate(in: index(axis.other))
  }

  /// Whether the polynomial vanishes at a point with algebraic coordinates; nil where that is not decided cheaply.
  func vanishes(x: AlgebraicNumber, y: AlgebraicNumber) -> Bool? {
    for precision in [128, 512] {
      let value = try? value(
        x: x.interval(precision: precision), y: y.interval(precision: precision),
        precision: precision)
      if let sign = value?.certainSign, sign != 0 { return false }
    }
    for (axis, fixed, free) in [(PlaneAxis.x, x, y), (.y, y, x)] {
      guard let rational = fixed.rational,
        let line = try? restriction(fixing: axis, at: rational)
      else { continue }
      if line.isZero { return true }
      // An irreducible polynomial divides every one that shares a root with it.
      return line.dividedExactly(by: free.minimalPolynomial) != nil
        || (try? IntegerPolynomial.gcd(line, free.minimalPolynomial))?.degree ?? 0 > 0
    }
    guard x.degree * y.degree <= 16 else { return nil }
    do {
      var total = AlgebraicNumber(0)
      for row in polynomial.coefficients(in: index(.y)).reversed() {
        let coefficients = (row.univariate(in: index(.x)) ?? .zero).coefficients
        let part = try x.value(
          of: UnivariatePolynomial<Rational>(coefficients.map { Rational($0) }))
        total = try total * y + part
      }
      return total.signum == 0
    } catch { return nil }
  }
}
