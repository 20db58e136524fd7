import Exact
import OpenSystems
import Symbolic

/// Reads the lines of a model of bosonic modes, reporting the errors of all of them.
struct GaussianModelReader {
  let values: ValueReader
  private(set) var diagnostics: [Diagnostic] = []
  private var hamiltonian = ModeOperator<Expression>.zero
  private var jumps: [(jump: ModeOperator<Expression>, rate: Expression)] = []

  init(values: ValueReader) { self.values = values }

  /// Whether a line of the model has an operator of modes.
  static func isModal(_ syntax: ModelSyntax, _ values: ValueReader) -> Bool {
    syntax.items.contains { item in
      switch item.kind {
      case .hamiltonian(let node), .jump(let node, _), .shift(let node): values.isModal(node)
      case .drive(let node, _, _): values.isModal(node)
      case .bath(let bath): bath.couplings.contains { values.isModal($0) }
      case .dephasing(let names, _), .thermal(let names, _, _), .reset(let names, _, _):
        names.contains { values.mode(named: $0.text) != nil }
      }
    }
  }

  /// The model; nil where a line has an error, all of which are in ``diagnostics``.
  mutating func read(_ syntax: ModelSyntax) -> GaussianModelDefinition? {
    for item in syntax.items {
      do throws(Diagnostic) {
        try read(item)
      } catch {
        diagnostics.append(error)
      }
    }
    guard diagnostics.isEmpty else { return nil }
    let model = GaussianModelDefinition(
      name: syntax.name.text, hamiltonian: hamiltonian.withoutVanishing, jumps: jumps)
    do throws(GaussianError) {
      // Hermiticity of H and what else is asked of a model is refused here, at its place.
      _ = try model.symbolic()
    } catch {
      diagnostics.append(Diagnostic(error.description, at: syntax.name.range))
      return nil
    }
    return model
  }

  private mutating func read(_ item: ModelSyntax.Item) throws(Diagnostic) {
    switch item.kind {
    case .hamiltonian(let node):
      let value = try modeOperator(node)
      try require(value, atMost: 2, "the Hamiltonian of a model of modes", node.range)
      hamiltonian = hamiltonian + value
    case .jump(let node, let rate):
      let value = try modeOperator(node)
      try require(value, atMost: 1, "a jump of a model of modes", node.range)
      jumps.append((value, try self.rate(rate)))
    case .thermal(let names, let down, let up):
      let (downRate, upRate) = (try rate(down), try rate(up))
      for name in names {
        let mode = try values.mode(SyntaxNode(.name(name.text), at: name.range))
        jumps.append((.annihilation(mode), downRate))
        jumps.append((.creation(mode), upRate))
      }
    case .dephasing(let names, _):
      throw Diagnostic(
        "dephasing of a mode has the jump \(names[0].text)'*\(names[0].text) of degree 2; a jump of a "
          + "model of modes has degree at most 1", at: names[0].range)
    case .bath, .shift:
      throw Diagnostic(
        "a model of modes takes no baths; its jumps and their rates are written out", at: item.range
      )
    case .drive:
      throw Diagnostic(
        "a model of modes has no periodic drive", at: item.range,
        hint: "go to the rotating frame, in which a drive is a term of the hamiltonian")
    case .reset(let names, _, _):
      throw Diagnostic("a reset of a mode is no Gaussian process", at: names[0].range)
    }
  }

  private func modeOperator(_ node: SyntaxNode) throws(Diagnostic) -> ModeOperator<Expression> {
    guard values.isModal(node) else {
      throw Diagnostic(
        "this model is one of modes; \(node.phrase) is no operator of modes", at: node.range,
        hint: "qubits and modes cannot be in one model")
    }
    return try values.modeOperator(node)
  }

  private func require(
    _ value: ModeOperator<Expression>, atMost degree: Int, _ what: String, _ range: SourceRange
  ) throws(Diagnostic) {
    guard value.degree > degree else { return }
    let worst = value.monomials.last.map { values.text(of: $0) } ?? ""
    throw Diagnostic(
      "\(what) has degree at most \(degree); this one has degree \(value.degree): the term \(worst)",
      at: range)
  }

  /// A rate: real, and not proved negative.
  private func rate(_ node: SyntaxNode) throws(Diagnostic) -> Expression {
    let rate = try values.formula(node)
    if values.sign(of: rate) == .negative {
      throw Diagnostic("a rate is not negative", at: node.range)
    }
    return rate
  }
}
