extension Table {
  /// The header and the rows as comma-separated values by RFC 4180, without title and summary.
  ///
  /// - Returns: Records that end in CR LF; a table without columns gives the empty string.
  public func csv() -> String {
    guard !columns.isEmpty else { return "" }
    return ([columns.map(\.header)] + rows).map(Self.csvRecord).joined()
  }

  private static func csvRecord(_ cells: [String]) -> String {
    // A single empty cell is quoted: an empty line would not be read as a record.
    if cells == [""] { return "\"\"\r\n" }
    return cells.map(csvField).joined(separator: ",") + "\r\n"
  }

  /// A cell, in quotation marks where RFC 4180 asks for them or where spaces could be dropped.
  static func csvField(_ cell: String) -> String {
    let scalars = cell.unicodeScalars
    let isQuoted =
      scalars.contains { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }
      || scalars.first == " " || scalars.last == " "
    return isQuoted ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }
}
