import Arbitrary
import Exact
import TestSupport
import Testing

extension Interval: EnclosureUnderTest {
  static var title: String { "Interval" }

  init(containing lower: Real, _ upper: Real, precision: Int) {
    self = lower == upper ? Interval(lower) : Interval(between: lower, and: upper)
  }

  var bounds: Interval { self }

  private static let unary: [String: @Sendable (Interval, Int) -> Interval] = [
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
    "sign": { .sign($0).rounded(precision: $1) }, "floor": { .floor($0, precision: $1) },
    "ceil": { .ceil($0, precision: $1) }, "trunc": { .trunc($0, precision: $1) },
    "roundTiesToEven": { .roundTiesToEven($0, precision: $1) },
    "roundTiesToAway": { .roundTiesToAway($0, precision: $1) },
    "dilog": { .dilog($0, precision: $1) }, "digamma": { .digamma($0, precision: $1) },
  ]

  private static let binary: [String: @Sendable (Interval, Interval, Int) -> Interval] = [
    "add": { .add($0, $1, precision: $2) }, "sub": { .sub($0, $1, precision: $2) },
    "mul": { .mul($0, $1, precision: $2) }, "div": { .div($0, $1, precision: $2) },
    "min": { .minimum($0, $1).rounded(precision: $2) },
    "max": { .maximum($0, $1).rounded(precision: $2) },
    "atan2": { .atan2(y: $0, x: $1, precision: $2) }, "pow": { .pow($0, $1, precision: $2) },
  ]

  static func operation(named name: String) -> (@Sendable ([Interval], Int) -> Interval)? {
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

@Suite("Campaign: intervals")
struct IntervalCampaignTests {
  @Test("values at points lie in the results over ranges", arguments: CampaignFunction.all)
  func containment(_ function: CampaignFunction) throws {
    let report = try #require(
      Campaign.run(
        function, on: Interval.self, operations: Campaign.size, seed: campaignSeed(function.name)))
    if Campaign.isLong { print("campaign: \(report)") }
    #expect(report.violationCount == 0, "\(report.violations)")
    #expect(report.undecided == 0 && report.checked * 4 > report.operations, "\(report)")
  }

  /// Bounds rounded inward, and a range taken from the ends where there is an extremum between them.
  struct Wrong: EnclosureUnderTest {
    static let title = "Wrong"
    let bounds: Interval

    init(containing lower: Real, _ upper: Real, precision: Int) {
      bounds = Interval(containing: lower, upper, precision: precision)
    }

    init(_ bounds: Interval) { self.bounds = bounds }

    static func operation(named name: String) -> (@Sendable ([Wrong], Int) -> Wrong)? {
      switch name {
      case "exp":
        return { x, p in
          Wrong(
            Interval(
              between: Real.exp(x[0].bounds.lower, precision: p, rounding: .nearest),
              and: Real.exp(x[0].bounds.upper, precision: p, rounding: .up)))
        }
      case "add":
        return { x, p in
          Wrong(
            Interval(
              between: Real.add(
                x[0].bounds.lower, x[1].bounds.lower, precision: p, rounding: .down),
              and: Real.add(x[0].bounds.upper, x[1].bounds.upper, precision: p, rounding: .nearest))
          )
        }
      case "sqr":
        return { x, p in Wrong(Interval.mul(x[0].bounds, Interval(x[0].bounds.upper), precision: p))
        }
      case "log": return { x, p in Wrong(Interval(containing: .nan, .nan, precision: p)) }
      default: return nil
      }
    }
  }

  @Test(
    "the campaign notices bounds that are rounded the wrong way", arguments: ["exp", "add", "sqr"])
  func canFail(_ name: String) throws {
    let function = try #require(CampaignFunction.all.first { $0.name == name })
    let report = try #require(
      Campaign.run(function, on: Wrong.self, operations: 300, seed: campaignSeed(name)))
    #expect(report.violationCount > 5 && report.violations.count == 5, "\(report)")
    #expect(Campaign.run(function, on: Interval.self, operations: 3, seed: 1)?.violationCount == 0)
  }

  @Test("a function that a type does not have is left out, and one without a name is an error")
  func missing() throws {
    let names = CampaignFunction.all.map(\.name)
    #expect(Set(names).count == names.count && names.count > 60)
    #expect(names.allSatisfy { Interval.operation(named: $0) != nil })
    let other = try #require(CampaignFunction.all.first { $0.name == "cosh" })
    #expect(Campaign.run(other, on: Wrong.self, operations: 1, seed: 1) == nil)
  }
}
