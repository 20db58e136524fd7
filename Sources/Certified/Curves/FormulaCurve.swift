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

  /// - Throws: ``CertifiedError`` where other symbols occur.
  public init(_ expression: Expression, x: Symbol, y: Symbol) throws {
    self.expression = expression
    self.x = x
    self.y = y
    function = try CompiledFunction(expression, of: [x, y])
    do { program = try Program([expression], inputs: [x, y]) } catch { throw CertifiedError(error) }
  }

  /// The whole line for everything where the formula is not proved to be defined and continuous on all of the
  /// rectangle.
  public func enclose(
    x: Interval, y: Interval, precision: Int
  ) throws -> (value: Interval, dx: Interval, dy: Interval) {
    let box = [x, y]
    guard function.isContinuous(over: box, precision: precision) else {
      return (.entire, .entire, .entire)
    }
    let all = function.enclose(box, precision: precision)
    return (all.value.isEmpty ? .entire : all.value, all.gradient[0], all.gradient[1])
  }

  public func value(x: Interval, y: Interval, precision: Int) throws -> Interval {
    let box = [x, y]
    guard function.isContinuous(over: box, precision: precision) else { return .entire }
    let value = function.values(over: box, precision: precision)[0]
    return value.isEmpty ? .entire : value
  }

  public func value(x: DoubleInterval, y: DoubleInterval) -> DoubleInterval {
    let value = try? value(
      x: x.interval(precision: 53), y: y.interval(precision: 53), precision: 64)
    return value.map { DoubleInterval($0) } ?? .entire
  }

  /// The names are those of the symbols.
  public func text(_ x: String, _ y: String) -> String { expression.description }

  /// Exact where the formula has a rational value, or is proved zero.
  public func exactSign(x a: Rational, y b: Rational) -> Int? {
    if let value = (try? program.exactValues([a, b]))?[0], value.im.isZero {
      return value.re.signum
    }
    let point = expression.substituting([x: .rational(a), y: .rational(b)])
    guard let form = try? NormalForm(point) else { return nil }
    if form.isZero { return 0 }
    guard let value = form.constantValue, value.im.isZero else { return nil }
    return value.re.signum
  }

  public func vanishes(fixing axis: PlaneAxis, at value: Rational) -> Bool {
    let line = expression.substituting([axis == .x ? x : y: .rational(value)])
    return (try? NormalForm(line))?.isZero ?? false
  }
}
