import Symbolic

/// Finds where an expression of a document is defined: the conditions of the names it is made of.
///
/// A name defined with `let N = … where C > D` has a value only where the condition holds, and so has
/// everything that is written with it. The conditions follow the text: `N with r = 1` is defined where
/// they hold for r = 1, a call of a function where they hold for its arguments.
struct ConditionReader {
  let values: ValueReader
  /// The conditions of the names that have some, their own and those of the names they are made of.
  private var conditions: [String: [Assumption]] { values.conditions }

  init(values: ValueReader) { self.values = values }

  /// Calls in which a parameter runs through values or goes somewhere, so that it stands for no value
  /// of its own.
  private static let binders: Set<String> = [
    "limit", "maximum", "minimum", "supremum", "infimum", "argmax", "argmin", "integral",
    "principal_value", "series", "leading", "leading_order",
  ]

  /// The conditions of an expression, each once, in the order of the text.
  ///
  /// - Throws: where a parameter that a limit, an extremum or an integral runs over stands in a
  ///   condition: the value would depend on where the condition holds.
  func conditions(of node: SyntaxNode) throws(Diagnostic) -> [Assumption] {
    if conditions.isEmpty { return [] }
    var found: [Assumption] = []
    try collect(node, &found)
    return found
  }

  private func collect(
    _ node: SyntaxNode, _ found: inout [Assumption]
  ) throws(Diagnostic) {
    switch node.kind {
    case .number, .string: return
    case .name(let name): add(conditions[name] ?? [], &found)
    case .prefix(_, let inner), .adjoint(let inner), .parenthesised(let inner):
      try collect(inner, &found)
    case .chain(let first, let links):
      try collect(first, &found)
      for link in links { try collect(link.operand, &found) }
    case .power(let left, let right), .range(let left, let right), .arrow(let left, let right):
      try collect(left, &found)
      try collect(right, &found)
    case .index(let base, let items):
      try collect(base, &found)
      for item in items { try collect(item, &found) }
    case .list(let items), .tuple(let items):
      for item in items { try collect(item, &found) }
    case .set(let elements):
      for element in elements { try collect(element.value, &found) }
    case .comparison(let first, let links):
      try collect(first, &found)
      for link in links { try collect(link.operand, &found) }
    case .with(let body, let bindings):
      for binding in bindings { try collect(binding.value, &found) }
      let inner = try conditions(of: body)
      if inner.isEmpty { return }
      let table = try values.images(bindings).others
      add(inner.map { $0.substituting(table) }, &found)
    case .call(let name, let arguments): try collect(name, arguments, node, &found)
    }
  }

  private func collect(
    _ name: SyntaxNode.Name, _ arguments: [SyntaxNode.Argument], _ node: SyntaxNode,
    _ found: inout [Assumption]
  ) throws(Diagnostic) {
    var inner: [Assumption] = []
    for argument in arguments { try collect(argument.value, &inner) }
    if ConditionReader.binders.contains(name.text) {
      let bound = Set(arguments.dropFirst().compactMap(boundName))
      for condition in inner {
        guard let symbol = condition.freeSymbols.first(where: { bound.contains($0.name) })
        else { continue }
        throw Diagnostic(
          "'\(symbol.name)' is bound here and stands in a condition of the formula: "
            + condition.text, at: node.range,
          hint: "write the formula without the 'where' of its names")
      }
    }
    add(inner, &found)
    guard let own = conditions[name.text], let formula = values.scope.formulas[name.text] else {
      return
    }
    var table: [Symbol: Expression] = [:]
    for (symbol, argument) in zip(formula.parameters, arguments) {
      table[symbol] = try values.formula(argument.value)
    }
    add(own.map { $0.substituting(table) }, &found)
  }

  /// The parameter that an argument binds: `r -> 0`, `x = 0..1`, `r`.
  private func boundName(_ argument: SyntaxNode.Argument) -> String? {
    if let label = argument.label { return label.text }
    if case .arrow(let left, _) = argument.value.kind { return left.name?.text }
    return argument.value.name?.text
  }

  private func add(_ list: [Assumption], _ found: inout [Assumption]) {
    for item in list where !found.contains(item) { found.append(item) }
  }
}
