extension Table {
  /// The table in GitHub-flavoured Markdown; cells show as the plain text that they are.
  ///
  /// - Returns: The title in bold, the table and the summary as paragraphs, ending in a line break.
  public func markdown() -> String {
    var output = ""
    if let title { output += "**\(Self.markdown(title))**\n\n" }
    if !columns.isEmpty {
      func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
      output += line(columns.map { Self.markdown($0.header) })
      output += line(
        columns.map {
          switch $0.alignment {
          case .left: ":---"
          case .right: "---:"
          case .center: ":---:"
          }
        })
      for row in rows { output += line(row.map(Self.markdown)) }
    }
    if let summary {
      let text = Self.markdown(summary)
      // A first character that would open a heading, list or quote is taken literally.
      let opens = text.first.map { "#+-=".contains($0) } ?? false
      output += "\n" + (opens ? "\\" : "") + text + "\n"
    }
    return output
  }

  /// A text with every character escaped that means something inside a line of Markdown.
  static func markdown(_ text: String) -> String {
    var result = ""
    for character in TextWidth.printable(text) {
      switch character {
      case "\n": result += "<br>"
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "$", "~":
        result += "\\" + String(character)
      default: result.append(character)
      }
    }
    return result
  }
}
