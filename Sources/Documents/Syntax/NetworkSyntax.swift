import Symbolic

/// `network N { … }`: bosonic modes of several parties on heat baths.
public struct NetworkSyntax: Hashable, Sendable {
  public let name: SyntaxNode.Name
  public let items: [Item]

  /// A line between the braces.
  public struct Item: Hashable, Sendable {
    public let kind: Kind
    public let range: SourceRange
  }

  /// The forms of a line.
  public enum Kind: Hashable, Sendable {
    /// `party a, b`
    case party([SyntaxNode.Name])
    /// `hamiltonian H`: an operator of modes, or a matrix over the modes in the order of the parties.
    case hamiltonian(SyntaxNode)
    /// `bath a, b boson density J temperature T`
    case bath(Bath)
    /// `approach global`
    case approach(SyntaxNode.Name)
    /// `squeezing K`: an operator that creates and annihilates pairs.
    case squeezing(SyntaxNode)
  }

  /// `bath a, b spin density J [in w] temperature T [potential mu] [weights W] [position b] [lamb s]`,
  /// with `boltzmann z` in place of the temperature.
  public struct Bath: Hashable, Sendable {
    public let modes: [SyntaxNode.Name]
    /// `boson` or `spin`; nil if not said.
    public let statistics: SyntaxNode.Name?
    public let density: SyntaxNode
    /// What the frequency is called in the density and the shift.
    public let frequency: SyntaxNode.Name?
    public let temperature: SyntaxNode?
    /// exp(-1/T).
    public let boltzmann: SyntaxNode?
    public let potential: SyntaxNode?
    public let weights: SyntaxNode?
    /// The modes that couple like positions.
    public let position: [SyntaxNode.Name]
    public let lamb: SyntaxNode?
  }
}

extension StatementParser {
  /// The words that begin lines of a network.
  static let networkKeywords = ["party", "hamiltonian", "bath", "approach", "squeezing"]
  private static let statisticsWords = ["boson", "spin"]
  private static let networkBathClauses = [
    "density", "in", "temperature", "boltzmann", "potential", "weights", "position", "lamb",
  ]

  /// After `network`.
  mutating func network() throws(Diagnostic) -> NetworkSyntax {
    let (name, items) = try block(after: "network", Self.networkKeywords) {
      (parser, range) throws(Diagnostic) in
      NetworkSyntax.Item(kind: try parser.networkLine(), range: range)
    }
    return NetworkSyntax(name: name, items: items)
  }

  private mutating func networkLine() throws(Diagnostic) -> NetworkSyntax.Kind {
    let line: NetworkSyntax.Kind
    switch try lineKeyword(of: "a network", among: Self.networkKeywords) {
    case "party": line = .party(try names("after 'party'"))
    case "hamiltonian": line = .hamiltonian(try tokens.expression(.sum))
    case "approach": line = .approach(try name("after 'approach'"))
    case "squeezing": line = .squeezing(try tokens.expression(.sum))
    default: line = .bath(try networkBath())
    }
    try finish()
    return line
  }

  private mutating func networkBath() throws(Diagnostic) -> NetworkSyntax.Bath {
    let words = Self.networkBathClauses
    let modes = try names("after 'bath'", before: words + Self.statisticsWords)
    var statistics: SyntaxNode.Name?
    if isClause(tokens.peek, Self.statisticsWords) { statistics = try name("after the modes") }
    var values: [String: SyntaxNode] = [:]
    var frequency: SyntaxNode.Name?
    var position: [SyntaxNode.Name] = []
    var seen: Set<String> = []
    while let clause = try clause(words, seen: &seen) {
      switch clause {
      case "in": frequency = try name("after 'in'")
      case "position": position = try names("after 'position'", before: words)
      default: values[clause] = try tokens.expression(.sum)
      }
    }
    guard let density = values["density"] else {
      throw tokens.unexpected(
        "'density'", "after the modes of the bath",
        hint: "a bath is written 'bath a boson density J temperature T'")
    }
    guard (values["temperature"] == nil) != (values["boltzmann"] == nil) else {
      throw tokens.unexpected(
        "either 'temperature T' or 'boltzmann z'", hint: "z is exp(-1/T), rational where T is not")
    }
    return NetworkSyntax.Bath(
      modes: modes, statistics: statistics, density: density, frequency: frequency,
      temperature: values["temperature"], boltzmann: values["boltzmann"],
      potential: values["potential"], weights: values["weights"], position: position,
      lamb: values["lamb"])
  }
}

extension NetworkSyntax.Item {
  /// The formulas of the line.
  var formulas: [SyntaxNode] {
    switch kind {
    case .party, .approach: []
    case .hamiltonian(let node), .squeezing(let node): [node]
    case .bath(let bath):
      [bath.density]
        + [bath.temperature, bath.boltzmann, bath.potential, bath.weights, bath.lamb]
        .compactMap { $0 }
    }
  }
}
