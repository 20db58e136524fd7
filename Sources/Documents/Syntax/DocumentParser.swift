import Symbolic

/// Reads derivation documents: Markdown files with blocks of statements.
///
/// Never fails: what cannot be read becomes a diagnostic, and the statements around it are read all
/// the same, so that one run finds all the errors of a document.
public enum DocumentParser {
  /// The syntax of the document `source`, a whole Markdown file.
  ///
  /// - Complexity: O(length).
  public static func parse(_ source: SourceText) -> DocumentSyntax {
    let markdown = MarkdownBlocks(source)
    var statements: [Statement] = []
    var diagnostics = markdown.diagnostics
    for block in markdown.blocks {
      let (found, problems) = parse(block: block)
      statements += found
      diagnostics += problems
    }
    diagnostics.sort { ($0.range.start, $0.range.end) < ($1.range.start, $1.range.end) }
    return DocumentSyntax(
      source: source, title: markdown.title, statements: statements, diagnostics: diagnostics)
  }

  /// The statements of one block, without the Markdown around it, and what is wrong with it.
  public static func parse(
    block: SourceText
  ) -> (statements: [Statement], diagnostics: [Diagnostic]) {
    var statements: [Statement] = []
    var diagnostics: [Diagnostic] = []
    for text in StatementLines.split(block, keywords: Set(StatementParser.keywords)) {
      let (statement, problems) = StatementParser.parse(text)
      if let statement { statements.append(statement) }
      diagnostics += problems
    }
    return (statements, diagnostics)
  }
}
