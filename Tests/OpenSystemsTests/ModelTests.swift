import Algebra
import Arbitrary
import Exact
import OpenSystems
import Testing

@Suite struct ModelTests {
  @Test func validationNamesWhatIsWrong() throws {
    let space = try Space.qubits("A")
    let skew: Operator<Rational> = Operators.sp()
    #expect(
      throws: OpenSystemError.notHermitian(what: "the Hamiltonian", row: 0, column: 1)
    ) { try Model(space: space, hamiltonian: skew, channels: []) }
    let zero = Operator<Rational>(rows: 2, columns: 2)
    #expect(throws: OpenSystemError.traceNotOne(what: "the reset state of channel 0", trace: "2")) {
      try Model(
        space: space, hamiltonian: zero, channels: [.reset([0], to: .identity(2), rate: 1)])
    }
    #expect(throws: OpenSystemError.self) {
      try Model(space: space, hamiltonian: Operator<Rational>.identity(3), channels: [])
    }
    #expect(throws: OpenSystemError.self) {
      try Model(space: space, hamiltonian: zero, channels: [.jump(.identity(4), rate: 1)])
    }
    #expect(throws: OpenSystemError.self) {
      try Model(space: space, hamiltonian: zero, channels: [.reset([1], to: zero, rate: 1)])
    }
    // Asserting is how a caller takes the responsibility.
    #expect(throws: Never.self) {
      try Model(space: space, hamiltonian: skew, channels: [], validation: .asserted)
    }
  }

  @Test func inexactArithmeticSaysUnknown() throws {
    let space = try Space.qubits("A")
    var hamiltonian = Operator<Interval>(rows: 2, columns: 2)
    let third = Interval(try Rational(1, 3), precision: 53)
    hamiltonian[0, 0] = Complex(re: third, im: try Interval(lower: -1, upper: 1))
    #expect(
      throws: OpenSystemError.hermiticityUnknown(what: "the Hamiltonian", row: 0, column: 0)
    ) { try Model(space: space, hamiltonian: hamiltonian, channels: []) }
    var state = Operator<Double>(rows: 2, columns: 2)
    state[0, 0] = Complex(0.7)
    state[1, 1] = Complex(0.1 + 0.1 + 0.1)
    #expect(throws: Never.self) { try OneQubit.reset(to: States.zero(over: Double.self)) }
    state[1, 1] = Complex(0.3000001)
    #expect(throws: OpenSystemError.self) { try OneQubit.reset(to: state) }
  }

  @Test func negativeRatesAreSeenWhereThereIsAnOrder() throws {
    #expect(throws: OpenSystemError.negativeRate(channel: 0, rate: "-1")) {
      try OneQubit.thermal(down: -1, up: 2).requireNonnegativeRates()
    }
    #expect(throws: Never.self) {
      try OneQubit.thermal(down: 1, up: 0).requireNonnegativeRates()
    }
  }

  /// d/dt of the elements of [[p, c], [c̄, 1-p]], by hand.
  @Test func derivativeOfADecayingQubit() throws {
    let p = try Rational(2, 7)
    let c = Complex(re: try Rational(1, 5), im: try Rational(-1, 3))
    let state = Operator<Rational>(rows: 2, columns: 2) { i, j in
      i == j ? Complex(re: i == 0 ? p : 1 - p, im: 0) : (i == 0 ? c : c.conj)
    }
    let space = try Space.qubits("A")
    let omega = try Rational(3, 4)
    let channels =
      try Channel.thermal(0, of: space, down: 2, up: Rational(1, 3))
      + [Channel.dephasing(0, of: space, rate: Rational(1, 9))]
    let field = Complex(try Rational(3, 8)) * Operators.sz()
    let model = try Model(space: space, hamiltonian: field, channels: channels)
    let slope = try model.derivative(of: state)
    #expect(slope[0, 0] == Complex(try Rational(1, 3) * (1 - p) - 2 * p))
    let decay = try Rational(7, 6) + Rational(1, 9)
    #expect(slope[0, 1] == Complex(re: -decay, im: -omega) * c)
    #expect(slope.trace == .zero)
  }

  @Test(arguments: 0..<8) func generatorIsTheDefinition(_ seed: Int) throws {
    let model = try randomModel(seed: UInt64(seed))
    let n = model.space.dimension
    let state = try randomHermitian(n, seed: UInt64(100 + seed))
    let slope = try model.derivative(of: state)
    let generator = Liouvillian(model)
    #expect(slope.trace.isZero)
    #expect(slope.hermitianDefect() == nil)
    let vector = generator.superoperator() * state.elements
    #expect(vector == slope.elements)
    let place = generator.coordinates
    #expect(place.matrix(place.vector(state)) == state)
    #expect(generator.realGenerator() * place.vector(state) == place.vector(slope))
    // The other assembly, compared in doubles.
    let numeric = try NumericGenerator(model.inDoubles)
    #expect(distance(numeric.derivative(of: inDoubles(state)), inDoubles(slope)) < 1e-9)
    // Populations lose what populations gain: the columns of their rows add up to zero.
    let dense = generator.realGenerator().dense
    for column in 0..<(n * n) {
      #expect((0..<n).reduce(Rational.zero) { $0 + dense[$1, column] }.isZero)
    }
  }

  @Test(arguments: 0..<4) func aWrongSignIsSeen(_ seed: Int) throws {
    let model = try randomModel(seed: UInt64(seed))
    let state = try #require(try Liouvillian(model).steadyState().state)
    #expect(try model.isStationary(state))
    let flipped = try Model(
      space: model.space, hamiltonian: -model.hamiltonian, channels: model.channels)
    #expect(try !flipped.isStationary(state))
    // One element off by a billionth is seen as well: the check is exact.
    var moved = state
    moved[0, 0] += Complex(re: try Rational(1, 1_000_000_000), im: 0)
    #expect(try !model.isStationary(moved))
  }

  @Test func mapEvaluatesSymbols() throws {
    let (g, gamma, r) = try Symbols.all()
    let symbolic = try isingModel(g, gamma, r)
    let point: [Rational] = [3, 1, 5]
    let exact = try symbolic.map { value throws(ArithmeticError) in
      try value.evaluated(at: point)
    }
    let direct: Model<Rational> = try isingModel(3, 1, 5)
    #expect(exact.hamiltonian == direct.hamiltonian && exact.channels == direct.channels)
  }
}

/// Models of one qubit without a Hamiltonian.
enum OneQubit {
  static func reset<F: Field>(to state: Operator<F>) throws -> Model<F> {
    try Model(
      space: Space.qubits("A"), hamiltonian: Operator<F>(rows: 2, columns: 2),
      channels: [.reset([0], to: state, rate: .one)])
  }

  static func thermal(down: Rational, up: Rational) throws -> Model<Rational> {
    let space = try Space.qubits("A")
    return try Model(
      space: space, hamiltonian: Operator<Rational>(rows: 2, columns: 2),
      channels: Channel.thermal(0, of: space, down: down, up: up))
  }
}
