import ArgumentParser
import Separatrix

/// `separatrix show DOC NAME`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints what a name stands for, in a notation.")

  @Argument(help: "The document.") var document: String
  @Argument(help: "A name that the document defines.") var name: String
  @Option(
    name: .customLong("as"),
    help: "text, unicode, latex, mathml, python, mathematica, julia, c or mpfr.",
    transform: word)
  var notation: Notation = .text

  func run() throws {
    let document = try Document(path: document)
    if let value = document.value(named: name) {
      print(try text(of: value))
    } else if notation == .text, document.tables.contains(where: { $0.id == name }) {
      let table = try document.evaluateTable(name, digits: 20)
      let columns = table.header.map { Table.Column($0, alignment: .right) }
      try Console.write(Table(columns: columns, rows: table.rows).rendered(as: .text), to: nil)
    } else if notation == .text, let statement = statement(in: document) {
      print(statement)
    } else {
      throw DocumentError.unknown(what: "value", name: name, known: document.definedNames)
    }
  }

  /// A claim or threshold as it is written.
  private func statement(in document: Document) -> String? {
    for check in document.checks where check.id == name {
      switch check {
      case .claim(let claim): return claim.text
      case .crosscheck(let check): return check.text
      case .simulation(let check): return check.text
      }
    }
    return document.thresholds.first { $0.id == name }?.condition.text
      ?? document.boundaries.first { $0.id == name }?.condition.text
      ?? document.systems.first { $0.id == name }?.text
      ?? document.surfaces.first { $0.id == name }?.condition.text
  }

  private func text(of value: Value) throws -> String {
    if case .scalar(let expression) = value { return try expression.printed(as: notation) }
    let rows = value.rows
    guard !rows.isEmpty else { throw CommandFailure.input("'\(name)' is \(value.phrase)") }
    guard notation != .c, notation != .mpfr else {
      throw CommandFailure.input("C is for numbers, and '\(name)' is \(value.phrase)")
    }
    let texts = try rows.map { row in try row.map { try $0.printed(as: notation) } }
    return MatrixText.text(of: texts, as: notation)
  }
}

/// A matrix of printed elements.
enum MatrixText {
  /// The rows in the notation's own form of a matrix.
  static func text(of rows: [[String]], as notation: Notation) -> String {
    func joined(_ separator: String, _ end: String) -> String {
      rows.map { $0.joined(separator: separator) }.joined(separator: end)
    }
    switch notation {
    case .text, .unicode, .c, .mpfr: return joined("  ", "\n")
    case .latex: return "\\begin{pmatrix}\n\(joined(" & ", " \\\\\n"))\n\\end{pmatrix}"
    case .julia:
      // Blanks part the elements, so that each stands in brackets.
      let lines = rows.map { $0.map { "(\($0))" }.joined(separator: " ") }
      return "[\(lines.joined(separator: "; "))]"
    case .python: return "matrix([[\(joined(", ", "], ["))]])"
    case .mathematica: return "{{\(joined(", ", "}, {"))}}"
    case .mathml:
      let head = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">"
      let body = rows.map { row in
        let cells = row.map { element in
          "<mtd>\(element.replacing(head, with: "").replacing("</math>", with: ""))</mtd>"
        }
        return "<mtr>\(cells.joined())</mtr>"
      }
      return "\(head)<mrow><mo>(</mo><mtable>\(body.joined())</mtable><mo>)</mo></mrow></math>"
    }
  }
}
