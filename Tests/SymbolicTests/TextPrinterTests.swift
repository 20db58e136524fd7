import Exact
import Testing

@testable import Symbolic

struct TextPrinterTests {
  @Test(arguments: 0..<40) func readingWhatIsPrintedGivesTheSame(_ block: Int) throws {
    for offset in 0..<100 {
      let seed = UInt64(block * 100 + offset)
      var random = RandomExpression(seed: seed)
      let expression = random.next(depth: 1 + offset % 5)
      let text = try expression.text()
      let again = try Expression(text, symbols: RandomExpression.symbols)
      #expect(again == expression, "seed \(seed): \(text) reads as \(again)")
    }
  }

  /// Written by hand as their author would, and printed as written.
  @Test(arguments: [
    "a + b - c", "a - (b - c)", "a - (b + c)*d", "-x^2", "(-x)^2", "-x*y/2", "a/b/c", "a/(b*c)",
    "a*(b + c)", "2*x - 3*y", "1/x", "-1/x", "1/x^2", "x^(1/2)", "x^(-y)", "2^x", "(1/2)^x",
    "x*(-y)", "a^b^c", "(a^b)^c", "x/0", "x*0", "x/x", "x - x", "3/2*x", "i*pi", "-i", "x^0",
    "max(0, -((r + gamma/2)^2*gamma + g^2*(r + gamma) - r*g*(r + gamma))"
      + "/(2*(r + gamma)*(2*g^2 + (r + gamma/2)*(r + gamma))))",
    "(p1 + p4)/2 - sqrt((p1 - p4)^2 + 4*c^2)/2",
    "z*(pi*nu/2 - w*log(abs(w)/nu))/(nu^2 + w^2)",
    "g*((1 - xi) - 2*(1 + xi)*Dm*Dp/(eps0^2 - J^2/4))^2",
    "-(3*r/2 + c) + 2*i*sqrt(g^2 - r^2/16)",
    "kappa*x*exp(-abs(x)/wc)/expm1(x/T)",
    "sqrt(abs(S)/(2*R) + 1/2)", "conj(al)*be + D2*al*conj(be)",
  ])
  func formulasKeepTheirShape(_ text: String) throws {
    // (1 - xi) comes first in its sum, where its brackets say nothing.
    let expected = text.replacing("((1 - xi) -", with: "(1 - xi -")
    #expect(try Expression(text).text() == expected)
  }

  @Test(arguments: [
    ("2 + 3", "5"), ("1/3 + 1/6", "1/2"), ("x*2*3", "x*6"), ("0 + x", "x"), ("1*x", "x"),
    ("x^1", "x"), ("-(-x)", "x"), ("2^10", "1024"), ("2^-2", "1/4"), ("0.1", "1/10"),
    ("-(2*x)", "-2*x"), ("+x", "x"), ("1/(x^2)", "1/x^2"), ("x^-2", "1/x^2"), ("2^0.5", "2^(1/2)"),
    ("(a + b) + c", "a + b + c"), ("x - 1 + 1", "x"), ("0*5", "0"), ("1/0", "1/0"), ("0^0", "0^0"),
    ("ln(x)", "log(x)"), ("arctan(x)", "atan(x)"), ("a + b with a = b, b = a", "b + a"),
    ("2^99999999999999999999", "2^99999999999999999999"), ("(-1)^12345678901", "-1"),
  ])
  func whatIsDoneAtOnce(_ text: String, _ expected: String) throws {
    #expect(try Expression(text).text() == expected)
  }

  @Test func hugeNumbersAreNotMultiplied() throws {
    let text = Array(repeating: "1e1000000", count: 20).joined(separator: "*")
    let expression = try Expression(text)
    #expect(expression.operands.count > 5)
  }
}
