import CVector
import Exact
import Foundation

/// Operations on doubles, each rounded to nearest; NaN where there is no real value, and for a
/// division by zero or the logarithm of zero, since the formulas do not know signed infinities.
///
/// Arithmetic is done in vectors, by the loops of `CVector`; exponentials and logarithms are the
/// platform's.
package struct DoubleLanes: LaneArithmetic {
  /// Whether to use the loops for processors with vectors of four numbers. No bit depends on it.
  private let isWide: Int32

  package init() { isWide = sx_has_wide_vectors() }

  /// The loops that every processor has.
  package init(narrow: Void) { isWide = 0 }

  package func run(
    _ instructions: UnsafePointer<LaneInstruction>, _ instructionCount: Int,
    _ slots: UnsafePointer<DoubleOperand>, count: Int,
    _ other: OtherLaneOperation<DoubleOperand>
  ) {
    interpret(instructions, instructionCount, slots, count: count, other)
  }

  package func block(registers: Int, lanes: Int) -> DoubleRegisters {
    DoubleRegisters(registers: registers, lanes: lanes)
  }

  package func slot(
    _ block: DoubleRegisters, _ register: Int, lane: Int, isConstant: Bool
  ) -> DoubleOperand {
    block.operand(register, lane: lane, isConstant: isConstant)
  }

  package func store(_ value: Rational, _ block: DoubleRegisters, _ register: Int, lane: Int) {
    block.operand(register, lane: lane).numbers.pointee = value.approximateDouble
  }

  package func storePi(_ block: DoubleRegisters, _ register: Int, lane: Int) {
    block.operand(register, lane: lane).numbers.pointee = .pi
  }

  @inline(__always)
  private func unary(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, _ count: Int,
    _ f: (Double) -> Double
  ) {
    let (to, from) = (c.pointee.numbers, a.pointee.numbers)
    if a.pointee.isConstant {
      let value = f(from[0])
      for i in 0..<count { to[i] = value }
    } else {
      for i in 0..<count { to[i] = f(from[i]) }
    }
  }

  package func add(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    sx_add(
      isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, b.pointee.numbers,
      b.pointee.step, count)
  }

  package func subtract(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    sx_subtract(
      isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, b.pointee.numbers,
      b.pointee.step, count)
  }

  package func multiply(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    sx_multiply(
      isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, b.pointee.numbers,
      b.pointee.step, count)
  }

  package func divide(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    sx_divide(
      isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, b.pointee.numbers,
      b.pointee.step, count)
  }

  package func square(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    multiply(c, a, a, count: count)
  }

  package func squareRoot(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    let (numbers, step) = (a.pointee.numbers, a.pointee.step)
    sx_root(isWide, c.pointee.numbers, numbers, step, numbers, step, count)
  }

  package func exponential(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    unary(c, a, count) { Foundation.exp($0) }
  }

  package func logarithm(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    unary(c, a, count) { $0 == 0 ? .nan : Foundation.log($0) }
  }

  package func scale(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, by k: Int, count: Int
  ) {
    scale(c, a, by: k, .plus, count)
  }

  package func scaleNegated(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, by k: Int, count: Int
  ) {
    scale(c, a, by: k, .minus, count)
  }

  private func scale(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, by k: Int,
    _ sign: FloatingPointSign, _ count: Int
  ) {
    // 2^k itself is a number, and the product is rounded once.
    if k >= -1022, k <= 1023 {
      let factor = Double(sign: sign, exponent: k, significand: 1)
      withUnsafePointer(to: factor) {
        sx_multiply(isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, $0, 0, count)
      }
    } else {
      unary(c, a, count) { Foundation.scalbn(sign == .plus ? $0 : -$0, k) }
    }
  }

  package func guardNonzero(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    sx_guard_nonzero(
      isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, b.pointee.numbers,
      b.pointee.step, count)
  }

  package func negate(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    let (numbers, step) = (a.pointee.numbers, a.pointee.step)
    sx_negate(isWide, c.pointee.numbers, numbers, step, numbers, step, count)
  }

  package func absolute(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    unary(c, a, count) { Swift.abs($0) }
  }

  package func minimum(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    sx_minimum(
      isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, b.pointee.numbers,
      b.pointee.step, count)
  }

  package func maximum(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    sx_maximum(
      isWide, c.pointee.numbers, a.pointee.numbers, a.pointee.step, b.pointee.numbers,
      b.pointee.step, count)
  }

  package func copy(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    unary(c, a, count) { $0 }
  }

  package func apply(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int,
    _ f: (Interval) -> Interval
  ) {
    for i in 0..<count { c.pointee.numbers[i] = middle(f(point(a.pointee[i]))) }
  }

  package func apply(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int, _ f: (Interval, Interval) -> Interval
  ) {
    for i in 0..<count {
      c.pointee.numbers[i] = middle(f(point(a.pointee[i]), point(b.pointee[i])))
    }
  }

  private func point(_ x: Double) -> Interval { x.isFinite ? Interval(x) : .empty }

  /// The middle of an enclosure; NaN for the empty set and where a bound is missing.
  private func middle(_ x: Interval) -> Double {
    x.isEmpty || !x.isBounded ? .nan : Double(x.midpoint)
  }
}
