import Exact

/// P·A·Q = L·U: permutations P and Q, L unit lower triangular, U upper trapezoidal with pivots on its
/// diagonal, for a matrix of any shape and rank.
///
/// Guarantee: exact over exact fields; over enclosures L and U contain factors of every matrix
/// enclosed. The pivot is the cheapest element over exact fields and the greatest over rounded ones.
public struct TriangularFactors<F: Field>: Sendable {
  /// Row i of P·A is row `rowOrder[i]` of A.
  public let rowOrder: [Int]
  /// Column j of A·Q is column `columnOrder[j]` of A.
  public let columnOrder: [Int]
  /// L, square.
  public let lower: Matrix<F>
  /// U, of the shape of A.
  public let upper: Matrix<F>
  /// The number of pivots.
  public let rank: Int

  /// - Throws: ``ArithmeticError/domain(_:)`` where what is left may be zero but is not known to be;
  ///   ``ArithmeticError/limit(_:)`` where an element outgrows the limit.
  /// - Complexity: O(rows·columns·rank) operations of the field.
  @specialized(where F == Rational)
  @specialized(where F == RationalFunction)
  public init(
    _ matrix: Matrix<F>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) {
    let (m, n) = (matrix.rowCount, matrix.columnCount)
    var u = matrix
    var l = Matrix<F>.identity(m)
    var rows = Array(0..<m)
    var columns = Array(0..<n)
    var rank = 0
    let sizeLimit = Elimination<F>.sizeLimit(limit)
    steps: while rank < min(m, n) {
      var best: (row: Int, column: Int)?
      var bestCost = Double.infinity
      for i in rank..<m {
        for j in rank..<n {
          if let cost = u[i, j].pivotCost, best == nil || cost < bestCost {
            best = (i, j)
            bestCost = cost
          }
        }
      }
      guard let pivot = best else { break steps }
      if pivot.row != rank {
        rows.swapAt(pivot.row, rank)
        for j in 0..<n { u.elements.swapAt(pivot.row * n + j, rank * n + j) }
        for j in 0..<rank { l.elements.swapAt(pivot.row * m + j, rank * m + j) }
      }
      if pivot.column != rank {
        columns.swapAt(pivot.column, rank)
        for i in 0..<m { u.elements.swapAt(i * n + pivot.column, i * n + rank) }
      }
      let inverse = try u[rank, rank].inverse()
      for i in (rank + 1)..<max(m, rank + 1) where !u[i, rank].isZero {
        let factor = u[i, rank] * inverse
        l[i, rank] = factor
        u[i, rank] = .zero
        for j in (rank + 1)..<max(n, rank + 1) where !u[rank, j].isZero {
          try Elimination<F>.check(factor, times: u[rank, j], sizeLimit)
          u[i, j] -= factor * u[rank, j]
          try Elimination<F>.check(u[i, j], sizeLimit)
        }
      }
      rank += 1
    }
    for i in rank..<max(m, rank) {
      for j in rank..<max(n, rank) where !u[i, j].isZero {
        throw .domain("the rank is not decided in this arithmetic: a remainder may be zero")
      }
    }
    rowOrder = rows
    columnOrder = columns
    lower = l
    upper = u
    self.rank = rank
  }
}
