import Arbitrary
import Exact

/// A program in doubles over many points, on the real line: NaN where an intermediate value is not real
/// or not defined. Rounding errors accumulate; nothing is guaranteed. See ``RealBatch`` for tables and
/// threads.
///
/// The conventions are those of ``Program/evaluate(_:)``, but powers are products here, as they are in
/// every compiled form, so that last bits may differ.
public final class DoubleBatch {
  let runner: TapeRunner<DoubleLanes>

  /// - Throws: as for ``RealBatch``.
  public convenience init(_ program: Program, lanes: Int? = nil) throws(SymbolicError) {
    self.init(try Tape(real: program), lanes: lanes)
  }

  init(_ tape: Tape, lanes: Int?) {
    let functions = DoubleFunctions(tape)
    runner = TapeRunner(
      tape, DoubleLanes(), precision: Double.significandBitCount + 1,
      lanes: lanes ?? tape.doubleLanes, functions: functions.run)
  }

  /// A table for so many points, all zero.
  public func points(_ count: Int) -> DoubleTable {
    DoubleTable(DoubleRegisters(registers: runner.tape.inputCount, lanes: count))
  }

  /// A table for the values at so many points.
  public func values(_ count: Int) -> DoubleTable {
    DoubleTable(DoubleRegisters(registers: runner.tape.outputCount, lanes: count))
  }

  /// Writes the values at the points of `rows` to the same rows of `values`.
  ///
  /// - Precondition: the tables have the columns and rows.
  public func evaluate(_ points: DoubleTable, _ values: DoubleTable, rows: Range<Int>) {
    precondition(
      points.fits(columns: runner.tape.inputCount, rows)
        && values.fits(columns: runner.tape.outputCount, rows))
    runner.run(points.registers, values.registers, lanes: rows)
  }
}

extension Tape {
  /// As many lanes as keep what a stretch of points needs within a first-level cache of 32 kB.
  var doubleLanes: Int {
    let registers = temporaryCount + inputCount + outputCount + 1
    return min(max((24 << 10) / (8 * registers) / 8 * 8, 32), 256)
  }
}
