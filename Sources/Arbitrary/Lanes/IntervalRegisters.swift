import CMPFR

/// A block of intervals that are written again and again: two ``Registers`` an operand.
package final class IntervalRegisters: Sendable {
  private let bounds: Registers

  /// Registers that hold the point 0.
  package init(precision: Int, registers: Int, lanes: Int) {
    bounds = Registers(
      precision: precision, registers: 2 * max(registers, 0), lanes: lanes, holdsBalls: false)
  }

  package var precision: Int { bounds.precision }
  package var laneCount: Int { bounds.laneCount }
  package var registerCount: Int { bounds.registerCount / 2 }

  /// Lanes of a register, from one on.
  package func operand(_ register: Int, lane: Int = 0, stride: Int = 1) -> IntervalOperand {
    IntervalOperand(
      lower: bounds.operand(2 * register, lane: lane).numbers,
      upper: bounds.operand(2 * register + 1, lane: lane).numbers, stride: stride)
  }
}

/// Where an operation finds its operand in each lane: lane i at i·`stride`. A constant, the same in
/// every lane, is stored once and has stride 0.
package struct IntervalOperand {
  let lower: UnsafeMutablePointer<__mpfr_struct>
  let upper: UnsafeMutablePointer<__mpfr_struct>
  let stride: Int

  @inline(__always)
  subscript(lane: Int) -> IntervalBounds {
    IntervalBounds(lower: lower + lane &* stride, upper: upper + lane &* stride)
  }
}

/// The two numbers of one interval in a block.
struct IntervalBounds {
  typealias Number = UnsafeMutablePointer<__mpfr_struct>
  let lower: Number
  let upper: Number

  /// Whether it has no point: a lower bound of an interval with points is not +∞.
  @inline(__always)
  var isEmpty: Bool {
    lower.pointee._mpfr_exp <= Lane.leastRegularExponent && mpfr_inf_p(lower) != 0
      && lower.pointee._mpfr_sign > 0
  }

  var isBounded: Bool { mpfr_number_p(lower) != 0 && mpfr_number_p(upper) != 0 }
  var isZero: Bool { mpfr_zero_p(lower) != 0 && mpfr_zero_p(upper) != 0 }

  func setEmpty() {
    mpfr_set_inf(lower, 1)
    mpfr_set_inf(upper, -1)
  }

  func setEntire() {
    mpfr_set_inf(lower, -1)
    mpfr_set_inf(upper, 1)
  }

  func setZero() {
    mpfr_set_zero(lower, 1)
    mpfr_set_zero(upper, 1)
  }

  /// Bounds of the same precision, exactly.
  func set(_ newLower: Number, _ newUpper: Number) {
    mpfr_set(lower, newLower, MPFR_RNDD)
    mpfr_set(upper, newUpper, MPFR_RNDU)
  }

  /// Gives zeros the positive sign.
  @inline(__always)
  func clearSigns() {
    Self.clearSign(lower)
    Self.clearSign(upper)
  }

  @inline(__always)
  private static func clearSign(_ x: Number) {
    if x.pointee._mpfr_exp <= Lane.leastRegularExponent, mpfr_zero_p(x) != 0 {
      x.pointee._mpfr_sign = 1
    }
  }
}

extension Lane {
  /// -1, 0 or 1 for a number that is not NaN.
  @inline(__always)
  static func sign(_ x: UnsafeMutablePointer<__mpfr_struct>) -> Int32 {
    x.pointee._mpfr_exp <= leastRegularExponent && mpfr_zero_p(x) != 0 ? 0 : x.pointee._mpfr_sign
  }
}
