import Algebra
import Arbitrary
import Exact
import Foundation
import OpenSystems
import Testing

/// Certificates of separability and entanglement, and that none survives a change.
@Suite struct SeparabilityCertificateTests {
  static let separable = Result { () throws -> SeparabilityCertificate in
    let recorded = try #require(NetworkTests.networks.first { $0.parties.count == 3 })
    return try #require(try SeparabilityProof(NetworkTests.secular(recorded)).certificate)
  }

  static let entangled = Result { () throws -> SeparabilityCertificate in
    let network = try NetworkTests.pair(1, 1, Rational(1, 10), Rational(1, 5), Rational.oneHalf)
      .squeezed(by: NetworkTests.pairing(Rational(2, 5)))
    return try #require(try SeparabilityProof(network).certificate)
  }

  static func check(
    _ certificate: SeparabilityCertificate, digested: Bool = true
  ) throws -> SeparabilityChecker.Summary {
    var copy = certificate
    if digested { copy.digest = copy.computedDigest }
    return try SeparabilityChecker.check(copy.encoded())
  }

  @Test func certificatesHold() throws {
    let summary = try Self.check(Self.separable.get(), digested: false)
    #expect(summary.isSeparable && summary.modes == 3 && summary.bipartitions == 3)
    #expect(try #require(summary.leastOccupation) > 0)
    let other = try Self.check(Self.entangled.get(), digested: false)
    #expect(!other.isSeparable && other.bipartitions == 0)
  }

  // MARK: Changes

  /// Every way to change one leaf of a JSON value.
  static func mutations(_ value: Any) -> [Any] {
    switch value {
    case let list as [Any]:
      return list.indices.flatMap { index in
        mutations(list[index]).map { changed in
          var copy = list
          copy[index] = changed
          return copy
        }
      }
    case let table as [String: Any]:
      return table.keys.sorted().filter { $0 != "digest" }.flatMap { key in
        mutations(table[key] ?? "").map { changed in
          var copy = table
          copy[key] = changed
          return copy
        }
      }
    case let text as String:
      guard let number = Rational(text) else { return [text + "x"] }
      return [(number + Rational.oneHalf).description]
    case let number as Int: return [number + 1]
    default: return []
    }
  }

  static func mutated(_ certificate: SeparabilityCertificate) throws -> [SeparabilityCertificate] {
    let json = try JSONSerialization.jsonObject(with: certificate.encoded())
    return try mutations(json).map {
      try JSONDecoder().decode(
        SeparabilityCertificate.self, from: JSONSerialization.data(withJSONObject: $0))
    }
  }

  /// Also where a forger corrects the digest. Every sixth leaf; the campaign changes all of them.
  @Test(arguments: [true, false])
  func noChangeSurvives(isSeparable: Bool) throws {
    let certificate = try (isSeparable ? Self.separable : Self.entangled).get()
    try Self.expectRejected(certificate, every: 6)
  }

  static func expectRejected(_ certificate: SeparabilityCertificate, every step: Int) throws {
    let all = try mutated(certificate)
    #expect(all.count > 100)
    for (index, changed) in all.enumerated() where index % step == 0 {
      #expect(throws: NetworkError.self, "\(difference(changed, certificate))") {
        _ = try check(changed)
      }
      if index % (8 * step) == 0 {
        #expect(throws: NetworkError.self) { _ = try check(changed, digested: false) }
      }
    }
  }

  private static func difference(
    _ a: SeparabilityCertificate, _ b: SeparabilityCertificate
  ) -> String {
    for (name, x, y) in [
      ("hamiltonian", a.hamiltonian, b.hamiltonian), ("squeezing", a.squeezing, b.squeezing),
      ("occupations", a.occupations, b.occupations), ("anomalous", a.anomalous, b.anomalous),
    ] where x != y { return name }
    if a.channels != b.channels { return "channels" }
    if a.stability != b.stability { return "stability" }
    for (x, y) in zip(a.statements, b.statements) where x != y { return "statement \(x.kind)" }
    return "format or conclusion"
  }

  @Test func whatIsLeftOutIsMissed() throws {
    let whole = try Self.separable.get()
    for index in whole.statements.indices {
      var copy = whole
      let kind = copy.statements.remove(at: index).kind
      // The floor says more than separability needs.
      if kind == "floor" {
        #expect(try Self.check(copy).leastOccupation == nil)
      } else {
        #expect(throws: NetworkError.self) { _ = try Self.check(copy) }
      }
    }
    for index in whole.channels.indices {
      var copy = whole
      copy.channels.remove(at: index)
      #expect(throws: NetworkError.self) { _ = try Self.check(copy) }
    }
    var copy = whole
    copy.statements.append(copy.statements[2])
    #expect(throws: NetworkError.self) { _ = try Self.check(copy) }
    copy = whole
    copy.stability.proofs = []
    #expect(throws: NetworkError.self) { _ = try Self.check(copy) }
  }

  @Test func conclusionsAreNotExchanged() throws {
    var copy = try Self.separable.get()
    copy.conclusion = "entangled"
    #expect(throws: NetworkError.self) { _ = try Self.check(copy) }
    copy = try Self.entangled.get()
    copy.conclusion = "separable"
    #expect(throws: NetworkError.self) { _ = try Self.check(copy) }
    copy.statements = try Self.separable.get().statements
    #expect(throws: NetworkError.self) { _ = try Self.check(copy) }
  }

  @Test func textThatIsNoCertificateIsRefused() {
    for text in ["", "{}", "[1]", "{\"format\":\"x\"}"] {
      #expect(throws: NetworkError.self) {
        _ = try SeparabilityChecker.check(Data(text.utf8))
      }
    }
  }
}
