import Algebra
import Arbitrary
import Exact
import OpenSystems
import Testing

@Suite struct EntanglementTests {
  @Test func eigenvaluesOfKnownMatrices() throws {
    let y: Operator<Double> = Operators.sy()
    let found = try HermitianEigenvalues(y)
    #expect(abs(found.values[0] + 1) < 1e-15 && abs(found.values[1] - 1) < 1e-15)
    // 2 + 2cos(kπ/5) for the chain of four, whose extreme value is 2 + golden ratio.
    let chain = Operator<Real>(rows: 4, columns: 4) { i, j in
      Complex(re: Real(i == j ? 2 : abs(i - j) == 1 ? 1 : 0, precision: 200), im: .zero)
    }
    let values = try HermitianEigenvalues(chain).values
    let root = Real.sqrt(Real(5), precision: 200)
    let golden = (Real(1, precision: 200) + root).scaled(byPowerOfTwo: -1)
    let error = (values[3] - Real(2) - golden).magnitude.approximateDouble
    #expect(error < 1e-57)
  }

  @Test(arguments: [2, 3, 5, 8]) func vectorsDiagonalise(_ size: Int) throws {
    let matrix = inDoubles(try randomHermitian(size, seed: UInt64(size)))
    let found = try HermitianEigenvalues(matrix)
    let diagonal = Operator<Double>(rows: size, columns: size) {
      $0 == $1 ? Complex(found.values[$0]) : .zero
    }
    let back = found.vectors * diagonal * found.vectors.adjoint()
    #expect(distance(back, matrix) < 1e-12)
    #expect(distance(found.vectors.adjoint() * found.vectors, .identity(size)) < 1e-13)
    #expect(zip(found.values, found.values.dropFirst()).allSatisfy(<=))
    var broken = matrix
    broken[0, 0] = Complex(.nan)
    #expect(throws: OpenSystemError.self) { try HermitianEigenvalues(broken) }
    #expect(throws: OpenSystemError.self) {
      try HermitianEigenvalues(Operator<Double>(rows: 2, columns: 3))
    }
  }

  /// p|Ψ><Ψ| + (1-p)/4: concurrence max(0, (3p-1)/2), negativity half of it.
  private func werner(_ p: Double) -> Operator<Double> {
    var state = Complex((1 - p) / 4) * Operator<Double>.identity(4)
    for (i, j, sign) in [(1, 1, 1.0), (2, 2, 1), (1, 2, -1), (2, 1, -1)] {
      state[i, j] += Complex(sign * p / 2)
    }
    return state
  }

  @Test(arguments: [0, 0.2, 1.0 / 3, 0.5, 0.9, 1]) func wernerStates(_ p: Double) throws {
    let space = try Space.qubits("A", "B")
    let expected = max(0, (3 * p - 1) / 2)
    let state = werner(p)
    #expect(abs(try Entanglement.concurrence(of: state) - expected) < 1e-14)
    for party in [[0], [1]] {
      let negativity = try Entanglement.negativity(of: state, in: space, party: party)
      #expect(abs(negativity - expected / 2) < 1e-14)
    }
    if p == 1 {
      let logarithmic = try Entanglement.logarithmicNegativity(of: state, in: space, party: [0])
      #expect(abs(logarithmic - 1) < 1e-14)
    }
    // No transposition, no negativity.
    #expect(try Entanglement.negativity(of: state, in: space, party: []) < 1e-14)
  }

  /// |ψ> = a|00> + b|01> + c|10> + d|11> has the concurrence 2|ad - bc|.
  @Test func pureStates() throws {
    let vector: [Complex<Double>] = [
      Complex(re: 0.5, im: 0.1), Complex(re: -0.3, im: 0.4), Complex(re: 0.2, im: -0.6),
      Complex(re: 0.1, im: 0.3),
    ]
    let norm = vector.reduce(0) { $0 + $1.normSquared }
    let state = Operator<Double>(rows: 4, columns: 4) {
      Complex(1 / norm) * (vector[$0] * vector[$1].conj)
    }
    let determinant = vector[0] * vector[3] - vector[1] * vector[2]
    let expected = 2 * determinant.normSquared.squareRoot() / norm
    #expect(abs(try Entanglement.concurrence(of: state) - expected) < 1e-14)
    // A product state has none, without the noise of a square root at zero.
    let product = States.plusI(over: Double.self).kronecker(States.minus())
    #expect(try Entanglement.concurrence(of: product) < 1e-15)
  }

  @Test func manyDigitsOfTheIsingState() throws {
    // Eq. (3) at g = 10, c = 1, r = 27 in 300 bits against the same number from the rationals.
    let model: Model<Rational> = try isingModel(10, 1, 27)
    let state = try NumericSteadyState(model.inReals(300)).state
    let negativity = try Entanglement.negativity(of: state, in: model.space, party: [0])
    let top: Rational = 27 * 10 * 28 - 100 * 28 - (try Rational(55 * 55, 4))
    let below: Rational = 2 * 28 * (200 + (try Rational(55, 2)) * 28)
    let expected = Real(try top / below, precision: 300)
    #expect((negativity - expected).magnitude.approximateDouble < 1e-85)
  }

  @Test func whatIsNoStateIsRefused() throws {
    var matrix = werner(0.5)
    matrix[0, 0] = Complex(-0.1)
    #expect(throws: OpenSystemError.self) { try Entanglement.concurrence(of: matrix) }
    #expect(throws: OpenSystemError.notTwoQubits(dimensions: [2, 2])) {
      try Entanglement.concurrence(of: States.plus(over: Double.self))
    }
  }
}
