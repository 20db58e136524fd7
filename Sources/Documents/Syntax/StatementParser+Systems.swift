import Symbolic

extension StatementParser {
  /// After `system`.
  mutating func system() throws(Diagnostic) -> SystemSyntax {
    let (id, source) = try heading("system")
    var equations = [try equation("in the system")]
    while tokens.take(.comma) != nil { equations.append(try equation("after ','")) }
    try tokens.expect(word: "in", "after the equations")
    let unknowns = try axes(after: "in")
    guard equations.count == unknowns.count else {
      func count(_ number: Int, _ what: String) -> String {
        "\(number) \(what)\(number == 1 ? "" : "s")"
      }
      let range = unknowns.reduce(unknowns[0].range) { $0.union($1.range) }
      throw Diagnostic(
        "\(count(equations.count, "equation")) in \(count(unknowns.count, "unknown"))",
        at: equations.count < unknowns.count
          ? range : equations.reduce(equations[0].range) { $0.union($1.range) },
        hint: equations.count < unknowns.count
          ? "give one range for each equation; other names get values with 'with'"
          : "give as many ranges as equations: 'in x = 0..1, y = 0..1'")
    }
    var conditions: [SyntaxNode] = []
    var bindings: [SyntaxNode.Binding] = []
    let clauses = ["where", "with"]
    var seen: Set<String> = []
    while let clause = try clause(clauses, seen: &seen) {
      if clause == "with" {
        bindings = try self.bindings(after: "with")
      } else {
        conditions = try assumptions(before: clauses)
      }
    }
    try finish(clauses: clauses)
    return SystemSyntax(
      id: id, source: source, equations: equations, unknowns: unknowns, conditions: conditions,
      bindings: bindings)
  }

  /// `A == B`.
  private mutating func equation(_ context: String) throws(Diagnostic) -> SyntaxNode {
    let node = try relation(context)
    guard case .comparison(_, let links) = node.kind, links.count == 1, links[0].relation == .equal
    else {
      throw Diagnostic(
        "expected one equation", at: node.range,
        hint: "write 'A == B'; what solutions must satisfy besides follows 'where'")
    }
    return node
  }

  /// After `surface`.
  mutating func surface() throws(Diagnostic) -> SurfaceSyntax {
    let (id, source) = try heading("surface")
    let relation = try relation("in the surface")
    try tokens.expect(word: "in", "after the relation")
    let (horizontal, vertical) = try rectangle(after: "in")
    var sweep: AxisSyntax?
    var bindings: [SyntaxNode.Binding] = []
    var seen: Set<String> = []
    while let clause = try clause(["for", "with"], seen: &seen) {
      if clause == "with" {
        bindings = try self.bindings(after: "with")
        continue
      }
      let axes = try axes(after: "for")
      guard axes.count == 1 else {
        throw Diagnostic("expected one range after 'for', found \(axes.count)", at: axes[1].range)
      }
      sweep = axes[0]
    }
    guard let sweep else {
      throw tokens.unexpected("'for'", hint: "write 'for z = 0..1': the third name, that is swept")
    }
    try finish(clauses: ["for", "with"])
    for side in [horizontal, vertical] where side.name.text == sweep.name.text {
      throw Diagnostic("'\(sweep.name.text)' is given twice", at: sweep.name.range)
    }
    return SurfaceSyntax(
      id: id, source: source, relation: relation, horizontal: horizontal, vertical: vertical,
      sweep: sweep, bindings: bindings)
  }
}
