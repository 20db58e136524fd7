import Algebra
import Arbitrary
import Exact

extension SeriesExpansion {
  /// A function that is analytic at the limit of its argument, by its Taylor series there.
  ///
  /// Analytic on the whole real line: sin, cos, sinh, cosh, tanh, asinh, atan (DLMF 4). The others
  /// need their argument's limit proved to lie inside their interval.
  mutating func taylor(
    _ function: Function, _ x: LaurentSeries, of value: ((Expression) -> Expression)? = nil
  ) throws(LimitError) -> LaurentSeries {
    var centre = Complex<RationalFunction>.zero
    var delta = x
    if let order = x.order, order.signum <= 0 { throw .limitOfTerms(0) }
    if let first = x.terms.first, first.exponent.signum <= 0 {
      guard first.exponent.isZero else {
        throw .unsupported("\(function.name) of something that tends to infinity")
      }
      centre = first.coefficient
      delta.terms.removeFirst()
    }
    let written = arithmetic.expression(centre)
    guard !written.contains(SeriesArithmetic.logarithm) else {
      throw .unsupported("\(function.name) of something that tends to infinity")
    }
    try checkAnalytic(function, centre, isReal: x.isReal)
    if let rule = InverseFunctionRule(function) {
      var series = try inverse(function, rule, at: centre, delta)
      series.isReal = x.isReal
      return series
    }
    let variable = Symbol("x", .real)
    var derivatives = [value?(variable.expression) ?? .apply(function, variable.expression)]
    var factorial = Rational.one
    var series = try arithmetic.compose(delta, isReal: true) {
      (k, normalizer) throws(LimitError) in
      while derivatives.count <= k {
        guard let next = try? derivatives[derivatives.count - 1].derivative(by: variable) else {
          throw .unsupported("the derivatives of \(function.name)")
        }
        if next.nodeCount > 10_000 { throw .limitOfTerms(k) }
        derivatives.append(next)
      }
      if k > 0 { factorial = factorial * Rational(reciprocalOf: Integer(k)) }
      let value = derivatives[k].substituting([variable: written])
      return try LimitError.arithmetic { () throws(ArithmeticError) in
        let derivative = try normalizer.normalize(value)
        return try normalizer.multiply(derivative, Complex(RationalFunction(factorial)))
      }
    }
    series.isReal = x.isReal
    return series
  }

  /// Σ aₖδᵏ with aₖ = gₖ₋₁/k, where g is the derivative of the function, about a centre at which the
  /// function is analytic.
  private mutating func inverse(
    _ function: Function, _ rule: InverseFunctionRule, at centre: Complex<RationalFunction>,
    _ delta: LaurentSeries
  ) throws(LimitError) -> LaurentSeries {
    let written = arithmetic.expression(centre)
    let start = centre == .zero && function != .acos ? .zero : Expression.apply(function, written)
    var slopes: [Complex<RationalFunction>] = []
    return try arithmetic.compose(delta, isReal: true) { (k, normalizer) throws(LimitError) in
      try LimitError.arithmetic { () throws(ArithmeticError) in
        if k == 0 { return try normalizer.normalize(start) }
        while slopes.count < k {
          slopes.append(try rule.next(slopes, centre: centre, &normalizer))
        }
        return try normalizer.multiply(
          slopes[k - 1], Complex(RationalFunction(Rational(reciprocalOf: Integer(k)))))
      }
    }
  }

  private func checkAnalytic(
    _ function: Function, _ centre: Complex<RationalFunction>, isReal: Bool
  ) throws(LimitError) {
    switch function {
    case .sin, .cos, .sinh, .cosh: return
    default: break
    }
    guard isReal else { throw .unsupported("\(function.name) of a complex value") }
    let value = arithmetic.expression(centre)
    let needed: Expression
    switch function {
    case .asinh, .atan, .besselj: return
    case .digamma: needed = value
    case .dilog: needed = 1 - value
    case .asin, .acos, .atanh: needed = 1 - value.power(2)
    case .acosh: needed = value - 1
    default: throw .unsupported("the limit of \(function.name)")
    }
    var normalizer = arithmetic.normalizer
    let margin = try LimitError.arithmetic { () throws(ArithmeticError) in
      try normalizer.normalize(needed)
    }
    guard margin.im.isZero, SignProver(normalizer.basis).sign(of: margin.re) == .positive else {
      throw .undecidedSign(of: needed)
    }
  }

  /// Li₂(δ) = Σ δ^k/k² for δ → 0 (DLMF 25.12.1).
  mutating func dilogarithm(_ x: LaurentSeries) throws(LimitError) -> LaurentSeries {
    if let order = x.order, order.signum <= 0 { throw .limitOfTerms(0) }
    var series = try arithmetic.compose(x, isReal: true) { (k, _) throws(LimitError) in
      if k == 0 { return .zero }
      let value = Rational(reciprocalOf: Integer(k))
      return Complex(RationalFunction(value * value))
    }
    series.isReal = x.isReal
    return series
  }

  /// sinh, cosh and tanh of something unbounded, tanh x = ±(1 - e)/(1 + e) with e = exp(-2|x|).
  mutating func hyperbolic(
    _ function: Function, _ x: LaurentSeries
  ) throws(LimitError) -> LaurentSeries {
    let lead = try arithmetic.leading(x, of: function.name)
    guard x.isReal, let sign = lead.sign else {
      throw .undecidedSign(of: arithmetic.expression(lead.term.coefficient))
    }
    guard function == .tanh else {
      throw .unsupported("\(function.name) of something that tends to infinity")
    }
    let twice = try arithmetic.multiply(x, .monomial(sign == .positive ? -2 : 2, 0))
    let small = try exponential(twice)
    let one = LaurentSeries.monomial(1, 0)
    let value = try arithmetic.multiply(
      try arithmetic.add(one, -small), try power(try arithmetic.add(one, small), -1))
    return sign == .positive ? value : -value
  }

  /// Where the argument is unbounded, atan x = ±π/2 - atan(1/x).
  mutating func arctangent(_ x: LaurentSeries) throws(LimitError) -> LaurentSeries {
    guard let valuation = x.valuation, valuation.isNegative, !x.terms.isEmpty else {
      return try taylor(.atan, x)
    }
    let lead = try arithmetic.leading(x, of: "atan of")
    guard x.isReal, let sign = lead.sign else {
      throw .undecidedSign(of: arithmetic.expression(lead.term.coefficient))
    }
    let half = try constant(.pi * .rational(Rational(reciprocalOf: 2)))
    return try arithmetic.add(
      sign == .positive ? half : -half, -(try taylor(.atan, try power(x, -1))))
  }
}
