import Symbolic

/// Reads the lines of an ensemble, reporting the errors of all of them.
struct EnsembleReader {
  let values: ValueReader
  private(set) var diagnostics: [Diagnostic] = []

  init(values: ValueReader) { self.values = values }

  /// The ensemble; nil where a line has an error, all of which are in ``diagnostics``.
  mutating func read(_ syntax: EnsembleSyntax) -> EnsembleDefinition? {
    var result = EnsembleDefinition(name: syntax.name.text)
    var seen: Set<String> = []
    for item in syntax.items {
      do throws(Diagnostic) {
        let word = item.kind.keyword
        guard seen.insert(word).inserted else {
          throw Diagnostic("'\(word)' is given twice", at: item.range)
        }
        try read(item, into: &result)
      } catch {
        diagnostics.append(error)
      }
    }
    return diagnostics.isEmpty ? result : nil
  }

  private func read(
    _ item: EnsembleSyntax.Item, into result: inout EnsembleDefinition
  ) throws(Diagnostic) {
    switch item.kind {
    case .coupling(let node): result.coupling = try vector(node)
    case .field(let node): result.field = try vector(node)
    case .dephasing(let node): result.dephasing = try rate(node)
    case .thermal(let down, let up): (result.down, result.up) = (try rate(down), try rate(up))
    case .reset(let state, let rate):
      result.resetVector = try vector(state)
      let length = result.resetVector.map { $0.power(2) }
      if values.sign(of: .one - .sum(length)) == .negative {
        throw Diagnostic("a Bloch vector is not longer than 1", at: state.range)
      }
      result.reset = try self.rate(rate)
    }
  }

  private func vector(_ node: SyntaxNode) throws(Diagnostic) -> [Expression] {
    var reader = values
    guard case .list(let items)? = reader.value(node), items.count == 3 else {
      throw reader.diagnostics.first
        ?? Diagnostic(
          "expected the components along x, y and z", at: node.range, hint: "write [x, y, z]")
    }
    for item in items { try requireReal(item, node) }
    return items
  }

  /// A rate: real, and not proved negative.
  private func rate(_ node: SyntaxNode) throws(Diagnostic) -> Expression {
    let rate = try values.formula(node)
    try requireReal(rate, node)
    if values.sign(of: rate) == .negative {
      throw Diagnostic("a rate is not negative", at: node.range)
    }
    return rate
  }

  private func requireReal(_ value: Expression, _ node: SyntaxNode) throws(Diagnostic) {
    guard let form = try? NormalForm(value), form.value.im.isZero else {
      throw Diagnostic("\(value) is not known to be real", at: node.range)
    }
  }
}

extension EnsembleSyntax.Kind {
  fileprivate var keyword: String {
    switch self {
    case .coupling: "coupling"
    case .field: "field"
    case .dephasing: "dephasing"
    case .thermal: "thermal"
    case .reset: "reset"
    }
  }
}
