import Symbolic

/// A statement of a derivation document, as it is written: each part with its place, no name
/// resolved. The grammar is in `Docs/language.md`.
public struct Statement: Hashable, Sendable {
  /// What the statement says.
  public let kind: Kind
  /// The text from its first token to its last.
  public let range: SourceRange

  /// A statement that covers `range`.
  public init(_ kind: Kind, at range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  /// The forms of a statement.
  public enum Kind: Hashable, Sendable {
    /// `parameter g, r > 0 "rates"`
    case parameter(ParameterSyntax)
    /// `qubit A, B` or `levels C : 3`
    case subsystems(SubsystemsSyntax)
    /// `mode a, b`
    case modes([SyntaxNode.Name])
    /// `model M { … }`
    case model(ModelSyntax)
    /// `ensemble E { … }`
    case ensemble(EnsembleSyntax)
    /// `let f(x) = x^2`
    case definition(DefinitionSyntax)
    /// `claim …` or `erratum …`
    case claim(ClaimSyntax)
    /// `threshold onset: N > 0 in r`
    case threshold(ThresholdSyntax)
    /// `boundary edge: N > 0 in r = 0..20, g = 0..20`
    case boundary(BoundarySyntax)
    /// `system top: derivative(N, x) == 0, derivative(N, y) == 0 in x = 0..1, y = 0..1`
    case system(SystemSyntax)
    /// `surface skin: N > 0 in x = 0..1, y = 0..1 for z = 0..1`
    case surface(SurfaceSyntax)
    /// `figure fig1: map …` or `figure fig2: plot …`
    case figure(FigureSyntax)
    /// `table t: N "negativity" for r = [1, 2]`
    case table(TableSyntax)
    /// `crosscheck c: rho by nullspace at 5 points`
    case crosscheck(CrosscheckSyntax)
    /// `network N { … }`
    case network(NetworkSyntax)
    /// `campaign c: separability of networks in 2..6 modes, 100 instances each`
    case campaign(CampaignSyntax)
    /// `certificate c: N is separable`
    case certificate(CertificateSyntax)
    /// `simulation s: negativity > 0 by collisions(…) samples 1000`
    case simulation(SimulationSyntax)
  }
}

/// Names of symbols and where their values lie: `parameter g, r > 0 "rates"`.
public struct ParameterSyntax: Hashable, Sendable {
  /// The names, at least one.
  public let names: [SyntaxNode.Name]
  /// Where the values lie; nil when the author does not say (then they are real).
  public let domain: Domain?
  /// What the parameters are, for people.
  public let description: String?

  /// The forms of a domain.
  public enum Domain: Hashable, Sendable {
    /// `real`
    case real
    /// `complex`
    case complex
    /// `> 0`, `in 0..1`, `in (0, 1]`, `0 < x < 1`; at least one bound is there.
    case interval(lower: Bound?, upper: Bound?)
    /// `in {0, 1}`; at least one value.
    case values([SyntaxNode])
  }

  /// An end of an interval.
  public struct Bound: Hashable, Sendable {
    /// The value at the end.
    public let value: SyntaxNode
    /// Whether the interval has this end as an element.
    public let isIncluded: Bool
  }
}

/// Parts of the system: `qubit A, B` has dimension nil, `levels C : 3` has dimension 3.
public struct SubsystemsSyntax: Hashable, Sendable {
  /// The names, at least one.
  public let names: [SyntaxNode.Name]
  /// The number of levels; nil for qubits.
  public let dimension: SyntaxNode?
}

/// An open system: its Hamiltonian and what acts on it.
public struct ModelSyntax: Hashable, Sendable {
  /// The name of the model.
  public let name: SyntaxNode.Name
  /// The lines between the braces, in order. There may be none.
  public let items: [Item]

  /// A line of a model.
  public struct Item: Hashable, Sendable {
    /// What it says.
    public let kind: Kind
    /// The text from its first token to its last.
    public let range: SourceRange
  }

  /// How a drive goes with time.
  public enum Wave: String, Hashable, Sendable, CaseIterable { case cos, sin }

  /// The forms of a line.
  public enum Kind: Hashable, Sendable {
    /// `hamiltonian H`
    case hamiltonian(SyntaxNode)
    /// `jump L rate x`
    case jump(SyntaxNode, rate: SyntaxNode)
    /// `dephasing A, B rate x`
    case dephasing([SyntaxNode.Name], rate: SyntaxNode)
    /// `thermal A, B down x up y`
    case thermal([SyntaxNode.Name], down: SyntaxNode, up: SyntaxNode)
    /// `reset A, B to state rate x`
    case reset([SyntaxNode.Name], state: SyntaxNode, rate: SyntaxNode)
    /// `bath S, … density J temperature T`
    case bath(BathSyntax)
    /// `shift H`
    case shift(SyntaxNode)
    /// `drive V cos w`
    case drive(SyntaxNode, Wave, frequency: SyntaxNode)
  }
}

/// A name for a value, or for a function: `let N = …`, `let f(x, y) = …`.
public struct DefinitionSyntax: Hashable, Sendable {
  /// The name that is defined.
  public let name: SyntaxNode.Name
  /// The arguments of a function, different from one another; nil for a value.
  public let arguments: [SyntaxNode.Name]?
  /// What the name stands for.
  public let value: SyntaxNode
  /// Where the value is defined: `where …`. Each is of kind `comparison`.
  public let conditions: [SyntaxNode]
}

/// An axis of a map, a box or a search: a name and the values it runs through.
public struct AxisSyntax: Hashable, Sendable {
  /// The name.
  public let name: SyntaxNode.Name
  /// The least value.
  public let lower: SyntaxNode
  /// The greatest value.
  public let upper: SyntaxNode
  /// The text from the name to the greatest value.
  public let range: SourceRange
}

/// A name that is searched for values, between bounds if the author gives them.
public struct UnknownSyntax: Hashable, Sendable {
  /// The name.
  public let name: SyntaxNode.Name
  /// The least and the greatest value; nil for the domain of the parameter.
  public let axis: AxisSyntax?
}

/// A value to show, and how to call it: `N3 "negativity"`.
public struct LabelledSyntax: Hashable, Sendable {
  /// The value.
  public let value: SyntaxNode
  /// What to call it; nil for its text.
  public let label: String?
}

/// A text in quotes and its place.
public struct QuotedText: Hashable, Sendable {
  /// The text, without quotes and with its escapes resolved.
  public let text: String
  /// Where it stands, with its quotes.
  public let range: SourceRange
}
