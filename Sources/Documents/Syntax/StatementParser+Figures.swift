import Symbolic

extension StatementParser {
  private static let figureClauses = ["with", "overlay", "curve", "title", "logarithmic"]

  /// After `figure`.
  mutating func figure() throws(Diagnostic) -> FigureSyntax {
    let (id, source) = try heading("figure")
    let content = try figureContent()
    var bindings: [SyntaxNode.Binding] = []
    var overlays: [SyntaxNode.Name] = []
    var curves: [LabelledSyntax] = []
    var title: String?
    var logarithmic: [SyntaxNode.Name] = []
    var seen: Set<String> = []
    while let clause = try clause(
      Self.figureClauses, seen: &seen, repeatable: ["overlay", "curve"])
    {
      switch clause {
      case "with": bindings = try self.bindings(after: "with")
      case "overlay": overlays += try names("after 'overlay'", before: Self.figureClauses)
      case "curve": curves.append(try labelled())
      case "logarithmic":
        logarithmic = try names("after 'logarithmic'", before: Self.figureClauses)
      default: title = try tokens.expect(.string, "after 'title'").content
      }
    }
    try finish(clauses: Self.figureClauses)
    return FigureSyntax(
      id: id, source: source, content: content, bindings: bindings, overlays: overlays,
      curves: curves, title: title, logarithmic: logarithmic)
  }

  private mutating func figureContent() throws(Diagnostic) -> FigureSyntax.Content {
    if tokens.take(word: "map") != nil {
      let value = try tokens.expression(.sum)
      try tokens.expect(word: "in", "after the value")
      let (horizontal, vertical) = try rectangle(after: "in")
      return .map(value, horizontal: horizontal, vertical: vertical)
    }
    if tokens.take(word: "outline") != nil {
      var items: [OutlinedSyntax] = []
      repeat {
        let boundary = try name("after 'outline'")
        items.append(OutlinedSyntax(boundary: boundary, label: tokens.take(.string)?.content))
      } while tokens.take(.comma) != nil
      try tokens.expect(word: "in", "after the boundaries")
      let (horizontal, vertical) = try rectangle(after: "in")
      return .outline(items, horizontal: horizontal, vertical: vertical)
    }
    guard tokens.take(word: "plot") != nil else {
      let next = tokens.peek
      let hint =
        next.kind == .name
        ? Suggestion.hint(for: next.text, among: ["map", "plot", "outline"]) : nil
      throw tokens.unexpected("'map', 'plot' or 'outline'", hint: hint)
    }
    let values = try labelledList()
    try tokens.expect(word: "in", "after the values")
    let axes = try axes(after: "in")
    guard axes.count == 1 else {
      throw Diagnostic(
        "a plot has one range", at: axes[1].range, hint: "write 'map' for a value over two")
    }
    return .plot(values, axis: axes[0])
  }

  /// After `table`.
  mutating func table() throws(Diagnostic) -> TableSyntax {
    let (id, source) = try heading("table")
    let columns = try labelledList()
    try tokens.expect(word: "for", "after the columns")
    let row = try name("after 'for'")
    try tokens.expect(.assign, "after '\(row.text)'")
    let values = try tokens.expression(.range)
    guard case .list(let rowValues) = values.kind, !rowValues.isEmpty else {
      throw Diagnostic(
        "expected a list of values for '\(row.text)'", at: values.range,
        hint: "write '\(row.text) = [1, 2, 3]'")
    }
    let bindings = try optionalBindings()
    try finish(clauses: ["with"])
    return TableSyntax(
      id: id, source: source, columns: columns, row: row, rowValues: rowValues, bindings: bindings)
  }
}
