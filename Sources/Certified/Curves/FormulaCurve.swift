import Algebra
import Arbitrary
import Exact
import Symbolic

/// The zero set of a formula in two symbols: smooth or with corners, algebraic or not.
public struct FormulaCurve: PlaneCurve {
  /// The formula.
  public let expression: Expression
  private let x: Symbol
  private let y: Symbol
  private let function: CompiledFunction
  private let program: Program
  private let gradient: Program?
  private let conditions: ContinuityConditions?
  private let lines: LineForms

  /// - Throws: ``CertifiedError`` where other symbols occur.
  public init(_ expression: Expression, x: Symbol, y: Symbol) throws {
    self.expression = expression
    self.x = x
    self.y = y
    function = try CompiledFunction(expression, of: [x, y])
    do { program = try Program([expression], inputs: [x, y]) } catch { throw CertifiedError(error) }
    gradient = try? program.withJacobian()
    conditions = program.continuityConditions
    lines = LineForms([x, y]) { _ in expression }
  }

  public func section(
    fixing axis: PlaneAxis, at fixed: @escaping @Sendable (Int) -> Interval
  ) -> LineFunction? { lines.line(fixing: axis, at: fixed) }

  /// The slopes are the whole line where the formula is not proved to be defined and continuous on all of the
  /// rectangle; its values, where it has any, lie in their enclosure all the same.
  public func enclose(
    x: Interval, y: Interval, precision: Int
  ) throws -> (value: Interval, dx: Interval, dy: Interval) {
    let box = [x, y]
    guard function.isContinuous(over: box, precision: precision) else {
      return (try value(x: x, y: y, precision: precision), .entire, .entire)
    }
    let all = function.enclose(box, precision: precision)
    return (all.value.isEmpty ? .entire : all.value, all.gradient[0], all.gradient[1])
  }

  public func value(x: Interval, y: Interval, precision: Int) throws -> Interval {
    let value = function.values(over: [x, y], precision: precision)[0]
    return value.isEmpty ? .entire : value
  }

  public func enclose(x: DoubleInterval, y: DoubleInterval) -> PlaneEnclosure<DoubleInterval> {
    let box = [x, y]
    guard let gradient, let conditions,
      conditions.hold(for: conditions.program.enclose(box).map { $0.interval(precision: 53) })
    else {
      return PlaneEnclosure(value: value(x: x, y: y), dx: .entire, dy: .entire)
    }
    let all = gradient.enclose(box)
    return PlaneEnclosure(value: all[0], dx: all[1], dy: all[2])
  }

  public func value(x: DoubleInterval, y: DoubleInterval) -> DoubleInterval {
    program.enclose([x, y])[0]
  }

  /// The names are those of the symbols.
  public func text(_ x: String, _ y: String) -> String { expression.description }

  /// Exact where the formula has a rational value, is enclosed away from zero, or is proved zero.
  public func exactSign(x a: Rational, y b: Rational) -> Int? {
    if let value = (try? program.exactValues([a, b]))?[0], value.im.isZero {
      return value.re.signum
    }
    for precision in [128, 512] {
      let place = [a, b].map { Interval($0, precision: precision) }
      if let value = (try? program.enclose(place, precision: precision))?[0], value.im.isZero,
        let sign = value.re.certainSign, sign != 0
      {
        return sign
      }
    }
    // Cells near a singular point ask this one after the other.
    return WorkBudget.limited(to: FormulaCurve.normalFormWork) {
      let point = expression.substituting([x: .rational(a), y: .rational(b)])
      guard let form = try? NormalForm(point) else { return nil }
      if form.isZero { return 0 }
      guard let value = form.constantValue, value.im.isZero else { return nil }
      return value.re.signum
    }.value
  }

  private static let normalFormWork = 20_000_000

  public func isCritical(x a: Rational, y b: Rational) -> Bool {
    [x, y].allSatisfy { symbol in
      guard let slope = try? expression.derivative(by: symbol) else { return false }
      let value = slope.substituting([x: .rational(a), y: .rational(b)])
      return WorkBudget.limited(to: FormulaCurve.normalFormWork) {
        (try? NormalForm(value))?.isZero ?? false
      }.value
    }
  }

  public func secondDerivatives(
    x a: Interval, y b: Interval, precision: Int
  ) -> (xx: Interval, xy: Interval, yy: Interval)? {
    guard let dx = try? expression.derivative(by: x), let dy = try? expression.derivative(by: y),
      let function = try? CompiledFunction([dx, dy], of: [x, y]),
      function.isContinuous(over: [a, b], precision: precision)
    else { return nil }
    let all = function.enclose([a, b], precision: precision).jacobian
    return (all[0][0], all[0][1], all[1][1])
  }

  public func turning(along axis: PlaneAxis) -> FormulaCurve? {
    guard let slope = try? expression.derivative(by: axis == .x ? x : y) else { return nil }
    return try? FormulaCurve(slope, x: x, y: y)
  }

  public func vanishes(fixing axis: PlaneAxis, at value: Rational) -> Bool {
    let line = expression.substituting([axis == .x ? x : y: .rational(value)])
    return (try? NormalForm(line))?.isZero ?? false
  }
}
