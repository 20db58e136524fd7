import Algebra
import Exact

/// The leading behaviour of a function of several variables that go to 0 or infinity at related rates:
///
///     f(x₁·t^w₁, x₂·t^w₂, …) = coefficient · t^exponent · log(t)^logarithms + …   as t → 0+.
///
/// A positive weight sends its variable to 0, a negative one to infinity.
public struct Scaling: Sendable {
  /// The weights.
  public let weights: [Symbol: Rational]
  /// The exponent of the leading term.
  public let exponent: Rational
  /// The power of log t in the leading term.
  public let logarithms: Int
  /// The leading coefficient, a function of the variables themselves.
  public let coefficient: Expression
  /// Whether the leading coefficient is proved not to vanish anywhere in the domains. Where it is not,
  /// the behaviour is as stated at every point at which it does not vanish.
  public let isProvedNonzero: Bool
  /// The whole expansion in t, as ``Series/variable``.
  public let series: Series

  /// t.
  public static let scale = Symbol("scale", .positive)

  /// Expands f under the scaling.
  ///
  /// The variables keep their domains, whose signs are used: with x > 0, √(x²t²) is x·t. Only domains
  /// that a positive factor leaves alone are allowed, as the others would not hold at x·t^w.
  ///
  /// - Parameters:
  ///   - weights: of the variables that are scaled; at most 32.
  ///   - terms: how many exponents of t to work out.
  /// - Throws: ``LimitError/undecidedSign(of:)`` and the others; a function that is zero to every order
  ///   worked out is ``LimitError/limitOfTerms(_:)``.
  public init(
    of f: Expression, weights: [Symbol: Rational], terms count: Int = 2
  ) throws(LimitError) {
    guard weights.count <= 32 else { throw .unsupported("more than 32 scaled variables") }
    let t = Self.scale
    guard !f.contains(t) else { throw .unsupported("a function of \(t)") }
    for symbol in weights.keys where !Self.isCone(symbol.domain) {
      throw .unsupported("scaling \(symbol), whose domain is \(symbol.domain)")
    }
    // One variable in place of t^(1/q) keeps the powers whole.
    let unit = weights.values.reduce(Integer(1)) { Integer.lcm($0, $1.denominator) }
    var images: [Symbol: Expression] = [:]
    for (symbol, weight) in weights where !weight.isZero {
      let power = weight * Rational(unit)
      images[symbol] = symbol.expression * t.expression.power(.rational(power))
    }
    let raw = try Series(
      of: f.substituting(images), in: t, at: .fromRight(.zero), terms: count)
    let back = Rational(reciprocalOf: unit)
    // log s with s = t^(1/q) is log(t)/q.
    series = raw.withVariable(t, exponentsTimes: back)
    guard let lead = series.terms.first else { throw .limitOfTerms(count) }
    self.weights = weights
    exponent = lead.exponent
    logarithms = lead.logarithms
    coefficient = lead.coefficient
    let form = try LimitError.arithmetic { () throws(ArithmeticError) in
      try NormalForm(lead.coefficient)
    }
    let prover = SignProver(form.basis)
    isProvedNonzero =
      prover.sign(of: form.value.re)?.isNonzero == true
      || prover.sign(of: form.value.im)?.isNonzero == true
  }

  private static func isCone(_ domain: Domain) -> Bool {
    [.complex, .real, .positive, .nonnegative, .negative, .nonpositive].contains(domain)
  }

  /// The limit as t → 0+: 0, the coefficient, or an infinity by its proved sign.
  ///
  /// - Throws: ``LimitError/undecidedSign(of:)``.
  public func limit() throws(LimitError) -> Expression {
    if exponent.signum > 0 { return .zero }
    if exponent.isZero && logarithms == 0 { return coefficient }
    let form = try LimitError.arithmetic { () throws(ArithmeticError) in
      try NormalForm(coefficient)
    }
    guard form.value.im.isZero, let sign = SignProver(form.basis).sign(of: form.value.re),
      sign.isNonzero
    else { throw .undecidedSign(of: coefficient) }
    // log t < 0.
    let isPositive = (sign == .positive) == logarithms.isMultiple(of: 2)
    return isPositive ? .infinity : -.infinity
  }
}

extension Series {
  /// The series in s as one in t = s^(1/factor).
  fileprivate func withVariable(_ t: Symbol, exponentsTimes factor: Rational) -> Series {
    var rescaled: [Term] = []
    for term in terms {
      let power = (try? factor.power(term.logarithms)) ?? .one
      rescaled.append(
        Term(
          exponent: term.exponent * factor, logarithms: term.logarithms,
          coefficient: power == .one ? term.coefficient : .rational(power) * term.coefficient))
    }
    return Series(
      variable: t, point: point, terms: rescaled, order: order.map { $0 * factor })
  }

  private init(variable: Symbol, point: LimitPoint, terms: [Term], order: Rational?) {
    self.variable = variable
    self.point = point
    self.terms = terms
    self.order = order
  }
}
