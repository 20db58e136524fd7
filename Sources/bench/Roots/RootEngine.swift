import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

/// What is asked in the benchmark of roots (W3).
struct RootTask: Sendable {
  enum Kind: String, Sendable {
    /// One root, of which nothing is known but a bracket.
    case root
    /// The roots at many values of the other parameter in turn, as along a curve.
    case curve
  }

  let kind: Kind
  let digits: Int

  /// The head of the column.
  var title: String { "\(kind.rawValue), \(digits) digits" }
  /// The bits of the final precision.
  var bits: Int { digits * 10 / 3 + 16 }
  /// The values of T2.
  var temperatures: [Rational] {
    kind == .curve ? RootProblem.sweep : (try? Rational(1, 10)).map { [$0] } ?? []
  }

  static let all =
    [50, 200, 1000, 10000].map { RootTask(kind: .root, digits: $0) }
    + [50, 200, 1000].map { RootTask(kind: .curve, digits: $0) }
}

/// Something that finds roots and is timed: a row of the tables.
protocol RootEngine: AnyObject {
  /// The name of the row.
  var name: String { get }
  /// Takes over a task; what is done once for every precision is not timed.
  func prepare(_ task: RootTask) throws -> Bool
  /// The roots.
  func values() throws -> [Real]
  /// Finds the roots so many times, each time anew, and says how many seconds that took.
  func run(_ count: Int) throws -> Double
  /// Evaluates the function so many times at the final precision, and says how many seconds that took.
  func evaluate(_ count: Int) throws -> Double
  /// How many values and slopes the roots take.
  func counts() throws -> (values: Int, slopes: Int)
}

/// One value of the eigenvalue as a ball, of the formula as it is printed: the unit in which roots are counted.
final class EigenvalueBall {
  private let batch: BallBatch
  private let point: BallTable
  private let result: BallTable

  init(_ task: RootTask) throws {
    let formula = try RootProblem.eigenvalue(at: task.temperatures[0])
    batch = try CompiledForm(Program([formula], inputs: [RootProblem.t1])).balls(
      precision: task.bits, lanes: 1)
    point = batch.points(1)
    result = batch.values(1)
    point.set(try Rational(57, 7), row: 0, column: 0)
  }

  func evaluate(_ count: Int) -> Double {
    Stopwatch.time { for _ in 0..<count { batch.evaluate(point, result, rows: 0..<1) } }
  }
}

/// Refines the root that `solve` finds, from the isolation on.
final class SeparatrixRoot: RootEngine {
  enum Road: String {
    /// As `solve` does it: by the value of exp(1/T1), a root of a polynomial with enclosed coefficients.
    case kernel = "Separatrix"
    /// By the formula itself.
    case formula = "Separatrix, by the formula"
  }

  private let road: Road
  private var root: RootValue?
  private var unit: EigenvalueBall?
  private var task = RootTask.all[0]
  var name: String { road.rawValue }

  init(_ road: Road) { self.road = road }

  func prepare(_ task: RootTask) throws -> Bool {
    guard task.kind == .root else { return false }
    self.task = task
    unit = try EigenvalueBall(task)
    if root == nil {
      let formula = try RootProblem.eigenvalue(at: task.temperatures[0])
      let (lower, upper) = RootProblem.bracket
      switch road {
      case .kernel:
        let range = RationalRange(lower: .closed(lower), upper: .closed(upper))
        root = try ConditionSolver(formula, .negative, in: RootProblem.t1, over: range).solve()
          .thresholds.first?.value
      case .formula:
        root = try FunctionRoots(of: formula, in: RootProblem.t1, from: lower, to: upper)
          .roots.first
      }
    }
    return root?.renewed != nil
  }

  private func refined() throws -> (Interval, RefinementEffort?) {
    guard let fresh = root?.renewed else { throw BenchError.input("no root") }
    return (try fresh.interval(precision: task.bits), fresh.effort)
  }

  func values() throws -> [Real] { [try refined().0.midpoint] }

  func run(_ count: Int) throws -> Double {
    try Stopwatch.time { for _ in 0..<count { _ = try refined() } }
  }

  func evaluate(_ count: Int) throws -> Double { unit?.evaluate(count) ?? 0 }

  func counts() throws -> (values: Int, slopes: Int) {
    let effort = try refined().1
    return (
      effort?.values.values.reduce(0, +) ?? 0, effort?.slopes.values.reduce(0, +) ?? 0
    )
  }
}

/// Refines places of the boundary as `trace` does: on the curve of a polynomial in exp(1/T1) and exp(1/T2).
final class SeparatrixCurve: RootEngine {
  let name = "Separatrix"
  private var places: [CurvePlaces<PolynomialCurve>] = []
  private var unit: EigenvalueBall?
  private var task = RootTask.all[0]

  func prepare(_ task: RootTask) throws -> Bool {
    guard task.kind == .curve else { return false }
    self.task = task
    unit = try EigenvalueBall(task)
    if places.isEmpty { places = try RootProblem.curves() }
    return true
  }

  private func roots() throws -> [Interval] {
    let (lower, upper) = (RootProblem.bracket.lower, RootProblem.bracket.upper)
    return try task.temperatures.map { second in
      for curve in places {
        if let found = try curve.place(
          atHeight: second, from: lower, to: upper, digits: task.digits)
        {
          return found
        }
      }
      throw BenchError.input("no place of the boundary")
    }
  }

  func values() throws -> [Real] { try roots().map(\.midpoint) }

  func run(_ count: Int) throws -> Double {
    try Stopwatch.time { for _ in 0..<count { _ = try roots() } }
  }

  func evaluate(_ count: Int) throws -> Double { unit?.evaluate(count) ?? 0 }

  func counts() throws -> (values: Int, slopes: Int) { (0, 0) }
}

/// A rival in a process of its own; `Tests/Oracles/rivals/w3_protocol.py` says what is asked.
final class RootRival: RootEngine {
  private let process: RivalEngine
  private var task = RootTask.all[0]
  var name: String { process.name }

  /// - Throws: ``BenchError`` where the rival cannot run here.
  init(_ command: [String]) throws { process = try RivalEngine(command) }

  func prepare(_ task: RootTask) throws -> Bool {
    self.task = task
    let places = task.temperatures.map { "\($0.numerator)/\($0.denominator)" }
    try process.send(
      "problem \(task.kind.rawValue) \(task.digits) \(places.joined(separator: " "))\n")
    switch try process.line() {
    case "ready": return true
    case "unsupported": return false
    case let answer: throw BenchError.rival(name, "answered '\(answer)' to problem")
    }
  }

  func values() throws -> [Real] {
    try process.send("values\n")
    return try task.temperatures.map { _ in
      let text = try process.line()
      guard let value = Real(text, precision: task.bits + 32) else {
        throw BenchError.rival(name, "printed '\(text)'")
      }
      return value
    }
  }

  func run(_ count: Int) throws -> Double { try process.run(count) }

  func evaluate(_ count: Int) throws -> Double {
    try process.send("evaluate \(count)\n")
    let answer = try process.line()
    guard let nanoseconds = Double(answer) else {
      throw BenchError.rival(name, "answered '\(answer)' to evaluate")
    }
    return nanoseconds * 1e-9
  }

  func counts() throws -> (values: Int, slopes: Int) {
    try process.send("count\n")
    let numbers = try process.line().split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 2 else { throw BenchError.rival(name, "answered no numbers to count") }
    return (numbers[0], numbers[1])
  }
}
