import Exact
import Foundation
import TestSupport
import Testing

@testable import Symbolic

/// Doubles in batches against the one-point interpreter, bit for bit where both do the same operation.
@Suite struct DoubleBatchTests {
  static let texts =
    [
      "x + y", "x - y", "x*y", "x/y", "x^2", "-x", "abs(x)", "min(x, y)", "max(x, y)", "8*x", "x/8",
      "x + 1/3", "1/3 - x", "x - 1/3", "2/x", "3*x", "max(0, x)", "min(x, 1/3)", "x^y",
      "x^(3/7)", "x^100", "x^(-100)", "atan2(x, y)", "x*pi", "x", "1/3", "exp(1/3)",
    ]
    + Function.allCases.filter { $0.arity.least == 1 && $0.arity.most == 1 }.map {
      "\($0.name)(x)"
    }

  static let special: [Double] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, 1e-300, -1e-300, 1e300, .leastNonzeroMagnitude,
    .greatestFiniteMagnitude, 0.5, 709, -745, 2,
  ]

  /// Whether two results are the same number, or both none.
  static func agree(_ a: Double, _ b: Double) -> Bool {
    a.isNaN ? b.isNaN : a.bitPattern == b.bitPattern
  }

  @Test(arguments: texts) func operationsAgree(_ text: String) throws {
    let (x, y) = (Symbol("x"), Symbol("y"))
    var random = SeededGenerator(seed: 11)
    var points = Self.special.flatMap { a in Self.special.map { [a, $0] } }
    for _ in 0..<200 {
      points.append((0..<2).map { _ in Double.random(in: -9...9, using: &random) })
    }
    let program = try Program([Expression(text)], inputs: [x, y])
    for lanes in [nil, 1, 7, 32] {
      let batch = try DoubleBatch(program, lanes: lanes)
      let table = batch.points(points.count)
      let values = batch.values(points.count)
      for (row, point) in points.enumerated() {
        for column in 0..<2 { table.set(point[column], row: row, column: column) }
      }
      // In two uneven parts.
      batch.evaluate(table, values, rows: 0..<13)
      batch.evaluate(table, values, rows: 13..<points.count)
      for (row, point) in points.enumerated() {
        let (value, expected) = (values.value(row: row, column: 0), program.evaluate(point)[0])
        // What cancels from a compiled form is taken to have a value where it is an input.
        if expected.isNaN, point.contains(where: \.isNaN), value == 0 { continue }
        #expect(Self.agree(value, expected), "\(text) at \(point): \(value), \(expected)")
      }
    }
  }

  @Test func whatIsNotRealIsNotANumber() throws {
    let x = Symbol("x")
    for text in ["1/x", "log(x)", "0/x", "sqrt(x - 1)", "max(1, 1/x)", "min(1/x, 1)", "x^(-2)"] {
      let batch = try DoubleBatch(Program([Expression(text)], inputs: [x]))
      let (table, values) = (batch.points(3), batch.values(3))
      batch.evaluate(table, values, rows: 0..<3)
      #expect(values.withColumn(0) { $0.allSatisfy(\.isNaN) }, "\(text)")
    }
  }

  /// Random formulas: where both have values, these are close; certified values are the judge.
  @Test func formulasAgree() throws {
    var random = RandomExpression(seed: 3)
    let symbols = RandomExpression.symbols
    var tested = 0
    for _ in 0..<3000 {
      let expression = random.next(depth: 4)
      guard let program = try? Program([expression], inputs: symbols),
        let batch = try? DoubleBatch(program)
      else { continue }
      let point = symbols.map { _ in
        Double(Int.random(in: 1...40, using: &random.generator)) / 8
      }
      let (table, values) = (batch.points(1), batch.values(1))
      for (column, value) in point.enumerated() { table.set(value, row: 0, column: column) }
      batch.evaluate(table, values, rows: 0..<1)
      let (value, other) = (values.value(row: 0, column: 0), program.evaluate(point)[0])
      guard value.isFinite, other.isFinite else { continue }
      tested += 1
      #expect(Swift.abs(value - other) <= 1e-9 * (1 + Swift.abs(other)), "\(expression) \(point)")
    }
    #expect(tested > 200)
  }
}
