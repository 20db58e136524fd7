import Exact
import TestSupport
import Testing

@testable import Algebra

@Suite("Partial fractions and counts of roots")
struct PartialFractionTests {
  @Test("parts add to the function and are proper", arguments: 0..<6)
  func roundTrip(seed: Int) throws {
    var random = try RandomAlgebra(seed: UInt64(seed) + 900, ["x", "y"])
    var below = Polynomial(1, ring: random.ring)
    for _ in 0..<2 {
      below = below * (try random.nonzero(terms: 3, degree: 1 + seed % 2)).power(UInt(1 + seed % 2))
    }
    let f = try RationalFunction(try random.nonzero(terms: 5, degree: 4), below)
    let found = try f.partialFractions(in: 0)
    #expect(try found.sum() == f)
    for part in found.parts {
      #expect(part.numerator.count <= part.denominator.degree(in: 0))
      #expect(try part.denominator.isIrreducible())
      for coefficient in part.numerator { #expect(!coefficient.occurringVariables.contains(0)) }
    }
  }

  @Test("hand-made: 1/(x² - y²), x³/(x - 1)², constants")
  func examples() throws {
    let ring = try PolynomialRing(["x", "y"])
    let x = Polynomial.variable(0, of: ring)
    let y = Polynomial.variable(1, of: ring)
    let first = try RationalFunction(Polynomial(1), x * x - y * y).partialFractions(in: 0)
    #expect(first.polynomialPart.isEmpty)
    #expect(first.parts.map(\.denominator) == [x - y, x + y] || first.parts.count == 2)
    for part in first.parts {
      let sign: Integer = part.denominator == x - y ? 1 : -1
      #expect(part.numerator == [try RationalFunction(Polynomial(sign), y + y)])
    }
    let one = Polynomial(1, ring: ring)
    let second = try RationalFunction(x.power(3), (x - one).power(2)).partialFractions(in: 0)
    // x³/(x-1)² = x + 2 + 3/(x-1) + 1/(x-1)²
    #expect(second.polynomialPart == [RationalFunction(Integer(2)), .one])
    #expect(second.parts.map(\.power) == [1, 2])
    #expect(second.parts.map(\.numerator) == [[RationalFunction(Integer(3))], [.one]])
    let constant = try RationalFunction(try Rational(2, 3)).partialFractions(in: 0)
    #expect(try constant.sum() == RationalFunction(try Rational(2, 3)))
    #expect(try RationalFunction.zero.partialFractions(in: 0).sum().isZero)
  }

  @Test("counts with multiplicity, and Descartes' bound is above them with their parity")
  func counts() throws {
    // x²(x - 1)³(x² - 2)
    let f =
      IntegerPolynomial([0, 0, 1])
      * IntegerPolynomial([-1, 1]).power(3) * IntegerPolynomial([-2, 0, 1])
    #expect(try RealRootIsolation.countWithMultiplicity(f) == 7)
    let closed = RationalRange(lower: .closed(0), upper: .closed(1))
    #expect(try RealRootIsolation.countWithMultiplicity(f, in: closed) == 5)
    let open = RationalRange(lower: .open(0), upper: .open(1))
    #expect(try RealRootIsolation.countWithMultiplicity(f, in: open) == 0)
    #expect(try RealRootIsolation.countWithMultiplicity(f, in: .line) == 7)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<60 {
      let g = IntegerPolynomial(
        (0..<7).map { _ in Integer(Int.random(in: -9...9, using: &generator)) } + [1])
      let lower = try Rational(Integer(Int.random(in: -9...3, using: &generator)), 4)
      let upper = lower + (try Rational(Integer(Int.random(in: 1...20, using: &generator)), 3))
      let count = try RealRootIsolation.countWithMultiplicity(
        g, in: RationalRange(lower: .open(lower), upper: .open(upper)))
      let bound = try RealRootIsolation.descartesBound(g, from: lower, to: upper)
      if g.sign(at: lower) != 0 && g.sign(at: upper) != 0 {
        #expect(bound >= count && (bound - count) % 2 == 0)
      }
    }
    #expect(throws: ArithmeticError.self) {
      try RealRootIsolation.descartesBound(f, from: 1, to: 1)
    }
    #expect(throws: ArithmeticError.self) { try RealRootIsolation.countWithMultiplicity(.zero) }
  }
}
