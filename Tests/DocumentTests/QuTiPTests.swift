import Arbitrary
import Documents
import Exact
import Symbolic
import TestSupport
import Testing

/// The documents of the five papers against `Tests/Oracles/generate_qutip.py`, which starts from operators,
/// Hamiltonians and jumps; `Docs/verification/qutip.md` has the differences.
@Suite struct QuTiPTests {
  struct Row: Decodable {
    enum Comparison: String, Decodable { case absolute, relative, multiset }
    enum Question: String, Decodable { case evaluate, solve }
    let id, document, name, text: String
    let ask: Question
    let compare: Comparison
    let tolerance: Double
  }
  struct Case: Decodable {
    let row: String
    let at: [String: String]
    let values: [[[String]]]
  }
  struct Recorded: Decodable {
    let rows: [Row]
    let cases: [Case]
  }

  static let recorded = Result { try Oracle.load("qutip", as: Recorded.self) }

  /// A paper's document, with the names that the rows add to it where it is read anew.
  ///
  /// Reading the documents of modes takes seconds in a debug build: the ordinary tests share those of
  /// their suites, which have no other names.
  static func document(_ paper: String) throws -> Document {
    switch paper {
    case "driven-modes": try DrivenModesTests.shared.get()
    case "entanglement-engines" where !PaperDocument.isCampaign:
      try EntanglementEnginesTests.shared.get()
    case "reset-qubits": try resetQubits.get()
    default: try extended(paper)
    }
  }

  static let resetQubits = Result { try extended("reset-qubits") }

  /// The document without its claims, and with the names that the rows add to it.
  static func extended(_ paper: String) throws -> Document {
    let source = PaperDocument("\(paper).md")
    let added = try recorded.get().rows.filter { $0.document == paper && !$0.text.isEmpty }
      .map(\.text).joined(separator: "\n")
    // The ensembles and models that the rows add have the names of later sections.
    let first = source.text.components(separatedBy: "\n## Another Hamiltonian")[0]
    let text = PaperDocument.keeping([], in: first)
    return try source.document(text + "\n```separatrix\n\(added)\n```\n")
  }

  /// The distance of two lists of numbers in the sense of a row; infinite where they do not pair.
  static func difference(
    _ found: [Complex<Double>], _ expected: [Complex<Double>], _ comparison: Row.Comparison
  ) -> Double {
    func distance(_ x: Complex<Double>, _ y: Complex<Double>) -> Double {
      ((x.re - y.re) * (x.re - y.re) + (x.im - y.im) * (x.im - y.im)).squareRoot()
    }
    guard found.count == expected.count else { return .infinity }
    var worst = 0.0
    var rest = expected
    for (index, value) in found.enumerated() {
      switch comparison {
      case .absolute: worst = max(worst, distance(value, expected[index]))
      case .relative:
        worst = max(worst, distance(value, expected[index]) / distance(value, .zero))
      case .multiset:
        let near = rest.indices.min { distance(rest[$0], value) < distance(rest[$1], value) }
        guard let near else { return .infinity }
        worst = max(worst, distance(rest.remove(at: near), value))
      }
    }
    return worst
  }

  static func numbers(_ values: [[[String]]]) throws -> [Complex<Double>] {
    try values.joined().map {
      Complex(re: try #require(Double($0[0])), im: try #require(Double($0[1])))
    }
  }

  static func evaluated(_ row: Row, _ entry: Case, in document: Document) throws
    -> [Complex<Double>]
  {
    let point = try PaperDocument.point(entry.at, in: document)
    if row.ask == .solve {
      return try document.solve(row.name, at: point, digits: 17).roots
        .map { Complex(try #require(Double($0.digits))) }
    }
    return try document.evaluate(row.name, at: point, digits: 17).joined().map {
      Complex(re: try #require(Double($0.re)), im: try #require(Double($0.im ?? "0")))
    }
  }

  /// What takes seconds a point in a debug build, or needs names of its own in a document that does,
  /// is for the campaign.
  static let slow: Set = [
    "driven-qubits/state", "driven-qubits/secular_state", "driven-qubits/rates",
    "driven-qubits/populations", "driven-qubits/secular_concurrence", "two-bath-qubits/state",
    "two-bath-qubits/concurrence", "driven-qubits/concurrence", "reset-qubits/xyz_average",
    "reset-qubits/ising_average", "entanglement-engines/local_logneg",
    "entanglement-engines/global_ab", "entanglement-engines/global_a",
    "entanglement-engines/one_quantum",
  ]

  @Test(arguments: [
    "reset-qubits", "driven-qubits", "driven-modes", "two-bath-qubits", "entanglement-engines",
  ])
  func documentsHaveTheValuesOfQuTiP(paper: String) throws {
    let recorded = try Self.recorded.get()
    let document = try Self.document(paper)
    let rows = recorded.rows.filter { $0.document == paper }
    #expect(rows.count >= 6)
    for row in rows
    where !Self.driven.contains(row.id) && (PaperDocument.isCampaign || !Self.slow.contains(row.id))
    {
      let cases = recorded.cases.filter { $0.row == row.id }
      #expect(!cases.isEmpty, "\(row.id)")
      for entry in PaperDocument.isCampaign ? cases[...] : cases.prefix(1) {
        let found = try Self.evaluated(row, entry, in: document)
        let difference = Self.difference(found, try Self.numbers(entry.values), row.compare)
        #expect(difference <= row.tolerance, "\(row.id) at \(entry.at): \(difference)")
      }
    }
  }

  /// Thresholds of the driven qubits: to solve for them takes minutes in a debug build.
  static let driven: Set = ["driven-qubits/xi_c", "driven-qubits/amplitude_half"]

  /// The conditions of those thresholds are enclosed on both sides of QuTiP's roots.
  @Test(
    .enabled(if: PaperDocument.isCampaign),
    arguments: [
      ("xi_c", "xi", "rates[2,3] - rates[1,3]", ["A": "19/5", "eps0": "37/10"]),
      ("amplitude_half", "A", "1/2 - concurrence", ["eps0": "37/10", "xi": "1/10"]),
    ])
  func drivenThresholdsLieWhereQuTiPHasThem(
    id: String, unknown: String, condition: String, others: [String: String]
  ) throws {
    let recorded = try Self.recorded.get()
    let row = try #require(recorded.rows.first { $0.id == "driven-qubits/" + id })
    let text = try #require(recorded.cases.first { $0.row == row.id }).values[0][0][0]
    let root = try #require(Rational(text) as Rational?)
    let paper = PaperDocument("driven-qubits.md")
    let document = try paper.document(
      PaperDocument.keeping([], in: paper.text)
        + "\n```separatrix\nlet q_condition = \(condition)\n```\n")
    let step = try #require(Rational(exactly: row.tolerance) as Rational?)
    let signs = try [root - step, root + step].map { place in
      let at = others.merging([unknown: place.description]) { old, _ in old }
      let value = try document.evaluate(
        "q_condition", at: PaperDocument.point(at, in: document), digits: 3)[0][0].re
      return value.hasPrefix("-")
    }
    #expect(signs == [false, true])
  }

  /// The last digit that a tolerance leaves, changed in any recorded number, is noticed.
  @Test(arguments: [
    "reset-qubits/state", "reset-qubits/liouvillian", "reset-qubits/negativity",
    "reset-qubits/onset", "two-bath-qubits/c", "driven-modes/covariance",
    "entanglement-engines/squeezed_pair",
  ])
  func aChangedDigitIsNoticed(_ id: String) throws {
    let recorded = try Self.recorded.get()
    let row = try #require(recorded.rows.first { $0.id == id })
    let entry = try #require(recorded.cases.first { $0.row == id })
    let found = try Self.evaluated(row, entry, in: Self.document(row.document))
    let values = try Self.numbers(entry.values)
    #expect(Self.difference(found, values, row.compare) <= row.tolerance)
    for index in values.indices {
      var changed = values
      changed[index] = changed[index] + Complex(2 * row.tolerance)
      #expect(Self.difference(found, changed, row.compare) > row.tolerance, "\(id) \(index)")
    }
    #expect(Self.difference(found, values.dropLast(), row.compare) == .infinity)
  }
}
