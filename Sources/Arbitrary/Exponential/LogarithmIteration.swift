import CMPFR

/// Logarithms at high precision by one step of a high-order Newton's iteration on the exponential.
///
/// With y₀ close to log x and d = x·e^(-y₀) - 1, log x = y₀ + log(1 + d), and of
/// log(1 + d) = d - d²/2 + d³/3 - … only a few terms matter.
///
/// Error: let w = p + 64 be the working precision, y₀ of h bits within one unit of its last place
/// of log x, and |y₀| < 2^q, -23 ≤ q ≤ 29. Then |log x - y₀| ≤ 2^(29-h) and |d| < 2^-c with c = h -
/// 30. e^(-y₀) is wrong by less than 1.01 places, relative 2.02·2^-w, and the product with x adds
/// 2^-w: d is wrong by less than 3.04·2^-w, and nothing is lost when 1 is subtracted.
///
/// log(1 + d) = d·s₁ with s_j = 1/j - d·s_(j+1), from s_K = 1/K. What is left out is below
/// 2^-c(K+1), and K is such that this is at most 2^(-w-1). The rounding of d, of 1/j, of the
/// product and of the difference to w - jc + 8 bits makes s_j wrong by less than 3·2^-(w-jc+8),
/// which counts 2^-jc of it at the end: 3·2^(-w-8) each, and twice more for the last product, below
/// 2^-w for K ≤ 80.
///
/// So y₀ + d·s₁, before its rounding, is wrong by less than 5·2^-w. The result, at least 2^(q-2),
/// has places of at least 2^(q-1-p), so that this is less than 5·2^(1-64-q) < 2^-37 places.
final class LogarithmIteration {
  private let start: LogarithmKernel
  private let exponential: ExponentialKernel
  /// K.
  private let order: Int
  /// y₀; e^(-y₀) and d; then, for each j from 1 to K, 1/j, s_j, and d and the product at its
  /// precision.
  private let numbers: UnsafeMutablePointer<__mpfr_struct>
  private var count: Int { 2 + 4 * order }

  init(precision: Int) {
    let working = precision + 64
    // Two terms while a series without iteration gives y₀; then as far as such a series reaches, or
    // six.
    let direct = 64 * LogarithmKernel.mostLimbs - 32
    let startPrecision = max(min(working / 2 + 32, direct), working / 6 + 32)
    let gain = startPrecision - 30
    start = LogarithmKernel(precision: startPrecision)
    exponential = ExponentialKernel(precision: working)
    var order = 1
    while gain * (order + 1) < working + 1 { order += 1 }
    self.order = order
    numbers = .allocate(capacity: 2 + 4 * order)
    mpfr_init2(numbers, mpfr_prec_t(startPrecision))
    mpfr_init2(numbers + 1, mpfr_prec_t(working))
    for j in 1...order {
      let group = numbers + (4 * j - 2)
      for index in 0..<4 { mpfr_init2(group + index, mpfr_prec_t(working - j * gain + 8)) }
      mpfr_set_ui(group, 1, MPFR_RNDN)
      mpfr_div_ui(group, group, UInt(j), MPFR_RNDN)
    }
  }

  deinit {
    for index in 0..<count { mpfr_clear(numbers + index) }
    numbers.deallocate()
  }

  /// Sets `result` to log x and returns the bound on the error in places; nil near 1.
  ///
  /// - Precondition: x > 0, of exponent within ±2^30.
  func log(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double? {
    let (logarithm, remainder) = (numbers, numbers + 1)
    _ = start.log(logarithm, x)
    let exponent = logarithm.pointee._mpfr_exp
    guard exponent >= -23 && exponent <= 29 else { return nil }
    logarithm.pointee._mpfr_sign = -logarithm.pointee._mpfr_sign
    _ = exponential.exp(remainder, logarithm)
    mpfr_mul(remainder, remainder, x, MPFR_RNDN)
    mpfr_sub_ui(remainder, remainder, 1, MPFR_RNDN)

    var sum = UnsafePointer(numbers + (4 * order - 2))
    var j = order - 1
    while j >= 1 {
      let group = numbers + (4 * j - 2)
      mpfr_set(group + 2, remainder, MPFR_RNDN)
      mpfr_mul(group + 3, group + 2, sum, MPFR_RNDN)
      mpfr_sub(group + 1, group, group + 3, MPFR_RNDN)
      sum = UnsafePointer(group + 1)
      j -= 1
    }
    let group = numbers + 2
    mpfr_set(group + 2, remainder, MPFR_RNDN)
    mpfr_mul(group + 3, group + 2, sum, MPFR_RNDN)
    mpfr_sub(result, group + 3, logarithm, MPFR_RNDN)
    return 0.5 + 0x1p-36
  }
}
