import Arbitrary
import CMPFR
import TestSupport
import Testing

@Suite("Exponential kernel")
struct ExponentialKernelTests {
  /// The greatest quotient of true error and returned bound over random arguments.
  static func worst(precision: Int, count: Int, seed: UInt64) -> (quotient: Double, error: Double) {
    var generator = SeededGenerator(seed: seed)
    let kernel = ExponentialKernel(precision: precision)
    let result = Scratch(precision)
    let exact = Scratch(precision + 64)
    var worst = (quotient: 0.0, error: 0.0)
    for index in 0..<count {
      // Most arguments where the series matter; precisions around the result's and far from it.
      let exponent =
        index % 4 == 0 ? Int(generator.next() % 226) - 200 : Int(generator.next() % 20) - 12
      let widths = [precision, precision, 53, 2, 2 * precision + 7, precision + 64]
      let x = Scratch(widths[Int(generator.next() % 6)])
      x.fill(exponent: exponent, negative: generator.next() & 1 == 0, &generator)
      let bound = kernel.exp(result.number, x.number)
      mpfr_exp(exact.number, x.number, MPFR_RNDN)
      let error = errorInPlaces(result, exact)
      worst.quotient = max(worst.quotient, error / bound)
      worst.error = max(worst.error, error)
    }
    return worst
  }

  @Test("the error is within the returned bound", arguments: kernelPrecisions)
  func bound(precision: Int) {
    let worst = Self.worst(
      precision: precision, count: sampleCount(precision: precision), seed: 17)
    #expect(worst.quotient <= 1)
    #expect(worst.error <= 0.7501)
  }

  @Test("half the bound is exceeded somewhere: the check can fail", arguments: [24, 53, 113, 256])
  func halfTheBound(precision: Int) {
    let worst = Self.worst(precision: precision, count: 200, seed: 5)
    #expect(worst.quotient > 0.5)
  }

  @Test(
    "multiples of log 2, from both sides, and the ends of table entries",
    arguments: [24, 53, 64, 113, 128, 256, 1024])
  func seams(precision: Int) {
    let kernel = ExponentialKernel(precision: precision)
    let result = Scratch(precision)
    let exact = Scratch(precision + 64)
    for wide in [false, true] {
      let x = Scratch(wide ? precision + 40 : precision)
      for multiple in [-700_000_000, -123_456, -3, -2, -1, 1, 2, 3, 1000, 744_000_000] {
        for step in -2...2 {
          mpfr_const_log2(x.number, MPFR_RNDN)
          mpfr_mul_si(x.number, x.number, multiple, MPFR_RNDN)
          for _ in 0..<abs(step) {
            if step < 0 { mpfr_nextbelow(x.number) } else { mpfr_nextabove(x.number) }
          }
          let bound = kernel.exp(result.number, x.number)
          mpfr_exp(exact.number, x.number, MPFR_RNDN)
          #expect(errorInPlaces(result, exact) <= bound)
        }
      }
      for index in stride(from: -300, through: 300, by: 7) {
        for shift in [8, 16, 24, 32] {
          mpfr_set_si_2exp(x.number, index, -shift, MPFR_RNDN)
          if index % 2 == 0 { mpfr_nextbelow(x.number) }
          let bound = kernel.exp(result.number, x.number)
          mpfr_exp(exact.number, x.number, MPFR_RNDN)
          #expect(errorInPlaces(result, exact) <= bound)
        }
      }
    }
  }

  @Test("special operands are as of mpfr_exp", arguments: [2, 53, 64, 113, 300, 5000])
  func specialOperands(precision: Int) {
    let kernel = ExponentialKernel(precision: precision)
    let result = Scratch(precision)
    let expected = Scratch(precision)
    let texts = [
      "0", "-0", "inf", "-inf", "nan", "744261117.9", "744261118.1", "-744261117.5", "-744261119",
      "1e300000000", "-1e300000000", "1e-300000000", "-1e-300000000", "536870911.9", "536870912",
      "-536870911.9", "-536870912", "1e-1600", "-1e-1600",
    ]
    for text in texts {
      let x = Scratch(100, text)
      let bound = kernel.exp(result.number, x.number)
      mpfr_exp(expected.number, x.number, MPFR_RNDN)
      if mpfr_regular_p(expected.number) != 0 {
        let exact = Scratch(precision + 64)
        mpfr_exp(exact.number, x.number, MPFR_RNDN)
        #expect(errorInPlaces(result, exact) <= bound, "\(text)")
      } else if mpfr_nan_p(expected.number) != 0 {
        #expect(mpfr_nan_p(result.number) != 0, "\(text)")
      } else {
        #expect(mpfr_equal_p(result.number, expected.number) != 0, "\(text)")
      }
    }
  }

  @Test("the result may be the argument", arguments: [53, 113, 256, 10000])
  func aliasing(precision: Int) {
    var generator = SeededGenerator(seed: 9)
    let kernel = ExponentialKernel(precision: precision)
    let x = Scratch(precision)
    let result = Scratch(precision)
    for exponent in [-70, -9, 0, 3, 25] {
      x.fill(exponent: exponent, negative: exponent < 0, &generator)
      _ = kernel.exp(result.number, x.number)
      _ = kernel.exp(x.number, x.number)
      #expect(mpfr_equal_p(result.number, x.number) != 0)
    }
  }

  /// Two arguments whose exponentials lie very close to a double.
  @Test(
    "hard cases",
    arguments: [
      (3_893_924_827_815_215, 1_125_899_906_842_624), (1_381_846_513_289_487, 70_368_744_177_664),
    ])
  func hardCases(numerator: Int, denominator: Int) {
    for precision in [53, 113, 200, 1000] {
      let x = Scratch(53)
      mpfr_set_si(x.number, numerator, MPFR_RNDN)
      mpfr_div_si(x.number, x.number, denominator, MPFR_RNDN)
      let kernel = ExponentialKernel(precision: precision)
      let result = Scratch(precision)
      let exact = Scratch(precision + 100)
      let bound = kernel.exp(result.number, x.number)
      mpfr_exp(exact.number, x.number, MPFR_RNDN)
      #expect(errorInPlaces(result, exact) <= bound)
    }
  }

  @Test(
    "ordinary arguments take the fast road", arguments: [53, 113, 256, 1024, 1990, 4096, 10000])
  func fastRoad(precision: Int) {
    var generator = SeededGenerator(seed: 12)
    let kernel = ExponentialKernel(precision: precision)
    let result = Scratch(precision)
    let x = Scratch(precision)
    for _ in 0..<50 {
      x.fill(
        exponent: Int(generator.next() % 40) - 10, negative: generator.next() & 1 == 0, &generator)
      #expect(kernel.exp(result.number, x.number) > 0.5)
    }
  }

  @Test("few calls, and very high precision, are left to mpfr_exp")
  func library() {
    let x = Scratch(64, "1.25")
    for (precision, calls) in [(64, 3), (2000, 3), (70_000, .max)] {
      let kernel = ExponentialKernel(precision: precision, calls: calls)
      let result = Scratch(precision)
      let expected = Scratch(precision)
      #expect(kernel.exp(result.number, x.number) == 0.5)
      mpfr_exp(expected.number, x.number, MPFR_RNDN)
      #expect(mpfr_equal_p(result.number, expected.number) != 0)
    }
  }

  @Test("kernels of many threads share their tables")
  func threads() async {
    let results = await withTaskGroup(of: Double.self) { group in
      for _ in 0..<8 {
        group.addTask {
          Self.worst(precision: 500, count: 50, seed: 3).error
        }
      }
      return await group.reduce(into: [Double]()) { $0.append($1) }
    }
    #expect(Set(results).count == 1)
  }
}
