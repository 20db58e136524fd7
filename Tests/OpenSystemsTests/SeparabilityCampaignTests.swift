import Exact
import Foundation
import OpenSystems
import TestSupport
import Testing

/// Random exact networks: passive ones are certified separable, squeezed ones are found to be entangled.
@Suite struct SeparabilityCampaignTests {
  static let isLong = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"
  static let seed: UInt64 = 20_261_121

  /// What 100 instances of each size gave: passive, global, with spins, with Lamb shifts, with equal
  /// frequencies, dark, certified, stable with squeezing, entangled, separable.
  static let recorded: [[Int]] = [
    [100, 50, 79, 74, 17, 1, 99, 100, 74, 25], [100, 50, 89, 84, 41, 3, 97, 100, 75, 23],
    [100, 50, 87, 91, 66, 3, 97, 100, 75, 25], [100, 50, 95, 90, 70, 1, 99, 100, 75, 25],
    [100, 50, 90, 95, 76, 3, 97, 100, 76, 24],
  ]

  static func counts(_ row: SeparabilityCampaign.Row) -> [Int] {
    [
      row.instances, row.global, row.withSpinBaths, row.withLambShift, row.withEqualFrequencies,
      row.dark, row.certified, row.stable, row.entangled, row.separable,
    ]
  }

  @Test func passiveNetworksAreSeparableAndSqueezedOnesAreFound() throws {
    let summary = try SeparabilityCampaign.run(
      sizes: Self.isLong ? 2...6 : 2...4, instances: Self.isLong ? 100 : 6, seed: Self.seed,
      jobs: 2)
    #expect(summary.holds, "\(summary.failures)")
    for row in summary.rows {
      #expect(row.certified > 0 && row.entangled > 0 && row.global > 0 && row.local > 0)
      #expect(row.bipartitions == row.certified * (1 << (row.modes - 1) - 1))
      if Self.isLong {
        #expect(Self.counts(row) == Self.recorded[row.modes - 2])
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

  /// With the squeezing of the counter-campaign planted in them, passive networks are found entangled.
  @Test func aPlantedSqueezingIsFound() throws {
    let quarter = try Rational(1, 4)
    let summary = try SeparabilityCampaign.run(
      sizes: 2...3, instances: 6, seed: 7, planted: quarter)
    #expect(!summary.holds)
    for size in 2...3 {
      #expect(summary.failures.contains { $0.modes == size && $0.isEntangled })
    }
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
