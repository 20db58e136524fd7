import Symbolic

/// A statement to be proved, or, as an erratum, to be refuted:
/// `claim eq3 from "Eq. (3)": negativity == N3 where r > g with gamma = 1 over r = 1..2 using eq2`.
public struct ClaimSyntax: Hashable, Sendable {
  /// Whether it is an erratum: a printed statement that is wrong.
  public let isErratum: Bool
  /// The name of the claim.
  public let id: SyntaxNode.Name
  /// Where the statement is printed.
  public let source: QuotedText?
  /// What is claimed; its kind is `comparison`.
  public let relation: SyntaxNode
  /// Where it is claimed: `where …`. Each is of kind `comparison`.
  public let assumptions: [SyntaxNode]
  /// What names stand for in all of it: `with …`.
  public let bindings: [SyntaxNode.Binding]
  /// The points at which it is claimed.
  public let place: Place
  /// The claims it builds on: `using …`.
  public let uses: [SyntaxNode.Name]
  /// The claim that has the right statement: `corrected by …`. Errata only.
  public let correction: SyntaxNode.Name?

  /// The points at which something is claimed.
  public enum Place: Hashable, Sendable {
    /// All values of the parameters in their domains.
    case domain
    /// `at x = 1, y = 2`. A value may be a list, `x = [1, 2, 3]`.
    case point([SyntaxNode.Binding])
    /// `over x = 1..2, y = 0..3`
    case box([AxisSyntax])
  }
}

/// The value of one name at which a relation begins or ceases to hold:
/// `threshold onset: N > 0 in r = 0..9 for some g with gamma = 1`.
public struct ThresholdSyntax: Hashable, Sendable {
  /// The name of the threshold.
  public let id: SyntaxNode.Name
  /// Where it is printed.
  public let source: QuotedText?
  /// The relation; its kind is `comparison`.
  public let relation: SyntaxNode
  /// The name whose value is sought.
  public let unknown: UnknownSyntax
  /// `for some NAME`: the relation is to hold for some value of this name; nil if not said.
  public let witness: UnknownSyntax?
  /// What names stand for: `with …`.
  public let bindings: [SyntaxNode.Binding]
}

/// The curve in a rectangle that bounds where a relation holds:
/// `boundary edge: N > 0 in r = 0..20, g = 0..20 with gamma = 1`.
public struct BoundarySyntax: Hashable, Sendable {
  /// The name of the boundary.
  public let id: SyntaxNode.Name
  /// Where it is printed.
  public let source: QuotedText?
  /// The relation; its kind is `comparison`.
  public let relation: SyntaxNode
  /// The side of the rectangle along the first name.
  public let horizontal: AxisSyntax
  /// The side of the rectangle along the second name.
  public let vertical: AxisSyntax
  /// What names stand for: `with …`.
  public let bindings: [SyntaxNode.Binding]
}

/// A value that is computed once more by independent roads:
/// `crosscheck c: rho by nullspace, evolution at 5 points digits 12 seed 1`.
public struct CrosscheckSyntax: Hashable, Sendable {
  /// The name of the check.
  public let id: SyntaxNode.Name
  /// Where the value is printed.
  public let source: QuotedText?
  /// The value.
  public let value: SyntaxNode
  /// The roads, at least one, as written: `nullspace`.
  public let methods: [SyntaxNode.Name]
  /// How many points are drawn from the domain; more than 0.
  public let points: Int
  /// How many digits are to agree; more than 0. Nil if not said.
  public let digits: Int?
  /// What the points are drawn with; nil if not said.
  public let seed: Int?
  /// Where parameters are drawn from: `over x = 0..1`.
  public let ranges: [AxisSyntax]
}
