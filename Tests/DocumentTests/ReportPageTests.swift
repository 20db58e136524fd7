import Foundation
import Symbolic
import Testing

@testable import Documents
@testable import Reports

/// Pages of documents: their own text, and after each block what became of its statements.
struct ReportPageTests {
  private static let text = """
    # A page & its title

    First words.

    ```separatrix
    parameter x > 0
    let f = x^2 - 2
    claim right from "Eq. <1>": f + 2 == x^2
    claim wrong: f > 0
    erratum misprint: f == x^2 corrected by right
    ```

    Between.

    ~~~~ separatrix
    threshold edge: f > 0 in x
    table t: f "value of f", sqrt(x) for x = [1, 2]
    figure p: plot f in x = 0..3
    ~~~~
    Last words.
    """

  private func page(_ text: String = text) throws -> String {
    let document = try Document(SourceText(text, file: "page.md"))
    return try ReportPage(document, results: document.check(), digits: 8)
      .markdown { "<svg>\($0.curves.count)</svg>" }
  }

  @Test func holdsTheTextAndTheOutcome() throws {
    let page = try page()
    for words in ["# A page & its title", "First words.", "Between.", "Last words.", "let f ="] {
      #expect(page.contains(words), "\(words)")
    }
    #expect(page.contains("✓ <code>right</code>") && page.contains("Eq. &lt;1&gt;"))
    #expect(page.contains("✗ <code>wrong</code>") && page.contains("class=\"refuted\""))
    #expect(page.contains("corrected by <a href=\"#right\">"))
    #expect(page.contains("x = 1.4142136 = sqrt(2)"))
    #expect(page.contains("<th>value of f</th>") && page.contains("<td>1.4142136</td>"))
    #expect(page.contains("<svg>1</svg>"))
  }

  @Test func standsBelowItsBlock() throws {
    let page = try page()
    let places = [
      "claim wrong", "✗ <code>wrong", "Between.", "threshold edge", "1.4142136", "Last",
    ]
    .map { page.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
  }

  @Test func emptyBlocksAndNone() throws {
    #expect(try page("# T\n```separatrix\n```\nend").contains("end"))
    #expect(try page("# T\nonly words").contains("only words"))
  }

  @Test func valuesOfATable() throws {
    let document = try Document(
      SourceText(
        """
        ```separatrix
        parameter x real
        let root = sqrt(x - 1) where x > 1
        table t: x^2, root for x = [1/3, 2, 3]
        table u: 1/x for x = [0, 1]
        ```
        """, file: "t.md"))
    let table = try document.evaluateTable("t", digits: 6)
    #expect(table.header == ["x", "x^2", "root"])
    #expect(
      table.rows == [
        ["1/3", "0.111111", ""], ["2", "4.00000", "1.00000"], ["3", "9.00000", "1.41421"],
      ])
    #expect(throws: DocumentError.self) { try document.evaluateTable("u", digits: 6) }
    #expect(throws: DocumentError.self) { try document.evaluateTable("v", digits: 6) }
  }

  @Test(.enabled(if: PandocRenderer().isAvailable))
  func pandocSetsIt() throws {
    let data = try PandocRenderer().page(try page(), title: "A \"page\" --to <x>")
    let html = String(decoding: data, as: UTF8.self)
    #expect(html.contains("<!DOCTYPE html>") && html.contains("<svg>1</svg>"))
    #expect(html.contains("✗ <code>wrong</code>"))
    #expect(!html.contains("<script src") && !html.contains("<link rel=\"stylesheet\""))
  }

  @Test func pandocMayBeMissing() {
    #expect(throws: ReportError.pandocMissing) {
      try PandocRenderer(executable: "/nowhere/pandoc").page("# T", title: "T")
    }
  }
}
