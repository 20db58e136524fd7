import Algebra
import Arbitrary
import Exact

/// ∫₀^∞ (R(x)·log x + S(x)) dx for rational R and S.
///
/// For q off the negative axis, log x·[1/(x + q) - 1/(x + 1)] has the integral -½·log²q over (0, ∞), as its
/// derivative in q is -∫ log x/(x + q)² dx = -(log q)/q and it vanishes at q = 1. So simple fractions whose
/// residues A have the sum zero give -½ΣA·log²q. A pole at p > 0, where q = -p, has the mean of the values
/// at p·e^(±iπ) as its principal value: log²q becomes log²p - π². A pair q = √(γ/α)·e^(±iθ) gives
///
///     ∫ log x·(Bx + C)/(αx² + βx + γ)  ~  -(B/2α)(l² - θ²) + 2(C - Bβ/(2α))·l·θ/√Δ
///
/// with l = ½log(γ/α), Δ = 4αγ - β², tan θ = √Δ/β and θ in (0, π). Powers: ∫ log x/(x + q)^k =
/// q^(1-k)(log q - H_{k-2})/(k - 1) for k ≥ 2, by differentiation in q.
enum LogarithmicIntegral {
  static func closedForm(_ problem: IntegrationProblem) throws -> ClosedFormIntegral? {
    let x = problem.variable
    guard let (factor, rest) = try split(problem.integrand, x),
      let fractions = try PartialFractions(factor, x)
    else { return nil }
    switch fractions.decays() {
    case false?: return .divergent("infinity")
    case nil: throw IntegrationFailure(reason: "the order at infinity is not known")
    case true?: break
    }
    guard fractions.polynomial.allSatisfy({ Facts.isZero($0) }) else {
      throw IntegrationFailure(reason: "a polynomial times a logarithm")
    }
    var sum: [Expression] = []
    for part in fractions.parts { sum.append(try self.part(part, problem)) }
    if !Facts.isZero(rest) {
      let remaining = IntegrationProblem(
        integrand: rest, variable: x, from: problem.from, to: problem.to, poles: problem.poles)
      guard let value = try RationalIntegral.closedForm(remaining) else { return nil }
      guard case .value(let expression) = value else {
        // The part with the logarithm converges, so that the whole does not.
        return value
      }
      sum.append(expression)
    }
    return .value(Facts.simplified(.sum(sum)))
  }

  /// R and S with f = R·log x + S; nil where f is not of that form or R is zero.
  private static func split(
    _ f: Expression, _ x: Symbol
  ) throws -> (Expression, Expression)? {
    let mark = Symbol("logarithm of the variable", .real)
    let normal = try NormalForm(f).expression
    let marked = normal.map { part in
      guard case .function(.log, let arguments) = part.kind, arguments[0] == x.expression else {
        return part
      }
      return mark.expression
    }
    guard marked.contains(mark) else { return nil }
    let slope = try marked.derivative(by: mark)
    let factor = try NormalForm(slope).expression
    guard !factor.contains(mark) else { return nil }
    let rest = try NormalForm(marked.substituting([mark: .zero])).expression
    guard Facts.isZero(f - factor * log(x.expression) - rest) else { return nil }
    return (factor, rest)
  }

  private static func part(
    _ part: PartialFractions.Part, _ problem: IntegrationProblem
  ) throws -> Expression {
    if part.factor.count == 2 {
      let shift = Facts.simplified(part.factor[0] / part.factor[1])
      let scale = part.numerator[0] / part.factor[1].power(part.power)
      let sign = try Facts.strictSign(shift)
      if part.power == 1 {
        if sign > 0 { return -scale / 2 * Facts.logarithm(shift).power(2) }
        guard problem.poles.contains(where: { Facts.isZero($0 + shift) }) else {
          throw IntegrationFailure(reason: "a pole inside the range")
        }
        return -scale / 2 * (Facts.logarithm(-shift).power(2) - Expression.pi.power(2))
      }
      guard sign > 0 else { throw IntegrationFailure(reason: "a pole inside the range") }
      var harmonic = Rational.zero
      for j in stride(from: 1, through: part.power - 2, by: 1) {
        harmonic = harmonic + Rational(reciprocalOf: Integer(j))
      }
      return scale * shift.power(1 - part.power) * (Facts.logarithm(shift) - .rational(harmonic))
        / .integer(part.power - 1)
    }
    guard part.power == 1 else {
      throw IntegrationFailure(reason: "a power of a quadratic with a logarithm")
    }
    let isFlipped = try Facts.strictSign(part.factor[2]) < 0
    func signed(_ f: Expression) -> Expression { isFlipped ? -f : f }
    let (c, b, a) = (signed(part.factor[0]), signed(part.factor[1]), signed(part.factor[2]))
    let (constant, slope) = (signed(part.numerator[0]), signed(part.numerator[1]))
    let discriminant = Facts.simplified(4 * a * c - b * b)
    guard try Facts.strictSign(discriminant) > 0 else {
      throw IntegrationFailure(reason: "a quadratic with real roots and a logarithm")
    }
    let root = sqrt(discriminant)
    let half = Facts.logarithm(c / a) / 2
    let angle =
      Facts.isZero(b)
      ? Expression.pi / 2 : Expression(raw: .function(.atan2, [root, b]))
    let shifted = constant - slope * b / (2 * a)
    return -slope / (2 * a) * (half * half - angle * angle) + 2 * shifted * half * angle / root
  }
}
