import Algebra
import Arbitrary
import Exact

/// Where a symbol goes.
public enum LimitPoint: Hashable, Sendable {
  /// Beyond every bound.
  case infinity
  /// Below every bound.
  case negativeInfinity
  /// To a finite real value, through greater ones.
  case fromRight(Expression)
  /// To a finite real value, through smaller ones.
  case fromLeft(Expression)

  /// To `value` from inside the domain: from the left at its upper end, from the right elsewhere.
  public static func inside(_ domain: Domain, at value: Rational) -> LimitPoint {
    if case .interval(_, let upper) = domain.shape, upper.value == value {
      return .fromLeft(.rational(value))
    }
    return .fromRight(.rational(value))
  }
}

/// Limits of expressions, exact.
public enum Limit {
  /// How far beyond its leading exponent a series is worked out, in turn, while terms cancel.
  static let depths = [2, 5, 12, 24]

  /// The limit of `f` as `x` goes to `point`, free of `x`; ``Expression/infinity`` or its negative
  /// for a function that leaves every bound.
  ///
  /// `f` is expanded in a series in t → 0+ with x = ±1/t or x = a ± t; coefficients are normal forms
  /// in the other symbols. The result holds for each value of those in their domains for which `f` is
  /// defined near the point. Sums and products of series are right whatever the parameters; where
  /// a coefficient must not vanish (a divisor, the leading term of an unbounded function) or must
  /// have a sign (the argument of log, of a power, of sign), that is proved over the domains by
  /// ``SignProver`` or the limit stays unknown. Only |A| and √A of a real A do without: they are
  /// continuous, so their leading term is right even where the one of A changes sign or vanishes.
  /// The declared domain of `x` itself is not used.
  ///
  /// - Returns: exact, in normal form.
  /// - Throws: ``LimitError``; unknown is never taken for an answer.
  /// - Source: Puiseux series; for log(1/t) as a coefficient, Hardy, Orders of Infinity (1910).
  public static func of(
    _ f: Expression, as x: Symbol, to point: LimitPoint
  ) throws(LimitError) -> Expression {
    try checkPoint(point, free: x)
    do { return try bySeries(f, as: x, to: point) } catch {
      if case .noLimit = error { throw error }
      guard f.treeSize < 2000 else { throw error }
      do { return try ExponentialLimit.of(f, as: x, to: point) } catch _ { throw error }
    }
  }

  /// The limit by one series in the distance to the point.
  static func bySeries(
    _ f: Expression, as x: Symbol, to point: LimitPoint
  ) throws(LimitError) -> Expression {
    let first: LimitError
    do { return try search(f, x, point) } catch { first = error }
    if case .noLimit = first { throw first }
    // The normal form cancels what a series cannot see to be zero, or zero for some parameters.
    // The point may lie outside the domain of x, so a symbol of no known sign stands for it.
    let free = Symbol("limit variable", .real)
    guard let simpler = try? NormalForm(f.substituting([x: free.expression])).expression
    else { throw first }
    do { return try search(simpler, free, point) } catch { throw first }
  }

  /// A limit point must not depend on the variable.
  static func checkPoint(_ point: LimitPoint, free x: Symbol) throws(LimitError) {
    switch point {
    case .fromRight(let end) where end.contains(x), .fromLeft(let end) where end.contains(x):
      throw .unsupported("a limit point with \(x) in it")
    default: break
    }
  }

  /// The series of `f` next to a point, worked out to a depth beyond its leading exponent.
  static func expansion(
    of f: Expression, _ x: Symbol, _ point: LimitPoint, depth: Int
  ) throws(LimitError) -> (LaurentSeries, SeriesArithmetic) {
    var expansion = SeriesExpansion(
      symbol: x, point: .zero, arithmetic: SeriesArithmetic(depth: depth))
    let start = try series(of: x, point, &expansion)
    expansion = SeriesExpansion(symbol: x, point: start, arithmetic: expansion.arithmetic)
    let value = try expansion.expand(f)
    return (value, expansion.arithmetic)
  }

  private static func search(
    _ f: Expression, _ x: Symbol, _ point: LimitPoint
  ) throws(LimitError) -> Expression {
    var failure = LimitError.limitOfTerms(0)
    for depth in depths {
      var expansion = SeriesExpansion(
        symbol: x, point: .zero, arithmetic: SeriesArithmetic(depth: depth))
      let start = try series(of: x, point, &expansion)
      expansion = SeriesExpansion(
        symbol: x, point: start, arithmetic: expansion.arithmetic)
      do {
        return try value(try expansion.expand(f), expansion.arithmetic)
      } catch {
        failure = error
        switch error {
        case .limitOfTerms: continue
        case .unsupported:
          if let infinity = reciprocal(f, expansion) { return infinity }
          throw error
        default: throw error
        }
      }
    }
    if case .limitOfTerms = failure { throw .limitOfTerms(depths.last ?? 0) }
    throw failure
  }

  /// The symbol as a function of t.
  private static func series(
    of x: Symbol, _ point: LimitPoint, _ expansion: inout SeriesExpansion
  ) throws(LimitError) -> LaurentSeries {
    let step: Rational
    let end: Expression
    switch point {
    case .infinity: return .monomial(1, -1)
    case .negativeInfinity: return .monomial(-1, -1)
    case .fromRight(let value): (end, step) = (value, 1)
    case .fromLeft(let value): (end, step) = (value, -1)
    }
    let constant = try expansion.constant(end)
    guard constant.isReal else { throw .unsupported("a limit point not known to be real") }
    return try expansion.arithmetic.add(constant, .monomial(step, 1))
  }

  // MARK: From the series

  private static func value(
    _ series: LaurentSeries, _ arithmetic: SeriesArithmetic
  ) throws(LimitError) -> Expression {
    guard let lead = series.terms.first else {
      if let order = series.order, order.signum <= 0 { throw .limitOfTerms(0) }
      return .zero
    }
    if lead.exponent.signum > 0 { return .zero }
    if lead.exponent.isZero { return try logarithmic(lead.coefficient, arithmetic) }
    return try infinite(arithmetic.eventualSign(lead.coefficient), lead.coefficient, arithmetic)
  }

  private static func infinite(
    _ sign: SignFact?, _ coefficient: Complex<RationalFunction>, _ arithmetic: SeriesArithmetic
  ) throws(LimitError) -> Expression {
    if sign == .positive { return .infinity }
    if sign == .negative { return -.infinity }
    throw .undecidedSign(of: arithmetic.expression(coefficient))
  }

  /// The limit of a coefficient as log(1/t) goes to infinity.
  private static func logarithmic(
    _ coefficient: Complex<RationalFunction>, _ arithmetic: SeriesArithmetic
  ) throws(LimitError) -> Expression {
    let value = try LimitError.arithmetic { () throws(ArithmeticError) in
      try arithmetic.normalizer.lift(coefficient)
    }
    let written = arithmetic.expression(value)
    guard written.contains(SeriesArithmetic.logarithm) else { return written }
    guard value.im.isZero, !arithmetic.hidesLogarithm(value.re),
      let index = arithmetic.normalizer.basis.index(of: .symbol(SeriesArithmetic.logarithm))
    else { throw .unsupported("the limit of \(written)") }
    let (above, top) = value.re.numerator.leading(in: index)
    let (below, bottom) = value.re.denominator.leading(in: index)
    guard SignProver(arithmetic.normalizer.basis).sign(of: bottom)?.isNonzero == true else {
      throw .undecidedSign(of: arithmetic.normalizer.basis.expression(bottom))
    }
    if above < below { return .zero }
    if above > below { return try infinite(arithmetic.eventualSign(value), value, arithmetic) }
    let ratio = try LimitError.arithmetic { () throws(ArithmeticError) in
      try RationalFunction(top, bottom)
    }
    return arithmetic.normalizer.basis.expression(ratio)
  }
}
