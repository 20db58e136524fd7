import CGMP
import CMPFR

// Fixed-point numbers are runs of limbs, least significant first, of weight 2^(-64·count) for the
// lowest: fractions of 1. A *unit* is that weight; "an error of 3" means 3 units.

/// The limbs of a fixed-point number.
typealias Limbs = UnsafeMutablePointer<mp_limb_t>

/// The upper half of the product of two limbs: ⌊ab/2^64⌋, so at most 1 below ab/2^64.
@inline(__always)
func upperProduct(_ a: UInt, _ b: UInt) -> UInt { a.multipliedFullWidth(by: b).high }

/// A fraction of two limbs, or any other number of 128 bits.
struct TwoLimbs {
  var high: UInt
  var low: UInt

  @inline(__always)
  init(high: UInt, low: UInt) {
    self.high = high
    self.low = low
  }

  /// The sum modulo 2^128.
  @inline(__always)
  static func &+ (a: TwoLimbs, b: TwoLimbs) -> TwoLimbs {
    let (low, carry) = a.low.addingReportingOverflow(b.low)
    return TwoLimbs(high: a.high &+ b.high &+ (carry ? 1 : 0), low: low)
  }

  /// The difference modulo 2^128.
  @inline(__always)
  static func &- (a: TwoLimbs, b: TwoLimbs) -> TwoLimbs {
    let (low, borrow) = a.low.subtractingReportingOverflow(b.low)
    return TwoLimbs(high: a.high &- b.high &- (borrow ? 1 : 0), low: low)
  }

  /// Shifted right; `count` is within 1...63.
  @inline(__always)
  static func >> (a: TwoLimbs, count: UInt) -> TwoLimbs {
    TwoLimbs(high: a.high &>> count, low: (a.low &>> count) | (a.high &<< (64 &- count)))
  }

  /// Shifted left; `count` is within 1...63.
  @inline(__always)
  static func << (a: TwoLimbs, count: UInt) -> TwoLimbs {
    TwoLimbs(high: (a.high &<< count) | (a.low &>> (64 &- count)), low: a.low &<< count)
  }

  @inline(__always)
  static func < (a: TwoLimbs, b: TwoLimbs) -> Bool {
    a.high < b.high || (a.high == b.high && a.low < b.low)
  }

  /// The product of two fractions, less than 3 units below the exact one: the lower halves of the
  /// two mixed products and the whole product of the low limbs, each less than one unit, are left
  /// out.
  @inline(__always)
  func upperProduct(_ b: TwoLimbs) -> TwoLimbs {
    let top = high.multipliedFullWidth(by: b.high)
    let (sum, carry1) = top.low.addingReportingOverflow(
      Arbitrary.upperProduct(high, b.low))
    let (low, carry2) = sum.addingReportingOverflow(Arbitrary.upperProduct(self.low, b.high))
    return TwoLimbs(high: top.high &+ (carry1 ? 1 : 0) &+ (carry2 ? 1 : 0), low: low)
  }

  /// The product with a fraction of one limb, less than 1 unit below the exact one.
  @inline(__always)
  func upperProduct(_ b: UInt) -> TwoLimbs {
    let top = high.multipliedFullWidth(by: b)
    let (low, carry) = top.low.addingReportingOverflow(Arbitrary.upperProduct(self.low, b))
    return TwoLimbs(high: top.high &+ (carry ? 1 : 0), low: low)
  }

  /// The square of a fraction, less than 3 units below the exact one.
  @inline(__always)
  var upperSquare: TwoLimbs {
    let top = high.multipliedFullWidth(by: high)
    let mixed = Arbitrary.upperProduct(high, low)
    let (low, carry) = top.low.addingReportingOverflow(mixed &<< 1)
    return TwoLimbs(high: top.high &+ (mixed &>> 63) &+ (carry ? 1 : 0), low: low)
  }
}

extension UnsafePointer<__mpfr_struct> {
  /// The number of limbs of the significand.
  @inline(__always)
  var limbCount: Int { (pointee._mpfr_prec + 63) >> 6 }

  /// The first three limbs of the significand, most significant first; those it lacks are 0.
  @inline(__always)
  var leadingLimbs: (first: UInt, second: UInt, third: UInt) {
    let count = limbCount
    let d = UnsafePointer<UInt>(pointee._mpfr_d + (count - 1))
    return (d[0], count > 1 ? d[-1] : 0, count > 2 ? d[-2] : 0)
  }

  /// The first two limbs after the binary point of |x|, the rest cut off: |x| mod 1, less than 1
  /// unit too small.
  ///
  /// - Precondition: x is neither zero, infinite nor NaN, and |x| < 2^63.
  @inline(__always)
  var fractionTwoLimbs: TwoLimbs {
    let m = leadingLimbs
    let exponent = pointee._mpfr_exp
    if exponent >= 0 {
      let up = UInt(truncatingIfNeeded: exponent)
      let down = 63 &- up
      return TwoLimbs(
        high: (m.first &<< up) | ((m.second &>> 1) &>> down),
        low: (m.second &<< up) | ((m.third &>> 1) &>> down))
    }
    let down = UInt(truncatingIfNeeded: 0 &- exponent)
    if down < 64 { return TwoLimbs(high: m.first, low: m.second) >> down }
    return TwoLimbs(high: 0, low: down < 128 ? m.first &>> (down &- 64) : 0)
  }

  /// Writes the first `count` limbs after the binary point of |x| to `target`: |x| mod 1, less than
  /// 1 unit too small.
  ///
  /// - Precondition: x is neither zero, infinite nor NaN.
  func writeFraction(to target: Limbs, count: Int) {
    // The limb of the significand with place q, from 1 for the most significant, has the bits of
    // weight 2^(exponent - 64(q-1) - 1) and below.
    let exponent = pointee._mpfr_exp
    let skipped = exponent >> 6
    let up = UInt(truncatingIfNeeded: exponent & 63)
    let down = 63 &- up
    let available = limbCount
    let top = UnsafePointer<UInt>(pointee._mpfr_d + available)
    var place = 1
    while place <= count {
      let q = skipped &+ place
      let upper = q >= 1 && q <= available ? top[-q] : 0
      let lower = q >= 0 && q < available ? top[-q - 1] : 0
      target[count - place] = (upper &<< up) | ((lower &>> 1) &>> down)
      place += 1
    }
  }
}

extension UnsafeMutablePointer<__mpfr_struct> {
  /// Sets the number to ±f·2^exponent rounded to its precision, to nearest, for a fraction f within
  /// 1/2 ≤ f < 1 of `count` limbs.
  ///
  /// The result differs from the fraction by at most half a unit in its last place.
  ///
  /// - Precondition: the fraction has at least as many limbs as the number, and more bits.
  @inline(__always)
  func setRounded(_ fraction: UnsafePointer<UInt>, count: Int, exponent: Int, sign: Int32) {
    let precision = pointee._mpfr_prec
    let limbs = (precision + 63) >> 6
    let target: Limbs = pointee._mpfr_d
    let unused = UInt(truncatingIfNeeded: (limbs << 6) &- precision)
    let source = fraction + (count - limbs)
    let increment: UInt
    if unused == 0 {
      increment = source[-1] >> 63
    } else {
      increment = ((source[0] &>> (unused &- 1)) & 1) &<< unused
    }
    let (lowest, overflow) = (source[0] & (~0 &<< unused)).addingReportingOverflow(increment)
    target[0] = lowest
    var carry: UInt = overflow ? 1 : 0
    var index = 1
    while index < limbs {
      let (sum, overflow) = source[index].addingReportingOverflow(carry)
      target[index] = sum
      carry = overflow ? 1 : 0
      index += 1
    }
    // A carry out leaves zeros: the next power of two.
    if carry != 0 { target[limbs - 1] = 1 << 63 }
    pointee._mpfr_exp = exponent &+ Int(carry)
    pointee._mpfr_sign = sign
  }
}
