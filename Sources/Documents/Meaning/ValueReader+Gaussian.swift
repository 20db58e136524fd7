import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// Calls on Gaussian models and states.
extension ValueReader {
  /// The value of a call whose first argument is a Gaussian model or state; nil for any other.
  func gaussianCall(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Value? {
    guard let first = nodes.first else { return nil }
    if let model = gaussianModel(first) {
      switch name.text {
      case "steady":
        try count(nodes, 1, name)
        return .gaussian(try steady(model, node))
      case "stability":
        try count(nodes, 1, name)
        return .list(try stability(of: model, node))
      default:
        throw Diagnostic(
          "'\(name.text)' is not known for a Gaussian model", at: name.range,
          hint: "'steady' and 'stability' are")
      }
    }
    switch name.text {
    case "covariance", "symplectic_eigenvalues", "stability": break
    case "partial_transpose":
      guard isGaussian(first) else { return nil }
    default: return nil
    }
    if name.text == "stability" {
      throw Diagnostic("'stability' takes a model of modes", at: first.range)
    }
    let state = try gaussian(first)
    switch name.text {
    case "covariance":
      try count(nodes, 1, name)
      return .matrix(state.covariance)
    case "symplectic_eigenvalues":
      try count(nodes, 1, name)
      return .spectrum(
        try symplecticEigenvalues(of: state, node).map { .init(value: $0, multiplicity: 1) })
    default:
      let places = try places(nodes, name, in: state)
      return .gaussian(
        try gaussianResult(node) { () throws(GaussianError) in
          let (basis, symbolic) = try state.symbolic()
          return GaussianValue(
            modes: state.modes, state: try symbolic.partialTranspose(over: places), basis: basis,
            conditions: state.conditions)
        })
    }
  }

  /// The number that a call on a Gaussian state or a mode operator stands for; nil for other calls.
  func gaussianScalarCall(
    _ name: SyntaxNode.Name, _ arguments: [SyntaxNode.Argument], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression? {
    let nodes = arguments.map(\.value)
    switch name.text {
    case "expectation":
      try count(nodes, 2, name)
      guard isGaussian(nodes[0]) else { return try matrixExpectation(nodes, node) }
      let (state, x) = (try gaussian(nodes[0]), try modeOperator(nodes[1]))
      do throws(GaussianError) {
        return try state.expectation(of: x)
      } catch {
        if case .unknownMode(let mode, _) = error, modes.indices.contains(mode) {
          throw Diagnostic(
            "the state has no mode '\(modes[mode])', only "
              + state.modes.map { "'\(modes[$0])'" }.joined(separator: ", "), at: nodes[1].range)
        }
        throw Diagnostic(error.description, at: nodes[1].range)
      }
    case "coefficient":
      try count(nodes, 2, name)
      let (x, pattern) = (try modeOperator(nodes[0]), try modeOperator(nodes[1]))
      guard let monomial = pattern.monomials.first, pattern.terms.count == 1,
        pattern[monomial].rationalValue == 1
      else {
        throw Diagnostic(
          "expected one normal-ordered product such as a'*b, found \(nodes[1].phrase)",
          at: nodes[1].range, hint: "creation operators stand to the left")
      }
      return x[monomial]
    case "smallest_symplectic_eigenvalue":
      try count(nodes, 1, name)
      return try leastSymplecticEigenvalue(of: try gaussian(nodes[0]), node)
    case "characteristic": return try characteristic(arguments, name, node)
    case "negativity":
      guard let first = nodes.first, isGaussian(first) else { return nil }
      switch try transposeNorm(nodes, name, node) {
      case .single(let value): return .maximum([.zero, (1 / value - 1) / 2])
      case .product(let value): return (value - 1) / 2
      }
    case "logarithmic_negativity": return try logarithmicNegativity(arguments, name, node)
    default: return nil
    }
  }

  // MARK: Arguments

  func gaussianModel(_ node: SyntaxNode) -> GaussianModelDefinition? {
    if let network = network(node) { return network.secular.model }
    guard let name = node.name, case .gaussianModel(let model)? = values[name.text] else {
      return nil
    }
    return model
  }

  /// Whether the value is a Gaussian state, as far as its shape and names tell.
  func isGaussian(_ node: SyntaxNode) -> Bool {
    switch node.withoutParentheses.kind {
    case .name(let name):
      guard case .gaussian? = values[name] else { return false }
      return true
    case .call(let name, let arguments):
      guard let first = arguments.first?.value else { return false }
      switch name.text {
      case "steady": return gaussianModel(first) != nil
      case "partial_transpose": return isGaussian(first)
      default: return false
      }
    case .with(let body, _): return isGaussian(body)
    default: return false
    }
  }

  func gaussian(_ node: SyntaxNode) throws(Diagnostic) -> GaussianValue {
    var reader = self
    if isGaussian(node) || node.name != nil {
      guard let value = reader.value(node) else {
        throw reader.diagnostics.first ?? Diagnostic("no such value", at: node.range)
      }
      if case .gaussian(let state) = value { return state }
      throw Diagnostic("expected a Gaussian state, found \(value.phrase)", at: node.range)
    }
    throw Diagnostic(
      "expected a Gaussian state, found \(node.phrase)", at: node.range,
      hint: "for example 'steady(G)' of a model of modes")
  }

  /// `S with a = …, b = …`: the state in other modes, or at other parameters.
  func transformed(
    _ body: SyntaxNode, _ bindings: [SyntaxNode.Binding], _ node: SyntaxNode
  ) throws(Diagnostic) -> Value {
    let state = try gaussian(body)
    let (images, table) = try images(bindings)
    for (_, image) in images where image.degree != 1 {
      throw Diagnostic(
        "a mode of a Gaussian state stands for an operator of degree 1, not \(image.degree)",
        at: node.range)
    }
    let value = state.map { $0.substituting(table) }
    return .gaussian(
      try gaussianResult(node) { () throws(GaussianError) in try value.transformed(images) })
  }

  private func places(
    _ nodes: [SyntaxNode], _ name: SyntaxNode.Name, in state: GaussianValue
  ) throws(Diagnostic) -> [Int] {
    guard nodes.count >= 2 else {
      throw Diagnostic(
        "'\(name.text)' takes a state and at least one mode, not \(nodes.count) arguments",
        at: name.range)
    }
    var result: [Int] = []
    for node in nodes.dropFirst() {
      let mode = try mode(node)
      guard let place = state.place(ofMode: mode), !result.contains(place) else {
        throw Diagnostic(
          "'\(node.name?.text ?? "")' is not one of the state's modes, or is listed twice",
          at: node.range)
      }
      result.append(place)
    }
    return result
  }

  private func gaussianResult<R>(
    _ node: SyntaxNode, _ body: () throws(GaussianError) -> R
  ) throws(Diagnostic) -> R {
    do throws(GaussianError) {
      return try body()
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  // MARK: Models

  private func steady(
    _ model: GaussianModelDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> GaussianValue {
    let basis: KernelBasis
    let symbolic: GaussianModel<RationalFunction>
    do throws(GaussianError) {
      (basis, symbolic) = try model.symbolic()
    } catch { throw Diagnostic(error.description, at: node.range) }
    let prover = CaseProver(basis)
    do throws(GaussianError) {
      let steady = try symbolic.steadyState { (value) throws(ArithmeticError) in
        prover.positivity(of: value)
      }
      let value = GaussianValue(
        modes: model.modes, state: steady.state, basis: basis,
        conditions: steady.unproved.map { basis.expression($0) })
      return try basis.hasRoots ? value.reduced() : value
    } catch {
      throw Diagnostic(
        error.description, at: node.range,
        hint: "the conditions of stability are 'stability(\(model.name))'")
    }
  }

  private func stability(
    of model: GaussianModelDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Expression] {
    try gaussianResult(node) { () throws(GaussianError) in
      let (basis, symbolic) = try model.symbolic()
      return try symbolic.stabilityConditions().map { basis.expression($0) }
    }
  }

  // MARK: Entanglement

  private func symplecticSpectrum(
    of state: GaussianValue, _ node: SyntaxNode
  ) throws(Diagnostic) -> (KernelBasis, SymplecticSpectrum) {
    try gaussianResult(node) { () throws(GaussianError) in
      let (basis, symbolic) = try state.symbolic()
      return (basis, try SymplecticSpectrum(of: symbolic))
    }
  }

  private func formula(
    _ value: SymplecticEigenvalue<RationalFunction>, _ basis: KernelBasis
  ) -> Expression {
    func surd(
      _ sum: RationalFunction, _ discriminant: RationalFunction, _ isGreater: Bool
    ) -> Expression {
      let first = basis.expression(sum)
      if discriminant.isZero { return first / 2 }
      let root = sqrt(basis.expression(discriminant))
      let simple = (try? NormalForm(root))?.expression ?? root
      return isGreater ? (first + simple) / 2 : (first - simple) / 2
    }
    switch value {
    case .surd(let sum, let discriminant, let isGreater):
      return surd(sum, discriminant, isGreater)
    case .root(let sum, let discriminant, let isGreater):
      return sqrt(surd(sum, discriminant, isGreater))
    }
  }

  private func symplecticEigenvalues(
    of state: GaussianValue, _ node: SyntaxNode
  ) throws(Diagnostic) -> [Expression] {
    let (basis, spectrum) = try symplecticSpectrum(of: state, node)
    return spectrum.values.map { formula($0, basis) }
  }

  /// The least symplectic eigenvalue: of two roots of one equation the smaller one, and of the others
  /// none that is proved not less than another.
  private func leastSymplecticEigenvalue(
    of state: GaussianValue, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    let (basis, spectrum) = try symplecticSpectrum(of: state, node)
    let candidates = spectrum.values.filter { value in
      switch value {
      case .surd(let sum, let discriminant, true):
        !spectrum.values.contains(
          .surd(sum: sum, discriminant: discriminant, isGreater: false))
      case .root(let sum, let discriminant, true):
        !spectrum.values.contains(
          .root(sum: sum, discriminant: discriminant, isGreater: false))
      default: true
      }
    }
    let values = candidates.map { formula($0, basis) }
    var kept: [Expression] = []
    for (index, value) in values.enumerated() {
      let isBeaten = values.enumerated().contains { other, rival in
        guard other != index, let sign = sign(of: value - rival) else { return false }
        return sign.isNonnegative && (sign != .zero || other < index)
      }
      if !isBeaten { kept.append(value) }
    }
    return kept.count == 1 ? kept[0] : .minimum(kept)
  }

  /// ‖ρ^T‖₁ for the partial transpose of the listed modes: Π max(1, 1/(2ν)). Where one mode is
  /// transposed against the others at most one ν is below ½ (σ + iΩ/2 ≥ 0 changes by a matrix with
  /// one negative eigenvalue), so that 1/(2ν) of the least is the norm, or the norm is one.
  ///
  /// - Returns: 2ν of the least, or the product.
  private func transposeNorm(
    _ nodes: [SyntaxNode], _ name: SyntaxNode.Name, _ node: SyntaxNode
  ) throws(Diagnostic) -> TransposeNorm {
    let state = try gaussian(nodes[0])
    let places = try places(nodes, name, in: state)
    let transposed = try gaussianResult(node) { () throws(GaussianError) in
      let (basis, symbolic) = try state.symbolic()
      return GaussianValue(
        modes: state.modes, state: try symbolic.partialTranspose(over: places), basis: basis,
        conditions: state.conditions)
    }
    if min(places.count, state.modes.count - places.count) <= 1 {
      return .single(2 * (try leastSymplecticEigenvalue(of: transposed, node)))
    }
    let values = try symplecticEigenvalues(of: transposed, node)
    return .product(values.reduce(Expression.one) { $0 * .maximum([.one, 1 / (2 * $1)]) })
  }

  private enum TransposeNorm {
    /// 2ν of the only symplectic eigenvalue that may be below ½.
    case single(Expression)
    /// The norm itself.
    case product(Expression)
  }

  /// The logarithm of ‖ρ^T‖₁, natural unless another base is given.
  private func logarithmicNegativity(
    _ arguments: [SyntaxNode.Argument], _ name: SyntaxNode.Name, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    var nodes: [SyntaxNode] = []
    var base: Expression?
    for argument in arguments {
      guard let label = argument.label else {
        nodes.append(argument.value)
        continue
      }
      guard label.text == "base", base == nil else {
        throw Diagnostic(
          "'\(name.text)' has no argument named '\(label.text)'", at: label.range,
          hint: "'base = 2' for the logarithm to base 2")
      }
      let value = try formula(argument.value)
      guard sign(of: value - 1) == .positive else {
        throw Diagnostic("the base of a logarithm is greater than 1", at: argument.value.range)
      }
      base = value
    }
    let logarithm: Expression
    if let first = nodes.first, isGaussian(first) {
      let norm = try transposeNorm(nodes, name, node)
      switch norm {
      case .single(let value): logarithm = .maximum([.zero, -log(value)])
      case .product(let value): logarithm = log(value)
      }
    } else {
      let call = SyntaxNode(
        .call(
          SyntaxNode.Name("negativity", at: name.range),
          nodes.map { SyntaxNode.Argument(label: nil, value: $0) }), at: node.range)
      logarithm = log(1 + 2 * (try formula(call)))
    }
    return base.map { logarithm / log($0) } ?? logarithm
  }

  // MARK: Other functions of a state

  /// tr(ρX) of matrices.
  private func matrixExpectation(
    _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    let (state, x) = (try matrix(nodes[0]), try matrix(nodes[1]))
    guard state.isSquare, state.rowCount == x.rowCount, state.columnCount == x.columnCount else {
      throw Diagnostic("a state and an operator of the same size are needed", at: node.range)
    }
    return (state * x).trace
  }

  /// `characteristic(S, a = eta, …)`: the normal-ordered characteristic function; modes that are not
  /// named have the argument 0.
  private func characteristic(
    _ arguments: [SyntaxNode.Argument], _ name: SyntaxNode.Name, _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    guard let first = arguments.first, first.label == nil else {
      throw Diagnostic("'\(name.text)' takes a Gaussian state first", at: name.range)
    }
    let state = try gaussian(first.value)
    var values = [Expression](repeating: .zero, count: state.modes.count)
    for argument in arguments.dropFirst() {
      guard let label = argument.label,
        let place = mode(named: label.text).flatMap({ state.place(ofMode: $0) })
      else {
        throw Diagnostic(
          "expected a mode of the state and its argument", at: argument.value.range,
          hint: "for example '\(name.text)(S, a = x + i*y)'")
      }
      values[place] = try formula(argument.value)
    }
    return exp(
      state.moments.normalCharacteristicExponent(at: values, half: .rational(Rational("1/2") ?? 1)))
  }
}
