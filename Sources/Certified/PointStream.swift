import Exact
import Symbolic

/// A table of points evaluated row by row, in memory that does not grow with the table.
///
/// The table is CSV as in RFC 4180, one record a line: a header with the names of parameters, then
/// rows of exact numbers (`0.1` is 1/10, `1/3`, `1e-3`). Fields may stand in quotes, with `""` for a
/// quote, but no field goes over a line. Other columns are passed through. Empty lines are left out.
/// What comes back is the table with a column more, the value as ``PointValue`` prints it.
public struct PointStream: Sendable {
  private let evaluator: PointEvaluator
  private let valueName: String
  private let domain: PointDomain?

  /// A stream of values of the evaluator's expression, in a column of the name given.
  ///
  /// - Parameter domain: where the expression is defined, if not everywhere; a row elsewhere is an error.
  public init(
    _ evaluator: PointEvaluator, valueName: String = "value", domain: PointDomain? = nil
  ) {
    self.evaluator = evaluator
    self.valueName = valueName
    self.domain = domain
  }

  /// Reads lines, without their ends, and writes lines, without ends too: the header first, then each
  /// row before the next is read.
  ///
  /// - Throws: ``CertifiedError/table(_:)`` for a table without header;
  ///   ``CertifiedError/line(_:_:)`` with the number of the first line, counted from 1, that is wrong
  ///   or at which the expression has no decided value. What was written before that stays written.
  public func run(
    _ lines: some Sequence<String>, write: (String) -> Void
  ) throws(CertifiedError) {
    try run(blocks: lines.lazy.map { [$0] }, write: write)
  }

  /// Reads blocks of lines; the rows of one block are computed on all cores and written, in their order,
  /// before the next block is read. What is written does not depend on the blocks.
  ///
  /// - Parameter isCancelled: asked before every block and every few rows, on any thread; once it says so, nothing
  ///   more is read and rows that are not computed are not written.
  /// - Throws: as for single lines.
  public func run(
    blocks: some Sequence<[String]>, isCancelled: @Sendable () -> Bool = { false },
    write: (String) -> Void
  ) throws(CertifiedError) {
    var rows: PointRows?
    var number = 0
    for block in blocks {
      if isCancelled() { return }
      var numbered: [PointRows.Line] = []
      for line in block {
        number += 1
        let text = Self.trimmed(line, isFirst: number == 1)
        if text.isEmpty { continue }
        if rows == nil {
          do throws(CertifiedError) {
            rows = PointRows(
              evaluator, domain,
              try TableHeader(
                text, parameters: evaluator.parameters, others: domain?.parameters ?? [],
                valueName: valueName))
          } catch {
            throw .line(number, error)
          }
          write(text + "," + CSVRecord.field(valueName))
        } else {
          numbered.append(PointRows.Line(number: number, text: text))
        }
      }
      guard let rows else { continue }
      for result in rows.values(numbered, isCancelled: isCancelled) {
        switch result {
        case .success(let text): write(text)
        case .failure(let error): throw error
        }
      }
    }
    if rows == nil { throw .table("the table has no header line with the names of parameters") }
  }

  /// Without the carriage return of CRLF and a byte order mark.
  private static func trimmed(_ line: String, isFirst: Bool) -> String {
    var scalars = line.unicodeScalars[...]
    if scalars.last == "\r" { scalars.removeLast() }
    if isFirst, scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    return String(scalars)
  }
}

/// Where something is defined, in the points of some parameters.
public struct PointDomain: Sendable {
  /// The parameters that the condition is about.
  public let parameters: [Symbol]
  /// Throws where it is not defined.
  public let require: @Sendable ([Symbol: Rational]) throws(CertifiedError) -> Void

  /// A condition on points that throws where it does not hold.
  public init(
    _ parameters: [Symbol],
    require: @escaping @Sendable ([Symbol: Rational]) throws(CertifiedError) -> Void
  ) {
    self.parameters = parameters
    self.require = require
  }
}

/// One record of a CSV table, on one line.
enum CSVRecord {
  /// The fields of a record, without their quotes.
  static func fields(_ line: String) throws(CertifiedError) -> [String] {
    var fields: [String] = []
    var field = ""
    var rest = line[...]
    while true {
      if rest.first == "\"" {
        field = try quoted(&rest)
      } else {
        let end = rest.firstIndex(of: ",") ?? rest.endIndex
        field = String(rest[..<end])
        rest = rest[end...]
        if field.contains("\"") { throw .table("a quote inside a field without quotes: \(field)") }
      }
      fields.append(field)
      guard let next = rest.popFirst() else { return fields }
      if next != "," { throw .table("a comma is missing after the quoted field \(field)") }
    }
  }

  /// Takes a quoted field from the front.
  private static func quoted(_ rest: inout Substring) throws(CertifiedError) -> String {
    rest.removeFirst()
    var field = ""
    while let character = rest.popFirst() {
      if character != "\"" {
        field.append(character)
      } else if rest.first == "\"" {
        rest.removeFirst()
        field.append("\"")
      } else {
        return field
      }
    }
    throw .table("a quoted field does not end on its line: \(field.prefix(60))")
  }

  /// A field as it is written, in quotes where it needs them.
  static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// The text without blanks at its ends.
  static func withoutBlanks(_ text: String) -> String {
    let start = text.drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
