import Arbitrary
import Exact

/// Expressions compiled once for evaluation on the real line, in any arithmetic and on any thread.
///
/// It is the schedule alone: a value that may be shared. What evaluates, and owns memory for one thread,
/// is a batch made from it.
public struct CompiledForm: Sendable {
  let tape: Tape

  /// Rearranges and schedules a program.
  ///
  /// - Throws: ``SymbolicError/noValue(_:)`` for programs with the imaginary unit or other operations on
  ///   complex numbers.
  /// - Complexity: about O(n log n) for n operations; O(n²) at worst for products and sums of many
  ///   operands, up to 20000 operands in all, beyond which common pairs are not sought.
  public init(_ program: Program) throws(SymbolicError) { tape = try Tape(real: program) }

  /// The number of operations on numbers that an evaluation takes.
  public var operationCount: Int { tape.instructions.count }

  /// A batch in MPFR floating-point numbers.
  public func reals(precision: Int, lanes: Int? = nil) -> RealBatch {
    RealBatch(tape, precision: precision, lanes: lanes)
  }

  /// A batch in balls.
  ///
  /// - Parameter evaluations: about how many points there will be; for few, tables that pay for many are
  ///   not built.
  public func balls(precision: Int, lanes: Int? = nil, evaluations: Int = .max) -> BallBatch {
    BallBatch(tape, precision: precision, lanes: lanes, evaluations: evaluations)
  }

  /// A batch in intervals.
  public func intervals(precision: Int, lanes: Int? = nil) -> IntervalBatch {
    IntervalBatch(tape, precision: precision, lanes: lanes)
  }

  /// A batch in doubles.
  public func doubles(lanes: Int? = nil) -> DoubleBatch { DoubleBatch(tape, lanes: lanes) }
}
