import Algebra
import Arbitrary
import Exact

/// Bosonic modes with the passive Hamiltonian Σ H_ij a_i†a_j, divided among parties, each of which is
/// coupled weakly to baths of its own.
///
/// - Source: the model of a bosonic thermal machine in second order of the bath couplings with the full
///   secular approximation (Davies 1974; Rivas and Huelga 2012).
public struct BosonicNetwork<F: Field>: Sendable {
  /// H.
  public let hamiltonian: Matrix<Complex<F>>
  /// The modes of each party; together all modes, each once.
  public let parties: [[Int]]
  public let baths: [NetworkBath<F>]

  /// The number of modes up to which networks are accepted.
  public static var modeLimit: Int { 64 }

  public var modeCount: Int { hamiltonian.rowCount }

  /// - Parameter sign: the sign of an element of the field, nil where it is not known.
  /// - Throws: ``NetworkError/input(_:)`` for a matrix that is not Hermitian, parties that are not a
  ///   partition, a bath that reaches beyond one party, or a weight that is not known to be ≥ 0.
  public init(
    hamiltonian: Matrix<Complex<F>>, parties: [[Int]], baths: [NetworkBath<F>],
    sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(NetworkError) {
    let n = hamiltonian.rowCount
    guard n > 0, hamiltonian.isSquare else {
      throw .input("the Hamiltonian is a \(n)×\(hamiltonian.columnCount) matrix")
    }
    guard n <= Self.modeLimit else {
      throw .tooLarge("\(n) modes are beyond the limit of \(Self.modeLimit)")
    }
    if let (row, column) = hamiltonian.hermitianDefect() {
      throw .input("the Hamiltonian is not Hermitian at (\(row), \(column))")
    }
    let listed = parties.flatMap { $0 }
    guard parties.allSatisfy({ !$0.isEmpty }), listed.sorted() == Array(0..<n) else {
      throw .input("the parties \(parties) do not hold each of the modes 0..<\(n) once")
    }
    for bath in baths {
      let modes = Set(bath.modes)
      guard !modes.isEmpty, modes.count == bath.modes.count,
        parties.contains(where: { modes.isSubset(of: $0) })
      else {
        throw .input(
          "bath \(bath.name): the modes \(bath.modes) are not different ones of one party")
      }
      guard bath.weight.rowCount == modes.count, bath.weight.columnCount == modes.count else {
        throw .input("bath \(bath.name): a weight of \(modes.count) rows and columns is needed")
      }
      guard bath.weight.hermitianDefect() == nil else {
        throw .input("bath \(bath.name): the weight is not Hermitian")
      }
      guard bath.positionLike.isSubset(of: modes) else {
        throw .input("bath \(bath.name): position-like coupling of a mode that does not couple")
      }
      let certificate = try inNetwork { () throws(ArithmeticError) in
        try HermitianCertificate(bath.weight, sign: sign)
      }
      switch certificate.verdict {
      case .positiveDefinite, .positiveSemidefinite: break
      case .indefinite(_, let value):
        throw .input("bath \(bath.name): the weight is not positive, with the value \(value)")
      case .undecided(let value):
        throw .input(
          "bath \(bath.name): the sign of \(value) decides whether the weight is positive")
      }
    }
    self.hamiltonian = hamiltonian
    self.parties = parties
    self.baths = baths
  }
}

extension BosonicNetwork where F: Comparable {
  /// As ``init(hamiltonian:parties:baths:sign:)``, in the field's order.
  public init(
    hamiltonian: Matrix<Complex<F>>, parties: [[Int]], baths: [NetworkBath<F>]
  ) throws(NetworkError) {
    try self.init(
      hamiltonian: hamiltonian, parties: parties, baths: baths, sign: SignOrder.sign)
  }
}

/// The sign of an element of an ordered field.
enum SignOrder {
  static func sign<F: Field & Comparable>(_ value: F) throws(ArithmeticError) -> KnownSign? {
    value < .zero ? .negative : value > .zero ? .positive : value.isZero ? .zero : nil
  }
}
