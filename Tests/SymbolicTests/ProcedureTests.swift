import Arbitrary
import Exact
import Synchronization
import Testing

@testable import Symbolic

/// x ↦ x² and x ↦ i·(x + y), as something that only a computation knows.
private final class Counted: ProcedureBody {
  let calls = Mutex(0)
  let hasDoubles: Bool

  init(hasDoubles: Bool) { self.hasDoubles = hasDoubles }

  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational]?, precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    calls.withLock { $0 += 1 }
    if arguments[0].re.upper.signum < 0 { throw .domain("a negative first argument") }
    let square = Interval.sqr(arguments[0].re, precision: precision)
    let sum = Interval.add(arguments[0].re, arguments[1].re, precision: precision)
    return [ComplexInterval(real: square), ComplexInterval(imaginary: sum)]
  }

  func approximate(_ arguments: [Double]) -> [Double]? {
    hasDoubles ? [arguments[0] * arguments[0], .nan] : nil
  }
}

struct ProcedureTests {
  let x = Symbol("x", .real)
  let y = Symbol("y", .real)
  private let body = Counted(hasDoubles: false)
  let procedure: Procedure
  let square: Expression
  let turned: Expression

  init() throws {
    procedure = Procedure(
      "P", parameters: ["x", "y"], components: [("1", true), ("2", false)], body: body)
    let arguments = [x.expression, y.expression]
    let first = try #require(procedure.component(0))
    let second = try #require(procedure.component(1))
    square = try #require(Expression.applying(first, to: arguments))
    turned = try #require(Expression.applying(second, to: arguments))
  }

  private func enclosure(_ f: Expression, x a: Rational, y b: Rational) throws -> ComplexInterval {
    try Program([f], inputs: [x, y]).enclose(
      [Interval(a, precision: 80), Interval(b, precision: 80)], precision: 80)[0]
  }

  @Test func hasValuesInFormulas() throws {
    let value = try enclosure(2 * square - turned.power(2), x: 3, y: 4)
    #expect(value.re.contains(Real(67)))
    #expect(!value.re.contains(Real(66)))
  }

  @Test func allComponentsOfAPointCostOneCall() throws {
    _ = try enclosure(square + turned, x: 3, y: 4)
    #expect(body.calls.withLock { $0 } == 1)
    _ = try enclosure(square + turned, x: 3, y: 5)
    #expect(body.calls.withLock { $0 } == 2)
  }

  @Test func substitutionReachesTheArguments() throws {
    let moved = square.substituting([x: y.expression + 1])
    #expect(moved.freeSymbols == [y])
    #expect(try enclosure(moved, x: 100, y: 2).re.contains(Real(9)))
    #expect(moved.description == "(P[1] with x = y + 1)")
    #expect(square.description == "P[1]")
  }

  @Test func equalsItselfAndNothingElse() throws {
    #expect(try NormalForm(square - square).value.re.isZero)
    let other = square.substituting([x: y.expression])
    #expect(try !NormalForm(square - other).value.re.isZero)
    #expect(try !NormalForm(square - turned).value.re.isZero)
    // The computation knows that the first component is x²; algebra does not.
    if case .zero = ZeroTest().decide(square - x.expression.power(2)) {
      Issue.record("nothing proves this")
    }
    guard case .nonzero = ZeroTest().decide(square - x.expression.power(2) - 1) else {
      Issue.record("values differ, which enclosures show")
      return
    }
  }

  @Test func calculusAndAlgebraRefuse() throws {
    #expect(throws: SymbolicError.noFormula("P[1]")) { try square.derivative(by: x) }
    #expect(try square.derivative(by: Symbol("z", .real)).isLiteralZero)
    #expect(throws: SymbolicError.self) { try square.python() }
    #expect(throws: (any Error).self) { try Limit.of(square, as: x, to: .infinity) }
  }

  @Test func whatHasNoValueIsAnError() throws {
    #expect(throws: ArithmeticError.self) { try enclosure(square, x: -1, y: 0) }
  }

  @Test func picturesHaveDoubles() throws {
    let program = try Program([square], inputs: [x, y])
    let columns = [[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]
    #expect(program.evaluate(columns: columns) == [[1, 4, 9]])
    let fast = Counted(hasDoubles: true)
    let second = Procedure(
      "Q", parameters: ["x", "y"], components: [("", true), ("", false)], body: fast)
    let component = try #require(second.component(0))
    let f = try #require(Expression.applying(component, to: [x.expression, y.expression]))
    #expect(try Program([f], inputs: [x, y]).evaluate(columns: columns) == [[1, 4, 9]])
    #expect(fast.calls.withLock { $0 } == 0)
  }

  @Test func aCallHasAPrice() throws {
    let outcome = WorkBudget.limited(to: 90_000_000) {
      (1...10).map { try? enclosure(square, x: Rational($0), y: 0) }.filter { $0 != nil }.count
    }
    #expect(outcome.isExhausted)
    #expect(outcome.value < 6)
  }
}
