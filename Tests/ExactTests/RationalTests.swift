import Exact
import TestSupport
import Testing

@Suite("Rational")
struct RationalTests {
  static let samples: [Rational] = {
    var generator = SeededGenerator(seed: 2)
    var values: [Rational] = [0, 1, -1, 2]
    for bits in [3, 20, 33, 64, 90] {
      for _ in 0..<3 {
        let d = generator.integer(bits: bits)
        if let value = try? Rational(generator.integer(bits: bits), d) { values.append(value) }
      }
    }
    return values
  }()

  @Test("field laws")
  func fieldLaws() throws {
    for a in Self.samples {
      #expect((a - a).isZero)
      if !a.isZero { #expect(try a * a.inverse() == 1) }
      for b in Self.samples {
        #expect(a + b == b + a)
        #expect(a * b == b * a)
        if !b.isZero { #expect(try (a / b) * b == a) }
        for c in Self.samples {
          #expect((a + b) + c == a + (b + c))
          #expect((a + b) * c == a * c + b * c)
          if a < b { #expect(a + c < b + c) }
        }
      }
    }
    #expect(throws: ArithmeticError.divisionByZero) { _ = try Rational(1) / 0 }
    #expect(throws: ArithmeticError.divisionByZero) { _ = try Rational(1, 0) }
  }

  @Test("results are in lowest terms with a positive denominator")
  func invariant() throws {
    for a in Self.samples {
      for b in Self.samples where !b.isZero {
        for value in [a + b, a - b, a * b, try a / b, -a] {
          #expect(value.denominator.signum == 1)
          #expect(Integer.gcd(value.numerator, value.denominator) == 1)
        }
      }
    }
    #expect(try Rational(6, -4) == Rational(-3, 2))
    #expect(try Rational(0, -7).denominator == 1)
  }

  @Test("floor and ceiling enclose")
  func floor() throws {
    for a in Self.samples {
      #expect(Rational(a.floor) <= a && a < Rational(a.floor + 1))
      #expect(Rational(a.ceiling) >= a && a > Rational(a.ceiling - 1))
    }
    #expect(try Rational(-7, 2).floor == -4)
    #expect(try Rational(-7, 2).ceiling == -3)
  }

  @Test("powers and roots")
  func powers() throws {
    #expect(try Rational(2, 3).power(-3) == Rational(27, 8))
    #expect(try Rational(0).power(0) == 1)
    #expect(throws: ArithmeticError.divisionByZero) { _ = try Rational(0).power(-1) }
    #expect(try Rational(-8, 27).exactRoot(3) == Rational(-2, 3))
    #expect(try Rational(1, 2).exactRoot(2) == nil)
    for a in Self.samples { #expect((a * a).exactRoot(2) == a.magnitude) }
  }

  @Test("doubles are converted exactly, and back to within rounding")
  func doubles() throws {
    #expect(Rational(exactly: 0.1) != (try Rational(1, 10)))
    #expect(Rational(exactly: -0.375) == (try Rational(-3, 8)))
    #expect(Rational(exactly: 0x1p-1074) == (try Rational(1, Integer(1) << 1074)))
    #expect(Rational(exactly: 0x1.fffffffffffffp1023)?.isInteger == true)
    #expect(Rational(exactly: Double.infinity) == nil)
    #expect(Rational(exactly: Double.nan) == nil)
    for x in [0.1, -1e300, 3e-308, 0x1p-1074, 123456.789] {
      #expect(Rational(exactly: x)?.approximateDouble == x)
    }
  }

  @Test("text that is no number is refused")
  func text() {
    for a in Self.samples { #expect(Rational(a.description) == a) }
    for wrong in [
      "", ".", "-", "1/0", "1/2/3", "1/", "/2", "1.2.3", "e5", "1e", "0x1", "1e9999999",
    ] {
      #expect(Rational(wrong) == nil, "\(wrong)")
    }
  }
}
