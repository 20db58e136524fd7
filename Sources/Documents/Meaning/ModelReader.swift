import Algebra
import Exact
import OpenSystems
import Symbolic

/// Reads the lines of a model, reporting the errors of all of them.
struct ModelReader {
  let values: ValueReader
  let space: Space
  private(set) var diagnostics: [Diagnostic] = []
  private var hamiltonian: Matrix<Expression>
  private var channels: [ModelDefinition.Term] = []
  private var baths: [ThermalBath] = []
  private var shift: Matrix<Expression>

  init(values: ValueReader, space: Space) {
    self.values = values
    self.space = space
    hamiltonian = Matrix(rows: space.dimension, columns: space.dimension)
    shift = hamiltonian
  }

  /// The model; nil where a line has an error, all of which are in ``diagnostics``.
  mutating func read(_ syntax: ModelSyntax) -> ModelDefinition? {
    for item in syntax.items {
      do throws(Diagnostic) {
        try read(item)
      } catch {
        diagnostics.append(error)
      }
    }
    guard diagnostics.isEmpty else { return nil }
    var model = ModelDefinition(
      name: syntax.name.text, space: space, hamiltonian: hamiltonian + shift, channels: channels)
    if let first = syntax.items.first(where: \.isOfWeakCoupling) {
      do throws(Diagnostic) {
        model.weak = try BathReader(values: values, space: space)
          .weakCoupling(hamiltonian, baths, shift: shift, at: first.range)
      } catch {
        diagnostics.append(error)
        return nil
      }
    }
    do throws(OpenSystemError) {
      // Hermiticity of H, the trace of reset states and the like are refused here, at their place.
      _ = try model.symbolic()
    } catch {
      diagnostics.append(Diagnostic(error.description, at: syntax.name.range))
      return nil
    }
    return model
  }

  private mutating func read(_ item: ModelSyntax.Item) throws(Diagnostic) {
    switch item.kind {
    case .hamiltonian(let node): hamiltonian = hamiltonian + (try operatorMatrix(node))
    // Such models have a reader of their own.
    case .drive: break
    case .shift(let node): shift = shift + (try operatorMatrix(node))
    case .bath(let bath):
      baths.append(try BathReader(values: values, space: space).bath(bath))
    case .jump(let node, let rate):
      channels.append(.jump(try operatorMatrix(node), rate: try self.rate(rate)))
    case .dephasing(let names, let rate):
      // Coherence decays as exp(-rate·t), which is a jump by sz at half the rate.
      let half = try self.rate(rate) / 2
      for name in names { channels.append(.jump(try pauli("sz", name), rate: half)) }
    case .thermal(let names, let down, let up):
      let (downRate, upRate) = (try rate(down), try rate(up))
      for name in names {
        channels.append(.jump(try pauli("sm", name), rate: downRate))
        channels.append(.jump(try pauli("sp", name), rate: upRate))
      }
    case .reset(let names, let state, let rate):
      let matrix = try values.matrix(state)
      let value = try self.rate(rate)
      for name in names {
        let place = try values.subsystem(SyntaxNode(.name(name.text), at: name.range))
        let dimension = space.subsystems[place].dimension
        guard matrix.rowCount == dimension, matrix.columnCount == dimension else {
          throw Diagnostic(
            "the state of '\(name.text)' is a \(dimension)×\(dimension) matrix, not "
              + "\(matrix.rowCount)×\(matrix.columnCount)", at: state.range)
        }
        channels.append(.reset(place, state: matrix, rate: value))
      }
    }
  }

  private func operatorMatrix(_ node: SyntaxNode) throws(Diagnostic) -> Matrix<Expression> {
    let matrix = try values.matrix(node)
    guard matrix.rowCount == space.dimension, matrix.columnCount == space.dimension else {
      throw Diagnostic(
        "an operator of this system is a \(space.dimension)×\(space.dimension) matrix, not "
          + "\(matrix.rowCount)×\(matrix.columnCount)", at: node.range)
    }
    return matrix
  }

  private func pauli(_ text: String, _ name: SyntaxNode.Name) throws(Diagnostic)
    -> Matrix<Expression>
  {
    let argument = SyntaxNode.Argument(
      label: nil, value: SyntaxNode(.name(name.text), at: name.range))
    let call = SyntaxNode(
      .call(SyntaxNode.Name(text, at: name.range), [argument]), at: name.range)
    return try values.matrix(call)
  }

  /// A rate: real, and not proved negative.
  private func rate(_ node: SyntaxNode) throws(Diagnostic) -> Expression {
    let rate = try values.formula(node)
    if values.sign(of: rate) == .negative {
      throw Diagnostic("a rate is not negative", at: node.range)
    }
    return rate
  }
}

extension ModelSyntax.Item {
  /// Whether the line makes its model one of weak coupling.
  fileprivate var isOfWeakCoupling: Bool {
    switch kind {
    case .bath, .shift: true
    default: false
    }
  }
}
