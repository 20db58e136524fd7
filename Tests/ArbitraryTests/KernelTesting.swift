import Arbitrary
import CMPFR
import Foundation
import TestSupport

/// A number of MPFR for a test, cleared with the object.
final class Scratch {
  let number = UnsafeMutablePointer<__mpfr_struct>.allocate(capacity: 1)
  let precision: Int

  init(_ precision: Int) {
    self.precision = precision
    mpfr_init2(number, mpfr_prec_t(precision))
  }

  convenience init(_ precision: Int, _ text: String) {
    self.init(precision)
    mpfr_set_str(number, text, 10, MPFR_RNDN)
  }

  deinit {
    mpfr_clear(number)
    number.deallocate()
  }

  /// A random significand of the precision, often with long runs of equal bits, times 2^exponent.
  func fill(exponent: Int, negative: Bool, _ generator: inout SeededGenerator) {
    let limbs = (precision + 63) / 64
    for index in 0..<limbs {
      switch generator.next() % 8 {
      case 0: number.pointee._mpfr_d[index] = 0
      case 1: number.pointee._mpfr_d[index] = ~0
      case 2: number.pointee._mpfr_d[index] = ~0 >> UInt(generator.next() % 64)
      default: number.pointee._mpfr_d[index] = UInt(generator.next())
      }
    }
    number.pointee._mpfr_d[limbs - 1] |= 1 << 63
    number.pointee._mpfr_d[0] &= ~0 << UInt(64 * limbs - precision)
    number.pointee._mpfr_exp = exponent
    number.pointee._mpfr_sign = negative ? -1 : 1
  }
}

/// |result - exact| in units of 2^(exponent of result - precision of result).
///
/// `exact` has so many more bits that its own error is below 2^-60 of the unit; the error is
/// rounded to a double, to nearest, so that half a unit and a little less than 2^-53 more is shown
/// as 1/2.
func errorInPlaces(_ result: Scratch, _ exact: Scratch) -> Double {
  // Both are moved to exponents near 0, where the difference does not underflow.
  let shift = result.number.pointee._mpfr_exp
  var a = result.number.pointee
  var b = exact.number.pointee
  if mpfr_regular_p(&a) == 0 || mpfr_regular_p(&b) == 0 {
    return mpfr_equal_p(&a, &b) != 0 ? 0 : .infinity
  }
  a._mpfr_exp = 0
  b._mpfr_exp -= shift
  let difference = Scratch(64)
  mpfr_sub(difference.number, &a, &b, MPFR_RNDN)
  mpfr_mul_2si(difference.number, difference.number, result.precision, MPFR_RNDN)
  return abs(mpfr_get_d(difference.number, MPFR_RNDN))
}

let isCampaign = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"

/// The precisions of the kernels' tests: both sides of each number of limbs, and every road.
let kernelPrecisions = [
  2, 10, 24, 53, 54, 59, 60, 63, 64, 65, 113, 117, 118, 123, 124, 127, 128, 129, 179, 186, 192,
  256, 307, 314, 320, 512, 1024, 1400, 1402, 1649, 1970, 1990, 2000, 3050, 4096, 6130, 10000,
]

/// How many random operations at a precision: about a million in all in a campaign.
func sampleCount(precision: Int) -> Int {
  let campaign = precision <= 128 ? 75_000 : precision <= 512 ? 30_000 : 2_000_000 / precision
  return isCampaign ? campaign : max(3, min(400, 20_000 / precision))
}
