import Arbitrary
import Exact
import TestSupport
import Testing

import class Foundation.ProcessInfo

@testable import Symbolic

/// Derivatives against enclosures: by the mean value theorem (f(b) - f(a))/(b - a) is a value of f' between a
/// and b, so that it lies in an enclosure of f' over [a, b].
@Suite struct DerivativeEnclosureTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == nil ? 60 : 5000

  private let x = Symbol("x", .real)

  /// A random function that is smooth on (1, 2).
  private func random(_ depth: Int, _ generator: inout SeededGenerator) -> Expression {
    if depth == 0 {
      let number = Expression.integer(Int.random(in: 1...5, using: &generator))
      return Bool.random(using: &generator) ? x.expression : number
    }
    let a = random(depth - 1, &generator)
    let b = random(depth - 1, &generator)
    switch Int.random(in: 0..<11, using: &generator) {
    case 0: return a + b
    case 1: return a - b
    case 2: return a * b
    case 3: return a / (b * b + 1)
    case 4: return sqrt(a * a + 1)
    case 5: return exp(-(a * a) / 8)
    case 6: return log(a * a + 2)
    case 7: return sin(a)
    case 8: return tanh(a)
    case 9: return .apply(.atan, a)
    default: return cbrt(a * a + 1)
    }
  }

  private func quotient(
    _ f: Expression, _ a: Rational, _ b: Rational
  ) throws -> (slope: Interval, derivative: Interval, program: Program) {
    let program = try Program([f, f.derivative(by: x)], inputs: [x])
    let p = 200
    let ends = try [a, b].map {
      try program.enclose([Interval($0, precision: p)], precision: p)[0].re
    }
    let width = Interval(b - a, precision: p)
    let slope = Interval.div(
      Interval.sub(ends[1], ends[0], precision: p), width, precision: p)
    let whole = try Interval(lower: a, upper: b, precision: p)
    return (slope, try program.enclose([whole], precision: p)[1].re, program)
  }

  @Test func meanValues() throws {
    var generator = SeededGenerator(seed: 4)
    var noticed = 0
    for _ in 0..<Self.rounds {
      let f = random(3, &generator)
      let a = try Rational(Integer(Int.random(in: 1001...1990, using: &generator)), 1000)
      let b = a + (try Rational(1, 1000))
      let (slope, derivative, _) = try quotient(f, a, b)
      #expect(!slope.isDisjoint(from: derivative), "\(f)")
      // A derivative that is off by a thousandth part is noticed where the enclosure is narrow.
      let wrong = Interval.mul(
        derivative, Interval(try Rational(1001, 1000), precision: 200), precision: 200)
      if slope.isDisjoint(from: wrong) { noticed += 1 }
    }
    #expect(noticed > 0)
  }

  /// The holomorphic enclosure holds the values at points, and is refused where a cut or pole is near.
  @Test func analyticEnclosures() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<Self.rounds {
      let f = random(3, &generator)
      let program = try Program([f], inputs: [x])
      let box = ComplexInterval(
        re: try Interval(lower: 1, upper: try Rational(11, 10), precision: 80),
        im: try Interval(lower: try Rational(-1, 20), upper: try Rational(1, 20), precision: 80))
      guard let whole = try? program.encloseAnalytic([box], precision: 80)[0] else { continue }
      for imaginary in [-1, 0, 1] {
        let point = ComplexInterval(
          re: Interval(try Rational(21, 20), precision: 80),
          im: Interval(try Rational(Integer(imaginary), 25), precision: 80))
        let value = try program.encloseAnalytic([point], precision: 80)[0]
        #expect(!value.re.isDisjoint(from: whole.re) && !value.im.isDisjoint(from: whole.im))
      }
    }
    for text in ["sqrt(x-1)", "1/(x-1)", "log(x-1)", "abs(x-1)", "max(x,1)", "digamma(x)"] {
      let program = try Program([try Expression(text)], inputs: [x])
      let side = try Interval(
        lower: try Rational(9, 10), upper: try Rational(11, 10), precision: 80)
      let height = try Interval(
        lower: try Rational(-1, 10), upper: try Rational(1, 10), precision: 80)
      #expect(throws: ArithmeticError.self, "\(text)") {
        _ = try program.encloseAnalytic([ComplexInterval(re: side, im: height)], precision: 80)
      }
    }
  }
}
