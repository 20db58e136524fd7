import Symbolic

/// As many equations as unknowns, all solutions of which are sought in a box:
/// `system top: derivative(N, x) == 0, derivative(N, y) == 0 in x = 0..1, y = 0..1 where N > 0 with g = 1`.
public struct SystemSyntax: Hashable, Sendable {
  /// The name of the system.
  public let id: SyntaxNode.Name
  /// Where it is printed.
  public let source: QuotedText?
  /// The equations, at least one; each of kind `comparison`.
  public let equations: [SyntaxNode]
  /// The unknowns and their ranges, as many as equations.
  public let unknowns: [AxisSyntax]
  /// What solutions must satisfy besides: `where …`. Each is of kind `comparison`.
  public let conditions: [SyntaxNode]
  /// What names stand for: `with …`.
  public let bindings: [SyntaxNode.Binding]
}

/// The surface in a box that bounds where a relation holds, in slices at values of a third name:
/// `surface skin: N > 0 in x = 0..1, y = 0..1 for z = 0..1 with g = 1`.
public struct SurfaceSyntax: Hashable, Sendable {
  /// The name of the surface.
  public let id: SyntaxNode.Name
  /// Where it is printed.
  public let source: QuotedText?
  /// The relation; its kind is `comparison`.
  public let relation: SyntaxNode
  /// The sides of the rectangle of a slice.
  public let horizontal: AxisSyntax
  public let vertical: AxisSyntax
  /// The name that is swept.
  public let sweep: AxisSyntax
  /// What names stand for: `with …`.
  public let bindings: [SyntaxNode.Binding]
}
