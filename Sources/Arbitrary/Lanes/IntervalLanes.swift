import CMPFR
import Exact

/// Operations on intervals, lane by lane, in place: two MPFR numbers an operand, each bound rounded
/// outward by MPFR.
///
/// **Guarantee:** for all points of the operands the value lies in the result, the bounds being those of
/// ``Interval``'s functions, with one difference. ``Interval`` leaves out the points at which a function
/// is not defined or not real. Here the result is then the whole line, since an enclosure of the other
/// values would pass for one of all; where there is no value at all it is empty, and an empty operand
/// makes the result empty. So a quotient is the whole line where the divisor has zero among other
/// points, a root where some of the operand is negative, a logarithm where some of it is not positive.
///
/// Bounds keep the invariants of ``Interval``: neither is NaN, a zero is +0, the empty set is
/// [+∞, -∞]. Exponentials and logarithms are MPFR's, correctly rounded.
package struct IntervalLanes: LaneArithmetic {
  typealias Number = UnsafeMutablePointer<__mpfr_struct>
  /// Bits of the bounds.
  package let precision: Int
  /// One number, for the products that are compared.
  let scratch: Registers

  package init(precision: Int) {
    self.precision = min(max(precision, Real.precisions.lowerBound), Real.precisions.upperBound)
    scratch = Registers(precision: self.precision, registers: 1, lanes: 1, holdsBalls: false)
  }

  package func run(
    _ instructions: UnsafePointer<LaneInstruction>, _ instructionCount: Int,
    _ slots: UnsafePointer<IntervalOperand>, count: Int,
    _ other: OtherLaneOperation<IntervalOperand>
  ) {
    interpret(instructions, instructionCount, slots, count: count, other)
  }

  package func block(registers: Int, lanes: Int) -> IntervalRegisters {
    IntervalRegisters(precision: precision, registers: registers, lanes: lanes)
  }

  package func slot(
    _ block: IntervalRegisters, _ register: Int, lane: Int, isConstant: Bool
  ) -> IntervalOperand {
    block.operand(register, lane: lane, stride: isConstant ? 0 : 1)
  }

  package func store(_ value: Rational, _ block: IntervalRegisters, _ register: Int, lane: Int) {
    set(block.operand(register, lane: lane)[0], Interval(value, precision: precision))
  }

  package func storePi(_ block: IntervalRegisters, _ register: Int, lane: Int) {
    let c = block.operand(register, lane: lane)[0]
    mpfr_const_pi(c.lower, MPFR_RNDD)
    mpfr_const_pi(c.upper, MPFR_RNDU)
  }

  @inline(__always)
  func unary(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, _ count: Int,
    _ f: (IntervalBounds, IntervalBounds) -> Void
  ) {
    for i in 0..<count { f(c.pointee[i], a.pointee[i]) }
  }

  @inline(__always)
  func binary(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, _ count: Int,
    _ f: (IntervalBounds, IntervalBounds, IntervalBounds) -> Void
  ) {
    for i in 0..<count {
      let (x, y, z) = (a.pointee[i], b.pointee[i], c.pointee[i])
      if x.isEmpty || y.isEmpty { z.setEmpty() } else { f(z, x, y) }
    }
  }

  package func copy(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int
  ) {
    unary(c, a, count) { $0.set($1.lower, $1.upper) }
  }

  package func apply(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>, count: Int,
    _ f: (Interval) -> Interval
  ) {
    unary(c, a, count) { c, a in
      if a.isEmpty { c.setEmpty() } else { set(c, total(f(interval(a)), a.isBounded)) }
    }
  }

  package func apply(
    _ c: UnsafePointer<IntervalOperand>, _ a: UnsafePointer<IntervalOperand>,
    _ b: UnsafePointer<IntervalOperand>, count: Int, _ f: (Interval, Interval) -> Interval
  ) {
    binary(c, a, b, count) {
      set($0, total(f(interval($1), interval($2)), $1.isBounded && $2.isBounded))
    }
  }

  /// The whole line for unbounded values over a bounded set: a pole at its edge, where the function is
  /// not defined, or a value beyond MPFR's range.
  private func total(_ value: Interval, _ isBounded: Bool) -> Interval {
    isBounded && !value.isBounded ? .entire : value
  }

  func interval(_ a: IntervalBounds) -> Interval {
    Interval(
      uncheckedLower: Real.computed(precision: precision) { mpfr_set($0, a.lower, MPFR_RNDD) },
      upper: Real.computed(precision: precision) { mpfr_set($0, a.upper, MPFR_RNDU) })
  }

  func set(_ c: IntervalBounds, _ value: Interval) {
    _ = value.lower.withMPFR { mpfr_set(c.lower, $0, MPFR_RNDD) }
    _ = value.upper.withMPFR { mpfr_set(c.upper, $0, MPFR_RNDU) }
    c.clearSigns()
  }
}
