import Algebra
import Arbitrary
import Exact
import Symbolic

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

  /// The indices of the variables.
  var indices: (x: Int, y: Int) { (x, y) }
  private let value: HornerTable
  private let slopeX: HornerTable
  private let slopeY: HornerTable
  private let lines: LineForms

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
    value = HornerTable(squareFree, x: x, y: y)
    slopeX = HornerTable(dx, x: x, y: y)
    slopeY = HornerTable(dy, x: x, y: y)
    let symbols = [Symbol("x", .real), Symbol("y", .real)]
    lines = LineForms(symbols) { axis in
      Self.formula(squareFree, fixing: axis, x: x, y: y, symbols)
    }
  }

  /// Horner's rule in the variable that moves, with coefficients by Horner's rule in the other.
  private static func formula(
    _ polynomial: Polynomial, fixing axis: PlaneAxis, x: Int, y: Int, _ symbols: [Symbol]
  ) -> Expression {
    func horner(_ coefficients: [Expression], _ symbol: Symbol) -> Expression {
      coefficients.reversed().dropFirst().reduce(coefficients.last ?? .zero) {
        $0 * .symbol(symbol) + $1
      }
    }
    let (fixed, free) = axis == .x ? (x, y) : (y, x)
    return horner(
      polynomial.coefficients(in: free).map { part in
        let numbers = part.univariate(in: fixed)?.coefficients ?? []
        return horner(numbers.map { .rational(Rational($0)) }, symbols[axis == .x ? 0 : 1])
      }, symbols[axis == .x ? 1 : 0])
  }

  public func section(
    fixing axis: PlaneAxis, at fixed: @escaping @Sendable (Int) -> Interval
  ) -> LineFunction? { lines.line(fixing: axis, at: fixed) }

  /// The curves of the irreducible factors, whose union is the zero set.
  ///
  /// - Throws: as ``init(_:x:y:)``; ``ArithmeticError/limit(_:)`` is not thrown: what is not factored within
  ///   the limits stays whole.
  public static func factors(
    of polynomial: Polynomial, x: Int = 0, y: Int = 1
  ) throws -> [PolynomialCurve] {
    guard let factorization = try? polynomial.factorization() else {
      return [try PolynomialCurve(polynomial, x: x, y: y)]
    }
    return try factorization.factors.map { try PolynomialCurve($0.polynomial, x: x, y: y) }
  }

  public func enclose(
    x a: Interval, y b: Interval, precision: Int
  ) throws -> (value: Interval, dx: Interval, dy: Interval) {
    let (a, b) = (a.rounded(precision: precision), b.rounded(precision: precision))
    return (
      value.value(a, b, precision: precision), slopeX.value(a, b, precision: precision),
      slopeY.value(a, b, precision: precision)
    )
  }

  public func enclose(x: DoubleInterval, y: DoubleInterval) -> PlaneEnclosure<DoubleInterval> {
    PlaneEnclosure(value: value.value(x, y), dx: slopeX.value(x, y), dy: slopeY.value(x, y))
  }

  public func value(x a: Interval, y b: Interval, precision: Int) throws -> Interval {
    value.value(
      a.rounded(precision: precision), b.rounded(precision: precision), precision: precision)
  }

  public func value(x: DoubleInterval, y: DoubleInterval) -> DoubleInterval {
    value.value(x, y)
  }

  public func text(_ horizontal: String, _ vertical: String) -> String {
    polynomial.terms.map { term in
      var factors = ["(\(term.coefficient))"]
      for (name, power) in [(horizontal, term.exponents[x]), (vertical, term.exponents[y])]
      where power > 0 {
        factors.append(power == 1 ? name : "\(name)^\(power)")
      }
      return factors.joined(separator: "*")
    }.joined(separator: " + ")
  }

  public func exactSign(x a: Rational, y b: Rational) -> Int? {
    var point = [Rational](repeating: .zero, count: polynomial.ring.variables.count)
    point[x] = a
    point[y] = b
    return polynomial.evaluated(at: point).signum
  }

  public func isCritical(x a: Rational, y b: Rational) -> Bool {
    var point = [Rational](repeating: .zero, count: polynomial.ring.variables.count)
    point[x] = a
    point[y] = b
    return dx.evaluated(at: point).isZero && dy.evaluated(at: point).isZero
  }

  public func secondDerivatives(
    x a: Interval, y b: Interval, precision: Int
  ) -> (xx: Interval, xy: Interval, yy: Interval)? {
    func value(_ p: Polynomial) -> Interval {
      HornerTable(p, x: x, y: y).value(a, b, precision: precision)
    }
    return (
      value(dx.derivative(in: x)), value(dx.derivative(in: y)), value(dy.derivative(in: y))
    )
  }

  public func vanishes(fixing axis: PlaneAxis, at value: Rational) -> Bool {
    (try? restriction(fixing: axis, at: value))??.isZero ?? false
  }

  public static var hasSeries: Bool { true }

  public func series(
    x: TaylorSeries, y: TaylorSeries, slope axis: PlaneAxis
  ) -> (value: TaylorSeries, slope: TaylorSeries)? {
    (value.value(x, y), (axis == .x ? slopeX : slopeY).value(x, y))
  }

  /// The ring's variable of an axis.
  func index(_ axis: PlaneAxis) -> Int { axis == .x ? x : y }

  public func branchCounter() -> BranchCounter? { BranchCounter(self) }

  public func turning(along axis: PlaneAxis) -> PolynomialCurve? {
    let slope = axis == .x ? dx : dy
    if slope.isZero { return nil }
    // A factor of even multiplicity keeps its sign.
    let odd = slope.squareFreeFactors().filter { $0.multiplicity % 2 == 1 }
      .reduce(Polynomial(1, ring: slope.ring)) { $0 * $1.factor }
    return odd.isConstant ? nil : try? PolynomialCurve(odd, x: x, y: y)
  }

  public func eliminant(
    _ other: PolynomialCurve, along axis: PlaneAxis, limit: Int
  ) -> IntegerPolynomial? {
    let (kept, gone) = axis == .x ? (x, y) : (y, x)
    guard
      let result = try? Polynomial.resultant(
        polynomial, other.polynomial, in: gone, limit: limit), !result.isZero
    else { return nil }
    return result.univariate(in: kept)
  }

  public func restriction(
    fixing axis: PlaneAxis, at value: Rational
  ) throws -> IntegerPolynomial? {
    let (fixed, free) = axis == .x ? (x, y) : (y, x)
    let values = try polynomial.coefficients(in: free).map { part in
      try (part.univariate(in: fixed) ?? .zero).value(at: value)
    }
    return IntegerPolynomial(clearingDenominatorsOf: UnivariatePolynomial(values))
  }
}

/// A polynomial in two variables as rows for Horner's rule: the row j belongs to the j-th power of y and
/// lists the coefficients of the powers of x.
struct HornerTable: Sendable {
  private let rows: [[DoubleInterval?]]
  private let exact: [[Integer]]

  init(_ polynomial: Polynomial, x: Int, y: Int) {
    let width = polynomial.isZero ? 0 : polynomial.degree(in: x) + 1
    let height = polynomial.isZero ? 0 : polynomial.degree(in: y) + 1
    var exact = [[Integer]](repeating: Array(repeating: 0, count: width), count: height)
    for (exponents, coefficient) in polynomial.terms {
      exact[exponents[y]][exponents[x]] = coefficient
    }
    self.exact = exact.map { row in
      Array(row.prefix((row.lastIndex { !$0.isZero } ?? -1) + 1))
    }
    rows = self.exact.map { row in
      row.map { $0.isZero ? nil : DoubleInterval(Interval($0, precision: 53)) }
    }
  }

  func value(_ x: DoubleInterval, _ y: DoubleInterval) -> DoubleInterval {
    var total: DoubleInterval?
    for row in rows.reversed() {
      var part: DoubleInterval?
      for coefficient in row.reversed() {
        if let sum = part { part = sum * x }
        if let coefficient { part = part.map { $0 + coefficient } ?? coefficient }
      }
      if let sum = total { total = sum * y }
      if let part { total = total.map { $0 + part } ?? part }
    }
    return total ?? .zero
  }

  func value(_ x: TaylorSeries, _ y: TaylorSeries) -> TaylorSeries {
    var total: TaylorSeries?
    for row in rows.reversed() {
      var part: TaylorSeries?
      for coefficient in row.reversed() {
        if let sum = part { part = sum * x }
        if let coefficient {
          let term = TaylorSeries(constant: coefficient, count: x.count)
          part = part.map { $0 + term } ?? term
        }
      }
      if let sum = total { total = sum * y }
      if let part { total = total.map { $0 + part } ?? part }
    }
    return total ?? TaylorSeries(constant: .zero, count: x.count)
  }

  func value(_ x: Interval, _ y: Interval, precision: Int) -> Interval {
    var total: Interval?
    for row in exact.reversed() {
      var part: Interval?
      for coefficient in row.reversed() {
        if let sum = part { part = Interval.mul(sum, x, precision: precision) }
        if !coefficient.isZero {
          let term = Interval(coefficient, precision: precision)
          part = part.map { Interval.add($0, term, precision: precision) } ?? term
        }
      }
      if let sum = total { total = Interval.mul(sum, y, precision: precision) }
      if let part { total = total.map { Interval.add($0, part, precision: precision) } ?? part }
    }
    return total ?? .zero
  }
}
