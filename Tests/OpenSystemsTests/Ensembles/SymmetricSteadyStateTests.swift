import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// The symmetric engine against the full density matrix.
@Suite struct SymmetricSteadyStateTests {
  /// Exactly equal to what the general engine finds on all 4^N elements.
  @Test(arguments: [2, 3], [true, false]) func equalsTheFullState(
    _ qubits: Int, _ isHierarchical: Bool
  ) throws {
    let parameters = try randomEnsemble(seed: 7, isHierarchical: isHierarchical)
    let state = try parameters.ensemble(qubits: qubits).steadyState()
    let model = try parameters.model(qubits: qubits)
    let matrix = try state.matrix()
    #expect(try model.isStationary(matrix))
    #expect(state.trace == .one)
    if qubits == 2 {
      #expect(try Liouvillian(model).steadyState().state == matrix)
    }
    // Another coupling has another state.
    var other = parameters
    other.coupling.z += 1
    #expect(try !other.model(qubits: qubits).isStationary(matrix))
    #expect(try other.ensemble(qubits: qubits).steadyState() != state)
  }

  /// For four qubits by the definition of the generator, which decides stationarity exactly.
  @Test func fourQubitsAreStationary() throws {
    let parameters = isingEnsemble(5, 1, 8, over: Rational.self)
    let matrix = try parameters.ensemble(qubits: 4).steadyState().matrix()
    #expect(try parameters.model(qubits: 4).isStationary(matrix))
    #expect(try !isingEnsemble(5, 1, 9).model(qubits: 4).isStationary(matrix))
  }

  @Test func reducedStatesAgree() throws {
    let parameters = try randomEnsemble(seed: 3, isHierarchical: true)
    let ensemble = try parameters.ensemble(qubits: 4)
    let state = try ensemble.steadyState()
    let space = try Space.qubits("A", "B", "C", "D")
    for kept in 1...3 {
      let reduced = try state.reduced(to: kept)
      let places = Array(0..<kept)
      #expect(try reduced.matrix() == space.reduced(try state.matrix(), to: places))
      // Elements with more differing bits are not needed for it.
      #expect(try ensemble.steadyState(coherences: kept).reduced(to: kept) == reduced)
    }
    #expect(throws: OpenSystemError.self) {
      try ensemble.steadyState(coherences: 1).reduced(to: 2)
    }
    #expect(throws: OpenSystemError.self) { try state.reduced(to: 5) }
    #expect(throws: OpenSystemError.self) { try state.reduced(to: 0) }
  }

  /// With a field along x populations obtain from coherences: nothing can be left out.
  @Test func onlyHierarchiesHaveLimits() throws {
    let parameters = try randomEnsemble(seed: 4, isHierarchical: false)
    #expect(throws: OpenSystemError.self) {
      try parameters.ensemble(qubits: 4).steadyState(coherences: 2)
    }
    #expect(try parameters.ensemble(qubits: 3).steadyState(coherences: 3).trace == .one)
  }

  @Test func missingUniquenessIsSaid() throws {
    // Without resets or decay every diagonal state stays.
    let dephased = ResetEnsemble<Rational>(coupling: .z(1), dephasing: 1)
    #expect(throws: OpenSystemError.self) { try dephased.ensemble(qubits: 3).steadyState() }
    #expect(throws: OpenSystemError.self) { try dephased.ensemble(qubits: 0) }
    // Decay alone has one.
    let decaying = ResetEnsemble<Rational>(coupling: .z(1), down: 1)
    let state = try decaying.ensemble(qubits: 3).steadyState()
    #expect(try state.element(SiteCounts(0, 0, 0, 3)) == .one)
  }

  /// The two-qubit closed forms in symbols, and three qubits at a point of the symbolic solution.
  @Test func symbolicParameters() throws {
    let (g, gamma, r) = try Symbols.all()
    let state = try isingEnsemble(g, gamma, r).ensemble(qubits: 2).steadyState()
    let two = RationalFunction(Integer(2))
    let four = RationalFunction(Integer(4))
    let d = try two * g * g + (r + gamma / two) * (r + gamma)
    let neighbour = try state.element(SiteCounts(1, 1, 0, 0))
    #expect(try neighbour.re == r * (r + gamma / two) / (four * d))
    #expect(try neighbour.im == -(r * g) / (four * d))
    let corner = try state.element(SiteCounts(0, 2, 0, 0))
    #expect(try corner.re == r * r * (r + gamma / two) / (four * (r + gamma) * d))
    #expect(corner.im.isZero)
  }

  /// Enclosures of thin boxes contain the states of points inside.
  @Test func enclosuresOfBoxes() throws {
    func thin(_ value: Rational) throws -> Interval {
      let half = try Rational(1, 1 << 20)
      return try Interval(lower: value - half, upper: value + half, precision: 80)
    }
    let box = isingEnsemble(try thin(5), try thin(1), try thin(8))
    let state = try box.ensemble(qubits: 4).steadyState()
    for (g, r) in [(0, 0), (1, -1), (-1, 1)] {
      let point = isingEnsemble(
        5 + (try Rational(Integer(g), 1 << 21)), 1, 8 + (try Rational(Integer(r), 1 << 21)))
      let exact = try point.ensemble(qubits: 4).steadyState()
      for (a, b) in zip(exact.elements, state.elements) {
        #expect(b.re.contains(a.re) && b.im.contains(a.im))
      }
    }
    // A point outside is not in all elements.
    let far = try isingEnsemble(5, 1, try Rational(81, 10), over: Rational.self).ensemble(qubits: 4)
      .steadyState()
    #expect(!zip(far.elements, state.elements).allSatisfy { $1.re.contains($0.re) })
  }

  @Test func recordedPairs() throws {
    for c in try RecordedEnsembles.load().doubles where c.n <= 7 {
      let state = try c.parameters.ensemble.map { $0.approximateDouble }
        .ensemble(qubits: c.n).steadyState().reduced(to: 2).matrix()
      for (value, text) in zip(state.elements, c.pair) {
        let re = try #require(Double(text[0]))
        let im = try #require(Double(text[1]))
        #expect(abs(value.re - re) + abs(value.im - im) < 1e-11, "\(c.name) \(c.n)")
      }
    }
  }

  @Test func sizesAreLimited() throws {
    #expect(throws: OpenSystemError.self) { try SiteCountsBasis(qubits: 1000) }
    #expect(throws: OpenSystemError.self) { try SiteCountsBasis(qubits: 0) }
    #expect(try SiteCountsBasis(qubits: 12).count == 455)
    #expect(try SiteCountsBasis(qubits: 1000, coherences: 2).count == 1001 + 2 * 1000 + 3 * 999)
    let basis = try SiteCountsBasis(qubits: 7, coherences: 5)
    for (index, counts) in basis.elements.enumerated() {
      #expect(basis.index(of: counts) == index)
      #expect(counts.total == 7 && counts.coherences <= 5)
    }
    #expect(basis.index(of: SiteCounts(1, 3, 3, 0)) == nil)
    #expect(throws: OpenSystemError.self) {
      try isingEnsemble(1, 1, 1, over: Double.self).ensemble(qubits: 11).steadyState().matrix()
    }
  }
}
