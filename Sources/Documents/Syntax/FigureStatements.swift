import Symbolic

/// A picture: `figure fig1: map N in r = 0..20, g = 0..20 with gamma = 1, overlay edge` or
/// `figure fig2: plot N "exact", M in r = 0..5` or
/// `figure fig3: outline edge "here", rim "there" in r = 0..20, g = 0..20`.
public struct FigureSyntax: Hashable, Sendable {
  /// The name of the figure.
  public let id: SyntaxNode.Name
  /// Where it is printed.
  public let source: QuotedText?
  /// What is drawn.
  public let content: Content
  /// What names stand for: `with …`.
  public let bindings: [SyntaxNode.Binding]
  /// The boundaries and thresholds drawn over it: `overlay …`.
  public let overlays: [SyntaxNode.Name]
  /// The curves drawn over it: `curve EXPR "label"`.
  public let curves: [LabelledSyntax]
  /// What stands above it: `title "…"`.
  public let title: String?
  /// The axes that are logarithmic: the name of the horizontal one, or `values`.
  public let logarithmic: [SyntaxNode.Name]

  /// The forms of a figure.
  public enum Content: Hashable, Sendable {
    /// A value over a rectangle, by colour.
    case map(SyntaxNode, horizontal: AxisSyntax, vertical: AxisSyntax)
    /// Curves over an axis, at least one.
    case plot([LabelledSyntax], axis: AxisSyntax)
    /// Boundaries alone, with their labels, at least one.
    case outline([OutlinedSyntax], horizontal: AxisSyntax, vertical: AxisSyntax)

    /// The boundaries that are drawn alone.
    var outlined: [SyntaxNode.Name] {
      if case .outline(let items, _, _) = self { items.map(\.boundary) } else { [] }
    }
  }
}

/// A boundary in a figure, and its name in the legend.
public struct OutlinedSyntax: Hashable, Sendable {
  public let boundary: SyntaxNode.Name
  public let label: String?
}

/// Values for each value of a name: `table t: N "negativity", M for r = [1, 2, 5] with gamma = 1`.
public struct TableSyntax: Hashable, Sendable {
  /// The name of the table.
  public let id: SyntaxNode.Name
  /// Where it is printed.
  public let source: QuotedText?
  /// The columns, at least one.
  public let columns: [LabelledSyntax]
  /// The name that has a value a row.
  public let row: SyntaxNode.Name
  /// The values of the rows, at least one.
  public let rowValues: [SyntaxNode]
  /// What names stand for: `with …`.
  public let bindings: [SyntaxNode.Binding]
}
