import Algebra
import Exact

/// The least upper bound of an analytic function of one symbol over an interval, such as x·exp(-x), and
/// where it is taken.
///
/// Where f is analytic inside the domain and the zeros of f' are known, f is monotone between them, so that
/// the bound is the greatest of the values there and of the limits at the ends. The zeros are known
/// where the numerator of f' is a product of polynomials in x with rational coefficients and of factors
/// that are proved not to vanish.
public struct SmoothExtremum: Sendable {
  /// The bound, ±infinity where there is none.
  public let value: Expression
  /// The points of the domain at which it is taken, from left to right.
  public let places: [Expression]
  /// Whether it is taken at any.
  public var isAttained: Bool { !places.isEmpty }

  /// The supremum over the domain of `x`; the maximum where ``isAttained``.
  ///
  /// - Returns: exact.
  /// - Throws: ``LimitError/unsupported(_:)`` where f is not proved analytic, or its derivative may have
  ///   other zeros; ``LimitError/undecidedSign(of:)`` where two candidates cannot be compared.
  public static func maximum(of f: Expression, as x: Symbol) throws(LimitError) -> SmoothExtremum {
    guard case .interval(let lower, let upper) = x.domain.shape else {
      throw .unsupported("the extremum over \(x.domain)")
    }
    guard f.freeSymbols == [x] else { throw .unsupported("the extremum of \(f) over \(x) alone") }
    let inside = Symbol(x.name, try open(lower, upper))
    let g = f.substituting([x: inside.expression])
    try requireAnalytic(g)
    var candidates: [(value: Expression, place: Expression?)] = []
    for point in try criticalPoints(of: g, inside) {
      guard let place = Extremum.radicals(point) else {
        throw .unsupported("a zero of the derivative of degree \(point.degree)")
      }
      candidates.append((try normal(f.substituting([x: place])), place))
    }
    candidates.insert(try end(f, x, lower, isLower: true), at: 0)
    candidates.append(try end(f, x, upper, isLower: false))
    return try greatest(candidates)
  }

  /// The infimum: minus the supremum of -f.
  ///
  /// - Throws: as ``maximum(of:as:)``.
  public static func minimum(of f: Expression, as x: Symbol) throws(LimitError) -> SmoothExtremum {
    let above = try maximum(of: -f, as: x)
    let value: Expression =
      above.value == .infinity
      ? -.infinity : above.value == -.infinity ? .infinity : try normal(-above.value)
    return SmoothExtremum(value: value, places: above.places)
  }

  private static func normal(_ f: Expression) throws(LimitError) -> Expression {
    try LimitError.arithmetic { () throws(ArithmeticError) in try NormalForm(f).expression }
  }

  private static func open(
    _ lower: Domain.Bound, _ upper: Domain.Bound
  ) throws(LimitError) -> Domain {
    func opened(_ bound: Domain.Bound) -> Domain.Bound {
      bound.value.map { .open($0) } ?? .unbounded
    }
    do { return try .interval(opened(lower), opened(upper)) } catch {
      throw .unsupported("the extremum over a single point")
    }
  }

  // MARK: Inside

  private static func requireAnalytic(_ f: Expression) throws(LimitError) {
    for part in f.postorder() {
      switch part.kind {
      case .rational, .constant, .symbol, .sum, .product: continue
      case .power(let base, let exponent):
        if let power = exponent.rationalValue, power.isInteger {
          if power.signum < 0 { try require(base, .nonzero) }
        } else {
          try require(base, .positive)
        }
      case .function(let function, let arguments):
        switch function {
        case .exp, .expm1, .sin, .cos, .sinh, .cosh, .tanh, .atan, .asinh, .besselj: continue
        case .sqrt, .log: try require(arguments[0], .positive)
        case .cbrt: try require(arguments[0], .nonzero)
        case .log1p: try require(arguments[0] + .one, .positive)
        case .digamma: try require(arguments[0], .positive)
        case .dilog: try require(.one - arguments[0], .positive)
        default: throw .unsupported("the extremum of a function with \(function.name)")
        }
      case .procedure(let component, _):
        throw .unsupported(SymbolicError.noFormula(component.name).description)
      case .imaginaryUnit: throw .unsupported("the extremum of a complex function")
      }
    }
  }

  private static func require(
    _ quantity: Expression, _ relation: SignRelation
  ) throws(LimitError) {
    if quantity.freeSymbols.isEmpty, let form = try? NormalForm(quantity), form.value.im.isZero,
      let sign = SignProver(form.basis).sign(of: form.value.re), relation.holds(for: sign)
    {
      return
    }
    guard case .proved = SignDecision().decide(quantity, relation) else {
      throw .undecidedSign(of: quantity)
    }
  }

  /// The zeros of the derivative, in order.
  private static func criticalPoints(
    of f: Expression, _ x: Symbol
  ) throws(LimitError) -> [AlgebraicNumber] {
    let derivative: Expression
    do { derivative = try f.derivative(by: x) } catch { throw .unsupported(error.description) }
    return try LimitError.arithmetic { () throws(ArithmeticError) in
      let form = try NormalForm(derivative)
      guard form.value.im.isZero, let variable = form.basis.index(of: .symbol(x)) else {
        throw .domain("the derivative is not a real function of \(x)")
      }
      // Taken everywhere, which is more places than are told.
      if form.isZero { throw .domain("the function is constant") }
      var zeros = Set<AlgebraicNumber>()
      for factor in try form.value.re.numerator.factorization().factors {
        if factor.polynomial.occurringVariables == [variable],
          let univariate = factor.polynomial.univariate(in: variable)
        {
          for (root, _) in try AlgebraicNumber.roots(of: univariate)
          where x.domain.contains(algebraic: root) {
            zeros.insert(root)
          }
          continue
        }
        let quantity = form.basis.expression(factor.polynomial)
        guard case .proved = SignDecision().decide(quantity, .nonzero) else {
          throw .domain("the zeros of \(quantity), a factor of the derivative, are not known")
        }
      }
      return zeros.sorted()
    }
  }

  // MARK: Ends

  /// The one-sided limit at an end, and the end where the function takes the limit there.
  private static func end(
    _ f: Expression, _ x: Symbol, _ bound: Domain.Bound, isLower: Bool
  ) throws(LimitError) -> (value: Expression, place: Expression?) {
    guard let number = bound.value else {
      return (try Limit.of(f, as: x, to: isLower ? .negativeInfinity : .infinity), nil)
    }
    let place = Expression.rational(number)
    let value = try Limit.of(f, as: x, to: isLower ? .fromRight(place) : .fromLeft(place))
    guard case .closed = bound, value != .infinity, value != -.infinity,
      let there = try? NormalForm(f.substituting([x: place]))
    else { return (value, nil) }
    switch ZeroTest().decide(there.expression, equals: value) {
    case .zero: return (value, place)
    case .nonzero: throw .unsupported("a function that jumps at \(number)")
    case .unknown: throw .undecidedSign(of: there.expression - value)
    }
  }

  // MARK: Comparison

  private static func greatest(
    _ candidates: [(value: Expression, place: Expression?)]
  ) throws(LimitError) -> SmoothExtremum {
    if candidates.contains(where: { $0.value == .infinity }) {
      return SmoothExtremum(value: .infinity, places: [])
    }
    let finite = candidates.filter { $0.value != -.infinity }
    guard var best = finite.first?.value else {
      // The function falls at both ends and has no zero of its derivative: that cannot be.
      throw .unsupported("a function without finite values")
    }
    for candidate in finite.dropFirst()
    where try sign(of: candidate.value - best) > 0 { best = candidate.value }
    var places: [Expression] = []
    for candidate in finite {
      guard let place = candidate.place, try sign(of: candidate.value - best) == 0 else { continue }
      places.append(place)
    }
    return SmoothExtremum(value: best, places: places)
  }

  private static func sign(of difference: Expression) throws(LimitError) -> Int {
    if case .zero = ZeroTest().decide(difference) { return 0 }
    let form = try LimitError.arithmetic { () throws(ArithmeticError) in
      try NormalForm(difference)
    }
    guard form.value.im.isZero, let sign = SignProver(form.basis).sign(of: form.value.re),
      sign.isNonzero
    else { throw .undecidedSign(of: difference) }
    return sign == .positive ? 1 : -1
  }
}
