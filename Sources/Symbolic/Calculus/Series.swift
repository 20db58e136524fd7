import Algebra
import Arbitrary
import Exact

/// The expansion of a function next to a point, in a variable t → 0+ that is the distance to it:
///
///     f = Σ coefficient · t^exponent · log(t)^logarithms + remainder,
///
/// t = x - a from the right, a - x from the left, 1/x or -1/x at the infinities. Exponents are rational and
/// increasing (Taylor, Laurent and Puiseux series), coefficients free of x and in normal form.
///
/// **Guarantee:** the remainder is O(t^m) for every m below ``order``, none where that is nil; for each
/// value of the other symbols in their domains for which f is defined next to the point. A term whose
/// coefficient is identically zero as a normal form is left out, and no other: a coefficient may
/// vanish for some values of the parameters.
public struct Series: Sendable {
  /// One term.
  public struct Term: Sendable {
    public let exponent: Rational
    /// The power of log t.
    public let logarithms: Int
    public let coefficient: Expression
  }

  public let variable: Symbol
  public let point: LimitPoint
  /// By increasing exponents; of one exponent by falling powers of the logarithm, greatest first.
  public let terms: [Term]
  /// The order of the remainder; an order of 100000 stands for beyond all powers, as of exp(-1/t).
  public let order: Rational?

  /// How far beyond its leading exponent a series is worked out, in turn.
  static let depths = [2, 4, 8, 16, 32, 64]

  /// The expansion with at least so many exponents, or all there are.
  ///
  /// - Parameters:
  ///   - count: the number of different exponents asked for.
  /// - Throws: ``LimitError``: an undecided sign where the expansion depends on one (of the leading
  ///   coefficient of a divisor, for one), no rule for a function at the point, or a limit on size.
  /// - Complexity: O(count²) coefficient operations for each part of the expression.
  public init(
    of f: Expression, in x: Symbol, at point: LimitPoint, terms count: Int = 6
  ) throws(LimitError) {
    try Limit.checkPoint(point, free: x)
    let wanted = min(max(count, 1), 64)
    // The declared domain of x need not hold next to the point.
    let free = Symbol("series variable", .real)
    let g = f.substituting([x: free.expression])
    var failure = LimitError.limitOfTerms(0)
    for depth in Self.depths {
      do {
        let (series, arithmetic) = try Limit.expansion(of: g, free, point, depth: depth)
        let isLast = depth == Self.depths.last
        guard series.terms.count >= wanted || series.order == nil || isLast else { continue }
        let found = try Self.terms(of: series, arithmetic)
        let kept = Self.first(wanted, of: found)
        variable = x
        self.point = point
        terms = kept
        // What is left out begins at the next exponent.
        order = found.count > kept.count ? found[kept.count].exponent : series.order
        return
      } catch {
        failure = error
        guard case .limitOfTerms = error else { throw error }
      }
    }
    throw failure
  }

  private static func first(_ count: Int, of terms: [Term]) -> [Term] {
    var exponents: Set<Rational> = []
    var kept: [Term] = []
    for term in terms {
      if !exponents.contains(term.exponent), exponents.count == count { break }
      exponents.insert(term.exponent)
      kept.append(term)
    }
    return kept
  }

  /// The terms with log(1/t) written as -log t.
  static func terms(
    of series: LaurentSeries, _ arithmetic: SeriesArithmetic
  ) throws(LimitError) -> [Term] {
    var result: [Term] = []
    for term in series.terms {
      let coefficient = try LimitError.arithmetic { () throws(ArithmeticError) in
        try arithmetic.normalizer.lift(term.coefficient)
      }
      let basis = arithmetic.normalizer.basis
      guard let log = basis.index(of: .symbol(SeriesArithmetic.logarithm)),
        arithmetic.expression(coefficient).contains(SeriesArithmetic.logarithm)
      else {
        result.append(
          Term(
            exponent: term.exponent, logarithms: 0,
            coefficient: basis.expression(coefficient)))
        continue
      }
      for part in [coefficient.re, coefficient.im] where arithmetic.hidesLogarithm(part) {
        throw .unsupported("a coefficient \(basis.expression(coefficient))")
      }
      for part in [coefficient.re, coefficient.im]
      where part.denominator.leading(in: log).degree > 0 {
        throw .unsupported("a coefficient \(basis.expression(coefficient))")
      }
      let re =
        coefficient.re.numerator.isConstant ? [] : coefficient.re.numerator.coefficients(in: log)
      let im =
        coefficient.im.numerator.isConstant ? [] : coefficient.im.numerator.coefficients(in: log)
      let top = max(re.count, im.count)
      for k in (0..<max(top, 1)).reversed() {
        func part(_ list: [Polynomial], _ whole: RationalFunction) throws(ArithmeticError)
          -> RationalFunction
        {
          if whole.numerator.isConstant { return k == 0 ? whole : .zero }
          guard k < list.count else { return .zero }
          return try RationalFunction(list[k], whole.denominator)
        }
        let value = try LimitError.arithmetic { () throws(ArithmeticError) in
          Complex(re: try part(re, coefficient.re), im: try part(im, coefficient.im))
        }
        if value == .zero { continue }
        let expression = basis.expression(value)
        result.append(
          Term(
            exponent: term.exponent, logarithms: k,
            coefficient: k % 2 == 0 ? expression : try Self.normal(-expression)))
      }
    }
    return result
  }

  private static func normal(_ f: Expression) throws(LimitError) -> Expression {
    try LimitError.arithmetic { () throws(ArithmeticError) in try NormalForm(f).expression }
  }

  /// t as a function of the variable.
  public var distance: Expression {
    switch point {
    case .infinity: variable.expression.power(-1)
    case .negativeInfinity: -(variable.expression.power(-1))
    case .fromRight(let end): variable.expression - end
    case .fromLeft(let end): end - variable.expression
    }
  }

  /// The sum of the terms, without the remainder.
  public var sum: Expression {
    let t = distance
    return .sum(
      terms.map { term in
        var factors = [term.coefficient]
        if !term.exponent.isZero { factors.append(t.power(.rational(term.exponent))) }
        if term.logarithms > 0 { factors.append(log(t).power(term.logarithms)) }
        return .product(factors)
      })
  }

  /// The coefficient of t^exponent·log(t)^logarithms; nil at or beyond the order.
  public func coefficient(
    _ exponent: Rational, logarithms: Int = 0
  ) -> Expression? {
    if let order, exponent >= order { return nil }
    return terms.first { $0.exponent == exponent && $0.logarithms == logarithms }?.coefficient
      ?? .zero
  }

  /// The Taylor or Laurent series about a finite point, that holds on both sides of it.
  ///
  /// - Throws: ``LimitError/noLimit(_:)`` where the expansions on the two sides are proved to differ, as
  ///   for |x|; ``LimitError/unsupported(_:)`` for fractional powers and logarithms.
  public static func taylor(
    of f: Expression, in x: Symbol, about a: Expression = .zero, terms count: Int = 6
  ) throws(LimitError) -> Series {
    let right = try Series(of: f, in: x, at: .fromRight(a), terms: count)
    let left = try Series(of: f, in: x, at: .fromLeft(a), terms: count)
    try requireAgreement(right, left)
    return right
  }

  /// Requires that the expansions on the two sides of a point belong to one Laurent series.
  private static func requireAgreement(_ right: Series, _ left: Series) throws(LimitError) {
    let terms = right.terms + left.terms
    if terms.contains(where: { !$0.exponent.isInteger || $0.logarithms > 0 }) {
      throw .unsupported("a Taylor series with fractional powers or logarithms")
    }
    for exponent in Set(terms.map(\.exponent)).sorted() {
      guard let first = right.coefficient(exponent), let second = left.coefficient(exponent) else {
        continue
      }
      let isOdd = !exponent.numerator.isEven
      let agrees: Bool
      do {
        agrees = try NormalForm(isOdd ? first + second : first - second).isZero
      } catch {
        throw .arithmetic(error)
      }
      if !agrees { throw .noLimit("the expansions from the left and from the right differ") }
    }
  }
}
