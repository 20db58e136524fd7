import CMPFR

extension IntervalLanes {
  package func add(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      mpfr_add($0.lower, $1.lower, $2.lower, MPFR_RNDD)
      mpfr_add($0.upper, $1.upper, $2.upper, MPFR_RNDU)
      $0.clearSigns()
    }
  }

  package func subtract(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      mpfr_sub($0.lower, $1.lower, $2.upper, MPFR_RNDD)
      mpfr_sub($0.upper, $1.upper, $2.lower, MPFR_RNDU)
      $0.clearSigns()
    }
  }

  package func multiply(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int
  ) {
    binary(c, a, b, count) { c, a, b in
      multiply(c, a, b)
      c.clearSigns()
    }
  }

  /// The extreme products are chosen by the signs of the bounds. Once sets of zero alone are taken out,
  /// no product is of a zero and an infinity: the partner of an upper end that may be +∞, or of a lower
  /// end that may be -∞, is an end beyond zero.
  @inline(__always)
  private func multiply(_ c: IntervalBounds, _ a: IntervalBounds, _ b: IntervalBounds) {
    let (al, au) = (Lane.sign(a.lower), Lane.sign(a.upper))
    let (bl, bu) = (Lane.sign(b.lower), Lane.sign(b.upper))
    if al == 0 && au == 0 || bl == 0 && bu == 0 {
      c.setZero()
    } else if al >= 0 {
      if bl >= 0 {
        products(c, a.lower, b.lower, a.upper, b.upper)
      } else {
        products(c, a.upper, b.lower, bu <= 0 ? a.lower : a.upper, b.upper)
      }
    } else if au <= 0 {
      if bl >= 0 {
        products(c, a.lower, b.upper, a.upper, b.lower)
      } else if bu <= 0 {
        products(c, a.upper, b.upper, a.lower, b.lower)
      } else {
        products(c, a.lower, b.upper, a.lower, b.lower)
      }
    } else if bl >= 0 {
      products(c, a.lower, b.upper, a.upper, b.upper)
    } else if bu <= 0 {
      products(c, a.upper, b.lower, a.lower, b.lower)
    } else {
      let other = scratch.operand(0).numbers
      mpfr_mul(c.lower, a.lower, b.upper, MPFR_RNDD)
      mpfr_mul(other, a.upper, b.lower, MPFR_RNDD)
      mpfr_min(c.lower, c.lower, other, MPFR_RNDD)
      mpfr_mul(c.upper, a.lower, b.lower, MPFR_RNDU)
      mpfr_mul(other, a.upper, b.upper, MPFR_RNDU)
      mpfr_max(c.upper, c.upper, other, MPFR_RNDU)
    }
  }

  @inline(__always)
  private func products(
    _ c: IntervalBounds, _ a: Number, _ b: Number, _ x: Number, _ y: Number
  ) {
    mpfr_mul(c.lower, a, b, MPFR_RNDD)
    mpfr_mul(c.upper, x, y, MPFR_RNDU)
  }

  package func square(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int
  ) {
    unary(c, a, count) { c, a in
      if a.isEmpty {
        c.setEmpty()
      } else if Lane.sign(a.lower) >= 0 {
        mpfr_sqr(c.lower, a.lower, MPFR_RNDD)
        mpfr_sqr(c.upper, a.upper, MPFR_RNDU)
      } else if Lane.sign(a.upper) <= 0 {
        mpfr_sqr(c.lower, a.upper, MPFR_RNDD)
        mpfr_sqr(c.upper, a.lower, MPFR_RNDU)
      } else {
        mpfr_set_zero(c.lower, 1)
        mpfr_sqr(
          c.upper, mpfr_cmpabs(a.lower, a.upper) > 0 ? a.lower : a.upper, MPFR_RNDU)
      }
    }
  }

  package func scale(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, by k: Int, count: Int
  ) {
    unary(c, a, count) {
      mpfr_mul_2si($0.lower, $1.lower, k, MPFR_RNDD)
      mpfr_mul_2si($0.upper, $1.upper, k, MPFR_RNDU)
      $0.clearSigns()
    }
  }

  package func scaleNegated(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, by k: Int, count: Int
  ) {
    unary(c, a, count) {
      mpfr_mul_2si($0.lower, $1.upper, k, MPFR_RNDU)
      mpfr_neg($0.lower, $0.lower, MPFR_RNDD)
      mpfr_mul_2si($0.upper, $1.lower, k, MPFR_RNDD)
      mpfr_neg($0.upper, $0.upper, MPFR_RNDU)
      $0.clearSigns()
    }
  }

  package func negate(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int
  ) {
    unary(c, a, count) { c, a in
      if a.isEmpty {
        c.setEmpty()
      } else {
        negate(c, a)
      }
    }
  }

  @inline(__always)
  private func negate(_ c: IntervalBounds, _ a: IntervalBounds) {
    mpfr_neg(c.lower, a.upper, MPFR_RNDD)
    mpfr_neg(c.upper, a.lower, MPFR_RNDU)
    c.clearSigns()
  }

  package func absolute(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int
  ) {
    unary(c, a, count) { c, a in
      if a.isEmpty {
        c.setEmpty()
      } else if Lane.sign(a.lower) >= 0 {
        c.set(a.lower, a.upper)
      } else if Lane.sign(a.upper) <= 0 {
        negate(c, a)
      } else {
        mpfr_set_zero(c.lower, 1)
        let farther = mpfr_cmpabs(a.lower, a.upper) > 0 ? a.lower : a.upper
        mpfr_abs(c.upper, farther, MPFR_RNDU)
      }
    }
  }

  package func minimum(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      mpfr_min($0.lower, $1.lower, $2.lower, MPFR_RNDD)
      mpfr_min($0.upper, $1.upper, $2.upper, MPFR_RNDU)
    }
  }

  package func maximum(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      mpfr_max($0.lower, $1.lower, $2.lower, MPFR_RNDD)
      mpfr_max($0.upper, $1.upper, $2.upper, MPFR_RNDU)
    }
  }

  package func guardNonzero(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int
  ) {
    binary(c, a, b, count) { c, a, b in
      if b.isEmpty || b.isZero {
        c.setEmpty()
      } else if Lane.sign(b.lower) <= 0, Lane.sign(b.upper) >= 0 {
        c.setEntire()
      } else {
        mpfr_set(c.lower, a.lower, MPFR_RNDD)
        mpfr_set(c.upper, a.upper, MPFR_RNDU)
      }
    }
  }
}
