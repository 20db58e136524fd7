import Algebra
import Arbitrary
import Exact

/// Expands expressions in t → 0+, where one symbol is a series in t.
struct SeriesExpansion: Sendable {
  let symbol: Symbol
  /// The symbol as a function of t.
  let point: LaurentSeries
  var arithmetic: SeriesArithmetic

  /// exp of something to -∞ is below every power of t; this one is beyond all that are used.
  private static let negligible = Rational(100_000)

  /// - Complexity: O(terms²) coefficient operations for each distinct part.
  mutating func expand(_ expression: Expression) throws(LimitError) -> LaurentSeries {
    var values: [ObjectIdentifier: LaurentSeries] = [:]
    let parts = expression.postorder()
    var depends: Set<ObjectIdentifier> = []
    for part in parts {
      if case .symbol(symbol) = part.kind {
        depends.insert(part.identity)
        values[part.identity] = point
      } else if part.operands.contains(where: { depends.contains($0.identity) }) {
        depends.insert(part.identity)
        var operands: [LaurentSeries] = []
        for operand in part.operands {
          if let value = values[operand.identity] {
            operands.append(value)
          } else {
            let value = try constant(operand)
            values[operand.identity] = value
            operands.append(value)
          }
        }
        values[part.identity] = try combine(part, operands)
      }
    }
    if let value = values[expression.identity] { return value }
    return try constant(expression)
  }

  mutating func constant(_ expression: Expression) throws(LimitError) -> LaurentSeries {
    let value = try LimitError.arithmetic { () throws(ArithmeticError) in
      try arithmetic.normalizer.normalize(expression)
    }
    return LaurentSeries(
      terms: [.init(exponent: .zero, coefficient: value)],
      isReal: value.im.isZero && arithmetic.normalizer.isRealForm(value))
  }

  private mutating func combine(
    _ part: Expression, _ operands: [LaurentSeries]
  ) throws(LimitError) -> LaurentSeries {
    switch part.kind {
    case .rational, .imaginaryUnit, .constant, .symbol: return try constant(part)
    case .sum:
      var sum = LaurentSeries.zero
      for operand in operands { sum = try arithmetic.add(sum, operand) }
      return sum
    case .product:
      var product = LaurentSeries.monomial(1, 0)
      for operand in operands { product = try arithmetic.multiply(product, operand) }
      return product
    case .power(_, let written):
      if let exponent = written.rationalValue { return try power(operands[0], exponent) }
      return try exponential(try arithmetic.multiply(operands[1], try logarithm(operands[0])))
    case .function(let function, _): return try apply(function, operands)
    case .procedure(let component, _):
      throw .unsupported(SymbolicError.noFormula(component.name).description)
    }
  }

  private mutating func apply(
    _ function: Function, _ operands: [LaurentSeries]
  ) throws(LimitError) -> LaurentSeries {
    let x = function == .besselj ? operands[1] : operands[0]
    let one = LaurentSeries.monomial(1, 0)
    switch function {
    case .sqrt: return try squareRoot(x)
    case .cbrt: return try cubeRoot(x)
    case .exp: return try exponential(x)
    case .expm1: return try arithmetic.add(try exponential(x), -one)
    case .log: return try logarithm(x)
    case .log1p: return try logarithm(try arithmetic.add(x, one))
    case .abs:
      if x.isReal { return try absolute(x) }
      let conjugate = try componentwise(x, isReal: false) { Complex(re: $0.re, im: -$0.im) }
      var norm = try arithmetic.multiply(x, conjugate)
      norm.isReal = true
      return try squareRoot(norm)
    case .max, .min:
      var best = x
      for other in operands.dropFirst() {
        guard best.isReal, other.isReal else {
          throw .unsupported("\(function.name) of a value that is not known to be real")
        }
        let distance = try absolute(try arithmetic.add(best, -other))
        let sum = try arithmetic.add(best, other)
        let twice = try arithmetic.add(sum, function == .max ? distance : -distance)
        best = try arithmetic.multiply(twice, .monomial(Rational(reciprocalOf: 2), 0))
      }
      return best
    case .sign:
      if x.isExactlyZero { return .zero }
      guard x.isReal else { throw .unsupported("sign of a value that is not known to be real") }
      let lead = try arithmetic.leading(x, of: "sign of")
      guard let sign = lead.sign else {
        throw .undecidedSign(of: arithmetic.expression(lead.term.coefficient))
      }
      return sign == .positive ? one : -one
    case .re: return try componentwise(x, isReal: true) { Complex($0.re) }
    case .im: return try componentwise(x, isReal: true) { Complex($0.im) }
    case .conj: return try componentwise(x, isReal: x.isReal) { Complex(re: $0.re, im: -$0.im) }
    case .sinh, .cosh, .tanh:
      if let valuation = x.valuation, valuation.isNegative { return try hyperbolic(function, x) }
      if function == .tanh {
        return try arithmetic.multiply(
          try taylor(.sinh, x), try power(try taylor(.cosh, x), -1))
      }
      return try taylor(function, x)
    case .tan:
      return try arithmetic.multiply(
        try taylor(.sin, x), try power(try taylor(.cos, x), -1))
    case .atan: return try arctangent(x)
    case .sin, .cos, .asin, .acos, .atanh, .asinh, .acosh: return try taylor(function, x)
    case .besselj:
      let order = operands[0].terms.first?.coefficient.re.constantValue ?? .zero
      guard let n = order.numerator.word else {
        throw .unsupported("the limit of a Bessel function of unknown order")
      }
      return try taylor(function, x) { Expression.besselJ(n, $0) }
    case .digamma: return try taylor(function, x)
    case .dilog: return x.valuation?.signum ?? 1 > 0 ? try dilogarithm(x) : try taylor(function, x)
    case .atan2, .arg: throw .unsupported("the limit of \(function.name)")
    }
  }

  // MARK: Powers

  mutating func power(
    _ base: LaurentSeries, _ exponent: Rational
  ) throws(LimitError) -> LaurentSeries {
    if exponent == Rational(reciprocalOf: 2) { return try squareRoot(base) }
    if exponent.isInteger, let n = exponent.numerator.word, (0...16).contains(n) {
      var result = LaurentSeries.monomial(1, 0)
      for _ in 0..<n { result = try arithmetic.multiply(result, base) }
      return result
    }
    if base.isExactlyZero {
      if exponent.signum > 0 { return .zero }
      throw .arithmetic(.divisionByZero)
    }
    let (lead, sign, delta) = try arithmetic.leading(base, of: "a power of")
    guard exponent.isInteger || sign == .positive else {
      throw .undecidedSign(of: arithmetic.expression(lead.coefficient))
    }
    let root = try constant(arithmetic.expression(lead.coefficient).power(.rational(exponent)))
    let rest = try arithmetic.binomial(delta, exponent)
    return try arithmetic.multiply(root, rest).shifted(by: lead.exponent * exponent)
  }

  /// √(c·t^v(1 + δ)) = √c·t^(v/2)·√(1 + δ) where c is proved positive, or proved negative and all is
  /// real. Where the sign of a real c is not known, |√a - √b| ≤ 2√|a - b| for real a and b leaves
  /// the leading term with half the exponent of the rest.
  private mutating func squareRoot(_ x: LaurentSeries) throws(LimitError) -> LaurentSeries {
    if x.isExactlyZero { return .zero }
    let half = Rational(reciprocalOf: 2)
    guard let term = x.terms.first else {
      return .remainder((x.order ?? .zero) * half, isReal: false)
    }
    let sign = arithmetic.eventualSign(term.coefficient)
    if sign == .positive || (sign == .negative && x.isReal) {
      let (lead, _, delta) = try arithmetic.leading(x, of: "the root of")
      let root = try constant(sqrt(arithmetic.expression(lead.coefficient)))
      var result = try arithmetic.multiply(root, try arithmetic.binomial(delta, half))
      result.isReal = x.isReal && sign == .positive
      return result.shifted(by: lead.exponent * half)
    }
    guard x.isReal else { throw .undecidedSign(of: arithmetic.expression(term.coefficient)) }
    let root = try constant(sqrt(arithmetic.expression(term.coefficient)))
    return LaurentSeries(
      terms: root.terms.map { .init(exponent: term.exponent * half, coefficient: $0.coefficient) },
      order: x.secondExponent.map { $0 * half }, isReal: false)
  }

  private mutating func cubeRoot(_ x: LaurentSeries) throws(LimitError) -> LaurentSeries {
    if x.isExactlyZero { return .zero }
    let third = Rational(reciprocalOf: 3)
    let (lead, sign, delta) = try arithmetic.leading(x, of: "the root of")
    guard x.isReal, let sign else {
      throw .undecidedSign(of: arithmetic.expression(lead.coefficient))
    }
    let value = arithmetic.expression(sign == .positive ? lead.coefficient : -lead.coefficient)
    let root = try constant(value.power(.rational(third)))
    let result = try arithmetic.multiply(root, try arithmetic.binomial(delta, third))
      .shifted(by: lead.exponent * third)
    return sign == .positive ? result : -result
  }

  /// |A| = ±A where the sign of the leading coefficient is proved; elsewhere ||A| - |c|t^v| is at
  /// most |A - c·t^v|, which leaves the leading term.
  private mutating func absolute(_ x: LaurentSeries) throws(LimitError) -> LaurentSeries {
    guard let lead = x.terms.first else { return x }
    switch arithmetic.eventualSign(lead.coefficient) {
    case .positive: return x
    case .negative: return -x
    default:
      let value = try constant(abs(arithmetic.expression(lead.coefficient)))
      return LaurentSeries(
        terms: value.terms.map { .init(exponent: lead.exponent, coefficient: $0.coefficient) },
        order: x.secondExponent, isReal: true)
    }
  }

  private func componentwise(
    _ x: LaurentSeries, isReal: Bool,
    _ transform: (Complex<RationalFunction>) -> Complex<RationalFunction>
  ) throws(LimitError) -> LaurentSeries {
    for term in x.terms where !arithmetic.normalizer.isRealForm(term.coefficient) {
      throw .unsupported("the parts of \(arithmetic.expression(term.coefficient))")
    }
    return x.mapped(isReal: isReal, transform)
  }

  // MARK: Exponential and logarithm

  /// log(c·t^v(1 + δ)) = log c - v·log(1/t) + log(1 + δ) for c > 0.
  mutating func logarithm(_ x: LaurentSeries) throws(LimitError) -> LaurentSeries {
    let (lead, sign, delta) = try arithmetic.leading(x, of: "log of")
    guard sign == .positive else {
      throw .undecidedSign(of: arithmetic.expression(lead.coefficient))
    }
    guard !arithmetic.expression(lead.coefficient).contains(SeriesArithmetic.logarithm) else {
      throw .unsupported("the logarithm of a logarithm")
    }
    var result = try arithmetic.compose(delta, isReal: true) { (k, _) throws(LimitError) in
      if k == 0 { return .zero }
      let value = Rational(reciprocalOf: Integer(k))
      return Complex(RationalFunction(k % 2 == 0 ? -value : value))
    }
    let offset =
      log(arithmetic.expression(lead.coefficient))
      - .rational(lead.exponent) * SeriesArithmetic.logarithm.expression
    result = try arithmetic.add(result, try constant(offset))
    result.isReal = x.isReal
    return result
  }

  mutating func exponential(_ x: LaurentSeries) throws(LimitError) -> LaurentSeries {
    guard let valuation = x.valuation else { return .monomial(1, 0) }
    guard valuation.isNegative else { return try finiteExponential(x) }
    guard let lead = x.terms.first else { throw .limitOfTerms(0) }
    guard let sign = arithmetic.eventualSign(Complex(lead.coefficient.re)), sign.isNonzero,
      arithmetic.normalizer.isRealForm(lead.coefficient)
    else { throw .undecidedSign(of: arithmetic.expression(lead.coefficient)) }
    if sign == .positive { throw .unsupported("exp of something that tends to infinity") }
    return .remainder(Self.negligible, isReal: x.isReal)
  }

  /// exp(k·log(1/t) + c + δ) = t^-k·exp(c)·exp(δ).
  private mutating func finiteExponential(
    _ x: LaurentSeries
  ) throws(LimitError) -> LaurentSeries {
    if let order = x.order, order.signum <= 0 { throw .limitOfTerms(0) }
    var finite = Complex<RationalFunction>.zero
    var delta = x
    if let first = x.terms.first, first.exponent.isZero {
      finite = first.coefficient
      delta.terms.removeFirst()
    }
    var shift = Rational.zero
    let written = arithmetic.expression(finite)
    if written.contains(SeriesArithmetic.logarithm) {
      let zero = written.substituting([SeriesArithmetic.logarithm: .zero])
      let offset = try constant(zero)
      let slope = try arithmetic.add(
        try constant(written.substituting([SeriesArithmetic.logarithm: .one])), -offset)
      let rate =
        try constant(arithmetic.expression(slope.terms.first?.coefficient ?? .zero)).terms.first?
        .coefficient.re.constantValue ?? .zero
      let check = written - zero - .rational(rate) * SeriesArithmetic.logarithm.expression
      guard try constant(check).isExactlyZero else {
        throw .unsupported("exp of \(written)")
      }
      shift = -rate
      finite = offset.terms.first?.coefficient ?? .zero
    }
    var factorial = [Rational.one]
    let series = try arithmetic.compose(delta, isReal: true) { (k, _) throws(LimitError) in
      while factorial.count <= k {
        factorial.append(
          factorial[factorial.count - 1] * Rational(reciprocalOf: Integer(factorial.count)))
      }
      return Complex(RationalFunction(factorial[k]))
    }
    let value = try constant(exp(arithmetic.expression(finite)))
    var result = try arithmetic.multiply(series, value).shifted(by: shift)
    result.isReal = x.isReal
    return result
  }
}
