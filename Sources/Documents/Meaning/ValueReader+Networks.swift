import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// Calls on networks of modes.
extension ValueReader {
  /// What networks have beside what every model of modes has.
  static let networkCalls: Set<String> = ["occupations", "dark_modes", "damping", "drift"]

  func network(_ node: SyntaxNode) -> NetworkDefinition? {
    guard let name = node.name, case .network(let network)? = values[name.text] else { return nil }
    return network
  }

  /// The value of a call whose argument is a network, or that takes one; nil for any other.
  func networkCall(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Value? {
    guard let first = nodes.first, let network = network(first) else {
      guard Self.networkCalls.contains(name.text) else { return nil }
      throw Diagnostic(
        "'\(name.text)' takes a network", at: nodes.first?.range ?? name.range,
        hint: "declare one with 'network N { … }'")
    }
    let (basis, equation) = (network.secular.basis, network.secular.equation)
    switch name.text {
    case "steady":
      try count(nodes, 1, name)
      guard let state = try steady(network, node) else { return nil }
      return .gaussian(state)
    case "covariance":
      try count(nodes, 1, name)
      return .matrix(try state(of: network, first, node).covariance)
    case "occupations":
      try count(nodes, 1, name)
      return .matrix(occupations(of: network, try state(of: network, first, node)))
    case "dark_modes":
      try count(nodes, 1, name)
      return .space(
        try dark(network, node).basis.map { vector in
          Matrix(rows: vector.count, columns: 1) { row, _ in basis.expression(vector[row]) }
        })
    case "damping":
      try count(nodes, 1, name)
      return .matrix(equation.damping.map { basis.expression($0) })
    case "drift":
      try count(nodes, 1, name)
      return .matrix(equation.drift.map { basis.expression($0) })
    default: return nil
    }
  }

  /// `steady(N)`.
  private func state(
    of network: NetworkDefinition, _ argument: SyntaxNode, _ node: SyntaxNode
  ) throws(Diagnostic) -> GaussianValue {
    if let state = try steady(network, node) { return state }
    return try gaussian(
      SyntaxNode(
        .call(.init("steady", at: node.range), [.init(label: nil, value: argument)]),
        at: node.range))
  }

  private func inNetwork<R>(
    _ node: SyntaxNode, _ body: () throws(NetworkError) -> R
  ) throws(Diagnostic) -> R {
    do throws(NetworkError) {
      return try WorkBudget.limited(to: Self.networkLimit) {
        Result { () throws(NetworkError) in try body() }
      }.value.get()
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  private static var networkLimit: Int { 4_000_000_000 }

  /// X_ij = ⟨a_j†a_i⟩, the modes in the order of the parties.
  private func occupations(
    of network: NetworkDefinition, _ state: GaussianValue
  ) -> Matrix<Expression> {
    let places = network.modes.map { state.place(ofMode: $0) ?? 0 }
    let size = state.modes.count
    let n = places.count
    // Normal-ordered ⟨a_j†a_i⟩ is the covariance of ladder operators i and j + n; no means.
    return Matrix(rows: n, columns: n) { state.ordered[places[$0], places[$1] + size] }
  }

  /// Whether every mode is proved to be damped.
  private func isDamped(_ network: NetworkDefinition) -> Bool {
    let secular = network.secular
    let certificate = try? HermitianCertificate(secular.equation.damping) {
      (value) throws(ArithmeticError) in secular.sign(of: value)
    }
    guard case .positiveDefinite? = certificate?.verdict else { return false }
    return true
  }

  private func dark(
    _ network: NetworkDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> DarkModes<RationalFunction> {
    if isDamped(network) { return DarkModes(basis: [], momentDimension: 0) }
    if network.secular.hasHiddenZeros {
      throw Diagnostic(
        "whether all modes of '\(network.name)' are damped is not decided: its numbers have square roots",
        at: node.range, hint: "take rational energies")
    }
    return try inNetwork(node) { () throws(NetworkError) in
      try network.secular.equation.darkModes()
    }
  }

  /// The steady state of a passive network whose damping is proved positive; nil for others, which are
  /// models of modes like any other.
  ///
  /// - Throws: where some modes are not damped, with all of them and the dimension of the family of
  ///   stationary moments.
  private func steady(
    _ network: NetworkDefinition, _ node: SyntaxNode
  ) throws(Diagnostic) -> GaussianValue? {
    let (basis, equation) = (network.secular.basis, network.secular.equation)
    guard equation.isPassive else { return nil }
    if !isDamped(network) {
      let dark = try dark(network, node)
      if dark.basis.isEmpty { return nil }
      let list = dark.basis.map { text(of: $0, network) }.joined(separator: "; ")
      throw Diagnostic(
        "the steady state of '\(network.name)' is not unique: "
          + "\(dark.dimension == 1 ? "one mode is" : "\(dark.dimension) modes are") not damped, "
          + "\(list); the stationary moments are a family of dimension \(dark.momentDimension)",
        at: node.range, hint: "ask for them with 'dark_modes(\(network.name))'")
    }
    let state = try inNetwork(node) { () throws(NetworkError) in
      if let moments = network.secular.levelMoments() { return try moments.state() }
      return try equation.stationaryMoments().state()
    }
    let value = GaussianValue(modes: network.modes, state: state, basis: basis, conditions: [])
    do throws(GaussianError) {
      return try basis.hasRoots ? value.reduced() : value
    } catch {
      throw Diagnostic(error.description, at: node.range)
    }
  }

  /// Σ v̄_i a_i with the document's names.
  private func text(
    of vector: [Complex<RationalFunction>], _ network: NetworkDefinition
  ) -> String {
    let basis = network.secular.basis
    return zip(vector, network.modeNames).filter { !$0.0.isZero }
      .map { value, name in
        let factor = basis.expression(value.conj)
        return factor.rationalValue == 1 ? name : "(\(factor))*\(name)"
      }.joined(separator: " + ")
  }
}
