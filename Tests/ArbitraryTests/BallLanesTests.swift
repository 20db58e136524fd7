import CMPFR
import Exact
import Foundation
import TestSupport
import Testing

@testable import Arbitrary

/// The operations on lanes of balls against points of the operands at five times the precision.
@Suite struct BallLanesTests {
  static let operations: [(name: String, arity: Int)] = [
    ("add", 2), ("subtract", 2), ("multiply", 2), ("divide", 2), ("square", 1), ("squareRoot", 1),
    ("exponential", 1), ("logarithm", 1), ("negate", 1), ("absolute", 1), ("minimum", 2),
    ("maximum", 2), ("scale", 1), ("scaleNegated", 1), ("copy", 1),
  ]

  static func apply(
    _ name: String, _ lanes: BallLanes, _ target: LaneOperand, _ first: LaneOperand,
    _ second: LaneOperand,
    count: Int
  ) {
    let operands = UnsafeMutablePointer<LaneOperand>.allocate(capacity: 3)
    defer { operands.deallocate() }
    operands.initialize(to: target)
    (operands + 1).initialize(to: first)
    (operands + 2).initialize(to: second)
    let (c, a, b) = (operands, operands + 1, operands + 2)
    switch name {
    case "add": lanes.add(c, a, b, count: count)
    case "subtract": lanes.subtract(c, a, b, count: count)
    case "multiply": lanes.multiply(c, a, b, count: count)
    case "divide": lanes.divide(c, a, b, count: count)
    case "square": lanes.square(c, a, count: count)
    case "squareRoot": lanes.squareRoot(c, a, count: count)
    case "exponential": lanes.exponential(c, a, count: count)
    case "logarithm": lanes.logarithm(c, a, count: count)
    case "negate": lanes.negate(c, a, count: count)
    case "absolute": lanes.absolute(c, a, count: count)
    case "minimum": lanes.minimum(c, a, b, count: count)
    case "maximum": lanes.maximum(c, a, b, count: count)
    case "scale": lanes.scale(c, a, by: -3, count: count)
    case "scaleNegated": lanes.scaleNegated(c, a, by: -3, count: count)
    default: lanes.copy(c, a, count: count)
    }
  }

  /// The exact operation on points, as an enclosure; nil where it has no real value.
  static func value(_ name: String, _ x: Interval, _ y: Interval, _ precision: Int) -> Interval? {
    let value: Interval
    switch name {
    case "add": value = Interval.add(x, y, precision: precision)
    case "subtract": value = Interval.sub(x, y, precision: precision)
    case "multiply": value = Interval.mul(x, y, precision: precision)
    case "divide": value = Interval.div(x, y, precision: precision)
    case "square": value = Interval.sqr(x, precision: precision)
    case "squareRoot": value = Interval.sqrt(x, precision: precision)
    case "exponential": value = Interval.exp(x, precision: precision)
    case "logarithm": value = Interval.log(x, precision: precision)
    case "negate": value = -x
    case "absolute": value = Interval.abs(x)
    case "minimum": value = Interval.minimum(x, y)
    case "maximum": value = Interval.maximum(x, y)
    case "scale", "scaleNegated":
      let factor = Interval(name == "scale" ? 0.125 : -0.125)
      value = Interval.mul(x, factor, precision: precision)
    default: value = x
    }
    return value.isEmpty ? nil : value
  }

  /// Operands of every kind: short and long midpoints, near and far exponents, nearly equal pairs,
  /// zero, and radii from none to more than the midpoint.
  static func fill(
    _ registers: Registers, _ random: inout SeededGenerator, range: Int, other: Registers?
  ) {
    let p = registers.precision
    for lane in 0..<registers.laneCount {
      let operand = registers.operand(0, lane: lane)
      let number = operand.numbers
      switch Int.random(in: 0..<8, using: &random) {
      case 0: mpfr_set_zero(number, 1)
      case 1: mpfr_set_si_2exp(number, Int.random(in: -9...9, using: &random), 0, MPFR_RNDN)
      case 2 where other != nil:
        // Beside the other operand: cancellation.
        if let other {
          mpfr_set(number, other.operand(0, lane: lane).numbers, MPFR_RNDN)
          // Above zero comes the least positive number, whose neighbours MPFR cannot represent.
          let steps = mpfr_zero_p(number) != 0 ? 0 : Int.random(in: 0...3, using: &random)
          for _ in 0..<steps { mpfr_nextabove(number) }
        }
      default:
        for limb in 0..<registers.limbCount {
          operand.limbs[limb] = UInt.random(in: 0...UInt.max, using: &random)
        }
        operand.limbs[0] &= UInt.max << UInt(64 * registers.limbCount - p)
        operand.limbs[registers.limbCount - 1] |= 1 << 63
        if Bool.random(using: &random), registers.limbCount > 1 { operand.limbs[0] = 0 }
        number.pointee._mpfr_exp = Int.random(in: -range...range, using: &random)
        number.pointee._mpfr_sign = Bool.random(using: &random) ? 1 : -1
      }
      let e = number.pointee._mpfr_exp > Int.min / 2 ? number.pointee._mpfr_exp : 0
      let radius: Magnitude =
        switch Int.random(in: 0..<8, using: &random) {
        case 0...1: .zero
        case 2: .powerOfTwo(e - Int.random(in: 0...3, using: &random))
        case 3: .powerOfTwo(e - Int.random(in: 0...(2 * p), using: &random))
        default:
          Magnitude(
            uncheckedCoefficient: Double.random(in: 0.6...9, using: &random), exponent: e - p)
        }
      operand.radii?.pointee = radius
    }
  }

  static func point(_ a: LaneOperand, _ part: Double) -> Interval {
    let precision = 4 * a.numbers.pointee._mpfr_prec + 400
    let radius = Real.computed(precision: 53) {
      mpfr_set_d($0, (a.radii?.pointee.coefficient ?? 0), MPFR_RNDN)
      mpfr_mul_2si($0, $0, a.radii?.pointee.exponent ?? 0, MPFR_RNDN)
    }
    let share = Real(part)
    let value = Real.computed(precision: precision) { c in
      radius.withMPFR { r in share.withMPFR { s in _ = mpfr_mul(c, r, s, MPFR_RNDN) } }
      mpfr_add(c, c, a.numbers, MPFR_RNDN)
    }
    return Interval(value)
  }

  /// The number of points whose value the results do not hold.
  static func violations(
    _ name: String, arity: Int, precision: Int, rounds: Int, seed: UInt64, shrink: Double = 1
  ) -> Int {
    var random = SeededGenerator(seed: seed)
    let lanes = BallLanes(precision: precision)
    let count = 32
    let a = lanes.block(registers: 1, lanes: count)
    let b = lanes.block(registers: 1, lanes: count)
    let c = lanes.block(registers: 1, lanes: count)
    var violations = 0
    for round in 0..<rounds {
      let range = [1, 3, 70, 200, 2000][round % 5]
      fill(a, &random, range: range, other: nil)
      fill(b, &random, range: range, other: arity == 2 ? a : nil)
      apply(name, lanes, c.operand(0), a.operand(0), b.operand(0), count: count)
      for lane in 0..<count {
        let (x, y) = (a.operand(0, lane: lane), b.operand(0, lane: lane))
        let z = c.operand(0, lane: lane)
        var radius = z.radii?.pointee ?? .zero
        if radius.isInfinite { continue }
        radius = Magnitude(
          uncheckedCoefficient: radius.coefficient * shrink, exponent: radius.exponent)
        let result = BallArithmetic.interval(z.numbers, radius)
        for part in [-1, -0.5, 0, 0.75, 1.0] {
          for other in arity == 2 ? [-1, 0.25, 1.0] : [0] {
            let (u, v) = (point(x, part), point(y, other))
            guard let exact = value(name, u, v, 4 * precision + 400) else {
              // No real value here: an enclosure of the others must not pass for one of all.
              if !result.isEmpty { violations += 1 }
              continue
            }
            if !(result.lower <= exact.upper && exact.lower <= result.upper) { violations += 1 }
          }
        }
      }
    }
    return violations
  }

  static let rounds = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == nil ? 10 : 600

  @Test(
    arguments: operations.indices,
    [24, 59, 62, 64, 100, 123, 126, 127, 192, 200, 256, 512, 640, 1000, 1024, 2816])
  func holdsThePointsOfItsOperands(_ index: Int, precision: Int) {
    let (name, arity) = Self.operations[index]
    #expect(
      Self.violations(
        name, arity: arity, precision: precision, rounds: Self.rounds, seed: UInt64(precision)) == 0
    )
  }

  @Test(arguments: ["add", "multiply", "divide", "squareRoot", "exponential", "logarithm"])
  func aSmallerRadiusIsNoticed(_ name: String) {
    for precision in [59, 62, 64, 123, 126, 256, 1000, 1024] {
      let arity = ["squareRoot", "exponential", "logarithm"].contains(name) ? 1 : 2
      #expect(
        Self.violations(
          name, arity: arity, precision: precision, rounds: 20, seed: 5, shrink: 0.9) > 0)
    }
  }
}
