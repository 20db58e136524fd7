import Exact
import Foundation
import TestSupport
import Testing

@testable import Symbolic

/// Random pairs whose equality is known by construction: no verdict may be wrong, at most one in a
/// hundred unknown, and none among algebraic ones.
@Suite struct ZeroTestCampaignTests {
  private static let isCampaign =
    ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"
  private static var pairsOfKind: Int { isCampaign ? 2500 : 40 }

  @Test(arguments: RandomIdentity.Kind.allCases) func randomPairs(kind: RandomIdentity.Kind) {
    var unknown: [String] = []
    var counts = (zero: 0, nonzero: 0)
    for index in 0..<Self.pairsOfKind {
      let seed = UInt64(index) &* 7919 &+ UInt64(kind.rawValue.count)
      var generator = RandomIdentity(seed: seed, kind: kind)
      let pair = generator.pair(isEqual: index % 2 == 0)
      switch ZeroTest().decide(pair.left, equals: pair.right) {
      case .zero:
        counts.zero += 1
        #expect(pair.isEqual, "\(kind) \(seed): \(pair.left) = \(pair.right) is wrong")
      case .nonzero(let witness):
        counts.nonzero += 1
        #expect(
          !pair.isEqual, "\(kind) \(seed): \(pair.left) = \(pair.right) at \(witness.point)")
      case .unknown(let reason):
        unknown.append("\(seed): \(pair.left) = \(pair.right) (\(pair.isEqual)): \(reason)")
      }
    }
    print("\(kind): \(counts.zero) zero, \(counts.nonzero) nonzero, \(unknown.count) unknown")
    for text in unknown.prefix(20) { print("  ", text) }
    #expect(unknown.count * 100 <= (kind == .algebraic ? 0 : Self.pairsOfKind))
  }
}
