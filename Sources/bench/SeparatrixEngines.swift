import Arbitrary
import Exact
import Symbolic

/// The rows of Separatrix itself: every way in which its compiled form evaluates a workload.
enum SeparatrixEngines {
  /// The engines, in the order of the tables.
  static func all() -> [any Engine] { [EnclosingEngine(), DoubleEngine()] }
}

/// `Program.enclose`, point by point.
final class EnclosingEngine: Engine {
  let name = "Separatrix, intervals, one point"
  private var program: Program?
  private var points: [[Interval]] = []
  private var bits = 53

  func prepare(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws -> Bool {
    guard case .bits(let bits) = precision else { return false }
    self.bits = bits
    program = try Program(workload.expressions(), inputs: workload.symbols)
    self.points = points.map { $0.compactMap { Interval($0, precision: bits) } }
    return true
  }

  func values(_ count: Int) throws -> [[Real]] {
    guard let program else { return [] }
    return try points.prefix(count).map { point in
      try program.enclose(point, precision: bits).map(\.re.midpoint)
    }
  }

  func run(_ count: Int) throws -> Double {
    guard let program else { return 0 }
    return try Stopwatch.cycle(points, count) { _ = try program.enclose($0, precision: bits) }
  }
}

/// `Program.evaluate` in doubles, point by point.
final class DoubleEngine: Engine {
  let name = "Separatrix, doubles, one point"
  private var program: Program?
  private var points: [[Double]] = []

  func prepare(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws -> Bool {
    guard case .double = precision else { return false }
    program = try Program(workload.expressions(), inputs: workload.symbols)
    self.points = points.map { $0.compactMap { Double($0) } }
    return true
  }

  func values(_ count: Int) throws -> [[Real]] {
    guard let program else { return [] }
    return points.prefix(count).map { program.evaluate($0).map { Real($0) } }
  }

  func run(_ count: Int) throws -> Double {
    guard let program else { return 0 }
    return Stopwatch.cycle(points, count) { _ = program.evaluate($0) }
  }
}
