/// How tightly the operators of the document language bind, from loosest to tightest.
///
/// `-x^2` is `-(x^2)`, `2^3^2` is `2^(3^2)`, `a/b/c` is `(a/b)/c`. The value after `with` is a sum, so
/// that a comma ends it.
public enum Precedence: Int, Comparable, Hashable, Sendable {
  /// `==` `!=` `<` `<=` `>` `>=` `≈`
  case comparison
  /// `..` and `->`
  case range
  /// `with`
  case with
  /// `+` and `-`
  case sum
  /// `*` and `/`
  case product
  /// A sign in front
  case sign
  /// `^`
  case power
  /// Calls, indices, `'`
  case postfix

  /// Whether `a` binds more loosely.
  public static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
}

/// Reads expressions from a token stream, by the precedence of their operators.
///
/// It stops at the first token that cannot go on with the expression and leaves it to the caller:
/// in `jump sz(A) rate gamma/2` the first expression ends before `rate`. The grammar is in
/// `Docs/language.md`.
public enum ExpressionParser {
  /// How deeply expressions may be nested.
  public static let depthLimit = 200

  /// The expression that `source` consists of.
  ///
  /// - Returns: the syntax, nil when there was an error, and everything found wrong.
  public static func parse(_ source: SourceText) -> (syntax: SyntaxNode?, diagnostics: [Diagnostic])
  {
    var tokens = TokenStream(source)
    tokens.openBracket()  // The text is one expression, however many lines it has.
    var syntax: SyntaxNode?
    do throws(Diagnostic) {
      let node = try tokens.expression()
      guard tokens.isNext(.end) else {
        throw tokens.unexpected(
          "an operator or the end of the expression", hint: productHint(before: tokens))
      }
      syntax = node
    } catch {
      tokens.report(error)
    }
    return (tokens.hasErrors ? nil : syntax, tokens.diagnostics)
  }

  /// `write '*' for a product` when the next token could begin a factor.
  private static func productHint(before tokens: TokenStream) -> String? {
    switch tokens.peek.kind {
    case .number, .name, .leftParenthesis: "write '*' for a product"
    case .assign: "write '==' to compare"
    default: nil
    }
  }
}

extension TokenStream {
  /// Reads the expression that starts here, with operators that bind at least as tightly as
  /// `loosest`. Whether a `with` belongs to it is said by `leavesWithToStatement`.
  ///
  /// - Throws: what is wrong with it, not yet reported; the stream stands at the offending token.
  public mutating func expression(
    _ loosest: Precedence = .comparison
  ) throws(Diagnostic) -> SyntaxNode {
    var left = try prefixExpression()
    while let precedence = nextInfixPrecedence, precedence >= loosest {
      left = try infixExpression(left, precedence)
    }
    return left
  }

  /// Runs `read` one level of nesting deeper. Brackets, signs and exponents are levels: whatever
  /// lets an expression hold one that binds as loosely as itself.
  mutating func nested<Result>(
    _ read: (inout TokenStream) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    guard depth < ExpressionParser.depthLimit else {
      throw Diagnostic(
        "this expression is nested more than \(ExpressionParser.depthLimit) levels deep",
        at: peek.range, hint: "give a part of it a name with 'let'")
    }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  /// How tightly the operator that comes next binds; nil when none comes.
  private var nextInfixPrecedence: Precedence? {
    let next = peek
    switch next.kind {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .approximately:
      return .comparison
    case .range, .arrow: return .range
    case .name: return next.text == "with" && !leavesWithToStatement ? .with : nil
    case .plus, .minus: return .sum
    case .times, .divide: return .product
    case .power: return .power
    case .leftBracket, .prime, .raised: return .postfix
    default: return nil
    }
  }

  /// A sign and what it applies to, or an operand.
  private mutating func prefixExpression() throws(Diagnostic) -> SyntaxNode {
    let sign = peek
    guard sign.kind == .minus || sign.kind == .plus else { return try operand() }
    advance()
    let inner = try nested { (tokens) throws(Diagnostic) in try tokens.expression(.power) }
    return SyntaxNode(
      .prefix(sign.kind == .minus ? .minus : .plus, inner), at: sign.range.union(inner.range))
  }

  /// All operators of this precedence that come next, applied to `left`.
  private mutating func infixExpression(
    _ left: SyntaxNode, _ precedence: Precedence
  ) throws(Diagnostic) -> SyntaxNode {
    switch precedence {
    case .comparison: return try comparison(left)
    case .range: return try rangeOrArrow(left)
    case .with: return try substitution(left)
    case .sum, .product: return try chain(left, precedence)
    case .sign, .power:
      advance()
      // A sign may stand in an exponent, and powers group to the right.
      let exponent = try nested { (tokens) throws(Diagnostic) in try tokens.expression(.power) }
      return SyntaxNode(.power(left, exponent), at: left.range.union(exponent.range))
    case .postfix: return try postfixes(left)
    }
  }

  private mutating func chain(
    _ first: SyntaxNode, _ precedence: Precedence
  ) throws(Diagnostic) -> SyntaxNode {
    let tighter: Precedence = precedence == .sum ? .product : .sign
    var links: [SyntaxNode.Link] = []
    while nextInfixPrecedence == precedence {
      let symbol = advance()
      guard let meaning = SyntaxNode.ChainOperator(rawValue: symbol.kind.rawValue) else { break }
      let operand = try expression(tighter)
      links.append(.init(symbol: meaning, symbolRange: symbol.range, operand: operand))
    }
    let end = links.last?.operand.range ?? first.range
    return SyntaxNode(.chain(first, links), at: first.range.union(end))
  }

  private mutating func comparison(_ first: SyntaxNode) throws(Diagnostic) -> SyntaxNode {
    var links: [SyntaxNode.Comparison] = []
    while nextInfixPrecedence == .comparison {
      let symbol = advance()
      guard let relation = SyntaxNode.Relation(rawValue: symbol.kind.rawValue) else { break }
      let operand = try expression(.range)
      links.append(.init(relation: relation, relationRange: symbol.range, operand: operand))
    }
    let end = links.last?.operand.range ?? first.range
    return SyntaxNode(.comparison(first, links), at: first.range.union(end))
  }

  private mutating func rangeOrArrow(_ left: SyntaxNode) throws(Diagnostic) -> SyntaxNode {
    let symbol = advance()
    let right = try expression(.with)
    if nextInfixPrecedence == .range {
      throw Diagnostic(
        "'\(symbol.kind.rawValue)' has one left and one right side", at: peek.range,
        hint: "use parentheses to say what belongs together")
    }
    let kind: SyntaxNode.Kind =
      symbol.kind == .range ? .range(left, right) : .arrow(left, right)
    return SyntaxNode(kind, at: left.range.union(right.range))
  }

  private mutating func substitution(_ body: SyntaxNode) throws(Diagnostic) -> SyntaxNode {
    advance()
    let bindings = try bindings("after 'with'")
    if isNext(word: "with") {
      throw Diagnostic(
        "an expression has one 'with'", at: peek.range,
        hint: "separate the substitutions by commas")
    }
    let end = bindings.last?.value.range ?? body.range
    return SyntaxNode(.with(body, bindings), at: body.range.union(end))
  }

  /// Reads `name = value, name = value`, as after `with`. A comma that is not followed by `name =`
  /// is left to the caller.
  ///
  /// - Parameter context: where the names stand, for the error message: `after 'with'`.
  public mutating func bindings(_ context: String) throws(Diagnostic) -> [SyntaxNode.Binding] {
    var bindings: [SyntaxNode.Binding] = []
    repeat {
      let name = try expect(.name, context, hint: "write 'with name = value'")
      try expect(.assign, "after '\(name.text)'")
      let value = try expression(.sum)
      if bindings.contains(where: { $0.name.text == name.text }) {
        throw Diagnostic("'\(name.text)' is given twice", at: name.range)
      }
      bindings.append(.init(name: .init(name.text, at: name.range), value: value))
      guard isNext(.comma), peek(1).kind == .name, peek(2).kind == .assign else { break }
      advance()
    } while true
    return bindings
  }
}
