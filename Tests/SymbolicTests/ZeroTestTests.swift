import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite struct ZeroTestTests {
  private static let domains: [String: Domain] = [
    "positive": .positive, "real": .real, "complex": .complex, "negative": .negative,
    "unit": (try? .interval(.open(0), .open(1))) ?? .real,
    "big": (try? .interval(.open(1), .unbounded)) ?? .real,
  ]

  private func decide(
    _ domain: String, _ left: String, _ right: String
  ) throws -> ZeroTest.Verdict {
    let domain = Self.domains[domain] ?? .real
    return ZeroTest().decide(
      try Expression(left, undeclared: domain), equals: try Expression(right, undeclared: domain))
  }

  private func expectZero(_ domain: String, _ left: String, _ right: String) throws {
    if case .zero = try decide(domain, left, right) {
    } else {
      Issue.record("\(left) = \(right) over \(domain): \(try decide(domain, left, right))")
    }
    // The same test sees a difference of a millionth.
    guard case .nonzero = try decide(domain, left, right + " + 1/1000000") else {
      Issue.record("\(left) = \(right) + 1/1000000 over \(domain) was not refuted")
      return
    }
  }

  /// Zero on both sides of x = 0 and not at x = 0, where the normal form fails for a conjugate that vanishes
  /// though the denominator does not: for y < 0 it is 2i·√(-y).
  @Test(arguments: [
    "(sign(x)^2 - 1)/(x + sqrt(y) + i*sqrt(-y))",
    "(sign(x)^2 - 1)*(1/(x + sqrt(y) + i*sqrt(-y)) + 3)",
    "(sign(x)^2 - 1)/(x*y + sqrt(y) + i*sqrt(-y))^2",
  ])
  func valuesAtCutsCount(_ text: String) throws {
    if case .zero = try decide("real", text, "0") { Issue.record("\(text) is not zero at x = 0") }
    let expression = try Expression(text, undeclared: .real)
    #expect(ZeroTest().proof(that: expression) == nil)
    let there = expression.substituting([Symbol("x", .real): .zero])
    // A failure of the normal form, not a division by zero.
    let error = #expect(throws: ArithmeticError.self) { try NormalForm(there) }
    #expect(error != .divisionByZero)
  }

  /// At x = 0 these divide by zero, so that they are zero wherever they have a value.
  @Test(arguments: [
    "(sign(x)^2 - 1)/x", "(sign(x)^2 - 1)/abs(x)", "(sign(x)^2 - 1)/(x*sqrt(1 + x^2*y^2))",
    "(sign(x)^2 - 1)/sin(x)",
  ])
  func pointsWithoutValueDoNotCount(_ text: String) throws {
    guard case .zero(.parts) = try decide("real", text, "0") else {
      Issue.record("\(text): \(try decide("real", text, "0"))")
      return
    }
  }

  private struct Recorded: Decodable {
    struct Pair: Decodable {
      let domain: String
      let left: String
      let right: String
    }
    let equal: [Pair]
    let unequal: [Pair]
  }

  @Test func recordedPairs() throws {
    let recorded = try Oracle.load("identities", as: Recorded.self)
    #expect(recorded.equal.count == 77 && recorded.unequal.count == 24)
    for pair in recorded.equal { try expectZero(pair.domain, pair.left, pair.right) }
    for pair in recorded.unequal {
      guard case .nonzero = try decide(pair.domain, pair.left, pair.right) else {
        Issue.record("\(pair.left) = \(pair.right) over \(pair.domain) was not refuted")
        continue
      }
    }
  }

  @Test(arguments: [
    ("positive", "sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)"),
    (
      "positive", "sqrt(16 - 2*sqrt(29) + 2*sqrt(55 - 10*sqrt(29)))",
      "sqrt(5) + sqrt(22 + 2*sqrt(5)) - sqrt(11 + 2*sqrt(29))"
    ),
    ("positive", "(sqrt(5) + 2)^(1/3) - (sqrt(5) - 2)^(1/3)", "1"),
    ("positive", "cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5))", "1"),
    ("positive", "cbrt(10 + 6*sqrt(3))", "1 + sqrt(3)"),
    ("positive", "sqrt(3 + 4*i)", "2 + i"), ("positive", "(-8)^(1/3)", "1 + i*sqrt(3)"),
    ("real", "abs(x*y)", "abs(x)*abs(y)"), ("real", "cbrt(x^3*y)", "x*cbrt(y)"),
    ("real", "cbrt(x)*cbrt(y)", "cbrt(x*y)"), ("real", "cbrt(-x)", "-cbrt(x)"),
    ("negative", "sqrt(-x)", "-i*sqrt(x)"),
    ("big", "sqrt((x + 1)/2)*sqrt((x - 1)/2)", "sqrt(x^2 - 1)/2"),
    ("positive", "sqrt((x + 1)/2)*sqrt((x - 1)/2)", "sqrt(x^2 - 1)/2"),
    ("positive", "(x^3 + 3*x*y + (3*x^2 + y)*sqrt(y))^(1/3)", "x + sqrt(y)"),
    ("positive", "sqrt(1 - 2*sqrt(x) + x)", "abs(1 - sqrt(x))"),
    ("positive", "sqrt(x + sqrt(x^2 + 1))*sqrt(sqrt(x^2 + 1) - x)", "1"),
    (
      "positive", "1/(x^(1/3) + y^(1/3))",
      "(x^(2/3) - x^(1/3)*y^(1/3) + y^(2/3))/(x + y)"
    ),
    ("real", "sqrt((x - 1)^2) + sqrt((x + 1)^2)", "max(2, 2*abs(x))"),
  ])
  func radicals(domain: String, left: String, right: String) throws {
    try expectZero(domain, left, right)
  }

  @Test(arguments: [
    ("positive", "4^x", "2^(2*x)"), ("positive", "6^x", "2^x*3^x"),
    ("positive", "x^(2*y)", "(x^y)^2"), ("positive", "sqrt(2)^sqrt(2)", "2^(sqrt(2)/2)"),
    ("positive", "log(x^2 - x*y + y^2)", "log(x^3 + y^3) - log(x + y)"),
    ("real", "log(sqrt(x^2 + 1) - x)", "-asinh(x)"), ("real", "asinh(-x)", "-asinh(x)"),
    ("real", "sinh(asinh(x))", "x"), ("unit", "atanh(x)", "log((1 + x)/(1 - x))/2"),
    ("big", "acosh(x)", "log(x + sqrt(x - 1)*sqrt(x + 1))"),
    ("real", "log(1 + exp(x))", "x + log(1 + exp(-x))"),
    ("complex", "exp(x + y)", "exp(x)*exp(y)"), ("complex", "conj(exp(x))", "exp(conj(x))"),
    ("complex", "x*conj(x)", "abs(x)^2"), ("complex", "re(x) + i*im(x)", "x"),
  ])
  func exponentials(domain: String, left: String, right: String) throws {
    try expectZero(domain, left, right)
  }

  @Test(arguments: [
    ("real", "tan(x)", "sin(2*x)/(1 + cos(2*x))"), ("real", "sin(x/2)^2", "(1 - cos(x))/2"),
    ("real", "sin(3*x)*cos(2*x)", "(sin(5*x) + sin(x))/2"),
    ("real", "cos(x + pi/3)", "cos(x)/2 - sqrt(3)*sin(x)/2"),
    ("real", "sin(x + y)*sin(x - y)", "sin(x)^2 - sin(y)^2"),
    ("real", "exp(i*x)*exp(-i*y)", "cos(x - y) + i*sin(x - y)"),
    ("complex", "sin(x + y)", "sin(x)*cos(y) + cos(x)*sin(y)"),
    ("positive", "cos(2*pi/7)*cos(4*pi/7)*cos(6*pi/7)", "1/8"),
    ("positive", "sin(2*pi/7)*sin(4*pi/7)*sin(6*pi/7)", "sqrt(7)/8"),
    (
      "positive", "1 + 2*cos(pi/7) + 2*cos(2*pi/7)",
      "1 + 2*sqrt(7/3)*cos(acos(sqrt(27/28))/3)"
    ),
    ("unit", "sin(2*asin(x))", "2*x*sqrt(1 - x^2)"), ("unit", "asin(x) + acos(x)", "pi/2"),
    ("unit", "2*asin(x)", "acos(1 - 2*x^2)"), ("real", "cos(atan(x))", "1/sqrt(1 + x^2)"),
    ("unit", "asin(x)", "atan(x/sqrt(1 - x^2))"),
    ("positive", "4*atan(1/5) - atan(1/239)", "pi/4"),
    ("positive", "atan(x) - atan((x - 1)/(x + 1))", "pi/4"),
    ("real", "atan(sinh(x))", "2*atan(tanh(x/2))"),
  ])
  func angles(domain: String, left: String, right: String) throws {
    try expectZero(domain, left, right)
  }

  /// Each is false at some points of the domain, mostly true at others.
  @Test(arguments: [
    ("real", "sqrt(x^2)", "x"), ("real", "atan(x) + atan(1/x)", "pi/2"),
    ("real", "sqrt((x + 1)/2)*sqrt((x - 1)/2)", "sqrt(x^2 - 1)/2"),
    ("real", "sqrt(x)*sqrt(y)", "sqrt(x*y)"), ("real", "sqrt(-x)", "i*sqrt(x)"),
    ("positive", "sqrt(1 - 2*sqrt(x) + x)", "1 - sqrt(x)"),
    ("real", "max(x - 100, 0)", "0"), ("real", "max(x, y)", "x"),
    ("real", "atan(x) + atan((1 - x)/(1 + x))", "pi/4"), ("complex", "sqrt(x^2)", "x"),
    ("complex", "conj(x)", "x"), ("real", "asin(sin(x))", "x"),
    ("real", "abs(x + 1000)", "x + 1000"),
    ("positive", "sqrt(sqrt(2) + sqrt(3))", "sqrt(2) + 1"),
    ("positive", "sqrt(x^2 + 10^(-40))", "x"), ("real", "sign(x)^2", "0"),
  ])
  func refuted(domain: String, left: String, right: String) throws {
    guard case .nonzero(let witness) = try decide(domain, left, right) else {
      Issue.record("\(left) = \(right) over \(domain): \(try decide(domain, left, right))")
      return
    }
    #expect(!witness.value.containsZero)
    for (symbol, value) in witness.point where symbol.domain.isReal {
      #expect(symbol.domain.contains(value.re) && value.im.isZero)
    }
  }

  /// What is nowhere defined is neither zero nor nonzero.
  @Test(arguments: [
    "1/(x - x)", "2 + exp(-(1/(sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)))^2)", "log(x - x)",
  ])
  func undefined(text: String) throws {
    let expression = try Expression(text, undeclared: .positive)
    if case .unknown = ZeroTest().decide(expression) {
    } else {
      Issue.record("\(text): \(ZeroTest().decide(expression))")
    }
  }

  @Test func finiteDomains() throws {
    let n = Symbol("n", try .finite([-1, 0, 1]))
    let test = ZeroTest()
    if case .zero(.cases(3)) = test.decide(n.power(3) - n.expression) {
    } else {
      Issue.record("n^3 = n for n = -1, 0, 1")
    }
    guard case .nonzero(let witness) = test.decide(n.power(2) - n.expression) else {
      Issue.record("n^2 = n for n = -1, 0, 1")
      return
    }
    #expect(witness.point[n]?.re == -1)
  }

  /// A limit gives *unknown*, never a verdict.
  @Test func limits() throws {
    var limits = ZeroTest.Limits()
    limits.eliminations = 1
    limits.precision = 4
    let text =
      "sqrt(16 - 2*sqrt(29) + 2*sqrt(55 - 10*sqrt(29))) - sqrt(5) - sqrt(22 + 2*sqrt(5)) + "
      + "sqrt(11 + 2*sqrt(29))"
    if case .unknown = ZeroTest(limits: limits).decide(try Expression(text)) {
    } else {
      Issue.record("one elimination cannot suffice")
    }
  }

  @Test(arguments: [
    ("sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)"), ("sin(x)^2 + cos(x)^2", "1"),
    ("(x^2 - 1)/(x - 1)", "x + 1"), ("exp(log(x))", "x"),
  ])
  func simplified(text: String, expected: String) throws {
    let simple = try Expression(text, undeclared: .positive).simplified()
    let wanted = try Expression(expected, undeclared: .positive)
    #expect(try NormalForm(simple - wanted).isZero)
    #expect(simple.treeSize <= wanted.treeSize)
  }
}
