import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

@Suite struct SteadyStateTests {
  @Test func thermalPopulations() throws {
    let (down, up, _) = try Symbols.all()
    let space = try Space.qubits("A")
    let model = try Model(
      space: space, hamiltonian: Operators.sz(over: RationalFunction.self),
      channels: Channel.thermal(0, of: space, down: down, up: up))
    let state = try #require(try Liouvillian(model).steadyState().state)
    #expect(state[0, 0].re == (try up / (up + down)) && state[0, 1].isZero)
    #expect(state.trace == .one)
  }

  @Test func aResetLeadsToItsState() throws {
    let target = try randomHermitian(2, seed: 9)
    let state = try #require(try Liouvillian(OneQubit.reset(to: target)).steadyState().state)
    #expect(state == target)
  }

  @Test func dephasingKeepsEveryDiagonal() throws {
    let space = try Space.qubits("A")
    let model = try Model(
      space: space, hamiltonian: Operator<Rational>(rows: 2, columns: 2),
      channels: [.dephasing(0, of: space, rate: 1)])
    guard case .notUnique(let found) = try Liouvillian(model).steadyState() else {
      Issue.record("a dephasing qubit keeps its populations")
      return
    }
    #expect(found.dimension == 2 && found.traceless.count == 1)
    #expect(found.normalized?.trace == .one && found.traceless[0].trace.isZero)
    for matrix in found.basis {
      #expect(matrix[0, 1].isZero)
      #expect(try model.isStationary(matrix))
    }
  }

  /// With H = 0 and no channel all matrices are stationary; most of a basis has no trace.
  @Test func tracelessVectorsStayInTheSpace() throws {
    let model = try Model(
      space: Space.qubits("A"), hamiltonian: Operator<Rational>(rows: 2, columns: 2), channels: [])
    let found = try Liouvillian(model).steadySpace()
    #expect(found.dimension == 4 && found.traceless.count == 3)
    #expect(found.traceless.allSatisfy { $0.trace.isZero })
    #expect(found.normalized?.trace == .one)
  }

  /// Rates that no state survives: only a traceless matrix is stationary.
  @Test func noStateAtAll() throws {
    // p' = -d p + u (1 - p) with u = -d is p' = -d: the traceless diag(1, -1) alone is kept.
    let model = try OneQubit.thermal(down: 1, up: -1)
    guard case .none(let found) = try Liouvillian(model).steadyState() else {
      Issue.record("only traceless matrices are stationary")
      return
    }
    #expect(found.dimension >= 1 && found.normalized == nil)
    for matrix in found.basis {
      #expect(matrix.trace.isZero)
      #expect(try model.isStationary(matrix))
    }
  }

  @Test func isingStateOverTheSymbols() throws {
    let (g, c, r) = try Symbols.all()
    let model = try isingModel(g, c, r)
    let state = try #require(try Liouvillian(model).steadyState().state)
    #expect(try model.isStationary(state))
    let half = RationalFunction(try Rational(1, 2))
    let d = g * g + g * g + (r + half * c) * (r + c)
    let four = RationalFunction(Rational(4))
    #expect(state[0, 3].re == (try r * r * (r + half * c) / (four * (r + c) * d)))
    #expect(state[1, 2] == state[0, 3])
    #expect(state[0, 1].re == (try r * (r + half * c) / (four * d)))
    #expect(state[0, 1].im == (try -(r * g) / (four * d)))
    #expect(state[0, 0].re == RationalFunction(try Rational(1, 4)))
    // The state of the other sign of the coupling is not this one.
    #expect(try !isingModel(-g, c, r).isStationary(state))
  }

  struct Recorded: Decodable {
    struct Point: Decodable {
      let g, gamma, r: String
      let re, im: [[String]]
    }
    let exactPoints: [Point]

    enum CodingKeys: String, CodingKey { case exactPoints = "exact_points" }
  }

  @Test func isingStateAtRecordedPoints() throws {
    let recorded = try Oracle.load("reset_qubits", as: Recorded.self)
    let (g, c, r) = try Symbols.all()
    let symbolic = try #require(try Liouvillian(isingModel(g, c, r)).steadyState().state)
    #expect(recorded.exactPoints.count > 20)
    for point in recorded.exactPoints {
      let values = try [point.g, point.gamma, point.r].map { try #require(Rational($0)) }
      let direct = try #require(
        try Liouvillian(isingModel(values[0], values[1], values[2])).steadyState().state)
      for i in 0..<4 {
        for j in 0..<4 {
          let re = try #require(Rational(point.re[i][j]))
          let im = try #require(Rational(point.im[i][j]))
          #expect(direct[i, j] == Complex(re: re, im: im))
          #expect(try symbolic[i, j].re.evaluated(at: values) == re)
          #expect(try symbolic[i, j].im.evaluated(at: values) == im)
        }
      }
    }
  }

  @Test func enclosuresHoldTheExactStateAndProveUniqueness() throws {
    for seed in 0..<4 {
      let model = try randomModel(seed: UInt64(seed))
      let exact = try #require(try Liouvillian(model).steadyState().state)
      let enclosing = model.map { Interval($0, precision: 128) }
      let state = try #require(try Liouvillian(enclosing).steadyState().state)
      for (box, value) in zip(state.elements, exact.elements) {
        #expect(box.contains(re: value.re, im: value.im))
        #expect(box.re.width.approximateDouble < 1e-20)
        // A neighbour at a distance of 1e-15 is outside: the enclosure says something.
        let neighbour = value.re + (try Rational(1, 1_000_000_000_000_000))
        #expect(!box.re.contains(neighbour))
      }
    }
    // Where the state is not unique, no enclosure may claim one.
    let space = try Space.qubits("A")
    let dephasing = try Model(
      space: space, hamiltonian: Operator<Rational>(rows: 2, columns: 2),
      channels: [.dephasing(0, of: space, rate: Rational(1, 3))])
    #expect(throws: OpenSystemError.self) {
      try Liouvillian(dephasing.map { Interval($0, precision: 64) }).steadyState()
    }
    #expect(throws: OpenSystemError.self) {
      try Liouvillian(dephasing.inDoubles).steadySpace()
    }
  }
}
