import Testing

@testable import Symbolic

struct ElaboratorTests {
  static let scope: Scope = {
    let g = Symbol("g", .positive)
    let gamma = Symbol("gamma", .positive)
    let sum = Scope.Formula([Symbol("u"), Symbol("v")], Symbol("u") + 2 * Symbol("v").expression)
    return Scope(
      values: ["g": g.expression, "gamma": gamma.expression, "N3": g * gamma],
      formulas: ["f": sum])
  }()

  /// Every error of a text in one run, each with its place.
  @Test func allErrorsAtOnce() {
    let source = SourceText("gama + sqrt(1, 2)*sqr(g) - (1 < 2)", file: "t")
    #expect {
      try Expression(source, in: Self.scope)
    } throws: { error in
      "\(error)" == """
        t:1:1: error: unknown name 'gama'
        gama + sqrt(1, 2)*sqr(g) - (1 < 2)
        ^~~~
        hint: did you mean 'gamma'?
        t:1:8: error: 'sqrt' takes 1 argument, not 2
        gama + sqrt(1, 2)*sqr(g) - (1 < 2)
               ^~~~
        t:1:19: error: unknown function 'sqr'
        gama + sqrt(1, 2)*sqr(g) - (1 < 2)
                          ^~~
        hint: did you mean 'sqrt'?
        t:1:29: error: expected a number, found a comparison
        gama + sqrt(1, 2)*sqr(g) - (1 < 2)
                                    ^~~~~
        """
    }
  }

  @Test(
    arguments: [
      ("g(2)", "'g' is not a function", "write 'g*(…)' for a product"),
      ("sin + 1", "'sin' is a function", "write 'sin(…)'"),
      ("atan2(g)", "'atan2' takes 2 arguments, not 1", nil),
      ("max()", "'max' takes 1 or more arguments, not 0", nil),
      ("f(g)", "'f' takes 2 arguments, not 1", nil),
      ("sqrt(x = 1)", "'sqrt' has no argument named 'x'", nil),
      ("g with N3 = 1", "'N3' is not a parameter and cannot be given a value", nil),
      ("g with G = 1", "unknown name 'G'", "did you mean 'g'?"),
      ("[1, 2]", "expected a number, found a list", nil),
      ("0..1", "expected a number, found a range", nil),
      ("\"x\"", "expected a number, found a text in quotes", nil),
      ("g[1]", "expected a number, found an element of a matrix or list", nil),
    ] as [(String, String, String?)])
  func errors(_ text: String, _ message: String, _ hint: String?) throws {
    let syntax = try #require(ExpressionParser.parse(SourceText(text)).syntax)
    var elaborator = Elaborator(scope: Self.scope)
    #expect(elaborator.elaborate(syntax) == nil)
    #expect(elaborator.diagnostics.map(\.message) == [message])
    #expect(elaborator.diagnostics.first?.hint == hint)
  }

  @Test(arguments: [
    ("N3 with g = 3", "3*gamma"), ("f(g, gamma)", "g + 2*gamma"),
    ("f(1, 2) with g = 1", "5"), ("i^2 + π", "i^2 + pi"),
    ("(g - gamma with g = gamma, gamma = g) with g = 2", "gamma - 2"),
  ])
  func meanings(_ text: String, _ expected: String) throws {
    #expect(try Expression(SourceText(text), in: Self.scope).description == expected)
  }

  @Test func aDeclaredNameComesBeforeABuiltInOne() throws {
    let i = Symbol("i", .positive)
    #expect(try Expression("2*i", symbols: [i]) == 2 * i.expression)
    #expect(try Expression("2*i", symbols: []) == 2 * .i)
  }

  @Test func aReaderReadsTheRest() throws {
    let text = "2*rho[1, 2] + trace(rho) + rho"
    let syntax = try #require(ExpressionParser.parse(SourceText(text)).syntax)
    var elaborator = Elaborator(scope: Self.scope) { (node) throws(Diagnostic) in
      switch node.kind {
      case .index: return .symbol("r12")
      case .call(let name, _) where name.text == "trace": return 1
      case .name("rho"): throw Diagnostic("'rho' is a state, not a number", at: node.range)
      default: return nil
      }
    }
    #expect(elaborator.elaborate(syntax) == nil)
    #expect(elaborator.diagnostics.map(\.message) == ["'rho' is a state, not a number"])
  }
}
