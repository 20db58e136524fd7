import Symbolic

extension StatementParser {
  /// After `parameter`.
  mutating func parameter() throws(Diagnostic) -> ParameterSyntax {
    let names: [SyntaxNode.Name]
    var domain: ParameterSyntax.Domain?
    if tokens.isNext(.name) {
      names = try self.names("after 'parameter'")
      domain = try self.domain()
    } else {
      let (name, interval) = try chainedDomain()
      names = [name]
      domain = interval
    }
    let description = tokens.take(.string)?.content
    if description == nil, domain == nil, !tokens.isNext(.end) {
      let hint = Suggestion.hint(for: tokens.peek.text, among: ["in", "real", "complex"])
      throw tokens.unexpected(
        "'> 0', 'in 0..1' or another domain", "after '\(names[names.count - 1].text)'", hint: hint)
    }
    if tokens.isNext(.comma) {
      throw tokens.unexpected(tokens.endPhrase, hint: "a 'parameter' has one domain")
    }
    try finish()
    return ParameterSyntax(names: names, domain: domain, description: description)
  }

  /// What follows the names; nil when it is no domain.
  private mutating func domain() throws(Diagnostic) -> ParameterSyntax.Domain? {
    if tokens.take(word: "real") != nil { return .real }
    if tokens.take(word: "complex") != nil { return .complex }
    if tokens.take(word: "in") != nil { return try memberDomain() }
    let relation = tokens.peek.kind
    switch relation {
    case .greater, .greaterOrEqual:
      tokens.advance()
      let value = try tokens.expression(.sum)
      return .interval(
        lower: .init(value: value, isIncluded: relation == .greaterOrEqual), upper: nil)
    case .less, .lessOrEqual:
      tokens.advance()
      let value = try tokens.expression(.sum)
      return .interval(lower: nil, upper: .init(value: value, isIncluded: relation == .lessOrEqual))
    default: return nil
    }
  }

  /// `0 < x <= 1` or `1 >= x > 0`.
  private mutating func chainedDomain() throws(Diagnostic) -> (
    SyntaxNode.Name, ParameterSyntax.Domain
  ) {
    guard tokens.peek.kind == .number || tokens.peek.kind == .minus || tokens.peek.kind == .plus
    else { throw tokens.unexpected("a name", "after 'parameter'") }
    let node = try tokens.expression()
    guard case .comparison(let first, let links) = node.kind, links.count == 2,
      let name = links[0].operand.name
    else {
      throw Diagnostic(
        "expected a name and its domain", at: node.range,
        hint: "write 'parameter x > 0' or 'parameter 0 < x < 1'")
    }
    let relations = (links[0].relation, links[1].relation)
    let isFirstIncluded = relations.0 == .lessOrEqual || relations.0 == .greaterOrEqual
    let isLastIncluded = relations.1 == .lessOrEqual || relations.1 == .greaterOrEqual
    let start = ParameterSyntax.Bound(value: first, isIncluded: isFirstIncluded)
    let end = ParameterSyntax.Bound(value: links[1].operand, isIncluded: isLastIncluded)
    switch relations {
    case (.less, .less), (.less, .lessOrEqual), (.lessOrEqual, .less), (.lessOrEqual, .lessOrEqual):
      return (name, .interval(lower: start, upper: end))
    case (.greater, .greater), (.greater, .greaterOrEqual), (.greaterOrEqual, .greater),
      (.greaterOrEqual, .greaterOrEqual):
      return (name, .interval(lower: end, upper: start))
    default:
      throw Diagnostic(
        "expected two relations of one direction", at: links[1].relationRange,
        hint: "write 'parameter 0 < x < 1'")
    }
  }

  /// After `in`.
  private mutating func memberDomain() throws(Diagnostic) -> ParameterSyntax.Domain {
    if let interval = try bracketedInterval() { return interval }
    let node = try tokens.expression(.range)
    switch node.kind {
    case .range(let lower, let upper):
      return .interval(
        lower: .init(value: lower, isIncluded: true), upper: .init(value: upper, isIncluded: true))
    case .set(let elements) where !elements.isEmpty:
      for case let multiplicity? in elements.map(\.multiplicity) {
        throw Diagnostic("a domain has each value once", at: multiplicity.range)
      }
      return .values(elements.map(\.value))
    default:
      throw Diagnostic(
        "expected a range or a set of values", at: node.range,
        hint: "write 'in 0..1', 'in (0, 1]' or 'in {0, 1}'")
    }
  }

  /// `(0, 1]` and its like; nil, with nothing taken, when the bracket holds something else.
  private mutating func bracketedInterval() throws(Diagnostic) -> ParameterSyntax.Domain? {
    guard tokens.isNext(.leftParenthesis) || tokens.isNext(.leftBracket) else { return nil }
    let mark = tokens.position
    let opening = tokens.advance()
    let lower = try tokens.expression(.sum)
    guard tokens.take(.comma) != nil else {
      tokens.rewind(to: mark)
      return nil
    }
    let upper = try tokens.expression(.sum)
    guard let closing = tokens.take(.rightParenthesis) ?? tokens.take(.rightBracket) else {
      throw tokens.unexpected("')' or ']'", "after the upper end")
    }
    return .interval(
      lower: .init(value: lower, isIncluded: opening.kind == .leftBracket),
      upper: .init(value: upper, isIncluded: closing.kind == .rightBracket))
  }

  /// After `qubit`.
  mutating func qubits() throws(Diagnostic) -> SubsystemsSyntax {
    let names = try names("after 'qubit'")
    try finish()
    return SubsystemsSyntax(names: names, dimension: nil)
  }

  /// After `mode`.
  mutating func modes() throws(Diagnostic) -> [SyntaxNode.Name] {
    let names = try names("after 'mode'")
    try finish()
    return names
  }

  /// After `levels`.
  mutating func levels() throws(Diagnostic) -> SubsystemsSyntax {
    let names = try names("after 'levels'")
    try tokens.expect(.colon, "and the number of levels", hint: "write 'levels C : 3'")
    let dimension = try tokens.expression(.sum)
    try finish()
    return SubsystemsSyntax(names: names, dimension: dimension)
  }

  /// After `let`.
  mutating func definition() throws(Diagnostic) -> DefinitionSyntax {
    let name = try name("after 'let'")
    var arguments: [SyntaxNode.Name]?
    if tokens.take(.leftParenthesis) != nil {
      arguments = try names("as an argument of '\(name.text)'")
      try tokens.expect(.rightParenthesis, "after the arguments of '\(name.text)'")
    }
    try tokens.expect(
      .assign, "after \(arguments == nil ? "'\(name.text)'" : "the arguments")",
      hint: tokens.isNext(.equal) ? "write '=' to define" : nil)
    // Here a `with` belongs to the expression.
    tokens.leavesWithToStatement = false
    let value = try tokens.expression()
    var seen: Set<String> = []
    let conditions = try clause(["where"], seen: &seen) == nil ? [] : try assumptions(before: [])
    try finish(clauses: ["where"])
    return DefinitionSyntax(
      name: name, arguments: arguments, value: value, conditions: conditions)
  }
}
