import CMPFR

extension ExponentialKernel {
  /// e^x on fractions of one limb, within 6 units.
  ///
  /// Unit: 2^-64. Reduction: |x| mod 1 is cut off (below 1), n·log 2 mod 1 as well (below 1), and
  /// after the rare correction by log 2, also cut off, t is wrong by less than 3, whatever the
  /// signs; that moves e^t/2 < 1 by less than 3.01. What follows only rounds down, so that the
  /// fraction stays below 1.
  ///
  /// With a = e^(i/256)/2, b = e^(j/2^16) - 1 and w = e^u - 1, 0 ≤ u < 2^-16, the fraction is a +
  /// a·s, s = b + w + bw < 2^-7 in units of 2^-71 (128th units). Errors of s in these: the series'
  /// remainder u^4/24·1.01 < 2^-68.5 < 6; the terms u²/2 and u³/6 below 1 and 2 (u exact; the
  /// square of the scaled u loses less than 1 before it is shifted by 26 places); b below 1; bw
  /// below 1.1 and, from the error of w, below 0.1. Together below 12, 0.1 units. a is below 1
  /// wrong, times 1 + s below 1.01; the product loses less than 1 of 2^-71 and less than 1 of the
  /// shift. In all 3.01 + 0.1 + 1.01 + 1.01 < 6.
  @inline(__always)
  func narrowExponential1(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) {
    var n = Self.multiple(x)
    let fraction = x.fractionTwoLimbs.high
    let magnitude = n.magnitude
    let multiple = magnitude &* log2[1] &+ upperProduct(magnitude, log2[0])
    var t = n < 0 ? multiple : 0 &- multiple
    t = x.pointee._mpfr_sign < 0 ? t &- fraction : t &+ fraction
    if t >= log2[1] {
      t &-= log2[1]
      n &+= 1
    }

    let a = leading[Int(truncatingIfNeeded: t &>> 56)]
    let b = trailing[Int(truncatingIfNeeded: (t &>> 48) & 0xFF)]
    let u = t &<< 16
    let square = upperProduct(u, u)
    let cube = upperProduct(upperProduct(square, u), ~0 / 6)
    let w = (u &>> 9) &+ (square &>> 26) &+ (cube &>> 41)
    let s = b &+ w &+ (upperProduct(b, w) &>> 7)
    let value = a &+ (upperProduct(a, s) &>> 7)

    // Rounded to nearest; a carry out leaves zero, and means the next power of two.
    let unused = 64 &- UInt(truncatingIfNeeded: precision)
    let (rounded, carry) = value.addingReportingOverflow(1 &<< (unused &- 1))
    result.pointee._mpfr_d[0] = carry ? 1 << 63 : rounded & (~0 &<< unused)
    result.pointee._mpfr_exp = n &+ (carry ? 2 : 1)
    result.pointee._mpfr_sign = 1
  }

  /// e^x on fractions of two limbs, within 6 units.
  ///
  /// Unit: 2^-128. Reduction: as for one limb t is wrong by less than 3, and e^t/2 by less than
  /// 3.01.
  ///
  /// With a = e^(i/2^8)/2, b = e^(j/2^16) - 1, c = e^(k/2^24) - 1 and w = e^u - 1, 0 ≤ u < 2^-24,
  /// the fraction is a + a·s, 1 + s = (1 + b)(1 + c)(1 + w), s < 2^-7 in units of 2^-135 (128th
  /// units). Errors in these: w = u + u²/2 + u³(1/6 + u/24 + u²/120) leaves out u^6/720·1.01 <
  /// 2^-153; u is exact, the square loses less than 3 before it is shifted by 42 places and less
  /// than 1 there; the cube, one limb of unit 2^-136, loses less than 1 for its own rounding, 2 of
  /// the limbs left out of its two factors, of which 1/6 is left after multiplying by the bracket,
  /// 4 for the bracket's (1 each for its three coefficients and its product) times u³·2^72 < 1, and
  /// 1 for the last product: below 6, 3 of 2^-135, and 1 for the shift. So w is wrong by less than
  /// 5.1. b and c by 1 each; the products bs and cw by 3/128 and 1 for the shift, and by 2^-7 of
  /// the errors of their factors: s by less than 5.1 + 2 + 2.1 + 0.2 < 10, 0.08 units. a is below 1
  /// wrong, times 1 + s below 1.01; the product loses less than 3/128 and 1. In all 3.01 + 0.08 +
  /// 1.01 + 1.03 < 6.
  @inline(__always)
  func narrowExponential2(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) {
    var n = Self.multiple(x)
    let fraction = x.fractionTwoLimbs
    let magnitude = n.magnitude
    let middle = magnitude.multipliedFullWidth(by: log2[1])
    let (low, carry) = middle.low.addingReportingOverflow(upperProduct(magnitude, log2[0]))
    let multiple = TwoLimbs(
      high: magnitude &* log2[2] &+ middle.high &+ (carry ? 1 : 0), low: low)
    var t = n < 0 ? multiple : TwoLimbs(high: 0, low: 0) &- multiple
    t = x.pointee._mpfr_sign < 0 ? t &- fraction : t &+ fraction
    let period = TwoLimbs(high: log2[2], low: log2[1])
    if !(t < period) {
      t = t &- period
      n &+= 1
    }

    let entryA = leading + 2 * Int(truncatingIfNeeded: t.high &>> 56)
    let entryB = trailing + 2 * Int(truncatingIfNeeded: (t.high &>> 48) & 0xFF)
    let entryC = trailing + (512 + 2 * Int(truncatingIfNeeded: (t.high &>> 40) & 0xFF))
    let a = TwoLimbs(high: entryA[1], low: entryA[0])
    let b = TwoLimbs(high: entryB[1], low: entryB[0])
    let c = TwoLimbs(high: entryC[1], low: entryC[0])

    let u = t << 24
    let square = u.upperSquare
    let bracket =
      ~0 / 6 &+ (upperProduct(u.high, ~0 / 24) &>> 24)
      &+ (upperProduct(square.high, ~0 / 120) &>> 48)
    let cube = upperProduct(upperProduct(square.high, u.high), bracket)
    let w = (u >> 17) &+ (square >> 42) &+ TwoLimbs(high: 0, low: cube &>> 1)
    let cw = c &+ w &+ (c.upperProduct(w) >> 7)
    let s = b &+ cw &+ (b.upperProduct(cw) >> 7)
    let value = a &+ (a.upperProduct(s) >> 7)

    withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2) { limbs in
      limbs[0] = value.low
      limbs[1] = value.high
      if let base = limbs.baseAddress {
        result.setRounded(base, count: 2, exponent: n &+ 1, sign: 1)
      }
    }
  }
}
