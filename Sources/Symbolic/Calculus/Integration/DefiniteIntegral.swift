import Algebra
import Arbitrary
import Exact

/// What is known of a definite integral in closed form.
public enum ClosedFormIntegral: Sendable {
  /// The value, for all values of the parameters in their domains.
  case value(Expression)
  /// Proved: it diverges, for all values of the parameters; with the place.
  case divergent(String)
  /// No rule, or a sign on which the answer depends is not known; with the reason.
  case notFound(String)

  /// The value; nil for none.
  public var expression: Expression? {
    if case .value(let value) = self { return value }
    return nil
  }
}

/// Definite integrals in closed form.
///
/// The classes, each complete within itself up to undecided signs:
/// - rational functions over any part of the real line, with principal values at named simple poles,
///   where the denominator has factors of degree one and two in x (``RationalIntegral``);
/// - those times log x over (0, ∞) (``LogarithmicIntegral``);
/// - sums of x^n·exp(-ax) with products of sines, cosines and hyperbolic functions of multiples of x over
///   (0, ∞): Laplace transforms (``LaplaceIntegral``);
/// - x^(2k-1)/(exp(cx) ∓ 1) over (0, ∞).
///
/// A value is returned with a proof only: what the integrand was taken apart into is shown to equal it by
/// the zero test of normal forms, the antiderivative is continuous between the ends by proved signs,
/// and the integral converges. No answer is not a claim that there is none.
public enum DefiniteIntegral {
  /// ∫ f dx from `from` to `to`.
  ///
  /// - Parameters:
  ///   - x: the variable; its declared domain is not used.
  ///   - from: the lower end, free of x; ``Expression/infinity`` negated for none.
  ///   - to: the upper end; it must be above the lower one by proof.
  ///   - poles: where a principal value is meant.
  public static func closedForm(
    of f: Expression, over x: Symbol, from: Expression, to: Expression,
    principalValuesAt poles: [Expression] = []
  ) -> ClosedFormIntegral {
    guard f.treeSize < 5000 else { return .notFound("an integrand of that size") }
    guard !from.contains(x), !to.contains(x), !poles.contains(where: { $0.contains(x) }) else {
      return .notFound("an end that depends on \(x)")
    }
    let isHalfLine = from.isLiteralZero && to == .infinity
    let variable = Symbol("integration variable", isHalfLine ? .positive : .real)
    let g = f.substituting([x: variable.expression])
    do {
      let problem = IntegrationProblem(
        integrand: g, variable: variable, from: from, to: to, poles: poles)
      if let result = try RationalIntegral.closedForm(problem) { return result }
      guard isHalfLine else { return .notFound("no rule for the integrand over this range") }
      if let result = try LogarithmicIntegral.closedForm(problem) { return result }
      guard poles.isEmpty else { return .notFound("no rule for the principal value") }
      if let result = try LaplaceIntegral.closedForm(problem) { return result }
      if let result = try BoseIntegral.closedForm(problem) { return result }
      return .notFound("no rule for the integrand")
    } catch let error as IntegrationFailure {
      return .notFound(error.reason)
    } catch {
      return .notFound("\(error)")
    }
  }
}

/// An integral to be found, with a fresh variable.
struct IntegrationProblem {
  let integrand: Expression
  let variable: Symbol
  let from: Expression
  let to: Expression
  let poles: [Expression]
}

/// Why a rule that applies gives no answer.
struct IntegrationFailure: Error {
  let reason: String
}

/// Questions about expressions without the variable.
enum Facts {
  /// The proved sign; nil where it is not known.
  static func sign(_ f: Expression) -> SignFact? {
    guard let form = try? NormalForm(f), form.value.im.isZero else { return nil }
    return SignProver(form.basis).sign(of: form.value.re)
  }

  /// The proved sign, not zero.
  static func strictSign(_ f: Expression) throws(IntegrationFailure) -> Int {
    switch sign(f) {
    case .positive: return 1
    case .negative: return -1
    default: throw IntegrationFailure(reason: "the sign of \(f) is not known")
    }
  }

  static func isZero(_ f: Expression) -> Bool { (try? NormalForm(f))?.isZero ?? false }

  /// log f as a sum over the factors of f, where all of them are proved positive.
  static func logarithm(_ f: Expression) -> Expression {
    guard let form = try? NormalForm(f), form.value.im.isZero else { return log(f) }
    let prover = SignProver(form.basis)
    var sum: [Expression] = []
    for (part, sign) in [(form.value.re.numerator, 1), (form.value.re.denominator, -1)] {
      let unit = part.leadingCoefficient.isNegative ? -part.content : part.content
      guard unit.signum > 0 else { return log(form.expression) }
      if !unit.isOne { sum.append(.integer(sign) * log(.rational(Rational(unit)))) }
      for (factor, multiplicity) in part.squareFreeFactors() {
        guard prover.sign(of: factor) == .positive else { return log(form.expression) }
        sum.append(.integer(sign * multiplicity) * log(form.basis.expression(factor)))
      }
    }
    return .sum(sum)
  }

  /// atan f, written with π where f is 0, ±1/√3, ±1 or ±√3.
  static func arctangent(_ f: Expression) -> Expression {
    if isZero(f) { return .zero }
    let third = Expression.rational(Rational(reciprocalOf: 3))
    for (value, divisor) in [(sqrt(3) * third, 6), (.one, 4), (sqrt(3), 3)] {
      if isZero(f - value) { return .pi / .integer(divisor) }
      if isZero(f + value) { return -.pi / .integer(divisor) }
    }
    return .apply(.atan, f)
  }

  static func simplified(_ f: Expression) -> Expression {
    guard let form = try? NormalForm(f).expression, form.treeSize <= 4 * f.treeSize + 64 else {
      return f
    }
    return form
  }
}
