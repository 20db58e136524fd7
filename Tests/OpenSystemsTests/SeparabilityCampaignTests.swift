import Exact
import Foundation
import OpenSystems
import Testing

@Suite struct SeparabilityCampaignTests {
  @Test func passiveNetworksAreSeparableAndSqueezedOnesAreFound() throws {
    let isLong = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"
    for size in 2...6 {
      let start = Date()
      let summary = try SeparabilityCampaign.run(
        sizes: size...size, instances: isLong ? 40 : 4, seed: 20_261_121)
      print(Date().timeIntervalSince(start), summary)
    }
  }
}
