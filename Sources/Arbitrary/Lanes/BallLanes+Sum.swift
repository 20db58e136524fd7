import CMPFR

extension BallLanes {
  package func add(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    sum(c, a, b, isDifference: false, count)
  }

  package func subtract(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    sum(c, a, b, isDifference: true, count)
  }

  @inline(__always)
  private func sum(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, isDifference: Bool, _ count: Int
  ) {
    switch width {
    case .oneLimb: narrowSum(UInt.self, c, a, b, isDifference, count)
    case .twoLimbs: narrowSum(UInt128.self, c, a, b, isDifference, count)
    case .wide: wideSum(c, a, b, isDifference, count)
    }
  }

  @inline(__always)
  private func narrowSum<W: Significand>(
    _ word: W.Type, _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, _ isDifference: Bool,
    _ count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii, let rb = b.pointee.radii else {
      return
    }
    let (n, p) = (W.limbCount, precision)
    let flip: Int32 = isDifference ? -1 : 1
    let mask = W.max &<< W(truncatingIfNeeded: W.bitWidth &- p)
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.pointee.stride, i &* b.pointee.stride, i &* c.pointee.stride)
      let (na, nb, nc) = (a.pointee.numbers + ia, b.pointee.numbers + ib, c.pointee.numbers + ic)
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      let (ua, ub) = (ulps(ra[ia], ea, p), ulps(rb[ib], eb, p))
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent, ua >= 0, ub >= 0 {
        let (va, vb) = (W.load(a.pointee.limbs + n &* ia), W.load(b.pointee.limbs + n &* ib))
        let isMore = ea == eb ? va >= vb : ea > eb
        let (big, small) = isMore ? (va, vb) : (vb, va)
        let d = isMore ? ea &- eb : eb &- ea
        let sa = na.pointee._mpfr_sign
        let sb = nb.pointee._mpfr_sign &* flip
        let r = sa == sb ? W.sum(big, small, d) : W.difference(big, small, d)
        let e = (isMore ? ea : eb) &+ r.shift
        let kept = r.value & mask
        let isExact = r.isExact && kept == r.value
        let u = sumUlps(ua, ub, ea &- e, eb &- e, isExact ? 0 : truncation)
        if u < Self.greatestUlps, kept != 0, Lane.isInRange(e) {
          kept.store(c.pointee.limbs + n &* ic)
          nc.pointee._mpfr_exp = e
          nc.pointee._mpfr_sign = isMore ? sa : sb
          rc[ic] = anchored(u, e, p)
          continue
        }
      }
      let radius =
        isDifference
        ? BallArithmetic.subtract(nc, na, ra[ia], nb, rb[ib])
        : BallArithmetic.add(nc, na, ra[ia], nb, rb[ib])
      rc[ic] = settle(radius, nc)
    }
  }

  private func wideSum(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, _ isDifference: Bool, _ count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii, let rb = b.pointee.radii else {
      return
    }
    let p = precision
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.pointee.stride, i &* b.pointee.stride, i &* c.pointee.stride)
      let (na, nb, nc) = (a.pointee.numbers + ia, b.pointee.numbers + ib, c.pointee.numbers + ic)
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      let (ua, ub) = (ulps(ra[ia], ea, p), ulps(rb[ib], eb, p))
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent, ua >= 0, ub >= 0 {
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
      let radius =
        isDifference
        ? BallArithmetic.subtract(nc, na, ra[ia], nb, rb[ib])
        : BallArithmetic.add(nc, na, ra[ia], nb, rb[ib])
      rc[ic] = settle(radius, nc)
    }
  }
}
