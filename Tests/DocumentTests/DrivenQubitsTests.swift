import Arbitrary
import Certified
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Documents

/// The document of the driven qubits against `Tests/Oracles/generate_floquet.py`, and driven models in
/// documents.
@Suite struct DrivenQubitsTests {
  static let paper = PaperDocument("driven-qubits.md")
  static let shared = Result { try paper.document() }
  static let point = ["A": "19/5", "eps0": "37/10", "xi": "1/10"]

  struct Recorded: Decodable {
    struct Case: Decodable {
      let name: String
      let concurrence: String?
      let quasienergies: [String]

      enum CodingKeys: String, CodingKey {
        case name, quasienergies
        case concurrence = "concurrence_full"
      }
    }
    let cases: [Case]
  }

  private static func point(_ values: [String: String]) throws -> [Symbol: Rational] {
    try shared.get().point(try values.mapValues { try #require(Rational($0) as Rational?) })
  }

  /// Claims whose points take long in a build that is not optimised are left to the campaign.
  @Test func algebraIsProvedAndPointsAreCertifiedCampaign() throws {
    let document = try Self.shared.get()
    let sample = [
      "off_resonance", "positive_J", "upward", "perturbative_02", "effective_12", "pumped_up",
      "inside",
    ]
    let quick = document.checks.filter { item in
      switch item {
      case .claim(let claim): if case .domain = claim.place { true } else { false }
      case .crosscheck, .campaign, .certificate, .simulation: false
      }
    }.map(\.id)
    let results = try document.check(
      only: PaperDocument.isCampaign ? nil : Set(quick + sample), digits: 6, jobs: 2)
    #expect(results.count >= (PaperDocument.isCampaign ? 76 : 24))
    for result in results {
      let found = "\(result.id): \(result.status) \(result.detail)"
      #expect(result.holds, "\(found)")
      if result.kind == .erratum { #expect(result.status == .refuted, "\(found)") }
    }
    #expect(results.count { $0.status == .proved } >= 14)
    #expect(results.count { $0.status == .certified } >= sample.count)
  }

  static let small = """
    ```separatrix
    parameter w > 0
    parameter n >= 0
    qubit Q
    model D {
      hamiltonian -w/2*sz(Q) - 1/5*sx(Q)
      drive sz(Q) cos 1
      bath sx(Q) density v/20 in v temperature 1/2
    }
    let P = populations(D, 1, 2*pi*n)
    let S = evolution(D, [[1/2, 1/2], [1/2, 1/2]], 3)
    let now = steady(D, 1)
    let slow = steady(D, scale = 1)
    let secular = steady(D, generator = secular)
    LINES
    ```
    """

  private static func small(_ lines: String) throws -> Document {
    try Document(SourceText(small.replacing("LINES", with: lines), file: "d.md"))
  }

  @Test func propagationAgreesWithEnclosures() throws {
    let document = try Self.small(
      """
      crosscheck populations: P by propagation at 2 points digits 25 over n = 0..50, w = 1..3
      crosscheck element: P[2] by propagation at 1 point digits 25 over n = 0..50, w = 1..3
      crosscheck started: S by propagation at 1 point digits 25 over w = 1..3
      crosscheck turning: now by propagation at 1 point digits 25 over w = 1..3
      crosscheck scaled: slow by propagation at 1 point digits 25 over w = 1..3
      crosscheck rates: floquet_rates(D) by propagation at 1 point digits 25 over w = 1..3
      crosscheck golden: golden_rule(D) by propagation at 1 point digits 25 over w = 1..3
      crosscheck weighted: effective_rates(D) by propagation at 1 point digits 25 over w = 1..3
      """)
    for result in try document.check() {
      #expect(result.status == .agrees, "\(result.id): \(result.detail)")
    }
  }

  /// The generator with all harmonics agrees as far as its average holds, and no further.
  @Test func harmonicsAgreeToSomeDigits() throws {
    let document = try Self.small(
      """
      crosscheck few: steady(D) by harmonics at 1 point digits 2 over w = 1..3
      crosscheck many: steady(D) by harmonics at 1 point digits 9 over w = 1..3
      crosscheck none: steady(D, generator = secular) by harmonics at 1 point over w = 1..3
      crosscheck turned: steady(D, 1) by harmonics at 1 point over w = 1..3
      """)
    #expect(try document.check().map(\.status) == [.agrees, .refuted, .undecided, .undecided])
  }

  /// The road computes what is asked for: another state, time, scale or generator is another number.
  @Test func propagationTellsNumbersApart() throws {
    let document = try Self.small("")
    let point = try document.point(["w": 2, "n": 3])
    let road = NumericRoad(document: document, point: point, method: .propagation)
    func number(_ name: String) throws -> Real {
      let value = try #require(document.value(named: name))
      let node = try #require(document.definitions.last { $0.name == name }).syntax
      return try road.propagatedRows(of: value, node)[0][0].re
    }
    let numbers = try ["P", "S", "now", "slow", "secular"].map(number)
    for (i, a) in numbers.enumerated() {
      for b in numbers[..<i] { #expect((a - b).magnitude > Real(1e-6)) }
    }
  }

  @Test(
    arguments: [
      ("let x = evolution(D, 1)", "do not say what 'evolution' is to give"),
      ("let x = populations(D, 1)", "do not say what 'populations' is to give"),
      ("let x = quasienergies(D, 1)", "do not say what 'quasienergies' is to give"),
      ("let x = evolution(D, 3, 1)", "begins in an eigenstate without drive, 1 to 2"),
      ("let x = evolution(D, w, 1)", "begins in an eigenstate without drive"),
      ("let x = evolution(D, [[1]], 1)", "is 2×2, not 1×1"),
      ("let x = evolution(D, 1, -1)", "goes forward"),
      ("let x = steady(D, scale = 3)", "is 1, 2 or 2*pi times"),
      ("let x = mean_concurrence(D)", "that of two qubits"),
      ("crosscheck c: 2*P[1] by propagation at 1 point over w = 2..1", "range is empty"),
      ("figure f: map P[1] in n = 1..2, w = 1..2, logarithmic n", "only a plot has logarithmic"),
      ("figure f: plot P[1] in n = 0..2 with w = 1, logarithmic n", "begins above 0"),
      ("figure f: plot P[1] in n = 1..2 with w = 1, logarithmic m", "is no axis of this plot"),
    ])
  func errorsOfTimesSayWhatIsWrong(lines: String, expected: String) throws {
    let error = #expect(throws: DocumentError.self) { try Self.small(lines) }
    #expect("\(try #require(error))".contains(expected), "\(lines)")
  }

  @Test func whatIsNoStateOfADrivenModelHasNoRoad() throws {
    let document = try Self.small(
      "crosscheck c: 2*P[1] by propagation at 1 point over w = 1..2, n = 0..1")
    let result = try #require(try document.check().first)
    #expect(result.status == .undecided && result.detail.contains("no road of propagation"))
  }

  /// At the beginning populations are those put in, exactly.
  @Test func evolutionBeginsWhereItIsSaid() throws {
    let document = try Self.small(
      "let v = populations(D, 2, 0)\nlet u = populations(D, [[1/2, 1/2], [1/2, 1/2]], 0)")
    let point = try document.point(["w": 2, "n": 0])
    #expect(try document.evaluate("v", at: point, digits: 5).map { $0[0].re } == ["0", "1.0000"])
    let u = try document.evaluate("u", at: point, digits: 12).map { $0[0].re }
    // <1|ψ> for the lower level of -σz - σx/5 is cos(θ/2 - π/4) with tan θ = 1/5.
    #expect(u == ["0.598058067569", "0.401941932431"])
  }

  @Test func valuesAreTheRecordedOnes() throws {
    let recorded = try Oracle.load("floquet", as: Recorded.self).cases
      .first { $0.name == "off resonance" }
    let expected = try #require(recorded)
    let document = try Self.shared.get()
    let point = try Self.point(Self.point)
    func rounded(_ text: String) throws -> String {
      try Decimal.digits(of: #require(Rational(text) as Rational?), significant: 30)
    }
    let value = try document.evaluate("concurrence", at: point, digits: 30)[0][0].re
    #expect(try value == rounded(#require(expected.concurrence)))
    let energies = try document.evaluate("quasienergies", at: point, digits: 30).map { $0[0].re }
    let turns = try energies.map { energy in
      let number = try #require(Rational(energy) as Rational?)
      return number < 0 ? number + 1 : number
    }.sorted()
    for (found, text) in zip(turns, expected.quasienergies) {
      let known = try #require(Rational(text) as Rational?)
      #expect((found - known).magnitude < Rational("1e-28") ?? 0)
    }
  }

  /// Each changes the model or the number by little, and is noticed.
  @Test(
    arguments: [
      ("-A/2*(sz(Q) + sz(R)) cos 1", "-A/2*(sz(Q) - sz(R)) cos 1"),
      ("bath B density", "bath sz(Q) + sz(R) density"),
      ("concurrence ≈ 0.987", "concurrence ≈ 0.986"),
    ])
  func aChangeIsNoticed(_ old: String, _ new: String) throws {
    let text = Self.paper.text
    try #require(text.contains(old))
    let document = try Self.paper.document(text.replacing(old, with: new))
    let results = try document.check(only: ["off_resonance_to_three_digits"], digits: 6)
    #expect(results.map(\.holds) == [false])
  }

  @Test func aDarkStateIsReported() throws {
    let text = Self.paper.text.replacing("D2 = 3/20", with: "D2 = 1/10")
    let document = try Self.paper.document(text)
    let point = try document.point(["A": 3, "eps0": 2, "xi": 1])
    let error = #expect(throws: DocumentError.self) {
      try document.evaluate("concurrence", at: point, digits: 5)
    }
    #expect("\(try #require(error))".contains("dimension 2"))
  }

  /// The road of doubles that draws maps against enclosures.
  @Test func mapsAreRight() throws {
    let document = try Self.shared.get()
    guard case .scalar(let formula)? = document.value(named: "concurrence") else {
      Issue.record("no number")
      return
    }
    let names = formula.freeSymbols.sorted { $0.name < $1.name }
    #expect(names.map(\.name) == ["A", "eps0", "xi"])
    let program = try Program([formula], inputs: names)
    for (a, eps, xi) in [(3.75, 3.6875, 0.125), (1.5, 0.78125, 0.25), (6.25, 5.5, 0.0)] {
      let drawn = program.evaluate([a, eps, xi])[0]
      let box = try program.enclose(
        [a, eps, xi].map { Interval(Real($0)) }, precision: 64)[0].re
      #expect(box.width < Real(1e-12))
      #expect(abs(drawn - box.midpoint.approximateDouble) < 1e-9)
    }
  }

  @Test(
    arguments: [
      ("drive sz(Q) cos 1", "a driven model needs a bath"),
      ("drive sz(Q) cos w\nbath sz(Q) density v temperature T", "frequency of a drive is positive"),
      ("drive i*sx(Q) cos 1\nbath sz(Q) density v temperature T", "not known to be Hermitian"),
      ("drive sz(Q) cos 1\ndrive sz(Q) sin pi\nbath sz(Q) density v temperature T", "no multiples"),
      ("drive sz(Q) cos 1\njump sm(Q) rate 1", "hamiltonian, drive and bath only"),
      ("drive sz(Q) at 1", "expected 'cos' or 'sin'"),
      (
        "drive sz(Q) cos 1\nbath sz(Q) density v temperature 0", "temperature of a bath is positive"
      ),
    ])
  func errorsSayWhatIsWrong(lines: String, expected: String) throws {
    let text = """
      ```separatrix
      parameter w real
      parameter v, T > 0
      qubit Q
      model D {
      hamiltonian sx(Q)
      \(lines)
      }
      ```
      """
    let error = #expect(throws: DocumentError.self) {
      try Document(SourceText(text, file: "d.md"))
    }
    #expect("\(try #require(error))".contains(expected))
  }
}
