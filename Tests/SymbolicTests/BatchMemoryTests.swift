import Arbitrary
import CMemory
import Exact
import Foundation
import Testing

@testable import Symbolic

/// Batches keep the memory they were made with: none is gained in a run, nor lost.
///
/// The memory is that of the process, to which tests that run beside would add theirs: it is measured
/// only where these tests run alone, which `SEPARATRIX_MEMORY` says (`make test` does so). What a batch
/// loses it loses in every run; the median of many short runs tells it from the runtime's coming and
/// going.
@Suite(
  .serialized, .enabled(if: ProcessInfo.processInfo.environment["SEPARATRIX_MEMORY"] != nil))
struct BatchMemoryTests {
  static let isCampaign = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] != nil
  static let rows = 256

  static func form() throws -> CompiledForm {
    let (x, y) = (Symbol("x"), Symbol("y"))
    let texts = ["exp(x/y) - sqrt(x + y)*log(y)", "(x - y)^3/(x*y + 3)", "max(x, y) - abs(x)/8"]
    return try CompiledForm(
      Program(texts.map { try Expression($0) }, inputs: [x, y]))
  }

  static func fill(_ set: (Rational, Int, Int) -> Void) throws {
    for row in 0..<rows {
      set(try Rational(Integer(row % 97 + 1), 16), row, 0)
      set(try Rational(Integer(row % 53 + 1), 7), row, 1)
    }
  }

  /// The median growth of the memory in use, in bytes a run.
  static func growth(_ run: () -> Void) -> Int {
    run()
    let samples = (0..<101).map { _ in
      let before = sx_allocated_bytes()
      run()
      return sx_allocated_bytes() - before
    }
    return samples.sorted()[samples.count / 2]
  }

  /// Runs of every kind of batch.
  static func runs(precision: Int) throws -> [(name: String, run: () -> Void)] {
    let form = try form()
    let reals = form.reals(precision: precision)
    let balls = form.balls(precision: precision)
    let intervals = form.intervals(precision: precision)
    let doubles = form.doubles()
    let realPoints = (reals.points(rows), reals.values(rows))
    let ballPoints = (balls.points(rows), balls.values(rows))
    let intervalPoints = (intervals.points(rows), intervals.values(rows))
    let doublePoints = (doubles.points(rows), doubles.values(rows))
    try fill {
      realPoints.0.set($0, row: $1, column: $2)
      ballPoints.0.set($0, row: $1, column: $2)
      intervalPoints.0.set($0, row: $1, column: $2)
      doublePoints.0.set($0.approximateDouble, row: $1, column: $2)
    }
    return [
      ("floats", { reals.evaluate(realPoints.0, realPoints.1, rows: 0..<rows) }),
      ("balls", { balls.evaluate(ballPoints.0, ballPoints.1, rows: 0..<rows) }),
      ("intervals", { intervals.evaluate(intervalPoints.0, intervalPoints.1, rows: 0..<rows) }),
      ("doubles", { doubles.evaluate(doublePoints.0, doublePoints.1, rows: 0..<rows) }),
    ]
  }

  @Test(arguments: [53, 256]) func nothingIsKept(precision: Int) throws {
    for (name, run) in try Self.runs(precision: precision) {
      // A byte lost an evaluation would be more.
      #expect(Self.growth(run) < Self.rows, "\(name)")
    }
  }

  @Test(.enabled(if: sx_allocated_bytes() >= 0)) func aLossIsNoticed() {
    var kept: [UnsafeMutableRawPointer] = []
    let growth = Self.growth {
      for _ in 0..<Self.rows { kept.append(.allocate(byteCount: 16, alignment: 8)) }
    }
    for block in kept { block.deallocate() }
    #expect(growth >= Self.rows)
  }

  /// Ten million evaluations of each kind. To be run alone.
  @Test(.enabled(if: isCampaign), arguments: [53, 256])
  func tenMillionEvaluationsStayWhereTheyAre(precision: Int) throws {
    for (name, run) in try Self.runs(precision: precision) {
      for _ in 0..<100 { run() }
      let before = sx_allocated_bytes()
      for _ in 0..<10_000_000 / Self.rows { run() }
      let growth = sx_allocated_bytes() - before
      // A bit of memory an evaluation would be as much.
      #expect(growth < 1_250_000, "\(name) at \(precision) bits: \(growth) bytes")
    }
  }
}
