import Algebra
import Exact
import OpenSystems
import Symbolic

extension ValueReader {
  /// Functions of driven models whose values are matrices or lists.
  static let drivenCalls: Set<String> = [
    "populations", "quasienergies", "floquet_rates", "golden_rule", "effective_rates", "evolution",
    "mean_concurrence",
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
    let given = arguments.dropFirst().prefix { $0.label == nil }.map(\.value)
    let options = try floquetOptions(Array(arguments.dropFirst(1 + given.count)), name)
    let moment = try self.moment(given, name, model, node)
    let n = model.space.dimension
    func matrix(_ quantity: DrivenModelProcedure.Quantity) throws(Diagnostic) -> Value {
      .matrix(square(try apply(model, quantity, options, moment, node), n))
    }
    switch name.text {
    case "steady", "evolution": return try matrix(.state)
    case "floquet_rates": return try matrix(.rates)
    case "effective_rates": return try matrix(.effectiveRates)
    case "golden_rule": return try matrix(.goldenRule)
    case "mean_concurrence":
      guard n == 4 else {
        throw Diagnostic("the concurrence is that of two qubits", at: node.range)
      }
      guard let mean = try apply(model, .meanConcurrence, options, moment, node).first else {
        return nil
      }
      return .scalar(mean)
    case "populations": return .list(try apply(model, .populations, options, moment, node))
    default: return .list(try apply(model, .quasienergies, options, moment, node))
    }
  }

  /// The moment that the arguments between the model and the options name: none, a time for `steady`, a
  /// start and a time for `evolution` and `populations`.
  private func moment(
    _ given: [SyntaxNode], _ name: SyntaxNode.Name, _ model: DrivenModelDefinition,
    _ node: SyntaxNode
  ) throws(Diagnostic) -> DrivenMoment? {
    let forms =
      switch name.text {
      case "evolution": [2]
      case "populations": [0, 2]
      case "steady": [0, 1]
      default: [0]
      }
    guard forms.contains(given.count) else {
      let hint =
        switch name.text {
        case "evolution", "populations":
          "write \(name.text)(\(model.name), START, TIME), START a density matrix, or k for the "
            + "k-th eigenstate without drive"
        case "steady": "write steady(\(model.name)) or steady(\(model.name), TIME)"
        default: "write \(name.text)(\(model.name))"
        }
      throw Diagnostic(
        "\(given.count) arguments after the model do not say what '\(name.text)' is to give",
        at: given.last?.range ?? node.range, hint: hint)
    }
    guard let last = given.last else { return nil }
    let time = try formula(last)
    if let number = time.rationalValue, number < 0 {
      throw Diagnostic("an evolution goes forward, from the time 0", at: last.range)
    }
    guard given.count == 2 else { return DrivenMoment(start: .steady, time: time) }
    let n = model.space.dimension
    guard isStructured(given[0]) else {
      let start = try formula(given[0]).rationalValue
      guard let start, start.isInteger, let number = start.numerator.word, 1...n ~= number else {
        throw Diagnostic(
          "an evolution begins in an eigenstate without drive, 1 to \(n) by increasing energy, or in "
            + "a density matrix", at: given[0].range)
      }
      return DrivenMoment(start: .eigenstate(number - 1), time: time)
    }
    let matrix = try matrix(given[0])
    guard matrix.rowCount == n, matrix.columnCount == n else {
      throw Diagnostic(
        "the state at the beginning is \(n)×\(n), not \(matrix.rowCount)×\(matrix.columnCount)",
        at: given[0].range, hint: "of a column v the density matrix is v*v'")
    }
    return DrivenMoment(start: .state(matrix), time: time)
  }

  private func square(_ elements: [Expression], _ n: Int) -> Matrix<Expression> {
    var matrix = Matrix<Expression>(rows: n, columns: n)
    matrix.elements = elements
    return matrix
  }

  private func apply(
    _ model: DrivenModelDefinition, _ quantity: DrivenModelProcedure.Quantity,
    _ options: FloquetOptions, _ moment: DrivenMoment?, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Expression] {
    do throws(SymbolicError) {
      let body = try DrivenModelProcedure(model, quantity, options, at: moment)
      let symbols = body.symbols
      let procedure = Procedure(
        name(of: quantity, model, options, moment), parameters: symbols.map(\.name),
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
    _ options: FloquetOptions, _ moment: DrivenMoment?
  ) -> String {
    var state = "steady"
    if let moment, quantity == .state {
      if case .steady = moment.start {} else { state = "evolution" }
    }
    let function =
      switch quantity {
      case .state: state
      case .concurrence: "concurrence"
      case .meanConcurrence: "mean_concurrence"
      case .populations: "populations"
      case .quasienergies: "quasienergies"
      case .rates: "floquet_rates"
      case .goldenRule: "golden_rule"
      case .effectiveRates: "effective_rates"
      }
    var words = [model.name]
    if let moment { words.append(moment.description) }
    if options.generator == .secular { words.append("generator = secular") }
    switch options.scale {
    case .one: words.append("scale = 1")
    case .two: break
    case .twoPi: words.append("scale = 2*pi")
    }
    if case .at(let cut) = options.zone { words.append("zone = \(cut)") }
    return "\(function)(\(words.joined(separator: ", ")))"
  }

  private func floquetOptions(
    _ arguments: [SyntaxNode.Argument], _ name: SyntaxNode.Name
  ) throws(Diagnostic) -> FloquetOptions {
    var options = FloquetOptions()
    for argument in arguments {
      guard let label = argument.label else {
        throw Diagnostic(
          "options, written 'name = value', come last", at: argument.value.range)
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
      case "scale":
        let scale = try formula(argument.value)
        switch scale {
        case 1: options.scale = .one
        case 2: options.scale = .two
        case 2 * .pi: options.scale = .twoPi
        default:
          throw Diagnostic(
            "the rate between populations is 1, 2 or 2*pi times that of 'floquet_rates'",
            at: argument.value.range)
        }
      default:
        throw Diagnostic(
          "'\(name.text)' has no argument named '\(label.text)'", at: label.range,
          hint:
            "it has 'generator = full' or 'secular', 'zone = NUMBER' and 'scale = 1', '2' or '2*pi'"
        )
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
      let body = first.procedure.body as? DrivenModelProcedure, body.quantity == .state
    else { return nil }
    for (index, element) in state.elements.enumerated() {
      guard case .procedure(let component, let others) = element.kind,
        component.procedure === first.procedure, component.index == index, others == arguments
      else { return nil }
    }
    let symbols = body.symbols
    let plain = try apply(body.model, .concurrence, body.options, body.moment, node)
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
