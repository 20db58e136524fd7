import Symbolic

/// A derivation document as it is written: its title, its statements in order, and everything that
/// was found wrong with them.
public struct DocumentSyntax: Sendable {
  /// The whole file.
  public let source: SourceText
  /// The text of the first heading, as Markdown; nil when there is none.
  public let title: String?
  /// The statements that could be read, in order.
  public let statements: [Statement]
  /// What is wrong, in the order of the places.
  public let diagnostics: [Diagnostic]

  /// Whether there is an error. Then `statements` are those that have none.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}
