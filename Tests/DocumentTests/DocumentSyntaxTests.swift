import Symbolic
import Testing

@testable import Documents

struct DocumentSyntaxTests {
  private let reset = """
    # Two qubits

    Prose with `code`.

    ```separatrix
    parameter g > 0  "Ising coupling"
    qubit A, B
    model M {
      hamiltonian  g * sz(A) * sz(B)
      jump  sz(A)  rate gamma/2
      reset A to plus  rate r
    }
    let rho = steady(M)
    ```

    ```python
    clam = 1
    ```

    ~~~~ separatrix
    claim eq3 from "Eq. (3)":  negativity == N3
    figure fig1: map N3 in r = 0..20, g = 0..20 with gamma = 1, overlay entangled
    ~~~~
    """

  @Test(arguments: ["\n", "\r\n"])
  func readsTheBlocksOfADocument(lineEnd: String) {
    let text = reset.split(separator: "\n", omittingEmptySubsequences: false)
    let source = SourceText(text.joined(separator: lineEnd), file: "doc.md")
    let document = DocumentParser.parse(source)
    #expect(document.diagnostics.isEmpty)
    #expect(document.title == "Two qubits")
    #expect(
      document.statements.map { source.position(at: $0.range.start).line }
        == [6, 7, 8, 13, 21, 22])
    #expect(document.statements.last.map { source[$0.range] }?.hasSuffix("entangled") == true)
  }

  @Test(arguments: [
    ("## A  title ##\n", "A title"), ("#5 bolts\n# Real\n", "Real"),
    ("```\n# no\n```\n   # yes", "yes"), ("\u{FEFF}# t", "t"), ("#\n", ""),
  ])
  func findsTheFirstHeading(text: String, title: String) {
    #expect(MarkdownBlocks(SourceText(text)).title == title)
  }

  @Test func followsFencesOfCommonMark() {
    func blocks(_ text: String) -> [String] { MarkdownBlocks(SourceText(text)).blocks.map(\.text) }
    #expect(blocks("````separatrix\n```\n````") == ["```"])
    #expect(blocks("```separatrix\na\n`````") == ["a"])
    #expect(blocks("~~~separatrix\n```\n~~~") == ["```"])
    #expect(blocks("   ```separatrix\na\n   ```") == ["a"])
    #expect(blocks("    ```separatrix\na\n    ```").isEmpty)
    #expect(blocks("```separatrix\n```") == [""])
    #expect(blocks("```separatrix x\na\n```") == ["a"])
    #expect(blocks("```separatrixes\na\n```").isEmpty)
    #expect(blocks("```md\n~~~separatrix\na\n~~~\n```").isEmpty)
    #expect(blocks("").isEmpty)
  }

  @Test func reportsOpenBlocks() {
    expectErrors(
      "text\n  ~~~separatrix\nlet a = 1\n",
      """
      doc.md:2:3: error: this block is not closed
        ~~~separatrix
        ^~~
      hint: end it with a line '~~~'
      """)
    // The next block is read all the same.
    let source = SourceText("```separatrix\nlet a = 1\nprose\n```separatrix\nlet b = 2\n```")
    let document = DocumentParser.parse(source)
    #expect(document.diagnostics.count == 1)
    #expect(document.statements.count == 1)
    let other = DocumentParser.parse(SourceText("```python\nx"))
    #expect(!other.hasErrors && other.diagnostics.count == 1)
  }

  @Test func findsAllErrors() {
    expectErrors(
      """
      ```separatrix
      clam eq3: a == b
      let x = (1 +
      let y 2
      model M {
        jum sz(A) rate 1
        jump sz(B) rat 2
      }
      claim c: a = b
      ```
      """,
      """
      doc.md:2:1: error: unknown statement 'clam'
      clam eq3: a == b
      ^~~~
      hint: did you mean 'claim'?
      doc.md:3:13: error: expected an expression after '+', found the end of the statement
      let x = (1 +
                  ^
      doc.md:4:7: error: expected '=' after 'y', found '2'
      let y 2
            ^
      doc.md:6:3: error: unknown line 'jum' in a model
        jum sz(A) rate 1
        ^~~
      hint: did you mean 'jump'?
      doc.md:7:14: error: expected 'rate' after the jump, found 'rat'
        jump sz(B) rat 2
                   ^~~
      hint: did you mean 'rate'?
      doc.md:9:12: error: expected '==', '<' or another relation in the claim, found '='
      claim c: a = b
                 ^
      hint: write '==' to compare
      """)
  }

  @Test(arguments: [
    ("let a = 1 +\n2\nlet b = 3", 2), ("let a = f(1,\n2\n)\nlet b = 3", 2),
    ("let a = 1\n  + 2\n\n  # note\n  + 3\nlet b = 3", 2), ("claim c:\na == b\nlet d = 1", 2),
    ("  let a = 1\n  let b = 2", 2), ("let a = 1\n  let b = 2", 2), ("let a = [[1,\nlet b = 1", 2),
    ("model M {\njump a rate 1\nlet b = 1", 2), ("", 0), ("# only a comment", 0),
    ("claim c: a == b\n  where a > 0,\n    b > 0\n  using d", 1),
  ])
  func splitsStatements(text: String, count: Int) {
    let pieces = StatementLines.split(
      SourceText(text), keywords: Set(StatementParser.keywords))
    #expect(pieces.count == count)
  }

  @Test func neverTraps() {
    let characters = Array("let claimqubit model figure{}()[]:=,.\"\n\r#`~é≈ 12 in with at\0")
    var state: UInt64 = 7
    for _ in 0..<400 {
      var text = "```separatrix\n"
      for _ in 0..<80 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text.append(characters[Int(state >> 33) % characters.count])
      }
      _ = DocumentParser.parse(SourceText(text + "\n```"))
    }
    for end in reset.indices { _ = DocumentParser.parse(SourceText(String(reset[..<end]))) }
  }
}

/// Expects that the document has exactly these diagnostics, as they are printed.
func expectErrors(
  _ text: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let source = SourceText(text, file: "doc.md")
  let document = DocumentParser.parse(source)
  #expect(document.diagnostics.rendered(in: source) == expected, sourceLocation: sourceLocation)
}
