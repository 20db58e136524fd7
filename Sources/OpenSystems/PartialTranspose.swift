import Algebra
import Exact

extension Space {
  /// The matrix with the row and column levels of the listed subsystems exchanged.
  ///
  /// All subsystems give the transpose, none the matrix itself; a subset and its complement give
  /// transposes of each other, so that their spectra agree.
  ///
  /// - Parameter matrix: square, of the space's dimension; over any ring.
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)``,
  ///   ``OpenSystemError/shape(what:expected:rows:columns:)``.
  /// - Complexity: O(n²) moves.
  /// - Source: Peres 1996; Horodecki 1996.
  public func partialTranspose<R: Ring>(
    of matrix: Matrix<R>, over places: [Int]
  ) throws(OpenSystemError) -> Matrix<R> {
    try checkShape(matrix, "the density matrix")
    let inside = offsets(of: places)
    let outside = offsets(of: try complement(of: places))
    var result = Matrix<R>(rows: dimension, columns: dimension)
    for a in inside {
      for b in inside {
        for c in outside {
          for d in outside { result[a + c, b + d] = matrix[b + c, a + d] }
        }
      }
    }
    return result
  }
}
