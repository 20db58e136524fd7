import Arbitrary
import CMPFR
import TestSupport
import Testing

@Suite("Logarithm kernel")
struct LogarithmKernelTests {
  /// The greatest quotient of true error and returned bound over random arguments.
  static func worst(precision: Int, count: Int, seed: UInt64) -> (quotient: Double, error: Double) {
    var generator = SeededGenerator(seed: seed)
    let kernel = LogarithmKernel(precision: precision)
    let result = Scratch(precision)
    let exact = Scratch(precision + 64)
    var worst = (quotient: 0.0, error: 0.0)
    for index in 0..<count {
      let exponent =
        index % 4 == 0
        ? Int(generator.next() % 226) - 200
        : index % 4 == 1 ? Int(generator.next() % 2) : Int(generator.next() % 20) - 12
      let widths = [precision, precision, 53, 2, 2 * precision + 7, precision + 64]
      let x = Scratch(widths[Int(generator.next() % 6)])
      x.fill(exponent: exponent, negative: false, &generator)
      if index % 64 == 5 { mpfr_pow_si(x.number, x.number, 1_000_000, MPFR_RNDN) }
      let bound = kernel.log(result.number, x.number)
      mpfr_log(exact.number, x.number, MPFR_RNDN)
      let error = errorInPlaces(result, exact)
      worst.quotient = max(worst.quotient, error / bound)
      worst.error = max(worst.error, error)
    }
    return worst
  }

  @Test("the error is within the returned bound", arguments: kernelPrecisions)
  func bound(precision: Int) {
    let worst = Self.worst(
      precision: precision, count: sampleCount(precision: precision), seed: 18)
    #expect(worst.quotient <= 1)
    #expect(worst.error <= 0.7501)
  }

  @Test("half the bound is exceeded somewhere: the check can fail", arguments: [24, 53, 113, 256])
  func halfTheBound(precision: Int) {
    let worst = Self.worst(precision: precision, count: 200, seed: 6)
    #expect(worst.quotient > 0.5)
  }

  @Test(
    "close to 1 and to other ends of table entries",
    arguments: [2, 24, 53, 64, 113, 128, 256, 1024, 3000])
  func seams(precision: Int) {
    let kernel = LogarithmKernel(precision: precision)
    let result = Scratch(precision)
    let exact = Scratch(precision + 64)
    let x = Scratch(precision + 70)
    func check() {
      let bound = kernel.log(result.number, x.number)
      mpfr_log(exact.number, x.number, MPFR_RNDN)
      #expect(errorInPlaces(result, exact) <= bound)
    }
    for shift in 1...(precision + 69) where shift < 80 || shift % 61 == 0 {
      for sign in [-1, 1] {
        mpfr_set_si_2exp(x.number, sign, -shift, MPFR_RNDN)
        mpfr_add_ui(x.number, x.number, 1, MPFR_RNDN)
        check()
      }
    }
    for index in 128...256 {
      for shift in [7, 8, 9, 300] {
        mpfr_set_ui_2exp(x.number, UInt(index), -shift, MPFR_RNDN)
        check()
        mpfr_nextbelow(x.number)
        check()
        // What the first factor brings to 1 exactly, or next to it.
        mpfr_set_ui_2exp(x.number, 1 << 15, 7 - shift, MPFR_RNDN)
        mpfr_div_ui(x.number, x.number, (1 << 23) / UInt(index), MPFR_RNDN)
        check()
      }
    }
    for index in 1...40 {
      for shift in [16, 24, 32, 40, 48] {
        // 1/(1 + j·2^-s), close to the boundary between two steps.
        mpfr_set_ui_2exp(x.number, UInt(index * 13), -shift, MPFR_RNDN)
        mpfr_add_ui(x.number, x.number, 1, MPFR_RNDN)
        mpfr_ui_div(x.number, 1, x.number, MPFR_RNDN)
        check()
      }
    }
  }

  @Test("special operands are as of mpfr_log", arguments: [2, 53, 64, 113, 300, 5000])
  func specialOperands(precision: Int) {
    let kernel = LogarithmKernel(precision: precision)
    let result = Scratch(precision)
    let expected = Scratch(precision)
    let texts = [
      "0", "-0", "inf", "-inf", "nan", "-1", "-0.3", "-1e-30", "-1e300000000", "1", "2", "0.5",
      "1e300000000", "1e-300000000", "1e323228000", "1e-323228000",
    ]
    for text in texts {
      let x = Scratch(100, text)
      let bound = kernel.log(result.number, x.number)
      mpfr_log(expected.number, x.number, MPFR_RNDN)
      if mpfr_regular_p(expected.number) != 0 {
        let exact = Scratch(precision + 64)
        mpfr_log(exact.number, x.number, MPFR_RNDN)
        #expect(errorInPlaces(result, exact) <= bound, "\(text)")
      } else if mpfr_nan_p(expected.number) != 0 {
        #expect(mpfr_nan_p(result.number) != 0, "\(text)")
      } else {
        #expect(mpfr_equal_p(result.number, expected.number) != 0, "\(text)")
      }
    }
  }

  @Test(
    "ordinary arguments take the fast road", arguments: [53, 113, 256, 1024, 1990, 4096, 10000])
  func fastRoad(precision: Int) {
    var generator = SeededGenerator(seed: 13)
    let kernel = LogarithmKernel(precision: precision)
    let result = Scratch(precision)
    let x = Scratch(precision)
    for _ in 0..<50 {
      x.fill(exponent: Int(generator.next() % 40) + 2, negative: false, &generator)
      #expect(kernel.log(result.number, x.number) > 0.5)
      mpfr_ui_div(x.number, 1, x.number, MPFR_RNDN)
      #expect(kernel.log(result.number, x.number) > 0.5)
    }
  }

  @Test("few calls, and very high precision, are left to mpfr_log")
  func library() {
    let x = Scratch(64, "1.25")
    for (precision, calls) in [(64, 3), (2000, 3), (70_000, .max)] {
      let kernel = LogarithmKernel(precision: precision, calls: calls)
      let result = Scratch(precision)
      let expected = Scratch(precision)
      #expect(kernel.log(result.number, x.number) == 0.5)
      mpfr_log(expected.number, x.number, MPFR_RNDN)
      #expect(mpfr_equal_p(result.number, expected.number) != 0)
    }
  }

  @Test("the result may be the argument", arguments: [53, 113, 256, 10000])
  func aliasing(precision: Int) {
    var generator = SeededGenerator(seed: 9)
    let kernel = LogarithmKernel(precision: precision)
    let x = Scratch(precision)
    let result = Scratch(precision)
    for exponent in [-70, -9, 0, 1, 3, 25] {
      x.fill(exponent: exponent, negative: false, &generator)
      _ = kernel.log(result.number, x.number)
      _ = kernel.log(x.number, x.number)
      #expect(mpfr_equal_p(result.number, x.number) != 0)
    }
  }

  @Test("the logarithm of an exponential is the argument", arguments: [24, 53, 113, 256, 4096])
  func inverse(precision: Int) {
    let exponential = ExponentialKernel(precision: precision + 32)
    let logarithm = LogarithmKernel(precision: precision)
    var generator = SeededGenerator(seed: 4)
    let x = Scratch(precision)
    let power = Scratch(precision + 32)
    let result = Scratch(precision)
    for _ in 0..<50 {
      x.fill(
        exponent: Int(generator.next() % 12) - 4, negative: generator.next() & 1 == 0, &generator)
      _ = exponential.exp(power.number, x.number)
      let bound = logarithm.log(result.number, power.number)
      let exact = Scratch(precision + 64)
      mpfr_set(exact.number, x.number, MPFR_RNDN)
      // The exponential's own error, relative 2^(-p-32), is 2^(-27) places of a logarithm above
      // 2^-5.
      #expect(errorInPlaces(result, exact) <= bound + 0x1p-26)
    }
  }
}
