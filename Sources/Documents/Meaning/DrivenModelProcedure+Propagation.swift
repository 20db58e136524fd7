import Algebra
import Arbitrary
import Exact
import Foundation
import OpenSystems
import Symbolic
import Synchronization

/// The memory in which driven systems are solved in doubles, for one thread at a time.
final class FloquetWorkspaces: Sendable {
  /// Whoever took it out of the pool is alone with it until it is put back: that makes passing it on safe.
  private struct Idle: @unchecked Sendable { let workspace: FloquetWorkspace<Double> }

  private let size: Int
  private let options: FloquetOptions
  private let idle = Mutex<[Idle]>([])

  init(size: Int, options: FloquetOptions) {
    self.size = size
    self.options = options
  }

  func with<R>(_ body: (FloquetWorkspace<Double>) -> R) -> R {
    let taken =
      idle.withLock { $0.popLast() }
      ?? Idle(workspace: FloquetWorkspace(size: size, options: options))
    defer { idle.withLock { $0.append(taken) } }
    return body(taken.workspace)
  }
}

/// Numbers in which the formulas of a driven model are evaluated without enclosures.
protocol PropagationField: PhaseField {
  /// The first value of a program.
  static func value(of program: Program, _ arguments: [Self], precision: Int) -> Self?
  /// What stands for a value that a program does not have; no result is made of it.
  static var nan: Self { get }
  /// h·x/(e^{x/T} - 1) and h·T at x = 0.
  static func thermal(_ h: Self, _ x: Self, temperature: Self) -> Self
}

extension Double: PropagationField {
  static func value(of program: Program, _ arguments: [Double], precision: Int) -> Double? {
    program.evaluate(arguments).first
  }

  static func thermal(_ h: Double, _ x: Double, temperature: Double) -> Double {
    if x == 0 { return h * temperature }
    // Beyond that the exponential overflows, and the rate is below the range of doubles.
    return x > 740 * temperature ? 0 : h * x / expm1(x / temperature)
  }
}

extension Real: PropagationField {
  static func value(of program: Program, _ arguments: [Real], precision: Int) -> Real? {
    let point = arguments.map { ComplexInterval(real: Interval($0)) }
    return try? program.enclose(point, precision: precision)[0].re.midpoint
  }

  static func thermal(_ h: Real, _ x: Real, temperature: Real) -> Real {
    if x.isZero { return h * temperature }
    let ratio = Real.div(x, temperature, precision: h.precision)
    return Real.div(h * x, Real.expm1(ratio, precision: h.precision), precision: h.precision)
  }
}

/// The road of propagation over a period, in rounded numbers: for pictures in doubles, and to check enclosures
/// by what shares nothing with the Floquet matrix.
extension DrivenModelProcedure {
  func approximate(_ arguments: [Double]) -> [Double]? {
    // A state has complex elements.
    guard quantity != .state else { return nil }
    return workspaces.with { workspace in
      propagated(arguments, workspace, precision: 53)?.map(\.re)
    }
  }

  /// All components by propagation; nil where it has no answer.
  ///
  /// - Parameter harmonics: whether the steady state is that of the generator with all harmonics.
  func propagated<F: PropagationField>(
    _ arguments: [F], _ workspace: FloquetWorkspace<F>, precision: Int, harmonics: Bool = false
  ) -> [Complex<F>]? {
    guard let system = system(arguments, precision) else { return nil }
    var functions: [(F) -> F] = []
    for bath in baths {
      guard let temperature = F.value(of: bath.temperature, arguments, precision: precision),
        temperature > .zero
      else { return nil }
      let density = bath.perFrequency
      functions.append { x in
        let h = F.value(of: density, arguments + [x.magnitude], precision: precision) ?? .nan
        return F.thermal(h, x, temperature: temperature)
      }
    }
    guard let solved = try? workspace.solve(system, baths: functions) else { return nil }
    if harmonics {
      guard momentProgram == nil, [.state, .concurrence, .populations].contains(quantity),
        options.generator == .averaged,
        let periodic = try? PeriodicSteadyState(
          solved, system, baths: functions, options: options)
      else { return nil }
      return try? measured(periodic.averaged, system)
    }
    return try? measured(solved, system, functions, arguments, precision)
  }

  private func measured<F: PropagationField>(
    _ solved: PropagatedFloquet<F>, _ system: DrivenSystem<F>, _ functions: [(F) -> F],
    _ arguments: [F], _ precision: Int
  ) throws -> [Complex<F>]? {
    let n = model.space.dimension
    switch quantity {
    case .quasienergies: return solved.quasienergies.map { Complex($0) }
    case .goldenRule: return try goldenRule(system, functions).map { Complex($0) }
    case .concurrence where momentProgram == nil: return [Complex(try solved.concurrence())]
    case .meanConcurrence: return [Complex(try solved.meanConcurrence())]
    case .state, .concurrence, .populations, .rates, .effectiveRates: break
    }
    let eigenstates = try HermitianEigenvalues(system.hamiltonian).vectors
    if quantity == .rates { return labelledRates(solved, eigenstates) }
    if quantity == .effectiveRates {
      let weights = eigenstates.adjoint() * solved.modes(at: 0)
      let squares = Matrix<F>(rows: n, columns: n) { weights[$0, $1].normSquared }
      let rates = Matrix<F>(rows: n, columns: n) { solved.rate(to: $0, from: $1) }
      return (squares * rates * squares.transpose).elements.map { Complex($0) }
    }
    var state = solved.averagedState
    if let momentProgram {
      guard let time = F.value(of: momentProgram.time, arguments, precision: precision),
        time >= .zero
      else { return nil }
      let evolution = FloquetEvolution(solved, options: options)
      switch momentProgram.start {
      case .steady: state = try evolution.turned(solved.floquetState, time: time)
      case .eigenstate(let k):
        let start = OpenSystems.Operator<F>(rows: n, columns: n) {
          eigenstates[$0, k] * eigenstates[$1, k].conj
        }
        state = try evolution.state(time: time, from: start)
      case .state(let program):
        guard let start = matrix(program, arguments, precision) else { return nil }
        state = try evolution.state(time: time, from: start)
      }
    }
    return try measured(state, system)
  }

  private func measured<F: PropagationField>(
    _ state: OpenSystems.Operator<F>, _ system: DrivenSystem<F>
  ) throws -> [Complex<F>] {
    switch quantity {
    case .concurrence: return [Complex(try Entanglement.concurrence(of: state))]
    case .populations:
      let eigenstates = try HermitianEigenvalues(system.hamiltonian).vectors
      let turned = eigenstates.adjoint() * state * eigenstates
      return (0..<model.space.dimension).map { Complex(turned[$0, $0].re) }
    default: return state.elements
    }
  }

  /// The rates between modes in the order of the eigenstates of which they have most; nil where two have
  /// most of one.
  private func labelledRates<F: PropagationField>(
    _ solved: PropagatedFloquet<F>, _ eigenstates: OpenSystems.Operator<F>
  ) -> [Complex<F>]? {
    let n = model.space.dimension
    var overlaps = Matrix<F>(rows: n, columns: n)
    for j in 0..<solved.pointCount {
      let weights = eigenstates.adjoint() * solved.modes(at: j)
      for k in 0..<n {
        for a in 0..<n { overlaps[k, a] += weights[k, a].normSquared }
      }
    }
    let labels = (0..<n).map { a in (0..<n).max { overlaps[$0, a] < overlaps[$1, a] } ?? 0 }
    let places = (0..<n).compactMap { labels.firstIndex(of: $0) }
    guard places.count == n else { return nil }
    return places.flatMap { a in places.map { Complex(solved.rate(to: a, from: $0)) } }
  }

  private func goldenRule<F: PropagationField>(
    _ system: DrivenSystem<F>, _ functions: [(F) -> F]
  ) throws -> [F] {
    let n = model.space.dimension
    let eigen = try HermitianEigenvalues(system.hamiltonian)
    var rates = [F](repeating: .zero, count: n * n)
    for (coupling, function) in zip(system.couplings, functions) {
      let elements = eigen.vectors.adjoint() * coupling * eigen.vectors
      for i in 0..<n {
        for j in 0..<n {
          let x = i == j ? F.zero : eigen.values[i] - eigen.values[j]
          rates[i * n + j] += function(x) * elements[i, j].normSquared
        }
      }
    }
    return rates
  }

  private func matrix<F: PropagationField>(
    _ program: Program, _ arguments: [F], _ precision: Int
  ) -> OpenSystems.Operator<F>? {
    let n = model.space.dimension
    let bits = max(precision, 64)
    let point = arguments.map { ComplexInterval(real: Interval($0.real)) }
    guard let values = try? program.enclose(point, precision: bits) else { return nil }
    var result = OpenSystems.Operator<F>(rows: n, columns: n)
    result.elements = values.map {
      Complex(
        re: F.near($0.re.midpoint, precision: precision),
        im: F.near($0.im.midpoint, precision: precision))
    }
    return result
  }

  private func system<F: PropagationField>(
    _ arguments: [F], _ precision: Int
  ) -> DrivenSystem<F>? {
    assembled(frequency: F.value(of: frequency, arguments, precision: precision)) {
      matrix($0, arguments, precision)
    }
  }
}
