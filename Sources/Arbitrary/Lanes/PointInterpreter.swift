import CMPFR

/// Runs instructions at one point at a time, in floats of at most two limbs: the operations of
/// ``RealLanes``, bit for bit, without what lanes cost where there is but one.
///
/// All operands lie in one small arena and instructions hold their addresses, so that nothing is
/// computed to find them; sums, products, scalings and comparisons of regular numbers are in the loop
/// itself. All else is left to ``RealLanes``, which finds the same numbers through slots.
package final class PointInterpreter {
  private let lanes: RealLanes
  private let arena: PointArena
  private let instructions: UnsafeMutablePointer<PointInstruction>
  private let instructionCount: Int
  private let originals: UnsafeMutablePointer<LaneInstruction>
  private let slots: UnsafeMutablePointer<LaneOperand>
  private let inputCount: Int
  private let outputCount: Int

  /// An instruction with the places of its operands.
  private struct PointInstruction {
    var operation: LaneInstruction.Operation
    var immediate: Int32
    var target: PointArena.Number
    var first: PointArena.Number
    var second: PointArena.Number
  }

  /// Slots are inputs, outputs, constants and temporaries, in this order.
  ///
  /// Returns nil for precisions whose sums and products do not fit a ``Significand``.
  package init?(
    _ lanes: RealLanes, _ instructions: [LaneInstruction], inputs: Int, outputs: Int,
    constants: Registers, constantCount: Int, slotCount: Int
  ) {
    guard lanes.width != .wide else { return nil }
    self.lanes = lanes
    inputCount = inputs
    outputCount = outputs
    instructionCount = instructions.count
    arena = PointArena(precision: lanes.precision, count: slotCount)
    slots = .allocate(capacity: slotCount)
    originals = .allocate(capacity: instructions.count)
    self.instructions = .allocate(capacity: instructions.count)
    for i in 0..<slotCount {
      (slots + i).initialize(
        to: LaneOperand(
          numbers: arena.number(i), limbs: arena.limbs(i), radii: nil, stride: 0))
    }
    for k in 0..<constantCount {
      mpfr_set(arena.number(inputs + outputs + k), constants.operand(k).numbers, MPFR_RNDN)
    }
    for (index, instruction) in instructions.enumerated() {
      (originals + index).initialize(to: instruction)
      (self.instructions + index).initialize(
        to: PointInstruction(
          operation: instruction.operation, immediate: instruction.immediate,
          target: arena.numbers + Int(instruction.target),
          first: arena.numbers + Int(instruction.first),
          second: arena.numbers + Int(instruction.second)))
    }
  }

  deinit {
    slots.deallocate()
    originals.deallocate()
    instructions.deallocate()
  }

  /// Evaluates at the point in one lane of `inputs`; results go to the same lane of `outputs`.
  package func run(
    _ inputs: Registers, _ outputs: Registers, lane: Int, _ other: OtherLaneOperation<LaneOperand>
  ) {
    if lanes.width == .twoLimbs {
      run(UInt128.self, inputs, outputs, lane: lane, other)
    } else {
      run(UInt.self, inputs, outputs, lane: lane, other)
    }
  }

  @inline(__always)
  private func run<W: Significand>(
    _ word: W.Type, _ inputs: Registers, _ outputs: Registers, lane: Int,
    _ other: OtherLaneOperation<LaneOperand>
  ) {
    let n = W.limbCount
    var place = lane
    for k in 0..<inputCount {
      let c = arena.numbers + k
      c.pointee.number._mpfr_sign = inputs.numbers[place]._mpfr_sign
      c.pointee.number._mpfr_exp = inputs.numbers[place]._mpfr_exp
      store(W.load(inputs.limbs + n &* place), c)
      place &+= inputs.laneCount
    }
    interpret(W.self, other)
    place = lane
    for k in inputCount..<inputCount &+ outputCount {
      let a = arena.numbers + k
      outputs.numbers[place]._mpfr_sign = a.pointee.number._mpfr_sign
      outputs.numbers[place]._mpfr_exp = a.pointee.number._mpfr_exp
      load(W.self, a).store(outputs.limbs + n &* place)
      place &+= outputs.laneCount
    }
  }

  @inline(__always)
  private func load<W: Significand>(_ word: W.Type, _ a: PointArena.Number) -> W {
    W.load(
      (UnsafeMutableRawPointer(a) + PointNumber.limbOffset).assumingMemoryBound(to: UInt.self))
  }

  @inline(__always)
  private func store<W: Significand>(_ value: W, _ c: PointArena.Number) {
    value.store(
      (UnsafeMutableRawPointer(c) + PointNumber.limbOffset).assumingMemoryBound(to: UInt.self))
  }

  @inline(__always)
  private func interpret<W: Significand>(
    _ word: W.Type, _ other: OtherLaneOperation<LaneOperand>
  ) {
    let last = LastPlace<W>(precision: lanes.precision)
    let first = instructions
    for index in 0..<instructionCount {
      let instruction = first + index
      let c = instruction.pointee.target
      let a = instruction.pointee.first
      let b = instruction.pointee.second
      let isDone: Bool
      switch instruction.pointee.operation {
      case .add: isDone = sum(c, a, b, flip: 1, last)
      case .subtract: isDone = sum(c, a, b, flip: -1, last)
      case .multiply, .square: isDone = product(c, a, b, last)
      case .scale: isDone = scale(W.self, c, a, by: instruction.pointee.immediate, flip: 1)
      case .scaleNegated:
        isDone = scale(W.self, c, a, by: instruction.pointee.immediate, flip: -1)
      case .negate: isDone = scale(W.self, c, a, by: 0, flip: -1)
      case .copy: isDone = scale(W.self, c, a, by: 0, flip: 1)
      case .minimum: isDone = choose(W.self, c, a, b, flip: -1)
      case .maximum: isDone = choose(W.self, c, a, b, flip: 1)
      default: isDone = false
      }
      if _slowPath(!isDone) {
        lanes.run(originals + index, 1, slots, count: 1, other)
      }
    }
  }

  @inline(__always)
  private func sum<W: Significand>(
    _ c: PointArena.Number, _ a: PointArena.Number, _ b: PointArena.Number, flip: Int32,
    _ last: LastPlace<W>
  ) -> Bool {
    let (ea, eb) = (a.pointee.number._mpfr_exp, b.pointee.number._mpfr_exp)
    guard ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent else { return false }
    let r = W.roundedSum(
      load(W.self, a), ea, a.pointee.number._mpfr_sign,
      load(W.self, b), eb, b.pointee.number._mpfr_sign &* flip, last)
    guard r.value != 0, Lane.isInRange(r.exponent) else { return false }
    store(r.value, c)
    c.pointee.number._mpfr_exp = r.exponent
    c.pointee.number._mpfr_sign = r.sign
    return true
  }

  @inline(__always)
  private func product<W: Significand>(
    _ c: PointArena.Number, _ a: PointArena.Number, _ b: PointArena.Number,
    _ last: LastPlace<W>
  ) -> Bool {
    let (ea, eb) = (a.pointee.number._mpfr_exp, b.pointee.number._mpfr_exp)
    guard ea > Lane.leastRegularExponent, eb > Lane.leastRegularExponent else { return false }
    let r = W.roundedProduct(load(W.self, a), load(W.self, b), last)
    let e = ea &+ eb &+ r.shift
    guard Lane.isInRange(e) else { return false }
    store(r.value, c)
    c.pointee.number._mpfr_exp = e
    c.pointee.number._mpfr_sign = a.pointee.number._mpfr_sign &* b.pointee.number._mpfr_sign
    return true
  }

  /// ±a·2^k.
  @inline(__always)
  private func scale<W: Significand>(
    _ word: W.Type, _ c: PointArena.Number, _ a: PointArena.Number, by k: Int32, flip: Int32
  ) -> Bool {
    let e = a.pointee.number._mpfr_exp
    let scaled = e &+ Int(k)
    guard e > Lane.leastRegularExponent, Lane.isInRange(e), Lane.isInRange(scaled) else {
      return false
    }
    store(load(W.self, a), c)
    c.pointee.number._mpfr_exp = scaled
    c.pointee.number._mpfr_sign = a.pointee.number._mpfr_sign &* flip
    return true
  }

  /// The greater of two numbers, or with `flip` -1 the smaller, where their signs or exponents decide:
  /// regular numbers and zero.
  @inline(__always)
  private func choose<W: Significand>(
    _ word: W.Type, _ c: PointArena.Number, _ a: PointArena.Number, _ b: PointArena.Number,
    flip: Int32
  ) -> Bool {
    let (ea, eb) = (a.pointee.number._mpfr_exp, b.pointee.number._mpfr_exp)
    let (sa, sb) = (a.pointee.number._mpfr_sign, b.pointee.number._mpfr_sign)
    let taken: PointArena.Number
    if ea > Lane.leastRegularExponent {
      if eb > Lane.leastRegularExponent {
        guard sa != sb else { return false }
        taken = sa == flip ? a : b
      } else {
        guard mpfrIsZero(b) else { return false }
        taken = sa == flip ? a : b
      }
    } else {
      guard mpfrIsZero(a), eb > Lane.leastRegularExponent else { return false }
      taken = sb == flip ? b : a
    }
    store(load(W.self, taken), c)
    c.pointee.number._mpfr_exp = taken.pointee.number._mpfr_exp
    c.pointee.number._mpfr_sign = taken.pointee.number._mpfr_sign
    return true
  }

  @inline(__always)
  private func mpfrIsZero(_ a: PointArena.Number) -> Bool {
    a.pointee.number._mpfr_exp == Lane.zeroExponent
  }
}
