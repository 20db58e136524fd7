import Foundation
import Testing

@testable import Reports

@Suite struct TableTests {
  private let table = Table(
    title: "Claims",
    columns: [
      .init("id"), .init("digits", alignment: .right), .init("status", alignment: .center),
      .init("claim", key: "formula"),
    ],
    rows: [
      ["eq3", "12", "proved", "a | b_1 = 50%"],
      ["γ-cap", "3", "refuted", "N ≈ 0.092"],
    ],
    summary: "1 proved, 1 refuted")

  @Test func textIsAligned() {
    #expect(
      table.text() == """
        Claims

        id     digits  status   claim
        ─────  ──────  ───────  ─────────────
        eq3        12  proved   a | b_1 = 50%
        γ-cap       3  refuted  N ≈ 0.092

        1 proved, 1 refuted

        """)
  }

  @Test(
    arguments: [
      ("abc", 3), ("", 0), ("γ²", 2), ("e\u{301}", 1), ("量子", 4), ("한", 2), ("👍🏽", 2),
      ("\u{2714}\u{FE0F}", 2), ("ａ", 2), ("a\u{200D}", 1), ("√ρ†⟨ψ⟩", 6),
    ])
  func widthOfText(text: String, width: Int) {
    #expect(TextWidth.of(text) == width)
  }

  @Test func lastColumnIsWrapped() {
    let words = Array(repeating: "word", count: 60).joined(separator: " ")
    let table = Table(
      columns: [.init("id"), .init("reason")],
      rows: [["a", words], ["b", String(repeating: "量", count: 90)]])
    for width in [30, 60, 100] {
      let lines = table.text(width: width).split(separator: "\n")
      #expect(lines.allSatisfy { TextWidth.of($0) <= width && $0.last != " " })
      #expect(lines.dropFirst(3).prefix(2).allSatisfy { $0.hasPrefix("    w") })
      #expect(table.text(width: width).count { $0 == "量" } == 90)
    }
    // A width that leaves no room, or no sense, still gives every word.
    for width in [Int.min, -1, 0, 1, Int.max] {
      #expect(table.text(width: width).components(separatedBy: "word").count == 61)
    }
  }

  @Test func controlCharactersDoNotReachTheTerminal() {
    let text = Table(columns: [.init("a")], rows: [["x\u{1B}[31m\u{202E}\t\u{7}\r\ny"]]).text()
    #expect(text == "a\n─────────\nx\u{FFFD}[31m\u{FFFD} \u{FFFD}\ny\n")
  }

  @Test func markdownIsEscaped() {
    #expect(
      table.markdown() == """
        **Claims**

        | id | digits | status | claim |
        | :--- | ---: | :---: | :--- |
        | eq3 | 12 | proved | a \\| b\\_1 = 50% |
        | γ-cap | 3 | refuted | N ≈ 0.092 |

        1 proved, 1 refuted

        """)
    #expect(
      Table.markdown("<b>*x*`\\|[a](b) $y$ ~ &\n#")
        == "&lt;b&gt;\\*x\\*\\`\\\\\\|\\[a\\](b) \\$y\\$ \\~ &amp;<br>#")
    #expect(Table(columns: [], summary: "# none").markdown() == "\n\\# none\n")
  }

  @Test func latexIsEscaped() {
    #expect(
      Table.latex("\\a_{1}^2 ~ 50% & #$ <|> [x]* -- γ ≈ −1")
        == "\\textbackslash{}a\\_\\{1\\}\\textasciicircum{}2 \\textasciitilde{} 50\\% \\& \\#\\$ "
        + "\\textless{}\\textbar{}\\textgreater{} {[}x{]}{*} -{}- \\ensuremath{\\gamma} "
        + "\\ensuremath{\\approx} \\ensuremath{-}1")
    let text = table.latex()
    #expect(text.contains("\\begin{tabular}{lrcl}"))
    #expect(text.contains("    eq3 & 12 & proved & a \\textbar{} b\\_1 = 50\\% \\\\\n"))
    #expect(text.contains("\\caption{Claims}") && text.hasSuffix("\\end{table}\n"))
  }

  @Test func csvIsQuoted() {
    #expect(
      table.csv() == "id,digits,status,claim\r\neq3,12,proved,a | b_1 = 50%\r\n"
        + "γ-cap,3,refuted,N ≈ 0.092\r\n")
    #expect(Table.csvField("a,b") == "\"a,b\"")
    #expect(Table.csvField("say \"x\"") == "\"say \"\"x\"\"\"")
    #expect(Table.csvField("two\r\nlines") == "\"two\r\nlines\"")
    #expect(Table.csvField(" x") == "\" x\"")
    #expect(Table(columns: [.init("a")], rows: [[""]]).csv() == "a\r\n\"\"\r\n")
    #expect(Table(columns: []).csv().isEmpty)
  }

  @Test func jsonKeepsTheOrder() throws {
    let first = try #require(table.json().split(separator: "\n").dropFirst().first)
    #expect(
      first == #"  {"id": "eq3", "digits": "12", "status": "proved", "formula": "a | b_1 = 50%"},"#)
    let odd = Table(
      columns: [.init("a"), .init("a"), .init("a2")], rows: [["\"\\\n\u{1}", "2", "3"]])
    let object = try JSONSerialization.jsonObject(with: Data(odd.json().utf8))
    #expect(
      object as? [[String: String]] == [["a": "\"\\\n\u{1}", "a2": "2", "a22": "3"]])
    #expect(Table(columns: [.init("a")]).json() == "[]\n")
  }

  @Test func unequalRowsAreFilled() throws {
    var table = Table(columns: [.init("a")], rows: [[], ["1"]])
    table.append(["2", "3", "4"])
    #expect(table.columns.map(\.key) == ["a", "column2", "column3"])
    #expect(table.rows == [["", "", ""], ["1", "", ""], ["2", "3", "4"]])
    let copy = try JSONDecoder().decode(Table.self, from: JSONEncoder().encode(table))
    #expect(copy == table)
    for format in Table.Format.allCases {
      #expect(!table.rendered(as: format).isEmpty)
      #expect(Table(columns: []).rendered(as: format).count < 60)
    }
  }
}
