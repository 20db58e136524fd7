import Arbitrary
import Exact
import Foundation
import Testing

@testable import Symbolic

@Suite("Bessel functions, digamma and dilogarithm in expressions")
struct SpecialFunctionTests {
  typealias Expression = Symbolic.Expression

  @Test(
    "reading and writing",
    arguments: [
      (
        "besselj(2, x)", "J_{2}\\left(x\\right)", "mp.besselj(2, x)", "BesselJ[2, x]",
        "besselj(2, x)"
      ),
      (
        "besselj(-1, x/2)", "J_{-1}\\left(\\frac{x}{2}\\right)", "mp.besselj(-1, x/mpf(2))",
        "BesselJ[-1, x/2]", "besselj(-1, x/big(2))"
      ),
      ("digamma(x)", "\\psi\\left(x\\right)", "mp.digamma(x)", "PolyGamma[x]", "digamma(x)"),
      (
        "dilog(x)", "\\operatorname{Li}_{2}\\left(x\\right)", "mp.polylog(2, x)", "PolyLog[2, x]",
        "reli(2, x)"
      ),
    ])
  func notations(
    _ text: String, _ latex: String, _ python: String, _ mathematica: String, _ julia: String
  ) throws {
    let value = try Expression(text)
    #expect(try value.text() == text)
    #expect(try value.latex() == latex)
    #expect(try value.python() == python)
    #expect(try value.mathematica() == mathematica)
    #expect(try value.julia() == julia)
    #expect(try value.mathML().contains("<mi>x</mi>"))
  }

  @Test func otherNotations() throws {
    #expect(try Expression("li2(x)") == dilog(.symbol("x")))
    #expect(try Expression("besselj(3, x)") == besselj(3, .symbol("x")))
    let c = try Expression("besselj(2, x)*y").cFunction(named: "f")
    #expect(c.contains("return jn(2, x)*y;"))
    #expect(throws: SymbolicError.notPrintable(notation: "C", what: "dilog")) {
      try Expression("dilog(x)").cFunction(named: "f")
    }
    #expect(
      try Expression("besselj(-2, x)").mathML().contains(
        "<msub><mi>J</mi><mrow><mo form=\"prefix\">−</mo><mn>2</mn></mrow></msub>"))
  }

  @Test(
    "orders that are no written integers are errors",
    arguments: [
      "besselj(n, x)", "besselj(1/2, x)", "besselj(x, 2)", "besselj(5000, x)", "besselj(10^30, x)",
    ])
  func orders(_ text: String) throws {
    #expect {
      try Expression(text)
    } throws: { error in
      guard case .syntax(let found, _)? = error as? SymbolicError else { return false }
      return found.count == 1 && found[0].message.contains("order of besselj")
    }
    #expect(throws: SymbolicError.self) { try besselj(1001, .symbol("x")) }
  }

  @Test(
    "derivatives against central differences of enclosures",
    arguments: [
      "besselj(0, x)", "besselj(1, 3*x)", "besselj(-2, x^2)", "besselj(5, x)*x", "dilog(x)",
      "dilog(-x^2)", "dilog(1 - exp(-x))",
    ])
  func derivatives(_ text: String) throws {
    let x = Symbol("x")
    let f = try Expression(text)
    let program = try Program([f, f.derivative(by: x)], inputs: [x])
    let h = try Rational(1, 1 << 40)
    for point in [try Rational(3, 10), try Rational(7, 10)] {
      func at(_ p: Rational) throws -> [ComplexInterval] {
        try program.enclose([Interval(p, precision: 300)], precision: 300)
      }
      let difference = (try at(point + h)[0].re - at(point - h)[0].re)
      let slope = try difference / Interval(h + h, precision: 300)
      // The error is h² times a sixth of the third derivative.
      let error = slope - (try at(point)[1].re)
      #expect(error.magnitude < Real(0x1p-70), "\(text): \(error)")
    }
  }

  @Test func whatHasNoDerivative() throws {
    let x = Symbol("x")
    #expect(throws: SymbolicError.noDerivative(function: .digamma, by: x)) {
      try Expression("1 + digamma(2*x)").derivative(by: x)
    }
    // A part that does not depend on the symbol has none to take.
    #expect(try Expression("x*digamma(y)").derivative(by: x) == Expression("digamma(y)"))
    #expect(throws: SymbolicError.noDerivative(function: .besselj, by: x)) {
      try Expression("besselj(1000, x)").derivative(by: x)
    }
    let z = Symbol("z", .complex)
    #expect(throws: SymbolicError.notDifferentiable(function: .dilog, by: z)) {
      try Expression("dilog(z)", symbols: [z]).derivative(by: z)
    }
  }

  @Test func exactValuesAndDomains() throws {
    #expect(try Expression("besselj(0, 0) + besselj(3, 0) + dilog(0)").exactValue() == .one)
    #expect(try Expression("besselj(0, 1)").exactValue() == nil)
    for text in [
      "digamma(0)", "digamma(-2)", "dilog(2)", "dilog(i)", "besselj(1, i)", "digamma(i)",
    ] {
      #expect(throws: ArithmeticError.self, "\(text)") { try Expression(text).exactValue() }
      let program = try Program([Expression(text)], inputs: [])
      #expect(throws: ArithmeticError.self, "\(text)") {
        try program.enclose([Interval](), precision: 64)
      }
    }
  }

  @Test("doubles against enclosures")
  func doubles() throws {
    let x = Symbol("x")
    for text in ["besselj(0, x)", "besselj(-3, x)", "besselj(12, x)", "digamma(x)", "dilog(x - 4)"]
    {
      let program = try Program([Expression(text)], inputs: [x])
      for value in [0.3, 1.7, 4.9] {
        let double = program.evaluate([value])[0]
        let sharp = try program.enclose([Interval(value)], precision: 100)[0].re
        #expect(Swift.abs(double - sharp.midpoint.approximateDouble) < 1e-14, "\(text) \(value)")
      }
    }
    let outside = try Program([Expression("dilog(x)"), Expression("digamma(x)")], inputs: [x])
    #expect(outside.evaluate([2])[0].isNaN && outside.evaluate([-2])[1].isNaN)
  }

  @Test func normalForms() throws {
    func isZero(_ text: String) throws -> Bool {
      var normalizer = Normalizer()
      return try normalizer.normalize(try Expression(text)) == .zero
    }
    #expect(try isZero("besselj(3, x) + besselj(-3, x)"))
    #expect(try isZero("besselj(2, x) - besselj(-2, -x)"))
    #expect(try isZero("besselj(1, y - x) + besselj(1, x - y)"))
    #expect(try isZero("dilog(x*(x + 1)) - dilog(x + x^2)"))
    #expect(try isZero("digamma(x)^2 - digamma(x)*digamma(2*x/2)"))
    #expect(try isZero("besselj(0, x - x) - 1") && isZero("besselj(4, 0*x)"))
    for text in [
      "besselj(3, x) - besselj(-3, x)", "besselj(1, x) - besselj(2, x)",
      "besselj(1, x) - besselj(1, -x)", "digamma(x) - digamma(-x)", "dilog(x) - dilog(y)",
    ] { #expect(try !isZero(text), "\(text)") }
  }

  @Test(
    "limits",
    arguments: [
      ("besselj(1, x)/x", "1/2"), ("(1 - besselj(0, x))/x^2", "1/4"), ("dilog(x)/x", "1"),
      ("(dilog(2*x) - 2*x)/x^2", "1"),
      ("besselj(0, 1 + x) - besselj(0, 1)", "0"), ("dilog(1/2 + x) - dilog(1/2)", "0"),
    ])
  func limits(_ text: String, _ value: String) throws {
    let x = Symbol("x", .positive)
    let limit = try Limit.of(Expression(text, symbols: [x]), as: x, to: .fromRight(.zero))
    #expect(try NormalForm(limit - Expression(value)).isZero, "\(limit)")
  }
}
