import CGMP
import CMPFR

/// Products of significands of a few limbs: GMP's, without what MPFR does around them for operands of any
/// kind and size.
enum WideProduct {
  typealias Limbs = UnsafeMutablePointer<UInt>

  /// Up to so many limbs the full product is no slower than MPFR's truncated one.
  static let largestLimbCount = 8

  /// Writes the product of two normalised significands of n limbs to 2n limbs of `product`, its first bit
  /// on top, and returns 1 where it had to be shifted for that, else 0.
  @inline(__always)
  static func multiply(_ product: Limbs, _ a: Limbs, _ b: Limbs, _ n: Int) -> Int {
    if a == b {
      __gmpn_sqr(product, a, n)
    } else {
      __gmpn_mul_n(product, a, b, n)
    }
    if product[2 &* n &- 1] >> 63 != 0 { return 0 }
    __gmpn_lshift(product, product, 2 &* n, 1)
    return 1
  }

  /// Writes the leading n limbs of the product of two normalised significands to `c`, its first bit on top.
  /// Returns 1 where it had to be shifted for that, else 0, and whether all that was below is zero;
  /// false may also mean that a bit of it was shifted in.
  @inline(__always)
  static func leading(
    _ c: Limbs, _ product: Limbs, _ a: Limbs, _ b: Limbs, _ n: Int
  ) -> (shift: Int, isZeroBelow: Bool) {
    if a == b {
      __gmpn_sqr(product, a, n)
    } else {
      __gmpn_mul_n(product, a, b, n)
    }
    let high = product + n
    let isZeroBelow = isZero(product, n)
    return (shiftedUp(c, high, n), isZeroBelow)
  }

  /// Writes n limbs to `c`, shifted by one bit if the first bit is not on top, in which case the next one
  /// comes from the limb before `high`; returns how far. Without a branch: products have either form.
  @inline(__always)
  static func shiftedUp(_ c: Limbs, _ high: Limbs, _ n: Int) -> Int {
    let shift = high[n &- 1] &>> 63 ^ 1
    for k in 0..<n { c[k] = high[k] &<< shift | (high[k &- 1] &>> 1) &>> (63 &- shift) }
    return Int(truncatingIfNeeded: shift)
  }

  /// Whether all limbs are zero.
  @inline(__always)
  static func isZero(_ limbs: Limbs, _ count: Int) -> Bool {
    var bits: UInt = 0
    for i in 0..<count { bits |= limbs[i] }
    return bits == 0
  }

  /// Rounds the leading half of a product of 2n limbs to nearest, ties to even, at a precision of n limbs
  /// less `spare` bits, 0...63, into `c`. Returns 1 where it became the next power of two, else 0.
  @inline(__always)
  static func round(_ c: Limbs, _ product: Limbs, _ n: Int, spare: UInt) -> Int {
    let low = product[n]
    let isUp: Bool
    if spare == 0 {
      let next = product[n &- 1]
      let isHalf = next == 1 << 63 && isZero(product, n &- 1)
      isUp = next >> 63 != 0 && (!isHalf || low & 1 != 0)
    } else {
      let half: UInt = 1 &<< (spare &- 1)
      let rest = low & (half &<< 1 &- 1)
      let isHalf = rest == half && isZero(product, n)
      isUp = rest >= half && (!isHalf || low & (half &<< 1) != 0)
    }
    c[0] = low & (UInt.max &<< spare)
    for i in 1..<n { c[i] = product[n &+ i] }
    guard isUp else { return 0 }
    var carry: UInt = 1 &<< spare
    for i in 0..<n {
      let (sum, overflow) = c[i].addingReportingOverflow(carry)
      c[i] = sum
      if !overflow { return 0 }
      carry = 1
    }
    c[n &- 1] = 1 << 63
    return 1
  }
}
