import CMPFR

extension IntervalLanes {
  /// Empty where the divisor is the point zero, the whole line where it has zero and other points.
  package func divide(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int
  ) {
    binary(c, a, b, count) { c, a, b in
      divide(c, a, b)
      c.clearSigns()
    }
  }

  /// The extreme quotients are chosen by the signs of the bounds. An infinite end of the dividend is
  /// divided by the end of the divisor nearer to zero, which is finite: no quotient is of infinities.
  @inline(__always)
  private func divide(_ c: IntervalBounds, _ a: IntervalBounds, _ b: IntervalBounds) {
    let (al, au) = (Lane.sign(a.lower), Lane.sign(a.upper))
    let (bl, bu) = (Lane.sign(b.lower), Lane.sign(b.upper))
    if bl == 0 && bu == 0 {
      c.setEmpty()
    } else if bl <= 0 && bu >= 0 {
      c.setEntire()
    } else if al == 0 && au == 0 {
      c.setZero()
    } else if bl > 0 {
      mpfr_div(c.lower, a.lower, al >= 0 ? b.upper : b.lower, MPFR_RNDD)
      mpfr_div(c.upper, a.upper, au <= 0 ? b.upper : b.lower, MPFR_RNDU)
    } else {
      mpfr_div(c.lower, a.upper, au <= 0 ? b.lower : b.upper, MPFR_RNDD)
      mpfr_div(c.upper, a.lower, al >= 0 ? b.lower : b.upper, MPFR_RNDU)
    }
  }

  package func squareRoot(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int
  ) {
    unary(c, a, count) { c, a in
      if a.isEmpty || Lane.sign(a.upper) < 0 {
        c.setEmpty()
      } else if Lane.sign(a.lower) < 0 {
        c.setEntire()
      } else {
        increasing(c, a) { mpfr_sqrt($0, $1, $2) }
      }
    }
  }

  package func exponential(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int
  ) {
    unary(c, a, count) { c, a in
      if a.isEmpty { c.setEmpty() } else { increasing(c, a) { mpfr_exp($0, $1, $2) } }
    }
  }

  package func logarithm(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int
  ) {
    unary(c, a, count) { c, a in
      if a.isEmpty || Lane.sign(a.upper) <= 0 {
        c.setEmpty()
      } else if Lane.sign(a.lower) <= 0 {
        c.setEntire()
      } else {
        increasing(c, a) { mpfr_log($0, $1, $2) }
      }
    }
  }

  /// The image under an increasing function that MPFR rounds correctly.
  ///
  /// At a point one evaluation is enough: its error has a known sign, and the other bound is the next
  /// number.
  @inline(__always)
  private func increasing(
    _ c: IntervalBounds, _ a: IntervalBounds, _ f: (Number, Number, mpfr_rnd_t) -> Int32
  ) {
    if mpfr_equal_p(a.lower, a.upper) != 0 {
      let error = f(c.lower, a.lower, MPFR_RNDD)
      mpfr_set(c.upper, c.lower, MPFR_RNDU)
      if error != 0 { mpfr_nextabove(c.upper) }
    } else {
      _ = f(c.lower, a.lower, MPFR_RNDD)
      _ = f(c.upper, a.upper, MPFR_RNDU)
    }
    c.clearSigns()
  }
}
