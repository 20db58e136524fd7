import Algebra
import Arbitrary
import Exact

/// One of the two coordinates of a plane.
public enum PlaneAxis: String, Sendable, Hashable { case x, y }

/// The zero set of a function of two variables.
public protocol PlaneCurve: Sendable {
  /// Enclosures of all values and partial derivatives over x × y.
  ///
  /// Where the function is not continuously differentiable on all of it, the derivatives must be
  /// ``Interval/entire``.
  func enclose(
    x: Interval, y: Interval, precision: Int
  ) throws -> (value: Interval, dx: Interval, dy: Interval)

  /// The places of the curve on a line across the plane: intervals of the free coordinate, one place
  /// each, and intervals about which nothing is known.
  ///
  /// - Parameters:
  ///   - axis: the coordinate that is fixed at `value`; the other one runs over [lower, upper].
  func crossings(
    fixing axis: PlaneAxis, at value: Rational, from lower: Rational, to upper: Rational
  ) throws -> (places: [Interval], undecided: [Interval])
}

extension PlaneCurve {
  /// By ``CertifiedRoots``.
  public func crossings(
    fixing axis: PlaneAxis, at value: Rational, from lower: Rational, to upper: Rational
  ) throws -> (places: [Interval], undecided: [Interval]) {
    let roots = try CertifiedRoots(
      of: LineFunction(curve: self, axis: axis, value: value), from: lower, to: upper, digits: 12)
    return (roots.roots, roots.undecided)
  }
}

/// A curve along a line.
struct LineFunction<Curve: PlaneCurve>: DifferentiableFunction {
  let curve: Curve
  /// The coordinate that is fixed.
  let axis: PlaneAxis
  let value: Rational

  func enclose(
    _ t: Interval, precision: Int
  ) throws -> (value: Interval, derivative: Interval) {
    let fixed = Interval(value, precision: precision)
    switch axis {
    case .x:
      let all = try curve.enclose(x: fixed, y: t, precision: precision)
      return (all.value, all.dy)
    case .y:
      let all = try curve.enclose(x: t, y: fixed, precision: precision)
      return (all.value, all.dx)
    }
  }
}

/// The zero set of a polynomial in two variables.
///
/// Repeated factors are removed, which changes neither the curve nor, at most points, its smoothness.
public struct PolynomialCurve: PlaneCurve {
  /// The square-free polynomial.
  public let polynomial: Polynomial
  private let dx: Polynomial
  private let dy: Polynomial
  private let x: Int
  private let y: Int

  /// - Parameters:
  ///   - x: the index of the horizontal variable, `y` of the vertical one.
  /// - Throws: ``RootError`` for the zero polynomial and for other variables.
  public init(_ polynomial: Polynomial, x: Int = 0, y: Int = 1) throws {
    guard !polynomial.isZero else { throw RootError.badInput("the zero polynomial is no curve") }
    guard polynomial.ring.variables.indices.contains(x), x != y,
      polynomial.ring.variables.indices.contains(y)
    else { throw RootError.badInput("a curve needs a ring with its two variables") }
    if let other = polynomial.occurringVariables.first(where: { $0 != x && $0 != y }) {
      throw RootError.otherVariables([polynomial.ring.variables[other]])
    }
    let squareFree = polynomial.squareFreeFactors().reduce(Polynomial(1, ring: polynomial.ring)) {
      $0 * $1.factor
    }
    self.polynomial = squareFree
    dx = squareFree.derivative(in: x)
    dy = squareFree.derivative(in: y)
    self.x = x
    self.y = y
  }

  public func enclose(
    x a: Interval, y b: Interval, precision: Int
  ) throws -> (value: Interval, dx: Interval, dy: Interval) {
    var point = [Interval](repeating: .zero, count: polynomial.ring.variables.count)
    point[x] = a.rounded(precision: precision)
    point[y] = b.rounded(precision: precision)
    return (polynomial.evaluated(at: point), dx.evaluated(at: point), dy.evaluated(at: point))
  }

  /// Complete, by exact isolation of real roots; the whole interval is undecided where the line is a
  /// part of the curve.
  public func crossings(
    fixing axis: PlaneAxis, at value: Rational, from lower: Rational, to upper: Rational
  ) throws -> (places: [Interval], undecided: [Interval]) {
    let (fixed, free) = axis == .x ? (x, y) : (y, x)
    let values = try polynomial.coefficients(in: free).map { part in
      try (part.univariate(in: fixed) ?? .zero).value(at: value)
    }
    let line = IntegerPolynomial(clearingDenominatorsOf: UnivariatePolynomial(values))
    if line.isZero { return ([], [try Interval(lower: lower, upper: upper, precision: 96)]) }
    let squareFree = try line.squareFreePart()
    let range = RationalRange(lower: .closed(lower), upper: .closed(upper))
    let places = try RealRootIsolation.isolate(squareFree, in: range).map { root in
      let fine = RealRootIsolation.refine(root, of: squareFree, toBits: 64)
      return try Interval(
        lower: max(fine.lower, lower), upper: min(fine.upper, upper), precision: 128)
    }
    return (places, [])
  }
}
