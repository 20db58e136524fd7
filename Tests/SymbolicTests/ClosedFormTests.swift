import Algebra
import Exact
import Foundation
import TestSupport
import Testing

@testable import Symbolic

@Suite("Closed forms of algebraic numbers")
struct ClosedFormTests {
  private func root(_ coefficients: [Int], _ index: Int) throws -> AlgebraicNumber {
    let roots = try AlgebraicNumber.roots(of: IntegerPolynomial(coefficients.map { Integer($0) }))
    return try #require(index <= roots.count ? roots[index - 1].root : nil)
  }

  @Test("the largest root of r^3 - 3r^2 - 4r - 1 is 4cos(2pi/7)(1 + cos(2pi/7))")
  func heptagon() throws {
    let form = try #require(try root([-1, -4, -3, 1], 3).closedForm())
    #expect(form.expression.description == "4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    #expect(form.method == .cyclotomic)
  }

  @Test(
    "forms as they are printed",
    arguments: [
      ([-3, 4], 1, "3/4"), ([-3, 0, 4], 2, "sqrt(3)/2"), ([-1, 8, 32], 2, "(sqrt(3) - 1)/8"),
      ([-1, -1, 1], 1, "(1 - sqrt(5))/2"), ([1, -3, 0, 1], 3, "2*cos(2*pi/9)"),
      ([2, 0, -4, 0, 1], 4, "sqrt(2 + sqrt(2))"), ([2, 0, -4, 0, 1], 2, "-sqrt(2 - sqrt(2))"),
      ([-2, 0, 0, 1], 1, "cbrt(2)"), ([-5, 0, 0, 0, 0, 1], 1, "5^(1/5)"),
      ([-3, 0, 0, 0, 1], 2, "3^(1/4)"),
      ([1, 0, -10, 0, 1], 4, "sqrt(2) + sqrt(3)"),
      ([576, 0, -960, 0, 352, 0, -40, 0, 1], 8, "sqrt(2) + sqrt(3) + sqrt(5)"),
      ([1, 3, -3, -4, 1, 1], 5, "2*cos(2*pi/11)"), ([-1, -2, 1, 1], 1, "-2*cos(pi/7)"),
      ([-4, -24, 12, -4, -6, 0, 1], 2, "sqrt(2) + cbrt(2)"),
      ([1, 4, -4, -1, 1], 4, "2*cos(2*pi/15)"),
    ] as [([Int], Int, String)])
  func printed(coefficients: [Int], index: Int, text: String) throws {
    let number = try root(coefficients, index)
    let form = try #require(try number.closedForm())
    #expect(form.expression.description == text)
    // The road through exact arithmetic agrees, and the prover sees what is wrong.
    #expect(try AlgebraicNumber(form.expression) == number)
    let tiny = Expression.rational(try Rational(1, Integer.powerOfTen(100)))
    #expect(try AlgebraicZeroTest.proof(that: form.expression + tiny, equals: number) == nil)
    #expect(try AlgebraicZeroTest.proof(that: -form.expression, equals: number) == nil)
  }

  @Test(
    "cubics and quartics without a field to help",
    arguments: [
      ([-1, -1, 0, 1], 1, .cubeRoots), ([-4, -1, 1, 1], 1, .cubeRoots),
      ([2, -4, 0, 1], 2, .thirdOfAngle), ([1, -4, -1, 1], 2, .thirdOfAngle),
      ([-1, 4, -4, -1, 1], 2, .quartic),
      ([1, -5, 1, 1, 1], 1, .quartic), ([-7, 1, 0, 0, 1], 2, .quartic),
      ([3, 1, -6, 0, 1], 3, .quartic),
    ] as [([Int], Int, ClosedForm.Method)])
  func radicals(coefficients: [Int], index: Int, method: ClosedForm.Method) throws {
    let roots = try AlgebraicNumber.roots(
      of: IntegerPolynomial(coefficients.map { Integer($0) })
    ).map(\.root)
    for number in roots where number.degree > 2 {
      let form = try #require(try number.closedForm())
      #expect(form.method == method)
      for other in roots where other != number {
        #expect(try AlgebraicZeroTest.proof(that: form.expression, equals: other) == nil)
      }
    }
  }

  @Test("numbers without a form here, and beyond the limits")
  func none() throws {
    // x^5 - x - 1 has the group S5.
    #expect(try root([-1, -1, 0, 0, 0, 1], 1).closedForm() == nil)
    var limit = ClosedFormLimit()
    limit.degree = 4
    #expect(throws: ArithmeticError.self) {
      try root([-1, -1, 0, 0, 0, 1], 1).closedForm(limit: limit)
    }
    limit.conductor = 5
    #expect(try root([1, -3, 0, 1], 3).closedForm(limit: limit)?.method == .thirdOfAngle)
    limit.proofBits = 64
    #expect(try root([-1, -1, 0, 1], 1).closedForm(limit: limit) == nil)
  }

  @Test("discriminants too long to free of squares")
  func longDiscriminants() throws {
    let long = Integer(1_000_003).power(2) * Integer(1_000_033)
    for f in [
      IntegerPolynomial([-long, 0, 1]), IntegerPolynomial([3 - long, 5, 7]),
      IntegerPolynomial([long, 1, 0, 1]),
    ] {
      for (number, _) in try AlgebraicNumber.roots(of: f) {
        let form = try #require(try number.closedForm())
        #expect(try AlgebraicZeroTest.proof(that: -form.expression, equals: number) == nil)
      }
    }
  }

  @Test("random numbers of abelian fields", arguments: campaignSeeds(10))
  func abelian(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let n = [7, 9, 11, 13, 15, 16, 17, 19, 20, 21, 24, 28][Int(g.next() % 12)]
    let field = try RealCyclotomicField(order: n)
    var element = RealCyclotomicField.Element([Rational(g.integer(bits: 3))])
    for _ in 0..<2 {
      let k = 1 + Int(g.next() % UInt64(n))
      let coefficient = Rational(g.integer(bits: 3))
      element =
        element
        + RealCyclotomicField.Element(
          try field.doubledCosine(k).coefficients.map { $0 * coefficient })
    }
    let number = try field.number(element)
    let form = try #require(try number.closedForm())
    #expect(try AlgebraicNumber(form.expression) == number)
    // Sixty digits by balls, from the formula and from the polynomial.
    let value = try AlgebraicZeroTest.enclosure(of: form.expression, precision: 240).re
    #expect(!value.isDisjoint(from: number.interval(precision: 240)))
    #expect((value.width.exponent ?? -240) < -200)
  }

  @Test("random cubics", arguments: campaignSeeds(10))
  func cubics(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let f = IntegerPolynomial(
      (0..<3).map { _ in g.integer(bits: 5) } + [1 + (g.integer(bits: 2)).magnitude])
    for (number, _) in try AlgebraicNumber.roots(of: f) {
      let form = try #require(try number.closedForm())
      let value = try AlgebraicZeroTest.enclosure(of: form.expression, precision: 300).re
      #expect(!value.isDisjoint(from: number.interval(precision: 200)))
      #expect(
        try AlgebraicZeroTest.proof(that: -1 * form.expression, equals: number) == nil
          || number.signum == 0)
    }
  }
}

/// Whether tests may take their time.
let isCampaign = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"

/// 0 ..< count, a hundred times as many in a campaign.
func campaignSeeds(_ count: UInt64) -> Range<UInt64> { 0..<(isCampaign ? 100 * count : count) }
