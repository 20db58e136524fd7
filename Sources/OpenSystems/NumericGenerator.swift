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
    let n = model.space.dimension
    let one = Matrix<Complex<F>>.identity(n)
    let half = Complex(F.half.atPrecision(bits))
    var sum = KroneckerSum<F>(size: n)
    sum.add(Complex<F>.i, one, model.hamiltonian.transpose)
    sum.add(-Complex<F>.i, model.hamiltonian, one)
    for channel in model.channels {
      let rate = Complex(channel.rate)
      switch channel {
      case .correlated(let jumps, let rates):
        // Σ_i M_i ρ L_i† with M_i = Σ_j Γ_ij L_j, and the loss by K = Σ_i L_i† M_i, which is Hermitian.
        var loss = Matrix<Complex<F>>(rows: n, columns: n)
        for (i, left) in jumps.enumerated() {
          var mixed = Matrix<Complex<F>>(rows: n, columns: n)
          for (j, right) in jumps.enumerated() { mixed = mixed + rates[i, j] * right }
          sum.add(.one, mixed, left.conjugate())
          loss = loss + left.adjoint() * mixed
        }
        sum.add(-half, loss, one)
        sum.add(-half, one, loss.transpose)
      case .jump(let jump, _):
        let square = jump.adjoint() * jump
        sum.add(rate, jump, jump.conjugate())
        sum.add(-(rate * half), square, one)
        sum.add(-(rate * half), one, square.transpose)
      case .reset(let places, let state, _):
        sum.add(-rate, one, one)
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
              sum.add(rate * state[s, t], left, right)
            }
          }
        }
      }
    }
    matrix = sum.matrix.map { $0.atPrecision(bits) }
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

/// A dense sum of Kronecker products of sparse matrices.
private struct KroneckerSum<F: FloatingField> {
  let size: Int
  private(set) var matrix: Matrix<Complex<F>>

  init(size: Int) {
    self.size = size
    matrix = Matrix(rows: size * size, columns: size * size)
  }

  /// Adds factor·(a ⊗ b); zeros of either cost nothing.
  mutating func add(
    _ factor: Complex<F>, _ a: Matrix<Complex<F>>, _ b: Matrix<Complex<F>>
  ) {
    let right = entries(b)
    for left in entries(a) {
      let value = factor * left.value
      for other in right {
        matrix[left.row * size + other.row, left.column * size + other.column] +=
          value * other.value
      }
    }
  }

  private func entries(
    _ matrix: Matrix<Complex<F>>
  ) -> [(row: Int, column: Int, value: Complex<F>)] {
    var result: [(row: Int, column: Int, value: Complex<F>)] = []
    for row in 0..<size {
      for column in 0..<size where !matrix[row, column].isZero {
        result.append((row, column, matrix[row, column]))
      }
    }
    return result
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
