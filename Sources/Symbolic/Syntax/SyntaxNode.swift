import Exact

/// The syntax of an expression of the document language, each part with its place.
///
/// Syntax says how a text is built, not what it means: names are not resolved, and `+` may add
/// numbers, operators or states. `Elaborator` gives scalar expressions a meaning; the module
/// `Documents` reads the rest. A long sum is one `chain`, so the depth of a tree is that of the
/// author's brackets, which the parser limits: recursion over a tree is safe.
public struct SyntaxNode: Hashable, Sendable {
  /// How the expression is built.
  public let kind: Kind
  /// The text from its first token to its last.
  public let range: SourceRange

  /// A node that covers `range`.
  public init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  /// The forms of an expression.
  public indirect enum Kind: Hashable, Sendable {
    /// A number, exactly.
    case number(Rational)
    /// A name.
    case name(String)
    /// A text in quotes, without them and with its escapes resolved.
    case string(String)
    /// `-x` or `+x`.
    case prefix(PrefixOperator, SyntaxNode)
    /// `x'`, the adjoint.
    case adjoint(SyntaxNode)
    /// Operators of one precedence, from left to right: `a - b + c` or `a * b / c`.
    case chain(SyntaxNode, [Link])
    /// `base ^ exponent`; groups to the right.
    case power(SyntaxNode, SyntaxNode)
    /// `name(x, y, label = z)`.
    case call(Name, [Argument])
    /// `x[1, 2]`.
    case index(SyntaxNode, [SyntaxNode])
    /// `[a, b, c]`.
    case list([SyntaxNode])
    /// `(x)`.
    case parenthesised(SyntaxNode)
    /// `(x, y)`, and `()` for none.
    case tuple([SyntaxNode])
    /// `{a, b: 2}`: elements, some with a multiplicity.
    case set([Element])
    /// `a .. b`.
    case range(SyntaxNode, SyntaxNode)
    /// `a -> b`.
    case arrow(SyntaxNode, SyntaxNode)
    /// `x with a = 1, b = 2`: x where the names stand for the values, all at once.
    case with(SyntaxNode, [Binding])
    /// `a < b`, or several in a row: `0 < x <= 1`.
    case comparison(SyntaxNode, [Comparison])
  }

  /// A sign in front of an expression.
  public enum PrefixOperator: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
  }

  /// An operator between two expressions of a chain.
  public enum ChainOperator: String, Hashable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
  }

  /// An operator and its right side.
  public struct Link: Hashable, Sendable {
    /// The operator.
    public let symbol: ChainOperator
    /// Where the operator stands.
    public let symbolRange: SourceRange
    /// The expression to its right.
    public let operand: SyntaxNode
  }

  /// A relation and its right side.
  public struct Comparison: Hashable, Sendable {
    /// The relation.
    public let relation: Relation
    /// Where the relation stands.
    public let relationRange: SourceRange
    /// The expression to its right.
    public let operand: SyntaxNode
  }

  /// A relation between two values.
  public enum Relation: String, Hashable, Sendable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    /// The printed digits on the right are those of the value on the left, rounded.
    case approximately = "≈"
  }

  /// A name and its place.
  public struct Name: Hashable, Sendable {
    /// The name.
    public let text: String
    /// Where it stands.
    public let range: SourceRange

    /// A name at a place.
    public init(_ text: String, at range: SourceRange) {
      self.text = text
      self.range = range
    }
  }

  /// An argument of a call.
  public struct Argument: Hashable, Sendable {
    /// The label of `label = value`; nil for an argument by position.
    public let label: Name?
    /// The value.
    public let value: SyntaxNode

    /// An argument with a label or without one.
    public init(label: Name?, value: SyntaxNode) {
      self.label = label
      self.value = value
    }
  }

  /// An element of a set.
  public struct Element: Hashable, Sendable {
    /// The element.
    public let value: SyntaxNode
    /// How many times it is in the set, where the author says so.
    public let multiplicity: SyntaxNode?
  }

  /// A name and what it stands for.
  public struct Binding: Hashable, Sendable {
    /// The name.
    public let name: Name
    /// What it stands for.
    public let value: SyntaxNode

    /// A name that stands for `value`.
    public init(name: Name, value: SyntaxNode) {
      self.name = name
      self.value = value
    }
  }
}

extension SyntaxNode {
  /// The expression without the parentheses around it, if any.
  public var withoutParentheses: SyntaxNode {
    var node = self
    while case .parenthesised(let inner) = node.kind { node = inner }
    return node
  }

  /// The name, when the expression is nothing but a name.
  public var name: Name? {
    if case .name(let text) = kind { Name(text, at: range) } else { nil }
  }
}
