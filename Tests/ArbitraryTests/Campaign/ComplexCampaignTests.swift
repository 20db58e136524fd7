import Exact
import TestSupport
import Testing

@testable import Arbitrary

extension Complex: ComplexEnclosureUnderTest where F == Interval {
  static var title: String { "ComplexInterval" }

  init(containing re: Interval, _ im: Interval, precision: Int) { self.init(re: re, im: im) }

  var bounds: ComplexInterval { self }

  private static var unary: [String: @Sendable (ComplexInterval, Int) -> ComplexInterval] {
    [
      "exp": { .exp($0, precision: $1) }, "log": { .log($0, precision: $1) },
      "sqrt": { .sqrt($0, precision: $1) }, "sin": { .sin($0, precision: $1) },
      "cos": { .cos($0, precision: $1) }, "tan": { .tan($0, precision: $1) },
      "sinh": { .sinh($0, precision: $1) }, "cosh": { .cosh($0, precision: $1) },
      "tanh": { .tanh($0, precision: $1) }, "asin": { .asin($0, precision: $1) },
      "acos": { .acos($0, precision: $1) }, "atan": { .atan($0, precision: $1) },
      "asinh": { .asinh($0, precision: $1) }, "acosh": { .acosh($0, precision: $1) },
      "atanh": { .atanh($0, precision: $1) },
      "abs": { ComplexInterval(real: ComplexInterval.abs($0, precision: $1)) },
      "arg": { ComplexInterval(real: ComplexInterval.arg($0, precision: $1)) },
    ]
  }

  private static var binary:
    [String: @Sendable (ComplexInterval, ComplexInterval, Int) -> ComplexInterval]
  {
    [
      "add": { ($0 + $1).rounded(precision: $2) }, "sub": { ($0 - $1).rounded(precision: $2) },
      "mul": { ($0 * $1).rounded(precision: $2) }, "div": { .div($0, $1, precision: $2) },
      "pow": { .pow($0, $1, precision: $2) },
    ]
  }

  static func operation(
    named name: String
  ) -> (@Sendable ([ComplexInterval], Int) -> ComplexInterval)? {
    if let f = unary[name] { return { f($0[0], $1) } }
    if let f = binary[name] { return { f($0[0], $0[1], $1) } }
    if let n = Int(name.dropFirst(2)) { return { .powInt($0[0], n, precision: $1) } }
    if let r = Rational(String(name.dropFirst(3).dropLast())) {
      return { .pow($0[0], r, precision: $1) }
    }
    return nil
  }
}

extension Campaign {
  /// As ``run(_:on:operations:seed:)`` for complex functions.
  ///
  /// One argument in four is exactly real or imaginary; at points on the axes, where branch cuts are,
  /// the value is the type's own at high precision, elsewhere that of the campaign's formula.
  static func run<E: ComplexEnclosureUnderTest>(
    _ function: ComplexCampaignFunction, on type: E.Type, operations: Int, seed: UInt64
  ) -> CampaignReport? {
    guard let operation = E.operation(named: function.name) else { return nil }
    var arguments = CampaignArguments(seed: seed)
    var report = CampaignReport(name: "\(E.title) \(function.name)")
    while report.operations < operations {
      let precision = arguments.precision()
      var point: [ComplexInterval] = []
      var boxes: [E] = []
      for _ in 0..<function.arity {
        let kind = arguments.below(8)
        let bits = arguments.precision()
        let re = arguments.part(function.range, isZero: kind == 0, precision: bits)
        let im = arguments.part(function.range, isZero: kind == 1, precision: bits)
        point.append(ComplexInterval(re: Interval(re.point), im: Interval(im.point)))
        boxes.append(E(containing: re.range, im.range, precision: bits))
      }
      report.operations += 1
      let result = operation(boxes, precision).bounds
      if [result.re, result.im].contains(where: { $0.lower.isNaN || $0.upper.isNaN }) {
        report.record("NaN: \(function.name) of \(boxes) at \(precision)")
        continue
      }
      let isOnAxis = point.contains { $0.re.isZero || $0.im.isZero }
      var isDefined = false
      let verdict = check(in: result, from: precision + 100) { bits in
        let value =
          isOnAxis
          ? operation(point.map { E(containing: $0.re, $0.im, precision: bits) }, bits).bounds
          : function.value(point, bits)
        // Empty: not defined; nothing known: a pole, or one that cannot be told from the point.
        if value.isEmpty || value.re.isEntire || value.im.isEntire { return nil }
        isDefined = true
        return value
      }
      report.checked += isDefined ? 1 : 0
      report.count(verdict, "\(function.name) of \(boxes) at \(precision), at \(point): \(result)")
    }
    return report
  }

  private static func check(
    in box: ComplexInterval, from bits: Int, _ sharp: (Int) -> ComplexInterval?
  ) -> Bool? {
    var bits = bits
    while true {
      guard let value = sharp(bits) else { return true }
      if value.re.isSubset(of: box.re) && value.im.isSubset(of: box.im) { return true }
      if value.re.isDisjoint(from: box.re) || value.im.isDisjoint(from: box.im) { return false }
      if bits > 4000 { return nil }
      bits *= 3
    }
  }
}

extension CampaignArguments {
  fileprivate mutating func part(
    _ range: ArgumentRange, isZero: Bool, precision: Int
  ) -> (range: Interval, point: Real) {
    if isZero { return (Interval(0, precision: precision), Real(0, precision: precision)) }
    let drawn = self.range(range, precision: precision)
    return (Interval(containing: drawn.lower, drawn.upper, precision: precision), drawn.point)
  }
}

@Suite("Campaign: rectangles")
struct ComplexCampaignTests {
  @Test("values at points lie in the results over boxes", arguments: ComplexCampaignFunction.all)
  func containment(_ function: ComplexCampaignFunction) throws {
    let report = try #require(
      Campaign.run(
        function, on: ComplexInterval.self, operations: Campaign.size,
        seed: campaignSeed("complex " + function.name)))
    if Campaign.isLong { print("campaign: \(report)") }
    #expect(report.violationCount == 0, "\(report.violations)")
    // A value that is exact, such as the root of 3 + 4i, is a bound: not decided by enclosures of it.
    #expect(report.undecided * 50 <= report.operations, "\(report)")
    #expect(report.checked * 2 > report.operations, "\(report)")
  }

  struct Wrong: ComplexEnclosureUnderTest {
    static let title = "Wrong"
    let bounds: ComplexInterval

    init(containing re: Interval, _ im: Interval, precision: Int) {
      bounds = ComplexInterval(re: re, im: im)
    }

    init(_ bounds: ComplexInterval) { self.bounds = bounds }

    /// The other side of the cut, the other root, and a product as if the parts were independent.
    static func operation(named name: String) -> (@Sendable ([Wrong], Int) -> Wrong)? {
      switch name {
      case "sqrt": return { x, p in Wrong(-ComplexInterval.sqrt(x[0].bounds, precision: p)) }
      case "log": return { x, p in Wrong(ComplexInterval.log(x[0].bounds.conj, precision: p)) }
      case "exp":
        return { x, p in
          let value = ComplexInterval.exp(x[0].bounds, precision: p)
          return Wrong(ComplexInterval(re: value.re, im: Interval(value.im.midpoint)))
        }
      default: return nil
      }
    }
  }

  @Test("the campaign notices wrong branches and bounds", arguments: ["sqrt", "log", "exp"])
  func canFail(_ name: String) throws {
    let function = try #require(ComplexCampaignFunction.all.first { $0.name == name })
    let report = try #require(
      Campaign.run(function, on: Wrong.self, operations: 300, seed: campaignSeed(name)))
    #expect(report.violationCount > 50, "\(report)")
  }
}
