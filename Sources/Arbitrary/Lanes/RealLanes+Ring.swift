import CMPFR

/// Sums, products and scalings. Up to two limbs with spare bits they are computed here, a third of the
/// cost of MPFR's; both round to nearest, ties to even, so that no bit depends on the road.
extension RealLanes {
  package func add(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    switch width {
    case .oneLimb: narrowSum(UInt.self, c, a, b, isDifference: false, count)
    case .twoLimbs: narrowSum(UInt128.self, c, a, b, isDifference: false, count)
    case .wide: binary(c, a, b, count) { mpfr_add($0, $1, $2, MPFR_RNDN) }
    }
  }

  package func subtract(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    switch width {
    case .oneLimb: narrowSum(UInt.self, c, a, b, isDifference: true, count)
    case .twoLimbs: narrowSum(UInt128.self, c, a, b, isDifference: true, count)
    case .wide: binary(c, a, b, count) { mpfr_sub($0, $1, $2, MPFR_RNDN) }
    }
  }

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

  package func square(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    switch width {
    case .oneLimb: narrowProduct(UInt.self, c, a, a, count)
    case .twoLimbs: narrowProduct(UInt128.self, c, a, a, count)
    case .wide: wideProduct(c, a, a, count)
    }
  }

  @inline(__always)
  private func narrowSum<W: Significand>(
    _ word: W.Type, _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, isDifference: Bool, _ count: Int
  ) {
    let n = W.limbCount
    let last = LastPlace<W>(precision: precision)
    let flip: Int32 = isDifference ? -1 : 1
    for i in 0..<count {
      let (ia, ib) = (i &* a.pointee.stride, i &* b.pointee.stride)
      let ic = i &* c.pointee.stride
      let (na, nb) = (a.pointee.numbers + ia, b.pointee.numbers + ib)
      let nc = c.pointee.numbers + ic
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent {
        let r = W.roundedSum(
          W.load(a.pointee.limbs + n &* ia), ea, na.pointee._mpfr_sign,
          W.load(b.pointee.limbs + n &* ib), eb, nb.pointee._mpfr_sign &* flip, last)
        if r.value != 0, Lane.isInRange(r.exponent) {
          r.value.store(c.pointee.limbs + n &* ic)
          nc.pointee._mpfr_exp = r.exponent
          nc.pointee._mpfr_sign = r.sign
          continue
        }
      }
      if isDifference {
        mpfr_sub(nc, na, nb, MPFR_RNDN)
      } else {
        mpfr_add(nc, na, nb, MPFR_RNDN)
      }
    }
  }

  @inline(__always)
  private func narrowProduct<W: Significand>(
    _ word: W.Type, _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, _ count: Int
  ) {
    let n = W.limbCount
    let last = LastPlace<W>(precision: precision)
    for i in 0..<count {
      let (ia, ib) = (i &* a.pointee.stride, i &* b.pointee.stride)
      let ic = i &* c.pointee.stride
      let (na, nb) = (a.pointee.numbers + ia, b.pointee.numbers + ib)
      let nc = c.pointee.numbers + ic
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent {
        let r = W.roundedProduct(
          W.load(a.pointee.limbs + n &* ia), W.load(b.pointee.limbs + n &* ib), last)
        let e = ea &+ eb &+ r.shift
        if Lane.isInRange(e) {
          r.value.store(c.pointee.limbs + n &* ic)
          nc.pointee._mpfr_exp = e
          nc.pointee._mpfr_sign = na.pointee._mpfr_sign &* nb.pointee._mpfr_sign
          continue
        }
      }
      mpfr_mul(nc, na, nb, MPFR_RNDN)
    }
  }

  private func wideProduct(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, _ count: Int
  ) {
    let n = (precision + 63) / 64
    guard n <= WideProduct.largestLimbCount else {
      if a == b {
        unary(c, a, count) { mpfr_sqr($0, $1, MPFR_RNDN) }
      } else {
        binary(c, a, b, count) { mpfr_mul($0, $1, $2, MPFR_RNDN) }
      }
      return
    }
    let spare = UInt(64 * n - precision)
    let product = kernels.product
    for i in 0..<count {
      let (ia, ib) = (i &* a.pointee.stride, i &* b.pointee.stride)
      let ic = i &* c.pointee.stride
      let (na, nb) = (a.pointee.numbers + ia, b.pointee.numbers + ib)
      let nc = c.pointee.numbers + ic
      let (ea, eb) = (na.pointee._mpfr_exp, nb.pointee._mpfr_exp)
      if ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent,
        Lane.isInRange(ea &+ eb &+ 1), Lane.isInRange(ea &+ eb &- 1)
      {
        let shift = WideProduct.multiply(
          product, a.pointee.limbs + n &* ia, b.pointee.limbs + n &* ib, n)
        let carry = WideProduct.round(c.pointee.limbs + n &* ic, product, n, spare: spare)
        nc.pointee._mpfr_exp = ea &+ eb &- shift &+ carry
        nc.pointee._mpfr_sign = na.pointee._mpfr_sign &* nb.pointee._mpfr_sign
      } else {
        mpfr_mul(nc, na, nb, MPFR_RNDN)
      }
    }
  }

  package func scale(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, by k: Int, count: Int
  ) {
    let n = (precision + 63) / 64
    for i in 0..<count {
      let (ia, ic) = (i &* a.pointee.stride, i &* c.pointee.stride)
      let (na, nc) = (a.pointee.numbers + ia, c.pointee.numbers + ic)
      let e = na.pointee._mpfr_exp
      if e > Lane.leastRegularExponent, Lane.isInRange(e), Lane.isInRange(e &+ k) {
        Lane.copyLimbs(c.pointee.limbs + n &* ic, a.pointee.limbs + n &* ia, n)
        nc.pointee._mpfr_exp = e &+ k
        nc.pointee._mpfr_sign = na.pointee._mpfr_sign
      } else {
        mpfr_mul_2si(nc, na, k, MPFR_RNDN)
      }
    }
  }

  package func scaleNegated(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, by k: Int, count: Int
  ) {
    scale(c, a, by: k, count: count)
    for i in 0..<count { c.pointee.numbers[i &* c.pointee.stride]._mpfr_sign *= -1 }
  }

  package func negate(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    unary(c, a, count) { mpfr_neg($0, $1, MPFR_RNDN) }
  }
}
