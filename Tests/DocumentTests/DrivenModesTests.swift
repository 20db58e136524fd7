import Arbitrary
import Documents
import Exact
import Symbolic
import TestSupport
import Testing

/// The document of the driven modes against numerical diagonalisation, quadrature and moment equations
/// (`Tests/Oracles/generate_driven_modes.py`), and against its own falsifications.
@Suite struct DrivenModesTests {
  struct Roots: Decodable {
    struct Threshold: Decodable { let name, value: String }
    let thresholds: [Threshold]
  }

  static let paper = PaperDocument("driven-modes.md")
  /// The document, without the claims that only a campaign checks.
  static let shared = Result {
    try paper.document(
      PaperDocument.isCampaign
        ? paper.text : PaperDocument.keeping(sample.union(corrections), in: paper.text))
  }
  static let corrections: Set = ["optimum_symmetric", "short_C"]
  static let place = "omega_a = 1, omega_b = 3/5, omega_p = 10, kappa = 46/25"
  static let recorded = Result { try Oracle.load("driven_modes", as: PaperDocument.Recorded.self) }
  static let roots = Result { try Oracle.load("driven_modes", as: Roots.self) }

  /// The claims that are checked in the ordinary tests; all are in a campaign.
  static let sample: Set = [
    "normalised", "canonical_ab", "eq8", "shift_above", "shift_below", "occupations",
    "bare_correlation", "eq16", "ratios", "law", "entangled_where", "best_ratio", "optimum_cutoffs",
    "maximum_logneg", "maximum_negativity", "optimum_from_printed", "optimum_number",
    "optimum_right",
  ]

  /// What rests on algebra is proved; only numbers that the print rounds are less.
  @Test func claimsAreAsTheDocumentSays() throws {
    let results = try Self.shared.get().check(only: PaperDocument.isCampaign ? nil : Self.sample)
    #expect(results.count >= (PaperDocument.isCampaign ? 50 : Self.sample.count))
    // "wedge" compares numbers with pi and roots at a point: enclosures decide it.
    let rounded: Set = ["maximum_logneg", "optimum_from_printed", "optimum_right", "wedge"]
    PaperDocument.expectAsStated(results, rounded: rounded)
  }

  @Test func everyNameHasTheRecordedValue() throws {
    let points = try Self.recorded.get().points
    #expect(points.count >= 12)
    let sample = points.enumerated().filter { PaperDocument.isCampaign || $0.offset % 2 == 0 }
    try PaperDocument.compare(sample.map(\.element), with: Self.shared.get())
  }

  @Test(arguments: ["optimum", "optimum_printed", "stable_below", "cutoff"])
  func thresholdsAreTheRecordedRoots(name: String) throws {
    let solution = try Self.shared.get().solve(name, at: [:], digits: 40)
    let text = try #require(try Self.roots.get().thresholds.first { $0.name == name }).value
    let expected = try #require(Rational(text) as Rational?)
    #expect(
      solution.roots.map(\.digits) == [Arbitrary.Decimal.digits(of: expected, significant: 40)])
    #expect(solution.isComplete)
  }

  // MARK: Outside the domain

  static let inside = [
    "omega_a": "1", "omega_b": "3/5", "omega_p": "10", "kappa": "46/25", "zeta1": "1/100",
    "zeta2": "1/100", "nu1": "1", "nu2": "1",
  ]
  static let state = ["covariance", "nuPT", "logneg", "negativity"]

  @Test(
    arguments: [
      (
        ["kappa": "10"], ["alpha", "beta", "a11", "Gamma1", "C", "nl"] + state,
        "abs(S) > 2*abs(kappa)"
      ),
      (["kappa": "-46/5"], ["alpha", "a22", "gamma8", "nm"] + state, "abs(S) > 2*abs(kappa)"),
      (["zeta1": "1/1000000"], ["nl"] + state, "C > D"),
      (["zeta2": "1/1000000"], ["nm"] + state, "E > F"),
    ])
  func pointsWithoutASteadyStateAreRefused(
    change: [String: String], names: [String], condition: String
  ) throws {
    let document = try Self.shared.get()
    let place = try PaperDocument.point(
      Self.inside.merging(change) { _, new in new }, in: document)
    for name in names {
      let message = PaperDocument.refusal { _ = try document.evaluate(name, at: place, digits: 10) }
      #expect(message.contains("outside the domain of '\(name)'"), "\(name): \(message)")
      #expect(message.contains(condition), "\(name): \(message)")
    }
  }

  // MARK: What must fail

  struct Mutation: Sendable, CustomTestStringConvertible {
    let claim: String
    let sections: [String]
    let original, changed: String
    var testDescription: String { "\(claim): \(original) → \(changed)" }
    init(_ claim: String, _ sections: [String], _ original: String, _ changed: String) {
      (self.claim, self.sections) = (claim, sections)
      (self.original, self.changed) = (original, changed)
    }
  }

  static let transformation = ["The Bogoliubov transformation"]
  static let baths = transformation + ["The baths"]
  static let equation = baths + ["The master equation"]

  static let usualMutations = [
    Mutation("eq9", transformation, "let beta  = -i*s*y", "let beta  = -i*y"),
    Mutation("eq9", transformation, "+ kappa*(a'*b' + b*a)", "- kappa*(a'*b' + b*a)"),
    Mutation(
      "normalised", transformation, "let y = sqrt(abs(S)/(2*R) - 1/2)",
      "let y = sqrt(abs(S)/(2*R) - 1/3)"),
    Mutation("eq8", transformation, "== beta where S*kappa > 0", "== beta where S*kappa < 0"),
    Mutation("eq9_energies", transformation, "[a11, a22] where S > 0", "[a22, a11] where S > 0"),
    Mutation("shift_above", baths, "w*log(abs(w)/nu))", "w*log(abs(w)/(2*nu)))"),
    Mutation("shift_below", baths, "im_K(z, nu, -w)", "im_K(z, nu, w)"),
    Mutation(
      "short_C", equation, "let C = x^2*Gamma1 + y^2*gamma5",
      "let C = x^2*Gamma1 + y^2*gamma7"),
    Mutation(
      "short_D", equation, "let D = y^2*gamma7 + x^2*Gamma3",
      "let D = y^2*gamma7 + x^2*Gamma1"),
    Mutation("occupations", equation, "jump l'  rate 2*up_l", "jump l'  rate up_l"),
    Mutation("bare_correlation", equation, "alpha*conj(beta)*(up_l", "conj(alpha)*beta*(-up_l"),
    Mutation(
      "correlation_real", equation, "alpha*conj(beta) == -s*x*y",
      "alpha*conj(beta) == s*x*y"),
    Mutation(
      "eq16", equation, "(n1 + 1/2)*abs(ea*conj(al) - conj(eb)*conj(be))^2",
      "(n1 + 1/2)*abs(ea*conj(al) + conj(eb)*conj(be))^2"),
  ]
  static let mutations = usualMutations + (PaperDocument.isCampaign ? longMutations : [])
  static let longMutations = [
    Mutation("eq9", transformation, "let beta  = -i*s*y", "let beta  = i*s*y"),
    Mutation("eq9", transformation, "let a11 =  d/2 + sign(S)*R/2", "let a11 =  d/2 - sign(S)*R/2"),
    Mutation("eq9", transformation, "let a22 = -d/2 + sign(S)*R/2", "let a22 = d/2 + sign(S)*R/2"),
  ]

  /// Each changed sign, index or factor lets its claim fall.
  @Test(arguments: mutations)
  func aChangedFormulaIsRefuted(_ mutation: Mutation) throws {
    let result = try Self.paper.result(
      of: mutation.claim, in: mutation.sections, replacing: mutation.original,
      by: mutation.changed, at: mutation.claim == "eq9" ? Self.place : nil)
    #expect(!result.holds)
    #expect(result.status == .refuted, "\(result.detail)")
  }

  /// Each erratum of the transformation turned into a claim is refuted with a point that shows it.
  @Test(arguments: ["eq8_sign", "a11_sign"] + (PaperDocument.isCampaign ? ["eq9_sign"] : []))
  func anErratumAsAClaimIsRefuted(_ id: String) throws {
    try Self.expectRefuted(id, in: Self.paper.excerpt(Self.transformation))
  }

  @Test(arguments: ["short_form", "first_order"])
  func anErratumOfTheBathsAsAClaimIsRefuted(_ id: String) throws {
    try Self.expectRefuted(id, in: Self.paper.excerpt(Self.equation))
  }

  @Test func theErrataOfTheNumbersAsClaimsAreRefuted() throws {
    var text = Self.paper.text
    let ids = ["optimum_cutoffs", "undriven", "maximum_negativity", "optimum_number"]
    for id in ids { text = try Self.claiming(id, in: text) }
    text = PaperDocument.keeping(Set(ids), in: text)
    for result in try Self.paper.document(text).check(only: Set(ids)) {
      #expect(result.kind == .claim)
      #expect(!result.holds, "\(result.id)")
      #expect(result.status == .refuted, "\(result.id)")
    }
  }

  static func expectRefuted(_ id: String, in text: String) throws {
    let document = try paper.document(PaperDocument.keeping([id], in: claiming(id, in: text)))
    let result = try #require(try document.check(only: [id]).first)
    #expect(result.kind == .claim)
    #expect(!result.holds)
    #expect(result.status == .refuted)
    #expect(result.counterexample != nil)
  }

  /// The text with an erratum stated as a claim, without its correction.
  static func claiming(_ id: String, in text: String) throws -> String {
    let start = try #require(text.range(of: "erratum \(id) ")).lowerBound
    let correction = try #require(text.range(of: "corrected by", range: start..<text.endIndex))
    let end = text[correction.lowerBound...].firstIndex(of: "\n") ?? text.endIndex
    let body = text[start..<correction.lowerBound].dropFirst("erratum".count)
    return text.replacingCharacters(in: start..<end, with: "claim" + body)
  }
}
