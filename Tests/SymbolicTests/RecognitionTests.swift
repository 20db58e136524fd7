import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite("Recognition of numbers")
struct RecognitionTests {
  @Test("algebraic numbers from digits are guesses, from definitions proved")
  func heptagon() throws {
    let formula = try Expression("4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    let number = try AlgebraicNumber(formula)
    let guess = try #require(
      try Recognition(RealSource { number.interval(precision: $0) }).algebraic(degree: 4))
    #expect(guess.status == .guess)
    #expect(guess.number == number)
    #expect(guess.expression?.description == "4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    #expect(guess.evidence.significance >= 40)
    let known = try #require(try Recognition(RealSource(number)).algebraic(degree: 4))
    #expect(known.status == .proved(.minimalPolynomial))
    let other = try #require(
      try Recognition(RealSource(Expression("2 + 4*cos(2*pi/7) + 2*cos(4*pi/7)"))).algebraic(
        degree: 4))
    #expect(other.isProved && other.number == number)
  }
}
