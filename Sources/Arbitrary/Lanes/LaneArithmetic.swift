import Exact

/// What a compiled form needs of numbers that are computed many points at a time: each operation runs
/// over `count` lanes.
///
/// A slot says where an operand's lanes are, and is handed over by its address; `c` is never one of the
/// operands. Conventions at the
/// edges of domains are those of the conforming type: doubles and MPFR numbers become NaN, balls and
/// intervals empty.
package protocol LaneArithmetic {
  /// Memory for operands.
  associatedtype Block: AnyObject
  /// The lanes of one operand.
  associatedtype Slot

  /// Runs instructions one after the other over `count` lanes.
  func run(
    _ instructions: UnsafePointer<LaneInstruction>, _ instructionCount: Int,
    _ slots: UnsafePointer<Slot>, count: Int, _ other: OtherLaneOperation<Slot>)

  /// Memory for so many operands.
  func block(registers: Int, lanes: Int) -> Block
  /// The lanes of a register from one on; `isConstant` where the first holds for all.
  func slot(_ block: Block, _ register: Int, lane: Int, isConstant: Bool) -> Slot

  /// Sets the first slots to the registers of a block, each from one lane on.
  func place(_ slots: UnsafeMutablePointer<Slot>, _ block: Block, count: Int, lane: Int)

  func store(_ value: Rational, _ block: Block, _ register: Int, lane: Int)
  func storePi(_ block: Block, _ register: Int, lane: Int)

  func add(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int)
  func subtract(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int)
  func multiply(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int)
  func divide(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int)
  func square(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int)
  func squareRoot(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int)
  func exponential(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int)
  func logarithm(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int)
  /// a·2^k.
  func scale(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, by k: Int, count: Int)
  /// -a·2^k.
  func scaleNegated(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, by k: Int, count: Int)
  func negate(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int)
  func absolute(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int)
  func minimum(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int)
  func maximum(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int)
  func copy(_ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int)
  /// The general road for any other function: its enclosure of an interval, empty where it is nowhere
  /// defined, whose middle is the value for numbers without a radius.
  func apply(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, count: Int, _ f: (Interval) -> Interval)
  func apply(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int,
    _ f: (Interval, Interval) -> Interval)
  /// The first operand where the second is not zero. Where the second is zero there is no value, where
  /// it may be zero nothing is known.
  func guardNonzero(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int)
}

extension LaneArithmetic {
  package func place(
    _ slots: UnsafeMutablePointer<Slot>, _ block: Block, count: Int, lane: Int
  ) {
    for k in 0..<count { slots[k] = slot(block, k, lane: lane, isConstant: false) }
  }

  package func guardNonzero(
    _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>, count: Int
  ) {
    apply(c, a, b, count: count) { value, divisor in
      if divisor.isZero { return .empty }
      return divisor.containsZero ? .entire : value
    }
  }
}
