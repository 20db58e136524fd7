import CMPFR
import TestSupport
import Testing

@testable import Arbitrary

/// The roads of lanes without MPFR give the very numbers that MPFR gives.
@Suite struct RealLanesTests {
  @Test(arguments: [
    2, 24, 53, 61, 62, 63, 64, 65, 100, 113, 119, 121, 122, 123, 124, 125, 126, 127, 128, 129, 191,
    192, 256, 300, 511, 512, 700,
  ])
  func sumsAndProductsAreMPFRs(precision: Int) {
    var random = SeededGenerator(seed: UInt64(precision))
    let lanes = RealLanes(precision: precision)
    let count = 64
    let (a, b) = (
      lanes.block(registers: 1, lanes: count), lanes.block(registers: 1, lanes: count)
    )
    let c = lanes.block(registers: 1, lanes: count)
    var expected = initialised(precision)
    defer { mpfr_clear(&expected) }
    for round in 0..<200 {
      let range = [1, 2, 60, 140, 3000, 1_073_741_000][round % 6]
      BallLanesTests.fill(a, &random, range: range, other: nil)
      BallLanesTests.fill(b, &random, range: range, other: a)
      var (x, y, z) = (a.operand(0), b.operand(0), c.operand(0))
      for operation in 0..<5 {
        switch operation {
        case 0: lanes.add(&z, &x, &y, count: count)
        case 1: lanes.subtract(&z, &x, &y, count: count)
        case 2: lanes.multiply(&z, &x, &y, count: count)
        case 3: lanes.square(&z, &x, count: count)
        default: lanes.scale(&z, &x, by: -5, count: count)
        }
        for lane in 0..<count {
          let (u, v) = (x.numbers + lane, y.numbers + lane)
          switch operation {
          case 0: mpfr_add(&expected, u, v, MPFR_RNDN)
          case 1: mpfr_sub(&expected, u, v, MPFR_RNDN)
          case 2: mpfr_mul(&expected, u, v, MPFR_RNDN)
          case 3: mpfr_sqr(&expected, u, MPFR_RNDN)
          default: mpfr_mul_2si(&expected, u, -5, MPFR_RNDN)
          }
          #expect(mpfr_total_order_p(&expected, z.numbers + lane) != 0)
          #expect(mpfr_total_order_p(z.numbers + lane, &expected) != 0)
        }
      }
    }
  }

  private func initialised(_ precision: Int) -> __mpfr_struct {
    var value = __mpfr_struct()
    mpfr_init2(&value, precision)
    return value
  }
}
