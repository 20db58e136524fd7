import Exact
import Foundation
import OpenSystems
import TestSupport
import Testing

/// Random exact networks: passive ones are certified separable, squeezed ones are found to be entangled.
@Suite struct SeparabilityCampaignTests {
  static let isLong = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"
  static let seed: UInt64 = 20_261_121

  /// The document that shows the counts, and a line of its table.
  static let document = Result {
    try String(
      contentsOf: Oracle.packageRoot.appendingPathComponent("derivations/entanglement-engines.md"),
      encoding: .utf8)
  }

  static func line(_ row: SeparabilityCampaign.Row) -> String {
    "| \(row.modes) | \(row.instances) | \(row.global), \(row.local) | \(row.withSpinBaths) "
      + "| \(row.withLambShift) | \(row.withEqualFrequencies) | \(row.dark) | \(row.certified) "
      + "| \(row.bipartitions) | \(row.stable) | \(row.entangled) | \(row.separable) |"
  }

  @Test func passiveNetworksAreSeparableAndSqueezedOnesAreFound() throws {
    let summary = try SeparabilityCampaign.run(
      sizes: Self.isLong ? 2...6 : 2...4, instances: Self.isLong ? 100 : 6, seed: Self.seed)
    #expect(summary.holds, "\(summary.failures)")
    for row in summary.rows {
      #expect(row.certified > 0 && row.entangled > 0 && row.global > 0 && row.local > 0)
      #expect(row.bipartitions == row.certified * (1 << (row.modes - 1) - 1))
      if Self.isLong {
        print("campaign: \(row)")
        #expect(try Self.document.get().contains(Self.line(row)))
      }
    }
    #expect(summary.rows.contains { $0.dark > 0 })
    #expect(summary.rows.contains { $0.separable > 0 })
    #expect(summary.rows.contains { $0.withEqualFrequencies > 0 })
  }

  @Test(.enabled(if: isLong), arguments: [true, false])
  func noChangeOfACertificateSurvives(isSeparable: Bool) throws {
    let certificates = SeparabilityCertificateTests.self
    let certificate =
      try (isSeparable ? certificates.separable : certificates.entangled).get()
    try certificates.expectRejected(certificate, every: 1)
  }

  @Test func theSameSeedGivesTheSameCounts() throws {
    let first = try SeparabilityCampaign.run(sizes: 2...2, instances: 6, seed: 7)
    let again = try SeparabilityCampaign.run(sizes: 2...2, instances: 6, seed: 7)
    let other = try SeparabilityCampaign.run(sizes: 2...2, instances: 6, seed: 8)
    #expect(first == again)
    #expect(first.rows != other.rows)
  }

  @Test func sizesBeyondTheLimitAreRefused() {
    #expect(throws: NetworkError.self) {
      _ = try SeparabilityCampaign.run(sizes: 1...3, instances: 1, seed: 1)
    }
    #expect(throws: NetworkError.self) {
      _ = try SeparabilityCampaign.run(sizes: 2...9, instances: 1, seed: 1)
    }
    #expect(throws: NetworkError.self) {
      _ = try SeparabilityCampaign.run(sizes: 2...2, instances: 0, seed: 1)
    }
  }
}
