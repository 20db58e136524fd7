import Arbitrary
import Exact

/// All solutions of a linear equation for a matrix.
public enum MatrixSolution<F: Field>: Sendable, Equatable {
  case unique(Matrix<F>)
  /// One solution, and a basis of the solutions of the homogeneous equation.
  case affine(Matrix<F>, homogeneous: [Matrix<F>])
  case inconsistent

  /// The solution where it is the only one.
  public var value: Matrix<F>? {
    if case .unique(let x) = self { x } else { nil }
  }

  init(_ solution: LinearSolution<F>, rows: Int, columns: Int) {
    func matrix(_ vector: [F]) -> Matrix<F> {
      Matrix(rows: rows, columns: columns) { vector[$0 * columns + $1] }
    }
    switch solution {
    case .unique(let x): self = .unique(matrix(x))
    case .affine(let x, let basis):
      self = .affine(matrix(x), homogeneous: basis.map { matrix($0) })
    case .inconsistent: self = .inconsistent
    }
  }
}

/// Linear equations for a matrix over any field, by elimination in their sparse Kronecker form.
///
/// Over exact fields the answer is proved: that A and -B (for ``stein(_:_:_:limit:)`` A and 1/B) have
/// an eigenvalue in common shows as the family of solutions, or as there being none. Over enclosures a
/// result contains the solution and proves that it is unique.
public enum MatrixEquation {
  /// A·X + X·B = C (Sylvester 1884): unique exactly if no eigenvalue of A is minus one of B.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` over rounded fields and enclosures where the equation is
  ///   not known to be regular; ``ArithmeticError/limit(_:)``.
  /// - Complexity: elimination with m·n unknowns, of which a row holds m + n - 1 at most.
  public static func sylvester<F: Field>(
    _ a: Matrix<F>, _ b: Matrix<F>, _ c: Matrix<F>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> MatrixSolution<F> {
    precondition(
      a.isSquare && b.isSquare && c.rowCount == a.rowCount && c.columnCount == b.rowCount,
      "shapes do not fit")
    let (m, n) = (a.rowCount, b.rowCount)
    var entries: [(row: Int, column: Int, value: F)] = []
    for i in 0..<m {
      for j in 0..<n {
        for k in 0..<m where !a[i, k].isZero { entries.append((i * n + j, k * n + j, a[i, k])) }
        for k in 0..<n where !b[k, j].isZero { entries.append((i * n + j, i * n + k, b[k, j])) }
      }
    }
    return try solve(entries, c, limit)
  }

  /// A·X + X·Aᵀ = C (Lyapunov 1892): X is symmetric where C is and the solution is unique.
  ///
  /// - Throws: as ``sylvester(_:_:_:limit:)``.
  public static func lyapunov<F: Field>(
    _ a: Matrix<F>, _ c: Matrix<F>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> MatrixSolution<F> {
    try sylvester(a, a.transpose, c, limit: limit)
  }

  /// A·X + X·A† = C: X is Hermitian where C is and the solution is unique.
  ///
  /// - Throws: as ``sylvester(_:_:_:limit:)``.
  public static func hermitianLyapunov<F: Field>(
    _ a: Matrix<Complex<F>>, _ c: Matrix<Complex<F>>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> MatrixSolution<Complex<F>> {
    try sylvester(a, a.transpose.map { $0.conj }, c, limit: limit)
  }

  /// X - A·X·B = C (Stein 1952): the discrete Lyapunov equation for B = Aᵀ; unique exactly if no
  /// product of an eigenvalue of A and one of B is 1.
  ///
  /// - Throws: as ``sylvester(_:_:_:limit:)``.
  public static func stein<F: Field>(
    _ a: Matrix<F>, _ b: Matrix<F>, _ c: Matrix<F>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> MatrixSolution<F> {
    precondition(
      a.isSquare && b.isSquare && c.rowCount == a.rowCount && c.columnCount == b.rowCount,
      "shapes do not fit")
    let (m, n) = (a.rowCount, b.rowCount)
    var entries: [(row: Int, column: Int, value: F)] = []
    for i in 0..<m {
      for j in 0..<n {
        entries.append((i * n + j, i * n + j, .one))
        for k in 0..<m where !a[i, k].isZero {
          for l in 0..<n where !b[l, j].isZero {
            entries.append((i * n + j, k * n + l, -(a[i, k] * b[l, j])))
          }
        }
      }
    }
    return try solve(entries, c, limit)
  }

  private static func solve<F: Field>(
    _ entries: [(row: Int, column: Int, value: F)], _ c: Matrix<F>, _ limit: EliminationLimit
  ) throws(ArithmeticError) -> MatrixSolution<F> {
    let count = c.elements.count
    let system = SparseMatrix(rows: count, columns: count, entries: entries)
    return MatrixSolution(
      try system.solutions(of: c.elements, limit: limit), rows: c.rowCount,
      columns: c.columnCount)
  }
}
