import Exact
import Symbolic

/// Thresholds and boundaries, figures and tables, cross-checks.
extension DocumentReader {
  func condition(_ node: SyntaxNode) throws(Diagnostic) -> Condition {
    guard case .comparison(let left, let links) = node.kind, links.count == 1,
      [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(links[0].relation)
    else {
      throw Diagnostic(
        "expected one inequality, found \(node.phrase)", at: node.range,
        hint: "for example 'N > 0'")
    }
    let difference =
      try reader().formula(left) - (try reader().formula(links[0].operand))
    return Condition(
      difference: difference, relation: links[0].relation, text: text(node.range),
      conditions: try conditions(of: [node]))
  }

  mutating func threshold(_ syntax: ThresholdSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    func range(_ axis: AxisSyntax?) throws(Diagnostic) -> (lower: Rational, upper: Rational)? {
      guard let axis else { return nil }
      let side = try self.axis(axis)
      return (side.lower, side.upper)
    }
    var witness: Symbol?
    if let name = syntax.witness?.name { witness = try symbol(name) }
    document.thresholds.append(
      .init(
        id: syntax.id.text, source: syntax.source?.text,
        condition: try condition(syntax.relation), unknown: try symbol(syntax.unknown.name),
        range: try range(syntax.unknown.axis), witness: witness,
        witnessRange: try range(syntax.witness?.axis),
        bindings: try reader().bindings(syntax.bindings)))
  }

  mutating func boundary(_ syntax: BoundarySyntax) throws(Diagnostic) {
    try identify(syntax.id)
    document.boundaries.append(
      .init(
        id: syntax.id.text, source: syntax.source?.text,
        condition: try condition(syntax.relation), horizontal: try axis(syntax.horizontal),
        vertical: try axis(syntax.vertical), bindings: try reader().bindings(syntax.bindings)))
  }

  func labelled(_ list: [LabelledSyntax]) throws(Diagnostic) -> [FigureDefinition.Labelled] {
    var result: [FigureDefinition.Labelled] = []
    for item in list {
      result.append(
        .init(
          value: try reader().formula(item.value), label: item.label ?? text(item.value.range),
          conditions: try conditions(of: [item.value])))
    }
    return result
  }

  mutating func figure(_ syntax: FigureSyntax) throws(Diagnostic) {
    try identify(syntax.id, as: "figure ")
    let content: FigureDefinition.Content
    switch syntax.content {
    case .map(let node, let horizontal, let vertical):
      let shown = try labelled([LabelledSyntax(value: node, label: nil)])
      content = .map(shown[0], try axis(horizontal), try axis(vertical))
    case .plot(let list, let side): content = .plot(try labelled(list), try axis(side))
    case .outline(let list, let horizontal, let vertical):
      content = .outline(
        list.map { ($0.boundary.text, $0.label ?? $0.boundary.text) }, try axis(horizontal),
        try axis(vertical))
    }
    document.figures.append(
      .init(
        id: syntax.id.text, source: syntax.source?.text, title: syntax.title, content: content,
        overlays: syntax.overlays.map(\.text), curves: try labelled(syntax.curves),
        bindings: try reader().bindings(syntax.bindings),
        logarithmic: try logarithmic(syntax.logarithmic, content)))
  }

  private func logarithmic(
    _ names: [SyntaxNode.Name], _ content: FigureDefinition.Content
  ) throws(Diagnostic) -> (axis: Bool, values: Bool) {
    var result = (axis: false, values: false)
    for name in names {
      guard case .plot(_, let side) = content else {
        throw Diagnostic("only a plot has logarithmic axes", at: name.range)
      }
      if name.text == side.symbol.name {
        guard side.lower.signum > 0 else {
          throw Diagnostic(
            "a logarithmic axis begins above 0, not at \(side.lower)", at: name.range)
        }
        result.axis = true
      } else if name.text == "values" {
        result.values = true
      } else {
        throw Diagnostic(
          "'\(name.text)' is no axis of this plot", at: name.range,
          hint: "write 'logarithmic \(side.symbol.name)', 'logarithmic values' or both with a comma"
        )
      }
    }
    return result
  }

  mutating func table(_ syntax: TableSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    let row = try symbol(syntax.row)
    var rowValues: [Rational] = []
    for node in syntax.rowValues { rowValues.append(try value(node, of: row)) }
    document.tables.append(
      .init(
        id: syntax.id.text, source: syntax.source?.text, columns: try labelled(syntax.columns),
        row: row, rowValues: rowValues, bindings: try reader().bindings(syntax.bindings)))
  }

  mutating func crosscheck(_ syntax: CrosscheckSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    var roads: [NumericRoad.Method] = []
    for word in syntax.methods {
      guard let road = NumericRoad.Method(rawValue: word.text) else {
        throw Diagnostic(
          "no numeric road is named '\(word.text)'", at: word.range,
          hint: Suggestion.hint(
            for: word.text, among: NumericRoad.Method.allCases.map(\.rawValue))
            ?? "one of " + NumericRoad.Method.allCases.map(\.rawValue).joined(separator: ", "))
      }
      roads.append(road)
    }
    var reader = reader()
    guard let value = reader.value(syntax.value) else {
      diagnostics += reader.diagnostics
      return
    }
    var ranges: [Symbol: ClosedRange<Rational>] = [:]
    for syntax in syntax.ranges {
      let side = try axis(syntax)
      ranges[side.symbol] = side.lower...side.upper
    }
    document.checks.append(
      .crosscheck(
        .init(
          id: syntax.id.text, source: syntax.source?.text, text: text(syntax.value.range),
          value: value, conditions: try conditions(of: [syntax.value]), syntax: syntax.value,
          roads: roads, points: syntax.points,
          digits: syntax.digits ?? 9, seed: syntax.seed ?? 1, ranges: ranges)))
  }

}
