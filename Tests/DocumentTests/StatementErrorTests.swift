import Symbolic
import Testing

@testable import Documents

struct StatementErrorTests {
  /// Statement, column of the place, message, hint.
  @Test(
    arguments: [
      (
        "}", 1, "expected a statement, found '}'",
        "a line that goes on with the statement above it is indented more"
      ),
      ("x = 1", 1, "unknown statement 'x'", "write 'let x = …'"),
      ("let x == 1", 7, "expected '=' after 'x', found '=='", "write '=' to define"),
      ("let f(x, x) = 1", 10, "'x' is given twice", nil),
      ("let f() = 1", 7, "expected a name as an argument of 'f', found ')'", nil),
      ("let a = 2 b", 11, "expected the end of the statement, found 'b'", nil),
      (
        "let a = b 2", 11, "expected the end of the statement, found '2'", "write '*' for a product"
      ),
      (
        "let a = 1 let", 11, "expected the end of the statement, found 'let'",
        "a statement begins on a line of its own"
      ),
      ("parameter", 10, "expected a name after 'parameter', found the end of the statement", nil),
      (
        "parameter x reel", 13,
        "expected '> 0', 'in 0..1' or another domain after 'x', found 'reel'",
        "did you mean 'real'?"
      ),
      (
        "parameter x > 0, y > 0", 16, "expected the end of the statement, found ','",
        "a 'parameter' has one domain"
      ),
      (
        "parameter 0 < x > 1", 17, "expected two relations of one direction",
        "write 'parameter 0 < x < 1'"
      ),
      (
        "parameter 0 < 1", 11, "expected a name and its domain",
        "write 'parameter x > 0' or 'parameter 0 < x < 1'"
      ),
      (
        "parameter x in 5", 16, "expected a range or a set of values",
        "write 'in 0..1', 'in (0, 1]' or 'in {0, 1}'"
      ),
      (
        "parameter x in (0, 1", 21,
        "expected ')' or ']' after the upper end, found "
          + "the end of the statement", nil
      ),
      ("parameter x in {0: 2}", 20, "a domain has each value once", nil),
      (
        "levels C 3", 10, "expected ':' and the number of levels, found '3'", "write 'levels C : 3'"
      ),
      ("model M", 8, "expected '{' after 'M', found the end of the statement", nil),
      (
        "model M {", 10, "expected '}' to close the '{' at 1:9, found the end of the statement", nil
      ),
      (
        "model M { jump a rate 1 2 }", 25, "expected the end of the line, found '2'",
        "write '*' for a product"
      ),
      ("model M { reset A plus rate 1 }", 19, "expected 'to' after the names, found 'plus'", nil),
      (
        "claim eq-3: a == b", 9, "expected ':' after 'eq', found '-'",
        "a name has letters, digits and '_'"
      ),
      (
        "claim c \"Eq\": a == b", 9, "expected ':' after 'c', found '\"Eq\"'",
        "write 'from' before the source"
      ),
      (
        "claim c from Eq: a == b", 14, "expected a string after 'from', found 'Eq'",
        "write 'from \"Eq. (3)\"'"
      ),
      (
        "claim c: a", 11,
        "expected '==', '<' or another relation in the claim, found the end of the statement", nil
      ),
      (
        "claim c: a == b wher x > 0", 17, "expected the end of the statement, found 'wher'",
        "did you mean 'where'?"
      ),
      (
        "claim c: a == b at x = 1 over y = 0..1", 26, "expected either 'at' or 'over', not both",
        nil
      ),
      (
        "claim c: a == b at x = 1..2", 25, "expected a single value for 'x', found '..'",
        "write 'over' for a range of values"
      ),
      ("claim c: a == b over x = 1", 26, "expected a range for 'x'", "write 'x = 0..1'"),
      ("claim c: a == b with x = 1 with y = 1", 28, "'with' is given twice", nil),
      (
        "claim c: a == b corrected by d", 17,
        "expected the end of the statement, found 'corrected'",
        nil
      ),
      ("erratum c: a == b corrected d", 29, "expected 'by' after 'corrected', found 'd'", nil),
      (
        "threshold t: a > 0", 19,
        "expected 'in' after the relation, found the end of the statement",
        nil
      ),
      ("threshold t: a > 0 in r for g", 29, "expected 'some' after 'for', found 'g'", nil),
      (
        "boundary b: a > 0 in r = 0..1", 30,
        "expected a second range, found the end of the statement", "write 'in x = 0..1, y = 0..1'"
      ),
      (
        "figure f: mapp N in r = 0..1", 11, "expected 'map', 'plot' or 'outline', found 'mapp'",
        "did you mean 'map'?"
      ),
      (
        "figure f: plot N in r = 0..1, g = 0..1", 31, "a plot has one range",
        "write 'map' for a value over two"
      ),
      ("table t: N for r = 3", 20, "expected a list of values for 'r'", "write 'r = [1, 2, 3]'"),
      (
        "crosscheck c: N by a at 0 points", 25,
        "expected a positive whole number after 'at', found '0'", nil
      ),
      ("crosscheck c: N by a at 5 dots", 27, "expected 'points' after 5, found 'dots'", nil),
    ] as [(String, Int, String, String?)])
  func messages(text: String, column: Int, message: String, hint: String?) {
    let source = SourceText(text)
    let (statements, diagnostics) = DocumentParser.parse(block: source)
    #expect(statements.isEmpty)
    #expect(diagnostics.map(\.message) == [message])
    #expect(diagnostics.map(\.hint) == [hint])
    #expect(diagnostics.map { source.position(at: $0.range.start).column } == [column])
  }
}
