import CMPFR

/// What the operations on lanes share: the tests for their fast roads.
enum Lane {
  /// Exponents above are those of regular numbers, finite and not zero (`mpfr_regular_p`).
  static let leastRegularExponent = Int.min / 2

  /// Exponents of results beyond are left to the general road, which knows about overflow. MPFR's
  /// default range is ±(2^30 - 1).
  static let greatestExponent = (1 << 30) - 2

  @inline(__always)
  static func isInRange(_ exponent: Int) -> Bool {
    exponent &+ greatestExponent >= 0 && exponent <= greatestExponent
  }
}
