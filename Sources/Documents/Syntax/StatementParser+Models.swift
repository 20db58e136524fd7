import Symbolic

extension StatementParser {
  /// The words that begin lines of a model.
  static let modelKeywords = [
    "hamiltonian", "drive", "jump", "dephasing", "thermal", "reset", "bath", "shift",
  ]

  /// After `model`.
  mutating func model() throws(Diagnostic) -> ModelSyntax {
    let (name, items) = try block(after: "model", Self.modelKeywords) {
      (parser, range) throws(Diagnostic) in
      ModelSyntax.Item(kind: try parser.modelLine(), range: range)
    }
    return ModelSyntax(name: name, items: items)
  }

  /// `NAME { LINE … }`. Each line is read on its own, so that all errors of a block come out.
  mutating func block<Item>(
    after keyword: String, _ keywords: [String],
    _ read: (inout StatementParser, SourceRange) throws(Diagnostic) -> Item
  ) throws(Diagnostic) -> (name: SyntaxNode.Name, items: [Item]) {
    let name = try name("after '\(keyword)'")
    guard tokens.isNext(.leftBrace) else {
      throw tokens.unexpected("'{'", "after '\(name.text)'")
    }
    let opening = tokens.advance()
    var brackets = BracketStack()
    brackets.pass(opening)
    var closing: Token?
    while closing == nil, !tokens.isNext(.end) {
      let token = tokens.advance()
      brackets.pass(token)
      if brackets.isEmpty { closing = token }
    }
    let end = closing?.range.start ?? tokens.source.range.end
    let body = tokens.source.fragment(SourceRange(opening.range.end, end))
    var items: [Item] = []
    for line in StatementLines.split(body, keywords: Set(keywords)) {
      var parser = StatementParser(line, endPhrase: "the end of the line")
      do throws(Diagnostic) {
        items.append(try read(&parser, line.range))
      } catch {
        parser.tokens.report(error)
      }
      // What the lexer found there is reported by this stream already.
      reported += parser.tokens.diagnostics.filter { !tokens.diagnostics.contains($0) }
    }
    guard closing != nil else {
      let place = tokens.source.position(at: opening.range.start)
      throw tokens.unexpected("'}' to close the '{' at \(place)")
    }
    try finish()
    return (name, items)
  }

  private mutating func modelLine() throws(Diagnostic) -> ModelSyntax.Kind {
    let line = try modelLine(lineKeyword(of: "a model", among: Self.modelKeywords))
    try finish()
    return line
  }

  /// The word that a line of a block begins with.
  mutating func lineKeyword(
    of block: String, among keywords: [String]
  ) throws(Diagnostic) -> String {
    let keyword = tokens.peek
    guard keyword.kind == .name else { throw tokens.unexpected("a line of \(block)") }
    guard keywords.contains(keyword.text) else {
      let hint =
        Suggestion.hint(for: keyword.text, among: keywords)
        ?? "lines of \(block) begin with " + keywords.joined(separator: ", ")
      throw Diagnostic(
        "unknown line '\(keyword.text)' in \(block)", at: keyword.range, hint: hint)
    }
    tokens.advance()
    return keyword.text
  }

  private mutating func modelLine(_ keyword: String) throws(Diagnostic) -> ModelSyntax.Kind {
    switch keyword {
    case "hamiltonian": return .hamiltonian(try tokens.expression(.sum))
    case "drive": return try drive()
    case "bath": return .bath(try bath())
    case "shift": return .shift(try tokens.expression(.sum))
    case "jump":
      let jump = try tokens.expression(.sum)
      return .jump(jump, rate: try value(after: "rate", "after the jump"))
    case "dephasing":
      let names = try names("after 'dephasing'")
      return .dephasing(names, rate: try value(after: "rate", "after the names"))
    case "thermal":
      let names = try names("after 'thermal'")
      let down = try value(after: "down", "after the names")
      return .thermal(names, down: down, up: try value(after: "up", "after the rate down"))
    default:
      let names = try names("after 'reset'")
      let state = try value(after: "to", "after the names")
      return .reset(names, state: state, rate: try value(after: "rate", "after the state"))
    }
  }

  /// After `drive`.
  private mutating func drive() throws(Diagnostic) -> ModelSyntax.Kind {
    let operation = try tokens.expression(.sum)
    let word = tokens.peek
    guard word.kind == .name, let wave = ModelSyntax.Wave(rawValue: word.text) else {
      throw tokens.unexpected(
        "'cos' or 'sin'", "after the operator",
        hint: "'drive V cos w' is V times the cosine of w times the time")
    }
    tokens.advance()
    return .drive(operation, wave, frequency: try tokens.expression(.sum))
  }

  mutating func value(
    after word: String, _ context: String
  ) throws(Diagnostic) -> SyntaxNode {
    try tokens.expect(word: word, context)
    return try tokens.expression(.sum)
  }
}
