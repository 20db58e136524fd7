import Algebra
import Arbitrary
import Exact
import OpenSystems
import Testing

@Suite struct NumericTests {
  @Test(arguments: 0..<8) func threeRoadsAgree(_ seed: Int) throws {
    let model = try randomModel(seed: UInt64(seed))
    let exact = inDoubles(try #require(try Liouvillian(model).steadyState().state))
    let solved = try NumericSteadyState(model.inDoubles)
    #expect(distance(solved.state, exact) < 1e-11)
    #expect(solved.residual < 1e-13)
    let start = try model.space.product(
      model.space.subsystems.indices.map { place in
        ([place], States.level(0, of: model.space.dimensions[place], over: Double.self))
      })
    let evolved = try TimeEvolution(model.inDoubles).stationaryLimit(from: start, tolerance: 1e-13)
    #expect(distance(evolved.state, exact) < 1e-9)
    #expect(abs(evolved.state.trace.re - 1) < 1e-12)
    // A model with the other sign of H does not agree: the comparison can fail.
    let flipped = try Model(
      space: model.space, hamiltonian: -model.hamiltonian, channels: model.channels)
    #expect(distance(try NumericSteadyState(flipped.inDoubles).state, exact) > 1e-6)
  }

  @Test func manyDigits() throws {
    let model = try randomModel(seed: 2)
    let bits = 400
    let exact = try #require(try Liouvillian(model).steadyState().state)
      .map { Complex(re: Real($0.re, precision: bits), im: Real($0.im, precision: bits)) }
    let solved = try NumericSteadyState(model.inReals(bits))
    #expect(distance(solved.state, exact) < 1e-110)
    let start = Operator<Real>(rows: 4, columns: 4) { $0 == 0 && $1 == 0 ? .one : .zero }
    let evolution = try TimeEvolution(model.inReals(bits))
    let limit = try evolution.stationaryLimit(
      from: start, tolerance: Real(Rational(1), precision: bits).scaled(byPowerOfTwo: -370))
    #expect(distance(limit.state, exact) < 1e-105)
  }

  /// Populations and coherence of a decaying qubit at a time, by hand: the coherence turns with the
  /// frequency and falls with half the total rate.
  @Test func evolutionOfADecayingQubit() throws {
    let space = try Space.qubits("A")
    let model = try Model<Double>(
      space: space, hamiltonian: Complex(0.75) * Operators.sz(),
      channels: Channel.thermal(0, of: space, down: 2, up: 0.5))
    let start = States.plus(over: Double.self)
    // exp(-2.5·0.8) and exp(-1.25·0.8)·(cos, -sin)(1.5·0.8), from tables.
    let population = 0.2 + 0.3 * 0.1353352832366127
    let re = 0.5 * 0.36787944117144233 * 0.3623577544766736
    let im = -0.5 * 0.36787944117144233 * 0.9320390859672263
    let evolution = try TimeEvolution(model)
    let reached = try evolution.state(at: 0.8, from: start)
    let trajectory = try Trajectory(model, from: start, times: [0, 0.4, 0.8])
    for state in [reached, trajectory.states[2]] {
      #expect(abs(state[0, 0].re - population) < 1e-9)
      #expect(abs(state[0, 1].re - re) < 1e-9 && abs(state[0, 1].im - im) < 1e-9)
      #expect(abs(state.trace.re - 1) < 1e-12)
      #expect(abs(state[1, 0].im + state[0, 1].im) < 1e-12)
    }
    #expect(trajectory.states[0] == start)
    // The wrong direction of rotation differs.
    #expect(abs(reached[0, 1].im + im) > 0.1)
    #expect(distance(try evolution.state(at: 0, from: start), start) == 0)
  }

  @Test(arguments: 0..<4) func exponentialAndRungeKuttaAgree(_ seed: Int) throws {
    let model = try randomModel(seed: UInt64(seed)).inDoubles
    let n = model.space.dimension
    let start = Operator<Double>(rows: n, columns: n) { $0 == 0 && $1 == 0 ? .one : .zero }
    let evolution = try TimeEvolution(model)
    let trajectory = try Trajectory(model, from: start, times: [0.01, 0.1, 0.5])
    for (time, state) in zip(trajectory.times, trajectory.states) {
      #expect(distance(try evolution.state(at: time, from: start), state) < 1e-7)
    }
    #expect(distance(trajectory.states[0], trajectory.states[2]) > 1e-4)
  }

  @Test func semigroupInManyDigits() throws {
    let model = try randomModel(seed: 0).inReals(300)
    let evolution = try TimeEvolution(model)
    let time = Real(try Rational(1, 70), precision: 300)
    let once = try evolution.propagator(time: time)
    let half = try evolution.propagator(time: time.scaled(byPowerOfTwo: -1))
    #expect(distance(half * half, once) < 1e-85)
    #expect(distance(half, once) > 1e-6)
  }

  @Test func whatCannotBeAnsweredIsSaid() throws {
    let space = try Space.qubits("A")
    let zero = Operator<Double>(rows: 2, columns: 2)
    let dephasing = try Model(
      space: space, hamiltonian: zero, channels: [.dephasing(0, of: space, rate: 1)])
    #expect(throws: OpenSystemError.self) { try NumericSteadyState(dephasing) }
    // A closed qubit oscillates for ever.
    let closed = try Model<Double>(space: space, hamiltonian: Operators.sz(), channels: [])
    let start = States.plus(over: Double.self)
    #expect(throws: OpenSystemError.self) {
      try TimeEvolution(closed).stationaryLimit(from: start, tolerance: 1e-10)
    }
    // But the limit of a dephasing one depends on the start, and is reached.
    let evolution = try TimeEvolution(dephasing)
    let limit = try evolution.stationaryLimit(from: start, tolerance: 1e-12)
    #expect(distance(limit.state, States.mixed(2)) < 1e-10)
    let other = try evolution.stationaryLimit(from: States.zero(), tolerance: 1e-12)
    #expect(distance(other.state, States.zero()) < 1e-10)
    #expect(throws: OpenSystemError.self) { try evolution.propagator(time: -1) }
    #expect(throws: OpenSystemError.self) { try evolution.propagator(time: .infinity) }
    #expect(throws: OpenSystemError.self) { try evolution.propagator(time: .nan) }
    #expect(throws: OpenSystemError.self) {
      try Trajectory(dephasing, from: start, times: [1, 0.5])
    }
    #expect(throws: OpenSystemError.self) {
      try Trajectory(dephasing, from: start, times: [100], stepLimit: 3)
    }
  }
}
