import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// Models that QuTiP and python-flint solved, written as jumps throughout.
@Suite struct RecordedModelTests {
  struct File: Decodable { let models: [Entry] }

  struct Entry: Decodable {
    struct Jump: Decodable {
      let rate: String
      let matrix: [[[String]]]
    }
    struct Party: Decodable {
      let sites: [Int]
      let negativity, logarithmic: String

      enum CodingKeys: String, CodingKey {
        case sites, negativity
        case logarithmic = "log_negativity"
      }
    }
    let name: String
    let dims: [Int]
    let hamiltonian: [[[String]]]
    let jumps: [Jump]
    let kernelDimension: Int
    let steadyState: [[[String]]]?
    let exactSteadyState: [[[String]]]?
    let concurrence: Concurrence?
    let entanglement: [Party]

    enum CodingKeys: String, CodingKey {
      case name, dims, hamiltonian, jumps, concurrence, entanglement
      case kernelDimension = "kernel_dimension"
      case steadyState = "steady_state"
      case exactSteadyState = "exact_steady_state"
    }
  }

  /// Recorded as a number or as text.
  struct Concurrence: Decodable {
    let value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        value = try #require(Double(text))
      } else {
        value = try container.decode(Double.self)
      }
    }
  }

  private func rational(_ rows: [[[String]]]) throws -> Operator<Rational> {
    try Matrix(rows: rows.count, columns: rows.count) { i, j throws in
      Complex(
        re: try #require(Rational(rows[i][j][0])), im: try #require(Rational(rows[i][j][1])))
    }
  }

  private func double(_ rows: [[[String]]]) throws -> Operator<Double> {
    try Matrix(rows: rows.count, columns: rows.count) { i, j throws in
      Complex(re: try #require(Double(rows[i][j][0])), im: try #require(Double(rows[i][j][1])))
    }
  }

  @Test func everyRecordedModel() throws {
    let file = try Oracle.load("models", as: File.self)
    #expect(file.models.count >= 18)
    for entry in file.models {
      let space = try Space(
        entry.dims.enumerated().map {
          .init("s\($0.offset)", $0.element == 2 ? .qubit : .levels($0.element))
        })
      let model = try Model(
        space: space, hamiltonian: rational(entry.hamiltonian),
        channels: entry.jumps.map {
          .jump(try rational($0.matrix), rate: try #require(Rational($0.rate)))
        })
      let found = try Liouvillian(model).steadySpace()
      #expect(found.dimension == entry.kernelDimension, "\(entry.name)")
      for matrix in found.basis { #expect(try model.isStationary(matrix), "\(entry.name)") }
      guard let state = try Liouvillian(model).steadyState().state else {
        #expect(entry.kernelDimension > 1, "\(entry.name)")
        continue
      }
      if let exact = entry.exactSteadyState {
        #expect(try state == rational(exact), "\(entry.name)")
      }
      let recorded = try double(try #require(entry.steadyState))
      #expect(distance(inDoubles(state), recorded) < 1e-9, "\(entry.name)")
      let numeric = try NumericSteadyState(model.inDoubles).state
      #expect(distance(numeric, recorded) < 1e-9, "\(entry.name)")
      if let concurrence = entry.concurrence {
        let value = try Entanglement.concurrence(of: numeric)
        #expect(abs(value - concurrence.value) < 1e-7, "\(entry.name)")
      }
      for party in entry.entanglement {
        let negativity = try Entanglement.negativity(of: numeric, in: space, party: party.sites)
        let logarithmic = try Entanglement.logarithmicNegativity(
          of: numeric, in: space, party: party.sites)
        #expect(abs(negativity - (try #require(Double(party.negativity)))) < 1e-9)
        #expect(abs(logarithmic - (try #require(Double(party.logarithmic)))) < 1e-9)
      }
    }
  }
}
