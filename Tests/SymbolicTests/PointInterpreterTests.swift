import Exact
import TestSupport
import Testing

@testable import Arbitrary
@testable import Symbolic

/// One point at a time gives the very numbers that many at a time give.
@Suite struct PointInterpreterTests {
  private static let symbols = ["x", "y", "z"].map { Symbol($0) }

  /// Points with zeros, equal and opposite coordinates and far exponents among them.
  private static func coordinate(_ random: inout SeededGenerator) -> Rational {
    let numerator = Integer(Int.random(in: -40...90, using: &random))
    let denominator = Integer(Int.random(in: 1...12, using: &random))
    let value = (try? Rational(numerator, denominator)) ?? 0
    let far = Rational(Integer(1) << Int.random(in: 0...90, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return value * far
    case 1: return (try? value / far) ?? 0
    default: return value
    }
  }

  private static func number(_ table: RealTable, _ lane: Int) -> [Int] {
    let registers = table.registers
    return (0..<registers.registerCount).flatMap { k in
      let operand = registers.operand(k, lane: lane)
      let number = operand.numbers.pointee
      // Zero, NaN and infinities have no limbs, NaN no sign.
      if number._mpfr_exp <= Lane.leastRegularExponent {
        let isNaN = number._mpfr_exp == Lane.zeroExponent + 1
        return [number._mpfr_exp, isNaN ? 0 : Int(number._mpfr_sign)]
      }
      let limbs = (0..<registers.limbCount).map { Int(bitPattern: operand.limbs[$0]) }
      return [number._mpfr_exp, Int(number._mpfr_sign)] + limbs
    }
  }

  /// How many rows differ between lanes and single points, with each instruction changed by `change`.
  private static func differences(
    seed: UInt64, precision: Int, programs: Int, change: (inout LaneInstruction) -> Void = { _ in }
  ) throws -> Int {
    var random = SeededGenerator(seed: seed)
    var differences = 0
    for _ in 0..<programs {
      let expressions = (0..<2).map { _ in TapeTests.expression(symbols, &random, depth: 5) }
      guard let program = try? Program(expressions, inputs: symbols),
        let batch = try? RealBatch(program, precision: precision, lanes: 8)
      else { continue }
      let points = batch.points(8)
      for row in 0..<8 {
        for column in 0..<3 { points.set(coordinate(&random), row: row, column: column) }
      }
      let (together, alone) = (batch.values(8), batch.values(8))
      batch.runner.run(points.registers, together.registers, lanes: 0..<8)
      let tape = batch.runner.tape
      var instructions = tape.instructions
      for index in instructions.indices { change(&instructions[index]) }
      let interpreter = try #require(
        PointInterpreter(
          batch.runner.arithmetic, instructions, inputs: 3, outputs: 2,
          constants: batch.runner.constants, constantCount: tape.constants.count,
          slotCount: tape.firstTemporary + tape.temporaryCount))
      for row in 0..<8 {
        interpreter.run(points.registers, alone.registers, lane: row) {
          batch.runner.other($0, $1, $2, $3, $4)
        }
        if number(together, row) != number(alone, row) { differences += 1 }
      }
    }
    return differences
  }

  @Test(arguments: [2, 24, 53, 62, 65, 100, 113, 122, 123, 126])
  func everyBitIsTheSame(precision: Int) throws {
    #expect(try Self.differences(seed: UInt64(precision), precision: precision, programs: 60) == 0)
  }

  @Test func anotherOperationIsNoticed() throws {
    let changes: [(LaneInstruction.Operation, LaneInstruction.Operation)] = [
      (.add, .subtract), (.subtract, .add), (.multiply, .divide), (.square, .copy),
      (.scale, .scaleNegated),
    ]
    for (old, new) in changes {
      let found = try Self.differences(seed: 3, precision: 113, programs: 40) {
        if $0.operation == old { $0.operation = new }
      }
      #expect(found > 0, "\(old)")
    }
  }

  @Test func widePrecisionsHaveNone() throws {
    let lanes = RealLanes(precision: 127)
    let constants = lanes.block(registers: 1, lanes: 1)
    #expect(
      PointInterpreter(
        lanes, [], inputs: 0, outputs: 0, constants: constants, constantCount: 0, slotCount: 0)
        == nil)
  }
}
