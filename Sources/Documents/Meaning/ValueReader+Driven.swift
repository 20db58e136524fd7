import Algebra
import Exact
import OpenSystems
import Symbolic

extension ValueReader {
  /// Functions of driven models whose values are matrices or lists.
  static let drivenCalls: Set<String> = [
    "populations", "quasienergies", "floquet_rates", "golden_rule",
  ]

  /// The driven model that an argument names.
  func drivenModel(_ node: SyntaxNode?) -> DrivenModelDefinition? {
    guard let name = node?.name, case .drivenModel(let model)? = values[name.text] else {
      return nil
    }
    return model
  }

  /// A call of a function of a driven model; nil for any other call.
  func drivenCall(
    _ name: SyntaxNode.Name, _ arguments: [SyntaxNode.Argument], _ node: SyntaxNode
  ) throws(Diagnostic) -> Value? {
    let isKnown = name.text == "steady" || Self.drivenCalls.contains(name.text)
    guard isKnown else { return nil }
    guard let model = drivenModel(arguments.first?.value) else {
      if name.text == "steady" { return nil }
      throw Diagnostic(
        "'\(name.text)' takes a driven model", at: arguments.first?.value.range ?? name.range,
        hint: "a model is driven by a line 'drive V cos w'")
    }
    let options = try floquetOptions(Array(arguments.dropFirst()), name)
    let n = model.space.dimension
    switch name.text {
    case "steady":
      return .matrix(square(try apply(model, .steadyState, options, node), n))
    case "floquet_rates": return .matrix(square(try apply(model, .rates, options, node), n))
    case "golden_rule": return .matrix(square(try apply(model, .goldenRule, options, node), n))
    case "populations": return .list(try apply(model, .populations, options, node))
    default: return .list(try apply(model, .quasienergies, options, node))
    }
  }

  private func square(_ elements: [Expression], _ n: Int) -> Matrix<Expression> {
    var matrix = Matrix<Expression>(rows: n, columns: n)
    matrix.elements = elements
    return matrix
  }

  private func apply(
    _ model: DrivenModelDefinition, _ quantity: DrivenModelProcedure.Quantity,
    _ options: FloquetOptions, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Expression] {
    do throws(SymbolicError) {
      let body = try DrivenModelProcedure(model, quantity, options)
      let symbols = model.symbols
      let procedure = Procedure(
        name(of: quantity, model, options), parameters: symbols.map(\.name),
        components: body.components, body: body)
      return body.components.indices.compactMap { index in
        procedure.component(index).flatMap {
          Expression.applying($0, to: symbols.map(\.expression))
        }
      }
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  private func name(
    of quantity: DrivenModelProcedure.Quantity, _ model: DrivenModelDefinition,
    _ options: FloquetOptions
  ) -> String {
    let function =
      switch quantity {
      case .steadyState: "steady"
      case .concurrence: "concurrence"
      case .populations: "populations"
      case .quasienergies: "quasienergies"
      case .rates: "floquet_rates"
      case .goldenRule: "golden_rule"
      }
    var words = [model.name]
    if options.generator == .secular { words.append("generator = secular") }
    if case .at(let cut) = options.zone { words.append("zone = \(cut)") }
    return "\(function)(\(words.joined(separator: ", ")))"
  }

  private func floquetOptions(
    _ arguments: [SyntaxNode.Argument], _ name: SyntaxNode.Name
  ) throws(Diagnostic) -> FloquetOptions {
    var options = FloquetOptions()
    for argument in arguments {
      guard let label = argument.label else {
        throw Diagnostic("'\(name.text)' takes one driven model", at: argument.value.range)
      }
      switch label.text {
      case "generator":
        switch argument.value.name?.text {
        case "full": options.generator = .full
        case "secular": options.generator = .secular
        default:
          throw Diagnostic(
            "the generator is 'full' or 'secular'", at: argument.value.range)
        }
      case "zone":
        guard let cut = try formula(argument.value).rationalValue else {
          throw Diagnostic(
            "the cut of the zone of quasienergies is a number", at: argument.value.range)
        }
        options.zone = .at(cut)
      default:
        throw Diagnostic(
          "'\(name.text)' has no argument named '\(label.text)'", at: label.range,
          hint: "it has 'generator = full' or 'secular', and 'zone = NUMBER'")
      }
    }
    return options
  }

  // MARK: Measures of states without a closed form

  /// The concurrence of two qubits: a closed form for matrices of the form of an X, otherwise computed
  /// point by point.
  func concurrence(
    of state: Matrix<Expression>, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    guard state.rowCount == 4, state.columnCount == 4 else {
      throw Diagnostic(
        "the concurrence is that of two qubits: a 4×4 matrix, not "
          + "\(state.rowCount)×\(state.columnCount)", at: node.range)
    }
    if let fused = try ofDrivenState(state, node) { return fused }
    let isX = (0..<4).allSatisfy { row in
      (0..<4).allSatisfy { column in
        row == column || row + column == 3 || isZero(state[row, column])
      }
    }
    // 2 max(0, |ρ₁₄| - √(ρ₂₂ρ₃₃), |ρ₂₃| - √(ρ₁₁ρ₄₄)) (Yu and Eberly 2007).
    if isX {
      let outer = abs(state[0, 3]) - sqrt(state[1, 1] * state[2, 2])
      let inner = abs(state[1, 2]) - sqrt(state[0, 0] * state[3, 3])
      return 2 * .maximum([.zero, outer, inner])
    }
    return try measured("concurrence", state, .concurrence, node)
  }

  /// Of the steady state of a driven model it is computed with the state, which costs no precision.
  private func ofDrivenState(
    _ state: Matrix<Expression>, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression? {
    guard case .procedure(let first, let arguments) = state.elements[0].kind,
      let body = first.procedure.body as? DrivenModelProcedure, body.quantity == .steadyState
    else { return nil }
    for (index, element) in state.elements.enumerated() {
      guard case .procedure(let component, let others) = element.kind,
        component.procedure === first.procedure, component.index == index, others == arguments
      else { return nil }
    }
    let symbols = body.model.symbols
    let plain = try apply(body.model, .concurrence, body.options, node)
    let table = Dictionary(zip(symbols, arguments), uniquingKeysWith: { first, _ in first })
    return plain.first?.substituting(table)
  }

  private func isZero(_ element: Expression) -> Bool {
    if element.isLiteralZero { return true }
    if element.hasProcedures { return false }
    return (try? NormalForm(element))?.isZero ?? false
  }

  /// The negativity by enclosures of eigenvalues.
  func enclosedNegativity(
    of state: Matrix<Expression>, in space: Space, _ places: [Int], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    try measured("negativity", state, .negativity(space, places), node)
  }

  /// The eigenvalues of a Hermitian matrix, each once for its multiplicity, increasing.
  func enclosedEigenvalues(
    of matrix: Matrix<Expression>, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Value.Eigenvalue] {
    guard matrix.isSquare else {
      throw Diagnostic(
        "eigenvalues are those of a square matrix, not of \(matrix.rowCount)×\(matrix.columnCount)",
        at: node.range)
    }
    let procedure = self.procedure("eigenvalues", matrix, .eigenvalues, count: matrix.rowCount)
    return (0..<matrix.rowCount).compactMap { index in
      procedure.component(index).flatMap { Expression.applying($0, to: matrix.elements) }
        .map { Value.Eigenvalue(value: $0, multiplicity: 1) }
    }
  }

  private func procedure(
    _ name: String, _ state: Matrix<Expression>, _ measure: StateMeasure.Measure, count: Int = 1
  ) -> Procedure {
    let n = state.rowCount
    let names = (1...n).flatMap { row in (1...n).map { "[\(row),\($0)]" } }
    let labels = count == 1 ? [""] : (1...count).map(String.init)
    return Procedure(
      name, parameters: names, components: labels.map { ($0, true) },
      body: StateMeasure(size: n, measure))
  }

  private func measured(
    _ name: String, _ state: Matrix<Expression>, _ measure: StateMeasure.Measure, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    let procedure = procedure(name, state, measure)
    guard let component = procedure.component(0),
      let value = Expression.applying(component, to: state.elements)
    else { throw Diagnostic("no value", at: node.range) }
    return value
  }
}
