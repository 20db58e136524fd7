import CMPFR

/// A block of MPFR numbers that are written again and again: registers, each with one number a lane.
///
/// All memory is taken at once, when the block is made; operations on it allocate nothing. The numbers
/// of one register lie side by side, their limbs too: lane i of register k has its limbs at
/// `limbs + (k·laneCount + i)·limbCount`, which `_mpfr_d` says as well. Every number keeps the precision
/// of the block; nothing in the library moves or reallocates the limbs. A block that holds balls has a
/// radius beside each number.
///
/// A block belongs to one thread at a time. Sendable is unchecked so that blocks of results may be
/// filled from several threads, each in lanes of its own.
package final class Registers: @unchecked Sendable {
  package let precision: Int
  package let registerCount: Int
  package let laneCount: Int
  /// The number of 64-bit limbs of each number.
  package let limbCount: Int
  let numbers: UnsafeMutablePointer<__mpfr_struct>
  let limbs: UnsafeMutablePointer<UInt>
  let radii: UnsafeMutablePointer<Magnitude>
  let holdsBalls: Bool

  /// Registers that hold +0.
  ///
  /// - Complexity: O(registers·lanes·precision).
  package init(precision: Int, registers: Int, lanes: Int, holdsBalls: Bool) {
    self.precision = min(max(precision, Real.precisions.lowerBound), Real.precisions.upperBound)
    registerCount = max(registers, 0)
    laneCount = max(lanes, 1)
    limbCount = (self.precision + 63) / 64
    let count = registerCount * laneCount
    numbers = .allocate(capacity: count)
    limbs = .allocate(capacity: count * limbCount)
    limbs.initialize(repeating: 0, count: count * limbCount)
    self.holdsBalls = holdsBalls
    radii = .allocate(capacity: holdsBalls ? count : 0)
    if holdsBalls { radii.initialize(repeating: .zero, count: count) }
    for i in 0..<count {
      (numbers + i).initialize(
        to: __mpfr_struct(
          _mpfr_prec: self.precision, _mpfr_sign: 1, _mpfr_exp: 0, _mpfr_d: limbs + i * limbCount))
      mpfr_set_zero(numbers + i, 1)
    }
  }

  deinit {
    numbers.deallocate()
    limbs.deallocate()
    radii.deallocate()
  }

  /// Lanes of a register, from one on.
  package func operand(_ register: Int, lane: Int = 0, stride: Int = 1) -> LaneOperand {
    let first = register * laneCount + lane
    return LaneOperand(
      numbers: numbers + first, limbs: limbs + first * limbCount,
      radii: holdsBalls ? radii + first : nil, stride: stride)
  }

  /// The first registers from one lane on, one after the other.
  func place(_ slots: UnsafeMutablePointer<LaneOperand>, count: Int, lane: Int) {
    var first = lane
    for k in 0..<count {
      slots[k] = LaneOperand(
        numbers: numbers + first, limbs: limbs + first &* limbCount,
        radii: holdsBalls ? radii + first : nil, stride: 1)
      first &+= laneCount
    }
  }
}

/// Where an operation finds its operand in each lane: lane i at i·`stride`. A constant, the same in
/// every lane, is stored once and has stride 0.
package struct LaneOperand {
  var numbers: UnsafeMutablePointer<__mpfr_struct>
  var limbs: UnsafeMutablePointer<UInt>
  var radii: UnsafeMutablePointer<Magnitude>?
  var stride: Int
}
