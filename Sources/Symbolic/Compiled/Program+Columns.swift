import Arbitrary

extension Program {
  /// The outputs in double precision at many points, on all processors: with the conventions of
  /// ``DoubleBatch``, and those of ``evaluate(_:)`` for programs with complex numbers, which have no
  /// compiled form.
  ///
  /// - Parameter columns: for every input its values at the points.
  /// - Returns: for every output its values.
  /// - Precondition: there is a column for every input, and all are equally long.
  public func evaluate(columns: [[Double]]) -> [[Double]] {
    let count = columns.first?.count ?? 1
    precondition(
      columns.count == inputs.count && columns.allSatisfy { $0.count == count },
      "a point gives each input its value")
    guard let batch = try? DoubleBatch(self) else {
      let values = (0..<count).map { row in evaluate(columns.map { $0[row] }) }
      return (0..<outputCount).map { column in values.map { $0[column] } }
    }
    let (points, values) = (batch.points(count), batch.values(count))
    for (index, column) in columns.enumerated() {
      points.withColumn(index) { numbers in
        for (row, value) in column.enumerated() { numbers[row] = value }
      }
    }
    batch.evaluateConcurrently(points, values, rows: 0..<count)
    return (0..<outputCount).map { index in
      values.withColumn(index) { Array($0.prefix(count)) }
    }
  }
}
