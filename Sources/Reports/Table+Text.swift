extension Table {
  /// The table as aligned columns for a terminal or a log.
  ///
  /// Columns are two spaces apart. The last one is wrapped so that a line takes at most `width`
  /// cells, unless the columns before it leave less than 20.
  ///
  /// - Returns: The title, the table and the summary, ending in a line break; no line has spaces
  ///   at its end.
  public func text(width: Int = 100) -> String {
    let gap = "  "
    let printable = rows.map { $0.map(TextWidth.printable) }
    let headers = columns.map {
      TextWidth.printable($0.header).replacing("\n", with: " ")
    }
    var widths = headers.map { TextWidth.of($0) }
    for row in printable {
      for (index, cell) in row.enumerated() {
        for line in TextWidth.lines(of: cell, width: nil) {
          widths[index] = max(widths[index], TextWidth.of(line))
        }
      }
    }
    var limit: Int?
    if let last = widths.last {
      let before = widths.dropLast().reduce(0) { $0 + $1 + gap.count }
      let room = max(width &- before, 20)
      if last > room {
        let header = headers.last.map { TextWidth.of($0) } ?? 0
        limit = max(room, header)
        widths[widths.count - 1] = limit ?? last
      }
    }

    var output = ""
    func add(_ line: String) {
      var end = line.endIndex
      while end > line.startIndex, line[line.index(before: end)] == " " {
        end = line.index(before: end)
      }
      output += line[..<end] + "\n"
    }
    func joined(_ cells: [String]) -> String {
      zip(cells, zip(widths, columns)).map { cell, place in
        Self.padded(cell, to: place.0, alignment: place.1.alignment)
      }.joined(separator: gap)
    }

    if let title {
      for line in TextWidth.lines(of: TextWidth.printable(title), width: width) { add(line) }
      add("")
    }
    if !columns.isEmpty {
      add(joined(headers))
      add(widths.map { String(repeating: "─", count: $0) }.joined(separator: gap))
    }
    for row in printable {
      let cells = row.enumerated().map { index, cell in
        TextWidth.lines(of: cell, width: index == row.count - 1 ? limit : nil)
      }
      for line in 0..<(cells.map(\.count).max() ?? 0) {
        add(joined(cells.map { line < $0.count ? $0[line] : "" }))
      }
    }
    if let summary {
      add("")
      for line in TextWidth.lines(of: TextWidth.printable(summary), width: width) { add(line) }
    }
    return output
  }

  private static func padded(_ text: String, to width: Int, alignment: Alignment) -> String {
    let room = max(width - TextWidth.of(text), 0)
    let before =
      switch alignment {
      case .left: 0
      case .right: room
      case .center: room / 2
      }
    return String(repeating: " ", count: before) + text
      + String(repeating: " ", count: room - before)
  }
}
