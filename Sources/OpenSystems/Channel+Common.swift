import Algebra
import Arbitrary
import Exact

extension Channel {
  /// Pure dephasing of a qubit: its coherence decays as exp(-rate·t).
  ///
  /// The jump `sz` at half the rate: (rate/2)(sz ρ sz - ρ).
  ///
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)``,
  ///   ``OpenSystemError/shape(what:expected:rows:columns:)`` where the subsystem is no qubit.
  public static func dephasing(
    _ subsystem: Int, of space: Space, rate: F
  ) throws(OpenSystemError) -> Channel {
    .jump(try space.embed(Operators.sz(), at: subsystem), rate: F.half * rate)
  }

  /// A bath that moves a qubit |0> → |1> at the rate `down` and |1> → |0> at the rate `up`.
  ///
  /// Down is the direction in which `sz` falls: for a Hamiltonian (ω/2) sz with ω > 0, a bath of
  /// temperature T has up/down = exp(-ω/T). The stationary population of |0> is up/(up + down).
  ///
  /// - Throws: as ``dephasing(_:of:rate:)``.
  public static func thermal(
    _ subsystem: Int, of space: Space, down: F, up: F
  ) throws(OpenSystemError) -> [Channel] {
    [
      .jump(try space.embed(Operators.sm(), at: subsystem), rate: down),
      .jump(try space.embed(Operators.sp(), at: subsystem), rate: up),
    ]
  }

  /// A transition |from> → |to> of one subsystem at a rate.
  ///
  /// - Throws: ``OpenSystemError/invalidSubsystems(_:count:)``; ``OpenSystemError/domain(_:)`` for a
  ///   level that the subsystem does not have.
  public static func transition(
    _ subsystem: Int, of space: Space, from: Int, to: Int, rate: F
  ) throws(OpenSystemError) -> Channel {
    try space.checkPlaces([subsystem])
    let levels = space.subsystems[subsystem].dimension
    guard (0..<levels).contains(from), (0..<levels).contains(to) else {
      throw .domain("levels \(from) → \(to) of a subsystem with \(levels) levels")
    }
    let local: Matrix<Complex<F>> = Operators.transition(from: from, to: to, levels: levels)
    return .jump(try space.embed(local, at: subsystem), rate: rate)
  }
}
