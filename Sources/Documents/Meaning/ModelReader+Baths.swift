import Algebra
import Exact
import OpenSystems
import Symbolic

/// Reads the bath lines of a model.
struct BathReader {
  let values: ValueReader
  let space: Space

  func bath(_ syntax: BathSyntax) throws(Diagnostic) -> ThermalBath {
    var couplings: [Matrix<Expression>] = []
    for node in syntax.couplings {
      let matrix = try values.matrix(node)
      guard matrix.rowCount == space.dimension, matrix.columnCount == space.dimension else {
        throw Diagnostic(
          "an operator of this system is a \(space.dimension)×\(space.dimension) matrix, not "
            + "\(matrix.rowCount)×\(matrix.columnCount)", at: node.range)
      }
      couplings.append(matrix)
    }
    let temperature = try values.formula(syntax.temperature)
    let sign = values.sign(of: temperature)
    guard temperature.isLiteralZero || sign == .positive else {
      throw Diagnostic(
        "a temperature is positive for all parameters, or the number 0",
        at: syntax.temperature.range,
        hint: "declare it with 'parameter T > 0'")
    }
    // The density is asked for at ω > 0 only, the shift at ω of either sign.
    let positive = syntax.frequency.map { Symbol($0.text, .positive) }
    let real = syntax.frequency.map { Symbol($0.text, .real) }
    let density = try square(syntax.density, couplings.count, values.with(positive))
    var zero: Matrix<Expression>?
    if let node = syntax.zero { zero = try square(node, couplings.count, values) }
    var shift: ThermalBath.Shift?
    if let node = syntax.lamb {
      shift = .init(
        try square(node, couplings.count, values.with(real), arePositive: false), frequency: real)
    }
    do throws(OpenSystemError) {
      return try ThermalBath(
        couplings: couplings, density: density, frequency: positive, temperature: temperature,
        zeroRates: zero, shift: shift)
    } catch {
      throw Diagnostic(error.description, at: syntax.density.range)
    }
  }

  /// A matrix with a row and a column for each coupling operator, or a number where there is one.
  private func square(
    _ node: SyntaxNode, _ count: Int, _ reader: ValueReader, arePositive: Bool = true
  ) throws(Diagnostic) -> Matrix<Expression> {
    let matrix: Matrix<Expression>
    if reader.isMatrix(node) {
      matrix = try reader.matrix(node)
    } else {
      let value = try reader.formula(node)
      guard count == 1 else {
        throw Diagnostic(
          "a bath with \(count) operators needs a \(count)×\(count) matrix here", at: node.range,
          hint: "what is off the diagonal says how much the operators see the same bath")
      }
      matrix = Matrix(rows: 1, columns: 1) { _, _ in value }
    }
    guard matrix.rowCount == count, matrix.columnCount == count else {
      throw Diagnostic(
        "a bath with \(count) operators needs a \(count)×\(count) matrix here, not "
          + "\(matrix.rowCount)×\(matrix.columnCount)", at: node.range)
    }
    if arePositive { try requirePositive(matrix, node, reader) }
    return matrix
  }

  /// Refuses a matrix of rates that is not Hermitian or is proved to have a negative eigenvalue. One of
  /// which the signs do not decide it is left to who chooses the parameters.
  private func requirePositive(
    _ matrix: Matrix<Expression>, _ node: SyntaxNode, _ reader: ValueReader
  ) throws(Diagnostic) {
    let adjoint = reader.adjoint(matrix)
    for i in 0..<matrix.rowCount {
      for j in 0...i where !(matrix[i, j].isLiteralZero && matrix[j, i].isLiteralZero) {
        guard let form = try? NormalForm(matrix[i, j] - adjoint[i, j]), form.value.isZero else {
          throw Diagnostic(
            "elements (\(i + 1), \(j + 1)) and (\(j + 1), \(i + 1)) are not conjugate",
            at: node.range)
        }
      }
    }
    guard let (basis, field) = try? matrix.inField() else { return }
    let certificate = try? HermitianCertificate(field) { (value) throws(ArithmeticError) in
      switch reader.sign(of: basis.expression(value)) {
      case .positive: .positive
      case .negative: .negative
      case .zero: .zero
      default: nil
      }
    }
    if case .indefinite? = certificate?.verdict {
      throw Diagnostic(
        "this matrix has a negative eigenvalue, which the rates of no bath have", at: node.range,
        hint: "for two operators, |J12|^2 <= J11*J22")
    }
  }

  /// Levels, frequencies and rates of the whole model.
  func weakCoupling(
    _ hamiltonian: Matrix<Expression>, _ baths: [ThermalBath], shift: Matrix<Expression>,
    at range: SourceRange
  ) throws(Diagnostic) -> WeakDefinition {
    let commutator = Matrix.commutator(hamiltonian, shift)
    for element in commutator.elements where !element.isLiteralZero {
      guard let form = try? NormalForm(element), form.value.isZero else {
        throw Diagnostic(
          "a shift acts within levels of equal energy: it commutes with the hamiltonian", at: range,
          hint: "leave out its parts between different energies, which are of second order")
      }
    }
    do throws(OpenSystemError) {
      return WeakDefinition(
        hamiltonian: hamiltonian, baths: baths,
        coupling: try WeakCoupling(hamiltonian: hamiltonian, baths: baths) { values.sign(of: $0) })
    } catch {
      throw Diagnostic(error.description, at: range)
    }
  }
}
