import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

@Suite struct FluctuatingNumberTests {
  @Test func poissonWeights() throws {
    let distribution = try NumberDistribution.poisson(mean: 4, in: 2...6)
    // 4²/2 : 4³/6 : 4⁴/24 : 4⁵/120 : 4⁶/720
    let terms: [Rational] = try [
      8, Rational(32, 3), Rational(32, 3), Rational(128, 15), Rational(256, 45),
    ]
    let sum = terms.reduce(Rational.zero) { $0 + $1 }
    #expect(distribution.tail == 0)
    #expect(distribution.weights.map(\.number) == [2, 3, 4, 5, 6])
    for (entry, term) in zip(distribution.weights, terms) {
      #expect(try entry.weight == term / sum)
    }
    #expect(throws: OpenSystemError.self) { try NumberDistribution.poisson(mean: 0, in: 2...6) }
    #expect(throws: OpenSystemError.self) { try NumberDistribution(weights: [(2, -1), (3, 2)]) }
    #expect(throws: OpenSystemError.self) {
      try FluctuatingEnsemble(isingEnsemble(5, 1, 8), .poisson(mean: 4, in: 1...6))
    }
  }

  /// What is left out is at most the tail, and the true probabilities are between the weights and the weights
  /// over 1 - tail.
  @Test func poissonTail() throws {
    let small = try Rational(1, 1_000_000)
    let some = try NumberDistribution.poisson(mean: 3, from: 2, tail: small)
    let more = try NumberDistribution.poisson(
      mean: 3, from: 2, tail: try Rational(1, Integer(10).power(30)))
    #expect(some.tail > 0 && some.tail <= small)
    #expect(more.weights.count > some.weights.count)
    let sum = some.weights.reduce(Rational.zero) { $0 + $1.weight }
    #expect(sum + some.tail >= 1 && sum < 1)
    for (a, b) in zip(some.weights, more.weights) {
      #expect(a.weight <= b.weight && a.number == b.number)
    }
    // A tail that is too small by half would be noticed.
    #expect(more.weights.reduce(Rational.zero) { $0 + $1.weight } > 1 - small)
    #expect(throws: OpenSystemError.self) {
      try NumberDistribution.poisson(mean: 100_000, from: 2, tail: small)
    }
  }

  /// The enclosure with a long tail contains the one with a short tail.
  @Test func boundsOfTheMixture() throws {
    let parameters = isingEnsemble(5, 1, 30, over: Rational.self)
    let long = try FluctuatingEnsemble(
      parameters, .poisson(mean: 2, from: 2, tail: try Rational(1, 100)))
    let short = try FluctuatingEnsemble(
      parameters, .poisson(mean: 2, from: 2, tail: try Rational(1, 10_000)))
    let (a, b) = (try long.pairNegativity(precision: 64), try short.pairNegativity(precision: 64))
    #expect(b.isSubset(of: a))
    #expect(b.width < a.width && b.lower > 0)
    // Without the bound of the tail it would not.
    let listed = try long.pair().enclosure(precision: 128).negativity(party: 1, precision: 64)
    #expect(listed.isDisjoint(from: b))
    #expect(abs(try short.pairNegativityInDoubles() - b.midpoint.approximateDouble) < 1e-4)
  }

  @Test func oneNumberIsNoMixture() throws {
    let parameters = isingEnsemble(5, 1, 30, over: Rational.self)
    let alone = try FluctuatingEnsemble(parameters, NumberDistribution(weights: [(4, 7)]))
    let pair = try ComputableState(reduced: 2, of: parameters.ensemble(qubits: 4))
    #expect(try alone.pair().exact() == pair.exact())
    let digits = try pair.negativity(party: 1, digits: 20)
    #expect(
      try alone.pairNegativity(precision: 100).midpoint.approximateDouble
        == digits.midpoint.approximateDouble)
  }

  /// A mixture that is separable by more than what is not listed has the negativity zero, not nearly.
  @Test func separableMixtureIsExactlyZero() throws {
    let parameters = isingEnsemble(5, 1, 5, over: Rational.self)
    let tail = try Rational(1, Integer(1) << 40)
    let many = try FluctuatingEnsemble(parameters, .poisson(mean: 4, from: 2, tail: tail))
    let value = try many.pairNegativity(precision: 64)
    #expect(value.lower.isZero && value.upper.isZero)
    // An entangled one keeps the uncertainty of the tail.
    let fast = isingEnsemble(5, 1, 100, over: Rational.self)
    let entangled = try FluctuatingEnsemble(fast, .poisson(mean: 4, from: 2, tail: tail))
      .pairNegativity(precision: 64)
    #expect(entangled.lower > Real(0) && !entangled.isPoint)
  }

  /// A pair out of fifty: exact, and against the pair of fewer.
  @Test func pairOutOfFifty() throws {
    let parameters = isingEnsemble(5, 1, 30, over: Rational.self)
    let pair = try parameters.ensemble(qubits: 50).reducedState(of: 2)
    #expect(pair.trace == .one)
    // Diagonal elements are those of the reset state, whatever the others do.
    #expect(try pair.element(SiteCounts(2, 0, 0, 0)) == Complex(try Rational(1, 4)))
    let enclosed = try ComputableState(reduced: 2, of: parameters.ensemble(qubits: 50))
      .enclosure(precision: 128)
    for (a, b) in zip(pair.elements, enclosed.elements) {
      #expect(b.re.contains(a.re) && b.im.contains(a.im))
    }
    let other = try isingEnsemble(5, 1, 30, over: Rational.self).ensemble(qubits: 49)
      .reducedState(of: 2)
    #expect(!zip(other.elements, enclosed.elements).allSatisfy { $1.re.contains($0.re) })
    // Entangled where resets are fast enough, and not before.
    #expect(try !ComputableState(pair).isEntangled(party: 1))
    let fast = try isingEnsemble(5, 1, 1000, over: Rational.self).ensemble(qubits: 50)
    let negativity = try ComputableState(reduced: 2, of: fast).negativity(party: 1, digits: 20)
    #expect(abs(negativity.midpoint.approximateDouble - 0.000856) < 1e-6)
  }
}
