/// A block of doubles that are written again and again: registers, each with one number a lane.
///
/// All memory is taken at once, when the block is made. Lane i of register k lies at
/// k·stride + i; the stride is a whole number of cache lines.
///
/// A block belongs to one thread at a time. Sendable is unchecked so that blocks of results may be
/// filled from several threads, each in lanes of its own.
package final class DoubleRegisters: @unchecked Sendable {
  package let registerCount: Int
  package let laneCount: Int
  private let stride: Int
  private let numbers: UnsafeMutablePointer<Double>

  /// Registers that hold +0.
  package init(registers: Int, lanes: Int) {
    registerCount = max(registers, 0)
    laneCount = max(lanes, 1)
    stride = (laneCount + 7) / 8 * 8
    let count = registerCount * stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 8, alignment: 64)
    numbers = memory.bindMemory(to: Double.self, capacity: count)
    numbers.initialize(repeating: 0, count: count)
  }

  deinit { numbers.deallocate() }

  /// Lanes of a register, from one on.
  package func operand(
    _ register: Int, lane: Int = 0, isConstant: Bool = false
  ) -> DoubleOperand {
    DoubleOperand(numbers: numbers + register * stride + lane, isConstant: isConstant)
  }
}

/// Where an operation finds its operand in each lane; a constant is stored once for all.
package struct DoubleOperand {
  package let numbers: UnsafeMutablePointer<Double>
  package let isConstant: Bool

  /// The number in a lane.
  @inline(__always)
  package subscript(lane: Int) -> Double { numbers[isConstant ? 0 : lane] }
}
