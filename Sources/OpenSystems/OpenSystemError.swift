import Exact

/// What a space, a model, or a solver of this module cannot accept or answer.
///
/// Each description says what is wrong, where, and what would mend it.
public enum OpenSystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Two subsystems have the same name.
  case duplicateSubsystem(String)
  /// No subsystem has this name; the known ones follow.
  case unknownSubsystem(String, known: [String])
  /// A list of subsystems that repeats one or leaves the space.
  case invalidSubsystems([Int], count: Int)
  /// A subsystem with fewer than one level.
  case invalidDimension(String, Int)
  /// The product of the subsystems' dimensions is beyond the limit.
  case spaceTooLarge(limit: Int)
  /// A matrix of another shape than the space asks for.
  case shape(what: String, expected: Int, rows: Int, columns: Int)
  /// The elements at (row, column) and (column, row) are not conjugate.
  case notHermitian(what: String, row: Int, column: Int)
  /// In rounded or enclosing arithmetic the elements at (row, column) and (column, row) are not
  /// known to be conjugate.
  case hermiticityUnknown(what: String, row: Int, column: Int)
  /// A state whose trace is not one; the text is the trace.
  case traceNotOne(what: String, trace: String)
  /// In rounded or enclosing arithmetic the trace is not known to be one.
  case traceUnknown(what: String, trace: String)
  /// A rate below zero.
  case negativeRate(channel: Int, rate: String)
  /// A matrix of rates of correlated jumps that is not positive semidefinite.
  case ratesNotPositive(channel: Int, reason: String)
  /// A question on Bohr frequencies that the known signs leave open: which levels, of what the sign is
  /// wanted, and what would decide.
  case undecidedFrequency(levels: String, quantity: String)
  /// A bath that a weak-coupling model cannot take.
  case bath(String)
  /// A measure that is defined for two qubits only.
  case notTwoQubits(dimensions: [Int])
  /// A matrix with an eigenvalue below zero where a state is needed.
  case notPositive(what: String, eigenvalue: String)
  /// A value outside the domain of an operation (a time below zero, a tolerance that is not positive).
  case domain(String)
  /// The linear system has no unique solution in this arithmetic.
  case singular(String)
  /// An iteration reached its limit; the text says what was reached.
  case notConverged(String)
  /// The arithmetic gave up.
  case arithmetic(ArithmeticError)

  public var description: String {
    switch self {
    case .duplicateSubsystem(let name): "two subsystems are named '\(name)'; names must differ"
    case .unknownSubsystem(let name, let known):
      "no subsystem is named '\(name)'; there are \(known.joined(separator: ", "))"
    case .invalidSubsystems(let list, let count):
      "\(list) is no list of different subsystems out of 0..<\(count)"
    case .invalidDimension(let name, let dimension):
      "subsystem '\(name)' has dimension \(dimension); at least 1 is needed"
    case .spaceTooLarge(let limit):
      "the total dimension is beyond \(limit); use fewer subsystems or levels, or raise the limit"
    case .shape(let what, let expected, let rows, let columns):
      "\(what) is a \(rows)×\(columns) matrix; \(expected)×\(expected) is needed"
    case .notHermitian(let what, let row, let column):
      "\(what) is not Hermitian: elements (\(row), \(column)) and (\(column), \(row)) are not "
        + "conjugate; add the Hermitian conjugate of the term that lacks it"
    case .hermiticityUnknown(let what, let row, let column):
      "\(what) is not known to be Hermitian in this arithmetic: elements (\(row), \(column)) and "
        + "(\(column), \(row)); give it exactly, symmetrise it, or assert it"
    case .traceNotOne(let what, let trace):
      "\(what) has trace \(trace), not 1; divide it by its trace"
    case .traceUnknown(let what, let trace):
      "\(what) has trace \(trace), not known to be 1 in this arithmetic; give it exactly or assert it"
    case .negativeRate(let channel, let rate):
      "channel \(channel) has the rate \(rate); rates are at least 0"
    case .ratesNotPositive(let channel, let reason):
      "the rates of channel \(channel) are no positive semidefinite matrix: \(reason); a bath has "
        + "|J12|² ≤ J11·J22"
    case .undecidedFrequency(let levels, let quantity):
      "the levels \(levels): the sign of \(quantity) is not known; narrow the domains of the "
        + "parameters so that it is positive, negative or zero throughout"
    case .bath(let what): what
    case .notTwoQubits(let dimensions):
      "two qubits are needed; the dimensions are \(dimensions); trace out the others first"
    case .notPositive(let what, let eigenvalue):
      "\(what) is no state: it has the eigenvalue \(eigenvalue)"
    case .domain(let what): "outside the domain: \(what)"
    case .singular(let what): "no unique solution: \(what)"
    case .notConverged(let what): "no convergence: \(what)"
    case .arithmetic(let error): error.description
    }
  }
}
