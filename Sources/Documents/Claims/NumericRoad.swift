import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic

/// Finds a value of a document again at a point without its symbolic solution.
///
/// The definition is followed down to its model, the model is put into numbers at the point, and the
/// steady state is solved in floats: by a linear system in MPFR or in doubles, or by evolving an
/// initial state until it stays. Nothing of the symbolic road but the document's text is used.
public struct NumericRoad: Sendable {
  /// How the steady state is found.
  public enum Method: String, Sendable, CaseIterable {
    /// The linear system, in MPFR floats.
    case nullspace
    /// The linear system, in doubles.
    case doubles
    /// exp(L·t) applied to the maximally mixed state until it stays, in MPFR floats.
    case evolution
    /// The Lyapunov equation of a Gaussian model, in MPFR floats.
    case moments
    /// The steady state of a Gaussian model in a truncated Fock space, in doubles.
    case fock
    /// The state of a driven model from propagation over a period, in MPFR floats.
    case propagation
    /// The same from the generator with all its harmonics, without the average over a period.
    case harmonics

    /// Whether it is a road for driven models.
    var isDriven: Bool { self == .propagation || self == .harmonics }
  }

  let document: Document
  let point: [Symbol: Rational]
  let method: Method
  /// Binary digits of the MPFR roads.
  var precision = 160

  /// The value of an expression of the document, row by row.
  ///
  /// - Parameter value: what the document makes of it; the road of a driven model reads in it which model and
  ///   which of its numbers are meant.
  /// - Throws: ``DocumentError/question(_:hint:)`` for an expression without a numeric road.
  func rows(of node: SyntaxNode, value: Value) throws(DocumentError) -> [[Complex<Real>]] {
    if method.isDriven { return try propagatedRows(of: value, node) }
    if let rows = try gaussianRows(of: node) { return rows }
    switch method {
    case .moments, .fock, .propagation, .harmonics: throw noRoad(node)
    case .nullspace, .evolution:
      return try evaluate(node) { (expression) throws(OpenSystemError) in
        try real(expression)
      }
    case .doubles:
      let values: [[Complex<Double>]] = try evaluate(node) { (expression) throws(OpenSystemError) in
        let value = try real(expression)
        return Complex(re: Double(value.re), im: Double(value.im))
      }
      return values.map { $0.map { Complex(re: Real($0.re), im: Real($0.im)) } }
    }
  }

  func real(_ expression: Expression) throws(OpenSystemError) -> Complex<Real> {
    do {
      let program = try Program([expression], inputs: [])
      let value = try program.enclose([Interval](), precision: precision)[0]
      return Complex(re: value.re.midpoint, im: value.im.midpoint)
    } catch {
      throw .domain("\(error)")
    }
  }

  // MARK: Following definitions

  private func evaluate<F: FloatingField>(
    _ node: SyntaxNode, _ convert: (Expression) throws(OpenSystemError) -> Complex<F>
  ) throws(DocumentError) -> [[Complex<F>]] {
    switch node.withoutParentheses.kind {
    case .name(let name):
      guard let definition = document.definitions.last(where: { $0.name == name }) else {
        throw noRoad(node)
      }
      return try evaluate(definition.syntax, convert)
    case .call(let name, let arguments):
      let nodes = arguments.map(\.value)
      do throws(OpenSystemError) {
        switch name.text {
        case "steady": return try state(nodes, convert).rowList
        case "negativity":
          let matrix = try matrix(nodes.first, convert)
          return [
            [
              Complex(
                try Entanglement.negativity(
                  of: matrix.0, in: matrix.1, party: try places(nodes, matrix.1)))
            ]
          ]
        case "partial_transpose":
          let matrix = try matrix(nodes.first, convert)
          return try matrix.1.partialTranspose(
            of: matrix.0, over: try places(nodes, matrix.1)
          ).rowList
        case "partial_trace":
          let matrix = try matrix(nodes.first, convert)
          return try matrix.1.partialTrace(of: matrix.0, over: try places(nodes, matrix.1)).rowList
        case "smallest_eigenvalue":
          let matrix = try matrix(nodes.first, convert)
          guard let least = try HermitianEigenvalues(matrix.0).values.min() else { break }
          return [[Complex(least)]]
        default: break
        }
      } catch {
        throw .question("the numeric road failed: \(error.description)", hint: nil)
      }
      throw noRoad(node)
    default: throw noRoad(node)
    }
  }

  func noRoad(_ node: SyntaxNode) -> DocumentError {
    .question(
      "\(node.phrase) has no numeric road",
      hint: "cross-check a steady state, its negativity, smallest eigenvalue or a partial transpose"
    )
  }

  private func model(_ node: SyntaxNode?) -> ModelDefinition? {
    guard let name = node?.name, case .model(let model)? = document.value(named: name.text) else {
      return nil
    }
    return model
  }

  private func state<F: FloatingField>(
    _ nodes: [SyntaxNode], _ convert: (Expression) throws(OpenSystemError) -> Complex<F>
  ) throws(OpenSystemError) -> Matrix<Complex<F>> {
    guard let definition = model(nodes.first) else { throw .domain("no model is named here") }
    let numeric = try definition.numeric(at: point, convert)
    switch method {
    case .nullspace: return try NumericSteadyState(numeric, precision: precision).state
    case .moments, .fock: throw .domain("'\(method.rawValue)' is a road for models of modes")
    case .propagation, .harmonics:
      throw .domain("'\(method.rawValue)' is a road for driven models")
    case .doubles: return try NumericSteadyState(numeric).state
    case .evolution:
      let mixed = States.mixed(numeric.space.dimension, over: F.self).map { element in
        Complex(re: element.re.atPrecision(precision), im: element.im.atPrecision(precision))
      }
      let tolerance = F.one.atPrecision(precision).scaled(byPowerOfTwo: -precision / 2)
      return try TimeEvolution(numeric, precision: precision)
        .stationaryLimit(from: mixed, tolerance: tolerance).state
    }
  }

  /// A matrix and the space it belongs to.
  private func matrix<F: FloatingField>(
    _ node: SyntaxNode?, _ convert: (Expression) throws(OpenSystemError) -> Complex<F>
  ) throws(OpenSystemError) -> (Matrix<Complex<F>>, Space) {
    guard let node else { throw .domain("an argument is missing") }
    var current = node.withoutParentheses
    // A name stands for its definition, down to the steady state of a model.
    for _ in 0..<64 {
      guard case .name(let name) = current.kind,
        let definition = document.definitions.last(where: { $0.name == name })
      else { break }
      current = definition.syntax.withoutParentheses
    }
    guard case .call(let name, let arguments) = current.kind else {
      throw .domain("\(node.phrase) is not the steady state of a model")
    }
    let nodes = arguments.map(\.value)
    switch name.text {
    case "steady":
      guard let definition = model(nodes.first) else { throw .domain("no model is named here") }
      return (try state(nodes, convert), definition.space)
    case "partial_transpose":
      let inner = try matrix(nodes.first, convert)
      let transposed = try inner.1.partialTranspose(of: inner.0, over: try places(nodes, inner.1))
      return (transposed, inner.1)
    default: throw .domain("'\(name.text)' has no numeric road")
    }
  }

  private func places(_ nodes: [SyntaxNode], _ space: Space) throws(OpenSystemError) -> [Int] {
    var result: [Int] = []
    for node in nodes.dropFirst() { result.append(try space.index(named: node.name?.text ?? "")) }
    return result
  }
}
