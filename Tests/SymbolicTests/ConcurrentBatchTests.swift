import Arbitrary
import Exact
import Synchronization
import TestSupport
import Testing

@testable import Symbolic

/// Batches on several threads give the bits that one thread gives.
@Suite struct ConcurrentBatchTests {
  static let threads = [1, 2, 3, 7]
  static let rows = 1500

  static func form() throws -> CompiledForm {
    let (x, y) = (Symbol("x"), Symbol("y"))
    let texts = ["exp(x/y) - sqrt(x + y)*log(y)", "(x - y)/(x*y - 3)", "sin(x) + max(x, y)^3"]
    return try CompiledForm(
      Program(texts.map { try Expression($0) }, inputs: [x, y]))
  }

  static func fill(_ set: (Rational, Int, Int) -> Void) throws {
    for row in 0..<rows {
      set(try Rational(Integer(row % 97 + 1), 16), row, 0)
      set(try Rational(Integer(row % 53 + 1), 7), row, 1)
    }
  }

  @Test(arguments: threads) func reals(threads: Int) throws {
    for precision in [53, 113] {
      let batch = try Self.form().reals(precision: precision)
      let (points, single) = (batch.points(Self.rows), batch.values(Self.rows))
      try Self.fill { points.set($0, row: $1, column: $2) }
      batch.evaluate(points, single, rows: 0..<Self.rows)
      let values = batch.values(Self.rows)
      #expect(batch.evaluateConcurrently(points, values, threads: threads))
      for row in 0..<Self.rows {
        for column in 0..<3 {
          let (a, b) = (
            values.value(row: row, column: column), single.value(row: row, column: column)
          )
          #expect(a == b || (a.isNaN && b.isNaN))
        }
      }
    }
  }

  @Test(arguments: threads) func balls(threads: Int) throws {
    let batch = try Self.form().balls(precision: 100)
    let (points, single) = (batch.points(Self.rows), batch.values(Self.rows))
    try Self.fill { points.set($0, row: $1, column: $2) }
    batch.evaluate(points, single, rows: 0..<Self.rows)
    let values = batch.values(Self.rows)
    #expect(batch.evaluateConcurrently(points, values, threads: threads))
    for row in 0..<Self.rows {
      for column in 0..<3 {
        let (a, b) = (
          values.value(row: row, column: column), single.value(row: row, column: column)
        )
        #expect(a.midpoint == b.midpoint && a.interval == b.interval)
      }
    }
  }

  @Test(arguments: threads) func intervals(threads: Int) throws {
    let batch = try Self.form().intervals(precision: 64)
    let (points, single) = (batch.points(Self.rows), batch.values(Self.rows))
    try Self.fill { points.set($0, row: $1, column: $2) }
    batch.evaluate(points, single, rows: 0..<Self.rows)
    let values = batch.values(Self.rows)
    #expect(batch.evaluateConcurrently(points, values, threads: threads))
    for row in 0..<Self.rows {
      for column in 0..<3 {
        #expect(values.value(row: row, column: column) == single.value(row: row, column: column))
      }
    }
  }

  @Test(arguments: threads) func doubles(threads: Int) throws {
    let batch = try Self.form().doubles(lanes: 40)
    let (points, single) = (batch.points(Self.rows), batch.values(Self.rows))
    try Self.fill { points.set($0.approximateDouble, row: $1, column: $2) }
    batch.evaluate(points, single, rows: 0..<Self.rows)
    let values = batch.values(Self.rows)
    #expect(batch.evaluateConcurrently(points, values, threads: threads))
    for column in 0..<3 {
      let bits = values.withColumn(column) { $0.map(\.bitPattern) }
      #expect(single.withColumn(column) { $0.map(\.bitPattern) } == bits)
    }
  }

  @Test func rowsOutsideAreLeftAlone() throws {
    let batch = try Self.form().doubles(lanes: 8)
    let (points, values) = (batch.points(Self.rows), batch.values(Self.rows))
    try Self.fill { points.set($0.approximateDouble, row: $1, column: $2) }
    #expect(batch.evaluateConcurrently(points, values, rows: 101..<999, threads: 3))
    #expect(values.value(row: 100, column: 2) == 0)
    #expect(values.value(row: 101, column: 2) != 0)
    #expect(values.value(row: 998, column: 2) != 0)
    #expect(values.value(row: 999, column: 2) == 0)
  }

  @Test func cancellationStopsBetweenBlocks() throws {
    let batch = try Self.form().doubles(lanes: 8)
    let (points, values) = (batch.points(Self.rows), batch.values(Self.rows))
    try Self.fill { points.set($0.approximateDouble, row: $1, column: $2) }
    let asked = Mutex(0)
    let isComplete = batch.evaluateConcurrently(points, values, threads: 2) {
      asked.withLock { asked in
        asked += 1
        return asked > 5
      }
    }
    #expect(!isComplete)
    #expect(values.value(row: 0, column: 2) != 0)
    #expect(values.value(row: Self.rows - 1, column: 2) == 0)
  }
}
