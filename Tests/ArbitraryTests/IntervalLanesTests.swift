import CMPFR
import Exact
import Foundation
import TestSupport
import Testing

@testable import Arbitrary

/// The operations on lanes of intervals: bound for bound those of `Interval` where the operation is
/// defined all over, and holding the values at points taken at a higher precision.
@Suite struct IntervalLanesTests {
  static let rounds = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == nil ? 12 : 600

  static func apply(
    _ name: String, _ lanes: IntervalLanes, _ c: IntervalOperand, _ a: IntervalOperand,
    _ b: IntervalOperand, count: Int
  ) {
    var (c, a, b) = (c, a, b)
    switch name {
    case "add": lanes.add(&c, &a, &b, count: count)
    case "subtract": lanes.subtract(&c, &a, &b, count: count)
    case "multiply": lanes.multiply(&c, &a, &b, count: count)
    case "divide": lanes.divide(&c, &a, &b, count: count)
    case "square": lanes.square(&c, &a, count: count)
    case "squareRoot": lanes.squareRoot(&c, &a, count: count)
    case "exponential": lanes.exponential(&c, &a, count: count)
    case "logarithm": lanes.logarithm(&c, &a, count: count)
    case "negate": lanes.negate(&c, &a, count: count)
    case "absolute": lanes.absolute(&c, &a, count: count)
    case "minimum": lanes.minimum(&c, &a, &b, count: count)
    case "maximum": lanes.maximum(&c, &a, &b, count: count)
    case "scale": lanes.scale(&c, &a, by: -3, count: count)
    default: lanes.copy(&c, &a, count: count)
    }
  }

  /// The road of values, points outside the domain left out.
  static func value(_ name: String, _ x: Interval, _ y: Interval, _ p: Int) -> Interval {
    switch name {
    case "add": Interval.add(x, y, precision: p)
    case "subtract": Interval.sub(x, y, precision: p)
    case "multiply": Interval.mul(x, y, precision: p)
    case "divide": Interval.div(x, y, precision: p)
    case "square": Interval.sqr(x, precision: p)
    case "squareRoot": Interval.sqrt(x, precision: p)
    case "exponential": Interval.exp(x, precision: p)
    case "logarithm": Interval.log(x, precision: p)
    case "negate": -x
    case "absolute": Interval.abs(x)
    case "minimum": Interval.minimum(x, y)
    case "maximum": Interval.maximum(x, y)
    case "scale": Interval.scale(x, byPowerOfTwo: -3, precision: p)
    default: x
    }
  }

  /// Whether the operation is defined and real at all points.
  static func isTotal(_ name: String, _ x: Interval, _ y: Interval) -> Bool {
    switch name {
    case "divide": !y.containsZero
    case "squareRoot": x.lower.signum >= 0
    case "logarithm": x.lower.signum > 0
    default: true
    }
  }

  static func number(_ random: inout SeededGenerator, _ p: Int, _ range: Int) -> Real {
    let mantissa = Int.random(in: -1_000_000_007...1_000_000_007, using: &random)
    let small = Int.random(in: -3...3, using: &random)
    let k = Int.random(in: -range...range, using: &random)
    return switch Int.random(in: 0..<4, using: &random) {
    case 0: Real(small, precision: p)
    case 1: Real.scale(Real(small), byPowerOfTwo: k, precision: p)
    default:
      Real.sqrt(
        Real.scale(Real(mantissa).magnitude, byPowerOfTwo: k, precision: p), precision: p)
        * Real(mantissa.signum(), precision: p)
    }
  }

  static func interval(_ random: inout SeededGenerator, _ p: Int, _ range: Int) -> Interval {
    let a = number(&random, p, range)
    switch Int.random(in: 0..<24, using: &random) {
    case 0: return .empty
    case 1: return .entire
    case 2: return Interval(between: a, and: .infinity)
    case 3: return Interval(between: a, and: .negativeInfinity)
    case 4...7: return Interval(between: a, and: a)
    case 8: return Interval(between: a, and: Real(0))
    case 9...11: return Interval(between: a, and: a.nextUp.nextUp)
    default: return Interval(between: a, and: number(&random, p, range))
    }
  }

  struct Outcome {
    var differences = 0
    var violations = 0
  }

  static func outcome(
    _ name: String, precision p: Int, rounds: Int, isShrunk: Bool = false
  ) -> Outcome {
    var random = SeededGenerator(seed: UInt64(p))
    let lanes = IntervalLanes(precision: p)
    let count = 24
    let (a, b, c) = (
      lanes.block(registers: 1, lanes: count), lanes.block(registers: 1, lanes: count),
      lanes.block(registers: 1, lanes: count)
    )
    var outcome = Outcome()
    for round in 0..<rounds {
      let range = [1, 4, 60, 500, 1 << 29, (1 << 30) - 40][round % 6]
      for lane in 0..<count {
        lanes.set(a.operand(0, lane: lane)[0], interval(&random, p, range))
        lanes.set(b.operand(0, lane: lane)[0], interval(&random, p, range))
      }
      apply(name, lanes, c.operand(0), a.operand(0), b.operand(0), count: count)
      for lane in 0..<count {
        let x = lanes.interval(a.operand(0)[lane])
        let y = lanes.interval(b.operand(0)[lane])
        var z = lanes.interval(c.operand(0)[lane])
        let total = value(name, x, y, p)
        let expected = isTotal(name, x, y) || total.isEmpty ? total : .entire
        let hasNegativeZero =
          isNegativeZero(c.operand(0)[lane].lower) || isNegativeZero(c.operand(0)[lane].upper)
        if z != expected || hasNegativeZero { outcome.differences += 1 }
        if isShrunk, z.lower < z.upper {
          z = Interval(between: z.lower, and: z.upper.nextDown)
        }
        guard range < 1000 else { continue }
        for (u, v) in zip(points(x, p), points(y, p).reversed()) {
          let sharp = value(name, u, v, 3 * p + 3 * range + 200)
          if isTotal(name, u, v) {
            if z.isDisjoint(from: sharp) { outcome.violations += 1 }
          } else if !z.isEntire && !z.isEmpty {
            outcome.violations += 1
          }
        }
      }
    }
    return outcome
  }

  static func isNegativeZero(_ x: IntervalBounds.Number) -> Bool {
    mpfr_zero_p(x) != 0 && x.pointee._mpfr_sign < 0
  }

  /// Some points of a set, its finite ends among them.
  static func points(_ x: Interval, _ p: Int) -> [Interval] {
    if x.isEmpty { return [] }
    let ends = [x.lower, x.upper].filter(\.isFinite)
    let middle = x.isBounded ? x.midpoint : ends.first ?? Real(1)
    let third =
      x.isBounded
      ? Real.scale(
        Real.add(middle, x.upper, precision: p + 8), byPowerOfTwo: -1, precision: p + 8) : middle
    return ([middle, third] + ends).filter { x.contains($0) }.map { Interval($0) }
  }

  static let names = [
    "add", "subtract", "multiply", "divide", "square", "squareRoot", "exponential", "logarithm",
    "negate", "absolute", "minimum", "maximum", "scale", "copy",
  ]

  @Test(arguments: names, [2, 24, 53, 64, 113, 200])
  func boundsAreThoseOfIntervals(_ name: String, precision: Int) {
    let outcome = Self.outcome(name, precision: precision, rounds: Self.rounds)
    #expect(outcome.differences == 0)
    #expect(outcome.violations == 0)
  }

  @Test(arguments: ["add", "multiply", "divide", "squareRoot", "exponential", "logarithm"])
  func aNarrowerResultIsNoticed(_ name: String) {
    #expect(Self.outcome(name, precision: 53, rounds: 12, isShrunk: true).violations > 0)
  }
}
