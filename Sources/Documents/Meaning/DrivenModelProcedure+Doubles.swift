import Arbitrary
import Exact
import Foundation
import OpenSystems
import Symbolic
import Synchronization

/// The memory in which driven systems are solved in doubles, for one thread at a time.
final class FloquetWorkspaces: Sendable {
  /// Whoever took it out of the pool is alone with it until it is put back: that makes passing it on safe.
  private struct Idle: @unchecked Sendable { let workspace: FloquetWorkspace }

  private let size: Int
  private let options: FloquetOptions
  private let idle = Mutex<[Idle]>([])

  init(size: Int, options: FloquetOptions) {
    self.size = size
    self.options = options
  }

  func with<R>(_ body: (FloquetWorkspace) -> R) -> R {
    let taken =
      idle.withLock { $0.popLast() }
      ?? Idle(workspace: FloquetWorkspace(size: size, options: options))
    defer { idle.withLock { $0.append(taken) } }
    return body(taken.workspace)
  }
}

extension DrivenModelProcedure {
  /// The concurrence by propagation in doubles; other quantities have no such road.
  func approximate(_ arguments: [Double]) -> [Double]? {
    guard quantity == .concurrence, let system = system(inDoubles: arguments) else { return nil }
    var functions: [(Double) -> Double] = []
    for bath in baths {
      guard let temperature = bath.temperature.evaluate(arguments).first, temperature > 0 else {
        return nil
      }
      let density = bath.perFrequency
      functions.append { x in
        let h = density.evaluate(arguments + [Swift.abs(x)])[0]
        if x == 0 { return h * temperature }
        // Beyond that the exponential overflows, and the rate is below the range of doubles.
        return x > 740 * temperature ? 0 : h * x / expm1(x / temperature)
      }
    }
    return workspaces.with { workspace in
      (try? workspace.solve(system, baths: functions).concurrence()).map { [$0] }
    }
  }

  private func system(inDoubles arguments: [Double]) -> DrivenSystem<Double>? {
    let n = model.space.dimension
    let point = arguments.map { ComplexInterval(real: Interval(Real($0))) }
    func matrix(_ program: Program) -> OpenSystems.Operator<Double>? {
      guard let values = try? program.enclose(point, precision: 64) else { return nil }
      var result = OpenSystems.Operator<Double>(rows: n, columns: n)
      result.elements = values.map {
        Complex(re: $0.re.midpoint.approximateDouble, im: $0.im.midpoint.approximateDouble)
      }
      return result
    }
    return assembled(frequency: frequency.evaluate(arguments).first, matrix)
  }
}
