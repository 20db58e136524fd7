import Algebra
import Arbitrary
import Exact

/// ∫₀^∞ of sums of c·x^n·exp(-sx) with complex s: Laplace transforms of products of powers, exponentials,
/// sines, cosines and their hyperbolic counterparts.
///
/// Terms of one n and s are added up. For Re s > 0, ∫ x^n·exp(-sx) dx = n!/s^(n+1). Different exponential
/// polynomials are linearly independent and those with Re s ≤ 0 do not tend to zero together, so that one of
/// them with a coefficient that does not vanish makes the integral diverge.
enum LaplaceIntegral {
  /// c·x^power·exp(-(re + i·im)x).
  private struct Term {
    var coefficient: Expression
    var power: Int
    var re: Expression
    var im: Expression
  }

  private static let termLimit = 256
  private static let powerLimit = 64

  static func closedForm(_ problem: IntegrationProblem) throws -> ClosedFormIntegral? {
    guard let expanded = try terms(problem.integrand, problem.variable) else { return nil }
    var sum: [Expression] = []
    var undamped: [Term] = []
    for term in try collected(expanded) {
      if Facts.isZero(term.coefficient) { continue }
      switch Facts.sign(term.re) {
      case .positive?: break
      case .zero?, .negative?, .nonpositive?:
        undamped.append(term)
        continue
      default: throw IntegrationFailure(reason: "the sign of the decay \(term.re) is not known")
      }
      var factorial = Rational.one
      for k in stride(from: 2, through: term.power, by: 1) { factorial = factorial * Rational(k) }
      let rate = term.re + .i * term.im
      sum.append(term.coefficient * .rational(factorial) / rate.power(term.power + 1))
    }
    if !undamped.isEmpty { return try diverges(undamped) }
    // Conjugate pairs leave a real value.
    return .value(Facts.simplified(.sum(sum)))
  }

  /// Whether undamped terms are left for sure: one whose coefficient is proved not to vanish and
  /// whose rate is proved to differ from those of all others with its power.
  private static func diverges(_ terms: [Term]) throws -> ClosedFormIntegral {
    for (index, term) in terms.enumerated() {
      guard let form = try? NormalForm(term.coefficient) else { continue }
      let prover = SignProver(form.basis)
      guard
        prover.sign(of: form.value.re)?.isNonzero == true
          || prover.sign(of: form.value.im)?.isNonzero == true
      else { continue }
      let isAlone = terms.enumerated().allSatisfy { other, item in
        other == index || item.power != term.power
          || Facts.sign(item.re - term.re)?.isNonzero == true
          || Facts.sign(item.im - term.im)?.isNonzero == true
      }
      if isAlone { return .divergent("infinity") }
    }
    throw IntegrationFailure(reason: "terms that are not damped may cancel")
  }

  /// Terms of one power and rate added up.
  private static func collected(_ terms: [Term]) throws -> [Term] {
    var result: [Term] = []
    for term in terms {
      if let index = result.firstIndex(where: {
        $0.power == term.power && Facts.isZero($0.re - term.re) && Facts.isZero($0.im - term.im)
      }) {
        result[index].coefficient = result[index].coefficient + term.coefficient
      } else {
        result.append(term)
      }
    }
    return result
  }

  /// Nil where `f` is not of the class.
  private static func terms(_ f: Expression, _ x: Symbol) throws -> [Term]? {
    if !f.contains(x) { return [Term(coefficient: f, power: 0, re: .zero, im: .zero)] }
    switch f.kind {
    case .symbol: return [Term(coefficient: .one, power: 1, re: .zero, im: .zero)]
    case .sum(let items):
      var result: [Term] = []
      for item in items {
        guard let part = try terms(item, x) else { return nil }
        result += part
      }
      try check(result)
      return result
    case .product(let items):
      var result = [Term(coefficient: .one, power: 0, re: .zero, im: .zero)]
      for item in items {
        guard let part = try terms(item, x) else { return nil }
        result = try product(result, part)
      }
      return result
    case .power(let base, let exponent):
      guard let n = exponent.rationalValue, n.isInteger, let k = n.numerator.word,
        (1...powerLimit).contains(k), let part = try terms(base, x)
      else { return nil }
      var result = part
      for _ in 1..<max(k, 1) { result = try product(result, part) }
      return result
    case .function(let function, let arguments):
      return try exponentials(function, arguments[0], x)
    default: return nil
    }
  }

  private static func check(_ terms: [Term]) throws {
    if terms.count > termLimit { throw IntegrationFailure(reason: "more than \(termLimit) terms") }
    if terms.contains(where: { $0.power > powerLimit }) {
      throw IntegrationFailure(reason: "a power beyond \(powerLimit)")
    }
  }

  private static func product(_ a: [Term], _ b: [Term]) throws -> [Term] {
    guard a.count * b.count <= 4096 else {
      throw IntegrationFailure(reason: "more than \(termLimit) terms")
    }
    var result: [Term] = []
    for left in a {
      for right in b {
        result.append(
          Term(
            coefficient: left.coefficient * right.coefficient, power: left.power + right.power,
            re: left.re + right.re, im: left.im + right.im))
      }
    }
    let sum = try collected(result)
    try check(sum)
    return sum
  }

  /// exp, sin, cos, sinh and cosh of p + q·x, with real or imaginary parts taken apart.
  private static func exponentials(
    _ function: Function, _ argument: Expression, _ x: Symbol
  ) throws -> [Term]? {
    let slopeForm = try NormalForm(try argument.derivative(by: x))
    guard !slopeForm.expression.contains(x) else { return nil }
    let slope = slopeForm.expression
    let start = argument.substituting([x: .zero])
    guard Facts.isZero(argument - start - slope * x.expression) else { return nil }
    // exp(σ(p + qx)) with σ = ±1 or ±i and real q, or complex q for exp alone.
    func term(_ scale: Expression, _ sigma: Expression, _ re: Expression, _ im: Expression) -> Term
    {
      Term(coefficient: scale * exp(sigma * start), power: 0, re: re, im: im)
    }
    let parts = slopeForm.value
    let real = slopeForm.basis.expression(parts.re)
    let isReal = parts.im.isZero
    let half = Expression.rational(Rational(reciprocalOf: 2))
    switch function {
    case .exp:
      return [term(.one, .one, -real, isReal ? .zero : -slopeForm.basis.expression(parts.im))]
    case .expm1:
      return [
        term(.one, .one, -real, isReal ? .zero : -slopeForm.basis.expression(parts.im)),
        Term(coefficient: -1, power: 0, re: .zero, im: .zero),
      ]
    case .cos where isReal:
      return [term(half, .i, .zero, -slope), term(half, -.i, .zero, slope)]
    case .sin where isReal:
      return [term(-half * .i, .i, .zero, -slope), term(half * .i, -.i, .zero, slope)]
    case .cosh where isReal:
      return [term(half, .one, -slope, .zero), term(half, -1, slope, .zero)]
    case .sinh where isReal:
      return [term(half, .one, -slope, .zero), term(-half, -1, slope, .zero)]
    default: return nil
    }
  }
}

/// ∫₀^∞ x^(2k-1)/(exp(cx) ∓ 1) dx for c > 0.
///
/// Γ(2k)ζ(2k)/c^2k = |B_2k|(2π/c)^2k/(4k) with the minus sign (DLMF 25.5.1, 25.6.2), and that times
/// 1 - 2^(1-2k) with the plus sign (DLMF 25.5.3).
enum BoseIntegral {
  private static let bernoulli: [Rational] = [
    Rational(reciprocalOf: 6), Rational(reciprocalOf: 30), Rational(reciprocalOf: 42),
    Rational(reciprocalOf: 30), Rational(5) * Rational(reciprocalOf: 66),
    Rational(691) * Rational(reciprocalOf: 2730), Rational(7) * Rational(reciprocalOf: 6),
  ]

  static func closedForm(_ problem: IntegrationProblem) throws -> ClosedFormIntegral? {
    let x = problem.variable
    for part in problem.integrand.postorder() {
      guard case .function(.exp, let arguments) = part.kind, arguments[0].contains(x) else {
        continue
      }
      let rate = try NormalForm(try arguments[0].derivative(by: x)).expression
      guard !rate.contains(x), Facts.isZero(arguments[0] - rate * x.expression) else { return nil }
      for sign in [-1, 1] {
        let rest = problem.integrand * (part + .integer(sign))
        for k in 1...bernoulli.count {
          guard let form = try? NormalForm(rest * x.expression.power(1 - 2 * k)),
            !form.expression.contains(x)
          else { continue }
          guard try Facts.strictSign(rate) > 0 else { return .divergent("infinity") }
          let zeta =
            .rational(bernoulli[k - 1] * Rational(reciprocalOf: Integer(4 * k)))
            * (2 * Expression.pi / rate).power(2 * k)
          var value = form.expression * zeta
          if sign > 0 {
            let factor = Rational(1) - Rational(reciprocalOf: Integer(1) << (2 * k - 1))
            value = .rational(factor) * value
          }
          return .value(Facts.simplified(value))
        }
      }
      return nil
    }
    return nil
  }
}
