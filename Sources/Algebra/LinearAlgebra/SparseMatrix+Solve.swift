import Arbitrary
import Exact

extension SparseMatrix where Element: Field {
  /// A basis of the null space, each vector with a 1 where all others have 0.
  ///
  /// Over exact fields its size is the proved dimension, over rational functions that for generic
  /// parameters. Functions are found by evaluation and interpolation and proved by substitution.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` where the vectors outgrow the limit.
  public func nullSpace(
    limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> [[Element]] {
    if let functions = self as? SparseMatrix<RationalFunction>,
      let kernel = try FunctionKernel.found(functions, limit: limit),
      let vectors = kernel.vectors as? [[Element]]
    {
      return vectors
    }
    return try Elimination(self, limit: limit).nullSpace()
  }

  /// The solution of `self · x = right`, for a square matrix of full rank.
  ///
  /// Over the rational numbers a dense system of some size is solved p-adically, over rational
  /// functions by evaluation and interpolation, and over other fields by elimination; enclosures
  /// contain the solution, and prove that it is unique.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where the matrix is singular, or may be;
  ///   ``ArithmeticError/limit(_:)``.
  public func solve(
    _ right: [Element], limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> [Element] {
    precondition(rowCount == columnCount && right.count == rowCount, "shapes do not fit")
    if let solution = try solveByImages(right, limit) { return solution }
    // The null vector of [A | -b] with 1 in the last place.
    let elimination = try Elimination(bordered(right), pivotLimit: columnCount, limit: limit)
    guard elimination.isRankDecided, elimination.rank == columnCount,
      let solution = elimination.nullSpace().first
    else { throw .domain(Self.singularText) }
    return Array(solution.dropLast())
  }

  private static var singularText: String {
    "the linear system is singular, or cannot be told from a singular one"
  }

  /// The solution by images modulo primes, where that is the faster road; nil where elimination has to
  /// find it.
  private func solveByImages(
    _ right: [Element], _ limit: EliminationLimit
  ) throws(ArithmeticError) -> [Element]? {
    if let functions = bordered(right) as? SparseMatrix<RationalFunction> {
      guard
        let kernel = try FunctionKernel.found(functions, pivotLimit: columnCount, limit: limit)
      else { return nil }
      if !kernel.isRegular(columnCount) {
        // That the rank is not full is proved by a null vector.
        guard try nullSpace(limit: limit).isEmpty else { throw .domain(Self.singularText) }
        return nil
      }
      guard let vector = kernel.vectors.first else { return nil }
      return Array(vector.dropLast()) as? [Element]
    }
    if let functions = self as? SparseMatrix<Complex<RationalFunction>>,
      let right = right as? [Complex<RationalFunction>]
    {
      // Real and imaginary parts: (X + iY)(u + iv) = (Xu - Yv) + i(Yu + Xv).
      let solution = try functions.realForm.solve(right.flatMap { [$0.re, $0.im] }, limit: limit)
      return columns { Complex(re: solution[2 * $0], im: solution[2 * $0 + 1]) } as? [Element]
    }
    if let numbers = self as? SparseMatrix<Rational>, let right = right as? [Rational],
      RationalLifting.isWorthwhile(numbers)
    {
      return try RationalLifting.solve(numbers, right, limit: limit) as? [Element]
    }
    return nil
  }

  private func columns<T>(_ value: (Int) -> T) -> [T] { (0..<columnCount).map(value) }
}

extension SparseMatrix where Element == Complex<RationalFunction> {
  /// The matrix on real and imaginary parts in turn.
  fileprivate var realForm: SparseMatrix<RationalFunction> {
    var result: [[SparseMatrix<RationalFunction>.Entry]] = []
    for row in rows {
      var upper: [SparseMatrix<RationalFunction>.Entry] = []
      var lower = upper
      for entry in row {
        let (re, im) = (entry.value.re, entry.value.im)
        if !re.isZero { upper.append(.init(column: 2 * entry.column, value: re)) }
        if !im.isZero {
          upper.append(.init(column: 2 * entry.column + 1, value: -im))
          lower.append(.init(column: 2 * entry.column, value: im))
        }
        if !re.isZero { lower.append(.init(column: 2 * entry.column + 1, value: re)) }
      }
      result += [upper, lower]
    }
    return SparseMatrix<RationalFunction>(columns: 2 * columnCount, sortedRows: result)
  }
}
