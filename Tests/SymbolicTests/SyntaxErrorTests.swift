import Testing

@testable import Symbolic

/// What a text's errors look like, to the character.
struct SyntaxErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let rendered: String
    var testDescription: String { text }
  }

  static let cases: [Case] = [
    Case(
      text: "2 * (a + b",
      rendered: """
        t:1:11: error: expected ')' to close the '(' at 1:5, found the end of the text
        2 * (a + b
                  ^
        """),
    Case(
      text: "f(a, [b, c)",
      rendered: """
        t:1:11: error: expected ']' to close the '[' at 1:6, found ')'
        f(a, [b, c)
                  ^
        """),
    Case(
      text: "a + * b",
      rendered: """
        t:1:5: error: expected an expression after '+', found '*'
        a + * b
            ^
        """),
    Case(
      text: "a ** b",
      rendered: """
        t:1:4: error: expected an expression after '*', found '*'
        a ** b
           ^
        hint: write '^' for a power
        """),
    Case(
      text: "γ + 2γ",
      rendered: """
        t:1:5: error: '2γ' is neither a number nor a name
        γ + 2γ
            ^~
        hint: write '2*γ' for a product
        """),
    Case(
      text: "alpha beta",
      rendered: """
        t:1:7: error: expected an operator or the end of the expression, found 'beta'
        alpha beta
              ^~~~
        hint: write '*' for a product
        """),
    Case(
      text: "a – b",
      rendered: """
        t:1:3: error: unexpected character '–' (U+2013)
        a – b
          ^
        hint: write '-'
        """),
    Case(
      text: "x with g = 1, g = 2",
      rendered: """
        t:1:15: error: 'g' is given twice
        x with g = 1, g = 2
                      ^
        """),
    Case(
      text: "x with 1",
      rendered: """
        t:1:8: error: expected a name after 'with', found '1'
        x with 1
               ^
        hint: write 'with name = value'
        """),
    Case(
      text: "1 .. 2 .. 3",
      rendered: """
        t:1:8: error: '..' has one left and one right side
        1 .. 2 .. 3
               ^~
        hint: use parentheses to say what belongs together
        """),
    Case(
      text: "a = b",
      rendered: """
        t:1:3: error: expected an operator or the end of the expression, found '='
        a = b
          ^
        hint: write '==' to compare
        """),
    Case(
      text: "\"open",
      rendered: """
        t:1:1: error: this string has no closing '"' on its line
        "open
        ^~~~~
        """),
    Case(
      text: "",
      rendered: "t:1:1: error: expected an expression, found the end of the text\n\n^"),
    Case(
      text: "\t1e99999999999",
      rendered:
        "t:1:2: error: the exponent of this number is too large\n\t1e99999999999\n\t^~~~~~~~~~~~~"
    ),
  ]

  @Test(arguments: cases) func rendered(_ example: Case) {
    let source = SourceText(example.text, file: "t")
    let (syntax, diagnostics) = ExpressionParser.parse(source)
    #expect(syntax == nil)
    #expect(diagnostics.rendered(in: source) == example.rendered)
  }

  @Test func placesInAFragmentAreThoseOfTheFile() {
    let file = SourceText("# Título\n\n```separatrix\na +\n  é ? b\n```\n", file: "doc.md")
    let block = file.fragment(lines: 4, through: 5)
    #expect(block.text == "a +\n  é ? b")
    let (_, diagnostics) = ExpressionParser.parse(block)
    #expect(
      diagnostics.rendered(in: file) == """
        doc.md:5:5: error: unexpected character '?'
          é ? b
            ^
        """)
  }

  @Test func aLongLineIsShownInPart() {
    let text = Array(repeating: "abcdefgh", count: 2000).joined(separator: "+") + "+ ?"
    let (_, diagnostics) = ExpressionParser.parse(SourceText(text))
    let lines = diagnostics.rendered(in: SourceText(text)).split(separator: "\n")
    #expect(lines[1].count < 160)
    #expect(lines[1].hasPrefix("…") && lines[1].hasSuffix("?"))
    #expect(lines[1].count == lines[2].count)
  }

  @Test func lineBasedStatements() throws {
    var tokens = TokenStream(SourceText("a +\nb * (c +\n d)\ne", file: "t"))
    let error = #expect(throws: Diagnostic.self) { try tokens.expression() }
    #expect(error?.message == "expected an expression after '+', found the end of the line")
    #expect(error?.hint == "an expression in parentheses may go on over lines")
    tokens.recoverToEndOfLine()
    _ = try tokens.expression()
    try tokens.expectEndOfLine()
    #expect(try tokens.expression().name?.text == "e")
    #expect(tokens.isAtEnd)
  }

  @Test func anUnclosedBracketCostsOneLine() throws {
    var tokens = TokenStream(SourceText("(a + b\nlet c = d", file: "t"))
    let error = #expect(throws: Diagnostic.self) { try tokens.expression() }
    #expect(error?.message == "expected ')' to close the '(' at 1:1, found 'let'")
    tokens.recoverToEndOfLine()
    #expect(tokens.isNext(word: "let"))
  }

  @Test(arguments: ["(", "-", "2^", "f(", "[", "{", "x["])
  func deepNestingIsAnError(_ opening: String) {
    let text = String(repeating: opening, count: 100_000) + "x"
    let (syntax, diagnostics) = ExpressionParser.parse(SourceText(text))
    #expect(syntax == nil)
    #expect(
      diagnostics.map(\.message).contains(
        "this expression is nested more than 200 levels deep"))
  }

  @Test(arguments: ["'", "[1]"])
  func longPostfixesAreAnError(_ postfix: String) {
    let (syntax, _) = ExpressionParser.parse(
      SourceText("x" + String(repeating: postfix, count: 100_000)))
    #expect(syntax == nil)
  }

  @Test(
    arguments: [
      ("gama", "gamma"), ("Gamma", "gamma"), ("stedy", "steady"), ("negativty", "negativity"),
      ("x", nil), ("unrelated", nil),
    ] as [(String, String?)])
  func suggestions(_ word: String, _ expected: String?) {
    let names = ["gamma", "steady", "negativity", "y", "r"]
    #expect(Suggestion.nearest(to: word, among: names) == expected)
  }

  @Test func distances() {
    let distance = { (a: String, b: String) in Suggestion.distance(Array(a), Array(b)) }
    #expect(distance("ca", "abc") == 3)
    #expect(distance("abcd", "acbd") == 1)
    #expect(distance("", "abc") == 3)
    #expect(distance("kitten", "sitting") == 3)
  }
}
