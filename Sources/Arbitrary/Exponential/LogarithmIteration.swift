import CMPFR

/// Logarithms at high precision by one step of Newton's iteration on the exponential.
///
/// With y₀ close to log x and d = x·e^(-y₀) - 1, log x = y₀ + log(1 + d) = y₀ + d - d²/2 + …
///
/// Error: let w = p + 64 be the working precision and y₀ a number of h = ⌊w/2⌋ + 32 bits within one unit
/// of its last place of log x, |log x| < 2^q. Then |log x - y₀| < 2^(q-h), and |d| < 2^(q-h)·1.01.
/// e^(-y₀) is within 1.01 places, relative 2.02·2^-w, and the product with x adds 2^-w: d is wrong by less
/// than 3.04·2^-w, and exact otherwise (the subtraction of 1 from a number within a factor of 2 of it).
/// d²/2 is rounded with a relative error far below 2^-64, and d³/3 and what follows is left out:
/// |d|³/2 < 2^(3(q-h)-0.9). With -24 ≤ q ≤ 29, h ≥ w/2 + 31.5: that is below 2^(87-1.5w-94.5) < 2^-w.
/// So y₀ + d - d²/2, before its rounding, is wrong by less than 5·2^-w, which is
/// 5·2^(-64-q) places of the result: below 5·2^-40 with q ≥ -24.
final class LogarithmIteration {
  private let start: LogarithmKernel
  private let exponential: ExponentialKernel
  private let working: Int
  /// y₀, its negative's exponential, d²/2.
  private let numbers: UnsafeMutablePointer<__mpfr_struct>

  init(precision: Int) {
    working = precision + 64
    let half = working / 2 + 32
    start = LogarithmKernel(precision: half)
    exponential = ExponentialKernel(precision: working)
    numbers = .allocate(capacity: 3)
    mpfr_init2(numbers, mpfr_prec_t(half))
    mpfr_init2(numbers + 1, mpfr_prec_t(working))
    mpfr_init2(numbers + 2, mpfr_prec_t(half))
  }

  deinit {
    for index in 0..<3 { mpfr_clear(numbers + index) }
    numbers.deallocate()
  }

  /// Sets `result` to log x and returns the bound on the error in places; nil near 1.
  ///
  /// - Precondition: x > 0, of exponent within ±2^30.
  func log(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double? {
    let (logarithm, power, square) = (numbers, numbers + 1, numbers + 2)
    _ = start.log(logarithm, x)
    let exponent = logarithm.pointee._mpfr_exp
    guard exponent >= -23 && exponent <= 29 else { return nil }
    logarithm.pointee._mpfr_sign = -logarithm.pointee._mpfr_sign
    _ = exponential.exp(power, logarithm)
    mpfr_mul(power, power, x, MPFR_RNDN)
    mpfr_sub_ui(power, power, 1, MPFR_RNDN)
    mpfr_sqr(square, power, MPFR_RNDN)
    mpfr_div_2ui(square, square, 1, MPFR_RNDN)
    mpfr_sub(power, power, square, MPFR_RNDN)
    mpfr_sub(result, power, logarithm, MPFR_RNDN)
    return 0.5 + 0x1p-36
  }
}
