import Exact

extension Matrix where Element: Field {
  /// The number of independent rows.
  ///
  /// Over an exact field proved; over rational functions that for generic parameters.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` over rounded fields and enclosures where a remainder may
  ///   be zero but is not known to be; ``ArithmeticError/limit(_:)``.
  public func rank(limit: EliminationLimit = .standard) throws(ArithmeticError) -> Int {
    if Element.self == RationalFunction.self {
      return columnCount - (try SparseMatrix(self).nullSpace(limit: limit).count)
    }
    let elimination = try Elimination(SparseMatrix(self), limit: limit)
    guard elimination.isRankDecided else {
      throw .domain("the rank is not decided in this arithmetic: a remainder may be zero")
    }
    return elimination.rank
  }

  /// A basis of the null space; see ``SparseMatrix/nullSpace(limit:)``.
  public func nullSpace(
    limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> [[Element]] {
    try SparseMatrix(self).nullSpace(limit: limit)
  }

  /// The solution of `self · x = right`; see ``SparseMatrix/solve(_:limit:)``.
  public func solve(
    _ right: [Element], limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> [Element] {
    try SparseMatrix(self).solve(right, limit: limit)
  }

  /// The inverse; over enclosures a matrix that contains it, and the proof that there is one.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where the matrix is singular, or may be;
  ///   ``ArithmeticError/limit(_:)``.
  public func inverse(
    limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> Matrix {
    precondition(isSquare, "a square matrix")
    // The null vectors of [A | -1] with a 1 in one of the last columns are those of the inverse.
    var system = SparseMatrix(self)
    system = SparseMatrix(columns: 2 * columnCount, sortedRows: system.rows)
    for row in system.rows.indices {
      system.rows[row].append(.init(column: columnCount + row, value: -.one))
    }
    let vectors: [[Element]]
    let isRegular: Bool
    if let functions = system as? SparseMatrix<RationalFunction>,
      let kernel = try FunctionKernel.found(functions, pivotLimit: columnCount, limit: limit),
      kernel.isRegular(columnCount), let found = kernel.vectors as? [[Element]]
    {
      isRegular = true
      vectors = found
    } else if Element.self == RationalFunction.self, try !nullSpace(limit: limit).isEmpty {
      isRegular = false
      vectors = []
    } else {
      let elimination = try Elimination(system, pivotLimit: columnCount, limit: limit)
      isRegular = elimination.isRankDecided && elimination.rank == columnCount
      vectors = isRegular ? elimination.nullSpace() : []
    }
    guard isRegular, vectors.count == columnCount else {
      throw .domain("the matrix is singular, or cannot be told from a singular one")
    }
    return Matrix(rows: rowCount, columns: columnCount) { vectors[$1][$0] }
  }
}
