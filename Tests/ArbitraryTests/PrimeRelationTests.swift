import CMPFR
import TestSupport
import Testing

@testable import Arbitrary

@Suite("Relations between logarithms of primes")
struct PrimeRelationTests {
  @Test("sums are positive and fall by less than a factor of 2^4, to below 2^-128")
  func sums() {
    var last = Scratch(300, "1")
    for row in PrimeRelations.rows {
      #expect(row.count == PrimeRelations.primes.count)
      let sum = Scratch(300)
      let term = Scratch(300)
      mpfr_set_ui(sum.number, 0, MPFR_RNDN)
      for (prime, coefficient) in zip(PrimeRelations.primes, row) {
        mpfr_log_ui(term.number, prime, MPFR_RNDN)
        mpfr_mul_si(term.number, term.number, Int(coefficient), MPFR_RNDN)
        mpfr_add(sum.number, sum.number, term.number, MPFR_RNDN)
      }
      #expect(sx_mpfr_sgn(sum.number) > 0)
      #expect(mpfr_less_p(sum.number, last.number) != 0)
      mpfr_div(term.number, last.number, sum.number, MPFR_RNDN)
      #expect(mpfr_cmp_ui_2exp(term.number, 1, 4) < 0)
      last = sum
    }
    #expect(last.number.pointee._mpfr_exp <= -128)
  }

  @Test("logarithms from those of smaller primes", arguments: [64, 300, 5000])
  func logarithms(precision: Int) {
    let primes = PrimeRelations.primes
    withScratchNumbers(count: primes.count, precision: precision) { numbers in
      PrimeLogarithms.fill(numbers, primes: primes)
      let exact = Scratch(precision + 64)
      for (index, prime) in primes.enumerated() {
        mpfr_log_ui(exact.number, prime, MPFR_RNDN)
        mpfr_sub(exact.number, exact.number, numbers + index, MPFR_RNDN)
        #expect(
          mpfr_zero_p(exact.number) != 0 || exact.number.pointee._mpfr_exp <= 20 - precision)
      }
    }
  }

  /// The bound on the number of factors, and with it the proved error, leaves room; and what cannot
  /// be reduced must be rare.
  @Test("every argument is reduced", arguments: [25, 50, 100, 157])
  func reduction(limbs: Int) {
    var generator = SeededGenerator(seed: 31)
    let reduction = PrimeReduction(limbs: limbs)
    let fraction = Limbs.allocate(capacity: limbs)
    defer { fraction.deallocate() }
    for _ in 0..<(isCampaign ? 20_000 : 300) {
      for index in 0..<limbs { fraction[index] = UInt(generator.next()) }
      // Below log 2.
      fraction[limbs - 1] = fraction[limbs - 1].multipliedFullWidth(by: 0xB172_17F7_D1CF_79AB).high
      #expect(reduction.reduce(fraction) != nil)
      #expect(reduction.numeratorCount < PrimeReduction.productLimbs / 8)
      #expect(reduction.denominatorCount < PrimeReduction.productLimbs / 8)
    }
  }
}
