import Algebra
import Certified
import Exact
import OpenSystems
import Symbolic

/// A derivation document with its meaning: what every name stands for, and what is to be checked.
public struct Document: Sendable {
  /// The file.
  public let source: SourceText
  /// The first heading.
  public let title: String?
  /// The parameters in the order of their declaration.
  public internal(set) var parameters: [Parameter] = []
  /// The definitions in their order.
  public internal(set) var definitions: [Definition] = []
  /// Claims, errata and cross-checks, in their order.
  public internal(set) var checks: [Check] = []
  public internal(set) var thresholds: [ThresholdDefinition] = []
  public internal(set) var boundaries: [BoundaryDefinition] = []
  public internal(set) var systems: [SystemDefinition] = []
  public internal(set) var surfaces: [SurfaceDefinition] = []
  public internal(set) var figures: [FigureDefinition] = []
  public internal(set) var tables: [TableDefinition] = []

  /// What the author may not have meant, or what could not be answered, without being an error.
  public internal(set) var warnings: [Diagnostic] = []

  /// Why thresholds, boundaries, figures and tables that need an unanswered question have none, by
  /// identifier.
  public internal(set) var unanswered: [String: String] = [:]

  /// A declared parameter.
  public struct Parameter: Sendable {
    public let symbol: Symbol
    /// What it is, for people.
    public let meaning: String?
  }

  /// A name and what it stands for.
  public struct Definition: Sendable {
    public let name: String
    public let value: Value
    /// How it was defined, for the numeric roads.
    public let syntax: SyntaxNode
    /// Where the value is defined: its own `where`, and that of the names it is made of.
    public var conditions: [Assumption] = []
  }

  /// Something that ends in a verdict.
  public enum Check: Sendable {
    case claim(ClaimDefinition)
    case crosscheck(CrosscheckDefinition)
    case campaign(CampaignDefinition)
    case certificate(CertificateDefinition)
    case simulation(SimulationDefinition)

    public var id: String {
      switch self {
      case .claim(let claim): claim.id
      case .crosscheck(let check): check.id
      case .campaign(let check): check.id
      case .certificate(let check): check.id
      case .simulation(let check): check.id
      }
    }

    /// What is to be checked, as written.
    public var text: String {
      switch self {
      case .claim(let claim): claim.text
      case .crosscheck(let check): check.text
      case .campaign(let check): check.text
      case .certificate(let check): check.text
      case .simulation(let check): check.text
      }
    }
  }

  /// What names mean after the last statement, for expressions that are read later.
  var scope = Scope()
  var values: [String: Value] = [:]
  var modes: [String] = []

  init(source: SourceText, title: String?) {
    self.source = source
    self.title = title
  }

  /// The value of a defined name.
  public func value(named name: String) -> Value? {
    definitions.last { $0.name == name }?.value
  }

  /// The parameter with a name.
  public func parameter(named name: String) -> Parameter? {
    parameters.first { $0.symbol.name == name }
  }

  /// The names that can be evaluated or shown.
  public var definedNames: [String] { definitions.map(\.name) }
}

/// `left relation right`, both formulas.
public struct Assumption: Hashable, Sendable {
  public let left: Expression
  public let relation: SyntaxNode.Relation
  public let right: Expression
  /// The relation as its author wrote it, and what has been put in for its names since; nil where it
  /// was made otherwise.
  public var written: String?

  /// The relation where the symbols stand for other formulas.
  public func substituting(_ table: [Symbol: Expression]) -> Assumption {
    let used = table.filter { freeSymbols.contains($0.key) }
    if used.isEmpty { return self }
    let changes = used.map { "\($0.key.name) = \($0.value)" }.sorted().joined(separator: ", ")
    return Assumption(
      left: left.substituting(table), relation: relation, right: right.substituting(table),
      written: written.map { "\($0) with \(changes)" })
  }

  /// The symbols of both sides.
  public var freeSymbols: Set<Symbol> { left.freeSymbols.union(right.freeSymbols) }

  /// The relation as text.
  public var text: String { written ?? "\(left) \(relation.rawValue) \(right)" }
}

/// A claim or an erratum.
public struct ClaimDefinition: Sendable {
  public let id: String
  public let isErratum: Bool
  /// The equation or figure that it is taken from.
  public let source: String?
  /// What is claimed, as written.
  public let text: String
  /// The sides, one more than there are relations.
  public let sides: [Side]
  public let relations: [SyntaxNode.Relation]
  /// `where` of the claim itself.
  public internal(set) var assumptions: [Assumption]
  /// Where the names in the claim are defined.
  public internal(set) var conditions: [Assumption]
  public let place: Place
  public let uses: [String]
  public let correction: String?
  /// Why a side has no value, where it has none: the claim is then undecided.
  public let failure: String?
  /// The integral on the left of `≈` where it has no closed form.
  public var quadrature: Quadrature?

  /// A side of a relation.
  public struct Side: Sendable {
    public let value: Value
    /// The text, with the digits of a printed number.
    public let text: String
  }

  /// Where it is claimed.
  public enum Place: Sendable {
    case domain
    case points([[Symbol: Rational]])
    case box([(symbol: Symbol, lower: Rational, upper: Rational)])
  }
}

/// A value to be found again by independent roads.
public struct CrosscheckDefinition: Sendable {
  public let id: String
  public let source: String?
  public let text: String
  public let value: Value
  /// Where the names in the value are defined; sample points elsewhere are passed over.
  public let conditions: [Assumption]
  public let syntax: SyntaxNode
  public let roads: [NumericRoad.Method]
  public let points: Int
  public let digits: Int
  public let seed: Int
  /// Where parameters are drawn from, of those that are not drawn from their whole domains.
  public var ranges: [Symbol: ClosedRange<Rational>] = [:]
}

/// A relation `function > 0` (or ≥, <, ≤) between formulas, with names bound.
public struct Condition: Sendable {
  /// The left side minus the right one.
  public let difference: Expression
  public let relation: SyntaxNode.Relation
  public let text: String
  /// Where the names in the condition are defined.
  public var conditions: [Assumption] = []
}

/// The values of one symbol at which a condition begins or ceases to hold.
public struct ThresholdDefinition: Sendable {
  public let id: String
  public let source: String?
  public let condition: Condition
  public let unknown: Symbol
  /// Nil for the symbol's domain.
  public let range: (lower: Rational, upper: Rational)?
  /// A symbol for some value of which the condition is to hold.
  public let witness: Symbol?
  public let witnessRange: (lower: Rational, upper: Rational)?
  /// What `with` gives; the command line may give other values.
  public let bindings: [Symbol: Expression]
}

/// A side of a rectangle.
public struct AxisDefinition: Sendable {
  public let symbol: Symbol
  public let lower: Rational
  public let upper: Rational
}

/// The curve between where a condition holds and where it does not.
public struct BoundaryDefinition: Sendable {
  public let id: String
  public let source: String?
  public let condition: Condition
  public let horizontal: AxisDefinition
  public let vertical: AxisDefinition
  public let bindings: [Symbol: Expression]
}

/// A picture.
public struct FigureDefinition: Sendable {
  public let id: String
  public let source: String?
  public let title: String?
  public let content: Content
  public let overlays: [String]
  public let curves: [Labelled]
  public let bindings: [Symbol: Expression]
  /// Whether the horizontal axis of a plot is logarithmic, and that of its values.
  public var logarithmic: (axis: Bool, values: Bool) = (false, false)

  public enum Content: Sendable {
    case map(Labelled, AxisDefinition, AxisDefinition)
    case plot([Labelled], AxisDefinition)
    /// Boundaries by their names, with their labels.
    case outline([(boundary: String, label: String)], AxisDefinition, AxisDefinition)
  }

  /// A formula and its name in the legend.
  public struct Labelled: Sendable {
    public let value: Expression
    public let label: String
    /// Where the names in the formula are defined; nothing is drawn elsewhere.
    public var conditions: [Assumption] = []
  }
}

/// Values of formulas in rows.
public struct TableDefinition: Sendable {
  public let id: String
  public let source: String?
  public let columns: [FigureDefinition.Labelled]
  public let row: Symbol
  public let rowValues: [Rational]
  public let bindings: [Symbol: Expression]
}
