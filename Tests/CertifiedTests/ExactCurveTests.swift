import Algebra
import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

@Suite("Exact answers about algebraic curves")
struct ExactCurveTests {
  static func curve(_ text: String) throws -> PlanePolynomial {
    let (x, y) = (Symbol("x"), Symbol("y"))
    var normalizer = try Normalizer(symbols: [x, y])
    let value = try normalizer.normalize(Expression(text, symbols: [x, y]))
    return try PlanePolynomial(value.re.numerator, x: x, y: y)
  }

  @Test("print", arguments: [
      "x*y - 1", "x^2*y - 1", "x^2 + y^2 - 1", "x^2+y^2-3", "x^2 - 2*y^2 - 1", "x^3 + y^3 - 3*x*y",
      "y^2 - x^2*(x+1)", "y^2 - x^3", "(x^2+y^2)^2 - (x^2-y^2)", "y^2 - x^3 - 1",
      "x^2 + x*y + y^2 - 7*x + 2", "x^3 - x*y^2 - 1", "y^2 - x", "y^3 - x^2*y - x + 1", "(x-1/2)^2 + (y-1/3)^2-1/1000",
      "x^2*y^2 - x^2 - y^2", "x^2 - 2*y^2",
    "y^2*(1-x) - x^3", "(y - x^2)^2 - x^3*y",
    ])
  func show(_ text: String) throws {
    let exact = ExactCurve(try Self.curve(text))
    var out = "== \(text)\n"
    if let b = exact.branches {
      for branch in b.branches { out += "  \(b.unknown) = \(branch.value)  on \(branch.domain.map { "\($0.lower?.description ?? "-inf")..\($0.upper?.description ?? "inf")" }) \n" }
    }
    if let p = exact.parametrisation { out += "  (\(p.x), \(p.y))  t = \(p.inverse)\n" }
    for a in exact.asymptotes?.asymptotes ?? [] {
      out += "  \(a.direction.rawValue): \(a.value) line \(a.isLine) diff \(a.difference?.description ?? "-") short \(a.isLeadingTermOnly)\n"
    }
    for o in exact.asymptotes?.open ?? [] { out += "  OPEN \(o)\n" }
    print(out)
  }
}
