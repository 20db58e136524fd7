import Algebra
import Arbitrary
import Exact
import Foundation
import OpenSystems
import TestSupport
import Testing

/// Evolution in time and Floquet modes against `Tests/Oracles/generate_qutip.py`.
///
/// In a campaign the differences are printed, for the table that `Tests/Oracles/tabulate_qutip.py` writes.
@Suite struct QuTiPEvolutionTests {
  struct Evolution: Decodable {
    let kind: String
    let at: [String: String]
    let tolerance: Double
    let times: [String]?
    /// Times in eighths of a period.
    let eighths: [Int]?
    let initial: [[[String]]]?
    let states: [[[[String]]]]?
    /// The weights of the levels of H₀ in the modes, by rows in the order of the quasienergies; or a number.
    let rows: [[String]]?
  }
  struct Recorded: Decodable { let evolutions: [Evolution] }

  static func recorded(_ kind: String) throws -> Evolution {
    let all = try Oracle.load("qutip", as: Recorded.self).evolutions
    return try #require(all.first { $0.kind == kind })
  }

  static func matrix(_ grid: [[[String]]]) throws -> Operator<Double> {
    try Matrix(rows: grid.count, columns: grid.count) { i, j throws in
      Complex(
        re: try #require(Double(grid[i][j][0])), im: try #require(Double(grid[i][j][1])))
    }
  }

  static func expect(_ worst: Double, within evolution: Evolution) {
    #expect(worst <= evolution.tolerance, "\(evolution.kind): \(worst)")
    if FloquetTests.isCampaign { print("qutip \(evolution.kind) \(worst)") }
  }

  /// Off resonance, solved by propagation.
  static func solver(
    _ evolution: Evolution, _ options: FloquetOptions = FloquetOptions(), isClosed: Bool = false
  ) throws -> PropagatedFloquet<Double> {
    func number(_ name: String) throws -> Rational {
      fraction(try #require(evolution.at[name]))
    }
    let system = try DrivenQubits.system(
      amplitude: number("A"), detuning: number("eps0"), asymmetry: number("xi"))
    let bath = BathFunction.ohmicInDoubles(strength: 0.001, cutoff: 10, temperature: 0.00467)
    let solver = try PropagatedFloquet<Double>(size: 4, points: 128)
    try solver.solve(
      system.map(\.approximateDouble), baths: [isClosed ? { _ in 0 } : bath], options: options)
    return solver
  }

  static func worst(
    _ evolution: Evolution, _ options: FloquetOptions, isClosed: Bool
  ) throws -> Double {
    let road = FloquetEvolution(
      try solver(evolution, options, isClosed: isClosed), options: options)
    let initial = try matrix(try #require(evolution.initial))
    let states = try #require(evolution.states)
    var worst = 0.0
    for (eighth, state) in zip(try #require(evolution.eighths), states) {
      let found = try road.state(
        periods: eighth / 8, point: eighth % 8 * road.pointCount / 8, from: initial)
      worst = max(worst, distance(found, try matrix(state)))
    }
    return worst
  }

  @Test func resetsInTime() throws {
    let evolution = try Self.recorded("reset")
    let plain = try isingModel(2.5, 1.0, 5.0)
    let field: Operator<Double> = Complex(0.3) * Operators.sx() + Complex(0.2) * Operators.sz()
    let model = try Model(
      space: plain.space,
      hamiltonian: plain.hamiltonian + plain.space.embed(field, at: 0)
        + plain.space.embed(field, at: 1), channels: plain.channels)
    let start = Operator<Double>(rows: 4, columns: 4) { $0 == 0 && $1 == 0 ? .one : .zero }
    let road = try TimeEvolution(model)
    var worst = 0.0
    for (time, state) in zip(try #require(evolution.times), try #require(evolution.states)) {
      let found = try road.state(at: try #require(Double(time)), from: start)
      worst = max(worst, distance(found, try Self.matrix(state)))
    }
    Self.expect(worst, within: evolution)
  }

  @Test func evolutionWithoutABath() throws {
    let evolution = try Self.recorded("unitary")
    Self.expect(
      try Self.worst(evolution, FloquetOptions(), isClosed: true), within: evolution)
  }

  @Test func relaxationOfFloquetPopulations() throws {
    let evolution = try Self.recorded("secular")
    let options = FloquetOptions(generator: .secular)
    Self.expect(try Self.worst(evolution, options, isClosed: false), within: evolution)
    // Another scale of the rates is not what was recorded.
    let slower = FloquetOptions(generator: .secular, scale: .one)
    #expect(
      try Self.worst(evolution, slower, isClosed: false) > 100 * evolution.tolerance)
  }

  @Test func relaxationWithCoherences() throws {
    let evolution = try Self.recorded("full")
    Self.expect(
      try Self.worst(evolution, FloquetOptions(), isClosed: false), within: evolution)
    let cut = FloquetOptions(generator: .secular)
    #expect(try Self.worst(evolution, cut, isClosed: false) > 100 * evolution.tolerance)
  }

  @Test func meanOfTheConcurrence() throws {
    let evolution = try Self.recorded("mean")
    let text = try #require(evolution.rows?.first?.first)
    let expected = try #require(Double(text))
    let solver = try Self.solver(evolution)
    try solver.findSteadyState()
    Self.expect(abs(try solver.meanConcurrence() - expected), within: evolution)
    #expect(abs(try solver.concurrence() - expected) > 10 * evolution.tolerance)
  }

  @Test func weightsOfTheLevelsInTheModes() throws {
    let evolution = try Self.recorded("overlaps")
    let rows = try #require(evolution.rows)
    let solver = try Self.solver(evolution)
    let undriven = try Self.levels(evolution)
    var worst = 0.0
    for (a, row) in rows.enumerated() {
      for (k, text) in row.enumerated() {
        var sum = 0.0
        for point in 0..<solver.pointCount {
          let modes = solver.modes(at: point)
          var product = Complex<Double>.zero
          for i in 0..<4 { product = product + undriven[i, k].conjugate * modes[i, a] }
          sum += product.re * product.re + product.im * product.im
        }
        let expected = try #require(Double(text))
        worst = max(worst, abs(sum / Double(solver.pointCount) - expected))
      }
    }
    Self.expect(worst, within: evolution)
  }

  /// The eigenvectors of H₀ as columns: the modes without a drive, by increasing energy.
  private static func levels(_ evolution: Evolution) throws -> Operator<Double> {
    let system = try DrivenQubits.system(
      amplitude: 0, detuning: fraction(try #require(evolution.at["eps0"])), asymmetry: 0)
    let h = system.hamiltonian.map {
      Complex(re: $0.re.approximateDouble, im: $0.im.approximateDouble)
    }
    let undriven = try PropagatedFloquet<Double>(size: 4, points: 32)
    try undriven.solve(system.map(\.approximateDouble), baths: [{ _ in 0 }])
    let modes = undriven.modes(at: 0)
    let energies = (modes.adjoint() * h * modes)
    let order = (0..<4).sorted { energies[$0, $0].re < energies[$1, $1].re }
    return Operator<Double>(rows: 4, columns: 4) { modes[$0, order[$1]] }
  }
}
