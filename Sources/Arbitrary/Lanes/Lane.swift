import CMPFR

/// What the operations on lanes share: the tests for their fast roads.
enum Lane {
  /// Exponents above are those of regular numbers, finite and not zero (`mpfr_regular_p`).
  static let leastRegularExponent = Int.min / 2

  /// The exponent of zero, which `mpfr.h` names in a macro.
  static let zeroExponent = Int.min + 1

  /// Exponents of results beyond are left to the general road, which knows about overflow. MPFR's
  /// default range is ±(2^30 - 1).
  static let greatestExponent = (1 << 30) - 2

  @inline(__always)
  static func isInRange(_ exponent: Int) -> Bool {
    exponent &+ greatestExponent >= 0 && exponent <= greatestExponent
  }

  /// Copies the limbs of a number to another place.
  @inline(__always)
  static func copyLimbs(
    _ c: UnsafeMutablePointer<UInt>, _ a: UnsafeMutablePointer<UInt>, _ n: Int
  ) {
    // A loop for few: cheaper than a call.
    if n <= 8 {
      for i in 0..<n { c[i] = a[i] }
    } else if c != a {
      c.update(from: a, count: n)
    }
  }
}
