import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

/// Formulas in intervals over boxes: certified values at points of the box lie in the enclosures.
@Suite struct IntervalBatchTests {
  @Test func enclosesValuesAtPoints() throws {
    var random = RandomExpression(seed: 17)
    let symbols = RandomExpression.symbols
    var (tested, bounded) = (0, 0)
    for _ in 0..<2500 {
      let expression = random.next(depth: 4)
      guard let program = try? Program([expression], inputs: symbols),
        let batch = try? IntervalBatch(program, precision: 60)
      else { continue }
      let (table, values) = (batch.points(2), batch.values(2))
      let sides = try symbols.map { _ in
        let low = try Rational(Integer(Int.random(in: -6...6, using: &random.generator)), 2)
        let width = try Rational(Integer(Int.random(in: 0...3, using: &random.generator)), 3)
        return (low, low + width)
      }
      let point = try sides.map { try ($0.0 * 2 + $0.1) * Rational(1, 3) }
      for (column, side) in sides.enumerated() {
        let box = try Interval(lower: side.0, upper: side.1, precision: 60)
        table.set(box, row: 0, column: column)
        table.set(point[column], row: 1, column: column)
      }
      batch.evaluate(table, values, rows: 0..<2)
      guard
        let sharp = try? program.enclose(
          point.map { Interval($0, precision: 200) }, precision: 200)[0], sharp.isReal
      else { continue }
      // A value that is real though one on the way is not is none on the real line.
      let narrow = values.value(row: 1, column: 0)
      if narrow.isEmpty || narrow.isEntire { continue }
      tested += 1
      let wide = values.value(row: 0, column: 0)
      if wide.isBounded { bounded += 1 }
      #expect(!narrow.isDisjoint(from: sharp.re), "\(expression) at \(point)")
      #expect(!wide.isDisjoint(from: sharp.re), "\(expression) over \(sides)")
    }
    #expect(tested > 200 && bounded > 150)
  }

  /// Poles at an edge of the operand, roots of negative numbers, the origin's angle.
  @Test(arguments: [
    "1/x", "sqrt(x - 1/2)", "log(x)", "x^(-3)", "x^(-70)", "atanh(x)", "log1p(-x)", "asin(2*x)",
    "atan2(x, x)", "arg(x)", "im(sqrt(x - 1/2))", "x^(x - 1)", "(x - 1/2)^(1/3)", "acosh(x)",
  ])
  func partlyUndefinedIsTheWholeLine(_ text: String) throws {
    let x = Symbol("x")
    let program = try CompiledForm(Program([Expression(text)], inputs: [x]))
    let batch = program.intervals(precision: 53)
    let (points, values) = (batch.points(1), batch.values(1))
    points.set(try Interval(lower: 0, upper: 1, precision: 53), row: 0, column: 0)
    batch.evaluate(points, values, rows: 0..<1)
    #expect(values.value(row: 0, column: 0).isEntire)
  }

  @Test(arguments: [
    "1/x", "sqrt(x - 1/2)", "log(x)", "x^(-3)", "x^(-70)", "atan2(x, x)", "arg(x)", "acosh(x)",
    "im(sqrt(x - 1/2))", "max(1, 1/x)",
  ])
  func nowhereDefinedIsEmpty(_ text: String) throws {
    let x = Symbol("x")
    let program = try CompiledForm(Program([Expression(text)], inputs: [x]))
    let batch = program.intervals(precision: 53)
    let (points, values) = (batch.points(1), batch.values(1))
    batch.evaluate(points, values, rows: 0..<1)
    #expect(values.value(row: 0, column: 0).isEmpty)
    let balls = program.balls(precision: 53)
    let (centres, results) = (balls.points(1), balls.values(1))
    balls.evaluate(centres, results, rows: 0..<1)
    #expect(results.value(row: 0, column: 0).isEmpty)
  }
}
