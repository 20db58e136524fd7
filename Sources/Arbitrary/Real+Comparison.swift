import CMPFR
import Exact

/// Comparisons are exact whatever the precisions. NaN is unordered and unequal to itself; the two
/// zeros are equal.
extension Real: Equatable, Comparable {
  public static func == (a: Real, b: Real) -> Bool {
    a.withMPFR { x in b.withMPFR { y in mpfr_equal_p(x, y) != 0 } }
  }

  public static func < (a: Real, b: Real) -> Bool {
    a.withMPFR { x in b.withMPFR { y in mpfr_less_p(x, y) != 0 } }
  }

  // The defaults of Comparable negate <, which NaN does not allow.
  public static func <= (a: Real, b: Real) -> Bool {
    a.withMPFR { x in b.withMPFR { y in mpfr_lessequal_p(x, y) != 0 } }
  }

  public static func > (a: Real, b: Real) -> Bool { b < a }
  public static func >= (a: Real, b: Real) -> Bool { b <= a }

  /// The sign of `self` minus `other`, exactly; nil if this value is NaN.
  public func compare(_ other: Rational) -> Int? {
    if isNaN { return nil }
    return withMPFR { x in other.withGMPFraction { q in Int(mpfr_cmp_q(x, q)).signum() } }
  }

  public static func minimum(_ a: Real, _ b: Real) -> Real { b < a ? b : a }
  public static func maximum(_ a: Real, _ b: Real) -> Real { b > a ? b : a }
}

extension Real: Hashable {
  /// Equal values hash alike whatever their precisions: low limbs that are zero are left out.
  public func hash(into hasher: inout Hasher) {
    withMPFR { number in
      guard mpfr_regular_p(number) != 0, let limbs = number.pointee._mpfr_d else {
        // The kind alone: zeros have one hash, infinities are told apart by signum.
        hasher.combine(signum)
        return
      }
      hasher.combine(number.pointee._mpfr_sign)
      hasher.combine(number.pointee._mpfr_exp)
      let count = (precision + mp_limb_t.bitWidth - 1) / mp_limb_t.bitWidth
      var start = 0
      while start < count && limbs[start] == 0 { start += 1 }
      for index in start..<count { hasher.combine(limbs[index]) }
    }
  }
}
