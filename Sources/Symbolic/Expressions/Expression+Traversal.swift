extension Expression {
  /// Every part of the expression once, operands before what they are operands of; a part that is
  /// shared comes once. The expression itself is last.
  ///
  /// Algorithms run over this list with a table by identity instead of recursing, so that they take
  /// time by the number of distinct parts and do not care how deep the tree is.
  ///
  /// - Complexity: O(number of distinct parts and their operands).
  public func postorder() -> [Expression] { postorder { _ in false } }

  /// The same list without the parts that are known already, and what only they hold.
  func postorder(without isKnown: (ObjectIdentifier) -> Bool) -> [Expression] {
    if isKnown(identity) { return [] }
    var result: [Expression] = []
    var seen: Set<ObjectIdentifier> = []
    var pending: [(part: Expression, isExpanded: Bool)] = [(self, false)]
    while let (part, isExpanded) = pending.popLast() {
      if isExpanded {
        result.append(part)
      } else if seen.insert(part.identity).inserted {
        pending.append((part, true))
        for operand in part.operands.reversed()
        where !seen.contains(operand.identity) && !isKnown(operand.identity) {
          pending.append((operand, false))
        }
      }
    }
    return result
  }

  /// The number of distinct parts, shared parts counted once.
  public var nodeCount: Int { postorder().count }

  /// The symbols in the expression.
  public var freeSymbols: Set<Symbol> {
    var symbols: Set<Symbol> = []
    for part in postorder() {
      if case .symbol(let symbol) = part.kind { symbols.insert(symbol) }
    }
    return symbols
  }

  /// Whether the symbol is in the expression.
  public func contains(_ symbol: Symbol) -> Bool {
    postorder().contains { if case .symbol(symbol) = $0.kind { true } else { false } }
  }

  /// Whether `other` is a part of the expression, or the expression.
  public func contains(_ other: Expression) -> Bool { postorder().contains(other) }

  /// The expression with its parts replaced from the inside out: `transform` gets each distinct part
  /// once, its operands transformed already. Where nothing changes, parts stay shared with `self`.
  ///
  /// - Complexity: O(number of distinct parts) calls.
  public func map<Failure: Error>(
    _ transform: (Expression) throws(Failure) -> Expression
  ) throws(Failure) -> Expression {
    var images: [ObjectIdentifier: Expression] = [:]
    for part in postorder() {
      images[part.identity] = try transform(part.replacingOperands { images[$0.identity] ?? $0 })
    }
    return images[identity] ?? self
  }

  /// The expression with expressions in place of symbols, all at once: in `x + y`, `[x: y, y: x]`
  /// swaps the two. A value need not lie in its symbol's domain; nobody checks that here.
  ///
  /// - Complexity: O(number of distinct parts).
  public func substituting(_ values: [Symbol: Expression]) -> Expression {
    guard !values.isEmpty else { return self }
    return map { part in
      if case .symbol(let symbol) = part.kind { values[symbol] ?? part } else { part }
    }
  }

  /// The same operation on the images of the operands; `self` when every image is the operand.
  func replacingOperands(_ image: (Expression) -> Expression) -> Expression {
    let old = operands
    if old.isEmpty { return self }
    let new = old.map(image)
    if zip(old, new).allSatisfy({ $0.node === $1.node }) { return self }
    switch kind {
    case .rational, .imaginaryUnit, .constant, .symbol: return self
    case .sum: return .sum(new)
    case .product: return .product(new)
    case .power: return new[0].power(new[1])
    case .function(let function, _): return Expression(raw: .function(function, new))
    case .procedure(let component, _): return Expression(raw: .procedure(component, new))
    }
  }
}
