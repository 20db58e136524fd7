import Symbolic

/// What can go wrong with a document.
public enum DocumentError: Error, Sendable, CustomStringConvertible {
  /// The document has errors; the text is them rendered with their places.
  case invalid([Diagnostic], rendered: String)
  /// The document has no such name; the list is of those that would fit.
  case unknown(what: String, name: String, known: [String])
  /// A question to the document cannot be answered as it was asked.
  case question(String, hint: String?)
  /// A computation stopped at a limit.
  case stopped(String)
  /// A computation was cancelled by its caller.
  case cancelled

  public var description: String {
    switch self {
    case .invalid(_, let rendered): return rendered
    case .unknown(let what, let name, let known):
      let hint =
        Suggestion.hint(for: name, among: known)
        ?? (known.isEmpty ? nil : "one of " + known.joined(separator: ", "))
      return "the document has no \(what) named '\(name)'" + (hint.map { "\nhint: \($0)" } ?? "")
    case .question(let text, let hint): return text + (hint.map { "\nhint: \($0)" } ?? "")
    case .stopped(let text): return text
    case .cancelled: return "cancelled"
    }
  }
}
