/// Where the last bit of a precision lies in a ``Significand``.
struct LastPlace<W: Significand> {
  /// Bits of the word beyond the precision, at least 2.
  let spare: UInt
  /// Half a unit in the last place, and one bit less.
  let half: UInt
  /// The bits of the last limb that are kept.
  let mask: UInt

  init(precision: Int) {
    spare = UInt(W.bitWidth - precision)
    half = 1 << (spare - 1)
    mask = UInt.max << spare
  }
}

/// The result of an operation on two significands, rounded to nearest, ties to even: a significand again
/// and what is added to the exponent.
struct RoundedSignificand<W: Significand> {
  let value: W
  let shift: Int
}

extension Significand {
  /// The sum of two numbers ±a·2^e, rounded to nearest, ties to even; a value of 0 says that the sum is
  /// zero or, where nearly all cancels, that it was not found.
  @inline(__always)
  static func roundedSum(
    _ a: Self, _ ea: Int, _ sa: Int32, _ b: Self, _ eb: Int, _ sb: Int32, _ last: LastPlace<Self>
  ) -> (value: Self, exponent: Int, sign: Int32) {
    if sa == sb {
      let isMore = ea >= eb
      let d = isMore ? ea &- eb : eb &- ea
      let r = roundedSum(isMore ? a : b, isMore ? b : a, d, last)
      return (r.value, (isMore ? ea : eb) &+ r.shift, sa)
    }
    // The greater exponent first, and with equal ones the greater significand.
    let isMore = ea &- (a < b ? 1 : 0) >= eb
    let d = isMore ? ea &- eb : eb &- ea
    let r = roundedDifference(isMore ? a : b, isMore ? b : a, d, last)
    return (r.value, (isMore ? ea : eb) &+ r.shift, isMore ? sa : sb)
  }

  @inline(__always)
  static func loosely(
    _ r: (value: Self, shift: Int, isExact: Bool), _ last: LastPlace<Self>
  ) -> RoundedSignificand<Self> {
    let unit = (1 as Self) &<< Self(truncatingIfNeeded: last.spare)
    let rounded = r.value.rounded(unit: unit, isExact: r.isExact)
    return RoundedSignificand(value: rounded.value, shift: r.shift &+ rounded.carry)
  }
}

extension UInt {
  @inline(__always)
  static func roundedSum(_ a: UInt, _ b: UInt, _ d: Int, _ last: LastPlace<UInt>)
    -> RoundedSignificand<UInt>
  { loosely(sum(a, b, d), last) }

  @inline(__always)
  static func roundedDifference(_ a: UInt, _ b: UInt, _ d: Int, _ last: LastPlace<UInt>)
    -> RoundedSignificand<UInt>
  { loosely(difference(a, b, d), last) }

  @inline(__always)
  static func roundedProduct(_ a: UInt, _ b: UInt, _ last: LastPlace<UInt>)
    -> RoundedSignificand<UInt>
  {
    let r = fullProduct(a, b)
    let (value, shift) = r.high.normalisedProduct
    return loosely((value, 0 &- shift, r.low == 0), last)
  }
}

/// Two limbs, with chains of dependent instructions as short as they get: one point at a time there is
/// nothing else for the processor to do.
extension UInt128 {
  @inline(__always)
  private init(_ high: UInt, _ low: UInt) {
    self = UInt128(truncatingIfNeeded: high) &<< 64 | UInt128(truncatingIfNeeded: low)
  }

  @inline(__always)
  private var bottom: UInt { UInt(truncatingIfNeeded: self) }

  /// The value rounded, where `rest` is not zero if there is something beyond the word: with two spare
  /// bits at least it is below half a unit, so that one bit stands for it.
  @inline(__always)
  private func rounded(
    _ shift: Int, rest: UInt, _ last: LastPlace<UInt128>
  ) -> RoundedSignificand<UInt128> {
    let low = bottom | (rest != 0 ? 1 : 0)
    let isOdd = low &>> last.spare & 1
    let up = UInt128(truncatingIfNeeded: last.half &- 1 &+ isOdd)
    let (sum, carry) = UInt128(top, low).addingReportingOverflow(up)
    if _slowPath(carry) {
      return RoundedSignificand(value: ~(UInt128.max &>> 1), shift: shift &+ 1)
    }
    return RoundedSignificand(value: UInt128(sum.top, sum.bottom & last.mask), shift: shift)
  }

  /// b·2^-d for 0 ≤ d < 64 in three limbs: nothing is lost.
  @inline(__always)
  private static func aligned(_ b: UInt128, _ d: Int) -> (value: UInt128, rest: UInt) {
    let (high, low) = (b.top, b.bottom)
    let d = UInt(truncatingIfNeeded: d)
    let value = UInt128(high &>> d, low &>> d | (high &<< 1) &<< (63 &- d))
    return (value, (low &<< 1) &<< (63 &- d))
  }

  @inline(__always)
  static func roundedSum(
    _ a: UInt128, _ b: UInt128, _ d: Int, _ last: LastPlace<UInt128>
  ) -> RoundedSignificand<UInt128> {
    guard _fastPath(d < 64) else { return loosely(sum(a, b, d), last) }
    let (shifted, rest) = aligned(b, d)
    let (sum, carry) = a.addingReportingOverflow(shifted)
    let lost = rest | (carry ? sum.bottom & 1 : 0)
    let value = carry ? sum &>> 1 | ~(UInt128.max &>> 1) : sum
    return value.rounded(carry ? 1 : 0, rest: lost, last)
  }

  /// Where more than 63 bits cancel, and for far exponents, by the general road.
  @inline(__always)
  static func roundedDifference(
    _ a: UInt128, _ b: UInt128, _ d: Int, _ last: LastPlace<UInt128>
  ) -> RoundedSignificand<UInt128> {
    guard _fastPath(d < 64) else { return loosely(difference(a, b, d), last) }
    let (shifted, rest) = aligned(b, d)
    let value = a &- shifted &- (rest != 0 ? 1 : 0)
    let lost = 0 &- rest
    guard _fastPath(value.top != 0) else { return loosely(difference(a, b, d), last) }
    let k = UInt(truncatingIfNeeded: value.top.leadingZeroBitCount)
    let high = value.top &<< k | (value.bottom &>> 1) &>> (63 &- k)
    let low = value.bottom &<< k | (lost &>> 1) &>> (63 &- k)
    return UInt128(high, low).rounded(
      0 &- Int(truncatingIfNeeded: k), rest: lost &<< k, last)
  }

  /// From three of the four products of limbs where that decides: what is left out of a1·b1·2^128, the low
  /// limbs of a1·b0 and a0·b1, and a0·b0, is below 3 units of the word, and below 6 after the shift. The
  /// value is to be rounded up surely if the bits beyond the precision are more than half a unit
  /// (for 6 is less than half, all beyond counts as the next unit at most), and down if they are less by 6.
  @inline(__always)
  static func roundedProduct(
    _ a: UInt128, _ b: UInt128, _ last: LastPlace<UInt128>
  ) -> RoundedSignificand<UInt128> {
    let leading = a.top.multipliedFullWidth(by: b.top)
    let cross =
      UInt128(truncatingIfNeeded: a.top.multipliedFullWidth(by: b.bottom).high)
      &+ UInt128(truncatingIfNeeded: a.bottom.multipliedFullWidth(by: b.top).high)
    let product = UInt128(leading.high, leading.low) &+ cross
    let (value, shift) = product.normalisedProduct
    let short = last.half &- value.bottom & ~last.mask
    guard _fastPath(short > 5 && last.half > 6) else {
      return wholeProduct(a, b, last)
    }
    let (sum, carry) = value.addingReportingOverflow(UInt128(truncatingIfNeeded: last.half))
    if _slowPath(carry) {
      return RoundedSignificand(value: ~(UInt128.max &>> 1), shift: 1 &- shift)
    }
    return RoundedSignificand(
      value: UInt128(sum.top, sum.bottom & last.mask), shift: 0 &- shift)
  }

  @inline(never)
  private static func wholeProduct(
    _ a: UInt128, _ b: UInt128, _ last: LastPlace<UInt128>
  ) -> RoundedSignificand<UInt128> {
    let r = fullProduct(a, b)
    let (value, shift) = r.high.normalisedProduct
    return loosely((value, 0 &- shift, r.low == 0), last)
  }
}
