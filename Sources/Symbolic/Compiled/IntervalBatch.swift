import Arbitrary
import Exact

/// A program in intervals over many boxes: for every point of a box the values lie in the enclosures.
/// See ``RealBatch`` for tables and threads.
///
/// Where an operation on the way is not defined or not real at some of its operand, its result is the
/// whole line, so that an enclosure of the other values does not pass for one of all; where it is
/// defined nowhere the result is empty. ``Program/enclose(_:precision:)`` goes on in the complex plane
/// instead and leaves undefined points out.
public final class IntervalBatch {
  let runner: TapeRunner<IntervalLanes>
  /// Bits of the bounds.
  public let precision: Int

  /// - Throws: as for ``RealBatch``.
  public convenience init(
    _ program: Program, precision: Int, lanes: Int? = nil
  ) throws(SymbolicError) {
    self.init(try Tape(real: program), precision: precision, lanes: lanes)
  }

  init(_ tape: Tape, precision: Int, lanes: Int?) {
    let arithmetic = IntervalLanes(precision: precision)
    self.precision = arithmetic.precision
    runner = TapeRunner(
      tape, arithmetic, precision: arithmetic.precision,
      lanes: lanes ?? tape.lanes(precision: 2 * arithmetic.precision))
  }

  /// A table for so many boxes, all the point zero.
  public func points(_ count: Int) -> IntervalTable {
    IntervalTable(
      IntervalRegisters(
        precision: precision, registers: runner.tape.inputCount, lanes: count))
  }

  /// A table for the enclosures over so many boxes.
  public func values(_ count: Int) -> IntervalTable {
    IntervalTable(
      IntervalRegisters(
        precision: precision, registers: runner.tape.outputCount, lanes: count))
  }

  /// Writes the enclosures over the boxes of `rows` to the same rows of `values`.
  ///
  /// - Precondition: the tables are of this batch's precision and have the rows.
  public func evaluate(_ points: IntervalTable, _ values: IntervalTable, rows: Range<Int>) {
    precondition(
      points.fits(precision, columns: runner.tape.inputCount, rows)
        && values.fits(precision, columns: runner.tape.outputCount, rows))
    runner.run(points.registers, values.registers, lanes: rows)
  }
}
