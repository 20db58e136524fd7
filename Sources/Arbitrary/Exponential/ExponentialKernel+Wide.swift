import CGMP
import CMPFR

extension ExponentialKernel {
  /// e^x on fractions of F ≥ 3 limbs, with T tables, within 10 + 2T units.
  ///
  /// Unit: 2^(-64F). Reduction: |x| mod 1 is cut off (below 1), n·log 2 mod 1 as well (below 1),
  /// and after the rare correction by log 2, also cut off, t is wrong by less than 3, whatever the
  /// signs; that moves e^t/2 < 1 by less than 3.01. What follows only rounds down, so that the
  /// fraction stays below 1.
  ///
  /// With a = e^(i/256)/2, b₁ … b_(T-1) the entries less 1 of the further tables and w = e^u - 1,
  /// the fraction is a + a·s, where 1 + s = (1 + b₁)…(1 + b_(T-1))(1 + w) < 1 + 2^-7. w is wrong by
  /// less than 5 (``SplitSeries/exponential(limbs:bits:)``); each step s ← s + b + b·s adds 1 for b
  /// and 1 for the product, and 2^-7 of the errors before: s by less than (5 + 2(T-1))·1.02. a is
  /// wrong by less than 1, times 1 + s below 1.01; the product by 1 and by the error of s: in all
  /// below 3.01 + 1.01 + 1 + 1.02·(3 + 2T) < 10 + 2T for T ≤ 20.
  func wideExponential(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) {
    guard let series else { return }
    let limbs = limbs
    let fraction = workspace
    let product = workspace + limbs
    let n = reduce(x, to: fraction, product)

    // The first T bytes of the fraction are indices; the rest is u.
    let top = fraction[limbs - 1]
    fraction[limbs - 1] = top & (~0 &>> UInt(8 &* levels))
    series.evaluate(fraction)
    let sum = series.sum
    var level = levels - 1
    while level > 0 {
      let index = Int(truncatingIfNeeded: top &>> UInt(56 &- 8 &* level)) & 0xFF
      let entry = trailing + ((level - 1) * 256 + index) * limbs
      __gmpn_mul_n(product, entry, sum, limbs)
      __gmpn_add_n(sum, sum, entry, limbs)
      __gmpn_add_n(sum, sum, product + limbs, limbs)
      level -= 1
    }
    let entry = leading + Int(truncatingIfNeeded: top &>> 56) * limbs
    __gmpn_mul_n(product, entry, sum, limbs)
    __gmpn_add_n(product, product + limbs, entry, limbs)
    result.setRounded(product, count: limbs, exponent: n + 1, sign: 1)
  }

  /// Writes x - n·log 2, within [0, log 2), to `fraction` of F limbs, wrong by less than 3 units.
  ///
  /// - Parameter product: workspace of F + 1 limbs.
  /// - Returns: n.
  @inline(__always)
  func reduce(_ x: UnsafePointer<__mpfr_struct>, to fraction: Limbs, _ product: Limbs) -> Int {
    let limbs = limbs
    var n = Self.multiple(x)
    x.writeFraction(to: fraction, count: limbs)
    _ = __gmpn_mul_1(product, log2, limbs + 1, n.magnitude)
    if x.pointee._mpfr_sign < 0 {
      __gmpn_sub_n(fraction, product + 1, fraction, limbs)
    } else if n < 0 {
      __gmpn_add_n(fraction, product + 1, fraction, limbs)
    } else {
      __gmpn_sub_n(fraction, fraction, product + 1, limbs)
    }
    if !isBelow(fraction, log2 + 1, count: limbs) {
      __gmpn_sub_n(fraction, fraction, log2 + 1, limbs)
      n += 1
    }
    return n
  }

  /// Whether a < b, both of `count` limbs.
  @inline(__always)
  private func isBelow(_ a: Limbs, _ b: Limbs, count: Int) -> Bool {
    var index = count - 1
    while index > 0 && a[index] == b[index] { index -= 1 }
    return a[index] < b[index]
  }
}
