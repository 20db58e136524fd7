import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite struct SupremumTests {
  private func expression(_ text: String, _ domains: Domain...) throws -> Expression {
    try Expression(text, symbols: zip(["x", "y", "z"], domains).map { Symbol($0, $1) })
  }

  private func text(_ supremum: Supremum) -> String {
    supremum.value?.description ?? supremum.number?.description ?? "none"
  }

  /// Eq. (3) of the reset qubits with gamma = 1: no value, point or direction is given.
  @Test func resetQubits() throws {
    let (g, r) = (Symbol("g", .positive), Symbol("r", .positive))
    let f = try Expression(
      "max(0, -((r + 1/2)^2 + g^2*(r + 1) - r*g*(r + 1))/(2*(r + 1)*(2*g^2 + (r + 1/2)*(r + 1))))",
      symbols: [g, r])
    let supremum = try Supremum.of(f)
    #expect(supremum.number?.minimalPolynomial == IntegerPolynomial([-1, 8, 32]))
    #expect(supremum.number?.rootIndex == 2)
    #expect(supremum.isAttained == false)
    #expect(supremum.place == nil)
    #expect(supremum.exceeded < (try Rational(9151, 100000)))
    let value = try f.substituting(supremum.near.mapValues { .rational($0) }).exactValue()
    #expect((value?.re ?? 0) > supremum.exceeded)
    guard case .cells = supremum.certificate?.method else {
      Issue.record("no proof")
      return
    }
  }

  /// The same with all rates: the scaling of the rates leaves two of them.
  @Test func resetQubitsWithAllRates() throws {
    let symbols = ["g", "r", "c"].map { Symbol($0, .positive) }
    let f = try Expression(
      """
      max(0, -(c*(r + c/2)^2 + g^2*(r + c) - r*g*(r + c))/(2*(r + c)*(2*g^2 + (r + c/2)*(r + c))))
      """, symbols: symbols)
    let bound = try AlgebraicNumber.roots(of: IntegerPolynomial([-1, 8, 32]))[1].root
    let decision = SignDecision()
    #expect(decision.decide(f, .nonnegative).isProved)
    #expect(decision.decide(f, .positive).isRefuted)
    #expect(decision.decide(f, .negative, minus: bound).isProved)
    let below = try bound - AlgebraicNumber(Rational(1, 1_000_000))
    #expect(decision.decide(f, .negative, minus: below).isRefuted)
  }

  @Test(arguments: [
    ("x/(1 + x^2)", "1/2", true), ("x/(1 + x)", "1", false), ("x", "infinity", false),
    ("sqrt(x)/(1 + x)", "1/2", true), ("sqrt(x^2 + x) - x", "1/2", false),
    ("min(x, 2 - x)", "1", true), ("-1/x", "0", false),
    ("x/(2 + x^2)", "sqrt(2)/4", true),
  ])
  func oneVariable(text: String, value: String, isAttained: Bool) throws {
    let supremum = try Supremum.of(try expression(text, .positive))
    #expect(self.text(supremum) == value)
    #expect(supremum.isAttained == isAttained)
  }

  @Test(arguments: [
    ("x*y/(x^2 + y^2)", "1/2", true), ("x*y/(1 + x^2 + y^2)", "1/2", false),
    ("x*y*(1 - x - y)", "1/27", true), ("x*y*(3 - x)", "infinity", false),
    ("-x^2 - y^2 + x + y", "1/2", true),
    ("(x + y)/(1 + x^2 + y^2)", "sqrt(2)/2", true), ("min(x, y)/(x + y)", "1/2", true),
    ("(x + y)/sqrt(x^2 + y^2)", "sqrt(2)", true), ("x/(x + y)", "1", false),
  ])
  func twoVariables(text: String, value: String, isAttained: Bool) throws {
    let supremum = try Supremum.of(try expression(text, .positive, .positive))
    #expect(self.text(supremum) == value)
    #expect(supremum.isAttained == isAttained)
  }

  @Test func domainsAndAssumptions() throws {
    let unit = try Domain.interval(.closed(0), .closed(1))
    let f = try expression("x*y*(1 - x - y)", unit, unit)
    let symbols = [Symbol("x", unit), Symbol("y", unit)]
    let simplex = SignAssumption(try Expression("1 - x - y", symbols: symbols), .nonnegative)
    let supremum = try Supremum.of(f, assuming: [simplex])
    #expect(text(supremum) == "1/27")
    #expect(supremum.isAttained == true)
    #expect(supremum.place?[symbols[0]]?.rational == (try Rational(1, 3)))
    let infimum = try Supremum.infimum(of: f)
    #expect(text(infimum) == "-1")
    #expect(infimum.isAttained == true)
  }
}
