import Arbitrary
import Exact

/// A program on the real line, scheduled for an arena: a flat list of instructions on slots of memory
/// that is reserved before the first point is evaluated.
///
/// The slots are the inputs, the outputs, the constants, each loaded once, and temporaries, which are
/// used again as soon as their last reader has run (linear scan: Poletto, Sarkar, ACM TOPLAS 21 (1999)
/// 895, on straight-line code, where it is optimal). The target of an instruction is never one of its
/// operands. Powers become products and square roots, products with powers of two scalings, which
/// are exact.
///
/// Only programs without the imaginary unit and without the functions of complex numbers' parts have
/// this form. Where a value on the way is not real, as in the square root of a negative number, its
/// arithmetic says so (``LaneArithmetic``).
struct Tape: Sendable {
  typealias Instruction = LaneInstruction
  typealias Operation = LaneInstruction.Operation

  var instructions: [Instruction] = []
  /// What the slots hold, in order: inputs, outputs, constants, temporaries.
  let inputCount: Int
  let outputCount: Int
  let constants: [Constant]
  private(set) var temporaryCount = 0
  /// The numbers that rational powers have as exponents.
  let exponents: [Rational]

  enum Constant: Hashable, Sendable {
    case number(Rational)
    case pi
  }

  var firstOutput: Int { inputCount }
  var firstConstant: Int { inputCount + outputCount }
  var firstTemporary: Int { firstConstant + constants.count }

  /// The schedule of a program; nil where it needs complex numbers.
  init?(_ program: Program) {
    guard let arrangement = Arrangement(program),
      let expansion = TapeExpansion(arrangement, exponents: program.constants)
    else { return nil }
    inputCount = program.inputs.count
    outputCount = program.outputs.count
    constants = expansion.constants
    exponents = program.constants
    schedule(expansion.nodes, outputs: expansion.outputs)
  }

  private mutating func schedule(_ nodes: [TapeExpansion.Node], outputs: [Int]) {
    var lastUse = [Int](repeating: -1, count: nodes.count)
    // A value whose sign was put in later, in one operation more, may have no reader itself.
    var isNeeded = [Bool](repeating: false, count: nodes.count)
    for node in outputs { isNeeded[node] = true }
    for index in nodes.indices.reversed() where isNeeded[index] {
      for operand in nodes[index].operands {
        isNeeded[operand] = true
        lastUse[operand] = max(lastUse[operand], index)
      }
    }
    // The first output of a computed value holds it; further ones are copies.
    var outputOf: [Int: Int] = [:]
    for (k, node) in outputs.enumerated() where nodes[node].isComputed && outputOf[node] == nil {
      outputOf[node] = k
    }
    var slots = [Int](repeating: 0, count: nodes.count)
    var free: [Int] = []
    for (index, node) in nodes.enumerated() where isNeeded[index] {
      switch node.kind {
      case .input(let k): slots[index] = k
      case .constant(let k): slots[index] = firstConstant + k
      case .operation(let operation, let immediate):
        if let k = outputOf[index] {
          slots[index] = firstOutput + k
        } else if let slot = free.popLast() {
          slots[index] = slot
        } else {
          slots[index] = firstTemporary + temporaryCount
          temporaryCount += 1
        }
        instructions.append(
          Instruction(
            operation: operation, target: Int32(slots[index]), first: Int32(slots[node.first]),
            second: Int32(slots[node.second ?? node.first]), immediate: immediate))
        for operand in Set(node.operands)
        where lastUse[operand] == index && nodes[operand].isComputed && outputOf[operand] == nil {
          free.append(slots[operand])
        }
      }
    }
    for (k, node) in outputs.enumerated() where slots[node] != firstOutput + k {
      instructions.append(
        Instruction(
          operation: .copy, target: Int32(firstOutput + k), first: Int32(slots[node]),
          second: Int32(slots[node]), immediate: 0))
    }
  }
}
