import Exact

/// What a Gaussian model or state cannot accept or answer.
public enum GaussianError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A Hamiltonian of more than second or a jump operator of more than first degree.
  case degree(what: String, degree: Int, allowed: Int)
  /// The coefficients of a monomial and of its adjoint are not conjugate.
  case notHermitian(what: String)
  /// A model without modes.
  case noModes
  /// A mode that the model or state does not have.
  case unknownMode(Int, count: Int)
  /// The drift has an eigenvalue whose real part is not negative: there is no steady state. The text
  /// is the condition that fails.
  case unstable(condition: String)
  /// The stationary equations have no unique solution.
  case notUnique(String)
  /// Symplectic eigenvalues that solve an irreducible equation of this degree (in their squares).
  case irreducible(degree: Int)
  /// The expectation of a monomial of more ladder operators than the limit.
  case tooHighDegree(Int, limit: Int)
  /// A truncated space or system beyond the limit of work.
  case tooLarge(String)
  /// An operation of another part of the module failed.
  case system(OpenSystemError)
  /// The arithmetic gave up.
  case arithmetic(ArithmeticError)

  public var description: String {
    switch self {
    case .degree(let what, let degree, let allowed):
      "\(what) has degree \(degree) in the ladder operators; a Gaussian model takes at most "
        + "\(allowed)"
    case .notHermitian(let what):
      "\(what) is not Hermitian; add the adjoint of the term that lacks it"
    case .noModes: "a Gaussian model needs a mode in its Hamiltonian or jumps"
    case .unknownMode(let mode, let count): "there is no mode \(mode) among \(count)"
    case .unstable(let condition):
      "the model is unstable and has no steady state: \(condition) would have to be positive"
    case .notUnique(let what): "no unique steady state: \(what)"
    case .irreducible(let degree):
      "the squares of some symplectic eigenvalues solve an irreducible equation of degree "
        + "\(degree), which has no closed form here"
    case .tooHighDegree(let degree, let limit):
      "the expectation of \(degree) ladder operators is beyond the limit of \(limit)"
    case .tooLarge(let what): "\(what)"
    case .system(let error): error.description
    case .arithmetic(let error): error.description
    }
  }
}
