import Symbolic

/// A statement about all networks, put to the test on random exact ones:
/// `campaign no_go: separability of networks in 2..6 modes, 100 instances each, seed 1`.
public struct CampaignSyntax: Hashable, Sendable {
  public let id: SyntaxNode.Name
  /// Where the statement is printed.
  public let source: QuotedText?
  /// The least and the greatest number of modes.
  public let lower, upper: SyntaxNode
  /// How many instances of each number of modes; more than 0.
  public let instances: Int
  /// What the instances are drawn with; nil if not said.
  public let seed: Int?
  /// The strength of a squeezing that makes the statement wrong.
  public let squeezing: SyntaxNode?
}

/// That one network is separable, or entangled, with a certificate:
/// `certificate c: N is separable at k = 1/2`.
public struct CertificateSyntax: Hashable, Sendable {
  public let id: SyntaxNode.Name
  /// Where it is printed.
  public let source: QuotedText?
  public let network: SyntaxNode.Name
  /// `is separable` rather than `is entangled`.
  public let isSeparable: Bool
  /// The values of the parameters.
  public let point: [SyntaxNode.Binding]
}

extension StatementParser {
  /// After `campaign`.
  mutating func campaign() throws(Diagnostic) -> CampaignSyntax {
    let (id, source) = try heading("campaign")
    var context = "after ':'"
    for word in ["separability", "of", "networks", "in"] {
      guard tokens.take(word: word) != nil else {
        throw tokens.unexpected(
          "'\(word)'", context,
          hint: "write 'separability of networks in 2..6 modes, 100 instances each, seed 1'")
      }
      context = "after '\(word)'"
    }
    let range = try tokens.expression(.range)
    guard case .range(let lower, let upper) = range.kind else {
      throw Diagnostic(
        "expected a range of numbers of modes", at: range.range, hint: "write '2..6 modes'")
    }
    try tokens.expect(word: "modes", "after the range")
    _ = tokens.take(.comma)
    let instances = try wholeNumber("after 'modes'", least: 1)
    if tokens.take(word: "instance") == nil {
      try tokens.expect(word: "instances", "after \(instances)")
    }
    try tokens.expect(word: "each", "after 'instances'")
    var seed: Int?
    var squeezing: SyntaxNode?
    var seen: Set<String> = []
    while let clause = try clause(["seed", "squeezing"], seen: &seen) {
      if clause == "seed" {
        seed = try wholeNumber("after 'seed'", least: 0)
      } else {
        squeezing = try tokens.expression(.sum)
      }
    }
    try finish(clauses: ["seed", "squeezing"])
    return CampaignSyntax(
      id: id, source: source, lower: lower, upper: upper, instances: instances, seed: seed,
      squeezing: squeezing)
  }

  /// After `certificate`.
  mutating func certificate() throws(Diagnostic) -> CertificateSyntax {
    let (id, source) = try heading("certificate")
    let network = try name("after ':'")
    try tokens.expect(word: "is", "after '\(network.text)'")
    let isSeparable = tokens.take(word: "separable") != nil
    if !isSeparable, tokens.take(word: "entangled") == nil {
      throw tokens.unexpected("'separable' or 'entangled'", "after 'is'")
    }
    var point: [SyntaxNode.Binding] = []
    var seen: Set<String> = []
    if try clause(["at"], seen: &seen) != nil { point = try bindings(after: "at") }
    try finish(clauses: ["at"])
    return CertificateSyntax(
      id: id, source: source, network: network, isSeparable: isSeparable, point: point)
  }
}
