import Documents
import Exact
import Symbolic
import TestSupport
import Testing

/// The whole document: ensembles, a chain of five qubits, and the spin gas. It takes seconds optimised and
/// minutes otherwise.
@Suite(.enabled(if: PaperDocument.isCampaign)) struct ResetQubitsVariantsCampaignTests {
  @Test func everyClaimHolds() throws {
    let document = try ResetQubitsTests.document(ResetQubitsTests.whole)
    let results = try document.check(jobs: 2)
    #expect(results.count >= 95)
    for result in results {
      #expect(result.holds, "\(result.id): \(result.status) \(result.detail)")
    }
    let status = Dictionary(uniqueKeysWithValues: results.map { ($0.id, $0.status) })
    for id in [
      "smaller_3", "smaller_4", "smaller_5", "weak_pairs_3", "weak_pairs_5", "collective",
      "full_three", "full_three_xyz", "full_four", "xyz_as_model",
    ] {
      #expect(status[id] == .proved, "\(id)")
    }
    #expect(status["weak_three"] == .refuted)
    #expect(status["chain_digits"] == .certified)
    #expect(status["memory"] == .agrees)
  }

  struct Recorded: Decodable {
    struct Value: Decodable {
      let name: String
      let at: [String: String]
      let value: String
    }
    struct Onset: Decodable { let name, value: String }
    let values: [Value]
    let onsets: [Onset]
  }

  /// QuTiP's steady states of the full density matrices; its doubles are right to 1e-9.
  @Test func valuesAreTheRecordedOnes() throws {
    let recorded = try Oracle.load("reset_variants", as: Recorded.self)
    let document = try ResetQubitsTests.document(ResetQubitsTests.whole)
    for item in recorded.values {
      let point = try PaperDocument.point(item.at, in: document)
      let value = try document.evaluate(item.name, at: point, digits: 15)[0][0].re
      let (found, expected) = (try #require(Double(value)), try #require(Double(item.value)))
      #expect(abs(found - expected) < 1e-9, "\(item.name) at \(item.at): \(value)")
    }
    for item in recorded.onsets {
      let solution = try document.solve(item.name, at: [:], digits: 15)
      let found = try #require(solution.roots.first.flatMap { Double($0.digits) })
      #expect(abs(found - (try #require(Double(item.value)))) < 1e-8, "\(item.name): \(found)")
    }
  }

  /// Thresholds of formulas are complete, those of values that are computed point by point never.
  @Test(
    arguments: [
      ("pair_5", "38.393960273", true), ("onset_pair", "38.393960273", false),
      ("pair_2", "6.2586104634", true), ("onset_average", "3.1346139719", false),
      ("onset_cold", "8.4631251417", false), ("onset_hot", "22.6363159", false),
    ])
  func thresholds(name: String, digits: String, isComplete: Bool) throws {
    let document = try ResetQubitsTests.document(ResetQubitsTests.whole)
    let solution = try document.solve(name, at: [:], digits: 11)
    try #require(solution.roots.count == 1)
    #expect(solution.roots[0].digits.hasPrefix(digits))
    #expect(solution.isComplete == isComplete)
  }

  /// What is changed in the document falls.
  @Test(
    arguments: [
      ("smaller_3", "D3*d3 > 108", "D3*d3 < 108"),
      ("full_three", "dephasing A, B, C rate gamma\n", "dephasing A, B rate gamma\n"),
      ("chain_digits", "0.0315244755182812816", "0.0315244755182812817"),
      ("memory_slow", "smallest_eigenvalue > 0", "smallest_eigenvalue < 0"),
      ("fifty_entangled", "≈ 0.000298", "≈ 0.000299"),
    ])
  func whatIsChangedFalls(id: String, original: String, changed: String) throws {
    let text = ResetQubitsTests.whole.replacingOccurrences(of: original, with: changed)
    #expect(text != ResetQubitsTests.whole)
    let result = try #require(
      try ResetQubitsTests.document(text).check(only: [id]).first)
    #expect(!result.holds, "\(id): \(result.detail)")
  }
}
