import Algebra
import Exact

extension Space {
  /// The matrix with the listed subsystems traced out; the others keep their order.
  ///
  /// - Parameter matrix: square, of the space's dimension; over any ring.
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)``,
  ///   ``OpenSystemError/shape(what:expected:rows:columns:)``.
  /// - Complexity: O(n²/d) additions for total dimension n and traced dimension d.
  public func partialTrace<R: Ring>(
    of matrix: Matrix<R>, over places: [Int]
  ) throws(OpenSystemError) -> Matrix<R> {
    try checkShape(matrix, "the density matrix")
    let kept = offsets(of: try complement(of: places))
    let traced = offsets(of: places)
    return Matrix(rows: kept.count, columns: kept.count) { row, column in
      traced.reduce(R.zero) { $0 + matrix[kept[row] + $1, kept[column] + $1] }
    }
  }

  /// The reduced matrix of the listed subsystems, in the order of the list.
  ///
  /// - Throws: as ``partialTrace(of:over:)``.
  public func reduced<R: Ring>(
    _ matrix: Matrix<R>, to places: [Int]
  ) throws(OpenSystemError) -> Matrix<R> {
    try checkShape(matrix, "the density matrix")
    let traced = offsets(of: try complement(of: places))
    let kept = offsets(of: places)
    return Matrix(rows: kept.count, columns: kept.count) { row, column in
      traced.reduce(R.zero) { $0 + matrix[kept[row] + $1, kept[column] + $1] }
    }
  }

  /// The product of matrices of disjoint groups of subsystems that together are the space.
  ///
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)`` where the groups are not a partition,
  ///   ``OpenSystemError/shape(what:expected:rows:columns:)``.
  public func product<R: Ring>(
    _ factors: [(places: [Int], matrix: Matrix<R>)]
  ) throws(OpenSystemError) -> Matrix<R> {
    let all = factors.flatMap(\.places)
    guard try complement(of: all).isEmpty else {
      throw .invalidSubsystems(all, count: subsystems.count)
    }
    var product = Matrix<R>.identity(1)
    for (places, matrix) in factors {
      try restricted(to: places).checkShape(matrix, "a factor of a product")
      product = product.kronecker(matrix)
    }
    // The Kronecker product counts the levels in the order of the groups; put them in the space's.
    let order = offsets(of: all)
    var result = Matrix<R>(rows: dimension, columns: dimension)
    for row in 0..<dimension {
      for column in 0..<dimension { result[order[row], order[column]] = product[row, column] }
    }
    return result
  }
}
