import Exact
import Testing

@testable import Symbolic

struct LexerTests {
  @Test(arguments: [
    ("a+1", "name plus number end"), ("0..20", "number range number end"),
    ("1.5e-3", "number end"), (".5", "number end"), ("1e", "invalid end"),
    ("a # b ( \nc", "name newline name end"), ("x != y!", "name notEqual name exclamation end"),
    ("a ~= b ≈ c", "name approximately name approximately name end"),
    ("a <= b ≤ c -> d → e", "name lessOrEqual name lessOrEqual name arrow name arrow name end"),
    ("'|:;", "prime bar colon semicolon end"),
    ("−x² · √y⁻¹³ × ∞", "minus name raised times root name raised times name end"),
    ("⁻", "invalid end"), ("γ_1 λ₀ ₀", "name name invalid end"),
    ("_x1 x.y", "name name invalid name end"), (#""a\"b" "#, "string end"), ("", "end"),
    ("a\r\nb", "name newline name end"),
  ])
  func kinds(_ text: String, _ kinds: String) {
    let found = Lexer.scan(SourceText(text)).tokens.map { "\($0.kind)" }
    #expect(found.joined(separator: " ") == kinds)
  }

  @Test(arguments: [
    ("0.1", "1/10"), ("1.5e-3", "3/2000"), ("12e2", "1200"), (".25", "1/4"), ("007", "7"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
  ])
  func numbersAreExact(_ text: String, _ value: String) {
    #expect(Lexer.scan(SourceText(text)).tokens[0].number?.description == value)
  }

  @Test func stringContent() {
    let token = Lexer.scan(SourceText(#""a\"b\\c\td""#)).tokens[0]
    #expect(token.content == "a\"b\\c\td")
  }

  @Test func columnsCountCharacters() {
    let source = SourceText("é𝛾\n  \u{65}\u{301}x", file: "t")
    #expect(source.position(at: 2).description == "1:2")
    #expect(source.position(at: 6).description == "1:3")
    #expect(source.position(at: source.range.end).description == "2:5")
  }

  @Test func invalidBytesAreNoCrash() {
    // A fragment may cut a character in two.
    let source = SourceText("aéb").fragment(SourceRange(2, 4))
    let (tokens, diagnostics) = Lexer.scan(source)
    #expect(tokens.map(\.kind) == [.invalid, .name, .end])
    #expect(diagnostics.map(\.message) == ["this is not valid UTF-8"])
  }

  @Test func manyBadCharacters() {
    let (tokens, diagnostics) = Lexer.scan(SourceText(String(repeating: "?", count: 50_000)))
    #expect(tokens.count == 50_001)
    #expect(diagnostics.count == 50_000)
  }

  @Test func lookingAheadAndBack() {
    var tokens = TokenStream(SourceText("(a\n,b)"))
    tokens.advance()
    #expect(tokens.peek(1).kind == .newline)
    tokens.openBracket()
    #expect(tokens.peek(1).kind == .comma)
    let mark = tokens.position
    while !tokens.isNext(.end) { tokens.advance() }
    #expect(tokens.peek(7).kind == .end)
    tokens.rewind(to: mark)
    #expect(tokens.peek.text == "a")
  }
}
