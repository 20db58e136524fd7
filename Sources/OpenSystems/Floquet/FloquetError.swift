import Exact

/// What a periodically driven model cannot accept or answer.
public enum FloquetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A matrix of another shape than the Hamiltonian.
  case shape(what: String, expected: Int, rows: Int, columns: Int)
  /// An operator whose elements at (row, column) and (column, row) are not conjugate.
  case notHermitian(what: String, row: Int, column: Int)
  /// A frequency, a harmonic or a bath that makes no model; the text says which and why.
  case input(String)
  /// Two quasienergies, modulo the frequency, that are equal or closer than the precision tells apart.
  case notSeparated(first: Int, second: Int, distance: String, precision: Int)
  /// Two gaps between quasienergies that are equal or too nearly so: the zone is not determined.
  case zoneUndecided(String)
  /// Whether a level lies on the one or on the other side of the cut is not decided.
  case cutTooClose(quasienergy: Int)
  /// The steady state is not unique: the dimension of the null space, and why.
  case notUnique(dimension: Int, reason: String)
  /// The arithmetic does not tell whether the steady state is unique.
  case uniquenessUndecided(String)
  /// A matrix that is no state, where one is needed.
  case notPositive(what: String, eigenvalue: String)
  /// A measure of two qubits, asked of another space.
  case notTwoQubits(dimension: Int)
  /// More harmonics, steps or bits than the limit.
  case limit(String)
  /// An operation of another part of the module failed.
  case system(OpenSystemError)
  /// The arithmetic gave up.
  case arithmetic(ArithmeticError)

  public var description: String {
    switch self {
    case .shape(let what, let expected, let rows, let columns):
      "\(what) is a \(rows)×\(columns) matrix; \(expected)×\(expected) is needed"
    case .notHermitian(let what, let row, let column):
      "\(what) is not Hermitian: elements (\(row), \(column)) and (\(column), \(row))"
    case .input(let what): what
    case .notSeparated(let first, let second, let distance, let precision):
      "the quasienergies \(first) and \(second) differ by \(distance) modulo the frequency, and are "
        + "not told apart with \(precision) bits; if they are not equal, raise the precision"
    case .zoneUndecided(let what):
      "the largest gap between quasienergies is not determined: \(what); give the cut of the zone"
    case .cutTooClose(let index):
      "the quasienergy \(index) lies at the cut of the zone; give another cut"
    case .notUnique(let dimension, let reason):
      "the steady state is not unique: the null space has dimension \(dimension), since \(reason)"
    case .uniquenessUndecided(let what): "the steady state: \(what)"
    case .notPositive(let what, let eigenvalue):
      "\(what) is no state: it has the eigenvalue \(eigenvalue)"
    case .notTwoQubits(let dimension):
      "two qubits are needed; the dimension is \(dimension)"
    case .limit(let what): "limit reached: \(what)"
    case .system(let error): error.description
    case .arithmetic(let error): error.description
    }
  }
}
