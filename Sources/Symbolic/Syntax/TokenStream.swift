/// Reads a text token by token, and collects what is wrong with it.
///
/// A parser looks at `peek`, takes with `advance` or `take`, demands with `expect`, and after an
/// error reports it and calls `recoverToEndOfLine`, so that one run finds all the errors of a text.
/// Ends of lines are tokens, except while `ignoresNewlines` (inside brackets).
public struct TokenStream: Sendable {
  /// The text that is read.
  public let source: SourceText
  /// What was wrong so far: the lexer's findings, then what `report` was given.
  public private(set) var diagnostics: [Diagnostic]
  /// Whether a `with` outside brackets ends an expression instead of going on with it, for
  /// statements with a `with` of their own: `map N in r = 0..20 with gamma = 1`.
  public var leavesWithToStatement = false
  /// What error messages call the end of this text, where it is part of another.
  public var endPhrase = Token.Kind.end.phrase
  /// How deeply expressions are nested at this place; kept by the expression parser.
  var depth = 0

  private let tokens: [Token]
  private var index = 0
  private var openBrackets = 0

  /// The tokens of `source`, from its first.
  public init(_ source: SourceText) {
    self.source = source
    (tokens, diagnostics) = Lexer.scan(source)
  }

  /// Whether no error was found so far.
  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  // MARK: - Looking

  /// The next token.
  public var peek: Token { peek(0) }

  /// The token `distance` after the next one; the last token (`end`) when there are not that many.
  public func peek(_ distance: Int) -> Token {
    var found = visible(index)
    for _ in 0..<max(0, distance) {
      if tokens[found].kind == .end { break }
      found = visible(found + 1)
    }
    return tokens[found]
  }

  /// The token taken last; nil before the first.
  public var previous: Token? { index > 0 ? tokens[index - 1] : nil }

  /// The place right after the token taken last; the start of the text before the first.
  public var placeAfterPrevious: SourceRange {
    previous?.range.endPlace ?? SourceRange(source.range.start, source.range.start)
  }

  /// Whether the next token is of this kind.
  public func isNext(_ kind: Token.Kind) -> Bool { peek.kind == kind }

  /// Whether the next token is this name: a keyword of the statement that is read.
  public func isNext(word: String) -> Bool { peek.kind == .name && peek.text == word }

  /// Whether nothing is left but ends of lines.
  public var isAtEnd: Bool {
    tokens[index...].allSatisfy { $0.kind == .newline || $0.kind == .end }
  }

  /// Whether the line (or the text) ends here.
  public var isAtEndOfLine: Bool { peek.kind == .newline || peek.kind == .end }

  /// A place to come back to with `rewind(to:)`.
  public struct Mark: Hashable, Sendable {
    fileprivate let index: Int
  }

  /// This place.
  public var position: Mark { Mark(index: index) }

  /// Goes back (or forth) to a place of this stream. Diagnostics stay.
  public mutating func rewind(to mark: Mark) { index = min(mark.index, tokens.count - 1) }

  // MARK: - Taking

  /// Takes the next token. At the end of the text it gives `end` again and again.
  @discardableResult
  public mutating func advance() -> Token {
    let found = visible(index)
    index = tokens[found].kind == .end ? found : found + 1
    return tokens[found]
  }

  /// Takes the next token if it is of this kind.
  @discardableResult
  public mutating func take(_ kind: Token.Kind) -> Token? {
    isNext(kind) ? advance() : nil
  }

  /// Takes the next token if it is this name.
  @discardableResult
  public mutating func take(word: String) -> Token? {
    isNext(word: word) ? advance() : nil
  }

  /// Takes the next token, which must be of this kind.
  ///
  /// - Throws: `expected KIND CONTEXT, found …` at the next token, which is not taken. The
  ///   diagnostic is thrown and not yet reported.
  @discardableResult
  public mutating func expect(
    _ kind: Token.Kind, _ context: String = "", hint: String? = nil
  ) throws(Diagnostic) -> Token {
    guard isNext(kind) else { throw unexpected(kind.phrase, context, hint: hint) }
    return advance()
  }

  /// Takes the next token, which must be this name.
  ///
  /// - Throws: `expected 'WORD' CONTEXT, found …`, with a hint when the next token is nearly it.
  @discardableResult
  public mutating func expect(word: String, _ context: String = "") throws(Diagnostic) -> Token {
    guard isNext(word: word) else {
      let hint = peek.kind == .name ? Suggestion.hint(for: peek.text, among: [word]) : nil
      throw unexpected("'\(word)'", context, hint: hint)
    }
    return advance()
  }

  /// `expected WHAT CONTEXT, found NEXT`, at the next token.
  public func unexpected(
    _ expected: String, _ context: String = "", hint: String? = nil
  ) -> Diagnostic {
    let after = context.isEmpty ? "" : " \(context)"
    // The end of a line has no character to point at: point right after what stands there.
    let range = isAtEndOfLine ? placeAfterPrevious : peek.range
    let found = isNext(.end) ? endPhrase : peek.phrase
    return Diagnostic("expected \(expected)\(after), found \(found)", at: range, hint: hint)
  }

  // MARK: - Lines and brackets

  /// Whether ends of lines are passed over.
  public var ignoresNewlines: Bool { openBrackets > 0 }

  /// Passes over ends of lines until the matching `closeBracket`. Calls nest.
  public mutating func openBracket() { openBrackets += 1 }

  /// Ends what the last `openBracket` began; call it after taking the closing bracket.
  public mutating func closeBracket() { openBrackets = max(0, openBrackets - 1) }

  /// Takes ends of lines, if any.
  public mutating func skipNewlines() {
    while tokens[index].kind == .newline { index += 1 }
  }

  /// Takes the end of the line, or nothing at the end of the text.
  ///
  /// - Throws: `expected the end of the line, found …` when more stands on the line.
  public mutating func expectEndOfLine(_ context: String = "") throws(Diagnostic) {
    guard isAtEndOfLine else { throw unexpected("the end of the line", context) }
    take(.newline)
  }

  /// After an error: passes over the rest of the line and its end, out of all brackets.
  public mutating func recoverToEndOfLine() {
    openBrackets = 0
    depth = 0
    while !isAtEndOfLine { advance() }
    take(.newline)
  }

  // MARK: - Errors

  /// Records a diagnostic, unless an error of the same place is recorded already: a character that
  /// the lexer rejected is not reported once more by whoever expected something else there.
  public mutating func report(_ diagnostic: Diagnostic) {
    let isKnown = diagnostics.contains {
      $0.severity == .error && $0.range == diagnostic.range
        && (diagnostic.severity == .error || $0 == diagnostic)
    }
    if !isKnown { diagnostics.append(diagnostic) }
  }

  /// The index of the next token that the stream shows at or after `start`.
  private func visible(_ start: Int) -> Int {
    var found = min(start, tokens.count - 1)
    while openBrackets > 0, tokens[found].kind == .newline { found += 1 }
    return found
  }
}
