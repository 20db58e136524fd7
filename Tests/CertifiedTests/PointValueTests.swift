import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

@Suite("Values at points")
struct PointValueTests {
  struct Recorded: Decodable {
    struct Case: Decodable {
      let text: String
      let at: [String: String]
      let value: String
    }
    let expressions: [Case]
  }

  static func point(_ expression: Symbolic.Expression, _ at: [String: String]) throws
    -> [Symbol: Rational]
  {
    var point: [Symbol: Rational] = [:]
    for symbol in expression.freeSymbols {
      point[symbol] = try #require(Rational(at[symbol.name] ?? "") as Rational?)
    }
    return point
  }

  @Test("recorded expressions, all digits")
  func recorded() throws {
    for c in try Oracle.load("expressions", as: Recorded.self).expressions {
      let expression = try Symbolic.Expression(c.text)
      let value: PointValue
      do {
        value = try expression.value(at: Self.point(expression, c.at), digits: 48)
      } catch CertifiedError.undecided(let box, _) {
        // A zero by no exact operation waits for the normal form; nothing else may be undecided.
        let recorded = try #require(Rational(c.value))
        #expect(recorded.isZero && box.containsZero, "\(c.text): \(box)")
        continue
      }
      // 50 recorded digits, rounded to 48.
      let expected = Decimal.digits(of: try #require(Rational(c.value)), significant: 48)
      #expect(value.description == expected, "\(c.text) at \(c.at)")
    }
  }

  @Test(
    "hand-derived digits",
    arguments: [
      ("0", 5, "0"), ("1/4", 5, "0.25000"), ("sqrt(2)", 1, "1"),
      (
        "sqrt(2)", 20,
        "1.4142135623730950488"
      ),
      ("exp(-230000)", 3, "1.86e-99888"), ("(1 + 1e-50) - 1", 4, "1.000e-50"),
      ("sqrt(1 + 1e-60) - 1", 3, "5.00e-61"), ("2/3", 3, "0.667"), ("sqrt(-4)", 2, "2.0*i"),
      ("1/2 - 3*i/4", 3, "0.500 - 0.750*i"), ("exp(i*pi/3)", 3, "0.500 + 0.866*i"),
      ("log(-1)", 6, "3.14159*i"), ("cbrt(-2)", 4, "-1.260"), ("exp(log(1/4))", 3, "0.250"),
      ("sin(10^22)", 5, "-0.85220"), ("max(0, -pi)", 3, "0"),
    ])
  func digits(text: String, digits: Int, expected: String) throws {
    let value = try Symbolic.Expression(text).value(digits: digits)
    #expect(value.description == expected)
  }

  @Test("a value that no precision decides is undecided, and decided by the exact form")
  func exactForm() throws {
    let zero = try Symbolic.Expression("sqrt(2)*sqrt(3) - sqrt(6) + x*0")
    let x = try #require(zero.freeSymbols.first)
    do {
      _ = try zero.value(at: [x: 1], digits: 10, limit: EvaluationLimit(bits: 1000))
      Issue.record("decided")
    } catch .undecided(let box, let bits) {
      #expect(bits == 1000)
      #expect(box.containsZero)
      #expect(box.re.width < Real(1e-200))
    }
    #expect(throws: CertifiedError.self) { try zero.value(at: [x: 1], digits: 10) }
    // The hook gets the expression at the point, and its answer ends the rising.
    let value = try zero.value(at: [x: 1], digits: 10) { form in
      form.freeSymbols.isEmpty ? .zero : nil
    }
    #expect(value.description == "0")
    #expect(value.exact == .zero)
    // A form that is no number is evaluated in its turn; one that does not help, in vain.
    let simpler = try zero.value(at: [x: 1], digits: 5) { _ in sqrt(3) }
    #expect(simpler.description == "1.7321")
    #expect(throws: CertifiedError.self) {
      try zero.value(at: [x: 1], digits: 5, limit: EvaluationLimit(bits: 500)) { $0 }
    }
    // It is asked at a limit below two doublings as well.
    let early = try zero.value(at: [x: 1], digits: 5, limit: EvaluationLimit(bits: 60)) { _ in 0 }
    #expect(early.exact == .zero)
  }

  @Test("a bounded function of what may not be real does not hide its imaginary part")
  func boundedFunctionOfTheUnknown() throws {
    // Under the root stands -10^-40, which low precision cannot tell from zero.
    let text = "5 + tanh(sqrt(sqrt(2)*sqrt(3) - sqrt(6) - 1/10^40))/10^30"
    let value = try Symbolic.Expression(text).value(digits: 5)
    #expect(value.im == "1.0000e-50")
  }

  @Test("a ball without radius is the exact value")
  func exactBall() throws {
    let value = try Symbolic.Expression("sqrt(2)^2 - 7/4").value(digits: 10)
    #expect(value.description == "0.2500000000")
    #expect(value.exact == Complex(re: Rational("1/4") ?? 0, im: 0))
  }

  @Test("errors say what and where")
  func errors() throws {
    let r = Symbol("r", .positive)
    let g = Symbol("g")
    #expect(throws: CertifiedError.missingParameters(["g", "r"])) {
      try (r / g).value(digits: 5)
    }
    #expect(throws: CertifiedError.outsideDomain(parameter: r, value: "0")) {
      try r.expression.value(at: [r: 0], digits: 5)
    }
    #expect(
      throws: CertifiedError.domain(what: "division by zero", place: "g = 0, r = 1/2")
    ) {
      try (exp(r.expression) / g.expression).value(at: [r: Rational(1, 2), g: 0], digits: 5)
    }
    #expect(throws: CertifiedError.tooManyDigits(.max)) {
      try g.expression.value(at: [g: 1], digits: .max)
    }
    #expect(throws: CertifiedError.symbolic(.noValue("infinity"))) {
      try Symbolic.Expression.infinity.value(digits: 5)
    }
    do {
      _ = try log(g.expression).value(at: [g: 0], digits: 5)
      Issue.record("a value of log 0")
    } catch {
      #expect("\(error)" == "no value at g = 0: log of 0")
    }
  }

  @Test("enclosures hold the exact value")
  func enclosures() throws {
    let value = try Symbolic.Expression("1/3 + i/7").value(digits: 3)
    let exact = try #require(value.exact)
    #expect(value.enclosure.contains(re: exact.re, im: exact.im))
    #expect(PointValue(ComplexInterval(real: .entire), significant: 3) == nil)
    #expect(PointValue(.empty, significant: 3) == nil)
  }
}
