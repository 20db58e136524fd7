import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

extension ValueReader {
  // MARK: Calls whose value is no number

  func call(
    _ name: SyntaxNode.Name, _ arguments: [SyntaxNode.Argument], _ node: SyntaxNode
  ) throws(Diagnostic) -> Value {
    if let value = try drivenCall(name, arguments, node) { return value }
    for argument in arguments {
      if let label = argument.label {
        throw Diagnostic("'\(name.text)' has no argument named '\(label.text)'", at: label.range)
      }
    }
    let nodes = arguments.map(\.value)
    if let value = try networkCall(name, nodes, node) { return value }
    if let value = try gaussianCall(name, nodes, node) { return value }
    switch name.text {
    case "commutator":
      try count(nodes, 2, name)
      return .matrix(try commutator(try matrix(nodes[0]), try matrix(nodes[1]), node))
    case "sx", "sy", "sz", "sp", "sm": return .matrix(try pauli(name, nodes))
    case "steady": return .matrix(try steady(try model(name, nodes), node))
    case "steady_space": return .space(try steadySpace(try model(name, nodes), node))
    case "spectrum":
      try count(nodes, 1, name)
      if let argument = nodes[0].name, case .model(let model)? = values[argument.text] {
        return .spectrum(try spectrum(of: model, node))
      }
      return .spectrum(try eigenvalues(try matrix(nodes[0]), node))
    case "eigenvalues":
      try count(nodes, 1, name)
      return .spectrum(try eigenvalues(try matrix(nodes[0]), node))
    case "partial_transpose", "partial_trace":
      let (state, places) = try stateAndParty(name, nodes)
      do throws(OpenSystemError) {
        let space = try requireSpace(for: state, nodes[0])
        return name.text == "partial_trace"
          ? .matrix(try space.partialTrace(of: state, over: places))
          : .matrix(try space.partialTranspose(of: state, over: places))
      } catch {
        throw Diagnostic(error.description, at: node.range)
      }
    case "reduced": return .matrix(try reducedEnsemble(name, nodes, node))
    case "adjoint":
      try count(nodes, 1, name)
      return .matrix(adjoint(try matrix(nodes[0])))
    case "diag":
      var diagonal: [Expression] = []
      for item in nodes { diagonal.append(try formula(item)) }
      return .matrix(
        Matrix(rows: diagonal.count, columns: diagonal.count) {
          $0 == $1 ? diagonal[$0] : .zero
        })
    case "identity":
      if nodes.isEmpty, let space { return .matrix(.identity(space.dimension)) }
      try count(nodes, 1, name)
      let size = try formula(nodes[0])
      guard let n = size.rationalValue?.numerator.word, size.rationalValue?.isInteger == true,
        (1...Space.defaultLimit).contains(n)
      else { throw Diagnostic("the size of an identity is a whole number", at: nodes[0].range) }
      return .matrix(.identity(n))
    case let word where ValueReader.elementwiseCalls.contains(word):
      return try elementwise(name, nodes, node)
    default: throw Diagnostic("unknown function '\(name.text)'", at: name.range)
    }
  }

  /// A call for each element of its first argument.
  private func elementwise(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Value {
    guard let first = nodes.first else {
      throw Diagnostic("'\(name.text)' takes a value", at: name.range)
    }
    var reader = self
    guard let value = reader.value(first) else {
      throw reader.diagnostics.first ?? Diagnostic("no such value", at: first.range)
    }
    switch value {
    case .matrix, .list:
      return try value.map { (element) throws(Diagnostic) in
        // The element takes the place of the argument under a name that no document can write.
        var inner = self
        inner.scope.values[Self.elementName] = element
        let argument = SyntaxNode(
          .name(Self.elementName), at: first.range)
        return try inner.scalarCall(name, [argument] + nodes.dropFirst(), node)
      }
    default:
      throw Diagnostic(
        "'\(name.text)' takes a number, a matrix or a list, not \(value.phrase)", at: first.range)
    }
  }

  private static let elementName = "the element"

  func count(
    _ nodes: [SyntaxNode], _ expected: Int, _ name: SyntaxNode.Name
  ) throws(Diagnostic) {
    if nodes.count != expected {
      throw Diagnostic(
        "'\(name.text)' takes \(expected) argument\(expected == 1 ? "" : "s"), not \(nodes.count)",
        at: name.range)
    }
  }

  // MARK: Arguments

  private func pauli(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode]
  ) throws(Diagnostic) -> Matrix<Expression> {
    try count(nodes, 1, name)
    let place = try subsystem(nodes[0])
    let local: Matrix<Complex<Rational>> =
      switch name.text {
      case "sx": Operators.sx()
      case "sy": Operators.sy()
      case "sz": Operators.sz()
      case "sp": Operators.sp()
      default: Operators.sm()
      }
    let formulas = local.expressions
    guard let space, space.subsystems[place].dimension == 2 else {
      throw Diagnostic("'\(name.text)' acts on a qubit", at: nodes[0].range)
    }
    do throws(OpenSystemError) {
      return try space.embed(formulas, at: place)
    } catch {
      throw Diagnostic(error.description, at: nodes[0].range)
    }
  }

  /// The place of a subsystem that an argument names.
  func subsystem(_ node: SyntaxNode) throws(Diagnostic) -> Int {
    let known = space?.subsystems.map(\.name) ?? []
    guard let name = node.name else {
      throw Diagnostic("expected the name of a subsystem, found \(node.phrase)", at: node.range)
    }
    guard let place = known.firstIndex(of: name.text) else {
      throw Diagnostic(
        "no subsystem is named '\(name.text)'", at: node.range,
        hint: Suggestion.hint(for: name.text, among: known)
          ?? (known.isEmpty ? "declare it with 'qubit \(name.text)'" : nil))
    }
    return place
  }

  func model(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode]
  ) throws(Diagnostic) -> ModelDefinition {
    try count(nodes, 1, name)
    guard let argument = nodes[0].name, case .model(let model)? = values[argument.text] else {
      let models = values.compactMap { entry -> String? in
        if case .model = entry.value { entry.key } else { nil }
      }
      throw Diagnostic(
        "'\(name.text)' takes a model", at: nodes[0].range,
        hint: nodes[0].name.flatMap { Suggestion.hint(for: $0.text, among: models) })
    }
    return model
  }

  private func stateAndParty(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode]
  ) throws(Diagnostic) -> (Matrix<Expression>, [Int]) {
    guard nodes.count >= 2 else {
      throw Diagnostic(
        "'\(name.text)' takes a state and at least one subsystem, not \(nodes.count) arguments",
        at: name.range)
    }
    let state = try matrix(nodes[0])
    var places: [Int] = []
    for node in nodes.dropFirst() { places.append(try subsystem(node)) }
    return (state, places)
  }

  private func requireSpace(
    for state: Matrix<Expression>, _ node: SyntaxNode
  ) throws(OpenSystemError) -> Space {
    guard let space, state.isSquare, state.rowCount == space.dimension else {
      throw .shape(
        what: "state", expected: space?.dimension ?? 0, rows: state.rowCount,
        columns: state.columnCount)
    }
    return space
  }

  // MARK: Steady states and spectra

  private func solved<R>(
    _ node: SyntaxNode, _ limit: Int = workLimit, _ body: () throws(OpenSystemError) -> R
  ) throws(Diagnostic) -> R {
    do throws(OpenSystemError) {
      return try WorkBudget.limited(to: limit) {
        Result { () throws(OpenSystemError) in try body() }
      }.value.get()
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  /// The work on one steady state or spectrum, in the units of ``WorkBudget``.
  private static var workLimit: Int { 4_000_000_000 }

  private func steady(
    _ model: ModelDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> Matrix<Expression> {
    let hasPoints =
      !model.symbols.isEmpty && model.space.dimension <= EnclosedSteadyState.largestDimension
    // The formulas of a thousand equations are out of reach, and finding that out takes seconds.
    if hasPoints, model.space.dimension >= 32 { return try pointwise(model, node) }
    let outcome = try solved(node) {
      () throws(OpenSystemError) -> ModelDefinition.Solution in
      do throws(OpenSystemError) {
        return try model.steadyState()
      } catch {
        if case .arithmetic(.limit) = error, hasPoints { return .tooLarge }
        throw error
      }
    }
    switch outcome {
    case .tooLarge: return try pointwise(model, node)
    case .unique(let state): return state
    case .notUnique(let dimension):
      throw Diagnostic(
        "the steady state of '\(model.name)' is not unique: the stationary matrices span a space "
          + "of dimension \(dimension)", at: node.range,
        hint: "ask for all of them with 'steady_space(\(model.name))'")
    case .none:
      throw Diagnostic(
        "'\(model.name)' has no stationary matrix of trace one", at: node.range,
        hint: "are its rates nonnegative?")
    }
  }

  /// The steady state point by point.
  private func pointwise(
    _ model: ModelDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> Matrix<Expression> {
    do throws(SymbolicError) {
      let body = try ModelProcedure(model)
      let procedure = Procedure(
        "steady(\(model.name))", parameters: body.symbols.map(\.name),
        components: body.components, body: body)
      let arguments = body.symbols.map(\.expression)
      var state = Matrix<Expression>(
        rows: model.space.dimension, columns: model.space.dimension)
      state.elements = body.components.indices.compactMap { index in
        procedure.component(index).flatMap { Expression.applying($0, to: arguments) }
      }
      return state
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  private func steadySpace(
    _ model: ModelDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Matrix<Expression>] {
    try solved(node) { () throws(OpenSystemError) in try model.steadySpace() }
  }

  private func spectrum(
    of model: ModelDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Value.Eigenvalue] {
    let (basis, spectrum) = try solved(node) { () throws(OpenSystemError) in
      let (basis, symbolic) = try model.symbolic()
      return (basis, try Spectrum(of: Liouvillian(symbolic).realGenerator()))
    }
    return try closedForms(spectrum, basis, node)
  }

  /// The eigenvalues of a Hermitian matrix: closed forms where they all have one and it is found within the
  /// work that is allowed, otherwise computed point by point, in increasing order.
  func eigenvalues(
    _ matrix: Matrix<Expression>, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Value.Eigenvalue] {
    if let values = try closedEigenvalues(matrix, node) { return values }
    return try enclosedEigenvalues(of: matrix, node)
  }

  /// The eigenvalues of a Hermitian matrix, where they all have closed forms that are found.
  private func closedEigenvalues(
    _ matrix: Matrix<Expression>, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Value.Eigenvalue]? {
    if matrix.elements.contains(where: \.hasProcedures) { return nil }
    // Larger ones rarely have closed forms; what is not found soon is computed.
    let limit = matrix.rowCount > 4 ? Self.workLimit / 8 : Self.workLimit
    let found = try solved(node, limit) {
      () throws(OpenSystemError) -> (KernelBasis, Spectrum)? in
      do throws(OpenSystemError) {
        let (basis, field) = try matrix.inField()
        return (basis, try Spectrum(ofHermitian: field))
      } catch {
        // A characteristic polynomial that is too large does not keep the values from being computed.
        if case .arithmetic(.limit) = error { return nil }
        throw error
      }
    }
    guard let (basis, spectrum) = found, spectrum.hasClosedForms else { return nil }
    return try closedForms(spectrum, basis, node)
  }

  private func closedForms(
    _ spectrum: Spectrum, _ basis: KernelBasis, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Value.Eigenvalue] {
    try solved(node) { () throws(OpenSystemError) in
      try spectrum.closedForms(basis).map { .init(value: $0.value, multiplicity: $0.multiplicity) }
    }
  }

  // MARK: Calls and forms whose value is a number

  /// Reads what `Symbolic` leaves to the document; nil for what is not known here either.
  func scalarForm(_ node: SyntaxNode) throws(Diagnostic) -> Expression? {
    switch node.kind {
    case .index(let base, let indices): return try element(base, indices, node)
    case .name(let name):
      if let reason = unavailable[name] {
        throw Diagnostic(
          "'\(name)' has no value: \(reason)", at: node.range, severity: .warning)
      }
      if let value = values[name] {
        throw Diagnostic("expected a number; '\(name)' is \(value.phrase)", at: node.range)
      }
      return nil
    case .call(let name, let arguments):
      guard ValueReader.scalarCalls.contains(name.text) else { return nil }
      if let value = try gaussianScalarCall(name, arguments, node) { return value }
      if case .scalar(let value)? = try drivenCall(name, arguments, node) { return value }
      if ValueReader.labelledCalls.contains(name.text) {
        return try labelledCall(name, arguments, node)
      }
      for argument in arguments {
        if let label = argument.label {
          throw Diagnostic("'\(name.text)' has no argument named '\(label.text)'", at: label.range)
        }
      }
      return try scalarCall(name, arguments.map(\.value), node)
    default: return nil
    }
  }

  private func element(
    _ base: SyntaxNode, _ indices: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    var whole: [Int] = []
    for index in indices {
      guard let value = try formula(index).rationalValue, value.isInteger,
        let word = value.numerator.word
      else { throw Diagnostic("an index is a whole number", at: index.range) }
      whole.append(word)
    }
    var reader = self
    guard let value = reader.value(base) else {
      throw reader.diagnostics.first ?? Diagnostic("no such value", at: base.range)
    }
    let rows = value.rows
    let isMatrix = if case .matrix = value { true } else { false }
    guard whole.count == (isMatrix ? 2 : 1) else {
      throw Diagnostic(
        "\(value.phrase) has \(isMatrix ? "two indices" : "one index")", at: node.range)
    }
    let column = isMatrix ? whole[1] : 1
    guard rows.indices.contains(whole[0] - 1), rows[whole[0] - 1].indices.contains(column - 1)
    else {
      throw Diagnostic(
        "\(value.phrase) has no such element; indices count from 1", at: node.range)
    }
    return rows[whole[0] - 1][column - 1]
  }

  func scalarCall(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    if let value = try ensembleCall(name, nodes, node) { return value }
    switch name.text {
    case "negativity":
      let (state, places) = try stateAndParty(name, nodes)
      let transposed = try solved(node) { () throws(OpenSystemError) in
        try requireSpace(for: state, nodes[0]).partialTranspose(of: state, over: places)
      }
      if let values = try closedEigenvalues(transposed, node) { return negativePart(values) }
      guard let space else { return negativePart(try eigenvalues(transposed, node)) }
      return try enclosedNegativity(of: state, in: space, places, node)
    case "concurrence":
      try count(nodes, 1, name)
      return try concurrence(of: try matrix(nodes[0]), node)
    case "smallest_eigenvalue":
      try count(nodes, 1, name)
      return smallest(try eigenvalues(try matrix(nodes[0]), node))
    case "trace":
      try count(nodes, 1, name)
      return try matrix(nodes[0]).trace
    case "dimension":
      try count(nodes, 1, name)
      var reader = self
      guard let value = reader.value(nodes[0]) else {
        throw reader.diagnostics.first ?? Diagnostic("no such value", at: nodes[0].range)
      }
      guard case .space(let basis) = value else {
        throw Diagnostic("expected a space, found \(value.phrase)", at: nodes[0].range)
      }
      return .integer(basis.count)
    case "simplify", "factor", "partial_fractions": return try rewritten(name, nodes, node)
    default: return try calculus(name, nodes, node)
    }
  }

  /// Σ max(0, -λ) over the eigenvalues; those proved nonnegative contribute nothing.
  private func negativePart(_ values: [Value.Eigenvalue]) -> Expression {
    var terms: [Expression] = []
    for item in values where sign(of: item.value)?.isNonnegative != true {
      let part = Expression.maximum([.zero, -item.value])
      terms.append(item.multiplicity == 1 ? part : .integer(item.multiplicity) * part)
    }
    return .sum(terms)
  }

  /// The least of the eigenvalues: those proved not less than another are left out.
  private func smallest(_ values: [Value.Eigenvalue]) -> Expression {
    var kept: [Expression] = []
    for (index, item) in values.enumerated() {
      let isBeaten = values.enumerated().contains { other, rival in
        guard other != index, let sign = sign(of: item.value - rival.value) else { return false }
        return sign.isNonnegative && (sign != .zero || other < index)
      }
      if !isBeaten { kept.append(item.value) }
    }
    return kept.count == 1 ? kept[0] : .minimum(kept)
  }

  /// The proved sign of a real formula over its symbols' domains.
  func sign(of expression: Expression) -> SignFact? {
    if expression.hasProcedures { return nil }
    guard let form = try? NormalForm(expression), form.value.im.isZero else { return nil }
    return SignProver(form.basis).sign(of: form.value.re)
  }
}

extension Expression {
  /// The greatest of several formulas.
  static func maximum(_ items: [Expression]) -> Expression {
    (try? .function(.max, items)) ?? items.first ?? .zero
  }
  /// The least of several formulas.
  static func minimum(_ items: [Expression]) -> Expression {
    (try? .function(.min, items)) ?? items.first ?? .zero
  }
}

extension Matrix where Element == Expression {
  /// The matrix over one field of rational functions of its symbols and kernels.
  func inField() throws(OpenSystemError) -> (KernelBasis, Matrix<Complex<RationalFunction>>) {
    do throws(ArithmeticError) {
      var symbols = Set<Symbol>()
      for element in elements { symbols.formUnion(element.freeSymbols) }
      var normalizer = try Normalizer(symbols: symbols.sorted { $0.precedes($1) })
      let first = try map { (element) throws(ArithmeticError) in
        element.isLiteralZero ? .zero : try normalizer.normalize(element)
      }
      let basis = normalizer
      return (
        basis.basis, try first.map { (value) throws(ArithmeticError) in try basis.lift(value) }
      )
    } catch {
      throw .arithmetic(error)
    }
  }
}
