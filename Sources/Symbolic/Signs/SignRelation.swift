/// A statement about the sign of a real quantity.
public enum SignRelation: String, Sendable, Hashable, CaseIterable {
  case positive, nonnegative, negative, nonpositive, zero, nonzero

  /// Whether a quantity of this sign (-1, 0 or 1) satisfies the relation.
  public func holds(forSign sign: Int) -> Bool {
    switch self {
    case .positive: sign > 0
    case .nonnegative: sign >= 0
    case .negative: sign < 0
    case .nonpositive: sign <= 0
    case .zero: sign == 0
    case .nonzero: sign != 0
    }
  }

  /// Whether the set of quantities that satisfy the relation is open: what holds at a point then
  /// holds near it.
  public var isOpen: Bool { self == .positive || self == .negative || self == .nonzero }

  /// Whether the set is closed.
  public var isClosed: Bool { !isOpen }

  /// Whether every quantity of a proved sign satisfies the relation.
  func holds(for fact: SignFact) -> Bool {
    switch self {
    case .positive: fact == .positive
    case .nonnegative: fact.isNonnegative
    case .negative: fact == .negative
    case .nonpositive: fact.isNonpositive
    case .zero: fact == .zero
    case .nonzero: fact.isNonzero
    }
  }

  /// `> 0`, `>= 0` and so on.
  public var notation: String {
    switch self {
    case .positive: "> 0"
    case .nonnegative: ">= 0"
    case .negative: "< 0"
    case .nonpositive: "<= 0"
    case .zero: "== 0"
    case .nonzero: "!= 0"
    }
  }
}

/// A relation that the points of a domain satisfy beside the domains of their symbols, such as
/// `S*kappa > 0` or `abs(S) - 2*kappa > 0`.
public struct SignAssumption: Sendable, Hashable {
  public let expression: Expression
  public let relation: SignRelation

  public init(_ expression: Expression, _ relation: SignRelation) {
    self.expression = expression
    self.relation = relation
  }
}

extension SignAssumption: CustomStringConvertible {
  public var description: String { "\(expression) \(relation.notation)" }
}
