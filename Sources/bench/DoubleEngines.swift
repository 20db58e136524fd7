import Arbitrary
import Symbolic

/// The compiled form in doubles, over a batch.
final class DoubleBatchEngine: Engine {
  let name = "Separatrix, doubles, batches"
  private var form: DoubleBatch?
  private var points: DoubleTable?
  private var results: DoubleTable?
  private var rows = 0
  private var outputs = 0

  func prepare(_ workload: Workload, _ precision: Precision, _ points: [[String]]) throws -> Bool {
    guard case .double = precision else { return false }
    let program = try Program(workload.expressions(), inputs: workload.symbols)
    let form = try DoubleBatch(program)
    let table = form.points(points.count)
    for (row, point) in points.enumerated() {
      for (column, text) in point.enumerated() {
        if let value = Double(text) { table.set(value, row: row, column: column) }
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
      (0..<outputs).map { Real(results.value(row: row, column: $0)) }
    }
  }

  var batch: Int { max(rows, 1) }

  func run(_ count: Int) throws -> Double {
    guard let form, let points, let results else { return 0 }
    return Stopwatch.slices(rows, count, isBatch: true) {
      form.evaluate(points, results, rows: $0)
    }
  }
}
