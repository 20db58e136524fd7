import Algebra
import Arbitrary
import Exact
import OpenSystems
import Symbolic
import TestSupport
import Testing

/// Eigenoperators, secular generators and the recorded models of
/// `Tests/Oracles/generate_weak_coupling.py`.
@Suite struct WeakCouplingTests {
  struct File: Decodable { let cases: [Case] }
  struct Case: Decodable {
    struct Bath: Decodable {
      let couplings: [[[[String]]]]
      let density, temperature: String
      let strength: [[String]]
    }
    let name, dephasing: String
    let dims: [Int]
    let hamiltonian: [[[String]]]
    let baths: [Bath]
    let kernelDimension: Int
    let steadyState: [[[String]]]?
    let generatorTrace: String

    enum CodingKeys: String, CodingKey {
      case name, dims, hamiltonian, baths, dephasing
      case kernelDimension = "kernel_dimension"
      case steadyState = "steady_state"
      case generatorTrace = "generator_trace"
    }
  }

  static let recorded = Result { try Oracle.load("weak_coupling", as: File.self).cases }

  static func rational(_ rows: [[[String]]]) throws -> Matrix<Complex<Rational>> {
    try Matrix(rows: rows.count, columns: rows.count) { i, j throws in
      Complex(re: try #require(Rational(rows[i][j][0])), im: try #require(Rational(rows[i][j][1])))
    }
  }

  static func formulas(_ matrix: Matrix<Complex<Rational>>) -> Matrix<Expression> {
    matrix.map {
      $0.im.isZero ? .rational($0.re) : .rational($0.re) + .rational($0.im) * Expression.i
    }
  }

  static func sign(_ value: Expression) -> SignFact? {
    guard let form = try? NormalForm(value), form.value.im.isZero else { return nil }
    return SignProver(form.basis).sign(of: form.value.re)
  }

  static func number(_ expression: Expression) throws -> Complex<Double> {
    let value = try Program([expression], inputs: []).enclose([Interval](), precision: 80)[0]
    return Complex(re: Double(value.re.midpoint), im: Double(value.im.midpoint))
  }

  enum Mistake: CaseIterable { case none, signOfCorrelation, emissionForAbsorption, hotter }

  static func model(_ entry: Case, _ mistake: Mistake = .none) throws -> Model<Double> {
    let omega = Symbol("w", .positive)
    var baths: [ThermalBath] = []
    for bath in entry.baths {
      var density = try Matrix(rows: bath.strength.count, columns: bath.strength.count) {
        i, j throws -> Expression in
        let value = Expression.rational(try #require(Rational(bath.strength[i][j])))
        return bath.density == "ohmic" ? value * omega.expression : value
      }
      if mistake == .signOfCorrelation {
        density = Matrix(rows: density.rowCount, columns: density.rowCount) {
          $0 == $1 ? density[$0, $1] : -density[$0, $1]
        }
      }
      var temperature = Expression.rational(try #require(Rational(bath.temperature)))
      if mistake == .hotter { temperature = 2 * temperature }
      baths.append(
        try ThermalBath(
          couplings: bath.couplings.map { Self.formulas(try Self.rational($0)) }, density: density,
          frequency: omega, temperature: temperature))
    }
    let exact = try rational(entry.hamiltonian)
    let weak = try WeakCoupling(hamiltonian: formulas(exact), baths: baths, sign: sign)
    let space = try Space(entry.dims.indices.map { .init("s\($0)", .qubit) })
    var channels: [Channel<Double>] = []
    for term in weak.terms {
      let operators = try term.operators.map { (matrix) throws in
        let values = try matrix.map { try Self.number($0) }
        return mistake == .emissionForAbsorption ? values.adjoint() : values
      }
      channels.append(.correlated(operators, rates: try term.rates.map { try Self.number($0) }))
    }
    let dephasing = try #require(Rational(entry.dephasing)).approximateDouble
    for place in entry.dims.indices {
      channels.append(try .dephasing(place, of: space, rate: dephasing))
    }
    return try Model(
      space: space,
      hamiltonian: exact.map {
        Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble)
      }, channels: channels,
      validation: .asserted)
  }

  static func distance(_ model: Model<Double>, _ entry: Case) throws -> Double {
    let state = try NumericSteadyState(model).state
    let expected = try #require(entry.steadyState)
    var worst = 0.0
    for i in 0..<state.rowCount {
      for j in 0..<state.rowCount {
        let (re, im) = (
          try #require(Double(expected[i][j][0])), try #require(Double(expected[i][j][1]))
        )
        worst = max(worst, abs(state[i, j].re - re), abs(state[i, j].im - im))
      }
    }
    return worst
  }

  @Test func allCasesAreTaken() throws {
    #expect(try Self.recorded.get().count == 9)
  }

  @Test(arguments: 0..<9) func recordedModel(index: Int) throws {
    let entry = try Self.recorded.get()[index]
    let model = try Self.model(entry)
    let generator = try NumericGenerator(model).matrix
    let trace = try #require(Double(entry.generatorTrace))
    #expect(abs(generator.trace.re - trace) < 1e-8 * (1 + abs(trace)), "\(entry.name)")
    guard entry.kernelDimension == 1 else {
      #expect(throws: OpenSystemError.self) { try NumericSteadyState(model) }
      return
    }
    #expect(try Self.distance(model, entry) < 1e-9, "\(entry.name)")
  }

  /// A wrong sign, baths that give what they should take, and other temperatures must all be seen.
  @Test(arguments: [Mistake.signOfCorrelation, .emissionForAbsorption, .hotter])
  func mistakesAreSeen(mistake: Mistake) throws {
    let entry = try Self.recorded.get()[0]
    #expect(try Self.distance(Self.model(entry, mistake), entry) > 1e-4)
  }

  // MARK: Eigenoperators

  static func known(_ value: Rational) -> KnownSign? {
    value.isZero ? .zero : value < 0 ? .negative : .positive
  }

  /// S = Σ S(ω) + S(ω)†, [H, S(ω)] = -ωS(ω), by both roads to the levels.
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func eigenoperatorsAddUp(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let n = 4
    let energies = (0..<n).map { _ in Rational(Int(random.next() % 4)) }
    let coupling = Matrix<Complex<Rational>>(rows: n, columns: n) { _, _ in
      Complex(re: Rational(Int(random.next() % 5) - 2), im: Rational(Int(random.next() % 5) - 2))
    }.hermitianPart()
    let diagonal = Matrix<Complex<Rational>>(rows: n, columns: n) {
      $0 == $1 ? Complex(energies[$0]) : .zero
    }
    // A rational rotation of the first and third state, by the angle with cosine 3/5.
    let (c, s) = (Complex(Rational("0.6") ?? 0), Complex(Rational("0.8") ?? 0))
    var rotation = Matrix<Complex<Rational>>.identity(n)
    rotation[0, 0] = c
    rotation[2, 2] = c
    rotation[0, 2] = -s
    rotation[2, 0] = Complex.i * Complex.i * -s
    let rotated = rotation * diagonal * rotation.adjoint()
    var distinct: [Rational] = []
    for energy in energies where !distinct.contains(energy) { distinct.append(energy) }
    for (hamiltonian, levels) in [
      (diagonal, try EnergyLevels(diagonal: diagonal)),
      (rotated, try EnergyLevels(rotated, energies: distinct)),
    ] {
      let parts = try Eigenoperators([coupling], levels: levels, sign: { Self.known($0) })
      var sum = Matrix<Complex<Rational>>(rows: n, columns: n)
      for frequency in parts.frequencies {
        let part = frequency.operators[0]
        #expect(
          Matrix.commutator(hamiltonian, part) == Complex(-frequency.value) * part)
        sum = sum + part
        if !frequency.isZero { sum = sum + part.adjoint() }
      }
      #expect(sum == coupling)
      #expect(Set(parts.frequencies.map(\.value)).count == parts.frequencies.count)
    }
    #expect(throws: OpenSystemError.self) {
      try EnergyLevels(rotated, energies: Array(distinct.dropLast()))
    }
    #expect(throws: OpenSystemError.self) {
      try EnergyLevels(rotated, energies: distinct.dropLast() + [17])
    }
  }

  /// Energies with square roots: the proof needs (√(a² + b²))² = a² + b².
  @Test func squareRootsInTheEnergies() throws {
    let (a, b) = (Expression.symbol("a", .positive), Expression.symbol("b", .positive))
    let h = Matrix<Expression>(rows: 2, columns: 2) { i, j in i != j ? b : i == 0 ? a : -a }
    let sz = Matrix<Expression>(rows: 2, columns: 2) { i, j in i != j ? 0 : i == 0 ? 1 : -1 }
    let bath = try ThermalBath(
      couplings: [sz], density: Matrix(rows: 1, columns: 1) { _, _ in 1 }, temperature: 1,
      zeroRates: Matrix(rows: 1, columns: 1) { _, _ in 1 })
    let weak = try WeakCoupling(hamiltonian: h, baths: [bath], sign: Self.sign)
    #expect(weak.terms.count == 3)
    let total = weak.terms.reduce(Matrix<Expression>(rows: 2, columns: 2)) {
      $0 + $1.operators[0]
    }
    for (x, y) in zip(total.elements, sz.elements) {
      #expect(try NormalForm(x - y).value.isZero)
    }
  }

  @Test func whatIsUndecidedIsNamed() throws {
    let (a, b) = (Expression.symbol("a", .positive), Expression.symbol("b", .positive))
    let h = Matrix<Expression>(rows: 3, columns: 3) { i, j in i != j ? 0 : [0, a, b][i] }
    let s = Matrix<Expression>(rows: 3, columns: 3) { i, j in i != j && i * j == 0 ? 1 : 0 }
    let bath = try ThermalBath(
      couplings: [s], density: Matrix(rows: 1, columns: 1) { _, _ in 1 }, temperature: 1)
    let error = #expect(throws: OpenSystemError.self) {
      try WeakCoupling(hamiltonian: h, baths: [bath], sign: Self.sign)
    }
    let text = error?.description ?? ""
    #expect(text.contains("energy a") && text.contains("energy b"))
    #expect(text.contains("the sign of -a + b") || text.contains("the sign of a - b"), "\(text)")
  }

  @Test func rateAtZeroFrequency() throws {
    let w = Symbol("w", .positive)
    let t = Expression.symbol("T", .positive)
    func bath(_ density: Expression, _ temperature: Expression) throws -> ThermalBath {
      try ThermalBath(
        couplings: [.identity(2)], density: Matrix(rows: 1, columns: 1) { _, _ in density },
        frequency: w, temperature: temperature)
    }
    let drude = try bath(3 * w.expression / (1 + w.expression.power(2)), t).ratesAtZero()[0, 0]
    #expect(try NormalForm(drude - 3 * t).value.isZero)
    #expect(try bath(w.expression, 0).ratesAtZero()[0, 0].isLiteralZero)
    #expect(throws: OpenSystemError.self) { try bath(1, t).ratesAtZero() }
    #expect(throws: OpenSystemError.self) { try bath(1, 0).ratesAtZero() }
  }

  // MARK: Symbols for rates

  @Test func symbolsForRatesChangeNothing() throws {
    let ring = try PolynomialRing(["a", "b", "c"])
    func variable(_ index: Int) -> RationalFunction {
      RationalFunction(Polynomial.variable(index, of: ring))
    }
    let one = RationalFunction.one
    let (a, b, c) = (variable(0), variable(1), variable(2))
    let space = try Space.qubits("A", "B")
    func model(_ down: RationalFunction, _ cross: RationalFunction) throws -> Model<
      RationalFunction
    > {
      let lower = try [0, 1].map {
        try space.embed(Operators.sm(over: RationalFunction.self), at: $0)
      }
      let rates = Matrix<Complex<RationalFunction>>(rows: 2, columns: 2) {
        Complex($0 == $1 ? down : cross)
      }
      return try Model(
        space: space, hamiltonian: Matrix(rows: 4, columns: 4),
        channels: [
          .correlated(lower, rates: rates),
          .correlated(lower.map { $0.adjoint() }, rates: Complex(c) * rates),
        ])
    }
    let generic = try model(try (a + b) / (one + c), try a / (one + c))
    let symbols = try #require(try RateSymbols(generic))
    #expect(symbols.count == 4)
    let space4 = try #require(try symbols.steadySpace())
    let direct = try Liouvillian(generic).steadySpace()
    #expect(space4.dimension == 1 && direct.dimension == 1)
    let state = try #require(space4.normalized)
    let expected = try #require(direct.normalized)
    for (x, y) in zip(state.elements, expected.elements) {
      #expect(try x.re.evaluated(at: symbols.values) == y.re)
    }
    // Related rates with a larger null space: 2a - (a + a) is seen as no rate of its own, but where the
    // relation hides between different rates the symbols must not be trusted.
    let dark = try model(a + b, a + b)
    #expect(try RateSymbols(dark)?.steadySpace()?.dimension == 2)
    let lower = try [0, 1].map {
      try space.embed(Operators.sm(over: RationalFunction.self), at: $0)
    }
    let hidden = try Model(
      space: space, hamiltonian: Matrix(rows: 4, columns: 4),
      channels: [
        .correlated(
          lower,
          rates: Matrix(rows: 2, columns: 2) {
            Complex($0 == 0 && $1 == 0 ? a * a : $0 == 1 && $1 == 1 ? b * b : a * b)
          })
      ])
    #expect(try Liouvillian(hidden).steadySpace().dimension == 4)
    #expect(try RateSymbols(hidden)?.steadySpace() == nil)
  }
}
