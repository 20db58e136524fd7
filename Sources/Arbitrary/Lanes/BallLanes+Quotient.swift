import CMPFR

extension BallLanes {
  package func divide(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii, let rb = b.pointee.radii else {
      return
    }
    let (n, p) = (limbCount, precision)
    let ulp = ulp(p)
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.pointee.stride, i &* b.pointee.stride, i &* c.pointee.stride)
      let (na, nb, nc) = (a.pointee.numbers + ia, b.pointee.numbers + ib, c.pointee.numbers + ic)
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      let (ua, ub) = (ulps(ra[ia], ea, p), ulps(rb[ib], eb, p))
      let lb = significand(b.pointee.limbs[ib &* n &+ n &- 1])
      // The divisor's least significand. Where it is above 1/8, the errors of the two roundings and of
      // the significand are together below 2^-48 of it, which the last factor makes good.
      let least = (lb - ub * ulp) * (2 - Magnitude.inflation)
      guard ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent,
        Lane.isInRange(ea &- eb &- 1), Lane.isInRange(ea &- eb &+ 1),
        ua >= 0, ub >= 0, ua < Self.greatestUlps, least > 0.125
      else {
        rc[ic] = settle(BallArithmetic.divide(nc, na, ra[ia], nb, rb[ib]), nc)
        continue
      }
      let ternary = mpfr_div(nc, na, nb, MPFR_RNDN)
      let e = nc.pointee._mpfr_exp
      let error = ternary == 0 ? 0 : 0.5
      if ua == 0, ub == 0 {
        rc[ic] = anchored(error, e, p)
        continue
      }
      // |a/b| is at most the rounded quotient and half its ulp more, which is 2^-p of 2^E.
      let quotient = significand(c.pointee.limbs[ic &* n &+ n &- 1]) * Magnitude.inflation + ulp
      let spread = ua * Magnitude.scale(ea &- eb &- e) + quotient * ub
      let u = (spread / least + error) * Magnitude.inflation
      // Below 2^920 in any case: as an unanchored radius it would be as right.
      rc[ic] = anchored(u, e, p)
    }
  }

  package func squareRoot(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii else { return }
    let (n, p) = (limbCount, precision)
    let ulp = ulp(p)
    for i in 0..<count {
      let (ia, ic) = (i &* a.pointee.stride, i &* c.pointee.stride)
      let (na, nc) = (a.pointee.numbers + ia, c.pointee.numbers + ic)
      let ea = na.pointee._mpfr_exp
      let ua = ulps(ra[ia], ea, p)
      let t = ua * ulp / significand(a.pointee.limbs[ia &* n &+ n &- 1]) * Magnitude.inflation
      guard ea > Lane.leastRegularExponent, na.pointee._mpfr_sign > 0, ua >= 0, t < 0.5 else {
        rc[ic] = settle(BallArithmetic.squareRoot(nc, na, ra[ia]), nc)
        continue
      }
      let ternary = mpfr_sqrt(nc, na, MPFR_RNDN)
      let e = nc.pointee._mpfr_exp
      var u = ternary == 0 ? 0 : 0.5
      if ua > 0 {
        // √a is at least the rounded root less half its ulp.
        let root =
          (significand(c.pointee.limbs[ic &* n &+ n &- 1]) - ulp) * (2 - Magnitude.inflation)
        u = (u + ua * Magnitude.scale(ea &- 2 &* e) / (root * (2 - t))) * Magnitude.inflation
      }
      rc[ic] = anchored(u, e, p)
    }
  }

  /// Products with 2^k, which are exact.
  package func scale(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, by k: Int, count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii else { return }
    let (n, p) = (limbCount, precision)
    for i in 0..<count {
      let (ia, ic) = (i &* a.pointee.stride, i &* c.pointee.stride)
      let (na, nc) = (a.pointee.numbers + ia, c.pointee.numbers + ic)
      let e = na.pointee._mpfr_exp
      let u = ulps(ra[ia], e, p)
      guard e > Lane.leastRegularExponent, u >= 0, u < .infinity, Lane.isInRange(e),
        Lane.isInRange(e &+ k)
      else {
        rc[ic] = settle(BallArithmetic.scale(nc, na, ra[ia], by: k), nc)
        continue
      }
      Lane.copyLimbs(c.pointee.limbs + ic &* n, a.pointee.limbs + ia &* n, n)
      nc.pointee._mpfr_sign = na.pointee._mpfr_sign
      nc.pointee._mpfr_exp = e &+ k
      rc[ic] = anchored(u, e &+ k, p)
    }
  }

  package func scaleNegated(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, by k: Int, count: Int
  ) {
    scale(c, a, by: k, count: count)
    for i in 0..<count { c.pointee.numbers[i &* c.pointee.stride]._mpfr_sign *= -1 }
  }

  package func negate(_ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int)
  {
    withSign(c, a, isAbsolute: false, count)
  }

  package func absolute(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    withSign(c, a, isAbsolute: true, count)
  }

  private func withSign(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, isAbsolute: Bool, _ count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii else { return }
    let (n, p) = (limbCount, precision)
    let largest = 0.25 / ulp(p)
    for i in 0..<count {
      let (ia, ic) = (i &* a.pointee.stride, i &* c.pointee.stride)
      let (na, nc) = (a.pointee.numbers + ia, c.pointee.numbers + ic)
      let e = na.pointee._mpfr_exp
      let u = ulps(ra[ia], e, p)
      // A radius below a quarter of 2^e leaves the sign as it is.
      guard e > Lane.leastRegularExponent, u >= 0, u < largest else {
        let radius =
          isAbsolute
          ? BallArithmetic.absolute(nc, na, ra[ia]) : BallArithmetic.negate(nc, na, ra[ia])
        rc[ic] = settle(radius, nc)
        continue
      }
      Lane.copyLimbs(c.pointee.limbs + ic &* n, a.pointee.limbs + ia &* n, n)
      nc.pointee._mpfr_sign = isAbsolute ? 1 : -na.pointee._mpfr_sign
      nc.pointee._mpfr_exp = e
      rc[ic] = anchored(u, e, p)
    }
  }

  package func guardNonzero(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    copy(c, a, count: count)
    guard let rc = c.pointee.radii, let rb = b.pointee.radii else { return }
    for i in 0..<count {
      let (ib, ic) = (i &* b.pointee.stride, i &* c.pointee.stride)
      let (nb, nc) = (b.pointee.numbers + ib, c.pointee.numbers + ic)
      let e = nb.pointee._mpfr_exp
      let u = ulps(rb[ib], e, precision)
      // A radius below a quarter of 2^e keeps away from zero.
      if e > Lane.leastRegularExponent, u >= 0, u * ulp(precision) < 0.25 { continue }
      if rb[ib].isNone || (mpfr_zero_p(nb) != 0 && rb[ib].isZero) {
        rc[ic] = BallArithmetic.setEmpty(nc)
      } else if BallArithmetic.lower(nb) <= rb[ib] {
        rc[ic] = BallArithmetic.setEntire(nc)
      }
    }
  }

  package func minimum(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    choose(c, a, b, isMinimum: true, count)
  }

  package func maximum(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    choose(c, a, b, isMinimum: false, count)
  }

  private func choose(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, isMinimum: Bool, _ count: Int
  ) {
    guard let rc = c.pointee.radii, let ra = a.pointee.radii, let rb = b.pointee.radii else {
      return
    }
    for i in 0..<count {
      let (ia, ib, ic) = (i &* a.pointee.stride, i &* b.pointee.stride, i &* c.pointee.stride)
      let (na, nb, nc) = (a.pointee.numbers + ia, b.pointee.numbers + ib, c.pointee.numbers + ic)
      if let isFirst = BallArithmetic.isSurelyGreater(na, ra[ia], nb, rb[ib]) {
        let takesFirst = isFirst != isMinimum
        let (n, r) = takesFirst ? (na, ra[ia]) : (nb, rb[ib])
        rc[ic] = settle(BallArithmetic.copy(nc, n, r), nc)
        continue
      }
      let radius =
        isMinimum
        ? BallArithmetic.minimum(nc, na, ra[ia], nb, rb[ib])
        : BallArithmetic.maximum(nc, na, ra[ia], nb, rb[ib])
      rc[ic] = settle(radius, nc)
    }
  }
}

extension BallArithmetic {
  /// Whether the first ball lies above the second (true) or below it (false), where the signs and
  /// exponents of the midpoints and their radii show it at once; nil says nothing.
  static func isSurelyGreater(
    _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude
  ) -> Bool? {
    if r.isZero, s.isZero {
      let order = mpfr_cmp(a, b)
      return order == 0 ? nil : order > 0
    }
    let signs = (sx_mpfr_sgn(a), sx_mpfr_sgn(b))
    // Zero beside a ball that keeps away from it.
    if signs.1 == 0, s.isZero, signs.0 != 0, r <= lower(a) { return signs.0 > 0 }
    if signs.0 == 0, r.isZero, signs.1 != 0, s <= lower(b) { return signs.1 < 0 }
    return nil
  }
}
