import Algebra
import Arbitrary
import Exact

extension Entanglement {
  /// The concurrence of two qubits, enclosed: max(0, l₁ - l₂ - l₃ - l₄) with the decreasing singular values l
  /// of WᵀYW, ρ = WW†, Y = sy ⊗ sy.
  ///
  /// W is Cholesky's factor, with pivots, as far as pivots are known to be positive. The rest of the matrix
  /// is positive semidefinite with known diagonal S_ii, and any factor Z of it has rows of length √S_ii: its
  /// elements are enclosed by that. No eigenvalue of ρYρ̄Y, and no square root of its noise, is taken.
  /// Where ρ has small eigenvalues, the concurrence itself has an unbounded slope; an uncertainty r of ρ
  /// then leaves one of about √r.
  ///
  /// - Parameters:
  ///   - state: 4×4; **Guarantee:** the concurrence of every positive semidefinite matrix enclosed lies in
  ///     the result. The trace need not be one: C(λρ) = λC(ρ).
  /// - Throws: ``OpenSystemError/notTwoQubits(dimensions:)``; ``OpenSystemError/notPositive(what:eigenvalue:)``
  ///   where no member is positive semidefinite; ``OpenSystemError/notConverged(_:)``.
  /// - Source: Wootters 1998.
  public static func concurrence(
    enclosing state: Matrix<ComplexInterval>, precision: Int
  ) throws(OpenSystemError) -> Interval {
    guard state.rowCount == 4, state.columnCount == 4 else {
      throw .notTwoQubits(dimensions: [state.rowCount, state.columnCount])
    }
    let p = precision
    let factor = try PositiveFactor(state.map { $0.rounded(precision: p) }, precision: p).columns
    let n = factor.count
    let symmetric = Matrix<ComplexInterval>(rows: n, columns: n) { i, j in
      let (x, y) = (factor[i], factor[j])
      return x[1] * y[2] + x[2] * y[1] - x[0] * y[3] - x[3] * y[0]
    }
    let values = try SpectralEnclosure.singularValues(symmetric, precision: p)
    guard let first = values.first else { return .zero }
    let difference = values.dropFirst().reduce(first) { $0 - $1 }
    return Interval.maximum(difference, .zero)
  }

  /// The concurrence of ρ = BB† from a 4×4 factor B, in rounded numbers, without forming ρ: right to a
  /// few units of the last place of ‖B‖² also where ρ is nearly pure.
  ///
  /// - Throws: ``OpenSystemError/notTwoQubits(dimensions:)``, ``OpenSystemError/notConverged(_:)``.
  public static func concurrence<F: FloatingField>(
    ofFactor factor: Operator<F>
  ) throws(OpenSystemError) -> F {
    guard factor.rowCount == 4 else {
      throw .notTwoQubits(dimensions: [factor.rowCount, factor.columnCount])
    }
    let n = factor.columnCount
    let symmetric = Operator<F>(rows: n, columns: n) { i, j in
      factor[1, i] * factor[2, j] + factor[2, i] * factor[1, j]
        - factor[0, i] * factor[3, j] - factor[3, i] * factor[0, j]
    }
    let values = try SingularValues.of(symmetric)
    guard let first = values.first else { return .zero }
    let difference = values.dropFirst().reduce(first) { $0 - $1 }
    return difference > .zero ? difference : .zero
  }
}

/// Vectors w_j with ρ = Σ w_j w_j†, for every positive semidefinite member ρ of an enclosed matrix.
struct PositiveFactor {
  private(set) var columns: [[ComplexInterval]] = []

  /// - Throws: ``OpenSystemError/notPositive(what:eigenvalue:)``, ``OpenSystemError/notHermitian(what:row:column:)``
  ///   where there is no such member.
  init(_ matrix: Matrix<ComplexInterval>, precision p: Int) throws(OpenSystemError) {
    let n = matrix.rowCount
    let nonnegative = Interval(between: .zero, and: .infinity)
    var rest = matrix
    for i in 0..<n {
      for j in i..<n {
        let met = matrix[i, j].intersection(matrix[j, i].conj)
        guard !met.isEmpty else { throw .notHermitian(what: "the state", row: i, column: j) }
        rest[i, j] = i == j ? ComplexInterval(real: met.re) : met
        rest[j, i] = rest[i, j].conj
      }
    }
    var left = Array(0..<n)
    while true {
      for i in left {
        let diagonal = rest[i, i].re.intersection(nonnegative)
        guard !diagonal.isEmpty else {
          throw .notPositive(what: "the matrix", eigenvalue: "below \(rest[i, i].re.upper)")
        }
        rest[i, i] = ComplexInterval(real: diagonal)
      }
      guard let pivot = left.max(by: { rest[$0, $0].re.lower < rest[$1, $1].re.lower }) else {
        return
      }
      let value = rest[pivot, pivot].re
      // A pivot of which little is known would only spread its uncertainty.
      guard value.lower.signum > 0, Real(4) * value.lower > value.upper else { break }
      let root = Interval.sqrt(value, precision: p)
      left.removeAll { $0 == pivot }
      var column = [ComplexInterval](repeating: .zero, count: n)
      column[pivot] = ComplexInterval(real: root)
      for i in left {
        let element = rest[i, pivot]
        column[i] = ComplexInterval(
          re: Interval.div(element.re, root, precision: p),
          im: element.im.isZero ? .zero : Interval.div(element.im, root, precision: p))
      }
      columns.append(column)
      for i in left {
        for j in left {
          if i == j {
            rest[i, i] = ComplexInterval(
              real: rest[i, i].re
                - Interval.div(rest[i, pivot].normSquared, value, precision: p))
          } else {
            rest[i, j] = rest[i, j] - column[i] * column[j].conj
          }
        }
      }
    }
    let heights = left.map { Interval.sqrt(rest[$0, $0].re, precision: p).upper }
    for _ in left {
      var column = [ComplexInterval](repeating: .zero, count: n)
      for (i, height) in zip(left, heights) where !height.isZero {
        let range = Interval.symmetric(height)
        column[i] = ComplexInterval(re: range, im: range)
      }
      columns.append(column)
    }
  }
}
