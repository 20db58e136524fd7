import Exact

/// What a network of modes cannot accept or answer.
public enum NetworkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Input that contradicts itself; the text says what and where.
  case input(String)
  /// A normal mode whose energy is not known to be positive.
  case energyNotPositive(String)
  /// The energies solve an irreducible equation of this degree, so that projectors have no exact form
  /// in the field.
  case irreducible(degree: Int)
  /// Modes that no bath damps: there is no unique steady state. `dimension` independent ones; the
  /// text is a witness.
  case darkModes(dimension: Int, witness: String)
  /// Squeezing drives some combination of modes faster than the baths damp it.
  case unstable(String)
  /// A certificate that does not prove what it says; the text is the first thing that fails.
  case certificate(String)
  /// A limit on size was reached before any work.
  case tooLarge(String)
  /// Another part of the module failed.
  case system(OpenSystemError)
  /// The arithmetic gave up.
  case arithmetic(ArithmeticError)

  public var description: String {
    switch self {
    case .input(let what): what
    case .energyNotPositive(let energy):
      "the normal mode of energy \(energy) is not known to have a positive one: under a secular "
        + "equation it would be pumped, or not be damped at all"
    case .irreducible(let degree):
      "the energies solve an irreducible equation of degree \(degree); give the levels"
    case .darkModes(let dimension, let witness):
      "no unique steady state: \(dimension) mode(s) that no bath damps, such as \(witness)"
    case .unstable(let what): "the network has no steady state: \(what)"
    case .certificate(let what): "the certificate does not hold: \(what)"
    case .tooLarge(let what): what
    case .system(let error): error.description
    case .arithmetic(let error): error.description
    }
  }
}

/// Runs what throws arithmetic errors inside what throws those of networks.
@inline(__always) func inNetwork<T>(
  _ body: () throws(ArithmeticError) -> T
) throws(NetworkError) -> T {
  do { return try body() } catch { throw .arithmetic(error) }
}
