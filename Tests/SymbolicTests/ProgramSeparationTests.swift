import Arbitrary
import Exact
import Testing

@testable import Symbolic

@Suite("Programs in two parts")
struct ProgramSeparationTests {
  private static let symbols = [Symbol("x", .real), Symbol("y", .real), Symbol("z", .real)]

  @Test(
    "what is held and what moves give the value of the whole",
    arguments: [
      "exp(x)*y + sqrt(z^2 + 1)*x", "x + 1", "exp(2) + pi*z", "sin(x*z)/(y^2 + exp(y*z))",
      "max(x, y)*abs(z - exp(1)) - 3/7", "y",
    ])
  func whole(text: String) throws {
    let formula = try Expression(SourceText(text), in: Scope(symbols: Self.symbols))
    let program = try Program([formula], inputs: Self.symbols)
    let point = try [Rational(3, 7), Rational(-5, 4), Rational(11, 3)]
    let box = point.map { Interval($0, precision: 128) }
    let value = try program.enclose(box, precision: 128)[0].re
    for moving in 0..<3 {
      let (fixed, rest) = program.separated(moving: [moving])
      #expect(fixed.inputs == Self.symbols.indices.filter { $0 != moving }.map { Self.symbols[$0] })
      let held = try fixed.enclose(
        box.indices.filter { $0 != moving }.map { box[$0] }, precision: 128
      ).map(\.re)
      #expect(rest.inputs.count == 1 + held.count)
      let image = try rest.enclose([box[moving]] + held, precision: 128)[0].re
      #expect(!image.isDisjoint(from: value))
      #expect(image.width <= Real.scale(value.magnitude, byPowerOfTwo: -100, precision: 53))
      // What is held does not depend on what moves, and what moves is not held.
      #expect(rest.separated(moving: Array(rest.inputs.indices)).fixed.outputCount == 0)
    }
  }

  @Test("outputs are selected in the order given")
  func selection() throws {
    let formulas = try ["x", "x + y", "x*y"].map {
      try Expression(SourceText($0), in: Scope(symbols: Self.symbols))
    }
    let program = try Program(formulas, inputs: Self.symbols).selecting(outputs: [2, 0])
    #expect(program.evaluate([3, 5, 0]) == [15, 3])
    #expect(program.operationCount == 3)
  }
}
