import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

/// Programs rearranged and run on lanes have the values of the programs as they are written.
@Suite struct TapeTests {
  private func operations(_ texts: [String], _ names: [String]) throws -> [Tape.Operation] {
    let symbols = names.map { Symbol($0) }
    let expressions = try texts.map { try Expression($0) }
    let tape = try #require(Tape(try Program(expressions, inputs: symbols)))
    return tape.instructions.map(\.operation)
  }

  private func count(_ operation: Tape.Operation, in list: [Tape.Operation]) -> Int {
    list.filter { $0 == operation }.count
  }

  @Test func commonFactorsAreDrawnOut() throws {
    // c h² + g s (g - r) with one product fewer than as written.
    let list = try operations(
      ["(c*(r + c/2)^2 + g^2*(r + c) - r*g*(r + c))/(2*(r + c)*(2*g^2 + (r + c/2)*(r + c)))"],
      ["g", "c", "r"])
    #expect(count(.multiply, in: list) + count(.square, in: list) == 7)
    #expect(count(.divide, in: list) == 1)
  }

  @Test func nothingIsComputedInVain() throws {
    // The sign is put into the scaling, and the scaling without it is left out.
    let list = try operations(["max(0, -x*y/2)"], ["x", "y"])
    #expect(list == [.multiply, .scaleNegated, .maximum])
  }

  @Test func exponentialsAreShared() throws {
    let list = try operations(["exp(-x/y) + exp(x/y) + 1/(exp(3*x/y) - 1)"], ["x", "y"])
    #expect(count(.exponential, in: list) == 1)
  }

  @Test func denominatorsInDivisorsAreCleared() throws {
    let list = try operations(["(a/b)/(a/b - c/d)"], ["a", "b", "c", "d"])
    #expect(count(.divide, in: list) == 1, "\(list)")
    #expect(count(.guardNonzero, in: list) > 0)
  }

  @Test func aClearedDenominatorStillMayNotBeZero() throws {
    let names = ["a", "b", "c", "d"].map { Symbol($0) }
    let program = try Program([try Expression("(a/b)/(a/b - c/d)")], inputs: names)
    let batch = try BallBatch(program, precision: 80)
    let points = batch.points(2)
    for (row, point) in [[1, 0, 1, 1], [1, 2, 1, 1]].enumerated() {
      for (column, value) in point.enumerated() {
        points.set(Rational(value), row: row, column: column)
      }
    }
    let values = batch.values(2)
    batch.evaluate(points, values, rows: 0..<2)
    #expect(values.value(row: 0, column: 0).isEmpty)
    #expect(values.value(row: 1, column: 0).midpoint == Real(-1))
    let reals = try RealBatch(program, precision: 80)
    let (realPoints, realValues) = (reals.points(2), reals.values(2))
    for (row, point) in [[1, 0, 1, 1], [1, 2, 1, 1]].enumerated() {
      for (column, value) in point.enumerated() {
        realPoints.set(Rational(value), row: row, column: column)
      }
    }
    reals.evaluate(realPoints, realValues, rows: 0..<2)
    #expect(realValues.value(row: 0, column: 0).isNaN)
    #expect(realValues.value(row: 1, column: 0) == Real(-1))
  }

  @Test func operationsOnComplexNumbersHaveNoTape() throws {
    #expect(Tape(try Program([try Expression("i*x")], inputs: [Symbol("x")])) == nil)
  }

  static func expression(
    _ symbols: [Symbol], _ random: inout SeededGenerator, depth: Int
  ) -> Expression {
    func next() -> Expression { expression(symbols, &random, depth: depth - 1) }
    if depth == 0 || Int.random(in: 0..<9, using: &random) == 0 {
      return Bool.random(using: &random)
        ? .symbol(symbols[Int.random(in: 0..<3, using: &random)])
        : .rational((try? Rational(Integer(Int.random(in: -4...4, using: &random)), 3)) ?? 1)
    }
    switch Int.random(in: 0..<14, using: &random) {
    case 0...2: return next() + next()
    case 3, 4: return next() - next()
    case 5...7: return next() * next()
    case 8, 9: return next() / next()
    case 10: return next().power(.integer(Int.random(in: -3...4, using: &random)))
    case 11: return (try? .function(.sqrt, [next()])) ?? .zero
    case 12: return (try? .function(.exp, [next()])) ?? .zero
    default:
      let functions: [Function] = [.log, .sin, .atan, .abs, .tanh, .cosh, .cbrt]
      let function = functions[Int.random(in: 0..<functions.count, using: &random)]
      return (try? .function(function, [next()])) ?? .zero
    }
  }

  /// Balls hold the exact value of random expressions at random rational points, where one is known, and
  /// overlap the enclosure of the program as written elsewhere.
  @Test(arguments: [1, 2, 3, 4, 5, 6])
  func ballsAgreeWithTheProgramAsWritten(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let symbols = ["x", "y", "z"].map { Symbol($0) }
    for _ in 0..<150 {
      let expression = Self.expression(symbols, &random, depth: 5)
      guard let program = try? Program([expression], inputs: symbols) else { continue }
      for precision in [40, 59, 100, 123, 200] {
        guard let batch = try? BallBatch(program, precision: precision) else { continue }
        let (points, values) = (batch.points(4), batch.values(4))
        var rows: [[Rational]] = []
        for row in 0..<4 {
          let point = symbols.map { _ in
            (try? Rational(
              Integer(Int.random(in: -12...30, using: &random)),
              Integer(Int.random(in: 1...8, using: &random))))
              ?? 0
          }
          rows.append(point)
          for (column, value) in point.enumerated() {
            points.set(value, row: row, column: column)
          }
        }
        batch.evaluate(points, values, rows: 0..<4)
        for (row, point) in rows.enumerated() {
          let ball = values.value(row: row, column: 0)
          if ball.isEntire || ball.isEmpty { continue }
          let exact = (try? program.exactValues(point)[0]).flatMap { $0 }
          if let exact {
            let value = Interval(exact.re, precision: 400)
            #expect(exact.isReal, "\(expression) at \(point)")
            #expect(
              ball.interval.lower <= value.upper && value.lower <= ball.interval.upper,
              "\(expression) at \(point): \(ball.interval) without \(value)")
          } else {
            let box = point.map { Interval($0, precision: 300) }
            guard let enclosure = try? program.enclose(box, precision: 300)[0] else {
              Issue.record("\(expression) at \(point) has no value, but a ball \(ball.interval)")
              continue
            }
            #expect(
              ball.interval.lower <= enclosure.re.upper
                && enclosure.re.lower <= ball.interval.upper,
              "\(expression) at \(point): \(ball.interval) without \(enclosure)")
          }
        }
      }
    }
  }
}
