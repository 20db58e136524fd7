import Arbitrary
import Exact
import Foundation
import TestSupport
import Testing

@testable import Algebra

@Suite("Cosines, sines and tangents of fractions of pi")
struct CircularNumberTests {
  @Test("against doubles", arguments: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 16, 21, 24, 30])
  func values(n: Int) throws {
    for k in -n...(2 * n) {
      let r = try Rational(Integer(k), Integer(n))
      let angle = Double.pi * Double(k) / Double(n)
      let cosine = try AlgebraicNumber.cosine(piTimes: r)
      #expect(abs(cosine.approximateDouble - cos(angle)) < 1e-12)
      #expect(abs(try AlgebraicNumber.sine(piTimes: r).approximateDouble - sin(angle)) < 1e-12)
      if cosine.signum != 0 && n <= 12 {
        let tangent = try AlgebraicNumber.tangent(piTimes: r)
        #expect(abs(tangent.approximateDouble - tan(angle)) < 1e-10)
      }
    }
  }

  @Test("identities and what is refused")
  func identities() throws {
    let seventh = try Rational(1, 7)
    let (c, s) = (
      try AlgebraicNumber.cosine(piTimes: seventh), try AlgebraicNumber.sine(piTimes: seventh)
    )
    #expect(try c.power(2) + s.power(2) == AlgebraicNumber(1))
    #expect(try AlgebraicNumber.tangent(piTimes: seventh) == s / c)
    #expect(throws: ArithmeticError.divisionByZero) {
      try AlgebraicNumber.tangent(piTimes: try Rational(-3, 2))
    }
    #expect(throws: ArithmeticError.self) {
      try AlgebraicNumber.cosine(piTimes: try Rational(1, 1009))
    }
    #expect(throws: ArithmeticError.self) {
      try AlgebraicNumber.cosine(piTimes: try Rational(1, Integer.powerOfTen(30)))
    }
  }

  @Test("the polynomial of 2cos(2pi/n) has degree phi(n)/2 and these roots")
  func polynomials() throws {
    for n in 3...40 {
      let f = try #require(IntegerPolynomial.realCyclotomic(n))
      #expect(f.degreeOrZero == Totient.halfUnits(n).count)
      #expect(f.degreeOrZero == RealCyclotomicField.degree(order: n))
      #expect(try IntegerFactorization(f).factors.count == 1)
      let greatest = try #require(AlgebraicNumber.roots(of: f).last).root
      #expect(abs(greatest.approximateDouble - 2 * cos(2 * Double.pi / Double(n))) < 1e-13)
    }
  }

  @Test("the field of a real cyclotomic order")
  func fields() throws {
    let field = try RealCyclotomicField(order: 15)
    let wide = try RealCyclotomicField(order: 60)
    for k in 0..<15 {
      let x = try field.doubledCosine(k)
      let angle = 2 * Double.pi * Double(k) / 15
      #expect(abs(try field.number(x).approximateDouble - 2 * cos(angle)) < 1e-12)
      // 2cos a · 2cos a = 2 + 2cos 2a, and the same number in a wider field.
      #expect(
        try field.multiply(x, x)
          == RealCyclotomicField.Element([2]) + field.doubledCosine(2 * k))
      #expect(try field.embed(x, in: wide) == wide.doubledCosine(4 * k))
      if !x.isZero { #expect(try field.multiply(x, field.inverse(x)) == .one) }
    }
    #expect(throws: ArithmeticError.divisionByZero) { try field.inverse(.zero) }
    #expect(throws: ArithmeticError.self) { try RealCyclotomicField(order: 0) }
    #expect(throws: ArithmeticError.self) { try RealCyclotomicField(order: 1_009) }
    #expect(throws: ArithmeticError.self) {
      try wide.embed(.one, in: field)
    }
  }

  @Test("enclosures to any precision, and mixed arithmetic", arguments: [10, 64, 1000, 5000])
  func enclosures(precision: Int) throws {
    let root = try AlgebraicNumber(2).squareRoot()
    let interval = root.interval(precision: precision)
    #expect(Interval.sqr(interval, precision: precision + 10).contains(Rational(2)))
    #expect((interval.width.exponent ?? -precision) < 3 - precision)
    let ball = root.ball(precision: precision)
    #expect(Ball.sqr(ball, precision: precision).contains(Rational(2)))
    #expect(ball.accurateBits >= precision - 3)
    let shifted = try (root * Rational(3) - Rational(1)) / Rational(2) + Rational(1, 2)
    #expect(try shifted * Rational(2, 3) == root)
    #expect(try root.negated().magnitude() == root)
    #expect(try AlgebraicNumber(8).cubeRoot() == AlgebraicNumber(2))
    #expect(try AlgebraicNumber(4).power(Rational(3, 2)) == AlgebraicNumber(8))
    #expect(try AlgebraicNumber(2).power(Rational(-1, 2)) * root == AlgebraicNumber(1))
    #expect(throws: ArithmeticError.self) {
      try AlgebraicNumber(-8).power(try Rational(1, 3))
    }
  }

  @Test("quadratic subfields")
  func subfields() throws {
    let sum = try AlgebraicNumber(2).squareRoot() + AlgebraicNumber(3).squareRoot()
    #expect(try sum.quadraticSubfields() == [2, 3, 6])
    #expect(try AlgebraicNumber(5).root(4).quadraticSubfields() == [5])
    #expect(try AlgebraicNumber.cosine(piTimes: Rational(1, 15)).quadraticSubfields() == [5])
    #expect(try AlgebraicNumber(2).root(3).quadraticSubfields().isEmpty)
    #expect(
      try AlgebraicNumber.roots(of: IntegerPolynomial([-1, -1, 0, 0, 1])).last?.root
        .quadraticSubfields() == [])
  }
}
