import Symbolic

/// Where one statement ends and the next begins.
///
/// A line goes on with the statement above when that has an open bracket, or ends in an operator, a
/// comma or a colon, or when the line is indented more than the statement's first line. But a line
/// that begins with a keyword and a name always begins a statement: no expression has two names in
/// a row, so this takes nothing away, and a bracket that is never closed costs one statement only.
enum StatementLines {
  /// The statements of `source`, each from its first token to its last.
  ///
  /// - Complexity: O(length).
  static func split(_ source: SourceText, keywords: Set<String>) -> [SourceText] {
    let tokens = Lexer.scan(source).tokens
    var pieces: [SourceText] = []
    var brackets = BracketStack()
    var first: Token?
    var last: Token?
    var indentation = 0
    var isLineStart = true

    func finish() {
      guard let first, let last else { return }
      pieces.append(source.fragment(first.range.union(last.range)))
    }
    for (index, token) in tokens.enumerated() {
      if token.kind == .newline || token.kind == .end {
        isLineStart = true
        continue
      }
      if isLineStart {
        let column = source.position(at: token.range.start).column
        let next = tokens[index + 1]  // There is one: the last token is `end`.
        let isKeyword = token.kind == .name && keywords.contains(token.text)
        let beginsByWord = isKeyword && next.kind == .name && next.text != "with"
        let goesOn = !brackets.isEmpty || last?.kind.demandsMore == true || column > indentation
        if first == nil || beginsByWord || !goesOn {
          finish()
          first = token
          indentation = column
          brackets = BracketStack()
        }
      }
      isLineStart = false
      last = token
      brackets.pass(token)
    }
    finish()
    return pieces
  }
}

/// The brackets that are open at a place of a text.
///
/// A closing bracket closes everything that was opened since its partner, and nothing when it has no
/// partner.
struct BracketStack {
  private var open: [Token.Kind] = []

  var isEmpty: Bool { open.isEmpty }
  var count: Int { open.count }

  /// Takes note of a token.
  mutating func pass(_ token: Token) {
    let partner: Token.Kind
    switch token.kind {
    case .leftParenthesis, .leftBracket, .leftBrace:
      open.append(token.kind)
      return
    case .rightParenthesis: partner = .leftParenthesis
    case .rightBracket: partner = .leftBracket
    case .rightBrace: partner = .leftBrace
    default: return
    }
    if let index = open.lastIndex(of: partner) { open.removeSubrange(index...) }
  }
}

extension Token.Kind {
  /// Whether something has to follow: an operator with a right side, a comma, a colon.
  fileprivate var demandsMore: Bool {
    switch self {
    case .plus, .minus, .times, .divide, .power, .comma, .colon, .assign, .equal, .notEqual, .less,
      .lessOrEqual, .greater, .greaterOrEqual, .approximately, .arrow, .range:
      true
    default: false
    }
  }
}
