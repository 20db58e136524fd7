import Documents
import Foundation
import Symbolic

/// A document as one page: its own text, and after each block of statements what became of them.
///
/// The page is Markdown with blocks of HTML (`raw_attribute`), which ``PandocRenderer`` sets.
public struct ReportPage {
  private let document: Document
  private let results: [String: CheckResult]
  private let digits: Int

  /// - Parameter results: of the document's checks.
  public init(_ document: Document, results: [CheckResult], digits: Int) {
    self.document = document
    self.results = Dictionary(results.map { ($0.id, $0) }) { first, _ in first }
    self.digits = digits
  }

  /// The page.
  ///
  /// - Parameter draw: gives the SVG of a figure.
  /// - Throws: ``DocumentError`` for a table without values, and what `draw` throws. Thresholds that
  ///   are not found are said on the page.
  public func markdown(draw: (Figure) throws -> String) throws -> String {
    let source = document.source
    var text = ""
    var line = 1
    for block in MarkdownBlocks(source).blocks {
      // The fence that closes the block is on the line below its last one.
      let last = source.position(at: block.range.end).line + (block.text.isEmpty ? 0 : 1)
      let end = min(closingLine(from: last), source.lineCount)
      text += source.fragment(lines: line, through: end).text + "\n\n"
      line = end + 1
      text += try outcome(of: block, draw)
    }
    if line <= source.lineCount {
      text += source.fragment(lines: line, through: source.lineCount).text + "\n"
    }
    return text
  }

  /// The first line from here on that is a fence.
  private func closingLine(from first: Int) -> Int {
    var line = max(first - 1, 1)
    while line < document.source.lineCount {
      let text = document.source.fragment(lines: line, through: line).text
        .drop { $0 == " " }
      if text.hasPrefix("```") || text.hasPrefix("~~~") { return line }
      line += 1
    }
    return line
  }

  private func outcome(
    of block: SourceText, _ draw: (Figure) throws -> String
  ) throws -> String {
    var checks: [CheckResult] = []
    var parts: [String] = []
    for statement in DocumentParser.parse(block: block).statements {
      switch statement.kind {
      case .claim(let syntax): if let result = results[syntax.id.text] { checks.append(result) }
      case .crosscheck(let syntax):
        if let result = results[syntax.id.text] { checks.append(result) }
      case .certificate(let syntax):
        if let result = results[syntax.id.text] { checks.append(result) }
      case .campaign(let syntax):
        guard let result = results[syntax.id.text] else { break }
        checks.append(result)
        if let counts = result.counts {
          parts.append(
            HTML.table(
              head: counts.header.map(HTML.escaped),
              rows: counts.rows.map { $0.map { "\($0)" } }))
        }
      case .simulation(let syntax):
        if let result = results[syntax.id.text] { checks.append(result) }
      case .threshold(let syntax): parts.append(threshold(syntax.id.text))
      case .figure(let syntax):
        parts.append(
          "<figure id=\"\(HTML.escaped(syntax.id.text))\">"
            + (try draw(try document.figure(syntax.id.text)))
            + "<figcaption><code>\(HTML.escaped(syntax.id.text))</code>"
            + (syntax.source.map { " · \(HTML.escaped($0.text))" } ?? "") + "</figcaption></figure>"
        )
      case .table(let syntax):
        let table = try document.evaluateTable(syntax.id.text, digits: digits)
        parts.append(HTML.table(head: table.header, rows: table.rows.map { $0.map(HTML.escaped) }))
      default: break
      }
    }
    if !checks.isEmpty { parts.insert(verdicts(checks), at: 0) }
    return parts.map { "```````{=html}\n\($0)\n```````\n\n" }.joined()
  }

  private func verdicts(_ checks: [CheckResult]) -> String {
    HTML.table(
      head: ["", "status", "source", "how"],
      rows: checks.map { result in
        var how = [HTML.escaped(result.detail)]
        if let found = result.counterexample { how.append(HTML.escaped(found.description)) }
        if !result.fallen.isEmpty {
          how.append(
            "builds on what does not hold: " + result.fallen.map(link).joined(separator: ", "))
        }
        if let correction = result.correctedBy { how.append("corrected by " + link(correction)) }
        let mark = result.holds ? "✓" : "✗"
        return [
          "<span id=\"\(HTML.escaped(result.id))\" class=\"\(result.holds ? "holds" : "fails")\">"
            + "\(mark) <code>\(HTML.escaped(result.id))</code></span>",
          "<span class=\"\(result.status.rawValue)\">\(result.status.rawValue)</span>"
            + (result.kind == .erratum ? " (erratum)" : ""),
          HTML.escaped(result.source ?? ""), how.filter { !$0.isEmpty }.joined(separator: "<br>"),
        ]
      })
  }

  private func link(_ id: String) -> String {
    let name = HTML.escaped(id)
    return "<a href=\"#\(name)\"><code>\(name)</code></a>"
  }

  private func threshold(_ id: String) -> String {
    let head =
      "<p class=\"threshold\" id=\"\(HTML.escaped(id))\"><code>\(HTML.escaped(id))</code>: "
    do throws(DocumentError) {
      let solution = try document.solve(id, at: [:], digits: digits)
      let values = solution.roots.map { root in
        let form = root.closedForm ?? root.exact?.description
        return "\(solution.unknown) = \(root.digits)" + (form.map { " = \($0)" } ?? "")
      }
      let open = solution.isComplete ? "" : "; parts of the range stay undecided"
      return head
        + HTML.escaped(
          (values.isEmpty ? "no value" : values.joined(separator: "; "))
            + "; it holds for \(solution.region)" + open) + "</p>"
    } catch {
      return head + HTML.escaped("no answer: \(error)") + "</p>"
    }
  }
}

/// Pieces of HTML.
enum HTML {
  /// A text with every character escaped that means something in HTML.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in TextWidth.printable(text) {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A table; the cells are HTML already, the header is text.
  static func table(head: [String], rows: [[String]]) -> String {
    let top = head.map { "<th>\(escaped($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return
      "<table class=\"results\"><thead><tr>\(top)</tr></thead><tbody>\(body.joined(separator: "\n"))"
      + "</tbody></table>"
  }
}
