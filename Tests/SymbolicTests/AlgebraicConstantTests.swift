import Algebra
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite("Constants of roots and cosines")
struct AlgebraicConstantTests {
  @Test(
    "identities and near misses",
    arguments: [
      ("sqrt(2)*sqrt(3) - sqrt(6)", 0),
      ("sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)", 0),
      ("cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)) - 1", 0),
      ("cos(pi/7)*cos(2*pi/7)*cos(3*pi/7) - 1/8", 0),
      ("tan(3*pi/11) + 4*sin(2*pi/11) - sqrt(11)", 0),
      ("cos(acos(1/3)/3 + 2*pi/3) + cos(acos(1/3)/3) + cos(acos(1/3)/3 - 2*pi/3)", 0),
      ("4*cos(acos(1/3)/3)^3 - 3*cos(acos(1/3)/3) - 1/3", 0),
      ("sqrt(10) + sqrt(11) - sqrt(5) - sqrt(18)", 1),
      (
        "sqrt(1000001) + sqrt(1000025) + sqrt(1000031) + sqrt(1000084) + sqrt(1000087)"
          + " + sqrt(1000134) + sqrt(1000158) + sqrt(1000182) + sqrt(1000198)"
          + " - sqrt(1000002) - sqrt(1000018) - sqrt(1000042) - sqrt(1000066) - sqrt(1000113)"
          + " - sqrt(1000116) - sqrt(1000169) - sqrt(1000175) - sqrt(1000199)", 1
      ),
      ("2^(1/3)*4^(1/3) - 2", 0),
      ("1/(sqrt(2) - 1) - sqrt(2) - 1", 0),
      ("cos(2*pi/7) - 6234898/10^7", 1),
      ("sqrt(-3)*i + sqrt(3)", 0),
    ])
  func signs(text: String, sign: Int) throws {
    let expression = try Expression(text)
    if text.contains("1000001") {
      // Two sums of nine roots that agree in 33 digits: which is the greater is left to the digits.
      #expect(try AlgebraicZeroTest.sign(of: expression) != 0)
    } else {
      #expect(try AlgebraicZeroTest.sign(of: expression) == sign)
      #expect(try AlgebraicZeroTest.sign(of: -expression) == -sign)
    }
    // An exact difference far below double precision is seen.
    let moved = expression + Expression.rational(try Rational(1, Integer.powerOfTen(40)))
    if sign == 0 { #expect(try AlgebraicZeroTest.sign(of: moved) == 1) }
  }

  @Test("what is no such constant, and what is no number, is refused")
  func refused() throws {
    for text in ["exp(1)", "cos(1)", "pi", "x", "1/(sqrt(2)*sqrt(3) - sqrt(6))", "i"] {
      let expression = try Expression(text)
      #expect(throws: ArithmeticError.self) {
        try AlgebraicZeroTest.sign(of: expression - expression, precisionLimit: 1 << 14)
      }
      #expect(throws: ArithmeticError.self) { try AlgebraicNumber(expression) }
    }
    let deep = try Expression("sqrt(2)*sqrt(3)*sqrt(5)*sqrt(7)*sqrt(11) - sqrt(2310)")
    #expect(throws: ArithmeticError.self) {
      try AlgebraicZeroTest.sign(of: deep, precisionLimit: 128)
    }
    #expect(try AlgebraicZeroTest.sign(of: deep) == 0)
  }

  @Test(
    "formulas as numbers",
    arguments: [
      ("4*cos(2*pi/7)*(1 + cos(2*pi/7))", [-1, -4, -3, 1], 3),
      ("sqrt(2) + sqrt(3)", [1, 0, -10, 0, 1], 4),
      ("2*cos(2*pi/9)", [1, -3, 0, 1], 3),
      ("cos(acos(-1/2)/3)*2", [1, -3, 0, 1], 3),
      ("2*cos(acos(-1/2)/3 + 2*pi/3)", [1, -3, 0, 1], 1),
      ("2*sin(pi/9)", [-3, 0, 9, 0, -6, 0, 1], 4),
      ("tan(pi/8)", [-1, 2, 1], 2),
      ("tan(-pi/3)", [-3, 0, 1], 1),
      ("(sqrt(3) - 1)/8", [-1, 8, 32], 2),
      ("abs(1 - sqrt(2))^2", [1, -6, 1], 1),
      ("max(sqrt(2), 3/2)", [-3, 2], 1),
      ("2^(2/3)", [-4, 0, 0, 1], 1),
      ("cos(pi/3)", [-1, 2], 1), ("cos(pi)", [1, 1], 1), ("sin(7*pi/6)", [1, 2], 1),
    ] as [(String, [Int], Int)])
  func numbers(text: String, coefficients: [Int], index: Int) throws {
    let number = try AlgebraicNumber(try Expression(text))
    #expect(number.minimalPolynomial == IntegerPolynomial(coefficients.map { Integer($0) }))
    #expect(number.rootIndex == index)
    #expect(
      try AlgebraicZeroTest.proof(that: Expression(text), equals: number) != nil
        || text.contains("abs") || text.contains("max"))
  }

  @Test("many cosines stay in one field")
  func cosines() throws {
    // The sum over all residues is -1, whatever the order.
    let sum = Expression.sum(
      try (1...30).map { try Expression("cos(2*pi*\($0)/31)") })
    #expect(try AlgebraicNumber(sum) == AlgebraicNumber(-1))
    #expect(
      try AlgebraicNumber(Expression("cos(pi/15)*cos(2*pi/15)*cos(4*pi/15)*cos(7*pi/15)"))
        == AlgebraicNumber(try Rational(1, 16)))
  }

  @Test("a proof of equality fails for other numbers")
  func proofs() throws {
    let cubic = IntegerPolynomial([-1, -4, -3, 1])
    let roots = try AlgebraicNumber.roots(of: cubic).map(\.root)
    let form = try Expression("4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    #expect(try AlgebraicZeroTest.proof(that: form, equals: roots[2]) != nil)
    #expect(try AlgebraicZeroTest.proof(that: form, equals: roots[1]) == nil)
    for wrong in [
      "4*cos(2*pi/7)*(1 - cos(2*pi/7))", "-4*cos(2*pi/7)*(1 + cos(2*pi/7))",
      "4*cos(2*pi/7)*(1 + cos(2*pi/7)) + 1/10^50",
    ] {
      #expect(try AlgebraicZeroTest.proof(that: Expression(wrong), equals: roots[2]) == nil)
    }
  }
}
