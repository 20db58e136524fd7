import Exact

/// Columns of doubles: points, or values at them. See ``RealTable``.
public final class DoubleTable: Sendable {
  package let registers: DoubleRegisters
  package init(_ registers: DoubleRegisters) { self.registers = registers }

  public var rowCount: Int { registers.laneCount }
  public var columnCount: Int { registers.registerCount }

  /// - Precondition: the row and column exist.
  public func set(_ value: Double, row: Int, column: Int) {
    precondition(holds(row: row, column: column))
    registers.operand(column, lane: row).numbers.pointee = value
  }

  /// - Precondition: the row and column exist.
  public func value(row: Int, column: Int) -> Double {
    precondition(holds(row: row, column: column))
    return registers.operand(column, lane: row).numbers.pointee
  }

  /// Calls `body` with the numbers of a column, which must not be kept.
  ///
  /// - Precondition: the column exists.
  public func withColumn<R>(
    _ column: Int, _ body: (UnsafeMutableBufferPointer<Double>) throws -> R
  ) rethrows -> R {
    precondition(holds(row: 0, column: column))
    return try body(
      UnsafeMutableBufferPointer(start: registers.operand(column).numbers, count: rowCount))
  }

  private func holds(row: Int, column: Int) -> Bool {
    row >= 0 && row < rowCount && column >= 0 && column < columnCount
  }

  package func fits(columns: Int, _ rows: Range<Int>) -> Bool {
    columnCount == columns && rows.lowerBound >= 0 && rows.upperBound <= rowCount
  }
}
