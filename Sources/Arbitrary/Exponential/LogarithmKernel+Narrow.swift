import CMPFR

extension LogarithmKernel {
  /// log x on fractions of one limb, within 6 units; nil near 1.
  ///
  /// Unit: 2^-64. m is cut off to one limb, below 1 and 2.02 in the logarithm. r is kept in units
  /// of 2^-70 (64th units): 1 - cm is exact up to the cut-off to them (below 1), r - g + rg loses
  /// less than 1 more. The series r + r²/2 + r³/3 + r⁴/4 leaves out less than r⁵/5·1.01 < 2^-81 for
  /// r < 1.04·2^-16, and loses less than 2 for each of its three last terms; the entry of the
  /// second table less than 1: all these 9.1/64 < 0.15. The cut-off to units, the first table and
  /// e·log 2 lose less than 1, 1 and 1.01: in all below 5.2.
  @inline(__always)
  func narrowLogarithm1(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double? {
    let m = x.leadingLimbs.first
    let index = Int(truncatingIfNeeded: (m &>> 56) & 0x7F)
    // cm·2^79, from 2^79 downwards.
    let product = m.multipliedFullWidth(by: factors[index])
    let r1 =
      (TwoLimbs(high: 1 << 15, low: 0) &- TwoLimbs(high: product.high, low: product.low)) >> 9
    let first = r1.low
    let step = (first &+ (upperProduct(first, first) &>> 6)) &>> 54
    let r = first &- (step &<< 54) &+ upperProduct(first, step &<< 48)

    let u = r &<< 9
    let square = upperProduct(u, u)
    let cube = upperProduct(upperProduct(square, u), ~0 / 3)
    let fourth = upperProduct(square, square)
    let tail =
      trailing[Int(truncatingIfNeeded: step)] &+ r &+ (square &>> 25) &+ (cube &>> 39)
      &+ (fourth &>> 56)
    let logarithm = leading[index] &+ (tail &>> 6)

    let exponent = x.pointee._mpfr_exp
    let magnitude = exponent.magnitude
    let whole = magnitude.multipliedFullWidth(by: log2[1])
    let (low, carry) = whole.low.addingReportingOverflow(upperProduct(magnitude, log2[0]))
    let multiple = TwoLimbs(high: whole.high &+ (carry ? 1 : 0), low: low)
    let part = TwoLimbs(high: 0, low: logarithm)
    return finish(
      result, exponent > 0 ? multiple &- part : multiple &+ part, sign: exponent > 0 ? 1 : -1)
  }

  /// log x on fractions of two limbs, within 6 units; nil near 1.
  ///
  /// Unit: 2^-128. m is cut off to two limbs, below 1 and 2.02 in the logarithm. r is kept in units
  /// of 2^-134 (64th units): 1 - cm is exact up to the cut-off to them (below 1), each r - g + rg
  /// loses less than 1 more. The series r + r²/2 + r³(1/3 + r/4 + r²/5) leaves out less than
  /// r⁶/6·1.01 < 2^-146 for r < 1.01·2^-24. The square loses less than 3 before it is shifted by 41
  /// places, and less than 1 there; the cubic part, one limb of unit 2^-133, less than 1 for its
  /// own rounding, 2 for the limbs left out of its factors, of which 1/3 stays, 4 for the bracket,
  /// whose three coefficients and two products lose less than 1 each at their places, and 1 for the
  /// product: below 6, 12 of 2^-134. The entries of the further tables lose 2. All these 3 + 1.1 +
  /// 1.1 + 12 + 2 < 20, 0.32 units. The cut-off to units, the first table and e·log 2 lose less
  /// than 1, 1 and 1.01: in all below 5.4.
  @inline(__always)
  func narrowLogarithm2(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double? {
    let significand = x.leadingLimbs
    let index = Int(truncatingIfNeeded: (significand.first &>> 56) & 0x7F)
    let factor = factors[index]
    // cm·2^143, from 2^143 downwards, without its last 9 bits.
    let lowProduct = significand.second.multipliedFullWidth(by: factor)
    let highProduct = significand.first.multipliedFullWidth(by: factor)
    let (middle, carry) = highProduct.low.addingReportingOverflow(lowProduct.high)
    let (r0, borrow0) = UInt(0).subtractingReportingOverflow(lowProduct.low)
    let (r1, borrow1) = UInt(0).subtractingReportingOverflow(middle)
    let (r1b, borrow2) = r1.subtractingReportingOverflow(borrow0 ? 1 : 0)
    let r2 =
      (1 << 15) &- highProduct.high &- (carry ? 1 : 0) &- (borrow1 ? 1 : 0) &- (borrow2 ? 1 : 0)
    var r = TwoLimbs(high: (r2 &<< 55) | (r1b &>> 9), low: (r1b &<< 55) | (r0 &>> 9))
    let first = (r.high &+ (upperProduct(r.high, r.high) &>> 6)) &>> 54
    r = r &- TwoLimbs(high: first &<< 54, low: 0) &+ r.upperProduct(first &<< 48)
    let second = r.high &>> 46
    r = r &- TwoLimbs(high: second &<< 46, low: 0) &+ r.upperProduct(second &<< 40)

    let u = r << 17
    let square = u.upperSquare
    let bracket =
      ~0 / 3 &+ (u.high &>> 25) &+ (upperProduct(square.high, ~0 / 5) &>> 46)
    let cube = upperProduct(upperProduct(square.high, u.high), bracket)
    let entry1 = trailing + 2 * Int(truncatingIfNeeded: first)
    let entry2 =
      trailing + 2 * (LogarithmTable.firstCount &+ Int(truncatingIfNeeded: second))
    let tail =
      r &+ (square >> 41) &+ (TwoLimbs(high: 0, low: cube) << 1)
      &+ TwoLimbs(high: entry1[1], low: entry1[0]) &+ TwoLimbs(high: entry2[1], low: entry2[0])
    let entry0 = leading + 2 * index
    let logarithm = TwoLimbs(high: entry0[1], low: entry0[0]) &+ (tail >> 6)

    let exponent = x.pointee._mpfr_exp
    let magnitude = exponent.magnitude
    let lower = magnitude.multipliedFullWidth(by: log2[1])
    let upper = magnitude.multipliedFullWidth(by: log2[2])
    let (v0, carry0) = lower.low.addingReportingOverflow(upperProduct(magnitude, log2[0]))
    let (v1, carry1) = upper.low.addingReportingOverflow(lower.high &+ (carry0 ? 1 : 0))
    let v2 = upper.high &+ (carry1 ? 1 : 0)
    if exponent > 0 {
      let fraction = TwoLimbs(high: v1, low: v0)
      workspace[2] = v2 &- (fraction < logarithm ? 1 : 0)
      let value = fraction &- logarithm
      workspace[1] = value.high
      workspace[0] = value.low
    } else {
      let value = TwoLimbs(high: v1, low: v0) &+ logarithm
      workspace[2] = v2 &+ (value < logarithm ? 1 : 0)
      workspace[1] = value.high
      workspace[0] = value.low
    }
    return finish(result, workspace, limbs: 2, sign: exponent > 0 ? 1 : -1)
  }

  /// Rounds a value of an integer and a fraction limb to the result, as
  /// ``finish(_:_:limbs:sign:)``.
  @inline(__always)
  private func finish(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ value: TwoLimbs, sign: Int32
  ) -> Double? {
    if value.high >> 62 != 0 { return nil }
    let zeros = value.high != 0 ? value.high.leadingZeroBitCount : value.low.leadingZeroBitCount
    let exponent = value.high != 0 ? 64 - zeros : -zeros
    if exponent < leastExponent { return nil }
    let up = UInt(truncatingIfNeeded: zeros)
    let fraction =
      value.high != 0
      ? (value.high &<< up) | ((value.low &>> 1) &>> (63 &- up)) : value.low &<< up
    // Bits below this limb do not matter: half a place is added, a multiple of its unit, and what
    // is below a place is cut off.
    let unused = 64 &- UInt(truncatingIfNeeded: precision)
    let (rounded, carry) = fraction.addingReportingOverflow(1 &<< (unused &- 1))
    result.pointee._mpfr_d[0] = carry ? 1 << 63 : rounded & (~0 &<< unused)
    result.pointee._mpfr_exp = exponent &+ (carry ? 1 : 0)
    result.pointee._mpfr_sign = sign
    return (0.5 + error * Double.exp2(-exponent)).nextUp
  }
}
