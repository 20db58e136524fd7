import Arbitrary
import Exact
import TestSupport
import Testing

@Suite("Real")
struct RealTests {
  static let third = (try? Rational(1, 3)) ?? 0

  @Test("each direction is on its side of the exact value", arguments: [2, 24, 53, 64, 65, 1000])
  func directions(precision: Int) throws {
    for value in [Self.third, -Self.third, Rational("1e-5000") ?? 0, Rational("-7e4000") ?? 0] {
      let up = Real(value, precision: precision, rounding: .up)
      let down = Real(value, precision: precision, rounding: .down)
      #expect(up.compare(value) == 1)
      #expect(down.compare(value) == -1)
      #expect(down.nextUp == up)
      #expect(up.nextDown == down)
      let inward = value.isNegative ? up : down
      #expect(Real(value, precision: precision, rounding: .towardZero) == inward)
      #expect(
        Real(value, precision: precision, rounding: .awayFromZero)
          == (value.isNegative ? down : up))
      let nearest = Real(value, precision: precision, rounding: .nearest)
      #expect(nearest == up || nearest == down)
      let exact = try #require(Rational(exactly: nearest))
      let other = try #require(Rational(exactly: nearest == up ? down : up))
      #expect((exact - value).magnitude <= (other - value).magnitude)
    }
  }

  @Test("powers and logarithms of 2 and 10 at exact points")
  func basesOfTwoAndTen() {
    #expect(Real.exp2(-3, precision: 53) == Real(0.125) && Real.exp10(3, precision: 53) == 1000)
    #expect(Real.log2(Real(0.125), precision: 53) == -3 && Real.log10(1000, precision: 53) == 3)
    #expect(Real.log2(0, precision: 53) == .negativeInfinity)
    #expect(Real.log10(-1, precision: 53).isNaN)
  }

  @Test("ties go to the even significand")
  func ties() {
    // At 2 bits: 5 = 101b lies between 4 = 1.0b·4 and 6 = 1.1b·4; 7 between 6 and 8.
    #expect(Real(5, precision: 2) == Real(4))
    #expect(Real(7, precision: 2) == Real(8))
    #expect(Real(5, precision: 2, rounding: .up) == Real(6))
    #expect(Real(-5, precision: 2, rounding: .up) == Real(-4))
    #expect(Real(5, precision: 2, rounding: .awayFromZero) == Real(6))
  }

  @Test("conversions keep the value exactly")
  func conversions() throws {
    var generator = SeededGenerator(seed: 3)
    for bits in [1, 63, 64, 65, 200, 5000] {
      let n = generator.integer(bits: bits)
      let x = Real(n)
      #expect(Rational(exactly: x) == Rational(n))
      #expect(x.precision >= 64)
      #expect(x.floor == n)
      let small = Real.scale(x, byPowerOfTwo: -3000, precision: x.precision)
      let expected = try Rational(n, Integer(1) << 3000)
      #expect(Rational(exactly: small) == expected)
    }
    for d in [0.1, -0x1p-1074, 0x1.fffffffffffffp1023, 1.0, -0.0] {
      #expect(Real(d).approximateDouble == d)
    }
    #expect(Rational(exactly: Real.nan) == nil)
    #expect(Rational(exactly: Real.infinity) == nil)
    #expect(Double(Real("1e400", precision: 53) ?? .nan) == .infinity)
    #expect((Real("1e400", precision: 53) ?? .nan).double(rounding: .down).isFinite)
    #expect((Real("1e-400", precision: 53) ?? .nan).double(rounding: .up) == 0x1p-1074)
    // Too many digits to write down, and no attempt to.
    let huge = Real.scale(Real(3), byPowerOfTwo: 1 << 29, precision: 64)
    #expect(Rational(exactly: huge) == nil)
    #expect(huge.floor == nil)
    #expect(huge.exponent == (1 << 29) + 1)
  }

  @Test("text: numbers in full, nothing else")
  func text() {
    #expect(Real("0.1", precision: 53) == Real(0.1))
    #expect(Real("-0x1.8p-1", precision: 53) == Real(-0.75))
    #expect(Real("inf", precision: 53) == .infinity)
    #expect(Real("-Infinity", precision: 53) == .negativeInfinity)
    #expect(Real("nan", precision: 53)?.isNaN == true)
    #expect(Real("1e1000000", precision: 53)?.isFinite == true)
    for wrong in ["", " 1", "1 ", "1x", "--1", "e5", "@inf@", "1/3", "."] {
      #expect(Real(wrong, precision: 53) == nil, "\(wrong)")
    }
    for precision in [24, 53, 64, 200] {
      let x = Real(Self.third, precision: precision)
      #expect(Real(x.description, precision: precision) == x)
    }
    #expect(Real(1000).description == "1000")
    #expect(Real(0.25).description == "0.25")
  }

  @Test("NaN is unordered, zeros are equal, and hashes agree with equality")
  func comparison() {
    let nan = Real.nan
    #expect(nan != nan)
    #expect(!(nan < 1) && !(nan > 1) && !(nan <= 1) && !(nan >= 1))
    #expect(nan.compare(0) == nil)
    let minusZero = Real(-0.0)
    #expect(minusZero == Real(0) && minusZero.hashValue == Real(0).hashValue)
    #expect(minusZero.hasNegativeSign)
    let wide = Real(12, precision: 1000)
    #expect(wide == Real(12, precision: 5) && wide.hashValue == Real(12, precision: 5).hashValue)
    #expect(Set([Real(1, precision: 70), Real(1, precision: 53), Real(2)]).count == 2)
    #expect(Real.infinity > Real.greatestFinite(precision: 100))
    #expect(Real.greatestFinite(precision: 100).nextUp == .infinity)
    #expect(Real.minimum(1, 2) == 1 && Real.maximum(1, 2) == 2)
  }

  @Test("operators take the greater precision; arguments may be the same value")
  func arithmetic() {
    let x = Real(Self.third, precision: 100)
    let y = Real(Self.third, precision: 200)
    #expect((x + y).precision == 200)
    #expect((x - x).isZero)
    #expect(Real.add(x, x, precision: 100) == Real.scale(x, byPowerOfTwo: 1, precision: 100))
    #expect(Real.mul(x, x, precision: 100) == Real.sqr(x, precision: 100))
    #expect(Real.div(x, x, precision: 100) == 1)
    #expect(Real(1) / Real(0) == .infinity)
    #expect((Real(0) / Real(0)).isNaN)
    #expect(-x == Real(-Self.third, precision: 100) && x.magnitude == (-x).magnitude)
    // One rounding: (1 + 2^-30)² - 1 - 2^-29 = 2^-60 is lost by two of them at 53 bits.
    let a = Real(1 + 0x1p-30)
    #expect(Real.fma(a, a, Real(-1 - 0x1p-29), precision: 53) == Real(0x1p-60))
  }

  @Test("ring laws hold exactly where the precision is enough")
  func ringLaws() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<200 {
      let (a, b, c) = (
        generator.integer(bits: 80), generator.integer(bits: 80), generator.integer(bits: 80)
      )
      let p = 400
      let x = Real(a, precision: p)
      let y = Real(b, precision: p)
      let z = Real(c, precision: p)
      #expect((x + y) * z == x * z + y * z)
      #expect(x * y == Real(a * b, precision: p))
      #expect(x - y == Real(a - b, precision: p))
      #expect((x < y) == (a < b))
    }
  }

  @Test("functions at the edges of their domains")
  func edges() {
    let p = 53
    #expect(Real.log(0, precision: p) == .negativeInfinity)
    #expect(Real.log(-1, precision: p).isNaN)
    #expect(Real.sqrt(-1, precision: p).isNaN)
    #expect(Real.cbrt(-8, precision: p) == -2)
    #expect(Real.rootn(-32, 5, precision: p) == -2)
    #expect(Real.rootn(-4, 2, precision: p).isNaN)
    #expect(Real.rootn(4, 0, precision: p).isNaN)
    #expect(Real.powInt(0, 0, precision: p) == 1)
    #expect(Real.powInt(2, -3, precision: p) == Real(0.125))
    #expect(Real.exp(.negativeInfinity, precision: p) == 0)
    #expect(Real.sin(.infinity, precision: p).isNaN)
    #expect(Real.atanh(1, precision: p) == .infinity)
    #expect(Real.acosh(Real(0.5), precision: p).isNaN)
    let far = Real.scale(Real(1), byPowerOfTwo: 1 << 29, precision: p)
    #expect(Real.sin(far, precision: p).isNaN)
    #expect(Real.exp(far, precision: p) == .infinity)
    #expect(Real.exp(far, precision: p, rounding: .down) == .greatestFinite(precision: p))
    #expect(Real.pi(precision: 53) == Real(Double.pi))
    #expect(Real.pi(precision: 53, rounding: .down) < Real.pi(precision: 53, rounding: .up))
  }

  @Test("precisions out of range are moved to the nearer end")
  func precisionBounds() {
    #expect(Real(1, precision: -5).precision == 2)
    #expect(Real(1, precision: 0).precision == 2)
  }

  @Test("values may be shared between threads")
  func concurrency() async {
    let x = Real(Self.third, precision: 500)
    let expected = Real.exp(x, precision: 500)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { (0..<50).allSatisfy { _ in Real.exp(x, precision: 500) == expected } }
      }
      for await agrees in group { #expect(agrees) }
    }
  }
}
