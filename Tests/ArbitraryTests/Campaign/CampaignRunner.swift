import Arbitrary
import Exact
import Foundation
import TestSupport

enum Campaign {
  /// Whether the long campaign was asked for.
  static let isLong = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"

  /// Random operations for each function: in the long campaign a million, or as many as
  /// SEPARATRIX_CAMPAIGN_OPERATIONS says.
  static let size: Int = {
    guard isLong else { return 300 }
    let asked = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN_OPERATIONS"]
    return asked.flatMap { Int($0) } ?? 1_000_000
  }()

  /// Puts one function of an enclosure type to the test; nil if the type does not have it.
  ///
  /// Each operation has random ranges or points as arguments; at a random point of them the value of
  /// the function, known at much higher precision, must lie in the result. Only points at which the
  /// function is defined are checked. No bound may be NaN.
  static func run<E: EnclosureUnderTest>(
    _ function: CampaignFunction, on type: E.Type, operations: Int, seed: UInt64
  ) -> CampaignReport? {
    guard let operation = E.operation(named: function.name) else { return nil }
    var arguments = CampaignArguments(seed: seed)
    var report = CampaignReport(name: "\(E.title) \(function.name)")
    while report.operations < operations {
      let precision = arguments.precision()
      var point: [Real] = []
      var ranges: [E] = []
      for _ in 0..<function.arity {
        let drawn = arguments.range(function.range, precision: arguments.precision())
        point.append(drawn.point)
        ranges.append(E(containing: drawn.lower, drawn.upper, precision: drawn.lower.precision))
      }
      report.operations += 1
      let result = operation(ranges, precision).bounds
      if result.lower.isNaN || result.upper.isNaN {
        report.record("NaN: \(function.name) of \(ranges) at \(precision)")
        continue
      }
      var isDefined = false
      let verdict = check(in: result, from: precision + 100) { bits in
        let value = function.bounds(point, precision: bits)
        isDefined = value != nil
        return value
      }
      report.checked += isDefined ? 1 : 0
      report.count(verdict, "\(function.name) of \(ranges) at \(precision), at \(point): \(result)")
    }
    return report
  }

  /// Whether the value, enclosed by `sharp` at any number of bits, lies in the set; true where there is
  /// none, nil where 4000 bits more do not tell.
  static func check(
    in set: Interval, from bits: Int, _ sharp: (Int) -> Interval?
  ) -> Bool? {
    var bits = bits
    while true {
      guard let value = sharp(bits) else { return true }
      if value.isSubset(of: set) { return true }
      if value.isDisjoint(from: set) { return false }
      if bits > 4000 { return nil }
      bits *= 3
    }
  }
}

/// A seed that depends on the name alone.
func campaignSeed(_ name: String) -> UInt64 {
  name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
}
