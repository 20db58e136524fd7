import Testing

@testable import Symbolic

extension SyntaxNode {
  /// The tree as a fully bracketed text, for tests.
  var shape: String {
    switch kind {
    case .number(let value): return "\(value)"
    case .name(let text): return text
    case .string(let text): return "\"\(text)\""
    case .prefix(let sign, let inner): return "(\(sign.rawValue)\(inner.shape))"
    case .adjoint(let inner): return "(\(inner.shape)')"
    case .chain(let first, let links):
      let rest = links.map { " \($0.symbol.rawValue) \($0.operand.shape)" }
      return "(" + first.shape + rest.joined() + ")"
    case .power(let base, let exponent): return "(\(base.shape)^\(exponent.shape))"
    case .call(let name, let arguments):
      let items = arguments.map { ($0.label.map { "\($0.text)=" } ?? "") + $0.value.shape }
      return "\(name.text)(\(items.joined(separator: ", ")))"
    case .index(let base, let indices): return "\(base.shape)\(shape(of: indices, "[", "]"))"
    case .list(let items): return shape(of: items, "[", "]")
    case .parenthesised(let inner): return inner.shape
    case .tuple(let items): return shape(of: items, "<", ">")
    case .set(let elements):
      let items = elements.map { $0.value.shape + ($0.multiplicity.map { ":" + $0.shape } ?? "") }
      return "{" + items.joined(separator: ", ") + "}"
    case .range(let a, let b): return "(\(a.shape) .. \(b.shape))"
    case .arrow(let a, let b): return "(\(a.shape) -> \(b.shape))"
    case .with(let body, let bindings):
      let items = bindings.map { "\($0.name.text)=\($0.value.shape)" }
      return "(\(body.shape) with \(items.joined(separator: ", ")))"
    case .comparison(let first, let links):
      let rest = links.map { " \($0.relation.rawValue) \($0.operand.shape)" }
      return "(" + first.shape + rest.joined() + ")"
    }
  }

  private func shape(of items: [SyntaxNode], _ open: String, _ close: String) -> String {
    open + items.map(\.shape).joined(separator: ", ") + close
  }
}

struct ParserTests {
  @Test(arguments: [
    ("a + b*c^d", "(a + (b * (c^d)))"),
    ("a - b + c", "(a - b + c)"),
    ("a/b/c*d", "(a / b / c * d)"),
    ("-x^2", "(-(x^2))"),
    ("-x*y", "((-x) * y)"),
    ("2^-3", "(2^(-3))"),
    ("2^3^2", "(2^(3^2))"),
    ("2^-3^2", "(2^(-(3^2)))"),
    ("a*-b", "(a * (-b))"),
    ("a - -b", "(a - (-b))"),
    ("- - a", "(-(-a))"),
    ("(a + b)*c", "((a + b) * c)"),
    ("f(x, y, up = 1 + 2)", "f(x, y, up=(1 + 2))"),
    ("rho[1, 2]^2", "(rho[1, 2]^2)"),
    ("f(x)[1]'", "(f(x)[1]')"),
    ("A'*B", "((A') * B)"),
    ("[[1, 2], [3, 4]]", "[[1, 2], [3, 4]]"),
    ("(a, b)", "<a, b>"),
    ("()", "<>"),
    ("f()", "f()"),
    ("{0, -r: 2, -2*r}", "{0, (-r):2, ((-2) * r)}"),
    ("0..20", "(0 .. 20)"),
    ("-1 .. a + b", "((-1) .. (a + b))"),
    ("x -> infinity", "(x -> infinity)"),
    ("a + b with g = s*r, gamma = 1", "((a + b) with g=(s * r), gamma=1)"),
    ("a with g = 1 == b", "((a with g=1) == b)"),
    ("0 < x <= 1", "(0 < x <= 1)"),
    (
      "limit(maximum(N, g = 0..1), r -> infinity) ≈ 0.092",
      "(limit(maximum(N, g=(0 .. 1)), (r -> infinity)) ≈ 23/250)"
    ),
    ("claim(\"Eq. (3)\")", "claim(\"Eq. (3)\")"),
    ("(a +\n b)", "(a + b)"),
    ("{\n 0,\n 1\n}", "{0, 1}"),
  ])
  func shapes(_ text: String, _ shape: String) {
    let (syntax, diagnostics) = ExpressionParser.parse(SourceText(text))
    #expect(diagnostics.isEmpty)
    #expect(syntax?.shape == shape)
  }

  @Test func rangesCoverTheText() throws {
    let source = SourceText("  f(a, -b*[c]) with d = (e)  ")
    let syntax = try #require(ExpressionParser.parse(source).syntax)
    #expect(source[syntax.range] == "f(a, -b*[c]) with d = (e)")
    guard case .with(let call, _) = syntax.kind, case .call(_, let arguments) = call.kind else {
      Issue.record("not a call with a substitution")
      return
    }
    #expect(source[arguments[1].value.range] == "-b*[c]")
  }

  @Test func aStatementKeepsItsOwnWith() throws {
    var tokens = TokenStream(SourceText("r = 0..20, g = 0..20 with gamma = 1, overlay entangled"))
    tokens.advance()
    tokens.advance()
    #expect(try tokens.expression(.range).shape == "(0 .. 20)")
    #expect(tokens.take(.comma) != nil)
    tokens.advance()
    tokens.advance()
    tokens.leavesWithToStatement = true
    #expect(try tokens.expression().shape == "(0 .. 20)")
    #expect(tokens.take(word: "with") != nil)
    #expect(try tokens.bindings("after 'with'").map(\.name.text) == ["gamma"])
    #expect(tokens.take(.comma) != nil)
    #expect(tokens.isNext(word: "overlay"))
  }

  @Test func aSumOfManyTermsIsFlat() throws {
    let text = (0..<100_000).map { "x\($0)" }.joined(separator: " + ")
    let syntax = try #require(ExpressionParser.parse(SourceText(text)).syntax)
    guard case .chain(_, let links) = syntax.kind else {
      Issue.record("not a chain")
      return
    }
    #expect(links.count == 99_999)
  }
}
