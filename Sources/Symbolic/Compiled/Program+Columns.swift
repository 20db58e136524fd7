import Arbitrary
import Synchronization

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
      let values = rows(columns, count)
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

  /// Row by row, the rows divided among the processors.
  private func rows(_ columns: [[Double]], _ count: Int) -> [[Double]] {
    let hasCalls = steps.contains { if case .call = $0 { true } else { false } }
    let results = Mutex([[Double]](repeating: [], count: count))
    _ = ConcurrentRows.run(
      0..<count, block: 1, threads: ConcurrentRows.defaultThreads, isCancelled: { false },
      make: {},
      evaluate: { _, rows in
        for row in rows {
          let point = columns.map { $0[row] }
          var values = evaluate(point)
          // Not every procedure has a road of doubles.
          if hasCalls, values.contains(where: \.isNaN) { values = middles(point, or: values) }
          results.withLock { [values] in $0[row] = values }
        }
      })
    return results.withLock { $0 }
  }

  /// The middles of enclosures that are narrow enough to be drawn.
  private func middles(_ point: [Double], or values: [Double]) -> [Double] {
    guard
      let boxes = try? enclose(
        point.map { Interval(Real($0)) }, precision: Program.drawingPrecision)
    else { return values }
    return zip(values, boxes).map { value, box in
      guard value.isNaN, box.im.containsZero, box.re.isBounded else { return value }
      let (low, high) = (box.re.lower.approximateDouble, box.re.upper.approximateDouble)
      let isNarrow = high - low <= 1e-9 * Swift.max(Swift.abs(low), Swift.abs(high), 1e-3)
      return isNarrow ? (low + high) / 2 : .nan
    }
  }

  private static var drawingPrecision: Int { 96 }
}
