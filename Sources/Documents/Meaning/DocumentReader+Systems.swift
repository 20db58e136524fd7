import Exact
import Symbolic

/// Systems of equations and surfaces.
extension DocumentReader {
  mutating func system(_ syntax: SystemSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    var equations: [Expression] = []
    for node in syntax.equations {
      guard case .comparison(let left, let links) = node.kind, links.count == 1 else {
        throw Diagnostic("expected one equation, found \(node.phrase)", at: node.range)
      }
      equations.append(try reader().formula(left) - (try reader().formula(links[0].operand)))
    }
    var unknowns: [AxisDefinition] = []
    for axis in syntax.unknowns { unknowns.append(try self.axis(axis)) }
    let bindings = try reader().bindings(syntax.bindings)
    let given = equations.map { $0.substituting(bindings) }
    for (axis, unknown) in zip(syntax.unknowns, unknowns) {
      if bindings[unknown.symbol] != nil {
        throw Diagnostic(
          "'\(unknown.symbol.name)' is sought and cannot be given a value", at: axis.name.range)
      }
      guard given.contains(where: { $0.freeSymbols.contains(unknown.symbol) }) else {
        throw Diagnostic(
          "'\(unknown.symbol.name)' does not occur in the equations", at: axis.name.range)
      }
    }
    document.systems.append(
      .init(
        id: syntax.id.text, source: syntax.source?.text, equations: equations,
        text: syntax.equations.map { text($0.range) }.joined(separator: ", "), unknowns: unknowns,
        assumptions: try assumptions(syntax.conditions, reader()),
        conditions: try conditions(of: syntax.equations + syntax.conditions), bindings: bindings))
  }

  mutating func surface(_ syntax: SurfaceSyntax) throws(Diagnostic) {
    try identify(syntax.id)
    document.surfaces.append(
      .init(
        id: syntax.id.text, source: syntax.source?.text,
        condition: try condition(syntax.relation), horizontal: try axis(syntax.horizontal),
        vertical: try axis(syntax.vertical), sweep: try axis(syntax.sweep),
        bindings: try reader().bindings(syntax.bindings)))
  }
}
