import Certified
import Exact
import Symbolic

/// Claims and errata, and where they are claimed.
extension DocumentReader {
  mutating func claim(
    _ syntax: ClaimSyntax, _ range: SourceRange
  ) throws(Diagnostic) {
    try identify(syntax.id)
    let table = try reader().bindings(syntax.bindings)
    guard case .comparison(let first, let rest) = syntax.relation.kind else {
      throw Diagnostic(
        "expected a relation, found \(syntax.relation.phrase)", at: syntax.relation.range,
        hint: "write a relation such as 'A == B' or 'A < B'")
    }
    var sides: [ClaimDefinition.Side] = []
    var failure: String?
    var quadrature: Quadrature?
    for node in [first] + rest.map(\.operand) {
      var reader = reader()
      guard let value = reader.value(node) else {
        let errors = reader.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty, let reason = reader.diagnostics.first else {
          diagnostics += errors
          return
        }
        failure = failure ?? reason.message
        if rest.count == 1, rest[0].relation == .approximately, sides.isEmpty {
          quadrature = try self.reader().quadrature(node)?.substituting(table)
        }
        continue
      }
      sides.append(
        .init(value: value.map { $0.substituting(table) }, text: text(node.range)))
    }
    let assumptions = try assumptions(syntax.assumptions, reader())
      .map { $0.substituting(table) }
    let conditions = try conditions(
      of: [first] + rest.map(\.operand) + syntax.assumptions + syntax.bindings.map(\.value)
    ).map { $0.substituting(table) }
    document.checks.append(
      .claim(
        .init(
          id: syntax.id.text, isErratum: syntax.isErratum, source: syntax.source?.text,
          text: statementText(syntax), sides: sides, relations: rest.map(\.relation),
          assumptions: assumptions, conditions: conditions, place: try place(syntax.place),
          uses: syntax.uses.map(\.text),
          correction: syntax.correction?.text, failure: failure, quadrature: quadrature)))
  }

  func place(_ syntax: ClaimSyntax.Place) throws(Diagnostic) -> ClaimDefinition.Place {
    switch syntax {
    case .domain: return .domain
    case .point(let bindings):
      var points: [[Symbol: Rational]] = [[:]]
      for binding in bindings {
        let symbol = try symbol(binding.name)
        var list: [Rational] = []
        if case .list(let nodes) = binding.value.kind {
          for node in nodes { list.append(try value(node, of: symbol)) }
        } else {
          list = [try value(binding.value, of: symbol)]
        }
        points = points.flatMap { point in
          list.map { point.merging([symbol: $0]) { $1 } }
        }
      }
      return .points(points)
    case .box(let axes):
      var box: [(symbol: Symbol, lower: Rational, upper: Rational)] = []
      for axis in axes {
        let side = try self.axis(axis)
        guard side.symbol.domain.reaches(side.lower, side.upper) else {
          throw Diagnostic(
            "the range leaves the domain of '\(side.symbol.name)' (\(side.symbol.domain))",
            at: axis.range)
        }
        box.append((side.symbol, side.lower, side.upper))
      }
      return .box(box)
    }
  }

  func value(_ node: SyntaxNode, of symbol: Symbol) throws(Diagnostic) -> Rational {
    let value = try number(node)
    guard symbol.domain.contains(value) else {
      throw Diagnostic(
        "\(value) is outside the domain of '\(symbol.name)' (\(symbol.domain))", at: node.range)
    }
    return value
  }

  func symbol(_ name: SyntaxNode.Name) throws(Diagnostic) -> Symbol {
    guard case .symbol(let symbol)? = scope.value(of: name.text)?.kind else {
      throw Diagnostic(
        "'\(name.text)' is not a parameter", at: name.range,
        hint: Suggestion.hint(for: name.text, among: document.parameters.map(\.symbol.name)))
    }
    return symbol
  }

  func axis(_ syntax: AxisSyntax) throws(Diagnostic) -> AxisDefinition {
    let (lower, upper) = (try number(syntax.lower), try number(syntax.upper))
    guard lower < upper else {
      throw Diagnostic("the range is empty: \(lower) is not below \(upper)", at: syntax.range)
    }
    return AxisDefinition(symbol: try symbol(syntax.name), lower: lower, upper: upper)
  }

}
