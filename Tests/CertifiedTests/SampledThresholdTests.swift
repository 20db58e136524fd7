import Algebra
import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

/// x ↦ max(0, x³ - 2) and x ↦ x² - 2, known only by a computation.
private struct Powers: ProcedureBody {
  func enclose(
    _ arguments: [ComplexInterval], exact: [Rational]?, precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    let x = arguments[0].re
    let two = Interval(2, precision: precision)
    let square = Interval.mul(x, x, precision: precision)
    let cube = Interval.sub(
      Interval.mul(square, x, precision: precision), two, precision: precision)
    return [
      ComplexInterval(real: Interval.maximum(.zero, cube)),
      ComplexInterval(real: Interval.sub(square, two, precision: precision)),
    ]
  }
}

struct SampledThresholdTests {
  private static let x = Symbol("x", .real)

  private static func component(_ index: Int) throws -> Expression {
    let procedure = Procedure(
      "P", parameters: ["x"], components: [("1", true), ("2", true)], body: Powers())
    let component = try #require(procedure.component(index))
    return try #require(Expression.applying(component, to: [x.expression]))
  }

  private func solve(
    _ f: Expression, _ condition: SignCondition, _ low: Rational, _ high: Rational
  ) throws -> ConditionSolution {
    try ConditionSolver(
      f, condition, in: Self.x, over: RationalRange(lower: .closed(low), upper: .closed(high))
    ).solve()
  }

  @Test(arguments: [20, 60])
  func changesOfSign(digits: Int) throws {
    let solution = try solve(try Self.component(1), .positive, -3, 3)
    let texts = try solution.thresholds.map { try $0.value.decimal(digits: digits).digits }
    let root = try sqrt(Expression.integer(2)).value(digits: digits).re
    #expect(texts == ["-" + root, root])
    #expect(solution.thresholds.map(\.side) == [.below, .above])
  }

  @Test func aConditionThatIsZeroOnOneSide() throws {
    let solution = try solve(try Self.component(0), .positive, 0, 3)
    #expect(
      try solution.thresholds.map { try $0.value.decimal(digits: 25).digits }
        == ["1.259921049894873164767211"])
  }

  /// Two changes between samples are missed; the answer says that this may be.
  @Test func isNeverCalledComplete() throws {
    let narrow = try Self.component(1).substituting([Self.x: 1000 * Self.x.expression])
    let solution = try solve(narrow, .positive, -3, 3)
    #expect(!solution.isComplete)
    #expect(solution.undecided.map(\.lower) == [-3] && solution.undecided.map(\.upper) == [3])
    #expect(try !solve(try Self.component(1), .positive, 2, 3).isComplete)
  }

  @Test func needsARange() throws {
    let f = try Self.component(1)
    #expect(throws: RootError.self) {
      try ConditionSolver(
        f, .positive, in: Self.x, over: RationalRange(lower: .unbounded, upper: .closed(1))
      ).solve()
    }
  }
}
