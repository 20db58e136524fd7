import CMPFR

extension BallLanes {
  package func multiply(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    switch width {
    case .oneLimb: narrowProduct(UInt.self, c, a, b, count)
    case .twoLimbs: narrowProduct(UInt128.self, c, a, b, count)
    case .wide: wideProduct(c, a, b, count)
    }
  }

  @inline(__always)
  private func narrowProduct<W: Significand>(
    _ word: W.Type, _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, _ count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii, let rb = b.pointee.radii else {
      return
    }
    let (n, p) = (W.limbCount, precision)
    let mask = W.max &<< W(truncatingIfNeeded: W.bitWidth &- p)
    let ulp = ulp(p)
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.pointee.stride, i &* b.pointee.stride, i &* c.pointee.stride)
      let (na, nb, nc) = (a.pointee.numbers + ia, b.pointee.numbers + ib, c.pointee.numbers + ic)
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      let (ua, ub) = (ulps(ra[ia], ea, p), ulps(rb[ib], eb, p))
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent, ua >= 0, ub >= 0 {
        let (va, vb) = (W.load(a.pointee.limbs + n &* ia), W.load(b.pointee.limbs + n &* ib))
        let r = W.product(va, vb)
        let (value, shift) = r.high.normalisedProduct
        let kept = value & mask
        let isExact = r.isExact && kept == value
        let e = ea &+ eb &- shift
        let u = productUlps(ua, ub, va.top, vb.top, shift, ulp, isExact ? 0 : truncation)
        if u < Self.greatestUlps, Lane.isInRange(e) {
          kept.store(c.pointee.limbs + n &* ic)
          nc.pointee._mpfr_sign = na.pointee._mpfr_sign &* nb.pointee._mpfr_sign
          nc.pointee._mpfr_exp = e
          rc[ic] = anchored(u, e, p)
          continue
        }
      }
      rc[ic] = settle(BallArithmetic.multiply(nc, na, ra[ia], nb, rb[ib]), nc)
    }
  }

  private func wideProduct(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, _ count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii, let rb = b.pointee.radii else {
      return
    }
    let (n, p) = (limbCount, precision)
    let ulp = ulp(p)
    let product = kernels.product
    let spare = UInt(64 * n - p)
    let mask = UInt.max << spare
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.pointee.stride, i &* b.pointee.stride, i &* c.pointee.stride)
      let (na, nb, nc) = (a.pointee.numbers + ia, b.pointee.numbers + ib, c.pointee.numbers + ic)
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      let (ua, ub) = (ulps(ra[ia], ea, p), ulps(rb[ib], eb, p))
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent, ua >= 0, ub >= 0 {
        let (pa, pb) = (a.pointee.limbs + ia &* n, b.pointee.limbs + ib &* n)
        let (la, lb) = (pa[n &- 1], pb[n &- 1])
        if n <= WideProduct.largestLimbCount {
          let pc = c.pointee.limbs + ic &* n
          let (shift, isZeroBelow) = WideProduct.leading(pc, product, pa, pb, n)
          let e = ea &+ eb &- shift
          let isExact = isZeroBelow && pc[0] & ~mask == 0
          let u = productUlps(ua, ub, la, lb, shift, ulp, isExact ? 0 : 1)
          if u < Self.greatestUlps, Lane.isInRange(e) {
            pc[0] &= mask
            nc.pointee._mpfr_sign = na.pointee._mpfr_sign &* nb.pointee._mpfr_sign
            nc.pointee._mpfr_exp = e
            rc[ic] = anchored(u, e, p)
            continue
          }
        }
        // Such radii make one below 2^700 ulps.
        if HighProduct.applies(pa, pb, n), Lane.isInRange(ea &+ eb &- 1),
          Lane.isInRange(ea &+ eb &+ 1), ua < 0x1p600, ub < 0x1p600
        {
          let shift = HighProduct.multiply(
            c.pointee.limbs + ic &* n, product, pa, pb, n, spare: spare)
          let e = ea &+ eb &+ shift
          nc.pointee._mpfr_sign = na.pointee._mpfr_sign &* nb.pointee._mpfr_sign
          nc.pointee._mpfr_exp = e
          // Where it became a power of two, E_c is one more, and the factor for 0 is on the safe side.
          let u = productUlps(ua, ub, la, lb, max(0 &- shift, 0), ulp, HighProduct.error)
          rc[ic] = anchored(u, e, p)
          continue
        }
        let ternary = mpfr_mul(nc, na, nb, MPFR_RNDN)
        let e = nc.pointee._mpfr_exp
        if e > Lane.leastRegularExponent {
          // Rounding up to a power of two makes E_c one more: the shift is then -1 or 0, and the
          // factor for 0 is on the safe side.
          let u = productUlps(
            ua, ub, la, lb, max(ea &+ eb &- e, 0), ulp, ternary == 0 ? 0 : 0.5)
          if u < Self.greatestUlps {
            rc[ic] = anchored(u, e, p)
            continue
          }
        }
        rc[ic] = productRadius(nc, ternary, la, ea, ra[ia], lb, eb, rb[ib])
        continue
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
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    if width != .wide || limbCount <= HighProduct.largestSquare {
      multiply(c, a, a, count: count)
      return
    }
    guard let rc = c.pointee.radii, let ra = a.pointee.radii else { return }
    let (n, p) = (limbCount, precision)
    let ulp = ulp(p)
    for i in 0..<count {
      let (ia, ic) = (i &* a.pointee.stride, i &* c.pointee.stride)
      let (na, nc) = (a.pointee.numbers + ia, c.pointee.numbers + ic)
      let ea = na.pointee._mpfr_exp
      let ua = ulps(ra[ia], ea, p)
      if ea > Lane.leastRegularExponent, ua >= 0, ua < Self.greatestUlps {
        let la = a.pointee.limbs[ia &* n &+ n &- 1]
        let r = ra[ia]
        let ternary = mpfr_sqr(nc, na, MPFR_RNDN)
        let e = nc.pointee._mpfr_exp
        let u = productUlps(ua, ua, la, la, max(2 &* ea &- e, 0), ulp, ternary == 0 ? 0 : 0.5)
        rc[ic] =
          e > Lane.leastRegularExponent && u < Self.greatestUlps
          ? anchored(u, e, p) : productRadius(nc, ternary, la, ea, r, la, ea, r)
        continue
      }
      rc[ic] = settle(BallArithmetic.square(nc, na, ra[ia]), nc)
    }
  }
}
