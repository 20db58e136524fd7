import Arbitrary
import Certified
import Exact
import Symbolic

/// Decides `integral(…) ≈ 0.746` where the integral has no closed form: by an enclosure of its value.
struct QuadratureClaim {
  private let integral: Quadrature
  private let printed: ClaimDefinition.Side
  private let digits: Int

  /// Bits after which an enclosure that still reaches over an end of the printed digits is given up.
  private static let tolerances = [64, 160, 400]

  init(_ integral: Quadrature, printed: ClaimDefinition.Side, digits: Int) {
    self.integral = integral
    self.printed = printed
    self.digits = digits
  }

  func decide(_ claim: ClaimDefinition) -> RelationVerdict {
    guard case .scalar(let formula) = printed.value, let value = formula.rationalValue,
      let unit = PrintedDecimal.unit(printed.text)
    else { return .undecided("the right side of '≈' is a decimal number as printed") }
    guard claim.assumptions.isEmpty, claim.conditions.isEmpty else {
      return .undecided("'≈' of an integral is decided at points; it takes no assumptions")
    }
    var points: [[Symbol: Rational]] = [[:]]
    if case .points(let list) = claim.place { points = list }
    let half = unit * (Rational("1/2") ?? 1)
    return .all(points.map { decide(at: $0, from: value - half, to: value + half) })
  }

  private func decide(
    at point: [Symbol: Rational], from lower: Rational, to upper: Rational
  ) -> RelationVerdict {
    for tolerance in QuadratureClaim.tolerances {
      let result: CertifiedIntegral
      do throws(QuadratureError) {
        result = try integral.enclose(at: point, tolerance: tolerance)
      } catch { return .undecided("the integral was not enclosed: \(error)") }
      guard result.enclosure.im.isZero else { return .undecided("the integral is not real") }
      let value = result.enclosure.re
      let text = value.description
      if value.lower > Real(lower, precision: 4096, rounding: .up),
        value.upper < Real(upper, precision: 4096, rounding: .down)
      {
        return RelationVerdict(
          status: .certified, detail: "certified quadrature: the value lies in \(text)")
      }
      if value.upper < Real(lower, precision: 4096, rounding: .down)
        || value.lower > Real(upper, precision: 4096, rounding: .up)
      {
        return RelationVerdict(
          status: .refuted, detail: "certified quadrature: the digits differ",
          counterexample: Counterexample(
            point: RelationProver.sorted(point), left: text, right: printed.text))
      }
    }
    return .undecided("the enclosure of the integral reaches over the end of the printed digits")
  }
}
