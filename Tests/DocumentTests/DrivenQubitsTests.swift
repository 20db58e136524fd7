import Arbitrary
import Certified
import Documents
import Exact
import Symbolic
import TestSupport
import Testing

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

  @Test func algebraIsProvedAndPointsAreCertified() throws {
    let results = try Self.shared.get().check(digits: 6, jobs: 2)
    #expect(results.count >= 35)
    for result in results {
      let found = "\(result.id): \(result.status) \(result.detail)"
      #expect(result.holds, "\(found)")
      if result.kind == .erratum { #expect(result.status == .refuted, "\(found)") }
    }
    #expect(results.count { $0.status == .proved } >= 14)
    #expect(results.count { $0.status == .certified } >= 16)
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
