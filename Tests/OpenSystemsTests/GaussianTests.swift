import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// Gaussian models against SciPy's and QuTiP's answers, and against the adjoint generator itself.
@Suite struct GaussianTests {
  struct Term: Decodable {
    let monomial: LadderMonomial
    let value: Complex<Double>

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      let creation = try list.decode([Int].self)
      monomial = LadderMonomial(creation: creation, annihilation: try list.decode([Int].self))
      let re = try list.decode(Double.self)
      value = Complex(re: re, im: try list.decode(Double.self))
    }
  }

  struct Jump: Decodable {
    let rate: Double
    let terms: [Term]
  }

  struct Entry: Decodable {
    let modes: Int
    let hamiltonian: [Term]
    let jumps: [Jump]
    let stable: Bool
    let amplitudes: [[Double]]?
    let covariance: [Double]?
    let symplectic: [Double]?
    let negativity: Double?
    let logarithmic: Double?
    let levels: [Int]?
    let moments: [Term]?
    let tail: Double?

    enum CodingKeys: String, CodingKey {
      case modes, hamiltonian, jumps, stable, amplitudes, covariance, symplectic, negativity
      case levels, moments, tail
      case logarithmic = "log_negativity"
    }
  }

  struct File: Decodable { let models, fock: [Entry] }

  static func operatorValue(_ terms: [Term]) -> ModeOperator<Complex<Double>> {
    ModeOperator(Dictionary(terms.map { ($0.monomial, $0.value) }) { $0 + $1 })
  }

  static func model(_ entry: Entry) throws -> GaussianModel<Double> {
    try GaussianModel(
      modeCount: entry.modes, hamiltonian: operatorValue(entry.hamiltonian),
      jumps: entry.jumps.map { .init(operatorValue($0.terms), rate: $0.rate) })
  }

  static func exact(_ entry: Entry) throws -> GaussianModel<Rational> {
    try model(entry).map { (value: Double) throws(ArithmeticError) -> Rational in
      guard let exact = Rational(exactly: value) else { throw .domain("\(value)") }
      return exact
    }
  }

  static func isNear(_ x: Double, _ y: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(x - y) <= tolerance * max(1, abs(y))
  }

  @Test func recorded() throws {
    let file = try Oracle.load("gaussian", as: File.self)
    #expect(file.models.count == 21)
    for entry in file.models {
      let model = try Self.model(entry)
      guard entry.stable else {
        #expect(throws: GaussianError.self) { try model.steadyState() }
        #expect(throws: GaussianError.self) { try Self.exact(entry).steadyState() }
        continue
      }
      let steady = try model.steadyState()
      #expect(steady.unproved.isEmpty)
      for (value, expected) in zip(steady.state.amplitudes, try #require(entry.amplitudes)) {
        #expect(Self.isNear(value.re, expected[0]) && Self.isNear(value.im, expected[1]))
      }
      let covariance = try #require(entry.covariance)
      #expect(zip(steady.state.covariance.elements, covariance).allSatisfy { Self.isNear($0, $1) })
      #expect(
        zip(try model.lyapunovCovariance().elements, covariance).allSatisfy { Self.isNear($0, $1) })
      let symplectic = try steady.state.symplecticEigenvalues()
      #expect(zip(symplectic, try #require(entry.symplectic)).allSatisfy { Self.isNear($0, $1) })
      if entry.modes > 1 {
        #expect(Self.isNear(try steady.state.negativity(over: [0]), try #require(entry.negativity)))
        #expect(
          Self.isNear(
            try steady.state.logarithmicNegativity(over: [0]), try #require(entry.logarithmic)))
      }
    }
  }

  /// Exactly: stability proved, both roads to the covariance equal, a state, and the moments that
  /// the adjoint generator makes stationary.
  @Test func exactly() throws {
    let file = try Oracle.load("gaussian", as: File.self)
    for entry in file.models where entry.stable && entry.modes < 3 {
      let model = try Self.exact(entry)
      let steady = try model.steadyState()
      #expect(try model.lyapunovCovariance() == steady.state.covariance)
      let certificate = try steady.state.bonaFide()
      #expect(try certificate.verify())
      if case .indefinite = certificate.verdict { Issue.record("no state: \(certificate)") }
      for x in try Self.products(entry.modes) {
        let derivative = try Self.adjointGenerator(model, x)
        #expect(try steady.state.expectation(of: derivative).isZero)
      }
    }
  }

  /// A wrong sign in a jump, or loss and gain exchanged, is found out by the same check.
  @Test func mutationsAreFound() throws {
    let file = try Oracle.load("gaussian", as: File.self)
    let entry = try #require(file.models.first { $0.modes == 2 })
    let model = try Self.exact(entry)
    func mutated(
      _ change: (GaussianModel<Rational>.Jump) -> GaussianModel<Rational>.Jump
    ) throws -> GaussianModel<Rational> {
      var jumps = model.jumps
      jumps[2] = change(jumps[2])
      return try GaussianModel(modeCount: 2, hamiltonian: model.hamiltonian, jumps: jumps)
    }
    let creation = LadderMonomial(creation: [1])
    let wrongSign = try mutated { jump in
      var terms = jump.jump.terms
      terms[creation] = terms[creation].map { -$0 }
      return .init(ModeOperator(terms), rate: jump.rate)
    }
    let exchanged = try mutated { .init($0.jump.adjoint, rate: $0.rate) }
    for other in [wrongSign, exchanged] {
      guard let state = try? other.steadyState().state else { continue }
      let defects = try Self.products(2).map { x in
        try state.expectation(of: try Self.adjointGenerator(model, x))
      }
      #expect(defects.contains { !$0.isZero })
    }
  }

  static func products(_ modes: Int) throws -> [ModeOperator<Complex<Rational>>] {
    let ladder =
      (0..<modes).map { ModeOperator<Complex<Rational>>.annihilation($0) }
      + (0..<modes).map { ModeOperator<Complex<Rational>>.creation($0) }
    var result = ladder
    for x in ladder { for y in ladder { result.append(try x.times(y)) } }
    return result
  }

  /// i[H, X] + Σ rate·(L†XL - ½{L†L, X}), by products of operators alone.
  static func adjointGenerator(
    _ model: GaussianModel<Rational>, _ x: ModeOperator<Complex<Rational>>
  ) throws -> ModeOperator<Complex<Rational>> {
    let half = Complex(try Rational(1, 2))
    var sum = Complex<Rational>.i * (try ModeOperator.commutator(model.hamiltonian, x))
    for jump in model.jumps {
      let (l, dagger) = (jump.jump, jump.jump.adjoint)
      let square = try dagger.times(l)
      let gain = try dagger.times(try x.times(l))
      let loss = try square.times(x) + (try x.times(square))
      sum = sum + Complex(jump.rate) * (gain - half * loss)
    }
    return sum
  }

  // MARK: Truncated states

  @Test func truncatedStates() throws {
    let file = try Oracle.load("gaussian", as: File.self)
    for entry in file.fock {
      let model = try Self.model(entry)
      let state = try FockSteadyState(model, levels: try #require(entry.levels))
      for moment in try #require(entry.moments) {
        let value = try state.expectation(of: ModeOperator([moment.monomial: .one]))
        #expect(Self.isNear(value.re, moment.value.re, 1e-8))
        #expect(Self.isNear(value.im, moment.value.im, 1e-8))
      }
      #expect(Self.isNear(state.tailWeight, try #require(entry.tail), 1e-8))
      if entry.modes > 1 {
        #expect(Self.isNear(try state.negativity(over: [0]), try #require(entry.negativity), 1e-8))
        // A conserved difference of numbers: Σ (7 - |q|)² elements and no more.
        #expect(state.unknownCount == 231)
      }
    }
  }

  /// The truncated state and the Gaussian one agree as far as the tail allows, at 100 bits.
  @Test func truncatedStateInFloats() throws {
    typealias Mode = ModeOperator<Complex<Real>>
    let bits = 100
    func number(_ text: String) throws -> Complex<Real> {
      Complex(Real(try #require(Rational(text)), precision: bits))
    }
    let n = Mode([LadderMonomial(creation: [1], annihilation: [1]): try number("1/2")])
    let model = try GaussianModel<Real>(
      hamiltonian: n,
      jumps: [
        .init(.annihilation(0), rate: try number("1").re),
        .init(.creation(0), rate: try number("1/20").re),
      ], validation: .asserted)
    let state = try FockSteadyState(model, levels: [20], precision: bits)
    let occupation = try state.expectation(
      of: .init([LadderMonomial(creation: [1], annihilation: [1]): .one]))
    // 1/20 / (1 - 1/20) = 1/19, and the tail (1/20)¹⁹·19/20.
    #expect(abs(Double(occupation.re) - 1.0 / 19) < 1e-15)
    #expect(Double(state.tailWeight) < 1e-23)
    #expect(state.unknownCount == 20)
  }

  @Test func limits() throws {
    let a = ModeOperator<Complex<Double>>.annihilation(0)
    #expect(throws: GaussianError.self) {
      try GaussianModel(hamiltonian: try (a + a.adjoint).power(3), jumps: [])
    }
    #expect(throws: GaussianError.self) {
      try GaussianModel(hamiltonian: .zero, jumps: [.init(try a.power(2), rate: 1.0)])
    }
    #expect(throws: GaussianError.self) { try GaussianModel(hamiltonian: a, jumps: []) }
    let decay = try GaussianModel(hamiltonian: .zero, jumps: [.init(a, rate: 1.0)])
    #expect(throws: GaussianError.self) { try FockSteadyState(decay, levels: [50], work: 10) }
    #expect(throws: GaussianError.self) {
      try GaussianState<Double>.vacuum(1).expectation(of: try a.power(20))
    }
    #expect(throws: GaussianError.self) {
      try GaussianModel(hamiltonian: try a.adjoint.times(a), jumps: []).steadyState()
    }
  }

  // MARK: Wick's theorem

  /// Moments of a thermal and displaced state: ⟨a†ᵏaᵏ⟩ = Σ C(k, j)² (k - j)! nᵏ⁻ʲ|α|²ʲ.
  @Test func moments() throws {
    let n = try Rational(2, 3)
    let alpha = Complex(re: try Rational(1, 2), im: Rational(-1))
    let state = GaussianState(
      means: [alpha],
      covariance: Matrix(rows: 2, columns: 2) { $0 == $1 ? n + (Rational("1/2") ?? 0) : 0 })
    for k in 0...5 {
      let x = ModeOperator<Complex<Rational>>([
        LadderMonomial(creation: [k], annihilation: [k]): .one
      ])
      var expected = Rational(0)
      for j in 0...k {
        var term = Rational(1)
        for i in 0..<j { term = term * (try Rational(Integer(k - i), Integer(i + 1))) }
        term = term * term
        for i in 1..<max(1, k - j + 1) { term = term * Rational(Integer(i)) * n }
        for _ in 0..<j { term = term * alpha.normSquared }
        expected = expected + term
      }
      #expect(try state.expectation(of: x) == Complex(expected))
    }
  }
}
