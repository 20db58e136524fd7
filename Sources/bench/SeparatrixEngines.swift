import Arbitrary
import Exact
import Symbolic

/// The rows of Separatrix itself: every way in which its compiled form evaluates a workload.
enum SeparatrixEngines {
  /// The engines, in the order of the tables.
  static func all() -> [any Engine] {
    [
      RealEngine(isBatch: true), RealEngine(isBatch: false), BallEngine(isBatch: true),
      BallEngine(isBatch: false), IntervalBatchEngine(), EnclosingEngine(),
      DoubleBatchEngine(), DoubleEngine(),
    ]
  }
}

/// The compiled form in MPFR floats, over a batch or point by point.
final class RealEngine: Engine {
  let name: String
  private let isBatch: Bool
  private var form: RealBatch?
  private var points: RealTable?
  private var results: RealTable?
  private var rows = 0
  private var outputs = 0

  init(isBatch: Bool) {
    self.isBatch = isBatch
    name = "Separatrix, floats, \(isBatch ? "batches" : "one point")"
  }

  func prepare(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws -> Bool {
    guard case .bits(let bits) = precision else { return false }
    let program = try Program(workload.expressions(), inputs: workload.symbols)
    let form = try RealBatch(program, precision: bits, lanes: isBatch ? nil : 1)
    let table = form.points(points.count)
    for (row, point) in points.enumerated() {
      for (column, text) in point.enumerated() {
        if let value = Rational(text) { table.set(value, row: row, column: column) }
      }
    }
    self.form = form
    self.points = table
    results = form.values(points.count)
    rows = points.count
    outputs = program.outputCount
    return true
  }

  func values(_ count: Int) throws -> [[Real]] {
    guard let form, let points, let results else { return [] }
    form.evaluate(points, results, rows: 0..<min(count, rows))
    return (0..<min(count, rows)).map { row in
      (0..<outputs).map { results.value(row: row, column: $0) }
    }
  }

  var batch: Int { isBatch ? max(rows, 1) : 1 }

  func run(_ count: Int) throws -> Double {
    guard let form, let points, let results else { return 0 }
    return Stopwatch.slices(rows, count, isBatch: isBatch) {
      form.evaluate(points, results, rows: $0)
    }
  }
}

/// The compiled form in balls, over a batch or point by point.
final class BallEngine: Engine {
  let name: String
  private let isBatch: Bool
  private var form: BallBatch?
  private var points: BallTable?
  private var results: BallTable?
  private var rows = 0
  private var outputs = 0

  init(isBatch: Bool) {
    self.isBatch = isBatch
    name = "Separatrix, balls, \(isBatch ? "batches" : "one point")"
  }

  func prepare(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws -> Bool {
    guard case .bits(let bits) = precision else { return false }
    let program = try Program(workload.expressions(), inputs: workload.symbols)
    let form = try BallBatch(program, precision: bits, lanes: isBatch ? nil : 1)
    let table = form.points(points.count)
    for (row, point) in points.enumerated() {
      for (column, text) in point.enumerated() {
        if let value = Rational(text) { table.set(value, row: row, column: column) }
      }
    }
    self.form = form
    self.points = table
    results = form.values(points.count)
    rows = points.count
    outputs = program.outputCount
    return true
  }

  func values(_ count: Int) throws -> [[Real]] {
    guard let form, let points, let results else { return [] }
    form.evaluate(points, results, rows: 0..<min(count, rows))
    return (0..<min(count, rows)).map { row in
      (0..<outputs).map { results.value(row: row, column: $0).midpoint }
    }
  }

  var batch: Int { isBatch ? max(rows, 1) : 1 }

  func run(_ count: Int) throws -> Double {
    guard let form, let points, let results else { return 0 }
    return Stopwatch.slices(rows, count, isBatch: isBatch) {
      form.evaluate(points, results, rows: $0)
    }
  }
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
