import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// What `Tests/Oracles/generate_floquet.py` recorded.
struct RecordedFloquet: Decodable {
  struct Harmonic: Decodable {
    let k: Int
    let v: [[[String]]]
  }
  struct Bath: Decodable {
    let coupling: [[[String]]]
    let kappa, wc, temperature: String

    enum CodingKeys: String, CodingKey {
      case coupling, kappa, wc
      case temperature = "T"
    }
  }
  let name, scale: String
  let hamiltonian: [[[String]]]
  let harmonics: [Harmonic]
  let baths: [Bath]
  let quasienergies, populations: [String]
  let rates: [[String]]
  let labels: [Int]
  let rhoFull, rhoSecular: [[[String]]]
  let concurrenceFull, concurrenceSecular: String?

  enum CodingKeys: String, CodingKey {
    case name, scale, hamiltonian, harmonics, baths, quasienergies, populations, rates, labels
    case rhoFull = "rho_full"
    case rhoSecular = "rho_secular"
    case concurrenceFull = "concurrence_full"
    case concurrenceSecular = "concurrence_secular"
  }

  struct File: Decodable { let cases: [RecordedFloquet] }
  static let all = Result { try Oracle.load("floquet", as: File.self).cases }

  static func named(_ name: String) throws -> RecordedFloquet {
    try #require(all.get().first { $0.name == name })
  }

  static func matrix(_ rows: [[[String]]]) throws -> Operator<Rational> {
    try Matrix(rows: rows.count, columns: rows.count) { i, j throws in
      Complex(re: try #require(Rational(rows[i][j][0])), im: try #require(Rational(rows[i][j][1])))
    }
  }

  func system() throws -> DrivenSystem<Rational> {
    var harmonics: [Int: Operator<Rational>] = [:]
    for entry in self.harmonics { harmonics[entry.k] = try RecordedFloquet.matrix(entry.v) }
    return try DrivenSystem(
      hamiltonian: RecordedFloquet.matrix(hamiltonian), harmonics: harmonics, frequency: 1,
      couplings: baths.map { try RecordedFloquet.matrix($0.coupling) })
  }

  /// Strength, cutoff and temperature of each bath.
  func parameters() throws -> [(Rational, Rational, Rational)] {
    try baths.map {
      (
        try #require(Rational($0.kappa)), try #require(Rational($0.wc)),
        try #require(Rational($0.temperature))
      )
    }
  }

  func model(_ options: FloquetOptions = FloquetOptions()) throws -> FloquetModel {
    try DrivenQubits.model(system(), parameters(), options)
  }

  func functions() throws -> [(Double) -> Double] {
    try parameters().map {
      BathFunction.ohmicInDoubles(
        strength: $0.0.approximateDouble, cutoff: $0.1.approximateDouble,
        temperature: $0.2.approximateDouble)
    }
  }
}

/// The number of a text that is one.
func fraction(_ text: String) -> Rational { Rational(text) ?? 0 }

/// Two qubits in one driving field and one bath, as in the paper on driven qubits.
enum DrivenQubits {
  static func system(
    amplitude: Rational, detuning: Rational, asymmetry: Rational,
    coupling: Rational = fraction("-5/2"),
    gaps: (Rational, Rational) = (fraction("1/10"), fraction("3/20"))
  ) throws -> DrivenSystem<Rational> {
    let (x, z): (Operator<Rational>, Operator<Rational>) = (Operators.sx(), Operators.sz())
    let one = Operator<Rational>.identity(2)
    let (z1, z2) = (z.kronecker(one), one.kronecker(z))
    let flip: Operator<Rational> =
      Operators.sp().kronecker(Operators.sm()) + Operators.sm().kronecker(Operators.sp())
    func times(_ factor: Rational, _ matrix: Operator<Rational>) -> Operator<Rational> {
      Complex(factor * half) * matrix
    }
    let hamiltonian =
      times(-detuning, z1 + z2) + times(-gaps.0, x.kronecker(one))
      + times(-gaps.1, one.kronecker(x)) + times(-coupling, flip)
    return try DrivenSystem(
      hamiltonian: hamiltonian, harmonics: [1: times(-amplitude * half, z1 + z2)], frequency: 1,
      couplings: [z1 + Complex(asymmetry) * z2])
  }

  private static let half = fraction("1/2")
  static let bath: [(Rational, Rational, Rational)] = [
    (fraction("1/1000"), 10, fraction("467/100000"))
  ]

  static func model(
    _ system: DrivenSystem<Rational>,
    _ parameters: [(Rational, Rational, Rational)] = bath,
    _ options: FloquetOptions = FloquetOptions()
  ) throws -> FloquetModel {
    try FloquetModel(system, options: options) { bits throws(FloquetError) in
      var functions: [BathFunction] = []
      for (strength, cutoff, temperature) in parameters {
        functions.append(
          try .ohmic(
            strength: Interval(strength, precision: bits),
            cutoff: Interval(cutoff, precision: bits),
            temperature: Interval(temperature, precision: bits)))
      }
      return functions
    }
  }
}
