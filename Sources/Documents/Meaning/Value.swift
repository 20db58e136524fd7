import Algebra
import Exact
import OpenSystems
import Symbolic

/// What a name of a derivation document stands for.
public enum Value: Sendable {
  /// A formula.
  case scalar(Expression)
  /// A matrix of formulas; an operator or a state of the document's system where its size fits.
  case matrix(Matrix<Expression>)
  /// Formulas in order: a list or tuple as the author wrote it.
  case list([Expression])
  /// Eigenvalues with multiplicities, in no particular order.
  case spectrum([Eigenvalue])
  /// Matrices that span a space.
  case space([Matrix<Expression>])
  /// An open system.
  case model(ModelDefinition)
  /// An operator of bosonic modes, in normal order.
  case modeOperator(ModeOperator<Expression>)
  /// An open system of bosonic modes.
  case gaussianModel(GaussianModelDefinition)
  /// A periodically driven open system.
  case drivenModel(DrivenModelDefinition)
  /// Qubits that are all alike, in any number.
  case ensemble(EnsembleDefinition)
  /// Bosonic modes of several parties on heat baths.
  case network(NetworkDefinition)
  /// A Gaussian state of bosonic modes.
  case gaussian(GaussianValue)

  /// One value of a spectrum.
  public struct Eigenvalue: Sendable {
    public let value: Expression
    public let multiplicity: Int
  }

  /// The kind of value, as an error message names it.
  public var phrase: String {
    switch self {
    case .scalar: "a number"
    case .matrix(let matrix): "a \(matrix.rowCount)×\(matrix.columnCount) matrix"
    case .list(let items): "a list of \(items.count) numbers"
    case .spectrum: "a spectrum"
    case .space(let basis): "a space of dimension \(basis.count)"
    case .model: "a model"
    case .modeOperator: "an operator of modes"
    case .gaussianModel: "a model of modes"
    case .drivenModel: "a driven model"
    case .ensemble: "an ensemble"
    case .network: "a network"
    case .gaussian: "a Gaussian state"
    }
  }

  /// The value row by row: a scalar is one row of one, a list or spectrum a row an element. An
  /// operator of modes has its coefficients, a Gaussian state its covariance.
  public var rows: [[Expression]] {
    switch self {
    case .scalar(let expression): [[expression]]
    case .matrix(let matrix): matrix.rowList
    case .list(let items): items.map { [$0] }
    case .spectrum(let values):
      values.flatMap { Array(repeating: [$0.value], count: $0.multiplicity) }
    case .space(let basis): basis.flatMap(\.rowList)
    case .model, .gaussianModel, .drivenModel, .ensemble, .network: []
    case .modeOperator(let value): value.monomials.map { [value[$0]] }
    case .gaussian(let state): state.covariance.rowList
    }
  }

  /// The value with each formula mapped.
  public func map<E: Error>(
    _ transform: (Expression) throws(E) -> Expression
  ) throws(E) -> Value {
    switch self {
    case .scalar(let expression): return .scalar(try transform(expression))
    case .matrix(let matrix): return .matrix(try matrix.map(transform))
    case .list(let items):
      var mapped: [Expression] = []
      for item in items { mapped.append(try transform(item)) }
      return .list(mapped)
    case .spectrum(let values):
      var mapped: [Eigenvalue] = []
      for item in values {
        mapped.append(.init(value: try transform(item.value), multiplicity: item.multiplicity))
      }
      return .spectrum(mapped)
    case .space(let basis):
      var mapped: [Matrix<Expression>] = []
      for matrix in basis { mapped.append(try matrix.map(transform)) }
      return .space(mapped)
    case .model, .gaussianModel, .drivenModel, .ensemble, .network: return self
    case .modeOperator(let value): return .modeOperator(try value.map(transform))
    case .gaussian(let state): return .gaussian(try state.map(transform))
    }
  }
}

extension Matrix {
  /// The elements, a list a row.
  var rowList: [[Element]] {
    (0..<rowCount).map { row in (0..<columnCount).map { self[row, $0] } }
  }
}
