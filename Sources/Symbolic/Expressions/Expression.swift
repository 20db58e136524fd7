import Exact

/// A scalar formula: an immutable tree (shared parts make it a directed graph) with a cached hash.
///
/// It keeps the shape its author wrote: terms and factors stay in their order and nothing cancels,
/// so `x/x` is not 1. Only what is safe for every value is done at once (see
/// `Expression+Construction.swift`). Two expressions are equal (`==`) when they have the same shape;
/// whether two formulas have equal values is a question for the normal form.
///
/// Expressions may be of any size and depth: no algorithm here recurses over them.
public struct Expression: Sendable {
  let node: Node

  /// The outermost operation and its operands.
  public var kind: Kind { node.kind }

  /// The forms of an expression.
  public enum Kind: Sendable {
    /// A number.
    case rational(Rational)
    /// The imaginary unit.
    case imaginaryUnit
    /// A constant with a name.
    case constant(Constant)
    /// A parameter or variable.
    case symbol(Symbol)
    /// Two or more terms; the first is no sum.
    case sum([Expression])
    /// Two or more factors; the first is no product. A quotient is a product with powers to the -1.
    case product([Expression])
    /// A base and its exponent; the principal value `exp(exponent * log(base))` unless the exponent
    /// is an integer.
    case power(Expression, Expression)
    /// A function and its arguments, as many as it takes.
    case function(Function, [Expression])
    /// A component of a procedure and the procedure's arguments.
    case procedure(Procedure.Component, [Expression])
  }

  /// Numbers with a name.
  public enum Constant: String, CaseIterable, Hashable, Sendable {
    /// 3.14159…
    case pi
    /// The unbounded end of a range or limit; not a number.
    case infinity
  }

  /// Wraps a form as it is; construction goes through the functions that keep the invariants.
  init(raw kind: Kind) { node = Node(kind) }

  /// The operands of the outermost operation, from left to right; none for an atom.
  public var operands: [Expression] { node.kind.operands }

  /// Names the object behind the expression: equal identities mean the same shared part.
  var identity: ObjectIdentifier { ObjectIdentifier(node) }

  /// The depth of the tree; 1 for an atom.
  public var depth: Int { node.depth }

  /// The number of nodes of the written-out tree, shared parts counted every time; `Int.max` when
  /// that does not fit.
  public var treeSize: Int { node.treeSize }
}

extension Expression.Kind {
  /// The operands, from left to right.
  var operands: [Expression] {
    switch self {
    case .rational, .imaginaryUnit, .constant, .symbol: []
    case .sum(let items), .product(let items), .function(_, let items), .procedure(_, let items):
      items
    case .power(let base, let exponent): [base, exponent]
    }
  }
}

extension Expression {
  /// What an expression points to. Never changes while anybody can see it.
  final class Node: @unchecked Sendable {
    // Written only by `deinit`, when no other reference is left; that makes sharing safe.
    private(set) var kind: Kind
    let hash: Int
    let depth: Int
    let treeSize: Int

    init(_ kind: Kind) {
      self.kind = kind
      var hasher = Hasher()
      var depth = 0
      var size = 1
      kind.hashHead(into: &hasher)
      for operand in kind.operands {
        hasher.combine(operand.node.hash)
        depth = max(depth, operand.node.depth)
        let (sum, overflow) = size.addingReportingOverflow(operand.node.treeSize)
        size = overflow ? .max : sum
      }
      hash = hasher.finalize()
      self.depth = depth + 1
      treeSize = size
    }

    /// A deep chain of last references would be released recursively, one stack frame a level; it is
    /// taken apart from the top instead.
    deinit {
      guard depth > 512 else { return }
      var pending = kind.operands.map(\.node)
      kind = .imaginaryUnit
      while var node = pending.popLast() {
        guard node.depth > 512, isKnownUniquelyReferenced(&node) else { continue }
        pending += node.kind.operands.map(\.node)
        node.kind = .imaginaryUnit
      }
    }
  }
}

extension Expression.Kind {
  /// Hashes what is not an operand.
  fileprivate func hashHead(into hasher: inout Hasher) {
    switch self {
    case .rational(let value):
      hasher.combine(0)
      hasher.combine(value)
    case .imaginaryUnit: hasher.combine(1)
    case .constant(let constant):
      hasher.combine(2)
      hasher.combine(constant)
    case .symbol(let symbol):
      hasher.combine(3)
      hasher.combine(symbol)
    case .sum: hasher.combine(4)
    case .product: hasher.combine(5)
    case .power: hasher.combine(6)
    case .function(let function, _):
      hasher.combine(7)
      hasher.combine(function)
    case .procedure(let component, _):
      hasher.combine(8)
      hasher.combine(component)
    }
  }
}
