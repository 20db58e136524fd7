import Arbitrary
import Exact
import TestSupport
import Testing

/// Values recorded from mpmath and Arb: 120 digits at exact arguments.
@Suite("Functions against recorded oracles")
struct FunctionOracleTests {
  struct RealCase: Decodable {
    let function, x, value: String
    let y: String?
  }
  struct ComplexCase: Decodable {
    let function, re, im, valueRe, valueIm: String

    enum CodingKeys: String, CodingKey {
      case function, re, im
      case valueRe = "value_re"
      case valueIm = "value_im"
    }
  }
  struct Functions: Decodable {
    let real: [RealCase]
    let complex: [ComplexCase]
  }
  struct RoundingCase: Decodable {
    let value: String
    let digits, sign, exponent: Int
    let mantissa: String
  }
  struct Rationals: Decodable { let rounding: [RoundingCase] }

  /// The enclosure of a value from a recorded decimal of 120 digits: half a unit of the last.
  static func enclosure(recorded text: String) throws -> Interval {
    let value = try #require(Rational(text))
    if value.isZero { return .zero }
    let exponent = try #require(Real(value, precision: 64).exponent)
    // 10^-119 of the leading digit's decade is below 2^(exponent + 1 - 395).
    let slack = try Rational(Integer(1), Integer(1) << 395).scaled(by: exponent + 1)
    return try Interval(lower: value - slack, upper: value + slack, precision: 1000)
  }

  @Test("real functions: enclosed at 53 bits and at 500")
  func real() throws {
    let cases = try Oracle.load("functions", as: Functions.self).real
    #expect(cases.count > 300)
    for c in cases {
      let x = try #require(Rational(c.x))
      let sharp = try Self.enclosure(recorded: c.value)
      for precision in [53, 500] {
        let argument = Interval(x, precision: precision + 200)
        let value: Interval
        if c.function == "pow" {
          value = Interval.pow(
            argument, try #require(Rational(c.y ?? "")), precision: precision)
        } else {
          let f = try #require(IntervalTests.functions.first { $0.name == c.function }).f
          value = f(argument, precision)
        }
        #expect(!value.isDisjoint(from: sharp), "\(c.function) \(c.x) at \(precision)")
        if precision == 53 {
          // And no wider than a few units: the argument was much sharper.
          #expect(
            value.isPoint
              || value.width <= Real.scale(value.magnitude, byPowerOfTwo: -50, precision: 53),
            "\(c.function) \(c.x): \(value)")
        }
      }
    }
  }

  @Test("complex functions: enclosed at 53 bits and at 500")
  func complex() throws {
    let cases = try Oracle.load("functions", as: Functions.self).complex
    #expect(cases.count > 100)
    for c in cases {
      let re = try #require(Rational(c.re))
      let im = try #require(Rational(c.im))
      let sharpRe = try Self.enclosure(recorded: c.valueRe)
      let sharpIm = try Self.enclosure(recorded: c.valueIm)
      let f = try #require(ComplexTests.functions.first { $0.name == c.function }).f
      for precision in [53, 500] {
        let z = ComplexInterval(
          re: Interval(re, precision: precision + 200), im: Interval(im, precision: precision + 200)
        )
        let value = f(z, precision)
        #expect(!value.re.isDisjoint(from: sharpRe), "\(c): \(value)")
        #expect(!value.im.isDisjoint(from: sharpIm), "\(c): \(value)")
        #expect(value.re.isBounded && value.im.isBounded, "\(c): \(value)")
      }
    }
  }

  @Test("decimal rounding of fractions")
  func rounding() throws {
    for c in try Oracle.load("rationals", as: Rationals.self).rounding {
      let value = try #require(Rational(c.value))
      let text = Decimal.digits(of: value, significant: c.digits)
      if c.sign == 0 {
        #expect(text == "0")
        continue
      }
      // The recording has digits and exponent; the notation is this library's own.
      let parts = text.split(separator: "e")
      let digits = parts[0].filter(\.isNumber).drop { $0 == "0" }
      #expect(String(digits) == c.mantissa, "\(c)")
      #expect(text.hasPrefix("-") == (c.sign < 0))
      #expect((parts.count == 1) == (c.exponent >= -7 && c.exponent < c.digits))
      if parts.count == 2 { #expect(Int(parts[1]) == c.exponent) }
      #expect(
        try #require(Rational(text)).magnitude
          == Rational("\(c.mantissa)e\(c.exponent - c.digits + 1)"))
    }
  }

  @Test("a wrong recording would be noticed")
  func canFail() throws {
    let wrong = try Self.enclosure(
      recorded: "2.718281828459045235360287471352662497757247093699959574")
    #expect(Interval.exp(1, precision: 500).isDisjoint(from: wrong))
  }
}

extension Rational {
  fileprivate func scaled(by exponent: Int) throws -> Rational {
    try self * Rational(2).power(exponent)
  }
}
