import TestSupport
import Testing

@testable import Symbolic

struct FuzzTests {
  static let words = [
    "a", "g", "i", "sqrt", "max", "with", "1", "0", "1.5", "..", "->", "(", ")", "[", "]", "{", "}",
    ",",
    "=", "==", "<", "+", "-", "*", "/", "^", "'", ":", "\n", "\"s\"", "\"", "#", "?", "γ", "\\",
    "é",
    " ", "|", "!", "1e9999999", "2x", "\u{301}", "\u{0}", "𝛼",
  ]

  /// Whatever the text, there is a meaning or an error, every place is inside the text, and errors
  /// can be shown.
  @Test(arguments: 0..<20) func nonsenseIsNoCrash(_ block: Int) throws {
    for offset in 0..<200 {
      var random = SeededGenerator(seed: UInt64(block * 200 + offset))
      let text = (0..<Int.random(in: 0..<25, using: &random))
        .map { _ in Self.words.randomElement(using: &random) ?? "" }.joined()
      let source = SourceText(text)
      var (syntax, diagnostics) = ExpressionParser.parse(source)
      #expect((syntax == nil) != diagnostics.isEmpty)
      if let syntax {
        #expect(source.range.contains(syntax.range))
        var elaborator = Elaborator(scope: Scope(undeclared: .real))
        let value = elaborator.elaborate(syntax)
        #expect((value == nil) != elaborator.diagnostics.isEmpty)
        if let value { #expect(try Expression(value.text()) == value, "\(text)") }
        diagnostics += elaborator.diagnostics
      }
      for diagnostic in diagnostics {
        #expect(source.range.contains(diagnostic.range))
        #expect(!diagnostic.rendered(in: source).isEmpty)
      }
    }
  }
}
