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

  /// A stream of values of the evaluator's expression, in a column of the name given.
  public init(_ evaluator: PointEvaluator, valueName: String = "value") {
    self.evaluator = evaluator
    self.valueName = valueName
  }

  /// Reads lines, without their ends, and writes lines, without ends too: the header first, then each
  /// row as soon as it is computed.
  ///
  /// - Throws: ``CertifiedError/table(_:)`` for a table without header;
  ///   ``CertifiedError/line(_:_:)`` with the number of the first line, counted from 1, that is wrong
  ///   or at which the expression has no decided value. What was written before that stays written.
  public func run(
    _ lines: some Sequence<String>, write: (String) -> Void
  ) throws(CertifiedError) {
    var header: Header?
    var number = 0
    for line in lines {
      number += 1
      let text = Self.trimmed(line, isFirst: number == 1)
      if text.isEmpty { continue }
      do throws(CertifiedError) {
        if let header {
          write(try row(text, header))
        } else {
          header = try Header(text, parameters: evaluator.parameters, valueName: valueName)
          write(text + "," + CSVRecord.field(valueName))
        }
      } catch {
        throw .line(number, error)
      }
    }
    if header == nil { throw .table("the table has no header line with the names of parameters") }
  }

  /// Without the carriage return of CRLF and a byte order mark.
  private static func trimmed(_ line: String, isFirst: Bool) -> String {
    var scalars = line.unicodeScalars[...]
    if scalars.last == "\r" { scalars.removeLast() }
    if isFirst, scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    return String(scalars)
  }

  private func row(_ text: String, _ header: Header) throws(CertifiedError) -> String {
    let fields = try CSVRecord.fields(text)
    guard fields.count == header.names.count else {
      throw .table(
        "\(fields.count) fields under a header of \(header.names.count): \(text.prefix(60))")
    }
    var point: [Symbol: Rational] = [:]
    for (symbol, column) in header.columns {
      let field = CSVRecord.withoutBlanks(fields[column])
      guard let value = Rational(field) else {
        throw .table("\(symbol.name) is not a number: \(field.prefix(60))")
      }
      point[symbol] = value
    }
    return text + "," + CSVRecord.field(try evaluator.value(at: point).description)
  }

  /// The names of the columns, and where those of parameters are.
  private struct Header {
    let names: [String]
    let columns: [(symbol: Symbol, column: Int)]

    init(_ text: String, parameters: [Symbol], valueName: String) throws(CertifiedError) {
      names = try CSVRecord.fields(text).map(CSVRecord.withoutBlanks)
      var places: [String: Int] = [:]
      for (place, name) in names.enumerated() {
        guard places.updateValue(place, forKey: name) == nil else {
          throw .table("two columns have the name \(name)")
        }
      }
      if places[valueName] != nil {
        throw .table("a column has the name \(valueName), which the values are to have")
      }
      let missing = parameters.filter { places[$0.name] == nil }
      guard missing.isEmpty else { throw .missingParameters(missing.map(\.name)) }
      columns = parameters.map { ($0, places[$0.name] ?? 0) }
    }
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
