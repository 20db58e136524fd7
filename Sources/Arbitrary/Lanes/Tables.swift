import CMPFR
import Exact

/// Columns of MPFR numbers of one precision: points, or values at them.
///
/// Rows may be written from several threads at once where each keeps to rows of its own.
public final class RealTable: Sendable {
  package let registers: Registers
  package init(_ registers: Registers) { self.registers = registers }

  public var rowCount: Int { registers.laneCount }
  public var columnCount: Int { registers.registerCount }

  /// The number rounded to nearest.
  ///
  /// - Precondition: the row and column exist.
  public func set(_ value: Rational, row: Int, column: Int) {
    precondition(registers.holds(row: row, column: column))
    RealLanes(precision: registers.precision).store(value, registers, column, lane: row)
  }

  /// - Precondition: the row and column exist.
  public func value(row: Int, column: Int) -> Real {
    precondition(registers.holds(row: row, column: column))
    let number = registers.operand(column, lane: row).numbers
    return Real.computed(precision: registers.precision) { mpfr_set($0, number, MPFR_RNDN) }
  }

  package func fits(_ precision: Int, columns: Int, _ rows: Range<Int>) -> Bool {
    registers.fits(precision, columns: columns, rows)
  }
}

/// Columns of balls of one precision: points, or values at them. See ``RealTable``.
public final class BallTable: Sendable {
  package let registers: Registers
  package init(_ registers: Registers) { self.registers = registers }

  public var rowCount: Int { registers.laneCount }
  public var columnCount: Int { registers.registerCount }

  /// A ball around the number, the point itself where that is representable.
  ///
  /// - Precondition: the row and column exist.
  public func set(_ value: Rational, row: Int, column: Int) {
    precondition(registers.holds(row: row, column: column))
    BallLanes(precision: registers.precision).store(value, registers, column, lane: row)
  }

  /// A ball around the ball, the same one where its midpoint is representable.
  ///
  /// - Precondition: the row and column exist.
  package func store(_ value: Ball, row: Int, column: Int) {
    precondition(registers.holds(row: row, column: column))
    BallLanes(precision: registers.precision).store(value, registers, column, lane: row)
  }

  /// - Precondition: the row and column exist.
  public func value(row: Int, column: Int) -> Ball {
    precondition(registers.holds(row: row, column: column))
    let operand = registers.operand(column, lane: row)
    let radius = operand.radii?.pointee ?? .infinity
    return Ball.computed(precision: registers.precision) {
      BallArithmetic.copy($0, operand.numbers, radius)
    }
  }

  package func fits(_ precision: Int, columns: Int, _ rows: Range<Int>) -> Bool {
    registers.fits(precision, columns: columns, rows)
  }
}

extension Registers {
  func holds(row: Int, column: Int) -> Bool {
    row >= 0 && row < laneCount && column >= 0 && column < registerCount
  }

  func fits(_ precision: Int, columns: Int, _ rows: Range<Int>) -> Bool {
    self.precision == precision && registerCount == columns && rows.lowerBound >= 0
      && rows.upperBound <= laneCount
  }
}

extension BallLanes {
  /// The precision of midpoints for which a request of so many bits is met. Up to two limbs it is raised
  /// to what fills them but for a few spare bits: with these, sums and products go without MPFR
  /// (``Significand``), and exponentials with one limb less. Beyond, it is as asked: spare bits let MPFR
  /// round from a truncated product.
  package static func workingPrecision(_ precision: Int) -> Int {
    let bounded = min(max(precision, 2), Real.precisions.upperBound - 63)
    if bounded <= 59 { return 59 }
    if bounded > 64, bounded <= 123 { return 123 }
    return bounded <= 64 || bounded > 128 ? bounded : 128
  }
}
