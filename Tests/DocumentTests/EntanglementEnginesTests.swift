import Arbitrary
import Documents
import Exact
import Symbolic
import TestSupport
import Testing

/// The document of the entanglement engines against recorded thresholds, and against its own falsifications.
@Suite struct EntanglementEnginesTests {
  struct Recorded: Decodable {
    /// Dampings, occupations, detuning, onset of entanglement and end of stability, in doubles.
    let squeezed: [[String]]
  }

  static let paper = PaperDocument("entanglement-engines.md")
  static let shared = Result { try paper.document() }

  @Test func everyClaimIsAsTheDocumentSays() throws {
    // A smaller campaign: the whole is for optimised builds.
    let statement = "in 2..6 modes, 50 instances each"
    let smaller = Self.paper.text.replacing(statement, with: "in 2..3 modes, 4 instances each")
    #expect(smaller != Self.paper.text)
    let results = try Self.paper.document(smaller).check()
    #expect(results.count >= 80)
    #expect(results.contains { $0.kind == .campaign })
    #expect(results.count { $0.kind == .erratum } >= 7)
    PaperDocument.expectAsStated(
      results, rounded: ["onset_value", "eq34_spin", "eq34_spin_position", "eq34_boson"])
  }

  // MARK: The squeezing that entangles

  @Test func onsetAndEndAreTheRecordedOnes() throws {
    let rows = try Oracle.load("networks", as: Recorded.self).squeezed
    let row = try #require(rows.first { $0[0] == "2.0" })
    let document = try Self.shared.get()
    for (name, place) in [("onset", 5), ("last", 6)] {
      let solution = try document.solve(name, at: [:], digits: 30)
      #expect(solution.isComplete)
      let root = try #require(solution.roots.first)
      #expect(solution.roots.count == 1)
      let expected = try #require(Double(row[place]))
      #expect(abs((Double(root.digits) ?? 0) - expected) < 1e-13)
    }
  }

  @Test func theHottestBathsHaveARationalLimit() throws {
    // 2·2n_b + n_b/2 = 1.
    let solution = try Self.shared.get().solve("hottest", at: [:], digits: 20)
    #expect(solution.roots.map(\.digits) == ["0.22222222222222222222"])
    #expect(solution.isComplete)
  }

  /// The smallest symplectic eigenvalue crosses 1/2 where the record says that entanglement begins.
  @Test func entanglementBeginsAtTheRecordedSqueezing() throws {
    let document = try Self.shared.get()
    for row in try Oracle.load("networks", as: Recorded.self).squeezed {
      guard let onset = Double(row[5]) else { continue }
      for (factor, isEntangled) in [(0.99999, false), (1.00001, true)] {
        let place = try PaperDocument.point(
          [
            "ka": row[0], "kb": row[1], "na": row[2], "nb": row[3], "Da": row[4], "Db": "0",
            "kappa": "\(onset * factor)",
          ], in: document)
        let value = try #require(
          try document.evaluate("logneg", at: place, digits: 12).first?.first)
        #expect((value.re != "0") == isEntangled, "\(row) \(value.re)")
      }
    }
  }

  // MARK: What must fail

  struct Mutation: Sendable, CustomTestStringConvertible {
    let claim: String
    let headings: [String]
    let original, changed: String
    var testDescription: String { "\(claim): \(original) → \(changed)" }
    init(_ claim: String, _ headings: [String], _ original: String, _ changed: String) {
      (self.claim, self.headings, self.original, self.changed) =
        (claim, headings, original, changed)
    }
  }

  static let criterion = ["The criterion"]
  static let spins = ["Spins are bosons"]
  static let equation = ["The master equation"]
  static let local = ["The master equation", "Two modes in the local approach"]
  static let appendix = [
    "The Lamb shift", "The master equation", "Two modes in the local approach",
    "Two modes in the global approach",
    "What Appendix A does not prove",
  ]
  static let secular = ["What the secular step drops"]
  static let squeezing =
    ["The master equation", "Two modes in the local approach", "How much squeezing entangles"]

  /// A sign, a factor or a bound changed: the claim is refuted.
  @Test(
    arguments: [
      Mutation("eq1", criterion, "p = i*(a' - a)", "p = i*(a - a')"),
      Mutation("eq14", criterion, "(q*p + p*q)/2) ==", "(q*p - p*q)/2) =="),
      Mutation("eq19", criterion, "diag(1, 1, -1, -1)", "diag(1, -1, 1, -1)"),
      Mutation(
        "floor", criterion, "partial_transpose(any, a)) >= f + 1/2",
        "partial_transpose(any, a)) >= f + 51/100"),
      Mutation("spin_rate", spins, "tanh(y/2)", "tanh(y)"),
      Mutation(
        "spin_occupation", spins, "occupied/(1 - (1 + xi)*occupied) ==",
        "occupied/(1 + (1 + xi)*occupied) =="),
      Mutation("same_equation", spins, "tanh_rate*bose_0]", "tanh_rate*bose_0/2]"),
      Mutation("eq44", equation, "((g11 - h11)*l + (g12", "((g11 + h11)*l + (g12"),
      Mutation("eq37", equation, "conj(u12)*u11", "u12*u11"),
      Mutation("eq39", equation, "(w*(l'*l + m'*m))", "(w*(l'*l + 2*m'*m))"),
      Mutation(
        "local_floor", local, "(Xb - na) - abs(Xab)^2 with nb", "(Xb - na) - 3*abs(Xab)^2 with nb"),
      Mutation("local_unsqueezed", local, "g*(a'*b + b'*a)\n", "g*(a'*b' + b*a)\n"),
      Mutation("dark_family", appendix, "x/2*[[1, -1], [-1, 1]]", "x/2*[[1, 0], [0, 1]]"),
      Mutation("revived_by_detuning", appendix, "where detuning != 0", "where n > 0"),
      Mutation(
        "common_dark", appendix, "temperature T weights [[1, 1], [1, 1]]",
        "temperature T weights [[1, -1], [-1, 1]]"),
      Mutation("revived_by_shift", appendix, "\n    lamb shift(W)", ""),
      Mutation("shifted_drift", appendix, "shift(w) + shift(-w)", "shift(w) - shift(-w)"),
      Mutation(
        "band_edge_dark", appendix, "hamiltonian 2*(a'*a + b'*b) + a'*b + b'*a",
        "hamiltonian 2*(a'*a + b'*b) - a'*b - b'*a"),
      Mutation("lamb_all", secular, "(Sp + Sm)/2*(a*a", "(Sp - Sm)/2*(a*a"),
      Mutation("unsecular_nu", secular, "\n  squeezing pull/2*(a*a + a'*a')", ""),
      Mutation("squeezed_end", squeezing, "1 + 4*delta^2", "1 + 3*delta^2"),
      Mutation("onset_form", squeezing, "X*reach - na*nb", "X*reach - 2*na*nb"),
      Mutation("entangled_where", squeezing, "X*reach > na*nb", "X*reach > na*nb/2"),
      Mutation("reach_form", squeezing, "- alpha^2*na", "- alpha*na"),
      Mutation(
        "half_noise", squeezing, "nu4 > (1 + (1 - 2*alpha)^2)/4",
        "nu4 > (1 + 2*(1 - 2*alpha)^2)/4"),
    ])
  func aChangedStatementIsRefuted(_ mutation: Mutation) throws {
    let result = try Self.paper.result(
      of: mutation.claim, in: mutation.headings, replacing: mutation.original,
      by: mutation.changed)
    #expect(!result.holds)
    #expect(result.status == .refuted, "\(result.detail)")
  }
}
