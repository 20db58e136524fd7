import Arbitrary
import Exact
import Symbolic

/// The left sides of a system of equations, with conditions, as enclosures over boxes.
///
/// Enclosures are intervals of doubles for the bulk of a subdivision, and MPFR's where rounding is what spoils
/// a test.
struct SystemFunction: Sendable {
  /// The equations.
  let compiled: CompiledFunction
  /// What must hold besides, as signs; nil for no condition.
  let conditions: (function: CompiledFunction, signs: [SystemCondition.Sign])?
  /// The number of equations and of unknowns.
  let count: Int
  private let program: Program
  private let gradient: Program?
  private let continuity: ContinuityConditions?
  private let conditionProgram: Program?

  /// Enclosures over a box.
  struct Slopes {
    let values: [DoubleInterval]
    /// By rows, all difference quotients along the axes; nil where the system is not proved continuous or a
    /// slope is not bounded.
    let jacobian: [[DoubleInterval]]?
  }

  /// - Throws: ``CertifiedError`` for what cannot be compiled.
  init(
    _ equations: [Expression], of unknowns: [Symbol], where conditions: [SystemCondition]
  ) throws(CertifiedError) {
    count = unknowns.count
    compiled = try CompiledFunction(equations, of: unknowns)
    do { program = try Program(equations, inputs: unknowns) } catch { throw CertifiedError(error) }
    gradient = try? program.withJacobian()
    continuity = program.continuityConditions
    if conditions.isEmpty {
      self.conditions = nil
      conditionProgram = nil
    } else {
      let formulas = conditions.map(\.formula)
      self.conditions = (
        try CompiledFunction(formulas, of: unknowns), conditions.map(\.sign)
      )
      conditionProgram = try? Program(formulas, inputs: unknowns)
    }
  }

  // MARK: Doubles

  func slopes(_ box: [DoubleInterval]) -> Slopes {
    guard let gradient, let continuity,
      continuity.hold(for: continuity.program.enclose(box).map { $0.interval(precision: 53) })
    else { return Slopes(values: program.enclose(box), jacobian: nil) }
    let all = gradient.enclose(box)
    return Slopes(values: Array(all.prefix(count)), jacobian: rows(all.dropFirst(count)))
  }

  func values(_ point: [DoubleInterval]) -> [DoubleInterval] { program.enclose(point) }

  private func rows(_ list: ArraySlice<DoubleInterval>) -> [[DoubleInterval]]? {
    guard list.allSatisfy(\.isBounded) else { return nil }
    let all = Array(list)
    return (0..<count).map { Array(all[($0 * count)..<(($0 + 1) * count)]) }
  }

  // MARK: Any precision

  func slopes(_ box: [DoubleInterval], precision: Int) -> Slopes {
    let wide = box.map { $0.interval(precision: 53) }
    guard compiled.isContinuous(over: wide, precision: precision) else {
      return Slopes(values: values(box, precision: precision), jacobian: nil)
    }
    let all = compiled.enclose(wide, precision: precision)
    return Slopes(
      values: all.values.map { DoubleInterval($0) },
      jacobian: rows(ArraySlice(all.jacobian.flatMap { $0.map { DoubleInterval($0) } })))
  }

  func values(_ box: [DoubleInterval], precision: Int) -> [DoubleInterval] {
    compiled.values(over: box.map { $0.interval(precision: 53) }, precision: precision)
      .map { DoubleInterval($0) }
  }

  /// Whether some component has surely no value anywhere in the box; of all but the first that counts only where it is not
  /// strict.
  func isUndefined(_ box: [DoubleInterval], precision: Int, isStrict: Bool) -> Bool {
    compiled.values(over: box.map { $0.interval(precision: 53) }, precision: precision)
      .prefix(isStrict ? 1 : count).contains(where: \.isEmpty)
  }

  /// Whether all is proved defined and continuous on a box.
  func isSmooth(_ box: [DoubleInterval]) -> Bool {
    compiled.isContinuous(over: box.map { $0.interval(precision: 53) }, precision: 128)
  }

  // MARK: Conditions

  /// Whether a condition fails on all of the box.
  func fails(_ box: [DoubleInterval]) -> Bool {
    guard let conditions, let conditionProgram else { return false }
    return zip(conditionProgram.enclose(box), conditions.signs).contains { value, sign in
      value.sign.map { !sign.admits($0) } ?? false
    }
  }

  /// Whether all conditions hold at a point of the box, the same answer for all its points; nil where that is open.
  func holds(_ box: [Interval], precision: Int) -> Bool? {
    guard let conditions else { return true }
    var isOpen = false
    for (value, sign) in zip(
      conditions.function.values(over: box, precision: precision), conditions.signs)
    {
      // Without a value a condition does not hold.
      if value.isEmpty { return false }
      guard let known = value.certainSign else {
        isOpen = true
        continue
      }
      if !sign.admits(known) { return false }
    }
    return isOpen || !conditions.function.isContinuous(over: box, precision: precision) ? nil : true
  }
}

/// A condition on the solutions of a system: the sign of a formula.
public struct SystemCondition: Sendable {
  public let formula: Expression
  public let sign: Sign

  /// What the sign may be.
  public enum Sign: Sendable, Hashable {
    case positive, nonnegative, negative, nonpositive, nonzero

    func admits(_ sign: Int) -> Bool {
      switch self {
      case .positive: sign > 0
      case .nonnegative: sign >= 0
      case .negative: sign < 0
      case .nonpositive: sign <= 0
      case .nonzero: sign != 0
      }
    }
  }

  public init(_ formula: Expression, _ sign: Sign) {
    self.formula = formula
    self.sign = sign
  }
}
