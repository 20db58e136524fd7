import Arbitrary
import Documents
import Exact
import Symbolic
import TestSupport
import Testing

/// Ensembles of equal qubits in documents.
struct EnsembleDocumentTests {
  private static let head = """
    parameter g, r, gamma > 0
    parameter N in 2..100
    ensemble E {
      coupling [0, 0, g]
      dephasing gamma
      reset to [1, 0, 0] rate r
    }
    qubit A, B
    model M {
      hamiltonian g*sz(A)*sz(B)
      dephasing A, B rate gamma
      reset A, B to plus rate r
    }

    """

  struct ManyResets: Decodable {
    struct Case: Decodable {
      let n, g, gamma, r: String
      let average: Double

      enum CodingKeys: String, CodingKey {
        case g, gamma, r, average
        case n = "N"
      }
    }
    let cases: [Case]
  }

  /// Without the symmetry, from the full density matrix: `Tests/Oracles/generate_many_resets.py`.
  @Test func averagesAreThoseOfTheFullDensityMatrix() throws {
    let document = try document("let a = average_negativity(E, N)")
    for item in try Oracle.load("many_resets", as: ManyResets.self).cases {
      let point = try document.point(
        try ["N": item.n, "g": item.g, "gamma": item.gamma, "r": item.r].mapValues {
          try #require(Rational($0) as Rational?)
        })
      let text = try document.evaluate("a", at: point, digits: 20)[0][0].re
      let value = try #require(Double(text))
      #expect(abs(value - item.average) < 1e-14, "\(item)")
      #expect(abs(value - item.average * (1 + 1e-12)) > 1e-14)
    }
  }

  private func document(_ text: String) throws -> Document {
    try Document(SourceText("```separatrix\n\(Self.head)\(text)\n```", file: "e.md"))
  }

  @Test(
    arguments: [
      ("reduced(E, 2, 2) == steady(M)", Status.proved),
      ("reduced(E, 3, 2) == steady(M)", .refuted), ("trace(reduced(E, 4, 2)) == 1", .proved),
      ("pair_negativity(E, N) ≈ 0.0133 at g = 5/2, gamma = 1, r = 5, N = 2", .certified),
      ("pair_negativity(E, N) ≈ 0.0134 at g = 5/2, gamma = 1, r = 5, N = 2", .refuted),
      ("pair_negativity(E, 3) <= 0 at g = 5/2, gamma = 1, r = 5", .certified),
      (
        "average_negativity(E, 2) == pair_negativity(E, 2) at g = 5/2, gamma = 1, r = 5",
        .undecided
      ),
      (
        "party_negativity(E, 4, 1) > party_negativity(E, 4, 2) at g = 2, gamma = 1, r = 5", .refuted
      ),
    ])
  func claims(claim: String, expected: Status) throws {
    let result = try #require(try document("claim c: \(claim)").check().last)
    #expect(result.status == expected, "\(result.detail)")
  }

  /// For two qubits the exact value is known: 29/2184.
  @Test func digitsOfManyQubits() throws {
    let document = try document(
      "let pair = pair_negativity(E, N)\nlet average = average_negativity(E, N)")
    func value(_ name: String, _ n: Rational) throws -> String {
      let point = try document.point(
        ["g": try Rational(5, 2), "gamma": 1, "r": 5, "N": n])
      return try document.evaluate(name, at: point, digits: 20)[0][0].re
    }
    #expect(try value("pair", 2) == "0.013278388278388278388")
    #expect(try value("average", 2) == "0.013278388278388278388")
    #expect(try value("pair", 50) == "0")
    #expect(throws: DocumentError.self) { try value("pair", try Rational(5, 2)) }
  }

  private struct Recorded: Decodable {
    struct Case: Decodable {
      struct Parameters: Decodable {
        let coupling: [String]
        let dephasing: String
        let reset: String
      }
      let name: String
      let n: Int
      let parameters: Parameters
      let negativity: [String]
      let average: String
    }
    let digits: [Case]
  }

  /// Against the full generator, by `Tests/Oracles/generate_ensembles.py`.
  @Test func valuesAreTheRecordedOnes() throws {
    let cases = try Oracle.load("ensembles", as: Recorded.self).digits
      .filter { $0.name == "Ising" && $0.n <= 4 }
    try #require(cases.count >= 2)
    for entry in cases {
      let document = try document(
        "let one = party_negativity(E, \(entry.n), 1)\nlet average = average_negativity(E, \(entry.n))"
      )
      let numbers = [
        "g": entry.parameters.coupling[2], "gamma": entry.parameters.dephasing,
        "r": entry.parameters.reset,
      ]
      let point = try document.point(
        try numbers.mapValues { try #require(Rational($0) as Rational?) })
      for (name, text) in [("one", entry.negativity[0]), ("average", entry.average)] {
        let expected = try #require(Rational(text) as Rational?)
        #expect(
          try document.evaluate(name, at: point, digits: 20)[0][0].re
            == Decimal.digits(of: expected, significant: 20), "\(name) of \(entry.n)")
      }
    }
  }

  @Test(
    arguments: [
      ("ensemble F { coupling [1, 2] }", "the components along x, y and z"),
      ("ensemble F { dephasing -1 }", "a rate is not negative"),
      ("ensemble F { reset to [1, 1, 0] rate r }", "not longer than 1"),
      ("ensemble F { dephasing r\n dephasing r }", "given twice"),
      ("ensemble F { jump sz rate r }", "unknown line 'jump'"),
      ("let x = pair_negativity(M, 2)", "takes an ensemble"),
      ("let x = reduced(E, 3, 4)", "expected a whole number from 1 to 3"),
    ])
  func errorsSayWhatIsWrong(statement: String, expected: String) throws {
    let error = #expect(throws: DocumentError.self) { try document(statement) }
    #expect("\(try #require(error))".contains(expected))
  }
}
