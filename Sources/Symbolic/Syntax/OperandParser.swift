extension TokenStream {
  /// What stands between operators: a number, a name, a call, or something in brackets.
  mutating func operand() throws(Diagnostic) -> SyntaxNode {
    let token = peek
    switch token.kind {
    case .number:
      advance()
      guard let value = token.number else { throw unexpected("a number") }
      return SyntaxNode(.number(value), at: token.range)
    case .name where token.text != "with":
      advance()
      return isNext(.leftParenthesis)
        ? try call(token) : SyntaxNode(.name(token.text), at: token.range)
    case .string:
      advance()
      return SyntaxNode(.string(token.content), at: token.range)
    case .leftParenthesis: return try parenthesis()
    case .bar: return try absoluteValue()
    case .root: return try radical("sqrt")
    case .cubeRoot: return try radical("cbrt")
    case .leftBracket:
      let (items, range) = try bracketed(closing: .rightBracket) { (tokens) throws(Diagnostic) in
        try tokens.expression()
      }
      return SyntaxNode(.list(items), at: range)
    case .leftBrace:
      let (elements, range) = try bracketed(closing: .rightBrace) { (tokens) throws(Diagnostic) in
        try tokens.element()
      }
      return SyntaxNode(.set(elements), at: range)
    default: throw missingOperand()
    }
  }

  /// Indices, adjoints and raised numbers after an operand; each counts as a level of nesting.
  mutating func postfixes(_ base: SyntaxNode) throws(Diagnostic) -> SyntaxNode {
    var node = base
    let outerDepth = depth
    defer { depth = outerDepth }
    while isNext(.leftBracket) || isNext(.prime) || isNext(.raised) {
      let inner = node
      node = try nested { (tokens) throws(Diagnostic) in
        if let prime = tokens.take(.prime) {
          return SyntaxNode(.adjoint(inner), at: inner.range.union(prime.range))
        }
        if let raised = tokens.take(.raised), let value = raised.number {
          let exponent = SyntaxNode(.number(value), at: raised.range)
          return SyntaxNode(.power(inner, exponent), at: inner.range.union(raised.range))
        }
        let (indices, range) = try tokens.bracketed(closing: .rightBracket) {
          (tokens) throws(Diagnostic) in try tokens.expression()
        }
        return SyntaxNode(.index(inner, indices), at: inner.range.union(range))
      }
      depth += 1
    }
    return node
  }

  /// `|x|`. Where an operand may begin a bar opens, where one has ended it closes.
  private mutating func absoluteValue() throws(Diagnostic) -> SyntaxNode {
    let opening = advance()
    openBracket()
    let outside = leavesWithToStatement
    leavesWithToStatement = false
    defer {
      closeBracket()
      leavesWithToStatement = outside
    }
    let inner = try nested { (tokens) throws(Diagnostic) in try tokens.expression() }
    guard let closing = take(.bar) else { throw unclosed(opening, .bar) }
    let range = opening.range.union(closing.range)
    return SyntaxNode(
      .call(.init("abs", at: opening.range), [.init(label: nil, value: inner)]), at: range)
  }

  /// `√x`: the root of the operand that follows, which is a name, a number, a call or in brackets.
  private mutating func radical(_ name: String) throws(Diagnostic) -> SyntaxNode {
    let sign = advance()
    let inner = try nested { (tokens) throws(Diagnostic) in try tokens.operand() }
    if isNext(.raised) || isNext(.power) {
      throw unexpected(
        "an operator that is no power", "after a root",
        hint: "write \(sign.text)(x^2) or (\(sign.text)x)^2")
    }
    return SyntaxNode(
      .call(.init(name, at: sign.range), [.init(label: nil, value: inner)]),
      at: sign.range.union(inner.range))
  }

  private mutating func call(_ name: Token) throws(Diagnostic) -> SyntaxNode {
    let (arguments, range) = try bracketed(closing: .rightParenthesis) {
      (tokens) throws(Diagnostic) in try tokens.argument()
    }
    return SyntaxNode(
      .call(.init(name.text, at: name.range), arguments), at: name.range.union(range))
  }

  private mutating func argument() throws(Diagnostic) -> SyntaxNode.Argument {
    var label: SyntaxNode.Name?
    if peek.kind == .name, peek(1).kind == .assign {
      let name = advance()
      advance()
      label = .init(name.text, at: name.range)
    }
    return .init(label: label, value: try expression())
  }

  private mutating func element() throws(Diagnostic) -> SyntaxNode.Element {
    let value = try expression()
    let multiplicity = take(.colon) == nil ? nil : try expression()
    return .init(value: value, multiplicity: multiplicity)
  }

  /// `(x)` is `x`; `(x, y)` and `()` are tuples.
  private mutating func parenthesis() throws(Diagnostic) -> SyntaxNode {
    let (items, range) = try bracketed(closing: .rightParenthesis) { (tokens) throws(Diagnostic) in
      try tokens.expression()
    }
    if items.count == 1 { return SyntaxNode(.parenthesised(items[0]), at: range) }
    return SyntaxNode(.tuple(items), at: range)
  }

  /// Reads items separated by commas from the opening bracket that comes next to the closing one.
  /// Lines end only after it.
  mutating func bracketed<Item>(
    closing: Token.Kind, item: (inout TokenStream) throws(Diagnostic) -> Item
  ) throws(Diagnostic) -> (items: [Item], range: SourceRange) {
    let opening = advance()
    openBracket()
    let outside = leavesWithToStatement
    leavesWithToStatement = false
    defer {
      closeBracket()
      leavesWithToStatement = outside
    }
    var items: [Item] = []
    if let end = take(closing) { return (items, opening.range.union(end.range)) }
    repeat { items.append(try nested(item)) } while take(.comma) != nil
    guard let end = take(closing) else { throw unclosed(opening, closing) }
    return (items, opening.range.union(end.range))
  }

  private func unclosed(_ opening: Token, _ closing: Token.Kind) -> Diagnostic {
    let place = source.position(at: opening.range.start)
    let hint: String? =
      switch peek.kind {
      case .number, .name, .leftParenthesis: "write '*' for a product, ',' between items"
      case .assign: "write '==' to compare"
      default: nil
      }
    return unexpected(
      "\(closing.phrase) to close the \(opening.phrase) at \(place)", hint: hint)
  }

  private func missingOperand() -> Diagnostic {
    if isAtEndOfLine, !ignoresNewlines {
      return unexpected(
        "an expression", afterPrevious,
        hint: peek.kind == .newline ? "an expression in parentheses may go on over lines" : nil)
    }
    let hint: String? =
      switch (peek.kind, previous?.kind) {
      case (.times, .times?): "write '^' for a power"
      case (.assign, .equal?), (.assign, .notEqual?): "write '==' to compare"
      default: nil
      }
    return unexpected("an expression", afterPrevious, hint: hint)
  }

  /// `after '+'`, where the token taken last is on this line.
  private var afterPrevious: String {
    guard let previous, previous.kind != .newline else { return "" }
    return "after \(previous.phrase)"
  }
}
