import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// Steady states of enclosed models against exact ones.
@Suite struct EnclosedSteadyStateTests {
  private func ensemble(_ reset: Rational, _ dephasing: Rational) throws -> Model<Rational> {
    try ResetEnsemble<Rational>(
      coupling: .init(Rational(7, 5), Rational(3, 5), 2), field: .init(1, 0, Rational(1, 3)),
      dephasing: dephasing, reset: reset, resetVector: .init(Rational(3, 5), 0, Rational(4, 5))
    ).model(qubits: 2)
  }

  private func enclosed(_ model: Model<Rational>, _ bits: Int) throws -> Model<Interval> {
    func map(_ matrix: Matrix<Complex<Rational>>) -> Matrix<Complex<Interval>> {
      matrix.map {
        Complex(re: Interval($0.re, precision: bits), im: Interval($0.im, precision: bits))
      }
    }
    let channels = model.channels.map { channel -> Channel<Interval> in
      channel.map { Interval($0, precision: bits) }
    }
    return try Model(
      space: model.space, hamiltonian: map(model.hamiltonian), channels: channels,
      validation: .asserted)
  }

  @Test(arguments: [60, 200, 1000]) func enclosesTheExactState(_ precision: Int) throws {
    let model = try ensemble(Rational(7, 3), Rational(1, 9))
    let exact = try #require(try Liouvillian(model).steadyState().state)
    let solver = try EnclosedSteadyState(enclosed(model, 80))
    #expect(solver.defect < 1e-9)
    let state = solver.state(of: try enclosed(model, precision + 32), precision: precision)
    let width = Real(1).scaled(byPowerOfTwo: 8 - precision)
    for (found, value) in zip(state.elements, exact.elements) {
      for (part, truth) in [(found.re, value.re), (found.im, value.im)] {
        let narrow = Interval(truth, precision: precision + 64)
        #expect(part.lower <= narrow.upper && narrow.lower <= part.upper)
        #expect(part.upper - part.lower < width)
      }
    }
  }

  /// With an interval for a rate the result holds for every value in it.
  @Test func enclosesTheStatesOfABox() throws {
    func model(_ reset: Interval) throws -> Model<Interval> {
      let base = try enclosed(ensemble(1, Rational(1, 9)), 80)
      let channels = base.channels.map { channel -> Channel<Interval> in
        if case .reset(let places, let state, _) = channel {
          return .reset(places, to: state, rate: reset)
        }
        return channel
      }
      return try Model(
        space: base.space, hamiltonian: base.hamiltonian, channels: channels, validation: .asserted)
    }
    let box = try Interval(lower: 2, upper: Rational(2001, 1000), precision: 80)
    let wide = try EnclosedSteadyState(model(box)).state(of: model(box), precision: 64)
    for rate in [Rational(2), try Rational(4001, 2000), try Rational(2001, 1000)] {
      let exact = try #require(
        try Liouvillian(ensemble(rate, Rational(1, 9))).steadyState().state)
      for (found, value) in zip(wide.elements, exact.elements) {
        #expect(found.re.contains(Real(value.re, precision: 128)))
      }
    }
    #expect(wide[0, 1].re.upper - wide[0, 1].re.lower < Real(0.1))
  }

  /// Two stationary states are never told apart from one: without resets nothing but dephasing acts.
  @Test func severalStatesAreRefused() throws {
    let ising = ResetEnsemble<Rational>(coupling: .z(2), dephasing: 1)
    #expect(throws: OpenSystemError.self) {
      try EnclosedSteadyState(enclosed(try ising.model(qubits: 2), 80))
    }
    // Nor is a state that is unique, but not so for every rate in an interval.
    let unsure = try Interval(lower: -1, upper: 1, precision: 80)
    let base = try enclosed(try ensemble(1, 1), 80)
    let channels = base.channels.map { channel -> Channel<Interval> in
      if case .reset(let places, let state, _) = channel {
        return .reset(places, to: state, rate: unsure)
      }
      return channel
    }
    #expect(throws: OpenSystemError.self) {
      try EnclosedSteadyState(
        Model(
          space: base.space, hamiltonian: base.hamiltonian, channels: channels,
          validation: .asserted))
    }
  }
}
