import Algebra
import Exact
import OpenSystems
import Symbolic

/// Reads the lines of a driven model, reporting the errors of all of them.
struct DrivenModelReader {
  let values: ValueReader
  let space: Space
  private(set) var diagnostics: [Diagnostic] = []
  private var hamiltonian: Matrix<Expression>
  private var drives: [(Matrix<Expression>, ModelSyntax.Wave, Expression, SourceRange)] = []
  private var baths: [DrivenModelDefinition.Bath] = []

  init(values: ValueReader, space: Space) {
    self.values = values
    self.space = space
    hamiltonian = Matrix(rows: space.dimension, columns: space.dimension)
  }

  /// Whether a line of the model is a drive.
  static func isDriven(_ syntax: ModelSyntax) -> Bool {
    syntax.items.contains { if case .drive = $0.kind { true } else { false } }
  }

  /// The greatest multiple of the lowest frequency.
  private static let largestOrder = 64

  /// The model; nil where a line has an error, all of which are in ``diagnostics``.
  mutating func read(_ syntax: ModelSyntax) -> DrivenModelDefinition? {
    for item in syntax.items {
      do throws(Diagnostic) {
        try read(item)
      } catch {
        diagnostics.append(error)
      }
    }
    guard diagnostics.isEmpty else { return nil }
    do throws(Diagnostic) {
      if baths.isEmpty {
        throw Diagnostic(
          "a driven model needs a bath: without one there is no steady state",
          at: syntax.name.range, hint: "add a line 'bath S density J in w temperature T'")
      }
      let (frequency, orders) = try self.orders()
      let list = zip(drives, orders).map { drive, order in
        DrivenModelDefinition.Drive(
          operation: drive.0, wave: drive.1, frequency: drive.2, order: order)
      }
      return DrivenModelDefinition(
        name: syntax.name.text, space: space, hamiltonian: hamiltonian, drives: list,
        baths: baths, frequency: frequency)
    } catch {
      diagnostics.append(error)
      return nil
    }
  }

  /// The frequency of which all are multiples, and the multiples: the first drive's, or that of one
  /// whose others are multiples of it.
  private func orders() throws(Diagnostic) -> (Expression, [Int]) {
    for candidate in drives {
      let orders = drives.compactMap { drive -> Int? in
        guard let form = try? NormalForm(drive.2 / candidate.2), form.value.im.isZero,
          let ratio = form.value.re.constantValue, ratio.isInteger,
          let order = ratio.numerator.word, (1...Self.largestOrder).contains(order)
        else { return nil }
        return order
      }
      if orders.count == drives.count { return (candidate.2, orders) }
    }
    throw Diagnostic(
      "the frequencies of the drives are no multiples, up to \(Self.largestOrder), of one of them",
      at: drives.last?.3 ?? SourceRange(0, 0),
      hint: "the drive must be periodic: write the frequencies as w, 2*w, …")
  }

  private mutating func read(_ item: ModelSyntax.Item) throws(Diagnostic) {
    switch item.kind {
    case .hamiltonian(let node): hamiltonian = hamiltonian + (try hermitian(node))
    case .drive(let node, let wave, let frequency):
      let value = try values.formula(frequency)
      guard values.sign(of: value) == .positive else {
        throw Diagnostic(
          "the frequency of a drive is positive for all parameters", at: frequency.range,
          hint: "declare it with 'parameter w > 0'")
      }
      drives.append((try hermitian(node), wave, value, item.range))
    case .bath(let syntax): baths.append(try bath(syntax))
    default:
      throw Diagnostic(
        "a driven model has the lines hamiltonian, drive and bath only", at: item.range,
        hint: "damping of a driven system comes from its baths")
    }
  }

  private func bath(_ syntax: BathSyntax) throws(Diagnostic) -> DrivenModelDefinition.Bath {
    let bath = try BathReader(values: values, space: space).bath(syntax)
    guard bath.couplings.count == 1, bath.zeroRates == nil, bath.shift == nil else {
      throw Diagnostic(
        "in a driven model a bath has one operator, and no 'zero' or 'lamb'",
        at: syntax.couplings[0].range,
        hint: "write a sum of operators, or several baths")
    }
    try requireHermitian(bath.couplings[0], syntax.couplings[0])
    guard !bath.temperature.isLiteralZero else {
      throw Diagnostic(
        "in a driven model the temperature of a bath is positive", at: syntax.temperature.range)
    }
    let frequency = bath.frequency ?? Symbol("w", .positive)
    let quotient = bath.density[0, 0] / frequency.expression
    let simplified = (try? NormalForm(quotient))?.expression ?? quotient
    return .init(
      coupling: bath.couplings[0], densityPerFrequency: simplified, frequency: frequency,
      temperature: bath.temperature)
  }

  private func hermitian(_ node: SyntaxNode) throws(Diagnostic) -> Matrix<Expression> {
    let matrix = try values.matrix(node)
    guard matrix.rowCount == space.dimension, matrix.columnCount == space.dimension else {
      throw Diagnostic(
        "an operator of this system is a \(space.dimension)×\(space.dimension) matrix, not "
          + "\(matrix.rowCount)×\(matrix.columnCount)", at: node.range)
    }
    try requireHermitian(matrix, node)
    return matrix
  }

  private func requireHermitian(
    _ matrix: Matrix<Expression>, _ node: SyntaxNode
  ) throws(Diagnostic) {
    let adjoint = values.adjoint(matrix)
    for row in 0..<matrix.rowCount {
      for column in 0...row
      where !(matrix[row, column].isLiteralZero && adjoint[row, column].isLiteralZero) {
        guard let form = try? NormalForm(matrix[row, column] - adjoint[row, column]),
          form.value.isZero
        else {
          throw Diagnostic(
            "the operator is not known to be Hermitian: see its elements (\(row + 1), \(column + 1)) "
              + "and (\(column + 1), \(row + 1))", at: node.range)
        }
      }
    }
  }
}
