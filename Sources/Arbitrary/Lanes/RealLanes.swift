import CMPFR
import Exact

/// Operations on MPFR numbers of one precision, each rounded to nearest as MPFR does, but for those of
/// ``ExponentialKernel``, whose error is stated there. NaN where there is no real value.
package struct RealLanes: LaneArithmetic {
  typealias Number = UnsafeMutablePointer<__mpfr_struct>
  package let precision: Int
  /// Which road sums and products take.
  let width: SignificandWidth
  let kernels: Kernels

  package init(precision: Int, evaluations: Int = .max) {
    self.precision = precision
    width = SignificandWidth(precision: precision)
    kernels = Kernels(precision: precision, evaluations: evaluations)
  }

  package func run(
    _ instructions: UnsafePointer<LaneInstruction>, _ instructionCount: Int,
    _ slots: UnsafePointer<LaneOperand>, count: Int,
    _ other: OtherLaneOperation<LaneOperand>
  ) {
    interpret(instructions, instructionCount, slots, count: count, other)
  }

  package func block(registers: Int, lanes: Int) -> Registers {
    Registers(precision: precision, registers: registers, lanes: lanes, holdsBalls: false)
  }

  package func slot(
    _ block: Registers, _ register: Int, lane: Int, isConstant: Bool
  ) -> LaneOperand {
    block.operand(register, lane: lane, stride: isConstant ? 0 : 1)
  }

  package func place(
    _ slots: UnsafeMutablePointer<LaneOperand>, _ block: Registers, count: Int, lane: Int
  ) {
    block.place(slots, count: count, lane: lane)
  }

  package func store(_ value: Rational, _ block: Registers, _ register: Int, lane: Int) {
    let number = block.operand(register, lane: lane).numbers
    _ = Real(value, precision: precision).withMPFR { mpfr_set(number, $0, MPFR_RNDN) }
  }

  package func storePi(_ block: Registers, _ register: Int, lane: Int) {
    mpfr_const_pi(block.operand(register, lane: lane).numbers, MPFR_RNDN)
  }

  @inline(__always)
  func unary(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, _ count: Int,
    _ f: (Number, Number) -> Void
  ) {
    for i in 0..<count {
      f(c.pointee.numbers + i &* c.pointee.stride, a.pointee.numbers + i &* a.pointee.stride)
    }
  }

  @inline(__always)
  func binary(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, _ count: Int,
    _ f: (Number, Number, Number) -> Void
  ) {
    for i in 0..<count {
      f(
        c.pointee.numbers + i &* c.pointee.stride, a.pointee.numbers + i &* a.pointee.stride,
        b.pointee.numbers + i &* b.pointee.stride)
    }
  }

  /// NaN for a divisor of zero: the formulas do not know signed infinities.
  package func divide(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      if mpfr_zero_p($2) != 0 { mpfr_set_nan($0) } else { mpfr_div($0, $1, $2, MPFR_RNDN) }
    }
  }

  package func squareRoot(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    unary(c, a, count) { mpfr_sqrt($0, $1, MPFR_RNDN) }
  }

  package func exponential(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    let kernel = kernels.exponential
    unary(c, a, count) { _ = kernel.exp($0, $1) }
  }

  package func logarithm(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    let kernel = kernels.logarithm
    unary(c, a, count) {
      if mpfr_zero_p($1) != 0 { mpfr_set_nan($0) } else { _ = kernel.log($0, $1) }
    }
  }

  package func absolute(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int
  ) {
    unary(c, a, count) { mpfr_abs($0, $1, MPFR_RNDN) }
  }

  package func copy(_ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int) {
    unary(c, a, count) { mpfr_set($0, $1, MPFR_RNDN) }
  }

  package func guardNonzero(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      if mpfr_zero_p($2) != 0 || mpfr_nan_p($2) != 0 {
        mpfr_set_nan($0)
      } else {
        mpfr_set($0, $1, MPFR_RNDN)
      }
    }
  }

  package func minimum(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      if mpfr_nan_p($1) != 0 || mpfr_nan_p($2) != 0 {
        mpfr_set_nan($0)
      } else {
        mpfr_min($0, $1, $2, MPFR_RNDN)
      }
    }
  }

  package func maximum(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      if mpfr_nan_p($1) != 0 || mpfr_nan_p($2) != 0 {
        mpfr_set_nan($0)
      } else {
        mpfr_max($0, $1, $2, MPFR_RNDN)
      }
    }
  }

  package func apply(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>, count: Int,
    _ f: (Interval) -> Interval
  ) {
    unary(c, a, count) { set($0, f(point($1))) }
  }

  package func apply(
    _ c: UnsafePointer<LaneOperand>, _ a: UnsafePointer<LaneOperand>,
    _ b: UnsafePointer<LaneOperand>, count: Int,
    _ f: (Interval, Interval) -> Interval
  ) {
    binary(c, a, b, count) { set($0, f(point($1), point($2))) }
  }

  private func point(_ x: Number) -> Interval {
    if mpfr_number_p(x) == 0 { return .empty }
    let value = Real.computed(precision: precision) { mpfr_set($0, x, MPFR_RNDN) }
    return Interval(uncheckedLower: value, upper: value)
  }

  /// The middle of an enclosure; NaN for the empty set and where a bound is missing.
  private func set(_ c: Number, _ value: Interval) {
    if BallArithmetic.enclose(c, value).coefficient.isFinite { return }
    mpfr_set_nan(c)
  }
}
