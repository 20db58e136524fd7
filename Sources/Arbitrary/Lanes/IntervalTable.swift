import CMPFR
import Exact

/// Columns of intervals of one precision: boxes, or enclosures over them. See ``RealTable``.
public final class IntervalTable: Sendable {
  package let registers: IntervalRegisters
  package init(_ registers: IntervalRegisters) { self.registers = registers }

  public var rowCount: Int { registers.laneCount }
  public var columnCount: Int { registers.registerCount }

  /// The tightest enclosure of the interval.
  ///
  /// - Precondition: the row and column exist.
  public func set(_ value: Interval, row: Int, column: Int) {
    precondition(holds(row: row, column: column))
    let bounds = registers.operand(column, lane: row)[0]
    IntervalLanes(precision: registers.precision).set(bounds, value)
  }

  /// The tightest enclosure of the number, the point itself where that is representable.
  ///
  /// - Precondition: the row and column exist.
  public func set(_ value: Rational, row: Int, column: Int) {
    set(Interval(value, precision: registers.precision), row: row, column: column)
  }

  /// - Precondition: the row and column exist.
  public func value(row: Int, column: Int) -> Interval {
    precondition(holds(row: row, column: column))
    let bounds = registers.operand(column, lane: row)[0]
    return IntervalLanes(precision: registers.precision).interval(bounds)
  }

  private func holds(row: Int, column: Int) -> Bool {
    row >= 0 && row < rowCount && column >= 0 && column < columnCount
  }

  package func fits(_ precision: Int, columns: Int, _ rows: Range<Int>) -> Bool {
    registers.precision == precision && columnCount == columns && rows.lowerBound >= 0
      && rows.upperBound <= rowCount
  }
}
