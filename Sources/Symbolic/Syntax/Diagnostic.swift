/// Something to tell the author of a text about a place in it.
///
/// Messages say what is wrong in the author's terms, in lower case without a full stop; the hint says
/// what to write instead.
public struct Diagnostic: Error, Hashable, Sendable {
  /// How bad it is. Only errors stop the text from being used.
  public enum Severity: String, Hashable, Sendable {
    /// The text has no meaning here.
    case error
    /// The text has a meaning that its author may not have meant.
    case warning
    /// Further information about another diagnostic.
    case note
  }

  /// How bad it is.
  public let severity: Severity
  /// What is wrong.
  public let message: String
  /// Where it is, in offsets of the whole file.
  public let range: SourceRange
  /// What to do about it, where that is known.
  public let hint: String?

  /// A diagnostic about `range`; an error unless said otherwise.
  public init(
    _ message: String, at range: SourceRange, severity: Severity = .error, hint: String? = nil
  ) {
    self.severity = severity
    self.message = message
    self.range = range
    self.hint = hint
  }

  /// The diagnostic as a compiler prints it: `file:line:column: error: message`, the source line, a
  /// line with `^~~~` under the place, and `hint: …` where there is a hint.
  ///
  /// A place of several lines is marked on its first line. A long line is shown in part.
  public func rendered(in source: SourceText) -> String {
    let position = source.position(at: range.start)
    var lines = ["\(source.file):\(position): \(severity.rawValue): \(message)"]
    lines += excerpt(of: source, column: position.column)
    if let hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
  }

  /// How much of a line is shown to each side of the place, in characters.
  private static let reach = 72

  /// The source line and the caret line under it.
  private func excerpt(of source: SourceText, column: Int) -> [String] {
    let lineRange = source.lineRange(at: range.start)
    let line = Array(source[lineRange])
    let first = min(column - 1, line.count)
    let markedEnd = min(range.end, lineRange.end)
    let marked = source[SourceRange(range.start, max(range.start, markedEnd))].count

    let from = line.count > 2 * Self.reach ? max(0, first - Self.reach) : 0
    let to = line.count > 2 * Self.reach ? min(line.count, first + Self.reach) : line.count
    let before = from > 0 ? "…" : ""
    let after = to < line.count ? "…" : ""

    // Tabs stay tabs, so that the caret stands under its place whatever their width.
    let indent = before.map { _ in " " } + line[from..<first].map { $0 == "\t" ? "\t" : " " }
    let tildes = String(repeating: "~", count: max(0, min(marked, to - first) - 1))
    return [before + String(line[from..<to]) + after, indent.joined() + "^" + tildes]
  }
}

extension Sequence where Element == Diagnostic {
  /// All diagnostics as a compiler prints them, in the order of their places.
  public func rendered(in source: SourceText) -> String {
    sorted { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
      .map { $0.rendered(in: source) }.joined(separator: "\n")
  }
}
