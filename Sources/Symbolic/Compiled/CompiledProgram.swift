import Arbitrary

/// The compiled form of a program on the real line, from which batches are made: on any thread, in any
/// arithmetic, without compiling again.
public struct CompiledProgram: Sendable {
  private let tape: Tape

  /// - Throws: ``SymbolicError/noValue(_:)`` for programs with the imaginary unit or other operations on
  ///   complex numbers.
  public init(_ program: Program) throws(SymbolicError) { tape = try Tape(real: program) }

  /// A batch in MPFR floats; see ``RealBatch/init(_:precision:lanes:)``.
  public func reals(precision: Int, lanes: Int? = nil) -> RealBatch {
    RealBatch(tape, precision: precision, lanes: lanes)
  }

  /// A batch in balls; see ``BallBatch/init(_:precision:lanes:)``.
  public func balls(precision: Int, lanes: Int? = nil) -> BallBatch {
    BallBatch(tape, precision: precision, lanes: lanes)
  }

  /// A batch in intervals; see ``IntervalBatch/init(_:precision:lanes:)``.
  public func intervals(precision: Int, lanes: Int? = nil) -> IntervalBatch {
    IntervalBatch(tape, precision: precision, lanes: lanes)
  }

  /// A batch in doubles; see ``DoubleBatch/init(_:lanes:)``.
  public func doubles(lanes: Int? = nil) -> DoubleBatch { DoubleBatch(tape, lanes: lanes) }
}
