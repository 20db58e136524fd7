import Arbitrary
import Exact
import TestSupport
import Testing

@Suite("Decimal")
struct DecimalTests {
  @Test(
    "a fraction at N digits",
    arguments: [
      ("1/4", 5, "0.25000"), ("0", 9, "0"), ("1/8", 2, "0.12"), ("3/8", 2, "0.38"),
      ("-1/8", 2, "-0.12"), ("5/2", 1, "2"), ("7/2", 1, "4"), ("2/3", 4, "0.6667"),
      ("999/1000", 2, "1.0"), ("9999/10000", 4, "0.9999"), ("99995/100000", 4, "1.000"),
      ("100", 3, "100"), ("100", 2, "1.0e+2"), ("10", 1, "1e+1"), ("10", 2, "10"),
      ("123456", 4, "1.235e+5"), ("1e-7", 3, "0.000000100"), ("1e-8", 3, "1.00e-8"),
      ("-1e-8", 1, "-1e-8"), ("1/3", 0, "0.3"), ("25/10", 1, "2"), ("1e-30", 2, "1.0e-30"),
      ("9.5", 1, "1e+1"), ("8.5", 1, "8"), ("1e22", 23, "10000000000000000000000"),
    ])
  func fractions(text: String, count: Int, expected: String) throws {
    let value = try #require(Rational(text))
    #expect(Decimal.digits(of: value, significant: count) == expected)
    // A float of enough bits goes by MPFR's conversion, where the value is a binary fraction.
    let real = Real(value, precision: 200)
    if Rational(exactly: real) == value {
      #expect(Decimal.digits(of: real, significant: count) == expected)
    }
  }

  @Test("an enclosure has digits only where both ends have the same")
  func intervals() throws {
    let third = Interval(try Rational(1, 3), precision: 53)
    #expect(Decimal.digits(of: third, significant: 10) == "0.3333333333")
    #expect(Decimal.digits(of: third, significant: 30) == nil)
    #expect(Decimal.digits(of: Interval.zero, significant: 5) == "0")
    // An enclosure of a tie is undecided, the tie itself is not.
    let tie = try Interval(
      lower: Real(0.125).nextDown, upper: Real(0.125).nextUp)
    #expect(Decimal.digits(of: tie, significant: 2) == nil)
    #expect(Decimal.digits(of: Interval(0.125), significant: 2) == "0.12")
    #expect(Decimal.digits(of: try Interval(lower: -1, upper: 1), significant: 1) == nil)
    #expect(Decimal.digits(of: .entire, significant: 1) == nil)
    #expect(Decimal.digits(of: .empty, significant: 1) == nil)
    let small = try Interval(lower: 0, upper: Real(0x1p-900))
    #expect(Decimal.digits(of: small, significant: 1) == nil)
    let minus = Interval(try Rational(-1, 3), precision: 53)
    #expect(Decimal.digits(of: minus, significant: 3) == "-0.333")
    // Ends in different binades that round to the same digits.
    let one = try Interval(lower: Real(1.0).nextDown, upper: 1)
    #expect(Decimal.digits(of: one, significant: 5) == "1.0000")
  }

  @Test("long and extreme values are quick")
  func extremes() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let tiny = try #require(Rational("1e-100000"))
    #expect(Decimal.digits(of: tiny, significant: 5) == "1.0000e-100000")
    let huge = try #require(Interval("1e1000000", precision: 100))
    #expect(Decimal.digits(of: huge, significant: 5) == "1.0000e+1000000")
    let far = Real.scale(Real(1), byPowerOfTwo: 1 << 29, precision: 64)
    #expect(Decimal.digits(of: far, significant: 3).hasSuffix("e+161614248"))
    let pi = try #require(Decimal.digits(of: Interval.pi(precision: 400_000), significant: 100_000))
    #expect(pi.count == 100_001)
    #expect(pi.hasSuffix("549362465"))  // …5493624646 are decimals 99991 to 100000.
    #expect(clock.now - start < .seconds(10))
  }

  @Test("shown ends enclose the set")
  func enclosures() throws {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<500 {
      let box = generator.box(below: 100, precision: 53).box
      for ends in [Decimal.enclosure(of: box), Decimal.enclosure(of: box, significant: 3)] {
        let low = try #require(Rational(ends.lower))
        let high = try #require(Rational(ends.upper))
        let exactLow = try #require(Rational(exactly: box.lower))
        let exactHigh = try #require(Rational(exactly: box.upper))
        #expect(low <= exactLow && exactHigh <= high, "\(box)")
      }
      let shown = Decimal.enclosure(of: box)
      if let low = Rational(shown.lower), let high = Rational(shown.upper), !box.isPoint {
        let width = try #require(Rational(exactly: box.width))
        #expect(high - low <= width * 2, "\(shown)")
      }
    }
    #expect(Decimal.enclosure(of: try Interval(lower: 0, upper: .infinity)) == ("0", "inf"))
    #expect(Interval(0.25).description == "[0.25, 0.25]")
    #expect(Interval.empty.description == "empty")
    let box = try Interval(lower: "0.123456", upper: "0.123478", precision: 53)
    #expect(Decimal.enclosure(of: box) == ("0.1234559", "0.1234781"))
  }
}
