import CGMP
import CMPFR

extension ExponentialKernel {
  /// How many limbs ``primeExponential(_:_:)`` works in: u, the product by P, the quotient and
  /// remainder.
  static func primeWorkspace(limbs: Int) -> Int {
    limbs + (limbs + 2 * PrimeReduction.productLimbs + 4)
      + (limbs + PrimeReduction.productLimbs + 6)
  }

  /// e^x on fractions of F limbs, reduced by primes, within 8020 units; false, `result` unchanged,
  /// where the reduction fails.
  ///
  /// Unit: 2^(-64F), for the value scaled to between 1/2 and 1, so that a relative error of
  /// 2^(-64F) counts less than 1. The argument of the series is wrong by less than 3 for t, as in
  /// ``wideExponential(_:_:)``, and 8001 for the logarithms of the primes; the series by less than
  /// 5. The product with P is exact. Before the division by Q, of d limbs, it is brought to at
  /// least F + 1 + d limbs, so that the quotient is at least 2^(64F), and what is cut off below it
  /// counts less than 1; where limbs of the product are cut off, F + 2 + d are left, which counts
  /// less than 1 as well. In all less than 8011·(1 + 2^-13) < 8020, the last factor for products of
  /// two errors.
  func primeExponential(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Bool {
    guard let series, let primes else { return false }
    let limbs = limbs
    let fraction = workspace
    let first = workspace + limbs
    let second = first + (limbs + 2 * PrimeReduction.productLimbs + 4)
    var exponent = reduce(x, to: fraction, first)
    guard let shift = primes.reduce(fraction) else { return false }
    exponent += shift
    series.evaluate(fraction)
    let sum = series.sum
    sum[limbs] = 1

    // (1 + w)·P, then with so many limbs that the quotient has F + 1 at least.
    let numeratorCount = primes.numeratorCount
    let denominatorCount = primes.denominatorCount
    let wanted = limbs + 2 + denominatorCount
    let padding = max(0, wanted - (limbs + 1 + numeratorCount))
    first.update(repeating: 0, count: padding)
    let product = first + padding
    let carry =
      numeratorCount > limbs + 1
      ? __gmpn_mul(product, primes.numerator, numeratorCount, sum, limbs + 1)
      : __gmpn_mul(product, sum, limbs + 1, primes.numerator, numeratorCount)
    let count = padding + limbs + 1 + numeratorCount - (carry == 0 ? 1 : 0)
    let dropped = max(0, count - wanted)
    let quotientCount = count - dropped - denominatorCount + 1
    let remainder = second + (quotientCount + 1)
    __gmpn_tdiv_qr(
      second, remainder, 0, first + dropped, count - dropped, primes.denominator,
      denominatorCount)
    let used = second[quotientCount - 1] == 0 ? quotientCount - 1 : quotientCount
    let zeros = second[used - 1].leadingZeroBitCount
    if zeros > 0 { _ = __gmpn_lshift(second, second, used, UInt32(zeros)) }
    let place = 64 * (used + dropped - padding - limbs) - zeros
    result.setRounded(second, count: used, exponent: exponent + place, sign: 1)
    return true
  }
}
