import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

@Suite("Compiled functions")
struct CompiledFunctionTests {
  static let x = Symbol("x", .real)
  static let y = Symbol("y", .real)

  @Test(
    "values and gradients over boxes contain those at points",
    arguments: [
      "x^2*y - exp(x*y)/3", "sqrt(x^2 + y^2 + 1) - abs(x - y)", "max(x, y^2) + sin(x)*y",
      "besselj(0, x + y)/(2 + cos(x))", "log(3 + x*y)", "min(x, 1)^3",
    ])
  func containment(text: String) throws {
    let expression = try Expression(text, symbols: [Self.x, Self.y])
    let function = try CompiledFunction(expression, of: [Self.x, Self.y])
    let partials = try [Self.x, Self.y].map {
      try CompiledFunction(try expression.derivative(by: $0), of: [Self.x, Self.y])
    }
    var random = SeededGenerator(seed: 11)
    for _ in 0..<60 {
      let corner = (0..<2).map { _ in Double.random(in: -1.2...1.2, using: &random) }
      let width = Double.random(in: 0...0.3, using: &random)
      let box = corner.map { Interval(between: Real($0), and: Real($0 + width)) }
      let enclosure = function.enclose(box, precision: 64)
      for _ in 0..<4 {
        let point = box.map { side in
          let low = side.lower.approximateDouble
          return Double.random(in: low...side.upper.approximateDouble, using: &random)
        }
        let at = point.map { Interval(Real($0)) }
        let value = function.values(over: at, precision: 200)[0]
        #expect(!value.isDisjoint(from: enclosure.value))
        for (partial, slope) in zip(partials, enclosure.gradient) {
          let exact = partial.values(over: at, precision: 200)[0]
          #expect(exact.isEntire || !exact.isDisjoint(from: slope))
        }
      }
    }
  }

  @Test("both slopes of a corner are enclosed, and the function is continuous there")
  func corner() throws {
    let function = try CompiledFunction(try Expression("abs(x)", symbols: [Self.x]), of: [Self.x])
    let box = [Interval(between: Real(-1), and: Real(1))]
    #expect(function.isContinuous(over: box, precision: 64))
    let slope = function.enclose(box, precision: 64).gradient[0]
    #expect(slope.contains(Rational(-1)) && slope.contains(Rational(1)))
  }

  @Test(
    "a bounded enclosure does not pass for continuity",
    arguments: [
      "1/(1 + exp(-1/x))", "sign(x)", "atan(1/x)", "min(1, max(0, log(x)))", "sqrt(x)",
      "tanh(1/x)", "acos(1 + x)",
    ])
  func jumps(text: String) throws {
    let function = try CompiledFunction(try Expression(text, symbols: [Self.x]), of: [Self.x])
    let around = [Interval(between: Real(-0.5), and: Real(0.25))]
    #expect(!function.isContinuous(over: around, precision: 64))
    if !text.contains("acos") {
      let right = [Interval(between: Real(0.25), and: Real(0.5))]
      #expect(function.isContinuous(over: right, precision: 64))
    }
  }

  @Test("several components have their rows, and balls at points agree with intervals")
  func rows() throws {
    let parts = try ["x^2 + y", "exp(x) - y/3"].map {
      try Expression($0, symbols: [Self.x, Self.y])
    }
    let function = try CompiledFunction(parts, of: [Self.x, Self.y])
    let at = [Rational(2), try Rational(1, 3)]
    let box = at.map { Interval($0, precision: 300) }
    let intervals = function.enclose(box, precision: 300)
    let balls = function.balls(at: at, precision: 300)
    for (row, part) in balls.jacobian.enumerated() {
      #expect(!balls.values[row].interval.isDisjoint(from: intervals.values[row]))
      for (ball, interval) in zip(part, intervals.jacobian[row]) {
        #expect(!ball.interval.isDisjoint(from: interval))
      }
    }
    #expect(intervals.jacobian[0][0].contains(Rational(4)))
    #expect(intervals.jacobian[1][1].contains(try Rational(-1, 3)))
    let estimate = function.estimate(at: [2, 1])
    #expect(estimate.jacobian[0] == [4, 1])
  }
}
