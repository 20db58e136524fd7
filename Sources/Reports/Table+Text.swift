extension Table {
  /// The table as aligned columns for a terminal or a log.
  ///
  /// Columns are two spaces apart. Where a line would take more than `width` cells, the widest
  /// columns are wrapped, none below 20.
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
    Self.shrink(
      &widths, least: headers.map { max(TextWidth.of($0), 20) }, gap: gap.count, to: width)

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
        TextWidth.lines(of: cell, width: widths[index])
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

  /// Takes cells from the widest columns until a line fits or none can give more.
  private static func shrink(_ widths: inout [Int], least: [Int], gap: Int, to width: Int) {
    // Any number may be asked for; beyond these it makes no difference.
    let room = min(max(width, 0), 1 << 40)
    var excess = widths.reduce(0, +) + gap * max(widths.count - 1, 0) - room
    while excess > 0 {
      let givers = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = givers.max(by: { widths[$0] < widths[$1] }) else { return }
      // Down to the next widest at once, so that long cells take few rounds.
      let next = givers.map { widths[$0] }.filter { $0 < widths[widest] }.max() ?? 0
      let cut = min(excess, max(1, widths[widest] - max(next, least[widest])))
      widths[widest] -= cut
      excess -= cut
    }
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
