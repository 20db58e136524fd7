import CGMP
import CMPFR

extension LogarithmKernel {
  /// log x on fractions of F ≥ 3 limbs, with T factors, within 15 + 2T units; nil near 1.
  ///
  /// Unit: 2^(-64F). m is cut off, below 1 and 2.02 in the logarithm. For each factor, r is wrong
  /// by less than 1 for its product cut off, 1.01 in the logarithm, and the entry of its table by
  /// less than 1. The series is wrong by less than 11, e·log 2 by 1.01: in all below 2.02 + 2.01·T
  /// + 11 + 1.01, and that below 15 + 2T for T < 96.
  func wideLogarithm(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double? {
    guard let series else { return nil }
    let limbs = limbs
    let r = workspace
    let product = workspace + limbs
    let sum = workspace + (2 * limbs + 2)

    // The significand, padded with zeros or cut off.
    let given = x.limbCount
    let copied = min(given, limbs)
    (r + (limbs - copied)).update(from: x.pointee._mpfr_d + (given - copied), count: copied)
    r.update(repeating: 0, count: limbs - copied)

    // 1 - cm: c is 1 and a fraction.
    let index = Int(truncatingIfNeeded: (r[limbs - 1] &>> 56) & 0x7F)
    product[limbs] = __gmpn_mul_1(product, r, limbs, (factors[index] &- (1 << 15)) &<< 49)
    __gmpn_add_n(r, r, product + 1, limbs)
    negate(r, count: limbs)
    sum.update(from: leading + index * limbs, count: limbs)

    var level = 1
    while level < levels {
      let top = r[limbs - 1]
      let shift = UInt(truncatingIfNeeded: 56 &- 8 &* level)
      let step = (level == 1 ? top &+ upperProduct(top, top) : top) &>> shift
      let factor = step &<< shift
      product[limbs] = __gmpn_mul_1(product, r, limbs, factor)
      r[limbs - 1] = top &- factor
      __gmpn_add_n(r, r, product + 1, limbs)
      let entry = LogarithmTable.start(level: level) &+ Int(truncatingIfNeeded: step)
      __gmpn_add_n(sum, sum, trailing + entry * limbs, limbs)
      level += 1
    }
    series.evaluate(r)
    __gmpn_add_n(sum, sum, series.sum, limbs)

    let exponent = x.pointee._mpfr_exp
    product[limbs + 1] = __gmpn_mul_1(product, log2, limbs + 1, exponent.magnitude)
    let value = product + 1
    if exponent > 0 {
      value[limbs] &-= __gmpn_sub_n(value, value, sum, limbs)
    } else {
      value[limbs] &+= __gmpn_add_n(value, value, sum, limbs)
    }
    return finish(result, value, limbs: limbs, sign: exponent > 0 ? 1 : -1)
  }

  /// Negates modulo 1.
  @inline(__always)
  private func negate(_ value: Limbs, count: Int) {
    var index = 0
    while index < count && value[index] == 0 { index += 1 }
    if index == count { return }
    value[index] = 0 &- value[index]
    index += 1
    while index < count {
      value[index] = ~value[index]
      index += 1
    }
  }
}
