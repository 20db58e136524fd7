import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

@Suite struct QuadratureTests {
  static func parse(_ text: String) throws -> Expression {
    if text == "infinity" { return .infinity }
    if text == "-infinity" { return -.infinity }
    return try Expression(text)
  }

  @Test(arguments: [
    ("1/(1+x^2)", "0", "1"), ("exp(-x)", "0", "infinity"), ("1/(1+x^2)", "-infinity", "infinity"),
    ("sqrt(x)", "0", "1"), ("log(x)", "0", "1"), ("1/sqrt(x)", "0", "1"),
    ("x/(exp(x)-1)", "0", "infinity"), ("sin(x)/x", "0", "1"), ("exp(-x^2)", "-infinity", "infinity"),
    ("log(x)/(1+x^2)", "0", "infinity"), ("x^3/(exp(x)-1)", "0", "infinity"), ("abs(x-1/3)", "0", "1"),
    ("exp(-x)*cos(3*x)*sin(2*x)", "0", "infinity"), ("x*log(x)/(1+x)^3", "0", "infinity"),
    ("1/sqrt(1-x^2)", "-1", "1"),
  ])
  func explore(_ f: String, _ a: String, _ b: String) throws {
    let x = Symbol("x", .real)
    let clock = ContinuousClock()
    for digits in [16, 50] {
      let start = clock.now
      let q = Quadrature(
        try Self.parse(f), over: x, from: try Self.parse(a), to: try Self.parse(b))
      do {
        let v = try q.value(digits: digits)
        print(f, a, b, v.digits(digits) ?? "?", v.segments, v.evaluations, clock.now - start)
      } catch { print(f, a, b, error) }
    }
  }
}
