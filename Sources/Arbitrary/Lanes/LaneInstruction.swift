/// One operation of a schedule over slots; see ``LaneArithmetic/run(_:_:_:count:_:)``.
package struct LaneInstruction: Sendable {
  package var operation: Operation
  /// Slots.
  package var target: Int32
  package var first: Int32
  package var second: Int32
  /// The exponent of a scaling or power, the place of a constant, the index of a function, or the
  /// order of a Bessel function.
  package var immediate: Int32

  package init(
    operation: Operation, target: Int32, first: Int32, second: Int32, immediate: Int32
  ) {
    self.operation = operation
    self.target = target
    self.first = first
    self.second = second
    self.immediate = immediate
  }

  package enum Operation: UInt8, Sendable {
    case add, subtract, multiply, divide
    case square, squareRoot, exponential, logarithm
    case scale, scaleNegated, negate, absolute, minimum, maximum, copy
    /// The first operand where the second is not zero.
    case guardNonzero
    /// A function of one argument by its general road.
    case function
    case integerPower, rationalPower, power, atan2, besselJ
  }
}

/// What runs an operation that ``LaneArithmetic`` has no method for.
package typealias OtherLaneOperation<Slot> = (
  LaneInstruction, _ c: UnsafePointer<Slot>, _ a: UnsafePointer<Slot>, _ b: UnsafePointer<Slot>,
  _ count: Int
) -> Void

extension LaneArithmetic {
  /// The loop over instructions, for each arithmetic to make its own ``run(_:_:_:count:_:)`` of: in this
  /// module, so that it is specialised and its operations are called directly.
  @inline(__always)
  func interpret(
    _ instructions: UnsafePointer<LaneInstruction>, _ instructionCount: Int,
    _ slots: UnsafePointer<Slot>, count: Int, _ other: OtherLaneOperation<Slot>
  ) {
    for index in 0..<instructionCount {
      let instruction = instructions + index
      let c = slots + Int(instruction.pointee.target)
      let a = slots + Int(instruction.pointee.first)
      let b = slots + Int(instruction.pointee.second)
      switch instruction.pointee.operation {
      case .add: add(c, a, b, count: count)
      case .subtract: subtract(c, a, b, count: count)
      case .multiply: multiply(c, a, b, count: count)
      case .divide: divide(c, a, b, count: count)
      case .square: square(c, a, count: count)
      case .squareRoot: squareRoot(c, a, count: count)
      case .exponential: exponential(c, a, count: count)
      case .logarithm: logarithm(c, a, count: count)
      case .scale: scale(c, a, by: Int(instruction.pointee.immediate), count: count)
      case .scaleNegated: scaleNegated(c, a, by: Int(instruction.pointee.immediate), count: count)
      case .negate: negate(c, a, count: count)
      case .absolute: absolute(c, a, count: count)
      case .minimum: minimum(c, a, b, count: count)
      case .maximum: maximum(c, a, b, count: count)
      case .copy: copy(c, a, count: count)
      case .guardNonzero: guardNonzero(c, a, b, count: count)
      case .function, .integerPower, .rationalPower, .power, .atan2, .besselJ:
        other(instruction.pointee, c, a, b, count)
      }
    }
  }
}
