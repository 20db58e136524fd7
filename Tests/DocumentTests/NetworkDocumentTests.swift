import Exact
import Symbolic
import TestSupport
import Testing

@testable import Documents
@testable import OpenSystems

/// Networks of modes, their certificates and campaigns in documents.
struct NetworkDocumentTests {
  private static let declarations = """
    mode a, b, c
    parameter ka, kb, g, Ta, Tb, w1, rate > 0
    parameter s real

    """

  private static let models =
    declarations + """
      network D {
        party a, b
        hamiltonian w1*(a'*a + b'*b)
        bath a, b boson density rate temperature Ta weights [[1, 1], [1, 1]]
        approach global
      }
      model M {
        hamiltonian w1*(a'*a + b'*b) + g*(a'*b + b'*a)
        thermal a down ka/(1 - exp(-w1/Ta)) up ka*exp(-w1/Ta)/(1 - exp(-w1/Ta))
        thermal b down kb/(1 + exp(-w1/Tb)) up kb*exp(-w1/Tb)/(1 + exp(-w1/Tb))
      }

      """

  private static let head =
    models + """
      network N {
        party a
        party b
        hamiltonian 2*a'*a + 2*b'*b + (a'*b + b'*a)
        bath a boson density 2*w/(1 + w^2) in w boltzmann 1/3
        bath b spin density w/(4 + w^2) in w boltzmann 1/2
        approach global
      }
      network L {
        party a
        party b
        hamiltonian w1*(a'*a + b'*b) + g*(a'*b + b'*a)
        bath a boson density ka temperature Ta
        bath b spin density kb temperature Tb
        approach local
      }
      network P {
        party a
        party b
        hamiltonian 2*(a'*a + b'*b) + a'*b + b'*a
        bath a boson density ka temperature 0
        bath b boson density kb temperature 0
        approach local
        squeezing s/2*(a*a + a'*a')
      }

      """

  private func document(_ text: String, head: String = head) throws -> Document {
    try Document(SourceText("```separatrix\n\(head)\(text)\n```", file: "n.md"))
  }

  /// The results of statements of one kind, in one document.
  private func results(_ keyword: String, _ statements: [String]) throws -> [CheckResult] {
    let lines = statements.enumerated().map { "\(keyword) c\($0): \($1)" }
    let results = try document(lines.joined(separator: "\n")).check()
    try #require(results.count == statements.count)
    return results
  }

  /// By hand: the energies are 1 and 3, and both normal modes have the weight 1/2 in each bath. Bath 1 has
  /// the densities 1 and 3/5 and the occupations 1/2 and 1/26; bath 2 those of 1/5 and 3/13 with tanh(w/2T),
  /// which is 1/3 and 7/9, and the occupations 1 and 1/7.
  @Test func claims() throws {
    let cases: [(String, Status)] = [
      ("2*trace(damping(N)) == 1 + 3/5 + 1/5*1/3 + 3/13*7/9", .proved),
      ("dimension(dark_modes(N)) == 0", .proved),
      ("expectation(steady(N), a*b) == 0", .proved),
      ("occupations(N)[1, 1] == expectation(steady(N), a'*a)", .proved),
      ("occupations(N)[1, 2] == expectation(steady(N), b'*a)", .proved),
      (
        "occupations(N)[1, 1] + occupations(N)[1, 2] == (3/5*1/26 + 3/13*7/9*1/7)/(3/5 + 3/13*7/9)",
        .proved
      ), ("covariance(N) == covariance(steady(N))", .proved),
      ("covariance(steady(L)) == covariance(steady(M))", .proved),
      ("stability(L)[1] > 0", .proved), ("occupations(L)[1, 1] >= 0", .proved),
      ("drift(D) == -i*w1*identity(2) - rate/2*[[1, 1], [1, 1]]", .proved),
      ("dark_modes(D) == [[-1], [1]]", .proved), ("dark_modes(D) == [[1], [1]]", .refuted),
      ("abs(expectation(steady(P), a*b)) > 0 at ka = 1, kb = 1, s = 1/2", .certified),
    ]
    for (result, entry) in zip(try results("claim", cases.map(\.0)), cases) {
      #expect(result.status == entry.1, "\(entry.0): \(result.detail)")
    }
  }

  @Test func certificates() throws {
    let cases: [(String, Status)] = [
      ("N is separable", .proved), ("N is entangled", .refuted),
      ("P is entangled at ka = 1, kb = 1, s = 1/2", .proved),
      ("P is separable at ka = 1, kb = 1, s = 0", .proved),
      ("P is entangled at ka = 1, kb = 1, s = 100", .undecided),
      ("P is entangled at ka = 1", .undecided),
      ("D is separable at w1 = 1, rate = 1, Ta = 1", .undecided),
      ("L is separable at w1 = 1, g = 1, ka = 1, kb = 1, Ta = 1, Tb = 1", .undecided),
    ]
    for (result, entry) in zip(try results("certificate", cases.map(\.0)), cases) {
      #expect(result.status == entry.1, "\(entry.0): \(result.detail)")
      #expect(result.holds == (entry.1 == .proved))
    }
  }

  @Test func aCertificateIsReplayed() throws {
    let document = try document("certificate c: N is separable")
    let summary = try SeparabilityChecker.check(try document.certificate("c"))
    #expect(summary.isSeparable && summary.modes == 2 && summary.bipartitions == 1)
    #expect(summary.leastOccupation == (try Rational(1, 26)))
    #expect(throws: DocumentError.self) { try document.certificate("d") }
  }

  /// By the Lyapunov equation in floats, from the jumps.
  @Test func crosschecksGoByTheNetworksJumps() throws {
    let results = try document(
      """
      crosscheck one: expectation(steady(N), b'*a) by moments, doubles at 1 points digits 9
      crosscheck two: expectation(steady(L), b'*a) by moments at 2 points digits 9 seed 2
      """
    ).check()
    for result in results { #expect(result.status == .agrees, "\(result.id): \(result.detail)") }
  }

  /// Energies with square roots, of numbers and of parameters, and a party of two modes in one bath: the
  /// moments by levels against the Lyapunov equation from the jumps.
  @Test func irrationalEnergies() throws {
    let results = try document(
      """
      network R {
        party a
        party b, c
        hamiltonian [[3, 1, 0], [1, 2, 0], [0, 0, 2]]
        bath a boson density w/(1 + w^2) in w temperature 1
        bath b, c spin density w/(1 + w^2) in w temperature 2 weights [[1, 1], [1, 1]]
        approach global
      }
      network S {
        party a
        party b
        hamiltonian [[g + w1, g], [g, g + 2*w1]]
        bath a boson density w in w temperature Ta
        bath b boson density kb*w in w temperature Tb
        approach global
      }
      crosscheck one: expectation(steady(R), a'*b) by moments at 1 points digits 9
      crosscheck two: expectation(steady(S), a'*b) by moments at 2 points digits 9
      claim three: occupations(S)[1, 1] > 0 at g = 1, w1 = 1, Ta = 1, Tb = 2, kb = 1
      certificate four: R is separable
      """, head: Self.declarations
    ).check()
    let expected: [Status] = [.agrees, .agrees, .certified, .undecided]
    for (result, status) in zip(results, expected) {
      #expect(result.status == status, "\(result.id): \(result.detail)")
    }
  }

  @Test(
    arguments: [
      ("let x = steady(D)", "not damped"), ("let x = steady(D)", "family of dimension 1"),
      ("let x = occupations(M)", "takes a network"),
      ("network E {\n party a\n hamiltonian a'*a\n}", "needs a line 'approach global'"),
      ("network E {\n hamiltonian a'*a\n approach local\n}", "needs its modes"),
      ("network E {\n party a\n approach local\n}", "needs a line 'hamiltonian H'"),
      ("network E {\n party a\n hamiltonian a*a\n approach local\n}", "exchanges single quanta"),
      ("network E {\n party a\n hamiltonian a'*b + b'*a\n approach local\n}", "has no party"),
      ("network E {\n party a\n hamiltonian i*a'*a\n approach local\n}", "not Hermitian"),
      ("network E {\n party a, a\n hamiltonian a'*a\n approach local\n}", "given twice"),
      (
        "network E {\n party a\n hamiltonian a'*a\n bath a density 1 temperature 0\n approach total\n}",
        "expected 'global' or 'local'"
      ),
      (
        "network E {\n party a\n hamiltonian a'*a\n squeezing i*a*a\n approach local\n}",
        "squeezing is Hermitian"
      ),
      (
        "network E {\n party a\n hamiltonian a'*a\n bath a density 1\n approach local\n}",
        "either 'temperature T' or 'boltzmann z'"
      ),
      (
        "network E {\n party a, b\n hamiltonian a'*a + b'*b\n bath a, b density 1 temperature 0\n"
          + " approach local\n}", "needs weights"
      ),
      (
        "network E {\n party a\n hamiltonian s*a'*a\n bath a density 1 temperature 0\n approach local\n}",
        "not known to have a positive one"
      ),
      (
        "network E {\n party a\n party b\n hamiltonian w1*a'*a + g*b'*b\n"
          + " bath a density 1 temperature 0\n approach global\n}", "are equal is not decided"
      ),
      (
        "network E {\n party a\n hamiltonian a'*a\n bath a density 1 temperature 1 potential 2\n"
          + " approach local\n}", "chemical potential below the frequency"
      ),
      (
        "network E {\n party a\n hamiltonian a'*a\n bath a spin density 1 temperature 1 potential 1/2\n"
          + " approach local\n}", "exchanges energy alone"
      ), ("network E {\n bath\n}", "a name"),
      ("certificate c: M is separable", "is no network"),
      ("certificate c: D is nice", "expected 'separable' or 'entangled'"),
      ("campaign c: separability of networks in 1..3 modes, 5 instances each", "2 to 8 modes"),
      ("campaign c: separability of networks in 2 modes, 5 instances each", "a range"),
      ("campaign c: entanglement of networks in 2..3 modes, 5 instances each", "'separability'"),
      ("campaign c: separability of networks in 2..3 modes, 0 instances each", "a positive whole"),
    ])
  func errorsSayWhatIsWrong(statement: String, expected: String) throws {
    let error = #expect(throws: DocumentError.self) {
      try document(statement, head: Self.models)
    }
    let text = "\(try #require(error))"
    #expect(text.contains(expected), "\(text)")
  }

  // MARK: Campaigns

  private func campaign(_ clauses: String) throws -> CheckResult {
    try #require(
      try document("campaign c from \"Sec. IV\": \(clauses)", head: "").check(jobs: 2).last)
  }

  @Test func aCampaignCountsWhatItFinds() throws {
    let result = try campaign("separability of networks in 2..3 modes, 4 instances each, seed 7")
    #expect(result.status == .agrees && result.holds && result.kind == .campaign)
    #expect(result.source == "Sec. IV")
    let summary = try SeparabilityCampaign.run(sizes: 2...3, instances: 4, seed: 7)
    let counts = try #require(result.counts)
    #expect(counts.rows.map { $0[0] } == [2, 3])
    for (row, numbers) in zip(summary.rows, counts.rows) {
      let table = Dictionary(uniqueKeysWithValues: zip(counts.header, numbers))
      #expect(numbers.count == counts.header.count)
      #expect(table["passive"] == 4 && table["global"] == 2 && table["local"] == 2)
      #expect(table["certified separable"] == row.certified && table["dark"] == row.dark)
      #expect(table["bipartitions"] == row.bipartitions && table["entangled"] == row.entangled)
      #expect(row.certified + row.dark == 4 && row.entangled > 0)
    }
    #expect(result.detail.contains("8 passive networks (4 global, 4 local"))
    #expect(result.detail.contains("0 failures") && result.detail.contains("seed 7"))
  }

  /// With the squeezing of the counter-campaign in the passive networks the statement is wrong, and the
  /// campaign says so.
  @Test func aWrongMasterEquationIsRefuted() throws {
    let result = try campaign(
      "separability of networks in 2..3 modes, 6 instances each, seed 7, squeezing 1/4")
    #expect(result.status == .refuted && !result.holds, "\(result.detail)")
    #expect(result.detail.contains("certified to be entangled"))
  }

  /// One instance whose squeezing is weak: no entanglement is found, so that nothing is shown.
  @Test func aCampaignThatFindsNoEntanglementIsUndecided() throws {
    var summary = try SeparabilityCampaign.run(sizes: 2...2, instances: 4, seed: 7)
    let definition = CampaignDefinition(
      id: "c", source: nil, text: "", sizes: 2...2, instances: 4, seed: 7, planted: 0)
    #expect(definition.result(of: summary).status == .agrees)
    summary.rows[0].entangled = 0
    let result = definition.result(of: summary)
    #expect(result.status == .undecided && !result.holds)
    #expect(result.detail.contains("no entanglement was found"))
  }

  @Test func theNumberOfJobsChangesNothing() throws {
    let one = try SeparabilityCampaign.run(sizes: 2...2, instances: 5, seed: 3)
    #expect(one == (try SeparabilityCampaign.run(sizes: 2...2, instances: 5, seed: 3, jobs: 4)))
  }
}
