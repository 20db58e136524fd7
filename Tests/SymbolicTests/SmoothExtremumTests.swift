import Exact
import Testing

@testable import Symbolic

/// Bounds of functions with exponentials and logarithms of one symbol.
@Suite struct SmoothExtremumTests {
  private func maximum(_ text: String, _ domain: Domain) throws -> SmoothExtremum {
    let x = Symbol("x", domain)
    return try .maximum(of: Expression(text, symbols: [x]), as: x)
  }

  private func isZero(_ expression: Expression) -> Bool {
    if case .zero = ZeroTest().decide(expression) { true } else { false }
  }

  @Test(
    arguments: [
      ("x*exp(-x)", "exp(-1)", "1"), ("x^2*exp(-x)", "4*exp(-2)", "2"),
      ("-x*log(x)", "exp(-1)", ""), ("x^3*exp(-x^2)", "(3/2)^(3/2)*exp(-3/2)", "sqrt(3/2)"),
      ("log(x) - x", "-1", "1"), ("sqrt(x)*exp(-x)", "sqrt(1/2)*exp(-1/2)", "1/2"),
      ("(x^2 - x)*exp(-x)", "(2 + sqrt(5))*exp(-(3 + sqrt(5))/2)", "(3 + sqrt(5))/2"),
    ])
  func takenInside(text: String, value: String, place: String) throws {
    guard !place.isEmpty else {
      // The zero of 1 + log(x) is no root of a polynomial: no answer, never a wrong one.
      #expect(throws: LimitError.self) { try maximum(text, .positive) }
      return
    }
    let found = try maximum(text, .positive)
    #expect(found.isAttained)
    #expect(try isZero(found.value - Expression(value)), "\(found.value)")
    #expect(try !isZero(found.value - Expression(value + " + 10^(-40)")))
    #expect(try found.places.count == 1 && isZero(found.places[0] - Expression(place)))
  }

  @Test func approachedOnly() throws {
    let falling = try maximum("exp(-x)", .positive)
    #expect(falling.value == .one && !falling.isAttained)
    let rising = try maximum("x*exp(x)", .positive)
    #expect(rising.value == .infinity && !rising.isAttained)
    let tanh = try maximum("exp(x)/(1 + exp(x))", .real)
    #expect(isZero(tanh.value - .one) && !tanh.isAttained)
  }

  @Test func closedEnds() throws {
    let unit = try Domain.interval(.closed(0), .closed(Rational(1, 2)))
    let rising = try maximum("x*exp(-x)", unit)
    #expect(try isZero(rising.value - Expression("exp(-1/2)/2")))
    #expect(try rising.isAttained && isZero(rising.places[0] - Expression("1/2")))
    let falling = try maximum("exp(-x)", unit)
    #expect(falling.value == .one && falling.places == [.zero])
    let x = Symbol("x", unit)
    let least = try SmoothExtremum.minimum(of: Expression("x*exp(-x)", symbols: [x]), as: x)
    #expect(least.value == .zero && least.places == [.zero])
  }

  /// What is not analytic, has a pole, or is constant has no answer here.
  @Test(arguments: [
    "abs(x - 1)*exp(x)", "exp(x)/(x - 1)", "log(x - 1)", "exp(x)*exp(-x)", "sin(x)",
  ])
  func noAnswer(text: String) {
    #expect(throws: LimitError.self) { try maximum(text, .positive) }
  }
}
