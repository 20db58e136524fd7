import CMPFR

extension BallLanes {
  package func multiply(
    _ c: LaneOperand, _ a: LaneOperand, _ b: LaneOperand, count: Int
  ) {
    guard let rc = c.radii, let ra = a.radii, let rb = b.radii else { return }
    let (n, p) = (limbCount, precision)
    let mask = UInt.max << UInt(64 * n - p)
    let ulp = ulp(p)
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.stride, i &* b.stride, i &* c.stride)
      let (na, nb, nc) = (a.numbers + ia, b.numbers + ib, c.numbers + ic)
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent {
        let (ua, ub) = (ulps(ra[ia], ea, p), ulps(rb[ib], eb, p))
        if ua >= 0, ub >= 0 {
          if n == 1 {
            let (la, lb) = (a.limbs[ia], b.limbs[ib])
            let (high, low) = la.multipliedFullWidth(by: lb)
            let shift = high.leadingZeroBitCount
            let limb = shift == 0 ? high : high << 1 | low >> 63
            let kept = limb & mask
            let isExact = kept == limb && low << UInt(truncatingIfNeeded: shift) == 0
            let e = ea &+ eb &- shift
            let u = productUlps(ua, ub, la, lb, shift, ulp, isExact ? 0 : 1)
            if u < Self.greatestUlps, Lane.isInRange(e) {
              c.limbs[ic] = kept
              nc.pointee._mpfr_sign = na.pointee._mpfr_sign &* nb.pointee._mpfr_sign
              nc.pointee._mpfr_exp = e
              rc[ic] = anchored(u, e, p)
              continue
            }
          } else if n == 2 {
            let (pa, pb) = (a.limbs + 2 &* ia, b.limbs + 2 &* ib)
            let (a1, a0, b1, b0) = (pa[1], pa[0], pb[1], pb[0])
            let r = product2(a1, a0, b1, b0)
            let kept = r.low & mask
            let e = ea &+ eb &- r.shift
            let u = productUlps(
              ua, ub, a1, b1, r.shift, ulp, r.isExact && kept == r.low ? 0 : 1)
            if u < Self.greatestUlps, Lane.isInRange(e) {
              let pc = c.limbs + 2 &* ic
              pc[0] = kept
              pc[1] = r.high
              nc.pointee._mpfr_sign = na.pointee._mpfr_sign &* nb.pointee._mpfr_sign
              nc.pointee._mpfr_exp = e
              rc[ic] = anchored(u, e, p)
              continue
            }
          } else {
            let (la, lb) = (a.limbs[ia &* n &+ n &- 1], b.limbs[ib &* n &+ n &- 1])
            let ternary = mpfr_mul(nc, na, nb, MPFR_RNDN)
            let e = nc.pointee._mpfr_exp
            if e > Lane.leastRegularExponent {
              // Rounding up to a power of two makes E_c one more: the shift is then -1 or 0, and the
              // factor for 0 is on the safe side.
              let u = productUlps(
                ua, ub, la, lb, ea &+ eb &- e <= 0 ? 0 : 1, ulp, ternary == 0 ? 0 : 0.5)
              if u < Self.greatestUlps {
                rc[ic] = anchored(u, e, p)
                continue
              }
            }
            rc[ic] = productRadius(nc, ternary, la, ea, ra[ia], lb, eb, rb[ib])
            continue
          }
        }
      }
      rc[ic] = settle(BallArithmetic.multiply(nc, na, ra[ia], nb, rb[ib]), nc)
    }
  }

  /// The radius of a product whose midpoint has overwritten an operand: from their leading limbs.
  private func productRadius(
    _ c: Number, _ ternary: Int32, _ la: UInt, _ ea: Int, _ r: Magnitude, _ lb: UInt, _ eb: Int,
    _ s: Magnitude
  ) -> Magnitude {
    let a = Magnitude(
      uncheckedCoefficient: significand(la) * Magnitude.inflation, exponent: ea)
    let b = Magnitude(
      uncheckedCoefficient: significand(lb) * Magnitude.inflation, exponent: eb)
    return settle(a * s + b * r + r * s + BallArithmetic.roundingError(ternary, c), c)
  }

  package func square(
    _ c: LaneOperand, _ a: LaneOperand, count: Int
  ) {
    if limbCount <= 2 {
      multiply(c, a, a, count: count)
      return
    }
    guard let rc = c.radii, let ra = a.radii else { return }
    let (n, p) = (limbCount, precision)
    let ulp = ulp(p)
    for i in 0..<count {
      let (ia, ic) = (i &* a.stride, i &* c.stride)
      let (na, nc) = (a.numbers + ia, c.numbers + ic)
      let ea = na.pointee._mpfr_exp
      let ua = ulps(ra[ia], ea, p)
      if ea > Lane.leastRegularExponent, ua >= 0, ua < Self.greatestUlps {
        let la = a.limbs[ia &* n &+ n &- 1]
        let r = ra[ia]
        let ternary = mpfr_sqr(nc, na, MPFR_RNDN)
        let e = nc.pointee._mpfr_exp
        let u = productUlps(ua, ua, la, la, 2 &* ea &- e <= 0 ? 0 : 1, ulp, ternary == 0 ? 0 : 0.5)
        rc[ic] =
          e > Lane.leastRegularExponent && u < Self.greatestUlps
          ? anchored(u, e, p) : productRadius(nc, ternary, la, ea, r, la, ea, r)
        continue
      }
      rc[ic] = settle(BallArithmetic.square(nc, na, ra[ia]), nc)
    }
  }

  /// The two leading limbs of the product of significands, normalised, with the exponent's shift of 0
  /// or 1 and whether the rest is zero; the rest is below a unit of the second limb.
  @inline(__always)
  private func product2(
    _ a1: UInt, _ a0: UInt, _ b1: UInt, _ b0: UInt
  ) -> (high: UInt, low: UInt, shift: Int, isExact: Bool) {
    let (h11, l11) = a1.multipliedFullWidth(by: b1)
    let (h10, l10) = a1.multipliedFullWidth(by: b0)
    let (h01, l01) = a0.multipliedFullWidth(by: b1)
    let (h00, l00) = a0.multipliedFullWidth(by: b0)
    // Column 1: l10 + l01 + h00, with its carries into column 2: l11 + h10 + h01.
    let (t1, k0) = l10.addingReportingOverflow(l01)
    let (r1, k1) = t1.addingReportingOverflow(h00)
    let carry1: UInt = (k0 ? 1 : 0) &+ (k1 ? 1 : 0)
    let (t2, k2) = l11.addingReportingOverflow(h10)
    let (t3, k3) = t2.addingReportingOverflow(h01)
    let (r2, k4) = t3.addingReportingOverflow(carry1)
    let r3 = h11 &+ (k2 ? 1 : 0) &+ (k3 ? 1 : 0) &+ (k4 ? 1 : 0)
    if r3 >> 63 != 0 { return (r3, r2, 0, r1 | l00 == 0) }
    return (r3 << 1 | r2 >> 63, r2 << 1 | r1 >> 63, 1, r1 << 1 | l00 == 0)
  }
}
