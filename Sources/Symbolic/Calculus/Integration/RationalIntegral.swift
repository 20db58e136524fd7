import Exact

/// ∫ of a rational function, by partial fractions with real coefficients.
///
/// A linear factor with root p has the antiderivative A·log|x - p|, or a power; on an interval without p that is
/// continuous. Over p the principal value of ∫ dx/(x - p) is log((b - p)/(p - a)), as the shares of the two sides
/// cancel. A quadratic αx² + βx + γ with Δ = 4αγ - β² > 0, α > 0 has no real zero, and atan((2αx + β)/√Δ)
/// is continuous on the whole line; for Δ < 0 it splits into two linear factors with √-Δ.
enum RationalIntegral {
  static func closedForm(_ problem: IntegrationProblem) throws -> ClosedFormIntegral? {
    let x = problem.variable
    guard let fractions = try PartialFractions(problem.integrand, x) else { return nil }
    let isInfinite = problem.to == .infinity
    let isTwoSided = problem.from == -.infinity
    if isInfinite || isTwoSided {
      switch fractions.decays() {
      case false?: return .divergent(isInfinite ? "infinity" : "-infinity")
      case nil: throw IntegrationFailure(reason: "the order at infinity is not known")
      case true?: break
      }
    }
    if !isInfinite && !isTwoSided {
      _ = try orderedEnds(problem.from, problem.to)
    }
    var sum: [Expression] = []
    for (degree, coefficient) in fractions.polynomial.enumerated() {
      let power = degree + 1
      let difference = problem.to.power(power) - problem.from.power(power)
      if Facts.isZero(coefficient) { continue }
      sum.append(coefficient * difference / .integer(power))
    }
    for part in fractions.parts {
      switch try self.part(part, problem) {
      case .value(let value): sum.append(value)
      case let other: return other
      }
    }
    return .value(Facts.simplified(.sum(sum)))
  }

  private static func orderedEnds(_ a: Expression, _ b: Expression) throws -> Bool {
    guard Facts.sign(b - a) == .positive else {
      throw IntegrationFailure(reason: "the ends are not proved to be in order")
    }
    return true
  }

  private static func part(
    _ part: PartialFractions.Part, _ problem: IntegrationProblem
  ) throws -> ClosedFormIntegral {
    if part.factor.count == 2 {
      let lead = part.factor[1]
      let root = Facts.simplified(-part.factor[0] / lead)
      let scale = part.numerator[0] / lead.power(part.power)
      return try linear(scale, root, part.power, problem)
    }
    let (c, b, a) = (part.factor[0], part.factor[1], part.factor[2])
    let discriminant = 4 * a * c - b * b
    if try Facts.strictSign(discriminant) > 0 {
      return .value(try quadratic(part, Facts.simplified(discriminant), problem))
    }
    guard part.power == 1 else {
      throw IntegrationFailure(reason: "a power of a quadratic with real roots")
    }
    let width = sqrt(-discriminant)
    var sum: [Expression] = []
    for sign in [1, -1] {
      let root = (.integer(sign) * width - b) / (2 * a)
      // Residue (Bx + C)/(2ax + b) with 2ax + b = ±√-Δ.
      let residue =
        (part.numerator[1] * root + part.numerator[0]) / (.integer(sign) * width)
      switch try linear(residue, root, 1, problem) {
      case .value(let value): sum.append(value)
      case let other: return other
      }
    }
    return .value(.sum(sum))
  }

  /// A/(x - p)^k over the range; a logarithm at infinity is left out, as the sum of all has none.
  private static func linear(
    _ scale: Expression, _ root: Expression, _ power: Int, _ problem: IntegrationProblem
  ) throws -> ClosedFormIntegral {
    let left = problem.from == -.infinity ? nil : Facts.simplified(problem.from - root)
    let right = problem.to == .infinity ? nil : Facts.simplified(problem.to - root)
    let leftSign = try left.map { try endSign($0) } ?? -1
    let rightSign = try right.map { try endSign($0) } ?? 1
    if leftSign == 0 || rightSign == 0 || leftSign < rightSign {
      // The pole is at an end, or inside.
      let isNamed = problem.poles.contains { Facts.isZero($0 - root) }
      if leftSign == 0 || rightSign == 0 || !isNamed || power.isMultiple(of: 2) {
        guard Facts.sign(scale)?.isNonzero == true else {
          throw IntegrationFailure(reason: "a pole at \(root) that may be absent")
        }
        return .divergent("\(root)")
      }
    }
    if power > 1 {
      let factor = Expression.rational(Rational(reciprocalOf: Integer(1 - power)))
      let upper = right.map { $0.power(1 - power) } ?? .zero
      let lower = left.map { $0.power(1 - power) } ?? .zero
      return .value(scale * factor * (upper - lower))
    }
    let upper = right.map { Facts.logarithm(rightSign > 0 ? $0 : -$0) } ?? .zero
    let lower = left.map { Facts.logarithm(leftSign > 0 ? $0 : -$0) } ?? .zero
    return .value(scale * (upper - lower))
  }

  private static func endSign(_ distance: Expression) throws -> Int {
    if Facts.isZero(distance) { return 0 }
    return try Facts.strictSign(distance)
  }

  /// (Bx + C)/(ax² + bx + c)^k without real poles.
  ///
  /// With q = ax² + bx + c, C' = C - Bb/(2a): for k = 1 the antiderivative is
  /// (B/2a)·log(q/a) + (2C'/√Δ)·atan((2ax + b)/√Δ) for a > 0; for k > 1 it is -B/(2a(k-1)q^(k-1)) and
  /// C'·∫q^-k, where ∫q^-k = (2ax + b)/((k-1)Δq^(k-1)) + (2a(2k-3)/((k-1)Δ))·∫q^-(k-1).
  private static func quadratic(
    _ part: PartialFractions.Part, _ discriminant: Expression, _ problem: IntegrationProblem
  ) throws -> Expression {
    let sign = try Facts.strictSign(part.factor[2])
    // With a > 0: (-q)^k differs from q^k by a sign.
    let (c, b, a) =
      sign > 0
      ? (part.factor[0], part.factor[1], part.factor[2])
      : (-part.factor[0], -part.factor[1], -part.factor[2])
    let flip: Expression = sign > 0 || part.power.isMultiple(of: 2) ? 1 : -1
    let (constant, slope) = (flip * part.numerator[0], flip * part.numerator[1])
    let shifted = constant - slope * b / (2 * a)
    let root = sqrt(discriminant)
    func q(_ x: Expression) -> Expression { a * x * x + b * x + c }

    /// ∫q^-k at an end.
    func inverse(_ k: Int, _ end: Expression) -> Expression {
      if end == .infinity || end == -.infinity {
        // Only the arc tangent is left, π/2 times what multiplies it.
        var factor: Expression = 2 / root
        for j in stride(from: 2, through: k, by: 1) {
          factor = factor * 2 * a * .integer(2 * j - 3) / (.integer(j - 1) * discriminant)
        }
        let half = Expression.pi / 2
        return factor * (end == .infinity ? half : -half)
      }
      if k == 1 { return 2 / root * Facts.arctangent((2 * a * end + b) / root) }
      let first = (2 * a * end + b) / (.integer(k - 1) * discriminant * q(end).power(k - 1))
      return first
        + 2 * a * .integer(2 * k - 3) / (.integer(k - 1) * discriminant) * inverse(k - 1, end)
    }

    func rest(_ end: Expression) -> Expression {
      if end == .infinity || end == -.infinity { return .zero }
      if part.power == 1 { return slope / (2 * a) * Facts.logarithm(q(end) / a) }
      return -slope / (2 * a * .integer(part.power - 1) * q(end).power(part.power - 1))
    }
    var value: Expression = .zero
    if !Facts.isZero(shifted) {
      value = shifted * (inverse(part.power, problem.to) - inverse(part.power, problem.from))
    }
    if !Facts.isZero(slope) { value = value + rest(problem.to) - rest(problem.from) }
    return value
  }
}
