import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// Values of Gaussian models again in numbers: by the Lyapunov equation of the quadratures, in floats
/// or in doubles, or from a density matrix in a truncated Fock space, in doubles.
extension NumericRoad {
  /// The value of an expression that rests on the steady state of a Gaussian model; nil for others.
  func gaussianRows(of node: SyntaxNode) throws(DocumentError) -> [[Complex<Real>]]? {
    let target = followed(node)
    let reader = ValueReader(
      scope: document.scope, values: document.values, space: nil, modes: document.modes,
      conditions: Dictionary(
        document.definitions.map { ($0.name, $0.conditions) }, uniquingKeysWith: { $1 }))
    do throws(GaussianError) {
      if reader.isGaussian(target) {
        return try state(target, reader).covariance.rows { Complex($0) }
      }
      guard case .call(let name, let arguments) = target.kind, let first = arguments.first?.value,
        reader.isGaussian(followed(first))
      else { return nil }
      let nodes = arguments.filter { $0.label == nil }.map(\.value)
      switch name.text {
      case "covariance": return try state(first, reader).covariance.rows { Complex($0) }
      case "expectation":
        guard nodes.count == 2 else {
          throw .notUnique("'expectation' takes a state and an operator")
        }
        return [
          [
            try expectation(
              first,
              try read { () throws(Diagnostic) in
                try reader.modeOperator(nodes[1])
              }, reader)
          ]
        ]
      case "smallest_symplectic_eigenvalue":
        guard let least = try state(first, reader).state.symplecticEigenvalues().first else {
          return nil
        }
        return [[Complex(least)]]
      case "negativity", "logarithmic_negativity":
        let negativity = try negativity(first, Array(nodes.dropFirst()), reader)
        if name.text == "negativity" { return [[Complex(negativity)]] }
        let norm = Real(1) + negativity + negativity
        var value = Real.log(norm, precision: precision)
        if let base = arguments.first(where: { $0.label?.text == "base" })?.value {
          let number = try number(try read { () throws(Diagnostic) in try reader.formula(base) })
          value = value / Real.log(number.re, precision: precision)
        }
        return [[Complex(value)]]
      default: throw .notUnique("'\(name.text)' has no numeric road for modes")
      }
    } catch {
      throw .question("the numeric road failed: \(error.description)", hint: nil)
    }
  }

  /// A name stands for its definition.
  private func followed(_ node: SyntaxNode) -> SyntaxNode {
    var current = node.withoutParentheses
    for _ in 0..<64 {
      guard case .name(let name) = current.kind,
        let definition = document.definitions.last(where: { $0.name == name }),
        definition.syntax.withoutParentheses != current
      else { break }
      current = definition.syntax.withoutParentheses
    }
    return current
  }

  private func read<R>(
    _ body: () throws(Diagnostic) -> R
  ) throws(GaussianError) -> R {
    do throws(Diagnostic) { return try body() } catch { throw .system(.domain(error.message)) }
  }

  private func number(_ expression: Expression) throws(GaussianError) -> Complex<Real> {
    do throws(OpenSystemError) {
      return try real(expression.substituting(point.mapValues { .rational($0) }))
    } catch { throw .system(error) }
  }

  private func number(
    _ x: ModeOperator<Expression>
  ) throws(GaussianError) -> ModeOperator<Complex<Real>> {
    try x.map { (value) throws(GaussianError) in try number(value) }
  }

  /// Numbers of a state, and which of the document's modes it has.
  private struct NumericState {
    let modes: [Int]
    let state: GaussianState<Real>
    var covariance: Matrix<Real> { state.covariance }
  }

  // MARK: States

  private func state(
    _ node: SyntaxNode, _ reader: ValueReader
  ) throws(GaussianError) -> NumericState {
    let target = followed(node)
    switch target.kind {
    case .call(let name, let arguments):
      guard let first = arguments.first?.value else { break }
      if name.text == "steady", let model = reader.gaussianModel(first) {
        return NumericState(modes: model.modes, state: try steady(model))
      }
      if name.text == "partial_transpose" {
        let inner = try state(first, reader)
        let places = try places(arguments.dropFirst().map(\.value), inner.modes, reader)
        return NumericState(
          modes: inner.modes, state: try inner.state.partialTranspose(over: places))
      }
    case .with(let body, let bindings):
      let inner = try state(body, reader)
      let images = try read { () throws(Diagnostic) in try reader.images(bindings) }
      guard images.others.isEmpty else { break }
      return try transformed(inner, images.images)
    default: break
    }
    throw .notUnique("\(node.phrase) has no numeric road")
  }

  private func places(
    _ nodes: [SyntaxNode], _ modes: [Int], _ reader: ValueReader
  ) throws(GaussianError) -> [Int] {
    var places: [Int] = []
    for node in nodes {
      let mode = try read { () throws(Diagnostic) in try reader.mode(node) }
      guard let place = modes.firstIndex(of: mode) else {
        throw .unknownMode(mode, count: modes.count)
      }
      places.append(place)
    }
    return places
  }

  private func steady(_ model: GaussianModelDefinition) throws(GaussianError) -> GaussianState<Real>
  {
    switch method {
    case .doubles:
      let numeric: GaussianModel<Double> = try model.numeric(at: point) {
        (expression) throws(OpenSystemError) in
        let value = try real(expression)
        return Complex(re: Double(value.re), im: Double(value.im))
      }
      let covariance = try numeric.lyapunovCovariance()
      let amplitudes = try numeric.steadyState().state.amplitudes
      return GaussianState(
        means: amplitudes.map { Complex(re: Real($0.re), im: Real($0.im)) },
        covariance: covariance.map { Real($0) })
    case .moments, .nullspace:
      let numeric = try realModel(model)
      return GaussianState(
        means: try numeric.steadyState().state.amplitudes,
        covariance: try numeric.lyapunovCovariance())
    case .evolution, .propagation, .harmonics:
      throw .notUnique("'\(method.rawValue)' is no road for models of modes")
    case .fock:
      let fock = try self.fock(model)
      let n = model.modes.count
      let ladder =
        (0..<n).map { ModeOperator<Complex<Double>>.annihilation($0) }
        + (0..<n).map { ModeOperator<Complex<Double>>.creation($0) }
      return try GaussianState(ladder) { (x) throws(GaussianError) in try fock.expectation(of: x) }
        .map { Real($0) }
    }
  }

  private func realModel(
    _ model: GaussianModelDefinition
  ) throws(GaussianError) -> GaussianModel<Real> {
    let numeric: GaussianModel<Real> = try model.numeric(at: point) {
      (expression) throws(OpenSystemError) in try real(expression)
    }
    // An unstable model has moments that are stationary and belong to no state.
    _ = try numeric.steadyState()
    return numeric
  }

  /// The truncated state, in doubles, with so many levels that the tail is negligible.
  private func fock(
    _ model: GaussianModelDefinition
  ) throws(GaussianError) -> FockSteadyState<Double> {
    let numeric: GaussianModel<Double> = try model.numeric(at: point) {
      (expression) throws(OpenSystemError) in
      let value = try real(expression)
      return Complex(re: Double(value.re), im: Double(value.im))
    }
    // An unstable model has a truncated steady state that means nothing.
    _ = try numeric.steadyState()
    var last: FockSteadyState<Double>?
    for levels in [6, 9, 12, 16, 24, 32, 48, 64, 96] {
      do throws(GaussianError) {
        let state = try FockSteadyState(
          numeric, levels: Array(repeating: levels, count: model.modes.count))
        last = state
        if state.tailWeight < 1e-13 { return state }
      } catch {
        if case .tooLarge = error, last != nil { break }
        throw error
      }
    }
    guard let last else { throw .noModes }
    throw .tooLarge(
      "a truncated Fock space of \(last.space.dimensions[0]) levels a mode leaves a tail of weight "
        + "\(last.tailWeight); choose parameters with fewer bosons")
  }

  // MARK: Values

  private func expectation(
    _ node: SyntaxNode, _ x: ModeOperator<Expression>, _ reader: ValueReader
  ) throws(GaussianError) -> Complex<Real> {
    let value = try state(node, reader)
    for mode in x.occurringModes where !value.modes.contains(mode) {
      throw .unknownMode(mode, count: value.modes.count)
    }
    let places = Dictionary(uniqueKeysWithValues: zip(value.modes, value.modes.indices))
    let numeric = try number(x.renumbered(places))
    if method == .fock, case .call(let name, let arguments) = followed(node).kind,
      name.text == "steady", let model = arguments.first.flatMap({ reader.gaussianModel($0.value) })
    {
      // The operator itself in the truncated space, without Wick's theorem.
      let value = try fock(model).expectation(
        of: numeric.map { Complex(re: Double($0.re), im: Double($0.im)) })
      return Complex(re: Real(value.re), im: Real(value.im))
    }
    return try value.state.expectation(of: numeric)
  }

  private func negativity(
    _ node: SyntaxNode, _ modes: [SyntaxNode], _ reader: ValueReader
  ) throws(GaussianError) -> Real {
    if method == .fock, case .call(let name, let arguments) = followed(node).kind,
      name.text == "steady", let model = arguments.first.flatMap({ reader.gaussianModel($0.value) })
    {
      return Real(try fock(model).negativity(over: try places(modes, model.modes, reader)))
    }
    let value = try state(node, reader)
    return try value.state.negativity(over: try places(modes, value.modes, reader))
  }

  /// The state in other modes, by its first and second moments.
  private func transformed(
    _ inner: NumericState, _ images: [(mode: Int, image: ModeOperator<Expression>)]
  ) throws(GaussianError) -> NumericState {
    let places = Dictionary(uniqueKeysWithValues: zip(inner.modes, inner.modes.indices))
    var ladder: [ModeOperator<Complex<Real>>] = []
    for (_, image) in images { ladder.append(try number(image.renumbered(places))) }
    ladder += ladder.map(\.adjoint)
    let state = try GaussianState(ladder) { (x) throws(GaussianError) in
      try inner.state.expectation(of: x)
    }
    return NumericState(modes: images.map(\.mode), state: state)
  }
}

extension GaussianState {
  /// The state whose modes have these ladder operators, annihilation operators first, by the
  /// expectations of their products.
  fileprivate init(
    _ ladder: [ModeOperator<Complex<F>>],
    _ expectation: (ModeOperator<Complex<F>>) throws(GaussianError) -> Complex<F>
  ) throws(GaussianError) {
    let n = ladder.count / 2
    var means: [Complex<F>] = []
    for x in ladder { means.append(try expectation(x)) }
    var ordered = Matrix<Complex<F>>(rows: 2 * n, columns: 2 * n)
    for a in 0..<(2 * n) {
      for b in 0..<(2 * n) {
        // Normal order in the new modes: creation operators first.
        let isSwapped = a < n && b >= n
        let product: ModeOperator<Complex<F>>
        do {
          product = try ladder[isSwapped ? b : a].times(ladder[isSwapped ? a : b])
        } catch { throw .arithmetic(error) }
        ordered[a, b] = try expectation(product) - means[a] * means[b]
      }
    }
    self.init(means: Array(means.prefix(n)), ordered: ordered)
  }
}

extension Matrix {
  fileprivate func rows<T>(_ transform: (Element) -> T) -> [[T]] {
    rowList.map { $0.map(transform) }
  }
}
