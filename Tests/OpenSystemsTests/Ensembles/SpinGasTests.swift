import Algebra
import Arbitrary
import Exact
import Foundation
import OpenSystems
import TestSupport
import Testing

@Suite struct SpinGasTests {
  @Test func recordedWords() throws {
    func word(_ text: String) throws -> UInt64 { try #require(UInt64(text)) }
    for c in try RecordedEnsembles.load().philox {
      let key = (try word(c.key[0]), try word(c.key[1]))
      let counter = (
        try word(c.counter[0]), try word(c.counter[1]), try word(c.counter[2]),
        try word(c.counter[3])
      )
      let words = PhiloxGenerator.block(key: key, counter: counter)
      let found = [words.0, words.1, words.2, words.3].map { "\($0)" }
      #expect(found == c.words)
      let other = PhiloxGenerator.block(key: (key.0, key.1 &+ 1), counter: counter)
      #expect("\(other.0)" != c.words[0])
    }
    var generator = PhiloxGenerator(seed: 0, stream: 0)
    let first = (0..<4).map { _ in generator.next() }
    #expect(first.map { "\($0)" } == (try RecordedEnsembles.load().philox[0].words))
    var counts = [Int](repeating: 0, count: 3)
    for _ in 0..<3000 { counts[generator.below(3)] += 1 }
    #expect(counts.allSatisfy { abs($0 - 1000) < 150 })
  }

  /// One qubit and one spin of the gas: the coherence is half the real part of r/(r + ν(1 - exp(iφ))), the
  /// mean of cos(kφ) over a Poisson number k of collisions since an exponentially distributed time.
  @Test func oneQubitAndOneSpin() throws {
    let gas = try SpinGas(
      qubits: 1, coupling: 0, reset: 2, spins: 1, hopping: 30, angle: 0.7,
      motion: .mixed(cells: 10))
    let (re, im) = (2 + 3 * (1 - cos(0.7)), -3 * sin(0.7))
    let expected = 0.5 * 2 * re / (re * re + im * im)
    let exact = try gas.wellMixedState().matrix()
    #expect(abs(exact[0, 1].re - expected) < 1e-14)
    #expect(abs(exact[0, 1].im) < 1e-14)
    // Without memory it would be another.
    let markov = try gas.withoutMemory.ensemble(qubits: 1).steadyState().matrix()
    #expect(abs(markov[0, 1].re - expected) > 0.05)
    let estimate = try SpinGasEstimate(gas, samples: 6400, seed: 5)
    #expect(abs(estimate.state[0, 1].re - expected) < 5 * estimate.errors[0, 1].re)
    #expect(estimate.errors[0, 1].re < 0.01)
  }

  /// The simulation against the exact mean, with memory and, for many spins, without.
  @Test(arguments: [1, 3, 4000]) func mixedGas(_ spins: Int) throws {
    let gas = try SpinGas(
      qubits: 2, coupling: 2, reset: 6, polarization: 0.9, spins: spins,
      hopping: 60 / Double(spins),
      angle: 0.6, motion: .mixed(cells: 10))
    let estimate = try SpinGasEstimate(gas, samples: 6400, seed: 11)
    let exact = spins < 100 ? try gas.wellMixedState().matrix() : nil
    let markov = try gas.withoutMemory.ensemble(qubits: 2).steadyState().matrix()
    let reference = exact ?? markov
    for (index, value) in estimate.state.elements.enumerated() {
      let (a, e) = (reference.elements[index], estimate.errors.elements[index])
      #expect(abs(value.re - a.re) < 5 * e.re + 1e-6, "\(index)")
      #expect(abs(value.im - a.im) < 5 * e.im + 1e-6, "\(index)")
    }
    if let exact {
      // Another coupling is many errors away.
      var other = gas
      other.coupling = 3
      let far = try other.wellMixedState().matrix()
      #expect(abs(far[0, 1].im - estimate.state[0, 1].im) > 5 * estimate.errors[0, 1].im)
      #expect(distance(exact, markov) > 1e-3)
    } else {
      #expect(estimate.negativity >= 0)
    }
  }

  @Test func threadsDoNotMatter() throws {
    let gas = try SpinGas(
      qubits: 2, coupling: 3, reset: 5, spins: 12, hopping: 4, angle: 0.8,
      motion: .torus([4, 3], places: [[0, 0], [2, 1]]))
    let one = try SpinGasEstimate(gas, samples: 256, seed: 1, threads: 1)
    let three = try SpinGasEstimate(gas, samples: 256, seed: 1, threads: 3)
    #expect(one == three)
    #expect(try SpinGasEstimate(gas, samples: 256, seed: 2, threads: 3) != one)
    #expect(one.state.trace.re == 1)
    #expect(one.state == one.state.adjoint())
  }

  /// On a large lattice spins hardly come back within the time of a reset, but more than in a mixed gas: the
  /// collision rate is the same, and coherences lie above those without memory.
  @Test func latticeGas() throws {
    let gas = try SpinGas(
      qubits: 1, coupling: 0, reset: 1, spins: 25, hopping: 2, angle: 1,
      motion: .torus([5, 5], places: [[2, 2]]))
    #expect(abs(gas.collisionRate - 2) < 1e-12)
    let estimate = try SpinGasEstimate(gas, samples: 3200, seed: 3)
    let markov = 0.5 / (1 + 2 * (1 - cos(1.0)))
    // Collisions that are counted again lower the coherence at this angle.
    #expect(abs(estimate.state[0, 1].re - markov) > 3 * estimate.errors[0, 1].re)
    #expect(abs(estimate.state[0, 1].im) < 1e-12)
    // Without collisions the state is the one of the resets.
    var free = gas
    free.angle = 0
    #expect(try SpinGasEstimate(free, samples: 128, seed: 3).state[0, 1].re == 0.5)
  }

  @Test func whatCannotBe() throws {
    #expect(throws: OpenSystemError.self) {
      try SpinGas(
        qubits: 7, coupling: 0, reset: 1, spins: 1, hopping: 1, angle: 1, motion: .mixed(cells: 9))
    }
    #expect(throws: OpenSystemError.self) {
      try SpinGas(
        qubits: 2, coupling: 0, reset: 0, spins: 1, hopping: 1, angle: 1, motion: .mixed(cells: 9))
    }
    #expect(throws: OpenSystemError.self) {
      try SpinGas(
        qubits: 2, coupling: 0, reset: 1, spins: 1, hopping: 1, angle: 1,
        motion: .torus([3], places: [[1], [1]]))
    }
    #expect(throws: OpenSystemError.self) {
      try SpinGas(
        qubits: 1, coupling: 0, reset: 1, spins: 1, hopping: 1, angle: 1,
        motion: .torus([1 << 40, 1 << 40], places: [[1, 1]]))
    }
    let gas = try SpinGas(
      qubits: 1, coupling: 0, reset: 1e-9, spins: 1000, hopping: 1, angle: 1,
      motion: .torus([5, 5], places: [[2, 2]]))
    #expect(throws: OpenSystemError.self) { try SpinGasEstimate(gas, samples: 1000, seed: 3) }
    #expect(throws: OpenSystemError.self) { try SpinGasEstimate(gas, samples: 1, seed: 3) }
    #expect(throws: OpenSystemError.self) { try gas.wellMixedState() }
  }
}
