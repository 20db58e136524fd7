import Algebra
import Arbitrary
import Exact

/// The superoperator of a model in rounded numbers, assembled by vec(AρB†) = (A ⊗ B̄) vec(ρ) for
/// row-major vec.
///
/// This is the numeric road's own assembly: it shares none with ``Liouvillian``, so that the two
/// check each other.
public struct NumericGenerator<F: FloatingField>: Sendable {
  /// The dense n²×n² matrix on row-major vec(ρ).
  public let matrix: Matrix<Complex<F>>
  /// The dimension n of the space.
  public let size: Int
  /// The precision, in bits, of every element: the greatest among the model's numbers, or the one
  /// asked for.
  public let precision: Int

  /// - Parameter precision: of the computation; nil for the greatest among the model's numbers.
  ///   Doubles have 53 whatever is asked for.
  /// - Throws: ``OpenSystemError/spaceTooLarge(limit:)`` beyond 64 levels: the dense matrix has n⁴
  ///   elements.
  public init(_ model: Model<F>, precision: Int? = nil) throws(OpenSystemError) {
    let limit = 64
    guard model.space.dimension <= limit else { throw .spaceTooLarge(limit: limit) }
    let bits = precision ?? NumericGenerator.greatestPrecision(of: model)
    let model = model.map { $0.atPrecision(bits) }
    let one = Matrix<Complex<F>>.identity(model.space.dimension)
    let half = Complex(F.half.atPrecision(bits))
    var sum = Complex<F>.i * (one.kronecker(model.hamiltonian.transpose))
    sum = sum - Complex<F>.i * model.hamiltonian.kronecker(one)
    for channel in model.channels {
      let rate = Complex(channel.rate)
      switch channel {
      case .correlated(let jumps, let rates):
        // Σ_i M_i ρ L_i† with M_i = Σ_j Γ_ij L_j, and the loss by K = Σ_i L_i† M_i, which is Hermitian.
        var loss = Matrix<Complex<F>>(rows: one.rowCount, columns: one.rowCount)
        for (i, left) in jumps.enumerated() {
          var mixed = Matrix<Complex<F>>(rows: one.rowCount, columns: one.rowCount)
          for (j, right) in jumps.enumerated() { mixed = mixed + rates[i, j] * right }
          sum = sum + mixed.kronecker(left.conjugate())
          loss = loss + left.adjoint() * mixed
        }
        sum = sum - half * (loss.kronecker(one) + one.kronecker(loss.transpose))
      case .jump(let jump, _):
        let square = jump.adjoint() * jump
        let loss = square.kronecker(one) + one.kronecker(square.transpose)
        sum = sum + rate * (jump.kronecker(jump.conjugate()) - half * loss)
      case .reset(let places, let state, _):
        sum = sum - rate * Matrix.identity(sum.rowCount)
        // χ ⊗ tr ρ = Σ χ_st |s><u| ρ |u><t| over the levels s, t, u of the reset subsystems.
        for s in 0..<state.rowCount {
          for t in 0..<state.rowCount where !state[s, t].isZero {
            for u in 0..<state.rowCount {
              let left = try model.space.embed(
                Operators.transition(from: u, to: s, levels: state.rowCount, over: F.self),
                at: places)
              let right = try model.space.embed(
                Operators.transition(from: u, to: t, levels: state.rowCount, over: F.self),
                at: places)
              sum = sum + (rate * state[s, t]) * left.kronecker(right)
            }
          }
        }
      }
    }
    matrix = sum.map { $0.atPrecision(bits) }
    size = model.space.dimension
    self.precision = bits
  }

  private static func greatestPrecision(of model: Model<F>) -> Int {
    var bits = 2
    func look(_ matrix: Matrix<Complex<F>>) {
      for element in matrix.elements { bits = max(bits, element.precision) }
    }
    look(model.hamiltonian)
    for channel in model.channels {
      bits = max(bits, channel.rate.precision)
      switch channel {
      case .jump(let jump, _): look(jump)
      case .reset(_, let state, _): look(state)
      case .correlated(let jumps, let rates):
        for jump in jumps { look(jump) }
        look(rates)
      }
    }
    return bits
  }

  /// dρ/dt of a density matrix.
  public func derivative(of state: Matrix<Complex<F>>) -> Matrix<Complex<F>> {
    precondition(state.elements.count == matrix.columnCount, "shapes do not fit")
    let column = DenseColumns.multiply(matrix, state.elements)
    return Matrix(rows: size, columns: size) { column[$0 * size + $1] }
  }
}

/// Products of dense matrices that the solvers repeat.
enum DenseColumns {
  static func multiply<F: FloatingField>(
    _ matrix: Matrix<Complex<F>>, _ vector: [Complex<F>]
  ) -> [Complex<F>] {
    (0..<matrix.rowCount).map { row in
      var sum = Complex<F>.zero
      for column in 0..<matrix.columnCount {
        let element = matrix.elements[row * matrix.columnCount + column]
        if !element.isZero { sum += element * vector[column] }
      }
      return sum
    }
  }
}
