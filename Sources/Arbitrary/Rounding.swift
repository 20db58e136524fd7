import CMPFR

/// The direction in which a result that is not representable is rounded.
///
/// The five directions of MPFR, of which the first four are IEEE 754's.
public enum Rounding: Sendable, Hashable, CaseIterable {
  /// To the nearest representable value; of two equally near, to the one with an even significand.
  case nearest
  /// To the neighbour not greater in magnitude.
  case towardZero
  /// To the neighbour not below the value.
  case up
  /// To the neighbour not above the value.
  case down
  /// To the neighbour not smaller in magnitude.
  case awayFromZero

  /// The direction for a value whose negative is to be rounded in this one.
  var mirrored: Rounding {
    switch self {
    case .up: .down
    case .down: .up
    case .nearest, .towardZero, .awayFromZero: self
    }
  }

  /// MPFR's name for the direction.
  public var mode: mpfr_rnd_t {
    switch self {
    case .nearest: MPFR_RNDN
    case .towardZero: MPFR_RNDZ
    case .up: MPFR_RNDU
    case .down: MPFR_RNDD
    case .awayFromZero: MPFR_RNDA
    }
  }
}
