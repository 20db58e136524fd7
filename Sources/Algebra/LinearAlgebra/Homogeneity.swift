import Exact

/// Degrees of rows and columns by which a polynomial matrix is homogeneous: each element in row i and
/// column j is homogeneous of degree rᵢ + cⱼ.
///
/// Then a null vector with 1 in column f is homogeneous of degree c_f - c_j in column j, because
/// scaling all variables by s scales the matrix to diag(s^r)·A·diag(s^c). One variable may be set to 1
/// and restored. Generators in which all parameters are rates are of this kind.
struct Homogeneity {
  let columnDegrees: [Int]

  /// - Returns: nil where there are no such degrees.
  init?(_ rows: [[PivotProgram.Slot]], columnCount: Int, inputs: [Polynomial]) {
    var degrees: [Int] = []
    for input in inputs {
      guard let first = input.monomials.first, let last = input.monomials.last,
        input.ring.totalDegree(first) == input.ring.totalDegree(last)
      else { return nil }
      degrees.append(input.ring.totalDegree(first))
    }
    var columnRows = [[(row: Int, degree: Int)]](repeating: [], count: columnCount)
    for (index, row) in rows.enumerated() {
      for slot in row { columnRows[slot.column].append((index, degrees[Int(slot.register)])) }
    }
    var rowDegrees = [Int?](repeating: nil, count: rows.count)
    var columns = [Int?](repeating: nil, count: columnCount)
    for root in 0..<columnCount where columns[root] == nil {
      columns[root] = 0
      var queue = [root]
      while let column = queue.popLast() {
        let own = columns[column] ?? 0
        for (row, degree) in columnRows[column] {
          if let known = rowDegrees[row] {
            if known + own != degree { return nil }
            continue
          }
          rowDegrees[row] = degree - own
          for slot in rows[row] {
            let other = degrees[Int(slot.register)] - (degree - own)
            if let known = columns[slot.column] {
              if known != other { return nil }
            } else {
              columns[slot.column] = other
              queue.append(slot.column)
            }
          }
        }
      }
    }
    columnDegrees = columns.map { $0 ?? 0 }
  }
}
