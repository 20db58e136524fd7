import Symbolic

extension StatementParser {
  /// `x = 1, y = 2`: names and values. A comma that is not followed by `name =` is left.
  mutating func bindings(after word: String) throws(Diagnostic) -> [SyntaxNode.Binding] {
    var bindings: [SyntaxNode.Binding] = []
    try eachAssigned(after: word) { (parser, name) throws(Diagnostic) in
      let value = try parser.tokens.expression(.sum)
      if parser.tokens.isNext(.range) {
        throw parser.tokens.unexpected(
          "a single value for '\(name.text)'", hint: "write 'over' for a range of values")
      }
      bindings.append(.init(name: name, value: value))
    }
    return bindings
  }

  /// `x = 1..2, y = 0..3`
  mutating func axes(after word: String) throws(Diagnostic) -> [AxisSyntax] {
    var axes: [AxisSyntax] = []
    try eachAssigned(after: word) { (parser, name) throws(Diagnostic) in
      axes.append(try parser.axis(name))
    }
    return axes
  }

  /// Two axes, as a rectangle has.
  mutating func rectangle(
    after word: String
  ) throws(Diagnostic) -> (horizontal: AxisSyntax, vertical: AxisSyntax) {
    let axes = try axes(after: word)
    guard axes.count >= 2 else {
      throw tokens.unexpected("a second range", hint: "write 'in x = 0..1, y = 0..1'")
    }
    guard axes.count == 2 else {
      throw Diagnostic("expected two ranges, found \(axes.count)", at: axes[2].range)
    }
    return (axes[0], axes[1])
  }

  /// `r` or `r = 0..20`
  mutating func unknown(after word: String) throws(Diagnostic) -> UnknownSyntax {
    let name = try name("after '\(word)'")
    guard tokens.take(.assign) != nil else { return UnknownSyntax(name: name, axis: nil) }
    return UnknownSyntax(name: name, axis: try axis(name))
  }

  /// The range after `name =`.
  private mutating func axis(_ name: SyntaxNode.Name) throws(Diagnostic) -> AxisSyntax {
    let value = try tokens.expression(.range)
    guard case .range(let lower, let upper) = value.kind else {
      throw Diagnostic(
        "expected a range for '\(name.text)'", at: value.range, hint: "write '\(name.text) = 0..1'")
    }
    return AxisSyntax(
      name: name, lower: lower, upper: upper, range: name.range.union(value.range))
  }

  /// Reads `name =` and what `read` reads after it, as often as a comma and `name =` follow.
  private mutating func eachAssigned(
    after word: String,
    _ read: (inout StatementParser, SyntaxNode.Name) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    var seen: Set<String> = []
    repeat {
      let name = try name(seen.isEmpty ? "after '\(word)'" : "after ','")
      try tokens.expect(.assign, "after '\(name.text)'")
      guard seen.insert(name.text).inserted else {
        throw Diagnostic("'\(name.text)' is given twice", at: name.range)
      }
      try read(&self, name)
      guard tokens.isNext(.comma), tokens.peek(1).kind == .name, tokens.peek(2).kind == .assign
      else { return }
      tokens.advance()
    } while true
  }

  /// A value and, if it follows, its label in quotes.
  mutating func labelled() throws(Diagnostic) -> LabelledSyntax {
    let value = try tokens.expression(.sum)
    return LabelledSyntax(value: value, label: tokens.take(.string)?.content)
  }

  /// Values with labels, separated by commas.
  mutating func labelledList() throws(Diagnostic) -> [LabelledSyntax] {
    var items: [LabelledSyntax] = []
    repeat { items.append(try labelled()) } while tokens.take(.comma) != nil
    return items
  }

  /// A whole number, at least `least`.
  mutating func wholeNumber(_ context: String, least: Int) throws(Diagnostic) -> Int {
    let token = tokens.peek
    guard token.kind == .number, let value = Int(token.text), value >= least else {
      let what = least > 0 ? "a positive whole number" : "a whole number"
      throw tokens.unexpected(what, context)
    }
    tokens.advance()
    return value
  }
}
