import Exact
import Foundation

/// Operations on doubles, each rounded to nearest; NaN where there is no real value, and for a
/// division by zero or the logarithm of zero, since the formulas do not know signed infinities.
///
/// Every loop runs over contiguous numbers, has constants outside and chooses by select, so that the
/// compiler turns it into vector instructions; exponentials and logarithms are the platform's.
package struct DoubleLanes: LaneArithmetic {
  package init() {}

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

  @inline(__always)
  private func binary(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, _ count: Int, _ f: (Double, Double) -> Double
  ) {
    let (to, x, y) = (c.pointee.numbers, a.pointee.numbers, b.pointee.numbers)
    if a.pointee.isConstant {
      let value = x[0]
      if b.pointee.isConstant {
        let result = f(value, y[0])
        for i in 0..<count { to[i] = result }
      } else {
        for i in 0..<count { to[i] = f(value, y[i]) }
      }
    } else if b.pointee.isConstant {
      let value = y[0]
      for i in 0..<count { to[i] = f(x[i], value) }
    } else {
      for i in 0..<count { to[i] = f(x[i], y[i]) }
    }
  }

  package func add(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    binary(c, a, b, count) { $0 + $1 }
  }

  package func subtract(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    binary(c, a, b, count) { $0 - $1 }
  }

  package func multiply(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    binary(c, a, b, count) { $0 * $1 }
  }

  package func divide(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    binary(c, a, b, count) { $1 == 0 ? .nan : $0 / $1 }
  }

  package func square(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    unary(c, a, count) { $0 * $0 }
  }

  package func squareRoot(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    unary(c, a, count) { $0.squareRoot() }
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
    // 2^k itself is a number, and the product is rounded once.
    if k >= -1022, k <= 1023 {
      let factor = Double(sign: .plus, exponent: k, significand: 1)
      unary(c, a, count) { $0 * factor }
    } else {
      unary(c, a, count) { Foundation.scalbn($0, k) }
    }
  }

  package func negate(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>, count: Int
  ) {
    unary(c, a, count) { -$0 }
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
    binary(c, a, b, count) {
      let lesser = $1 < $0 ? $1 : $0
      return $1 == $1 ? lesser : $1
    }
  }

  package func maximum(
    _ c: UnsafePointer<DoubleOperand>, _ a: UnsafePointer<DoubleOperand>,
    _ b: UnsafePointer<DoubleOperand>, count: Int
  ) {
    binary(c, a, b, count) {
      let greater = $1 >= $0 ? $1 : $0
      return $1 == $1 ? greater : $1
    }
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
