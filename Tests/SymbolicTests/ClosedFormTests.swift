import Algebra
import Exact
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
      ([-3, 0, 4], 2, "sqrt(3)/2"), ([-1, 8, 32], 2, "(sqrt(3) - 1)/8"),
      ([1, -3, 0, 1], 3, "2*cos(2*pi/9)"),
      ([2, 0, -4, 0, 1], 4, "sqrt(2 + sqrt(2))"),
      ([-2, 0, 0, 1], 1, "cbrt(2)"), ([-5, 0, 0, 0, 0, 1], 1, "5^(1/5)"),
      ([1, 0, -10, 0, 1], 4, "sqrt(2) + sqrt(3)"),
      ([576, 0, -960, 0, 352, 0, -40, 0, 1], 8, "sqrt(2) + sqrt(3) + sqrt(5)"),
      ([1, 3, -3, -4, 1, 1], 5, "2*cos(2*pi/11)"),
      ([-1, -1, 0, 1], 1, "?"), ([-1, 1, -1, 0, 1], 1, "?"), ([2, -4, 0, 1], 2, "?"),
      ([1, -4, 0, 1], 3, "?"), ([-4, 12, -6, 2, -4, -6, 0, 1], 1, "?"),
      ([-4, -24, 12, -4, -6, 0, 1], 2, "?"),
      ([1, -4, -1, 1], 2, "?"), ([-1, -2, 1, 1], 1, "?"),
      ([-4, -1, 1, 1], 1, "?"), ([1, 4, -4, -1, 1], 4, "?"), ([-1, 4, -4, -1, 1], 2, "?"),
    ] as [([Int], Int, String)])
  func printed(coefficients: [Int], index: Int, text: String) throws {
    let number = try root(coefficients, index)
    let forms = try number.closedForms()
    print(coefficients, index, forms.map { "\($0.expression) [\($0.method)]" })
    if text != "?" { #expect(forms.first?.expression.description == text) }
  }
}
