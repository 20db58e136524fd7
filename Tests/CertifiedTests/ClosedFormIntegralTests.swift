import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

@Suite struct ClosedFormIntegralTests {
  private let x = Symbol("x", .real)
  private let symbols = [
    Symbol("x", .real), Symbol("a", .positive), Symbol("b", .positive), Symbol("nu", .positive),
    Symbol("w", .positive),
  ]

  private func expression(_ text: String) throws -> Expression {
    if text == "oo" { return .infinity }
    if text == "-oo" { return -.infinity }
    return try Expression(text, symbols: symbols)
  }

  private func integral(
    _ f: String, _ from: String, _ to: String, poles: [String] = []
  ) throws -> ClosedFormIntegral {
    DefiniteIntegral.closedForm(
      of: try expression(f), over: x, from: try expression(from), to: try expression(to),
      principalValuesAt: try poles.map { try expression($0) })
  }

  @Test(arguments: RecordedIntegral.closed)
  func recordedClosedForms(_ item: RecordedIntegral) throws {
    let result = try integral(item.integrand, item.from, item.to, poles: item.poles)
    let value = try #require(result.expression, "\(result)")
    if item.value == "0" || item.value.hasPrefix("0.000") {
      #expect(try NormalForm(value).isZero)
      return
    }
    let exact = try #require(Interval(item.value, precision: 200))
    let found = try value.value(digits: 30)
    #expect(found.re == Decimal.digits(of: exact, significant: 30))
    #expect(found.im == nil)
  }

  /// Closed forms with parameters against certified quadrature at points.
  @Test(arguments: [
    ("x/((nu^2+x^2)*(x-w))", "w"), ("x/((nu^2+x^2)*(x+w))", ""), ("log(x)/(x^2+a^2)", ""),
    ("log(x)*x/((x+a)*(x^2+b^2))", ""), ("exp(-a*x)*cos(b*x)*sin(w*x)", ""),
    ("x^2*exp(-a*x)*sin(b*x)^2", ""), ("x^3/(exp(a*x)-1)", ""), ("1/(x^2+a^2)^3", ""),
    ("log(x)/((x^2+nu^2)*(x-w))", "w"), ("(exp(-a*x)*cos(b*x))^2", ""),
  ])
  func parametersAgreeWithQuadrature(_ f: String, _ pole: String) throws {
    let poles = pole.isEmpty ? [] : [pole]
    let value = try #require(try integral(f, "0", "oo", poles: poles).expression)
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2 {
      var point: [Symbol: Rational] = [:]
      for symbol in symbols.dropFirst() {
        point[symbol] = try Rational(Integer(Int.random(in: 2...9, using: &generator)), 3)
      }
      let exact = try value.value(at: point, digits: 20)
      let numeric = try Quadrature(
        try expression(f), over: x, from: 0, to: .infinity,
        principalValuesAt: try poles.map { try expression($0) }
      ).enclose(at: point, tolerance: 50)
      #expect(!numeric.enclosure.re.isDisjoint(from: exact.enclosure.re))
      #expect(numeric.enclosure.re.width.exponent ?? 0 < -40)
    }
  }

  /// The Lamb shift of an ohmic bath with Drude cutoff, PV∫₀^∞ W/((ν² + W²)(W - w)) dW.
  @Test func drudeLambShift() throws {
    let value = try #require(
      try integral("x/((nu^2+x^2)*(x-w))", "0", "oo", poles: ["w"]).expression)
    let expected = try expression("(pi*nu/2 - w*log(w/nu))/(nu^2+w^2)")
    let point: [Symbol: Rational] = [
      symbols[3]: try Rational(3, 2), symbols[4]: try Rational(7, 5),
    ]
    #expect(
      try value.value(at: point, digits: 30).re == expected.value(at: point, digits: 30).re)
    let wrong = try expression("(pi*nu/2 + w*log(w/nu))/(nu^2+w^2)")
    #expect(try value.value(at: point, digits: 30).re != wrong.value(at: point, digits: 30).re)
  }

  @Test func laplaceTransformsAreRational() throws {
    let value = try #require(try integral("exp(-a*x)*cos(b*x)", "0", "oo").expression)
    #expect(try NormalForm(value - expression("a/(a^2+b^2)")).isZero)
    #expect(try !NormalForm(value - expression("b/(a^2+b^2)")).isZero)
  }

  @Test(arguments: [
    ("1/x", "0", "1"), ("1/(x-1)", "0", "2"), ("1/(1+x)", "0", "oo"), ("cos(x)", "0", "oo"),
    ("x*exp(a*x)", "0", "oo"), ("1/(x-w)^2", "0", "oo"), ("x", "-oo", "oo"),
    ("log(x)/(1+x)", "0", "oo"),
  ])
  func divergence(_ f: String, _ from: String, _ to: String) throws {
    guard case .divergent = try integral(f, from, to) else {
      Issue.record("\(f) has no divergence")
      return
    }
  }

  /// What depends on an unknown sign, or has no rule, gives no value.
  @Test func notFound() throws {
    for (f, from, to) in [
      ("1/(x^2+a-b)", "0", "oo"), ("1/(x-w)", "0", "1"), ("exp(-x^2)", "0", "oo"),
      ("exp(-(a-b)*x)", "0", "oo"), ("log(x)^2/(1+x^2)", "0", "oo"),
    ] {
      guard case .notFound = try integral(f, from, to) else {
        Issue.record("\(f) was answered")
        return
      }
    }
  }
}
