import Testing

@testable import Symbolic

struct DerivativeTests {
  /// Derivatives by x found by hand, from the tables of DLMF 4; equal as functions, so compared at
  /// points inside the domains.
  @Test(arguments: [
    ("x", "1"), ("7", "0"), ("y", "0"), ("x^3 - 2*x + y", "3*x^2 - 2"), ("x*y*x", "2*x*y"),
    ("1/x", "-1/x^2"), ("y/(1 + x^2)", "-2*x*y/(1 + x^2)^2"), ("x^y", "y*x^(y - 1)"),
    ("y^x", "log(y)*y^x"), ("x^x", "x^x*(log(x) + 1)"), ("x^(3/2)", "3/2*sqrt(x)"),
    ("sqrt(1 + x^2)", "x/sqrt(1 + x^2)"), ("cbrt(x)", "1/(3*cbrt(x^2))"),
    ("exp(-x^2)", "-2*x*exp(-x^2)"), ("expm1(2*x)", "2*exp(2*x)"), ("log(3*x)", "1/x"),
    ("log1p(x^2)", "2*x/(1 + x^2)"), ("sin(2*x)", "2*cos(2*x)"), ("cos(2*x)", "-2*sin(2*x)"),
    ("tan(x)", "1 + tan(x)^2"), ("asin(x)", "1/sqrt(1 - x^2)"), ("acos(x)", "-1/sqrt(1 - x^2)"),
    ("atan(x/y)", "y/(x^2 + y^2)"), ("atan2(x, y)", "y/(x^2 + y^2)"),
    ("atan2(y, x)", "-y/(x^2 + y^2)"), ("sinh(x)", "cosh(x)"), ("cosh(x)", "sinh(x)"),
    ("tanh(x)", "1 - tanh(x)^2"), ("asinh(x)", "1/sqrt(1 + x^2)"),
    ("acosh(1 + x)", "1/sqrt(x*(2 + x))"), ("atanh(x)", "1/(1 - x^2)"),
    ("abs(x - 1)*x", "sign(x - 1)*x + abs(x - 1)"), ("sign(x)", "0"), ("max(0, x)", "1"),
    ("max(0, -x)", "0"), ("min(x, y, x^2)", "2*x"), ("max(x, y, x^2)", "0"),
    ("x*x*x*x*x*x*x*x*x", "9*x^8"), ("abs(sqrt(x))", "1/(2*sqrt(x))"), ("arg(x)", "0"),
    ("re(x^2)", "2*x"), ("conj(x)", "1"),
  ])
  func byHand(_ text: String, _ derivative: String) throws {
    let found = try Expression(text).derivative(by: Symbol("x"))
    let expected = try Expression(derivative)
    for (x, y) in [(0.3, 0.9), (0.55, 0.7), (0.8, 1.7)] {
      let values = ["x": x, "y": y]
      let difference = found.doubleValue(values) - expected.doubleValue(values)
      #expect(Swift.abs(difference) < 1e-12, "\(found)")
    }
  }

  @Test func whatDoesNotContainTheSymbolLeavesNoTrace() throws {
    let x = Symbol("x")
    #expect(try Expression("exp(y)*x + log(y)").derivative(by: x) == Expression("exp(y)"))
    #expect(try Expression("max(y, 0)").derivative(by: x).isLiteralZero)
  }

  @Test func notHolomorphic() throws {
    let z = Symbol("z", .complex)
    let absolute = try Expression("1 + abs(z*x)", undeclared: .complex)
    #expect(throws: SymbolicError.notDifferentiable(function: .abs, by: z)) {
      try absolute.derivative(by: z)
    }
    // By a real symbol, the modulus of a complex function has a derivative.
    let x = Symbol("x")
    let modulus = try Expression("abs(i + x)", symbols: [x]).derivative(by: x)
    #expect(modulus.description == "re(conj(i + x))/abs(i + x)")
  }

  @Test func cornersGiveTheMeanOfBothSides() throws {
    let slope = try Expression("max(0, x)").derivative(by: Symbol("x"))
    #expect(slope.doubleValue(["x": 0]) == 0.5)
    #expect(slope.doubleValue(["x": -2]) == 0)
  }

  @Test func aLongProductStaysSmall() throws {
    let factors = (0..<4096).map { Expression.symbol("x") + .integer($0 + 1) }
    let derivative = try Expression.product(factors).derivative(by: Symbol("x"))
    #expect(derivative.nodeCount < 40_000)
  }

  @Test func orders() throws {
    let third = try Expression("x^4").derivative(by: Symbol("x"), order: 3)
    #expect(third.doubleValue(["x": 2]) == 48)
  }
}
