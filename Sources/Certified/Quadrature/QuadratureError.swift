import Arbitrary
import Symbolic

/// Why a definite integral has no certified number.
public enum QuadratureError: Error, Equatable, Sendable {
  /// Proved: the integral, or the principal value, does not exist as a finite number.
  case divergent(at: String)
  /// The tolerance was not reached within the limit. Nothing is said of the value, nor whether it
  /// exists: a pole on the path, a branch cut, or oscillation that does not die out end here.
  case undecided(near: String, reason: String)
  /// The digits are not decided at the greatest precision; the integral lies in the enclosure.
  case undecidedDigits(ComplexInterval, bits: Int)
  /// The integrand cannot be compiled.
  case symbolic(SymbolicError)
  /// The ends or poles are not real numbers in increasing order.
  case unsuitablePath(String)
}

extension QuadratureError: CustomStringConvertible {
  /// A sentence for the user.
  public var description: String {
    switch self {
    case .divergent(let place): "the integral diverges at \(place)"
    case .undecided(let place, let reason): "the integral is undecided near \(place): \(reason)"
    case .undecidedDigits(let box, let bits):
      "the digits are undecided at \(bits) bits: the integral lies in \(box)"
    case .symbolic(let error): error.description
    case .unsuitablePath(let what): what
    }
  }
}

/// Where a quadrature gives up.
public struct QuadratureLimit: Hashable, Sendable {
  /// The greatest precision, in bits.
  public var bits: Int
  /// The most segments that a path is cut into.
  public var segments: Int
  /// The most evaluations of the integrand at nodes.
  public var evaluations: Int

  public init(bits: Int = 8192, segments: Int = 20_000, evaluations: Int = 2_000_000) {
    self.bits = min(max(bits, 64), 1 << 20)
    self.segments = max(segments, 1)
    self.evaluations = max(evaluations, 1)
  }
}
