import Symbolic

/// Reads one statement. The text is that of the statement alone, so that ends of lines mean nothing
/// and an error cannot reach the next one.
struct StatementParser {
  var tokens: TokenStream
  /// What a part of the statement had wrong that did not stop the rest, as lines of a model do.
  var reported: [Diagnostic] = []

  /// The words that begin statements.
  static let keywords = [
    "parameter", "qubit", "levels", "mode", "model", "ensemble", "let", "claim", "erratum",
    "threshold", "boundary", "system", "surface", "figure", "table", "crosscheck",
    "network", "campaign", "certificate",
    "simulation",
  ]

  init(_ source: SourceText, endPhrase: String = "the end of the statement") {
    tokens = TokenStream(source)
    tokens.openBracket()
    tokens.endPhrase = endPhrase
    tokens.leavesWithToStatement = true
  }

  /// The statement that `source` consists of, nil when it has an error, and what is wrong.
  static func parse(_ source: SourceText) -> (statement: Statement?, diagnostics: [Diagnostic]) {
    var parser = StatementParser(source)
    var statement: Statement?
    do throws(Diagnostic) {
      statement = Statement(try parser.statement(), at: source.range)
    } catch {
      parser.tokens.report(error)
    }
    let diagnostics = parser.tokens.diagnostics + parser.reported
    let hasErrors = diagnostics.contains { $0.severity == .error }
    return (hasErrors ? nil : statement, diagnostics)
  }

  private mutating func statement() throws(Diagnostic) -> Statement.Kind {
    let keyword = tokens.peek
    guard keyword.kind == .name else { throw noStatement() }
    guard Self.keywords.contains(keyword.text) else { throw unknownStatement(keyword) }
    tokens.advance()
    switch keyword.text {
    case "parameter": return .parameter(try parameter())
    case "qubit": return .subsystems(try qubits())
    case "levels": return .subsystems(try levels())
    case "mode": return .modes(try modes())
    case "model": return .model(try model())
    case "ensemble": return .ensemble(try ensemble())
    case "let": return .definition(try definition())
    case "claim": return .claim(try claim(isErratum: false))
    case "erratum": return .claim(try claim(isErratum: true))
    case "threshold": return .threshold(try threshold())
    case "boundary": return .boundary(try boundary())
    case "system": return .system(try system())
    case "surface": return .surface(try surface())
    case "figure": return .figure(try figure())
    case "table": return .table(try table())
    case "network": return .network(try network())
    case "campaign": return .campaign(try campaign())
    case "certificate": return .certificate(try certificate())
    case "simulation": return .simulation(try simulation())
    default: return .crosscheck(try crosscheck())
    }
  }

  private func noStatement() -> Diagnostic {
    tokens.unexpected(
      "a statement", hint: "a line that goes on with the statement above it is indented more")
  }

  private func unknownStatement(_ word: Token) -> Diagnostic {
    let hint: String
    if tokens.peek(1).kind == .assign {
      hint = "write 'let \(word.text) = …'"
    } else if let near = Suggestion.hint(for: word.text, among: Self.keywords) {
      hint = near
    } else {
      hint = "statements begin with " + Self.keywords.joined(separator: ", ")
    }
    return Diagnostic("unknown statement '\(word.text)'", at: word.range, hint: hint)
  }

  // MARK: - Parts of statements

  /// Demands the end of the statement; `clauses` are the words that could have followed.
  mutating func finish(clauses: [String] = []) throws(Diagnostic) {
    guard !tokens.isNext(.end) else { return }
    let next = tokens.peek
    var hint: String?
    switch next.kind {
    case .name where StatementParser.keywords.contains(next.text):
      hint = "a statement begins on a line of its own"
    case .name: hint = Suggestion.hint(for: next.text, among: clauses)
    case .assign: hint = "write '==' to compare"
    case .number, .leftParenthesis: hint = "write '*' for a product"
    default: break
    }
    throw tokens.unexpected(tokens.endPhrase, hint: hint)
  }

  /// A name.
  mutating func name(_ context: String) throws(Diagnostic) -> SyntaxNode.Name {
    let token = try tokens.expect(.name, context)
    return .init(token.text, at: token.range)
  }

  /// One or more names separated by commas, no two alike. A comma before one of `clauses` is left.
  mutating func names(
    _ context: String, before clauses: [String] = []
  ) throws(Diagnostic) -> [SyntaxNode.Name] {
    var names: [SyntaxNode.Name] = []
    var context = context
    repeat {
      let next = try name(context)
      if names.contains(where: { $0.text == next.text }) {
        throw Diagnostic("'\(next.text)' is given twice", at: next.range)
      }
      names.append(next)
      guard tokens.isNext(.comma), !isClause(tokens.peek(1), clauses) else { break }
      tokens.advance()
      context = "after ','"
    } while true
    return names
  }

  /// `ID [from "…"]:`
  mutating func heading(
    _ keyword: String
  ) throws(Diagnostic) -> (id: SyntaxNode.Name, source: QuotedText?) {
    let id = try name("after '\(keyword)'")
    var source: QuotedText?
    if tokens.take(word: "from") != nil {
      let text = try tokens.expect(.string, "after 'from'", hint: "write 'from \"Eq. (3)\"'")
      source = QuotedText(text: text.content, range: text.range)
    }
    var hint: String?
    switch tokens.peek.kind {
    case .string: hint = "write 'from' before the source"
    case .minus: hint = "a name has letters, digits and '_'"
    case .name: hint = Suggestion.hint(for: tokens.peek.text, among: ["from"])
    default: break
    }
    let before = source == nil ? "after '\(id.text)'" : "after the source"
    try tokens.expect(.colon, before, hint: hint)
    return (id, source)
  }

  /// A comparison.
  mutating func relation(_ context: String) throws(Diagnostic) -> SyntaxNode {
    let node = try tokens.expression()
    guard case .comparison = node.kind else {
      let hint = tokens.isNext(.assign) ? "write '==' to compare" : nil
      throw tokens.unexpected("'==', '<' or another relation", context, hint: hint)
    }
    return node
  }

  /// Whether `token` is one of these words.
  func isClause(_ token: Token, _ words: [String]) -> Bool {
    token.kind == .name && words.contains(token.text)
  }

  /// Takes one of these words, and a comma before it if there is one.
  ///
  /// - Throws: when the word is in `seen`, to which it is added.
  mutating func clause(
    _ words: [String], seen: inout Set<String>, repeatable: Set<String> = []
  ) throws(Diagnostic) -> String? {
    let offset = tokens.isNext(.comma) ? 1 : 0
    guard isClause(tokens.peek(offset), words) else { return nil }
    if offset == 1 { tokens.advance() }
    let word = tokens.advance()
    if !seen.insert(word.text).inserted, !repeatable.contains(word.text) {
      throw Diagnostic("'\(word.text)' is given twice", at: word.range)
    }
    return word.text
  }
}
