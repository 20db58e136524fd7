import Arbitrary
import Documents
import Exact
import Symbolic
import TestSupport
import Testing

/// The document of the two-bath qubits against the 16 × 16 generator of
/// `Tests/Oracles/generate_two_bath_qubits.py`, and against its own falsifications.
@Suite struct TwoBathQubitsTests {
  struct Roots: Decodable {
    struct Threshold: Decodable {
      let name: String
      let values: [String]
    }
    let thresholds: [Threshold]
  }

  static let paper = PaperDocument("two-bath-qubits.md")
  static let shared = Result { try paper.document() }
  static let place =
    "Delta = 1, T1 = 2, T2 = 1/3, J1 = 1, J2 = 10, K1 = 1/4, K2 = 19/2, xi = 1/2"
  static let recorded = Result {
    try Oracle.load("two_bath_qubits", as: PaperDocument.Recorded.self)
  }
  static let roots = Result { try Oracle.load("two_bath_qubits", as: Roots.self) }

  static func recordedRoots(_ name: String) throws -> [Rational] {
    let found = try #require(try roots.get().thresholds.first { $0.name == name })
    return try found.values.map { try #require(Rational($0) as Rational?) }
  }

  /// What rests on algebra is proved; only numbers that the print rounds are less.
  @Test func everyClaimIsAsTheDocumentSays() throws {
    let results = try Self.shared.get().check()
    #expect(results.count >= 50)
    let rounded: Set = ["T2bound_value", "cap_value"]
    PaperDocument.expectAsStated(results, rounded: rounded)
  }

  @Test func everyNameHasTheRecordedValue() throws {
    let points = try Self.recorded.get().points
    #expect(points.count >= 12)
    let document = try Self.shared.get()
    let names = Set(points.flatMap(\.values.keys)).subtracting(["rho"])
    try PaperDocument.compare(points, with: document, only: names)
    // The model's own state takes a second a point.
    let sample = PaperDocument.isCampaign ? points : Array(points.dropFirst(4).prefix(2))
    try PaperDocument.compare(sample, with: document, only: ["rho"])
  }

  @Test func theLimitOfLargeJ2HasTheRecordedValues() throws {
    let points = try #require(try Self.recorded.get().large)
    try PaperDocument.compare(points, with: Self.shared.get())
  }

  @Test(arguments: [
    "T1max", "theta_max", "T2bound", "smallest_ratio", "distance_3d", "distance_2d",
  ])
  func thresholdsAreTheRecordedRoots(name: String) throws {
    let solution = try Self.shared.get().solve(name, at: [:], digits: 40)
    let expected = try Self.recordedRoots(name)
    #expect(
      solution.roots.map(\.digits)
        == expected.map { Arbitrary.Decimal.digits(of: $0, significant: 40) })
    #expect(solution.isComplete)
  }

  @Test func theBoundOfT2HasAClosedForm() throws {
    let root = try #require(try Self.shared.get().solve("T2bound", at: [:], digits: 50).roots.first)
    #expect(root.digits.hasPrefix("0.567296328553255492028622702576643118931"))
    #expect(root.closedForm != nil || root.kernel?.closedForm != nil)
    #expect(root.change == "ceases")
  }

  @Test func theGreatestNegativityIsTheRecordedLimit() throws {
    let expected = try #require(try Self.recordedRoots("negativity_supremum").first)
    let five = try #require(Rational("5") as Rational?)
    // (6N + 2)^2 = 5 to the digits recorded.
    let side = Rational(6) * expected + Rational(2)
    #expect((side * side - five).magnitude < (try #require(Rational("1e-42"))))
  }

  // MARK: Outside the domain

  static let inside = [
    "Delta": "1", "T1": "1", "T2": "2", "J1": "1", "J2": "2", "K1": "1/2", "K2": "1", "xi": "0",
  ]

  @Test(
    arguments: [
      (["K1": "3"], "abs(K1) <= J1"), (["K1": "-11/10"], "abs(K1) <= J1"),
      (["K2": "-5/2"], "abs(K2) <= J2"), (["K1": "1", "K2": "2"], "xi + J1 + J2 > abs(K1 + K2)"),
      (["K1": "-1", "K2": "-2"], "xi + J1 + J2 > abs(K1 + K2)"),
    ])
  func pointsWithoutASteadyStateAreRefused(change: [String: String], condition: String) throws {
    let document = try Self.shared.get()
    let place = try PaperDocument.point(
      Self.inside.merging(change) { _, new in new }, in: document)
    for name in ["c", "p1", "p4", "lambda_minus", "negativity", "rho"] {
      let message = PaperDocument.refusal { _ = try document.evaluate(name, at: place, digits: 10) }
      #expect(message.contains("outside the domain of '\(name)'"), "\(name): \(message)")
      #expect(message.contains(condition), "\(name): \(message)")
    }
  }

  @Test func valuesOutsideAParametersDomainAreRefused() throws {
    let document = try Self.shared.get()
    for (name, value) in [("T1", "0"), ("Delta", "-1"), ("J2", "0"), ("xi", "-1/10")] {
      let message = PaperDocument.refusal {
        _ = try PaperDocument.point(
          Self.inside.merging([name: value]) { _, new in new }, in: document)
      }
      #expect(message.contains("outside the domain of '\(name)'"), "\(message)")
    }
  }

  // MARK: What must fail

  struct Mutation: Sendable, CustomTestStringConvertible {
    let claim: String
    let original, changed: String
    var testDescription: String { "\(claim): \(original) → \(changed)" }
    init(_ claim: String, _ original: String, _ changed: String) {
      (self.claim, self.original, self.changed) = (claim, original, changed)
    }
  }

  /// A sign or a coefficient of Eqs. (21)-(24) or of the generator changed: the claim is refuted.
  @Test(
    arguments: [
      Mutation(
        "eq23", "gamma/beta*(eta_prime - eta)*(1 - eta^2)",
        "gamma/beta*(eta_prime + eta)*(1 - eta^2)"),
      Mutation("eq23", "/(4*(eta_prime - eta)^2 + gamma^2", "/(4*(eta_prime - eta)^2 - gamma^2"),
      Mutation(
        "eq23", "(1 + eta_prime)*(1 + 3*eta^2 + 3*eta_prime",
        "(1 + eta_prime)*(1 + 3*eta^2 - 3*eta_prime"),
      Mutation("eq23_always", "beta_up*(3 + eta^2))", "beta_up*(3 - eta^2))"),
      Mutation(
        "eq24_print_1", "- 2*(eta_prime*eta + eta_prime - eta - 1)",
        "+ 2*(eta_prime*eta + eta_prime - eta - 1)"),
      Mutation("eq24_print_2", "(-z*(eta + eta_prime)", "(z*(eta + eta_prime)"),
      Mutation(
        "eq24_print_4", "+ 2*eta*(eta_prime*eta + eta_prime - eta - 1)",
        "- 2*eta*(eta_prime*eta + eta_prime - eta - 1)"),
      Mutation("eq24_1", "let p1 = (1 + c/gamma", "let p1 = (1 - c/gamma"),
      Mutation("trace", "let p4 = (eta^2 + c/gamma", "let p4 = (eta^2 - c/gamma"),
      Mutation("eq23_always", "density [[J1, K1], [K1, J1]]", "density [[J1, -K1], [-K1, J1]]"),
      Mutation(
        "eq24_1", "hamiltonian -Delta/2*(sz(A) + sz(B))",
        "hamiltonian Delta/2*(sz(A) + sz(B))"),
      Mutation("eq23_always", "rate xi*gamma/2", "rate xi*gamma"),
      Mutation("thermal", "x1^2/(1 + x1)^2]", "x1/(1 + x1)^2]"),
      Mutation("bracket_vanishes", "K2 = J2, xi = 0) == 0", "K2 = -J2, xi = 0) == 0"),
    ])
  func aChangedSignIsRefuted(_ mutation: Mutation) throws {
    let result = try Self.paper.result(
      of: mutation.claim, in: ["Rates", "The model"], replacing: mutation.original,
      by: mutation.changed,
      at: mutation.claim.hasPrefix("eq2") || mutation.claim == "trace" ? Self.place : nil)
    #expect(!result.holds)
    #expect(result.status == .refuted, "\(result.detail)")
    #expect(result.counterexample != nil)
  }

  @Test(
    arguments: [
      Mutation("chain_ground", "let d_minus = gamma - beta", "let d_minus = gamma + beta"),
      Mutation("chain_singlet", "(p2 - c - p1", "(p2 + c - p1"),
      Mutation("bound_step_3", "f^2 - 6*f + 1 <= 0, e > f", "f^2 - 7*f + 1 <= 0, e > f"),
      Mutation(
        "bound_sharp", "where f^2 - 6*f + 1 > 0", "where f^2 - 7*f + 1 < 0, f^2 - 6*f + 1 < 0"),
      Mutation("cap", "(sqrt(5) - 2)/6)^2 >", "(sqrt(5) - 2)/7)^2 >"),
      Mutation("bracket_slope", "gamma^2*(1 + eta)^3", "gamma^2*(1 + eta)^4"),
    ])
  func aChangedBoundFalls(_ mutation: Mutation) throws {
    let result = try Self.paper.result(
      of: mutation.claim, in: ["Rates", "The model", "The chain of the Bell states"],
      replacing: mutation.original, by: mutation.changed,
      at: mutation.claim.hasPrefix("chain") ? Self.place : nil)
    #expect(!result.holds)
    #expect(result.status == .refuted, "\(result.detail)")
  }

  @Test(
    arguments: [
      Mutation("eq25", "- 4*(((1 + k1)*X", "+ 4*(((1 + k1)*X"),
      Mutation("eq25_print", "- (K1 + K2)^2 - abs(K1 + K2)", "- (K1 - K2)^2 - abs(K1 + K2)"),
      Mutation(
        "eq25_K1_zero", "where k2 > 1/sqrt(2), ratio > 1/(sqrt(2)*k2 - 1)",
        "where k2 > 1/sqrt(2), ratio > 1/(sqrt(2)*k2)"),
      Mutation(
        "smallest_ratio_above", "with k2 = 1) >= 0 where ratio <= 2",
        "with k2 = 1) >= 0 where ratio <= 21/10"),
    ])
  func aChangedConditionFalls(_ mutation: Mutation) throws {
    let result = try Self.paper.result(
      of: mutation.claim,
      in: ["Rates", "The model", "The chain of the Bell states", "Low temperatures"],
      replacing: mutation.original,
      by: mutation.changed)
    #expect(!result.holds)
    #expect(result.status == .refuted, "\(result.detail)")
  }

  @Test(
    arguments: [
      Mutation("eq26_trace", "((1 + 2*theta)^3 - k^2)", "((1 + 2*theta)^3 + k^2)"),
      Mutation("eq26_chain", "let c_large = -sigma_large", "let c_large = sigma_large"),
      Mutation("eq26_c", "let c_large = -sigma_large", "let c_large = sigma_large"),
      Mutation("eq26_weights", "== [2/3, 1/3]", "== [1/3, 2/3]"),
      Mutation("eq26_separable", "where k^2 <= 1/2", "where k^2 <= 9/10"),
    ])
  func aChangedLimitFalls(_ mutation: Mutation) throws {
    let result = try Self.paper.result(
      of: mutation.claim, in: ["Rates", "The model", "Large $J_2$"], replacing: mutation.original,
      by: mutation.changed)
    #expect(!result.holds)
    #expect(result.status == .refuted, "\(result.detail)")
  }

  @Test func theErratumAsAClaimIsRefuted() throws {
    let result = try Self.paper.result(
      of: "quarter_identity", in: ["Rates", "The model", "Different splittings"],
      replacing:
        "erratum quarter_identity from \"Sec. III B\": rho_one[1,1] == 1/(4*(1 + exp(-D1/T1)))"
        + "\n    corrected by half_identity",
      by: "claim quarter_identity from \"Sec. III B\": rho_one[1,1] == 1/(4*(1 + exp(-D1/T1)))")
    #expect(result.kind == .claim)
    #expect(!result.holds)
    #expect(result.status == .refuted)
  }
}
