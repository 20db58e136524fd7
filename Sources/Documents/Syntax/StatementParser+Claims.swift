import Symbolic

extension StatementParser {
  /// After `claim` or `erratum`.
  mutating func claim(isErratum: Bool) throws(Diagnostic) -> ClaimSyntax {
    let keyword = isErratum ? "erratum" : "claim"
    let (id, source) = try heading(keyword)
    let relation = try relation("in the \(keyword)")
    let clauses = ["where", "with", "at", "over", "using"] + (isErratum ? ["corrected"] : [])

    var assumptions: [SyntaxNode] = []
    var bindings: [SyntaxNode.Binding] = []
    var place = ClaimSyntax.Place.domain
    var uses: [SyntaxNode.Name] = []
    var correction: SyntaxNode.Name?
    var seen: Set<String> = []
    while let clause = try clause(clauses, seen: &seen) {
      switch clause {
      case "where": assumptions = try self.assumptions(before: clauses)
      case "with": bindings = try self.bindings(after: "with")
      case "at", "over":
        guard place == .domain, let word = tokens.previous else {
          throw Diagnostic(
            "expected either 'at' or 'over', not both",
            at: tokens.previous?.range ?? tokens.placeAfterPrevious)
        }
        place =
          word.text == "at"
          ? .point(try self.bindings(after: "at")) : .box(try axes(after: "over"))
      case "using": uses = try names("after 'using'", before: clauses)
      default:
        try tokens.expect(word: "by", "after 'corrected'")
        correction = try name("after 'by'")
      }
    }
    try finish(clauses: clauses)
    return ClaimSyntax(
      isErratum: isErratum, id: id, source: source, relation: relation, assumptions: assumptions,
      bindings: bindings, place: place, uses: uses, correction: correction)
  }

  /// Relations separated by commas, after `where`.
  mutating func assumptions(before clauses: [String]) throws(Diagnostic) -> [SyntaxNode] {
    var assumptions = [try relation("after 'where'")]
    while tokens.isNext(.comma), !isClause(tokens.peek(1), clauses) {
      tokens.advance()
      assumptions.append(try relation("after 'where'"))
    }
    return assumptions
  }

  /// After `threshold`.
  mutating func threshold() throws(Diagnostic) -> ThresholdSyntax {
    let (id, source) = try heading("threshold")
    let relation = try relation("in the threshold")
    try tokens.expect(word: "in", "after the relation")
    let unknown = try unknown(after: "in")
    var witness: UnknownSyntax?
    var bindings: [SyntaxNode.Binding] = []
    var seen: Set<String> = []
    while let clause = try clause(["for", "with"], seen: &seen) {
      if clause == "with" {
        bindings = try self.bindings(after: "with")
      } else {
        try tokens.expect(word: "some", "after 'for'")
        witness = try self.unknown(after: "some")
      }
    }
    try finish(clauses: ["for", "with"])
    return ThresholdSyntax(
      id: id, source: source, relation: relation, unknown: unknown, witness: witness,
      bindings: bindings)
  }

  /// After `boundary`.
  mutating func boundary() throws(Diagnostic) -> BoundarySyntax {
    let (id, source) = try heading("boundary")
    let relation = try relation("in the boundary")
    try tokens.expect(word: "in", "after the relation")
    let (horizontal, vertical) = try rectangle(after: "in")
    let bindings = try optionalBindings()
    try finish(clauses: ["with"])
    return BoundarySyntax(
      id: id, source: source, relation: relation, horizontal: horizontal, vertical: vertical,
      bindings: bindings)
  }

  /// After `crosscheck`.
  mutating func crosscheck() throws(Diagnostic) -> CrosscheckSyntax {
    let (id, source) = try heading("crosscheck")
    let value = try tokens.expression(.sum)
    try tokens.expect(word: "by", "after the value")
    let methods = try names("after 'by'")
    try tokens.expect(word: "at", "after the methods")
    let points = try wholeNumber("after 'at'", least: 1)
    if tokens.take(word: "point") == nil { try tokens.expect(word: "points", "after \(points)") }
    var digits: Int?
    var seed: Int?
    var ranges: [AxisSyntax] = []
    var seen: Set<String> = []
    while let clause = try clause(["digits", "seed", "over"], seen: &seen) {
      switch clause {
      case "digits": digits = try wholeNumber("after 'digits'", least: 1)
      case "seed": seed = try wholeNumber("after 'seed'", least: 0)
      default: ranges = try axes(after: "over")
      }
    }
    try finish(clauses: ["digits", "seed", "over"])
    return CrosscheckSyntax(
      id: id, source: source, value: value, methods: methods, points: points, digits: digits,
      seed: seed, ranges: ranges)
  }

  /// `with …`, if it follows.
  mutating func optionalBindings() throws(Diagnostic) -> [SyntaxNode.Binding] {
    var seen: Set<String> = []
    return try clause(["with"], seen: &seen) == nil ? [] : try bindings(after: "with")
  }
}
