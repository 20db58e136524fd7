import Exact
import TestSupport
import Testing

@testable import Symbolic

struct LimitTests {
  private struct Recorded: Decodable {
    struct Case: Decodable {
      let expression: String
      let variable: String
      let to: String
      let value: String
    }
    let limits: [Case]
  }

  /// Whether two expressions have one value: their difference is zero in normal form.
  private func areEqual(_ a: Expression, _ b: Expression) throws -> Bool {
    if a == b { return true }
    let infinities = [Expression.infinity, -.infinity]
    if infinities.contains(a) || infinities.contains(b) { return false }
    return try NormalForm(a - b).isZero
  }

  private func parse(_ text: String, _ domain: Domain = .positive) throws -> Expression {
    if text == "oo" { return .infinity }
    if text == "-oo" { return -.infinity }
    return try Expression(text, undeclared: domain)
  }

  /// The limits that SymPy found, each also shown to differ from a wrong value.
  @Test func recordedLimits() throws {
    let cases = try Oracle.load("expressions", as: Recorded.self).limits
    #expect(cases.count == 44)
    for item in cases {
      let f = try parse(item.expression)
      let x = Symbol(item.variable, .positive)
      #expect(f.contains(x))
      let point: LimitPoint = item.to == "oo" ? .infinity : .fromRight(.zero)
      do {
        let found = try Limit.of(f, as: x, to: point)
        let expected = try parse(item.value)
        #expect(try areEqual(found, expected), "\(item.expression): \(found)")
        if expected != .infinity && expected != -.infinity {
          #expect(try !areEqual(found, expected + 1))
        }
      } catch {
        Issue.record("\(item.expression): \(error)")
      }
    }
  }

  private static let negativity =
    "-(c*(r + c/2)^2 + g^2*(r + c) - r*g*(r + c))"
    + "/(2*(r + c)*(2*g^2 + (r + c/2)*(r + c)))"
  private static let lower = "(r - sqrt(r^2 - 4*c*(r + c/2)^2/(r + c)))/2"

  /// With positive parameters, by hand.
  @Test(arguments: [
    ("max(0, \(negativity))", "r", "oo", "0"),
    (lower, "r", "oo", "c"),
    ("r - \(lower) - r", "r", "oo", "-c"),
    ("(\(lower))*0 + r*c/(r + g)", "r", "0", "0"),
    (lower, "r", "0", "-i*c/2"),
    ("abs(a*x + b)/x", "x", "oo", "a"), ("abs(a - b)*x/(x + 1)", "x", "oo", "abs(a - b)"),
    ("sqrt(a - b + 1/x)", "x", "oo", "sqrt(a - b)"), ("abs(a - b + 1/x)", "x", "oo", "abs(a - b)"),
    ("max(a, b + x)", "x", "0", "max(a, b)"), ("sign(x - a)", "x", "oo", "1"),
    ("exp(2*log(x))/x^2", "x", "oo", "1"), ("log(x)^5/x", "x", "oo", "0"),
    ("log(3*x)/log(x)", "x", "0", "1"), ("(1 + a/x)^x", "x", "oo", "exp(a)"),
    ("cbrt(8*x^3 + x^2) - 2*x", "x", "oo", "1/12"), ("asin(x)/x", "x", "0", "1"),
    ("2^(-x)*x^9", "x", "oo", "0"), ("(a*x - b*x)/((a - b)*x)", "x", "oo", "1"),
    ("exp(-1/x)/x^50", "x", "0", "0"), ("-x*exp(x)", "x", "oo", "-oo"),
    ("log(x)", "x", "0", "-oo"), ("abs(x + i)/x", "x", "oo", "1"),
  ])
  func byHand(_ text: String, _ name: String, _ to: String, _ value: String) throws {
    let point: LimitPoint = to == "oo" ? .infinity : .fromRight(.zero)
    let found = try Limit.of(try parse(text), as: Symbol(name, .positive), to: point)
    let expected = try parse(value)
    #expect(try areEqual(found, expected), "\(found)")
    if expected != .infinity && expected != -.infinity {
      #expect(try !areEqual(found, expected + 1))
    }
  }

  @Test func negativityAlongARay() throws {
    let (r, s) = (Symbol("r", .positive), Symbol("s", .positive))
    let f = try parse("max(0, \(Self.negativity))")
      .substituting([Symbol("g", .positive): s * r])
    let found = try Limit.of(f, as: r, to: .infinity)
    #expect(try areEqual(found, try parse("max(0, (s - s^2)/(2*(2*s^2 + 1)))")))
    #expect(try !areEqual(found, try parse("(s - s^2)/(2*(2*s^2 + 1))")))
    #expect(!found.contains(r))
  }

  @Test func eachSide() throws {
    let x = Symbol("x")
    let two = Expression.integer(2)
    let f = try Expression("1/(x - 2)")
    #expect(try Limit.of(f, as: x, to: .fromRight(two)) == .infinity)
    #expect(try Limit.of(f, as: x, to: .fromLeft(two)) == -.infinity)
    let g = try Expression("abs(x)/x")
    #expect(try Limit.of(g, as: x, to: .negativeInfinity) == -1)
    #expect(try Limit.of(g, as: x, to: .fromLeft(.zero)) == -1)
    #expect(try Limit.of(g, as: x, to: .fromRight(.zero)) == 1)
    let a = Symbol("a")
    let square = try Expression("(x^2 - a^2)/(x - a)")
    #expect(try areEqual(try Limit.of(square, as: x, to: .fromLeft(a.expression)), 2 * a))
    let unit = try Domain.interval(.open(0), .closed(1))
    #expect(LimitPoint.inside(unit, at: 1) == .fromLeft(1))
    #expect(LimitPoint.inside(unit, at: 0) == .fromRight(0))
  }

  /// Where the answer depends on a real parameter, or there is none, nothing is claimed.
  @Test(arguments: [
    "a*x", "(a*x + 1)/(b*x + 2)", "1/(a + 1/x)", "sign(a*x)", "log(a*x)", "(a*x)^(1/3)",
    "sin(x)", "exp(a*x)", "exp(x) + a*exp(x)", "1/(sqrt(x^2 + 2*x + 1) - x - 1)", "i*x",
    "1/(exp(-x))^2/0",
    "atan2(x, a)", "log(log(x))", "atan(a*x)",
  ])
  func unknownStaysUnknown(_ text: String) throws {
    let f = try parse(text, .real)
    #expect(throws: LimitError.self) { try Limit.of(f, as: Symbol("x"), to: .infinity) }
  }

  @Test func reasons() throws {
    let (x, a) = (Symbol("x"), Symbol("a"))
    #expect(throws: LimitError.undecidedSign(of: a.expression)) {
      try Limit.of(a * x, as: x, to: .infinity)
    }
    #expect(throws: LimitError.self) { try Limit.of(a * x, as: x, to: .fromRight(x.expression)) }
    #expect(throws: LimitError.self) { try Limit.of(a * x, as: x, to: .fromRight(.infinity)) }
    #expect(throws: LimitError.self) { try Limit.of(a * x, as: x, to: .fromRight(.i)) }
  }
}
