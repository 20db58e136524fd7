import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// Correlated jumps in every road that knows channels.
@Suite struct CorrelatedJumpTests {
  typealias Entry = Complex<Rational>

  static func random(_ seed: UInt64, jumps count: Int) throws -> (Model<Rational>, [Entry]) {
    var random = SeededGenerator(seed: seed)
    func number() -> Rational {
      (try? Rational(Integer(Int(random.next() % 9) - 4), Integer(Int(random.next() % 3) + 1))) ?? 0
    }
    func matrix(_ n: Int) -> Matrix<Entry> {
      Matrix(rows: n, columns: n) { _, _ in Complex(re: number(), im: number()) }
    }
    let space = try Space([.init("A", .levels(3))])
    let jumps = (0..<count).map { _ in matrix(3) }
    let vector = (0..<count).map { _ in Complex(re: number(), im: number()) }
    let rates = Matrix(rows: count, columns: count) { vector[$0].conj * vector[$1] }
    let model = try Model(
      space: space, hamiltonian: matrix(3).hermitianPart(),
      channels: [.correlated(jumps, rates: rates)])
    return (model, vector)
  }

  static func state(_ seed: UInt64) -> Matrix<Entry> {
    var random = SeededGenerator(seed: seed)
    return Matrix<Entry>(rows: 3, columns: 3) { _, _ in
      Complex(re: Rational(Int(random.next() % 9) - 4), im: Rational(Int(random.next() % 9) - 4))
    }.hermitianPart()
  }

  /// Γ_ij = v_i* v_j is the single jump Σ v_j L_j: this fixes which index is conjugated.
  @Test(arguments: 1...4 as ClosedRange<UInt64>) func rankOneIsOneJump(seed: UInt64) throws {
    let (model, vector) = try Self.random(seed, jumps: 3)
    guard case .correlated(let jumps, _) = model.channels[0] else { return }
    var sum = Matrix<Entry>(rows: 3, columns: 3)
    for (v, jump) in zip(vector, jumps) { sum = sum + v * jump }
    let single = try Model(
      space: model.space, hamiltonian: model.hamiltonian, channels: [.jump(sum, rate: 1)])
    let state = Self.state(seed + 50)
    #expect(try model.derivative(of: state) == single.derivative(of: state))
    #expect(
      Liouvillian(model).superoperator().dense == Liouvillian(single).superoperator().dense)
    // The transposed matrix of rates is another dynamics.
    let swapped = try Model(
      space: model.space, hamiltonian: model.hamiltonian,
      channels: [
        .correlated(
          jumps, rates: Matrix(rows: 3, columns: 3) { vector[$0] * vector[$1].conj })
      ])
    #expect(try swapped.derivative(of: state) != single.derivative(of: state))
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>) func allRoadsAgree(seed: UInt64) throws {
    let (model, _) = try Self.random(seed, jumps: 2)
    let state = Self.state(seed + 90)
    let exact = try model.derivative(of: state)
    #expect(exact.trace.isZero)
    let place = HermitianCoordinates(size: 3)
    let column = place.vector(state)
    var product = [Rational](repeating: 0, count: 9)
    for (row, list) in Liouvillian(model).realGenerator().rows.enumerated() {
      for entry in list { product[row] += entry.value * column[entry.column] }
    }
    #expect(place.matrix(product) == exact)
    let numbers = model.map(\.approximateDouble)
    let rounded = try NumericGenerator(numbers).derivative(
      of: state.map { Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble) })
    for (a, b) in zip(rounded.elements, exact.elements) {
      #expect(
        abs(a.re - b.re.approximateDouble) < 1e-9 && abs(a.im - b.im.approximateDouble) < 1e-9)
    }
  }

  @Test func ratesMustBePositive() throws {
    let space = try Space.qubits("A", "B")
    let jumps = try [0, 1].map { try space.embed(Operators.sm(over: Rational.self), at: $0) }
    func model(_ k: Rational) throws -> Model<Rational> {
      let rates = Matrix<Entry>(rows: 2, columns: 2) { $0 == $1 ? .one : Complex(k) }
      return try Model(
        space: space, hamiltonian: Matrix(rows: 4, columns: 4),
        channels: [.correlated(jumps, rates: rates)])
    }
    try model(1).requireNonnegativeRates()
    try model(Rational("-0.75") ?? 0).requireNonnegativeRates()
    #expect(throws: OpenSystemError.self) {
      try model(Rational("1.01") ?? 0).requireNonnegativeRates()
    }
    #expect(throws: OpenSystemError.self) {
      try Model<Rational>(
        space: space, hamiltonian: Matrix(rows: 4, columns: 4),
        channels: [.correlated(jumps, rates: Matrix(rows: 1, columns: 1) { _, _ in .one })])
    }
    #expect(
      throws: OpenSystemError.notHermitian(
        what: "the matrix of rates of channel 0", row: 0, column: 1)
    ) {
      try Model<Rational>(
        space: space, hamiltonian: Matrix(rows: 4, columns: 4),
        channels: [
          .correlated(jumps, rates: Matrix(rows: 2, columns: 2) { $0 <= $1 ? .one : .zero })
        ])
    }
  }
}
