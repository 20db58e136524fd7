import Exact
import TestSupport
import Testing

@testable import Arbitrary

extension Ball: EnclosureUnderTest {
  static var title: String { "Ball" }

  init(containing lower: Real, _ upper: Real, precision: Int) {
    self =
      lower == upper
      ? Ball(lower) : Ball(Interval(between: lower, and: upper), precision: precision)
  }

  var bounds: Interval { interval }

  private static let unary: [String: @Sendable (Ball, Int) -> Ball] = [
    "recip": { .recip($0, precision: $1) }, "neg": { (-$0).rounded(precision: $1) },
    "abs": { .abs($0).rounded(precision: $1) }, "sqr": { .sqr($0, precision: $1) },
    "sqrt": { .sqrt($0, precision: $1) }, "cbrt": { .cbrt($0, precision: $1) },
    "exp": { .exp($0, precision: $1) }, "expm1": { .expm1($0, precision: $1) },
    "exp2": { .exp2($0, precision: $1) }, "exp10": { .exp10($0, precision: $1) },
    "log": { .log($0, precision: $1) }, "log1p": { .log1p($0, precision: $1) },
    "log2": { .log2($0, precision: $1) }, "log10": { .log10($0, precision: $1) },
    "sin": { .sin($0, precision: $1) }, "cos": { .cos($0, precision: $1) },
    "tan": { .tan($0, precision: $1) }, "asin": { .asin($0, precision: $1) },
    "acos": { .acos($0, precision: $1) }, "atan": { .atan($0, precision: $1) },
    "sinh": { .sinh($0, precision: $1) }, "cosh": { .cosh($0, precision: $1) },
    "tanh": { .tanh($0, precision: $1) }, "asinh": { .asinh($0, precision: $1) },
    "acosh": { .acosh($0, precision: $1) }, "atanh": { .atanh($0, precision: $1) },
    "sign": { .sign($0, precision: $1) }, "dilog": { .dilog($0, precision: $1) },
    "digamma": { .digamma($0, precision: $1) },
  ]

  private static let binary: [String: @Sendable (Ball, Ball, Int) -> Ball] = [
    "add": { .add($0, $1, precision: $2) }, "sub": { .sub($0, $1, precision: $2) },
    "mul": { .mul($0, $1, precision: $2) }, "div": { .div($0, $1, precision: $2) },
    "min": { .minimum($0, $1).rounded(precision: $2) },
    "max": { .maximum($0, $1).rounded(precision: $2) },
    "atan2": { .atan2(y: $0, x: $1, precision: $2) }, "pow": { .pow($0, $1, precision: $2) },
  ]

  static func operation(named name: String) -> (@Sendable ([Ball], Int) -> Ball)? {
    if let f = unary[name] { return { f($0[0], $1) } }
    if let f = binary[name] { return { f($0[0], $0[1], $1) } }
    if name == "fma" { return { .fma($0[0], $0[1], $0[2], precision: $1) } }
    if name.hasPrefix("x^"), let n = Int(name.dropFirst(2)) {
      return { .powInt($0[0], n, precision: $1) }
    }
    if name.hasPrefix("x^("), let r = Rational(String(name.dropFirst(3).dropLast())) {
      return { .pow($0[0], r, precision: $1) }
    }
    if name.hasPrefix("root "), let n = Int(name.dropFirst(5)) {
      return { .rootn($0[0], n, precision: $1) }
    }
    if name.hasPrefix("J_"), let n = Int(name.dropFirst(2)) {
      return { .besselJ(order: n, $0[0], precision: $1) }
    }
    return nil
  }
}

/// Balls with results whose radius is a tenth too small.
private struct SmallerBall: EnclosureUnderTest {
  static let title = "SmallerBall"
  let ball: Ball

  init(_ ball: Ball) { self.ball = ball }
  init(containing lower: Real, _ upper: Real, precision: Int) {
    ball = Ball(containing: lower, upper, precision: precision)
  }

  var bounds: Interval { ball.interval }

  static func operation(named name: String) -> (@Sendable ([SmallerBall], Int) -> SmallerBall)? {
    guard let f = Ball.operation(named: name) else { return nil }
    return { arguments, precision in
      let result = f(arguments.map(\.ball), precision)
      if result.isEmpty || result.isEntire { return SmallerBall(result) }
      let radius = Magnitude(
        uncheckedCoefficient: 0.9 * result.radius.coefficient, exponent: result.radius.exponent)
      return SmallerBall(Ball(midpoint: result.midpoint, radius: radius))
    }
  }
}

private struct ComplexBallUnderTest: ComplexEnclosureUnderTest {
  static let title = "ComplexBall"
  let value: ComplexBall

  init(_ value: ComplexBall) { self.value = value }
  init(containing re: Interval, _ im: Interval, precision: Int) {
    value = ComplexBall(
      re: Ball(containing: re.lower, re.upper, precision: precision),
      im: Ball(containing: im.lower, im.upper, precision: precision))
  }

  var bounds: ComplexInterval { value.box }

  private static let unary: [String: @Sendable (ComplexBall, Int) -> ComplexBall] = [
    "exp": { .exp($0, precision: $1) }, "log": { .log($0, precision: $1) },
    "sqrt": { .sqrt($0, precision: $1) }, "sin": { .sin($0, precision: $1) },
    "cos": { .cos($0, precision: $1) }, "tan": { .tan($0, precision: $1) },
    "sinh": { .sinh($0, precision: $1) }, "cosh": { .cosh($0, precision: $1) },
    "tanh": { .tanh($0, precision: $1) }, "asin": { .asin($0, precision: $1) },
    "acos": { .acos($0, precision: $1) }, "atan": { .atan($0, precision: $1) },
    "asinh": { .asinh($0, precision: $1) }, "acosh": { .acosh($0, precision: $1) },
    "atanh": { .atanh($0, precision: $1) },
    "abs": { ComplexBall(real: ComplexBall.abs($0, precision: $1)) },
    "arg": { ComplexBall(real: ComplexBall.arg($0, precision: $1)) },
  ]

  private static let binary: [String: @Sendable (ComplexBall, ComplexBall, Int) -> ComplexBall] = [
    "add": { .add($0, $1, precision: $2) }, "sub": { .sub($0, $1, precision: $2) },
    "mul": { .mul($0, $1, precision: $2) }, "div": { .div($0, $1, precision: $2) },
    "pow": { .pow($0, $1, precision: $2) },
  ]

  static func operation(
    named name: String
  ) -> (@Sendable ([ComplexBallUnderTest], Int) -> ComplexBallUnderTest)? {
    if let f = unary[name] { return { .init(f($0[0].value, $1)) } }
    if let f = binary[name] { return { .init(f($0[0].value, $0[1].value, $1)) } }
    if let n = Int(name.dropFirst(2)) {
      return { .init(.powInt($0[0].value, n, precision: $1)) }
    }
    if let r = Rational(String(name.dropFirst(3).dropLast())) {
      return { .init(.pow($0[0].value, r, precision: $1)) }
    }
    return nil
  }
}

@Suite("Campaign: balls")
struct BallCampaignTests {
  static let functions = CampaignFunction.all.filter { Ball.operation(named: $0.name) != nil }

  @Test("values at points lie in the results over balls", arguments: functions)
  func containment(_ function: CampaignFunction) throws {
    let report = try #require(
      Campaign.run(
        function, on: Ball.self, operations: Campaign.size,
        seed: campaignSeed("ball" + function.name)
      ))
    if Campaign.isLong { print("campaign: \(report)") }
    #expect(report.violationCount == 0, "\(report.violations)")
    #expect(
      report.undecided * 1000 <= report.operations && report.checked * 4 > report.operations,
      "\(report)")
  }

  @Test(
    "values at points lie in the results over rectangles", arguments: ComplexCampaignFunction.all)
  func complexContainment(_ function: ComplexCampaignFunction) throws {
    let report = try #require(
      Campaign.run(
        function, on: ComplexBallUnderTest.self, operations: Campaign.size,
        seed: campaignSeed("complex ball" + function.name)))
    if Campaign.isLong { print("campaign: \(report)") }
    #expect(report.violationCount == 0, "\(report.violations)")
    #expect(report.undecided * 50 <= report.operations, "\(report)")
  }

  /// Exact at nearly all arguments, and so with radius zero.
  static let exact: Set<String> = ["sign", "x^0"]

  @Test(
    "a radius that is a tenth too small is noticed",
    arguments: functions.filter { !exact.contains($0.name) })
  func smallerRadius(_ function: CampaignFunction) throws {
    let report = try #require(
      Campaign.run(
        function, on: SmallerBall.self, operations: 600, seed: campaignSeed(function.name)))
    #expect(report.violationCount > 5, "\(report)")
  }

  @Test("the functions of balls are those of the campaign but for rounding to integers")
  func complete() {
    let missing = CampaignFunction.all.map(\.name).filter { Ball.operation(named: $0) == nil }
    #expect(missing == ["floor", "ceil", "trunc", "roundTiesToEven", "roundTiesToAway"])
  }
}
