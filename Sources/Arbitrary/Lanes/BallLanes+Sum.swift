import CMPFR

extension BallLanes {
  package func add(_ c: LaneOperand, _ a: LaneOperand, _ b: LaneOperand, count: Int) {
    sum(c, a, b, isDifference: false, count)
  }

  package func subtract(_ c: LaneOperand, _ a: LaneOperand, _ b: LaneOperand, count: Int) {
    sum(c, a, b, isDifference: true, count)
  }

  @inline(__always)
  private func sum(
    _ c: LaneOperand, _ a: LaneOperand, _ b: LaneOperand, isDifference: Bool, _ count: Int
  ) {
    guard let rc = c.radii, let ra = a.radii, let rb = b.radii else { return }
    let (n, p) = (limbCount, precision)
    let flip: Int32 = isDifference ? -1 : 1
    let mask = UInt.max << UInt(64 * n - p)
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.stride, i &* b.stride, i &* c.stride)
      let (na, nb, nc) = (a.numbers + ia, b.numbers + ib, c.numbers + ic)
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent {
        let (ua, ub) = (ulps(ra[ia], ea, p), ulps(rb[ib], eb, p))
        if ua >= 0, ub >= 0 {
          if n == 1 {
            let isMore = ea > eb || (ea == eb && a.limbs[ia] >= b.limbs[ib])
            let (eBig, d) = isMore ? (ea, ea &- eb) : (eb, eb &- ea)
            let big = isMore ? a.limbs[ia] : b.limbs[ib]
            let small = isMore ? b.limbs[ib] : a.limbs[ia]
            let sa = na.pointee._mpfr_sign
            let sb = nb.pointee._mpfr_sign &* flip
            let (limb, e, exact) =
              sa == sb ? sum1(big, small, d, eBig) : difference1(big, small, d, eBig)
            if limb != 0, Lane.isInRange(e) {
              let kept = limb & mask
              let u = sumUlps(ua, ub, ea &- e, eb &- e, exact && kept == limb ? 0 : 1)
              if u < Self.greatestUlps {
                c.limbs[ic] = kept
                nc.pointee._mpfr_exp = e
                nc.pointee._mpfr_sign = isMore ? sa : sb
                rc[ic] = anchored(u, e, p)
                continue
              }
            }
          } else if n == 2 {
            let (pa, pb) = (a.limbs + 2 &* ia, b.limbs + 2 &* ib)
            let isMore =
              ea > eb || (ea == eb && (pa[1] > pb[1] || (pa[1] == pb[1] && pa[0] >= pb[0])))
            let (eBig, d) = isMore ? (ea, ea &- eb) : (eb, eb &- ea)
            let (big, small) = isMore ? (pa, pb) : (pb, pa)
            let sa = na.pointee._mpfr_sign
            let sb = nb.pointee._mpfr_sign &* flip
            let r =
              sa == sb
              ? sum2(big[1], big[0], small[1], small[0], d, eBig)
              : difference2(big[1], big[0], small[1], small[0], d, eBig)
            if r.high != 0, Lane.isInRange(r.exponent) {
              let kept = r.low & mask
              let e = r.exponent
              let u = sumUlps(ua, ub, ea &- e, eb &- e, r.isExact && kept == r.low ? 0 : 1)
              if u < Self.greatestUlps {
                let pc = c.limbs + 2 &* ic
                pc[0] = kept
                pc[1] = r.high
                nc.pointee._mpfr_exp = e
                nc.pointee._mpfr_sign = isMore ? sa : sb
                rc[ic] = anchored(u, e, p)
                continue
              }
            }
          } else {
            let ternary =
              isDifference ? mpfr_sub(nc, na, nb, MPFR_RNDN) : mpfr_add(nc, na, nb, MPFR_RNDN)
            let e = nc.pointee._mpfr_exp
            if e > Lane.leastRegularExponent, max(ea, eb) &- e < 900 {
              let u = sumUlps(ua, ub, ea &- e, eb &- e, ternary == 0 ? 0 : 0.5)
              if u < Self.greatestUlps {
                rc[ic] = anchored(u, e, p)
                continue
              }
            }
            // The midpoint stands; only the radius is to be found.
            let spread =
              Magnitude(uncheckedCoefficient: ua, exponent: ea &- p)
              + Magnitude(uncheckedCoefficient: ub, exponent: eb &- p)
            rc[ic] = settle(spread + BallArithmetic.roundingError(ternary, nc), nc)
            continue
          }
        }
      }
      let radius =
        isDifference
        ? BallArithmetic.subtract(nc, na, ra[ia], nb, rb[ib])
        : BallArithmetic.add(nc, na, ra[ia], nb, rb[ib])
      rc[ic] = settle(radius, nc)
    }
  }

  /// a + b·2^-d for significands of one limb, truncated, with whether nothing was lost.
  ///
  /// What is lost is below one unit of the result: at most one in the bits of b that are shifted out
  /// together with the bit that a carry shifts out.
  @inline(__always)
  private func sum1(
    _ a: UInt, _ b: UInt, _ d: Int, _ e: Int
  ) -> (limb: UInt, exponent: Int, isExact: Bool) {
    if d >= 64 { return (a, e, false) }
    let shifted = b >> UInt(d)
    let isWhole = shifted << UInt(d) == b
    let (sum, carry) = a.addingReportingOverflow(shifted)
    if !carry { return (sum, e, isWhole) }
    return (sum >> 1 | 1 << 63, e &+ 1, isWhole && sum & 1 == 0)
  }

  /// a - b·2^-d, not negative, truncated; limb 0 where it is zero.
  ///
  /// For d < 64 the difference of two limbs and the limb below is exact, and what the normalised result
  /// leaves out is below its unit. For d ≥ 64, b·2^-d is below a unit of a, and a is the result.
  @inline(__always)
  private func difference1(
    _ a: UInt, _ b: UInt, _ d: Int, _ e: Int
  ) -> (limb: UInt, exponent: Int, isExact: Bool) {
    if d >= 64 { return (a, e, false) }
    let below = d == 0 ? 0 : b << UInt(64 &- d)
    let (low, borrow) = UInt(0).subtractingReportingOverflow(below)
    let high = a &- (b >> UInt(d)) &- (borrow ? 1 : 0)
    if high == 0 { return (0, e, false) }
    let k = high.leadingZeroBitCount
    if k == 0 { return (high, e, low == 0) }
    return (high << UInt(k) | low >> UInt(64 &- k), e &- k, low << UInt(k) == 0)
  }

  /// As for one limb.
  @inline(__always)
  private func sum2(
    _ a1: UInt, _ a0: UInt, _ b1: UInt, _ b0: UInt, _ d: Int, _ e: Int
  ) -> (high: UInt, low: UInt, exponent: Int, isExact: Bool) {
    if d >= 128 { return (a1, a0, e, false) }
    let s1: UInt
    let s0: UInt
    let isWhole: Bool
    if d == 0 {
      (s1, s0, isWhole) = (b1, b0, true)
    } else if d < 64 {
      (s1, s0) = (b1 >> UInt(d), b0 >> UInt(d) | b1 << UInt(64 &- d))
      isWhole = b0 << UInt(64 &- d) == 0
    } else {
      (s1, s0) = (0, b1 >> UInt(d &- 64))
      isWhole = b0 == 0 && s0 << UInt(d &- 64) == b1
    }
    let (low, c0) = a0.addingReportingOverflow(s0)
    let (h, c1) = a1.addingReportingOverflow(s1)
    let (high, c2) = h.addingReportingOverflow(c0 ? 1 : 0)
    if !(c1 || c2) { return (high, low, e, isWhole) }
    return (high >> 1 | 1 << 63, low >> 1 | high << 63, e &+ 1, isWhole && low & 1 == 0)
  }

  /// As for one limb, with d < 128 for which three limbs hold the difference exactly.
  @inline(__always)
  private func difference2(
    _ a1: UInt, _ a0: UInt, _ b1: UInt, _ b0: UInt, _ d: Int, _ e: Int
  ) -> (high: UInt, low: UInt, exponent: Int, isExact: Bool) {
    if d >= 128 { return (a1, a0, e, false) }
    var s1: UInt
    var s0: UInt
    var s: UInt
    // Bits that fall below the third limb; they count as one unit of it.
    var isSticky = false
    if d == 0 {
      (s1, s0, s) = (b1, b0, 0)
    } else if d < 64 {
      (s1, s0, s) = (
        b1 >> UInt(d), b0 >> UInt(d) | b1 << UInt(64 &- d), b0 << UInt(64 &- d)
      )
    } else if d == 64 {
      (s1, s0, s) = (0, b1, b0)
    } else {
      let f = UInt(d &- 64)
      (s1, s0, s) = (0, b1 >> f, b0 >> f | b1 << (64 &- f))
      isSticky = b0 << (64 &- f) != 0
    }
    if isSticky {
      // Rounds the subtrahend up, by less than a unit of the third limb.
      let (t, c) = s.addingReportingOverflow(1)
      s = t
      if c {
        let (t0, c0) = s0.addingReportingOverflow(1)
        s0 = t0
        if c0 { s1 &+= 1 }
      }
    }
    let (third, c0) = UInt(0).subtractingReportingOverflow(s)
    let (m, c1) = a0.subtractingReportingOverflow(s0)
    let (low, c2) = m.subtractingReportingOverflow(c0 ? 1 : 0)
    let high = a1 &- s1 &- (c1 || c2 ? 1 : 0)
    if high == 0 { return (0, 0, e, false) }
    let k = high.leadingZeroBitCount
    if k == 0 { return (high, low, e, third == 0 && !isSticky) }
    let j = UInt(64 &- k)
    let kk = UInt(k)
    return (
      high << kk | low >> j, low << kk | third >> j, e &- k, third << kk == 0 && !isSticky
    )
  }
}
