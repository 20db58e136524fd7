import Algebra
import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

@Suite("Refinement of roots")
struct RefinementTests {
  static let x = Symbol("x", .real)

  static func root(_ text: String, _ low: Double, _ high: Double) throws -> RefinableRoot {
    let function = try UnivariateFunction(try Expression(text, symbols: [x]), of: x)
    return RefinableRoot(function, in: Interval(between: Real(low), and: Real(high)))
  }

  /// Evaluations by their cost, in values at the final precision; an evaluation costs as much as its bits
  /// raised to 3/2, and is never cheaper than at 256 bits.
  ///
  /// - Parameter slope: what a slope counts: 2.5 on its own, 1.4 where it has its exponential in common
  ///   with the value.
  static func cost(_ effort: RefinementEffort, bits: Int, slope: Double) -> Double {
    func weight(_ precision: Int) -> Double {
      let ratio = Double(max(precision, 256)) / Double(max(bits, 256))
      return ratio * ratio.squareRoot()
    }
    return effort.values.reduce(0) { $0 + weight($1.key) * Double($1.value) }
      + effort.slopes.reduce(0) { $0 + slope * weight($1.key) * Double($1.value) }
  }

  @Test(
    "digits double with each step, and few evaluations are at the final precision",
    arguments: [50, 1000, 10000])
  func doubling(digits: Int) throws {
    let root = try Self.root("exp(x) - x^3 - 10", 4.5, 5)
    let bits = digits * 10 / 3 + 24
    let box = try root.interval(bits: bits)
    #expect((RefinableRoot.significantBits(box) ?? 0) >= bits)
    let effort = root.effort
    let last = effort.values.keys.max() ?? 0
    #expect(effort.values[last] == 1)
    #expect(last <= bits + 64)
    let (alone, shared) = (
      Self.cost(effort, bits: bits, slope: 2.5), Self.cost(effort, bits: bits, slope: 1.4)
    )
    #expect(alone <= (digits == 50 ? 8 : digits == 1000 ? 3.5 : 3))
    #expect(shared <= (digits == 50 ? 8 : digits == 1000 ? 3.5 : 2.5))
  }

  @Test(
    "the root found is the one in the box",
    arguments: [
      ("x^2 - 2", 1.0, 2.0), ("sin(x)", 3.0, 3.5), ("exp(x) - 2", 0.0, 100.0),
      ("abs(x - 1)*2 + x - 3/2", -10.0, 0.75), ("x^3 - 2*x + 2", -20.0, 1.0),
      ("atan(x - 20)", 0.0, 1000.0), ("10^-30 - x", -1.0, 1.0),
    ])
  func contains(text: String, low: Double, high: Double) throws {
    let root = try Self.root(text, low, high)
    let box = try root.interval(bits: 300)
    #expect(box.lower >= Real(low) && box.upper <= Real(high))
    let function = try UnivariateFunction(try Expression(text, symbols: [Self.x]), of: Self.x)
    let below = function.value(Interval(box.lower), precision: 500).certainSign
    let above = function.value(Interval(box.upper), precision: 500).certainSign
    #expect((below ?? 0) * (above ?? 0) <= 0)
  }

  @Test("an interval without the root is noticed, not refined")
  func lost() throws {
    let root = try Self.root("x^2 - 2", 2, 3)
    #expect(throws: RootError.self) { try root.interval(bits: 100) }
  }

  /// A function with a slope that is not its own.
  struct Wrong: SlopedFunction {
    func value(at x: Real, precision: Int) -> Ball {
      Ball.sub(Ball.sqr(Ball(x), precision: precision), Ball(Integer(2)), precision: precision)
    }
    func slope(over x: Interval, precision: Int) -> Ball {
      Ball.mul(Ball(x, precision: precision), Ball(Integer(3)), precision: precision)
    }
    var constants: [Int: Int] { [:] }
    var renewed: Wrong { self }
  }

  @Test("slopes that are not the function's lose the root, which is noticed")
  func wrongSlope() throws {
    let root = RefinableRoot(Wrong(), in: Interval(between: Real(1.25), and: Real(1.5)))
    #expect(throws: RootError.self) { try root.interval(bits: 200) }
  }

  @Test("the kernel's road and the formula's meet, both count what they evaluate, and begin anew")
  func roads() throws {
    // x with (exp(1/x) - 2)(exp(1/x) + exp(1)) = exp(-3), so that the kernel's polynomial has
    // transcendental coefficients.
    let x = Symbol("x", .positive)
    let formula = try Expression("(exp(1/x) - 2)*(exp(1/x) + exp(1)) - exp(-3)", symbols: [x])
    let range = RationalRange(lower: .closed(1), upper: .closed(2))
    let solution = try ConditionSolver(formula, .positive, in: x, over: range).solve()
    let byKernel = try #require(solution.thresholds.first?.value)
    let byFormula = try #require(FunctionRoots(of: formula, in: x, from: 1, to: 2).roots.first)
    for root in [byKernel, byFormula] {
      let fresh = try #require(root.renewed)
      let bits = 3400
      let box = try fresh.interval(precision: bits)
      #expect((RefinableRoot.significantBits(box) ?? 0) >= bits - 8)
      #expect(!box.isDisjoint(from: try byKernel.interval(precision: 3600)))
      let effort = try #require(fresh.effort)
      #expect(effort.values.keys.contains { $0 >= bits } && !effort.slopes.isEmpty)
      #expect(!effort.constants.isEmpty)
      #expect(
        effort.values.filter { $0.key >= bits / 2 + 100 }.values.reduce(0, +) == 1, "\(effort)")
    }
    #expect(byKernel.renewed?.effort?.inverses.isEmpty == true)
  }
}
