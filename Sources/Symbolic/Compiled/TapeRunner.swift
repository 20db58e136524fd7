import Arbitrary
import Exact

/// Runs a ``Tape`` in one arithmetic at a fixed number of points at a time, operation by operation: the
/// outer loop is over instructions, the inner one over lanes, so that what an instruction costs beyond
/// its arithmetic is shared by the lanes. Nothing is allocated while it runs, except by the general
/// road of functions.
///
/// A runner belongs to one thread at a time.
final class TapeRunner<A: LaneArithmetic> {
  let tape: Tape
  let arithmetic: A
  /// The greatest number of points at a time.
  let laneCount: Int
  let constants: A.Block
  private let temporaries: A.Block
  private let slots: UnsafeMutablePointer<A.Slot>
  private let slotCount: Int
  private let instructions: UnsafeMutablePointer<Tape.Instruction>
  private let instructionCount: Int
  private let inputCount: Int
  private let outputCount: Int
  private let enclosing: EnclosingArithmetic
  private let functions: Functions?

  /// What an arithmetic does itself of the operations that would take the road through enclosures.
  typealias Functions = OtherLaneOperation<A.Slot>

  init(
    _ tape: Tape, _ arithmetic: A, precision: Int, lanes: Int, functions: Functions? = nil
  ) {
    self.functions = functions
    self.tape = tape
    self.arithmetic = arithmetic
    laneCount = max(lanes, 1)
    enclosing = EnclosingArithmetic(precision: precision + 32)
    constants = arithmetic.block(registers: max(tape.constants.count, 1), lanes: 1)
    temporaries = arithmetic.block(registers: max(tape.temporaryCount, 1), lanes: laneCount)
    slotCount = tape.firstTemporary + tape.temporaryCount
    slots = .allocate(capacity: slotCount)
    instructionCount = tape.instructions.count
    inputCount = tape.inputCount
    outputCount = tape.outputCount
    instructions = .allocate(capacity: instructionCount)
    for (index, instruction) in tape.instructions.enumerated() {
      (instructions + index).initialize(to: instruction)
    }
    let unset = arithmetic.slot(temporaries, 0, lane: 0, isConstant: false)
    slots.initialize(repeating: unset, count: slotCount)
    for (k, constant) in tape.constants.enumerated() {
      switch constant {
      case .number(let value): arithmetic.store(value, constants, k, lane: 0)
      case .pi: arithmetic.storePi(constants, k, lane: 0)
      }
      slots[tape.firstConstant + k] = arithmetic.slot(constants, k, lane: 0, isConstant: true)
    }
    for k in 0..<tape.temporaryCount {
      slots[tape.firstTemporary + k] = arithmetic.slot(temporaries, k, lane: 0, isConstant: false)
    }
  }

  deinit {
    slots.deinitialize(count: slotCount)
    slots.deallocate()
    instructions.deallocate()
  }

  /// Evaluates at the points of `inputs` from `first` on; results go to the same lanes of `outputs`.
  ///
  /// - Precondition: the blocks have a register for every input and output and the lanes named.
  func run(_ inputs: A.Block, _ outputs: A.Block, lanes: Range<Int>) {
    var first = lanes.lowerBound
    while first < lanes.upperBound {
      let count = min(laneCount, lanes.upperBound - first)
      arithmetic.place(slots, inputs, count: inputCount, lane: first)
      arithmetic.place(slots + inputCount, outputs, count: outputCount, lane: first)
      run(count: count)
      first += count
    }
  }

  private func run(count: Int) {
    arithmetic.run(instructions, instructionCount, slots, count: count) {
      other($0, $1, $2, $3, $4)
    }
  }

  /// What the arithmetic has no operation for.
  func other(
    _ instruction: Tape.Instruction, _ c: UnsafePointer<A.Slot>, _ a: UnsafePointer<A.Slot>,
    _ b: UnsafePointer<A.Slot>, _ count: Int
  ) {
    if let functions {
      functions(instruction, c, a, b, count)
    } else {
      general(instruction, c, a, b, count)
    }
  }

  /// The road through enclosures in the complex plane: the whole line where the values may be real and
  /// may not, or are not all defined, the empty set where they surely are not.
  private func general(
    _ instruction: Tape.Instruction, _ c: UnsafePointer<A.Slot>, _ a: UnsafePointer<A.Slot>,
    _ b: UnsafePointer<A.Slot>, _ count: Int
  ) {
    let enclosing = enclosing
    let immediate = Int(instruction.immediate)
    func real(
      isPartial: Bool = false, _ value: () throws -> ComplexInterval
    ) -> Interval {
      guard let value = try? value() else { return .empty }
      if isPartial { return .entire }
      if value.isReal { return value.re }
      return value.im.containsZero ? .entire : .empty
    }
    switch instruction.operation {
    case .power:
      arithmetic.apply(c, a, b, count: count) { x, y in
        // A power of zero is defined for positive exponents.
        real(isPartial: x.containsZero && y.lower.signum <= 0 && !(x.isPoint && y.isPoint)) {
          try enclosing.power(ComplexInterval(real: x), ComplexInterval(real: y))
        }
      }
    case .atan2:
      arithmetic.apply(c, a, b, count: count) { y, x in
        // The origin has no angle; alone it throws.
        real(isPartial: x.containsZero && y.containsZero) {
          try enclosing.atan2(y: ComplexInterval(real: y), x: ComplexInterval(real: x))
        }
      }
    case .besselJ:
      arithmetic.apply(c, a, count: count) { x in
        real { try enclosing.besselJ(order: immediate, ComplexInterval(real: x)) }
      }
    case .integerPower:
      arithmetic.apply(c, a, count: count) { x in
        real { try enclosing.power(ComplexInterval(real: x), immediate) }
      }
    case .rationalPower:
      let exponent = tape.exponents[immediate]
      arithmetic.apply(c, a, count: count) { x in
        real { try enclosing.power(ComplexInterval(real: x), exponent) }
      }
    default:
      let function = Function.allCases[immediate]
      arithmetic.apply(c, a, count: count) { x in
        // The whole line may stand for a value that is not real, whose imaginary part is not zero.
        real(isPartial: function == .arg && x.containsZero || function == .im && !x.isBounded) {
          try enclosing.apply(function, ComplexInterval(real: x))
        }
      }
    }
  }
}
