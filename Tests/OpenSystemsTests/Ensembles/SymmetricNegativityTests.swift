import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

@Suite struct SymmetricNegativityTests {
  /// The blocks have together the spectrum of the whole partial transpose: equal characteristic polynomials,
  /// exactly.
  @Test(arguments: [(2, 1), (3, 2), (4, 1), (4, 2)]) func blocksHaveTheWholeSpectrum(
    _ qubits: Int, _ party: Int
  ) throws {
    let state = try isingEnsemble(5, 1, 8, over: Rational.self).ensemble(qubits: qubits)
      .steadyState()
    let blocks = try state.partialTransposeBlocks(party: party)
    let rows = blocks.reduce(Integer.zero) { $0 + $1.multiplicity * Integer($1.norms.count) }
    #expect(rows == Integer.one << qubits)
    let space = try Space((0..<qubits).map { Space.Subsystem("Q\($0)", .qubit) })
    let matrix = try state.matrix()
    let whole = try space.partialTranspose(of: matrix, over: Array(0..<party))
    // tr of powers determine the spectrum; as many as it has dimensions are too many to compute.
    var power = Matrix<Complex<Rational>>.identity(1 << qubits)
    var powers = try blocks.map { try $0.similar() }
      .map { (matrix: $0, power: Matrix<Complex<Rational>>.identity($0.rowCount)) }
    for exponent in 1...4 {
      power = power * whole
      var sum = Complex<Rational>.zero
      for index in blocks.indices {
        powers[index].power = powers[index].power * powers[index].matrix
        sum += Rational(blocks[index].multiplicity) * powers[index].power.trace
      }
      #expect(sum == power.trace, "\(exponent)")
    }
    // Another party has another spectrum.
    if qubits == 4 {
      let other = try state.partialTransposeBlocks(party: 3 - party)
      let cubes = try other.reduce(Complex<Rational>.zero) {
        let matrix = try $1.similar()
        return $0 + Rational($1.multiplicity) * (matrix * matrix * matrix).trace
      }
      #expect(cubes != (whole * whole * whole).trace)
    }
  }

  @Test func recordedDoubles() throws {
    for c in try RecordedEnsembles.load().doubles where c.n <= 6 {
      let state = try c.parameters.ensemble.map { $0.approximateDouble }
        .ensemble(qubits: c.n).steadyState()
      for (index, text) in c.negativity.enumerated() {
        let value = try #require(Double(text))
        #expect(abs(try state.negativity(party: index + 1) - value) < 1e-11, "\(c.name) \(c.n)")
      }
      #expect(abs(try state.averageNegativity() - (try #require(Double(c.average)))) < 1e-11)
      let pair = try state.reduced(to: 2).negativity(party: 1)
      #expect(abs(pair - (try #require(Double(c.pairNegativity)))) < 1e-11)
    }
  }

  @Test func recordedDigits() throws {
    for c in try RecordedEnsembles.load().digits {
      let state = ComputableState(
        steadyStateOf: try c.parameters.ensemble.ensemble(qubits: c.n))
      let average = try state.averageNegativity(digits: 30)
      #expect(Decimal.digits(of: average, significant: 25) == digits(c.average, 25), "\(c.name)")
      for (index, text) in c.negativity.enumerated() {
        let value = try state.negativity(party: index + 1, digits: 30)
        #expect(Decimal.digits(of: value, significant: 25) == digits(text, 25), "\(c.name)")
        // One unit more would not agree.
        if !value.isPoint {
          let wrong = try #require(Rational(text)) * (1 + (try Rational(1, 1_000_000_000_000)))
          #expect(Decimal.digits(of: wrong, significant: 25) != digits(text, 25))
          #expect(!value.contains(wrong))
        }
      }
    }
  }

  private func digits(_ text: String, _ count: Int) -> String? {
    Rational(text).map { Decimal.digits(of: $0, significant: count) }
  }

  /// Two qubits have a closed form (Eq. (3) of the paper of the resets).
  @Test func twoQubitsInManyDigits() throws {
    let (g, c, r): (Rational, Rational, Rational) = (5, 1, 8)
    let d = try 2 * g * g + (r + c / 2) * (r + c)
    let value =
      try -(c * (r + c / 2) * (r + c / 2) + g * g * (r + c) - r * g * (r + c))
      / (2 * (r + c) * d)
    let state = ComputableState(steadyStateOf: try isingEnsemble(g, c, r).ensemble(qubits: 2))
    let found = try state.negativity(party: 1, digits: 60)
    #expect(found.contains(value))
    #expect(
      Decimal.digits(of: found, significant: 60) == Decimal.digits(of: value, significant: 60))
    #expect(!found.contains(value + (try Rational(1, Integer(10).power(60)))))
  }

  /// Exactly zero where it is, also with eigenvalues that are exactly zero.
  @Test func separableStatesAreZero() throws {
    let half = try Rational(1, 2)
    let weak = ComputableState(
      steadyStateOf: try isingEnsemble(half, 1, 8, over: Rational.self).ensemble(qubits: 3))
    #expect(try weak.averageNegativity(digits: 20) == .zero)
    #expect(try !weak.isEntangled(party: 1))
    // A pure product: without coupling and noise every qubit stays where it was put.
    let product = ComputableState(
      steadyStateOf: try ResetEnsemble<Rational>(coupling: .zero, reset: 1).ensemble(qubits: 4))
    #expect(try product.averageNegativity(digits: 20) == .zero)
    let strong = ComputableState(
      steadyStateOf: try isingEnsemble(5, 1, 8, over: Rational.self).ensemble(qubits: 3))
    #expect(try strong.isEntangled(party: 1))
    #expect(try strong.averageNegativity(digits: 20).lower > 0)
  }

  /// With ever faster resets parties of k and N - k qubits are entangled from g = γ/√(k(N - k)) on, where flips of
  /// single qubits, of the probability γ/2r each, are outweighed by the coherences g/2r between the flips of one
  /// party and those of the other: below γ for more than two qubits. One qubit against the rest is not so below.
  @Test(arguments: [(2, 1), (3, 1), (4, 1), (4, 2), (5, 2)]) func weakCouplingOfMany(
    _ qubits: Int, _ party: Int
  ) throws {
    let edge = 1 / Double(party * (qubits - party)).squareRoot()
    for (factor, isEntangled) in [(1.01, true), (0.99, false)] where isEntangled || party == 1 {
      let g = try #require(Rational(exactly: (edge * factor * 1024).rounded() / 1024))
      let state = ComputableState(
        steadyStateOf: try isingEnsemble(g, 1, 100_000).ensemble(qubits: qubits))
      #expect(try state.isEntangled(party: party) == isEntangled)
    }
  }

  /// The enclosure of a box contains the negativities inside.
  @Test func negativityOfABox() throws {
    let half = try Rational(1, 1 << 24)
    let box = isingEnsemble(
      try Interval(lower: 5 - half, upper: 5 + half, precision: 120), Interval(1),
      try Interval(lower: 8 - half, upper: 8 + half, precision: 120))
    let state = try box.ensemble(qubits: 4).steadyState().map { Ball($0, precision: 120) }
    let enclosure = try state.averageNegativity(precision: 60)
    #expect(enclosure.width < Real(1e-4))
    for shift in [-half, 0, half] {
      let point = ComputableState(
        steadyStateOf: try isingEnsemble(5 + shift, 1, 8 - shift).ensemble(qubits: 4))
      let inside = try point.averageNegativity(digits: 20)
      #expect(inside.isSubset(of: enclosure))
    }
    let far = ComputableState(
      steadyStateOf: try isingEnsemble(6, 1, 8, over: Rational.self).ensemble(qubits: 4))
    #expect(try far.averageNegativity(digits: 20).isDisjoint(from: enclosure))
  }

  @Test func bipartitions() throws {
    for n in 2...9 {
      let weights = try Bipartitions.weights(qubits: n)
      #expect(weights.reduce(Rational.zero) { $0 + $1.weight } == 1)
      #expect(weights.last?.party == n / 2)
    }
    #expect(throws: OpenSystemError.self) { try Bipartitions.weights(qubits: 1) }
  }
}
