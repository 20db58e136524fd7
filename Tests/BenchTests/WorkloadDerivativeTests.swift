import Arbitrary
import Exact
import Symbolic
import Testing

@testable import bench

/// Derivatives of the papers' closed forms, as programs, in balls.
@Suite struct WorkloadDerivativeTests {
  /// The values at the workload's first points, in balls of so many bits.
  static func values(
    _ program: Program, _ workload: Workload, precision: Int, points: Int
  ) throws -> [[Ball]] {
    let batch = try BallBatch(program, precision: precision)
    let (inputs, outputs) = (batch.points(points), batch.values(points))
    for (row, point) in workload.points(points).enumerated() {
      for (column, text) in point.enumerated() {
        inputs.set(try #require(Rational(text)), row: row, column: column)
      }
    }
    batch.evaluate(inputs, outputs, rows: 0..<points)
    return (0..<points).map { row in
      (0..<program.outputCount).map { outputs.value(row: row, column: $0) }
    }
  }

  @Test(arguments: Workload.all)
  func reverseModeMeetsForwardMode(_ workload: Workload) throws {
    let expressions = try workload.expressions()
    let inputs = workload.symbols
    let program = try Program(expressions, inputs: inputs)
    for index in expressions.indices {
      let gradient = try program.withGradient(ofOutput: index)
      let reverse = try Self.values(gradient, workload, precision: 192, points: 4)
      for (column, symbol) in inputs.enumerated() {
        let forward = try Self.values(
          program.withDerivatives(by: symbol), workload, precision: 192, points: 4)
        for (a, b) in zip(reverse, forward) {
          let (x, y) = (a[expressions.count + column], b[expressions.count + index])
          #expect(!x.isDisjoint(from: y), "(\(workload.letter)) \(index) by \(symbol.name)")
          #expect(x.accurateBits > 100 || (x.containsZero && x.radius <= .powerOfTwo(-100)))
        }
      }
    }
  }

  /// A single output's gradient takes at most three times the operations of that output, however many inputs
  /// there are.
  @Test(arguments: Workload.all)
  func aGradientIsCheap(_ workload: Workload) throws {
    for expression in try workload.expressions() {
      let program = try Program([expression], inputs: workload.symbols)
      let gradient = try program.withGradient()
      #expect(
        gradient.operationCount <= 3 * program.operationCount,
        "(\(workload.letter)): \(program.operationCount), \(gradient.operationCount)")
    }
  }
}
