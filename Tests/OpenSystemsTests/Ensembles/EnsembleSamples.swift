import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport

/// What `generate_ensembles.py` records.
struct RecordedEnsembles: Decodable {
  struct Parameters: Decodable {
    let coupling, field, bloch: [Rational]
    let down, up, dephasing, reset: Rational

    var ensemble: ResetEnsemble<Rational> {
      ResetEnsemble(
        coupling: .init(coupling[0], coupling[1], coupling[2]),
        field: .init(field[0], field[1], field[2]), down: down, up: up, dephasing: dephasing,
        reset: reset, resetVector: .init(bloch[0], bloch[1], bloch[2]))
    }
  }
  struct DoubleCase: Decodable {
    let name: String
    let n: Int
    let parameters: Parameters
    let pair: [[String]]
    let pairNegativity: String
    let negativity: [String]
    let average: String

    enum CodingKeys: String, CodingKey {
      case name, n, parameters, pair, negativity, average
      case pairNegativity = "pair_negativity"
    }
  }
  struct DigitCase: Decodable {
    let name: String
    let n: Int
    let parameters: Parameters
    let negativity: [String]
    let average: String
  }
  struct PhiloxCase: Decodable {
    let key, counter, words: [String]
  }
  let doubles: [DoubleCase]
  let digits: [DigitCase]
  let philox: [PhiloxCase]

  static func load() throws -> RecordedEnsembles {
    try Oracle.load("ensembles", as: RecordedEnsembles.self)
  }
}

/// All-to-all Ising coupling with dephasing and resets to |+>.
func isingEnsemble<F: Field>(
  _ g: F, _ gamma: F, _ r: F, over _: F.Type = F.self
) -> ResetEnsemble<F> {
  ResetEnsemble(coupling: .z(g), dephasing: gamma, reset: r)
}

/// A random ensemble with every term, all rates positive, and small rational numbers.
func randomEnsemble(seed: UInt64, isHierarchical: Bool) throws -> ResetEnsemble<Rational> {
  var random = SeededGenerator(seed: seed)
  func number() throws -> Rational {
    try Rational(Integer(Int(random.next() % 13) - 6), Integer(Int(random.next() % 4) + 1))
  }
  func rate() throws -> Rational {
    try Rational(Integer(Int(random.next() % 9) + 1), Integer(Int(random.next() % 4) + 1))
  }
  func vector() throws -> ResetEnsemble<Rational>.Vector {
    isHierarchical ? .z(try number()) : .init(try number(), try number(), try number())
  }
  let bloch = try (0..<3).map { _ in
    try Rational(Integer(Int(random.next() % 9) - 4), 8)
  }
  return ResetEnsemble(
    coupling: try vector(), field: try vector(), down: try rate(), up: try rate(),
    dephasing: try rate(), reset: try rate(), resetVector: .init(bloch[0], bloch[1], bloch[2]))
}
