import Symbolic

/// `ensemble E { … }`: qubits that are all alike, each pair coupled alike.
public struct EnsembleSyntax: Hashable, Sendable {
  public let name: SyntaxNode.Name
  public let items: [Item]

  /// A line between the braces.
  public struct Item: Hashable, Sendable {
    public let kind: Kind
    public let range: SourceRange
  }

  /// The forms of a line.
  public enum Kind: Hashable, Sendable {
    /// `coupling [x, y, z]`: of each pair.
    case coupling(SyntaxNode)
    /// `field [x, y, z]`: on each qubit.
    case field(SyntaxNode)
    /// `dephasing RATE`
    case dephasing(SyntaxNode)
    /// `thermal down RATE up RATE`
    case thermal(down: SyntaxNode, up: SyntaxNode)
    /// `reset to [x, y, z] rate RATE`: a Bloch vector.
    case reset(SyntaxNode, rate: SyntaxNode)
  }
}

extension StatementParser {
  /// The words that begin lines of an ensemble.
  static let ensembleKeywords = ["coupling", "field", "dephasing", "thermal", "reset"]

  /// After `ensemble`.
  mutating func ensemble() throws(Diagnostic) -> EnsembleSyntax {
    let (name, items) = try block(after: "ensemble", Self.ensembleKeywords) {
      (parser, range) throws(Diagnostic) in
      EnsembleSyntax.Item(kind: try parser.ensembleLine(), range: range)
    }
    return EnsembleSyntax(name: name, items: items)
  }

  private mutating func ensembleLine() throws(Diagnostic) -> EnsembleSyntax.Kind {
    let line: EnsembleSyntax.Kind
    switch try lineKeyword(of: "an ensemble", among: Self.ensembleKeywords) {
    case "coupling": line = .coupling(try tokens.expression(.sum))
    case "field": line = .field(try tokens.expression(.sum))
    case "dephasing": line = .dephasing(try tokens.expression(.sum))
    case "thermal":
      let down = try value(after: "down", "after 'thermal'")
      line = .thermal(down: down, up: try value(after: "up", "after the rate down"))
    default:
      let state = try value(after: "to", "after 'reset'")
      line = .reset(state, rate: try value(after: "rate", "after the state"))
    }
    try finish()
    return line
  }
}
