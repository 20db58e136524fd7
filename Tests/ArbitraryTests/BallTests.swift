import Exact
import TestSupport
import Testing

@testable import Arbitrary

@Suite("Balls")
struct BallTests {
  static func ball(_ lower: Double, _ upper: Double) -> Ball {
    Ball(Interval(between: Real(lower), and: Real(upper)), precision: 64)
  }

  @Test("divisors around zero, and the divisor zero")
  func division() throws {
    let wide = Self.ball(-1, 2)
    #expect(Ball.div(3, wide, precision: 53).isEntire)
    #expect(try (Ball(3) / wide).isEntire)
    #expect(Ball.div(3, 0, precision: 53).isEmpty && Ball.recip(0, precision: 53).isEmpty)
    #expect(throws: ArithmeticError.divisionByZero) { try Ball(3) / Ball(0) }
    // What the whole line stands for may have no value.
    #expect(Ball.mul(0, .entire, precision: 53).isEntire)
    #expect(ComplexBall.div(.one, ComplexBall(re: wide, im: wide), precision: 53) == .entire)
    #expect(ComplexBall.div(.one, .zero, precision: 53).isEmpty)
    #expect(throws: ArithmeticError.divisionByZero) { try ComplexBall.one / ComplexBall.zero }
  }

  @Test("at the edges of domains: empty outside, the whole line across")
  func domains() {
    typealias F = (Ball) -> Ball
    let p = 64
    let cases: [(F, inside: Ball, outside: Ball, across: Ball)] = [
      ({ .sqrt($0, precision: p) }, 0, -1, Self.ball(-1, 4)),
      ({ .log($0, precision: p) }, 1, 0, Self.ball(0, 1)),
      ({ .log($0, precision: p) }, 1, -3, Self.ball(-1, 1)),
      ({ .log1p($0, precision: p) }, 0, -1, Self.ball(-1, 1)),
      ({ .log2($0, precision: p) }, 1, 0, Self.ball(-1, 1)),
      ({ .log10($0, precision: p) }, 1, 0, Self.ball(-1, 1)),
      ({ .asin($0, precision: p) }, 0, 2, Self.ball(0, 2)),
      ({ .acos($0, precision: p) }, 1, -2, Self.ball(0, 2)),
      ({ .acosh($0, precision: p) }, 1, 0, Self.ball(0, 2)),
      ({ .atanh($0, precision: p) }, 0, 1, Self.ball(0, 1)),
      ({ .atanh($0, precision: p) }, 0, -1, Self.ball(0, 2)),
      ({ .rootn($0, 4, precision: p) }, 0, -1, Self.ball(-1, 1)),
      ({ .rootn($0, -3, precision: p) }, 1, 0, Self.ball(-1, 1)),
      ({ .powInt($0, -2, precision: p) }, 1, 0, Self.ball(-1, 1)),
      ({ .pow($0, Rational("2/3") ?? 0, precision: p) }, 0, -1, Self.ball(-1, 1)),
      ({ .pow($0, $0, precision: p) }, 1, -1, Self.ball(-1, 1)),
      ({ .digamma($0, precision: p) }, 1, -2, Self.ball(-3, 1)),
      ({ .dilog($0, precision: p) }, 0, 2, Self.ball(0, 2)),
      ({ .atan2(y: $0, x: $0, precision: p) }, 1, 0, Self.ball(-1, 1)),
      ({ .recip($0, precision: p) }, 1, 0, Self.ball(-1, 1)),
    ]
    for (index, (f, inside, outside, across)) in cases.enumerated() {
      #expect(!f(inside).isEmpty && !f(inside).isEntire, "\(index)")
      #expect(f(outside).isEmpty, "\(index)")
      #expect(f(across).isEntire, "\(index)")
      #expect(f(.empty).isEmpty, "\(index)")
    }
    #expect(Ball.tan(Self.ball(1, 2), precision: p).isEntire)
    #expect(Ball.pow(0, Ball(0), precision: p).isEmpty && Ball.pow(0, Ball(2), precision: p).isZero)
    #expect(Ball.pow(Self.ball(0, 1), Self.ball(0, 1), precision: p).isEntire)
    // 0^0 is 1, other real powers of 0 are 0 or have no value.
    let power = ComplexBall(real: Self.ball(-0.5, 1))
    #expect(ComplexBall.pow(ComplexBall.zero, power, precision: p).contains(re: 1, im: 0))
    #expect(ComplexBall.pow(ComplexBall.zero, ComplexBall.zero, precision: p) == .one)
  }

  @Test("exact values have radius zero")
  func exactness() {
    let p = 64
    #expect(Ball.sqrt(9, precision: p) == 3 && Ball.cbrt(-8, precision: p) == -2)
    #expect(Ball.exp(0, precision: p) == 1 && Ball.log(1, precision: p).isZero)
    #expect(Ball.powInt(3, 5, precision: p) == 243 && Ball.powInt(-7, 0, precision: p) == 1)
    #expect(Ball.pow(4, Rational("3/2") ?? 0, precision: p) == 8)
    #expect(Ball.powInt(2, -3, precision: p).exactValue == Real(0.125))
    #expect(Ball.abs(-3) == 3 && Ball.maximum(2, 5) == 5 && Ball.minimum(2, 5) == 2)
    #expect(Ball(Rational("1/4") ?? 0, precision: p).isPoint)
    #expect(!Ball(Rational("1/3") ?? 0, precision: p).isPoint)
    #expect(Self.ball(6.75, 7.5).uniqueInteger == 7 && Self.ball(6.25, 6.75).uniqueInteger == nil)
    #expect(Self.ball(1, 2).uniqueInteger == nil && Ball(-4).uniqueInteger == -4)
    #expect(Self.ball(1, 3).exactValue == nil && Ball.entire.uniqueInteger == nil)
  }

  @Test(
    "exponents far beyond doubles",
    arguments: ["1e-100000", "1e300000000", "-3e-300000000", "7e100000"])
  func exponents(_ text: String) throws {
    let p = 128
    let x = try #require(Ball(text, precision: p))
    #expect(x.accurateBits >= p - 2)
    let cube = Ball.powInt(Ball.cbrt(x, precision: p), 3, precision: p)
    let half = Ball.scale(x, byPowerOfTwo: -1, precision: p)
    let same = [cube, half + half, try x * 3 / 3, Ball.abs(x) * Ball.sign(x, precision: p)]
    for (index, value) in same.enumerated() {
      #expect(!value.isDisjoint(from: x) && value.accurateBits >= p - 8, "\(index): \(value)")
    }
    if x.certainSign == 1 {
      #expect(!Ball.sqr(Ball.sqrt(x, precision: p), precision: p).isDisjoint(from: x))
      let back = Ball.exp(Ball.log(x, precision: p + 64), precision: p)
      #expect(!back.isDisjoint(from: x) && back.accurateBits > p - 8)
    }
    #expect(!Ball.sinh(Ball.asinh(x, precision: 2 * p), precision: p).isDisjoint(from: x))
    // A radius far below the midpoint, and one far above.
    let near = Ball(midpoint: x.midpoint, radius: .powerOfTwo(-2_000_000_000))
    #expect(Ball.atan(near, precision: p).accurateBits >= p - 3)
    #expect(near.contains(x.midpoint) && !near.contains(x.midpoint.nextUp))
    #expect(near + Ball(midpoint: 0, radius: .powerOfTwo(2_000_000_000)) != near)
  }

  @Test("overflow is the whole line, underflow a ball around zero")
  func range() throws {
    let p = 64
    let huge = try #require(Ball("1e300000000", precision: p))
    let tiny = try #require(Ball("1e-300000000", precision: p))
    #expect((huge * huge).isEntire && Ball.exp(huge, precision: p).isEntire)
    #expect((tiny * tiny).containsZero && !(tiny * tiny).isZero)
    let small = Ball.exp(-huge, precision: p)
    #expect(small.containsZero && small.radius <= .powerOfTwo(-1_000_000_000))
    // Underflow that rounds to the least number, or to zero: the product lies between the two.
    let least = Ball(Real.zero.nextUp)
    for share in [0.3, 0.5625, 0.75] {
      let product = least * Ball(share)
      let exponent = try #require(least.midpoint.exponent)
      #expect(.powerOfTwo(exponent - 2) <= product.radius, "\(share)")
    }
    #expect(Ball.sin(huge, precision: p) == Self.ball(-1, 1))
    #expect(Ball.tan(huge, precision: p).isEntire)
    #expect(Ball.sin(.entire, precision: p) == Self.ball(-1, 1))
    #expect(Ball.atan(.entire, precision: p).radius <= Magnitude(1.5708))
    #expect(Ball.tanh(huge, precision: p).isSubset(of: Self.ball(0.5, 1.5)))
    #expect(Ball.scale(1, byPowerOfTwo: Int.max, precision: p).isEntire)
    #expect(Ball.scale(0, byPowerOfTwo: Int.max, precision: p).isZero)
    let zeroBall = Ball(midpoint: 0, radius: .powerOfTwo(3))
    #expect(Ball.scale(zeroBall, byPowerOfTwo: Int.max, precision: p).isEntire)
    #expect(Ball.scale(zeroBall, byPowerOfTwo: Int.min, precision: p).containsZero)
  }

  @Test("containment is decided exactly, relations with three outcomes")
  func relations() throws {
    let x = Ball(midpoint: 1, radius: .powerOfTwo(-200))
    let end = Real.add(1, Real("0x1p-200", precision: 64) ?? 0, precision: 300)
    #expect(x.contains(end) && !x.contains(end.nextUp) && !x.contains(Real.nan))
    #expect(x.contains(Rational(exactly: end) ?? 0))
    #expect(!x.contains((Rational(exactly: end) ?? 0) + (try Rational(10).power(-90))))
    #expect(!Ball.empty.contains(Real.zero) && Ball.entire.contains(Real.zero))
    #expect(x.certainSign == 1 && (-x).certainSign == -1 && (x - x).certainSign == nil)
    #expect(Ball.zero.certainSign == 0)
    // A radius beyond the exponents of numbers, and midpoints at their end.
    let greatest = Real.greatestFinite(precision: 300)
    let beyond = Ball(midpoint: greatest, radius: .powerOfTwo(2_000_000_000))
    #expect(beyond.containsZero && beyond.certainSign == nil && beyond.contains(-greatest))
    let edge = Ball(midpoint: greatest, radius: .powerOfTwo(greatest.exponent.map { $0 + 1 } ?? 0))
    #expect(edge.containsZero && edge.certainSign == nil)
    let positive = Ball(midpoint: greatest, radius: .powerOfTwo(1_000_000_000))
    #expect(positive.certainSign == 1 && !positive.contains(-greatest))

    let (low, high) = (Self.ball(0, 1), Self.ball(2, 3))
    #expect(low.isLess(than: high) == true && high.isLess(than: low) == false)
    #expect(low.isLess(than: Self.ball(0.5, 3)) == nil && low.isLess(than: low) == nil)
    #expect(Ball(2).isLess(than: 2) == false && Ball(2).isLess(than: 3) == true)
    #expect(low.isLess(than: .entire) == nil && Ball.empty.isLess(than: low) == nil)
    // Two points whose difference is below the least number.
    let least = Real.zero.nextUp
    #expect(Ball(least).isLess(than: Ball(least.nextUp)) == true)
    #expect(Ball(least.nextUp).isLess(than: Ball(least)) == false)

    #expect(low.isSubset(of: low) && low.isSubset(of: Self.ball(-1, 2)) && !high.isSubset(of: low))
    #expect(low.isDisjoint(from: high) && !low.isDisjoint(from: Self.ball(0.5, 3)))
    #expect(Ball.empty.isSubset(of: low) && !low.isSubset(of: .empty) && low.isSubset(of: .entire))
    let hull = Ball.hull(low, high, precision: 53)
    #expect(hull == Self.ball(0, 3) && Ball.hull(.empty, low, precision: 64) == low)
    #expect(low == Self.ball(0, 1) && low != high && Ball.empty == Ball.empty && Ball.empty != low)
  }

  @Test("what is printed is an enclosure with certain digits")
  func description() throws {
    #expect(Ball(3).description == "3" && Ball(0.25).description == "0.25")
    #expect(Ball.empty.description == "empty" && Ball.entire.description == "0 ± inf")
    #expect(Self.ball(-1, 1).description == "0 ± 1")
    #expect(Self.ball(1, 3).description == "2 ± 1")
    let third = Ball(Rational("1/3") ?? 0, precision: 64)
    #expect(third.description.hasPrefix("0.333333333333333333") && third.description.contains("±"))
    #expect(Ball("1e-100000", precision: 53)?.description.contains("e-100000 ± ") == true)
    var random = SeededGenerator(seed: 4)
    for _ in 0..<300 {
      let precision = Int.random(in: 2...200, using: &random)
      let middle = Double.random(in: -1...1, using: &random)
      let x = Ball(
        midpoint: Real.scale(
          Real(middle), byPowerOfTwo: Int.random(in: -3000...3000, using: &random),
          precision: precision),
        radius: Magnitude(Double.random(in: 0...1, using: &random)).scaled(
          by: Int.random(in: -3000...3000, using: &random)))
      let parts = x.description.split(separator: " ± ")
      let text = try #require(Interval(String(parts[0]), precision: 9000))
      let radius = try #require(Interval(String(parts.count > 1 ? parts[1] : "0"), precision: 9000))
      let printed = Interval.add(
        text, Interval(between: -radius.upper, and: radius.upper), precision: 9000)
      #expect(x.ends(precision: 9000).isSubset(of: printed), "\(x)")
      #expect(!(parts.count > 1) || radius.upper.isFinite)
    }
  }
}

extension Ball {
  fileprivate init(_ value: Double) { self.init(Real(value)) }
}
