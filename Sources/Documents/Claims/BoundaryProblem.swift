import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

/// The curves on which a condition in two symbols may begin or cease to hold, in the coordinates in which they are
/// best traced.
///
/// Two roads:
/// - Where the difference of the sides is rational in one quantity for each symbol, the symbol itself or one strictly
///   monotone kernel of it, and in square roots and absolute values of such: roots are removed by
///   norms (a + b·k becomes a² - b²k²), which keeps all zeros and may add some; then every zero and pole lies on
///   the curve of an irreducible factor. Which of them are boundaries is told by the condition itself,
///   on both sides of each component.
/// - Otherwise the difference is traced as it is, by enclosures.
struct BoundaryProblem {
  enum Curves {
    case polynomial([PolynomialCurve])
    case formula(FormulaCurve)
  }

  let curves: Curves
  let xMap: CoordinateMap?
  let yMap: CoordinateMap?

  init(_ difference: Expression, _ x: AxisDefinition, _ y: AxisDefinition) throws {
    if let algebraic = try Self.algebraic(difference, x, y) {
      self = algebraic
      return
    }
    curves = .formula(try FormulaCurve(difference, x: x.symbol, y: y.symbol))
    xMap = nil
    yMap = nil
  }

  private init(_ curves: [PolynomialCurve], _ xMap: CoordinateMap?, _ yMap: CoordinateMap?) {
    self.curves = .polynomial(curves)
    self.xMap = xMap
    self.yMap = yMap
  }

  /// Degrees beyond which a polynomial is no help.
  private static let degreeLimit = 60

  private static func algebraic(
    _ difference: Expression, _ x: AxisDefinition, _ y: AxisDefinition
  ) throws -> BoundaryProblem? {
    let symbols = [x.symbol, y.symbol]
    guard var normalizer = try? Normalizer(symbols: symbols),
      let raw = try? normalizer.normalize(difference), let value = try? normalizer.lift(raw),
      value.im.isZero
    else { return nil }
    let basis = normalizer.basis
    // An identity: no boundary.
    if value.re.isZero { return BoundaryProblem([], nil, nil) }
    var parts = [value.re.numerator]
    if SignProver(basis).sign(of: value.re.denominator)?.isNonzero != true {
      parts.append(value.re.denominator)
    }
    var factors: [Polynomial] = []
    for part in parts {
      guard let cases = cases(part, basis, count: symbols.count),
        cases.allSatisfy({ $0.totalDegree <= degreeLimit })
      else { return nil }
      factors += cases
    }
    var places: [Int] = []
    var maps: [CoordinateMap?] = []
    for (index, axis) in [x, y].enumerated() {
      let occurring = Set(factors.flatMap(\.occurringVariables))
      let own = occurring.filter {
        basis.generators[$0].kernel.expression.freeSymbols.contains(axis.symbol)
      }
      if own.isEmpty || own == [index] {
        places.append(index)
        maps.append(nil)
        continue
      }
      guard own.count == 1, let place = own.first,
        let kernel = MonotoneKernel(
          basis.generators[place].kernel.expression, of: axis.symbol,
          over: (axis.lower, axis.upper))
      else { return nil }
      if kernel.isReciprocal { factors = try factors.map { try reversed($0, place) } }
      places.append(place)
      maps.append(kernel.map)
    }
    let occurring = Set(factors.flatMap(\.occurringVariables))
    guard occurring.isSubset(of: Set(places)) else { return nil }
    var curves: [PolynomialCurve] = []
    for factor in factors where !factor.isConstant {
      for curve in try PolynomialCurve.factors(of: factor, x: places[0], y: places[1])
      where !curves.contains(where: {
        $0.polynomial == curve.polynomial || $0.polynomial == -curve.polynomial
      }) {
        curves.append(curve)
      }
    }
    return BoundaryProblem(curves, maps[0], maps[1])
  }

  /// Polynomials without square roots and absolute values, one of which vanishes wherever the given one does.
  private static func cases(
    _ polynomial: Polynomial, _ basis: KernelBasis, count: Int
  ) -> [Polynomial]? {
    var results = [polynomial]
    for index in basis.generators.indices.reversed() where index >= count {
      var next: [Polynomial] = []
      for polynomial in results {
        if polynomial.degree(in: index) == 0 {
          next.append(polynomial)
        } else if let absolute = basis.argument(ofAbsolute: index) {
          guard let plus = substituting(absolute, for: index, in: polynomial),
            let minus = substituting(-absolute, for: index, in: polynomial)
          else { return nil }
          next += [plus, minus].filter { !$0.isZero }
        } else if let relation = basis.generators[index].relation {
          guard relation.degree == 2, relation.lower.isEmpty, relation.lead == nil,
            let norm = norm(polynomial, index, relation.value)
          else { return nil }
          next.append(norm)
        } else {
          next.append(polynomial)
        }
      }
      results = next
      if results.count > 16 { return nil }
    }
    return results
  }

  /// The value where a variable is a polynomial; nil where it grows too large.
  private static func substituting(
    _ value: Polynomial, for variable: Int, in polynomial: Polynomial
  ) -> Polynomial? {
    guard let value = try? value.embedded(in: polynomial.ring, position: { $0 }) else { return nil }
    var result = Polynomial(0, ring: polynomial.ring)
    for part in polynomial.coefficients(in: variable).reversed() {
      guard let product = try? result.multiplied(by: value) else { return nil }
      result = product + part
      if result.totalDegree > 4 * degreeLimit { return nil }
    }
    return result
  }

  /// a² - b²P for a + b·k with k² = P.
  private static func norm(
    _ polynomial: Polynomial, _ index: Int, _ square: Polynomial
  ) -> Polynomial? {
    let parts = polynomial.coefficients(in: index)
    guard parts.count == 2,
      let square = try? square.embedded(in: polynomial.ring, position: { $0 }),
      let a = try? parts[0].multiplied(by: parts[0]),
      let b = try? parts[1].multiplied(by: parts[1]),
      let product = try? b.multiplied(by: square)
    else { return nil }
    let result = a - product
    return result.isZero || result.totalDegree > 4 * degreeLimit ? nil : result
  }

  /// k^n P(1/k): the same zeros in the reciprocal of a variable.
  static func reversed(_ polynomial: Polynomial, _ variable: Int) throws -> Polynomial {
    let degree = polynomial.degree(in: variable)
    return try Polynomial(
      ring: polynomial.ring,
      terms: polynomial.terms.map { term in
        var exponents = term.exponents
        exponents[variable] = degree - exponents[variable]
        return (exponents, term.coefficient)
      })
  }
}
