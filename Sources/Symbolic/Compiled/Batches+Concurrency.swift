import Arbitrary

/// Evaluation on several threads. Each has memory of its own for the operations, taken at every call;
/// the schedule of the program is shared. **Guarantee:** values are those of `evaluate`, bit for bit,
/// whatever the number of threads.

extension RealBatch {
  /// Writes the values at the points of `rows`, by default all, to the same rows of `values`.
  ///
  /// - Parameters:
  ///   - threads: by default as many as there are processors.
  ///   - isCancelled: asked from time to time, on any thread; when it says so, rows not yet begun keep
  ///     what they have.
  /// - Returns: whether all rows were evaluated.
  /// - Precondition: the tables are of this batch's precision and have the rows.
  @discardableResult
  public func evaluateConcurrently(
    _ points: RealTable, _ values: RealTable, rows: Range<Int>? = nil, threads: Int? = nil,
    isCancelled: @Sendable () -> Bool = { false }
  ) -> Bool {
    let (tape, precision, lanes) = (runner.tape, precision, runner.laneCount)
    return ConcurrentRows.run(
      rows ?? 0..<points.rowCount, block: runner.blockSize,
      threads: threads ?? ConcurrentRows.defaultThreads, isCancelled: isCancelled,
      make: { RealBatch(tape, precision: precision, lanes: lanes) },
      evaluate: { $0.evaluate(points, values, rows: $1) })
  }
}

extension BallBatch {
  /// Writes enclosures of the values at the points of `rows`, by default all, to the same rows of
  /// `values`. See ``RealBatch/evaluateConcurrently(_:_:rows:threads:isCancelled:)``.
  @discardableResult
  public func evaluateConcurrently(
    _ points: BallTable, _ values: BallTable, rows: Range<Int>? = nil, threads: Int? = nil,
    isCancelled: @Sendable () -> Bool = { false }
  ) -> Bool {
    let (tape, precision, lanes) = (runner.tape, precision, runner.laneCount)
    return ConcurrentRows.run(
      rows ?? 0..<points.rowCount, block: runner.blockSize,
      threads: threads ?? ConcurrentRows.defaultThreads, isCancelled: isCancelled,
      make: { BallBatch(tape, precision: precision, lanes: lanes) },
      evaluate: { $0.evaluate(points, values, rows: $1) })
  }
}

extension IntervalBatch {
  /// Writes the enclosures over the boxes of `rows`, by default all, to the same rows of `values`.
  /// See ``RealBatch/evaluateConcurrently(_:_:rows:threads:isCancelled:)``.
  @discardableResult
  public func evaluateConcurrently(
    _ points: IntervalTable, _ values: IntervalTable, rows: Range<Int>? = nil,
    threads: Int? = nil, isCancelled: @Sendable () -> Bool = { false }
  ) -> Bool {
    let (tape, precision, lanes) = (runner.tape, precision, runner.laneCount)
    return ConcurrentRows.run(
      rows ?? 0..<points.rowCount, block: runner.blockSize,
      threads: threads ?? ConcurrentRows.defaultThreads, isCancelled: isCancelled,
      make: { IntervalBatch(tape, precision: precision, lanes: lanes) },
      evaluate: { $0.evaluate(points, values, rows: $1) })
  }
}

extension DoubleBatch {
  /// Writes the values at the points of `rows`, by default all, to the same rows of `values`.
  /// See ``RealBatch/evaluateConcurrently(_:_:rows:threads:isCancelled:)``.
  @discardableResult
  public func evaluateConcurrently(
    _ points: DoubleTable, _ values: DoubleTable, rows: Range<Int>? = nil, threads: Int? = nil,
    isCancelled: @Sendable () -> Bool = { false }
  ) -> Bool {
    let (tape, lanes) = (runner.tape, runner.laneCount)
    return ConcurrentRows.run(
      rows ?? 0..<points.rowCount, block: runner.blockSize,
      threads: threads ?? ConcurrentRows.defaultThreads, isCancelled: isCancelled,
      make: { DoubleBatch(tape, lanes: lanes) },
      evaluate: { $0.evaluate(points, values, rows: $1) })
  }
}
