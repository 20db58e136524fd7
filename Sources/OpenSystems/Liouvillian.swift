import Algebra
import Arbitrary
import Exact

/// The generator of a model as a linear map on density matrices, from its sparse elements.
///
/// With G = -iH - ½ Σ rate·L†L the jumps and the Hamiltonian give Gρ + ρG† + Σ rate·LρL†: every
/// contribution is a product of at most two stored operator elements, and no n²×n² matrix is formed
/// on the way.
public struct Liouvillian<F: Field>: Sendable {
  public let model: Model<F>

  public init(_ model: Model<F>) { self.model = model }

  /// The superoperator on row-major vec(ρ), whose element number i·n + j is ρ_ij.
  ///
  /// - Complexity: O(n·entries) for the Hamiltonian and each jump, plus the square of the entries of
  ///   each jump; n the dimension.
  public func superoperator() -> SparseMatrix<Complex<F>> {
    let n = model.space.dimension
    var entries: [(row: Int, column: Int, value: Complex<F>)] = []
    contributions(upperOnly: false) { i, j, k, l, value in
      entries.append((i * n + j, k * n + l, value))
    }
    return SparseMatrix(rows: n * n, columns: n * n, entries: entries)
  }

  /// Calls `body` with (i, j, k, l, c) for terms c·ρ_kl of dρ_ij/dt; equal places add up.
  ///
  /// - Parameter upperOnly: leave out i > j, which Hermiticity gives.
  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  func contributions(
    upperOnly: Bool, _ body: (Int, Int, Int, Int, Complex<F>) -> Void
  ) {
    let n = model.space.dimension
    var effective = -Complex<F>.i * model.hamiltonian
    let minusHalf = -F.half
    for case .jump(let jump, let rate) in model.channels {
      let entries = SparseOperator(jump).entries
      for a in entries {
        for b in entries {
          // LρL†: row from the left factor, column from the conjugate of the right one.
          if !(upperOnly && a.row > b.row) {
            body(a.row, b.row, a.column, b.column, rate * (a.value * b.value.conj))
          }
          if a.row == b.row {
            effective[a.column, b.column] += (minusHalf * rate) * (a.value.conj * b.value)
          }
        }
      }
    }
    for case .correlated(let jumps, let rates) in model.channels {
      let entries = jumps.map { SparseOperator($0).entries }
      for (p, left) in entries.enumerated() {
        for (q, right) in entries.enumerated() where !rates[p, q].isZero {
          let rate = rates[p, q]
          for a in right {
            for b in left {
              if !(upperOnly && a.row > b.row) {
                body(a.row, b.row, a.column, b.column, rate * (a.value * b.value.conj))
              }
              if a.row == b.row {
                effective[b.column, a.column] += (minusHalf * rate) * (b.value.conj * a.value)
              }
            }
          }
        }
      }
    }
    for entry in SparseOperator(effective).entries {
      let conjugate = entry.value.conj
      for other in 0..<n {
        if !(upperOnly && entry.row > other) {
          body(entry.row, other, entry.column, other, entry.value)
        }
        if !(upperOnly && other > entry.row) {
          body(other, entry.row, other, entry.column, conjugate)
        }
      }
    }
    for case .reset(let places, let state, let rate) in model.channels {
      let inside = model.space.offsets(of: places)
      let outside = model.space.offsets(
        of: model.space.subsystems.indices.filter { !places.contains($0) })
      for entry in SparseOperator(state).entries {
        let value = rate * entry.value
        for a in outside {
          for b in outside {
            let i = a + inside[entry.row]
            let j = b + inside[entry.column]
            if upperOnly && i > j { continue }
            for t in inside { body(i, j, a + t, b + t, value) }
          }
        }
      }
      for i in 0..<n {
        for j in (upperOnly ? i : 0)..<n { body(i, j, i, j, Complex(-rate)) }
      }
    }
  }
}

/// The elements of a matrix that are not known to be zero.
struct SparseOperator<R: Ring> {
  let entries: [(row: Int, column: Int, value: R)]

  init(_ matrix: Matrix<R>) {
    var entries: [(row: Int, column: Int, value: R)] = []
    for row in 0..<matrix.rowCount {
      for column in 0..<matrix.columnCount where !matrix[row, column].isZero {
        entries.append((row, column, matrix[row, column]))
      }
    }
    self.entries = entries
  }
}
