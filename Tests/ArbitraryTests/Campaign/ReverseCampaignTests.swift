import Exact
import TestSupport
import Testing

@testable import Arbitrary

/// Reverse operations: a point x of the domain whose value lies among the values must be in the result.
@Suite("Campaign: reverse operations")
struct ReverseCampaignTests {
  /// The forward function's name, and its reverse: values, domain, the ranges of other arguments.
  struct Reverse: Sendable, CustomStringConvertible {
    let name: String
    /// Which argument is sought.
    var place = 0
    let apply: @Sendable (Interval, Interval, [Interval], Int) -> Interval
    var description: String { name }
  }

  static let all: [Reverse] =
    [
      Reverse(name: "abs") { .absRev($0, in: $1, precision: $3) },
      Reverse(name: "sqr") { .sqrRev($0, in: $1, precision: $3) },
      Reverse(name: "cosh") { .coshRev($0, in: $1, precision: $3) },
      Reverse(name: "sin") { .sinRev($0, in: $1, precision: $3) },
      Reverse(name: "cos") { .cosRev($0, in: $1, precision: $3) },
      Reverse(name: "tan") { .tanRev($0, in: $1, precision: $3) },
      Reverse(name: "mul", place: 1) { .mulRev(factors: $2[0], $0, in: $1, precision: $3) },
      Reverse(name: "pow") { .powRevBase(exponents: $2[0], $0, in: $1, precision: $3) },
      Reverse(name: "pow", place: 1) { .powRevExponent(bases: $2[0], $0, in: $1, precision: $3) },
    ]
    + [-3, -2, 0, 1, 2, 3].map { n in
      Reverse(name: "x^\(n)") { .powIntRev($0, n, in: $1, precision: $3) }
    }

  static func run(_ reverse: Reverse, operations: Int) throws -> CampaignReport {
    let function = try #require(CampaignFunction.all.first { $0.name == reverse.name })
    var arguments = CampaignArguments(seed: campaignSeed("reverse \(reverse.name)"))
    var report = CampaignReport(name: "reverse \(reverse.name) \(reverse.place)")
    while report.operations < operations {
      let precision = arguments.precision()
      var point: [Real] = []
      var ranges: [Interval] = []
      for _ in 0..<function.arity {
        let bits = arguments.precision()
        let drawn = arguments.range(function.range, precision: bits)
        point.append(drawn.point)
        ranges.append(Interval(containing: drawn.lower, drawn.upper, precision: bits))
      }
      report.operations += 1
      guard let value = function.bounds(point, precision: arguments.precision()) else { continue }
      report.checked += 1
      // Sharp values, and sharp ones on one side.
      let values = arguments.below(2) == 0 ? value : value.union(Interval(point[0]))
      let domain = ranges.remove(at: reverse.place)
      let result = reverse.apply(values, domain, ranges, precision)
      let isInside = result.contains(point[reverse.place])
      report.count(
        isInside && !result.lower.isNaN && !result.upper.isNaN,
        "\(reverse.name) \(values) in \(domain), \(ranges) at \(precision): \(point), \(result)")
    }
    return report
  }

  @Test("every solution stays", arguments: all)
  func containment(_ reverse: Reverse) throws {
    let report = try Self.run(reverse, operations: Campaign.size)
    if Campaign.isLong { print("campaign: \(report)") }
    #expect(report.violationCount == 0, "\(report.violations)")
    #expect(report.checked * 4 > report.operations, "\(report)")
  }

  @Test("a reverse operation that forgets the other branch is noticed")
  func canFail() throws {
    let wrong = Reverse(name: "sqr") { values, domain, _, p in
      Interval.sqrt(values, precision: p).intersection(domain).rounded(precision: p)
    }
    #expect(try Self.run(wrong, operations: 300).violationCount > 20)
  }
}
