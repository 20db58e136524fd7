import Arbitrary
import Exact

/// A program in MPFR floating-point numbers over many points, each operation rounded to nearest;
/// rounding errors accumulate and are not bounded. For bounds, use ``BallBatch``.
///
/// Points and values lie in tables, one column for each input or output. A batch belongs to one thread
/// at a time; the value at a point never depends on the other points, nor on how they are divided into
/// batches.
public final class RealBatch {
  let runner: TapeRunner<RealLanes>
  /// What evaluates at few points; nil at precisions where nothing is gained.
  private let pointwise: PointInterpreter?
  public let precision: Int

  /// - Parameter lanes: the number of points that each operation runs over; memory is
  ///   O(operations·lanes·precision).
  /// - Throws: ``SymbolicError/noValue(_:)`` for programs with the imaginary unit or other operations on
  ///   complex numbers.
  public convenience init(
    _ program: Program, precision: Int, lanes: Int? = nil
  ) throws(SymbolicError) {
    self.init(try Tape(real: program), precision: precision, lanes: lanes)
  }

  init(_ tape: Tape, precision: Int, lanes: Int?) {
    let bounded = min(max(precision, Real.precisions.lowerBound), Real.precisions.upperBound)
    self.precision = bounded
    runner = TapeRunner(
      tape, RealLanes(precision: bounded), precision: bounded,
      lanes: lanes ?? tape.lanes(precision: bounded))
    pointwise = PointInterpreter(
      runner.arithmetic, tape.instructions, inputs: tape.inputCount, outputs: tape.outputCount,
      constants: runner.constants, constantCount: tape.constants.count,
      slotCount: tape.firstTemporary + tape.temporaryCount)
  }

  /// A table for so many points, all zero.
  public func points(_ count: Int) -> RealTable {
    RealTable(
      Registers(
        precision: precision, registers: runner.tape.inputCount, lanes: count, holdsBalls: false))
  }

  /// A table for the values at so many points.
  public func values(_ count: Int) -> RealTable {
    RealTable(
      Registers(
        precision: precision, registers: runner.tape.outputCount, lanes: count, holdsBalls: false))
  }

  /// Writes the values at the points of `rows` to the same rows of `values`; NaN where there is none.
  ///
  /// - Precondition: the tables are of this batch's precision and have the rows.
  public func evaluate(_ points: RealTable, _ values: RealTable, rows: Range<Int>) {
    precondition(
      points.fits(precision, columns: runner.tape.inputCount, rows)
        && values.fits(precision, columns: runner.tape.outputCount, rows))
    if let pointwise, rows.count < 3 || runner.laneCount == 1 {
      for row in rows {
        pointwise.run(points.registers, values.registers, lane: row) {
          runner.other($0, $1, $2, $3, $4)
        }
      }
      return
    }
    runner.run(points.registers, values.registers, lanes: rows)
  }
}

/// A program in balls over many points: midpoints with rigorous radii. See ``RealBatch`` for tables and
/// threads.
public final class BallBatch {
  let runner: TapeRunner<BallLanes>
  public let precision: Int

  /// - Parameter precision: of the midpoints, in bits; it is raised to what whole limbs hold, at no cost.
  /// - Throws: as for ``RealBatch``.
  public convenience init(
    _ program: Program, precision: Int, lanes: Int? = nil
  ) throws(SymbolicError) {
    self.init(try Tape(real: program), precision: precision, lanes: lanes)
  }

  /// - Parameter evaluations: about how many points there will be; for few, tables that pay for many are
  ///   not built.
  init(_ tape: Tape, precision: Int, lanes: Int?, evaluations: Int = .max) {
    let bounded = BallLanes.workingPrecision(precision)
    self.precision = bounded
    runner = TapeRunner(
      tape, BallLanes(precision: bounded, evaluations: evaluations), precision: bounded,
      lanes: lanes ?? tape.lanes(precision: bounded))
  }

  /// A table for so many points, all zero.
  public func points(_ count: Int) -> BallTable {
    BallTable(
      Registers(
        precision: precision, registers: runner.tape.inputCount, lanes: count, holdsBalls: true))
  }

  /// A table for the values at so many points.
  public func values(_ count: Int) -> BallTable {
    BallTable(
      Registers(
        precision: precision, registers: runner.tape.outputCount, lanes: count, holdsBalls: true))
  }

  /// Writes enclosures of the values at the points of `rows` to the same rows of `values`: empty where
  /// there is no real value, the whole line where nothing is known.
  ///
  /// - Precondition: the tables are of this batch's precision and have the rows.
  public func evaluate(_ points: BallTable, _ values: BallTable, rows: Range<Int>) {
    precondition(
      points.fits(precision, columns: runner.tape.inputCount, rows)
        && values.fits(precision, columns: runner.tape.outputCount, rows))
    runner.run(points.registers, values.registers, lanes: rows)
  }
}

extension Tape {
  init(real program: Program) throws(SymbolicError) {
    guard let tape = Tape(program) else {
      throw .noValue("a compiled form of operations on complex numbers")
    }
    self = tape
  }

  /// As many lanes, up to 32, as keep the temporaries within half of a first-level cache.
  func lanes(precision: Int) -> Int {
    let bytes = (temporaryCount + 1) * (48 + (precision + 63) / 64 * 8)
    return min(max((1 << 14) / bytes, 1), 32)
  }
}
