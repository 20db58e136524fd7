import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

/// Integrals recorded by `Tests/Oracles/generate_integrals.py`.
struct RecordedIntegral: Decodable, Sendable, CustomStringConvertible {
  let integrand: String
  let from: String
  let to: String
  let poles: [String]
  let value: String

  var description: String { "\(integrand) from \(from) to \(to)" }

  private struct File: Decodable {
    let integrals: [RecordedIntegral]
    let closed: [RecordedIntegral]
  }

  static let numeric = (try? Oracle.load("integrals", as: File.self))?.integrals ?? []
  static let closed = (try? Oracle.load("integrals", as: File.self))?.closed ?? []

  static let variable = Symbol("x", .real)

  static func expression(_ text: String) throws -> Expression {
    if text == "oo" { return .infinity }
    if text == "-oo" { return -.infinity }
    return try Expression(text)
  }

  func quadrature() throws -> Quadrature {
    Quadrature(
      try Self.expression(integrand), over: Self.variable, from: try Self.expression(from),
      to: try Self.expression(to), principalValuesAt: try poles.map { try Self.expression($0) })
  }
}

@Suite struct QuadratureTests {
  private let x = RecordedIntegral.variable

  private func quadrature(
    _ f: String, _ from: String, _ to: String, poles: [String] = []
  ) throws -> Quadrature {
    Quadrature(
      try Expression(f), over: x, from: try RecordedIntegral.expression(from),
      to: try RecordedIntegral.expression(to),
      principalValuesAt: try poles.map { try RecordedIntegral.expression($0) })
  }

  @Test func recordsArePresent() {
    #expect(RecordedIntegral.numeric.count == 16)
    #expect(RecordedIntegral.closed.count == 20)
  }

  /// Every recorded value is enclosed, and one changed in its 18th digit is not.
  @Test(arguments: RecordedIntegral.numeric)
  func recordedValues(_ item: RecordedIntegral) throws {
    let result = try item.quadrature().value(digits: 20)
    let value = try #require(Interval(item.value, precision: 200))
    let spread = try #require(Interval("1e-38", precision: 200))
    let around = Interval.add(
      value, Interval.mul(spread, Interval(between: Real(-1), and: Real(1)), precision: 200),
      precision: 200)
    #expect(!around.isDisjoint(from: result.enclosure.re))
    #expect(result.enclosure.im.isZero)
    #expect(result.digits(20) == Decimal.digits(of: value, significant: 20))
    let wrong = Interval.mul(
      value, try #require(Interval("1.00000000000000001", precision: 200)), precision: 200)
    #expect(wrong.isDisjoint(from: result.enclosure.re))
  }

  @Test(arguments: [
    ("sqrt(x)", "0", "1", "2/3"), ("log(x)", "0", "1", "-1"), ("1/sqrt(x)", "0", "1", "2"),
    ("1/(1+x^2)", "-oo", "oo", "pi"), ("exp(-x^2)", "-oo", "oo", "sqrt(pi)"),
    ("abs(x-1/3)", "0", "1", "5/18"), ("1/sqrt(1-x^2)", "-1", "1", "pi"),
    ("log(x)*log(1-x)", "0", "1", "2-pi^2/6"), ("x*log(x)/(1+x)^3", "0", "oo", "1/2"),
    ("besselj(0,x)*exp(-x)", "0", "oo", "1/sqrt(2)"), ("dilog(x)", "0", "1", "pi^2/6-1"),
    ("max(x,1/x)", "1/2", "2", "log(2)+3/2"), ("1/(x-1)", "0", "3", "log(2)"),
    ("x/((1+x^2)*(x-2))", "0", "oo", "pi/10+2*log(2)*(-1)/5"), ("sin(x)", "1", "0", "cos(1)-1"),
  ])
  func knownValues(_ f: String, _ from: String, _ to: String, _ value: String) throws {
    let poles = f == "1/(x-1)" ? ["1"] : f.hasSuffix("(x-2))") ? ["2"] : []
    let result = try quadrature(f, from, to, poles: poles).value(digits: 25)
    let expected = try Expression(value).value(digits: 25)
    #expect(result.digits(25) == expected.re)
  }

  /// An enclosure at high precision lies in the one at low precision.
  @Test func precisionsNest() throws {
    let item = try quadrature("exp(-x)*cos(3*x)/(1+x)", "0", "oo")
    let coarse = try item.enclose(tolerance: 40).enclosure.re
    let fine = try item.enclose(tolerance: 160).enclosure.re
    #expect(!fine.isDisjoint(from: coarse))
    #expect(fine.width < coarse.width)
    #expect(fine.width.exponent ?? 0 < -150)
  }

  @Test func complexIntegrands() throws {
    // ∫₀^∞ exp(-(1 - i)x) dx = (1 + i)/2.
    let result = try quadrature("exp(-x)*exp(i*x)", "0", "oo").value(digits: 20)
    let half = try Rational(1, 2)
    #expect(result.enclosure.contains(re: half, im: half))
  }

  @Test(arguments: [
    ("1/x", "0", "1"), ("1/x", "1", "oo"), ("x/(1+x)", "0", "oo"), ("1/(x*log(x)^0)", "0", "2"),
    ("exp(x)", "0", "oo"), ("1/(exp(x)-1)", "0", "1"), ("x^(-3/2)", "0", "1"),
    ("cosh(x)/sinh(x)", "1", "oo"), ("1/(x*sqrt(1+1/x))", "1", "oo"),
  ])
  func divergence(_ f: String, _ from: String, _ to: String) throws {
    let item = try quadrature(f, from, to)
    #expect {
      _ = try item.value(digits: 10)
    } throws: { error in
      if case .divergent = error as? QuadratureError { return true }
      return false
    }
  }

  @Test func doublePolesHaveNoPrincipalValue() throws {
    let item = try quadrature("1/(x-1)^2", "0", "2", poles: ["1"])
    #expect(throws: QuadratureError.divergent(at: "1")) { _ = try item.value(digits: 10) }
  }

  /// A pole that is not named, oscillation without damping, and a jump of a branch end in no number.
  @Test(arguments: [
    ("1/(x-1)", "0", "2"), ("sin(x)/x", "0", "oo"), ("1/(3*x-1)^2", "0", "1"), ("tan(x)", "0", "2"),
    ("1/(x^2-2)", "0", "2"), ("dilog(x)", "0", "2"),
  ])
  func undecided(_ f: String, _ from: String, _ to: String) throws {
    let item = try quadrature(f, from, to)
    #expect {
      _ = try item.value(digits: 10, limit: .init(bits: 256, segments: 600, evaluations: 6000))
    } throws: { error in
      switch error as? QuadratureError {
      case .undecided, .undecidedDigits: true
      default: false
      }
    }
  }

  @Test func unsuitablePaths() throws {
    #expect(throws: QuadratureError.self) {
      _ = try quadrature("x", "0", "1", poles: ["2"]).value(digits: 5)
    }
    #expect(throws: QuadratureError.self) { _ = try quadrature("x*y", "0", "1").value(digits: 5) }
    #expect(try quadrature("1/x", "1", "1").enclose(tolerance: 30).enclosure.isZero)
  }

  @Test func parametersTakeValues() throws {
    let a = Symbol("a", .positive)
    let item = Quadrature(
      try Expression("exp(-a*x)", symbols: [a, x]), over: x, from: 0, to: .infinity)
    #expect(try item.value(at: [a: Rational(3)], digits: 12).digits(12) == "0.333333333333")
  }
}

@Suite struct LegendreRuleTests {
  /// The rule with n points is exact for x^k, k < 2n, and not for k = 2n.
  @Test(arguments: [6, 10, 40, 112])
  func exactness(_ n: Int) throws {
    let rule = try #require(LegendreRule.rule(count: n, precision: 128))
    #expect(rule.nodes.count == (n + 1) / 2)
    for k in [0, 2, n - n % 2, 2 * n - 2, 2 * n] {
      var sum = Interval.zero
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let term = Interval.mul(weight, Interval.powInt(node, k, precision: 200), precision: 200)
        sum = Interval.add(
          sum, node.isZero ? term : Interval.add(term, term, precision: 200), precision: 200)
      }
      let exact = try Rational(2, Integer(k + 1))
      // The error at k = 2n is below the rounding for the longer rules.
      if k < 2 * n || n <= 40 { #expect(sum.contains(exact) == (k < 2 * n)) }
      #expect(sum.width.exponent ?? -1000 < -100)
    }
  }
}
