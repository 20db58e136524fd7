import Symbolic

/// A relation that random histories are to bear out:
/// `simulation s: negativity == N3 by collisions(qubits = 2, …) at g = 5 samples 6400 seed 3 within 4 sigma`.
public struct SimulationSyntax: Hashable, Sendable {
  /// The name of the simulation.
  public let id: SyntaxNode.Name
  /// Where the relation is printed.
  public let source: QuotedText?
  /// Between what is simulated and a formula; its kind is `comparison`.
  public let relation: SyntaxNode
  /// What is simulated, and with what numbers; its kind is `call`.
  public let road: SyntaxNode
  /// What names stand for: `with …`.
  public let bindings: [SyntaxNode.Binding]
  /// The points at which it is simulated.
  public let place: ClaimSyntax.Place
  /// How many histories are drawn; more than 0.
  public let samples: Int
  /// What they are drawn with; nil if not said.
  public let seed: Int?
  /// How many standard errors decide; nil if not said.
  public let errors: Int?
}

extension StatementParser {
  /// After `simulation`.
  mutating func simulation() throws(Diagnostic) -> SimulationSyntax {
    let (id, source) = try heading("simulation")
    let relation = try relation("in the simulation")
    try tokens.expect(word: "by", "after the relation")
    let road = try tokens.expression(.sum)
    guard case .call = road.kind else {
      throw Diagnostic(
        "expected what is simulated, found \(road.phrase)", at: road.range,
        hint: "write 'by collisions(qubits = 2, coupling = g, …)'")
    }
    let clauses = ["with", "at", "samples", "seed", "within"]
    var bindings: [SyntaxNode.Binding] = []
    var place = ClaimSyntax.Place.domain
    var samples: Int?
    var seed: Int?
    var errors: Int?
    var seen: Set<String> = []
    while let clause = try clause(clauses, seen: &seen) {
      switch clause {
      case "with": bindings = try self.bindings(after: "with")
      case "at": place = .point(try self.bindings(after: "at"))
      case "samples": samples = try wholeNumber("after 'samples'", least: 1)
      case "seed": seed = try wholeNumber("after 'seed'", least: 0)
      default:
        errors = try wholeNumber("after 'within'", least: 1)
        try tokens.expect(word: "sigma", "after the number of standard errors")
      }
    }
    guard let samples else {
      throw tokens.unexpected("'samples' and the number of histories", "in a simulation")
    }
    try finish(clauses: clauses)
    return SimulationSyntax(
      id: id, source: source, relation: relation, road: road, bindings: bindings, place: place,
      samples: samples, seed: seed, errors: errors)
  }
}
