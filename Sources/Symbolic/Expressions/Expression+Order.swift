import Exact

extension Expression: Hashable {
  /// Whether both have the same shape; not whether their values are equal.
  ///
  /// - Complexity: O(size), shared parts counted once; constant when the hashes differ or both are
  ///   the same object.
  public static func == (a: Expression, b: Expression) -> Bool {
    a.node === b.node || (a.node.hash == b.node.hash && order(a, b) == 0)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(node.hash) }

  /// Whether this shape comes before another in a fixed total order, the same in every run: numbers,
  /// then the imaginary unit, constants, symbols, sums, products, powers, functions; within a form
  /// by what it holds.
  ///
  /// It is no `<`: an expression that were `Comparable` would let Swift's own `max(0, x)` choose by
  /// shape where the author means the maximum of values.
  ///
  /// - Complexity: O(size), shared parts counted once.
  public func precedes(_ other: Expression) -> Bool { Self.order(self, other) < 0 }

  private struct Pair: Hashable {
    let a: ObjectIdentifier
    let b: ObjectIdentifier
  }

  /// Negative, zero or positive as `a` comes before, is, or comes after `b`: compares heads in
  /// preorder, with a stack of its own; a pair of shared parts is compared once.
  private static func order(_ a: Expression, _ b: Expression) -> Int {
    var pending = [(a, b)]
    var seen: Set<Pair> = []
    while let (a, b) = pending.popLast() {
      if a.node === b.node { continue }
      let operands = a.operands
      if !operands.isEmpty, !seen.insert(Pair(a: a.identity, b: b.identity)).inserted { continue }
      let head = orderOfHeads(a.kind, b.kind)
      if head != 0 { return head }
      for pair in zip(operands, b.operands).reversed() { pending.append(pair) }
    }
    return 0
  }

  private static func orderOfHeads(_ a: Kind, _ b: Kind) -> Int {
    switch (a, b) {
    case (.rational(let x), .rational(let y)): order(of: x, y)
    case (.constant(let x), .constant(let y)): order(of: x.rawValue, y.rawValue)
    case (.symbol(let x), .symbol(let y)): x == y ? 0 : x.precedes(y) ? -1 : 1
    case (.sum(let x), .sum(let y)), (.product(let x), .product(let y)):
      order(of: x.count, y.count)
    case (.function(let f, let x), .function(let g, let y)):
      f == g ? order(of: x.count, y.count) : order(of: f.rawValue, g.rawValue)
    case (.procedure(let f, _), .procedure(let g, _)):
      f == g ? 0 : f.precedes(g) ? -1 : 1
    default: order(of: rank(a), rank(b))
    }
  }

  private static func order<T: Comparable>(of a: T, _ b: T) -> Int { a < b ? -1 : b < a ? 1 : 0 }

  private static func rank(_ kind: Kind) -> Int {
    switch kind {
    case .rational: 0
    case .imaginaryUnit: 1
    case .constant: 2
    case .symbol: 3
    case .sum: 4
    case .product: 5
    case .power: 6
    case .function: 7
    case .procedure: 8
    }
  }
}
