import Arbitrary
import Exact

/// A value of a program over a rectangle, with whether it is real at the real points by its
/// operations.
struct AnalyticValue: Sendable {
  var box: ComplexInterval
  var isReal: Bool
}

/// Programs over a rectangle of complex numbers, where the result is an enclosure only if every
/// operation is proved to be holomorphic there.
///
/// A rectangle that meets the branch cut of a root, logarithm or inverse function, a divisor whose
/// enclosure holds zero, and a function of real numbers that is no restriction of a holomorphic one
/// are errors. |A|, sign, max and min of values that are real on the real line count as the
/// holomorphic function that they agree with there, where the sign of the real part is the same all
/// over the rectangle: then the same branch holds at every real point.
///
/// Over a real box (`isReal`), where no holomorphic function is asked for, the operations need only
/// be defined at every point.
struct AnalyticArithmetic: ProgramArithmetic {
  let precision: Int
  /// Whether the box is real, and values only have to exist.
  let isOnLine: Bool
  private let plain: EnclosingArithmetic

  init(precision: Int, isOnLine: Bool) {
    self.precision = precision
    self.isOnLine = isOnLine
    plain = EnclosingArithmetic(precision: precision)
  }

  func constant(_ value: Rational) -> AnalyticValue {
    AnalyticValue(box: plain.constant(value), isReal: true)
  }

  var imaginaryUnit: AnalyticValue { AnalyticValue(box: plain.imaginaryUnit, isReal: false) }
  var pi: AnalyticValue { AnalyticValue(box: plain.pi, isReal: true) }

  func add(_ a: AnalyticValue, _ b: AnalyticValue) -> AnalyticValue {
    AnalyticValue(box: plain.add(a.box, b.box), isReal: a.isReal && b.isReal)
  }

  func subtract(_ a: AnalyticValue, _ b: AnalyticValue) -> AnalyticValue {
    AnalyticValue(box: plain.subtract(a.box, b.box), isReal: a.isReal && b.isReal)
  }

  func multiply(_ a: AnalyticValue, _ b: AnalyticValue) -> AnalyticValue {
    AnalyticValue(box: plain.multiply(a.box, b.box), isReal: a.isReal && b.isReal)
  }

  func negate(_ a: AnalyticValue) -> AnalyticValue {
    AnalyticValue(box: -a.box, isReal: a.isReal)
  }

  func divide(
    _ a: AnalyticValue, _ b: AnalyticValue
  ) throws(ArithmeticError) -> AnalyticValue {
    if b.box.containsZero { throw .domain("a divisor that may vanish") }
    return AnalyticValue(box: try plain.divide(a.box, b.box), isReal: a.isReal && b.isReal)
  }

  func power(_ base: AnalyticValue, _ exponent: Int) throws(ArithmeticError) -> AnalyticValue {
    if exponent < 0, base.box.containsZero { throw .domain("a divisor that may vanish") }
    return AnalyticValue(box: try plain.power(base.box, exponent), isReal: base.isReal)
  }

  func power(
    _ base: AnalyticValue, _ exponent: Rational
  ) throws(ArithmeticError) -> AnalyticValue {
    let isPositive = try checkCut(base, at: 0, allowingEnd: exponent.signum > 0)
    return AnalyticValue(
      box: try plain.power(base.box, exponent), isReal: base.isReal && isPositive)
  }

  func power(
    _ base: AnalyticValue, _ exponent: AnalyticValue
  ) throws(ArithmeticError) -> AnalyticValue {
    let isPositive = try checkCut(base, at: 0, allowingEnd: false)
    return AnalyticValue(
      box: try plain.power(base.box, exponent.box),
      isReal: base.isReal && exponent.isReal && isPositive)
  }

  /// Refuses a rectangle that meets the cut (-∞, end] of a root or logarithm. On the line a negative
  /// argument is fine, as the principal values exist there. Whether all is to the right of the end.
  private func checkCut(
    _ x: AnalyticValue, at end: Int, allowingEnd: Bool
  ) throws(ArithmeticError) -> Bool {
    let lower = x.box.re.lower
    let limit = Real(end)
    if lower > limit { return true }
    if isOnLine {
      if allowingEnd, lower >= limit { return true }
      return false
    }
    if x.box.im.containsZero { throw .domain("a branch cut") }
    return false
  }

  // MARK: Functions

  func apply(_ function: Function, _ x: AnalyticValue) throws(ArithmeticError) -> AnalyticValue {
    var isReal = x.isReal
    switch function {
    case .exp, .expm1, .sin, .cos, .sinh, .cosh: break
    case .sqrt: isReal = try checkCut(x, at: 0, allowingEnd: true) && isReal
    case .log: isReal = try checkCut(x, at: 0, allowingEnd: false) && isReal
    case .log1p: isReal = try checkCut(x, at: -1, allowingEnd: false) && isReal
    case .acosh: isReal = try checkCut(x, at: 1, allowingEnd: true) && isReal
    case .tan: try checkNonzero(try plain.apply(.cos, x.box))
    case .tanh:
      if !x.box.isReal { try checkNonzero(try plain.apply(.cosh, x.box)) }
    case .atan, .asinh:
      let isInStrip = x.box.im.lower > Real(-1) && x.box.im.upper < Real.one
      if !isInStrip, x.box.re.containsZero { throw .domain("a branch cut") }
    case .asin, .acos, .atanh:
      let isInStrip = x.box.re.lower > Real(-1) && x.box.re.upper < Real.one
      if !isInStrip {
        let isClosed = x.box.re.lower >= Real(-1) && x.box.re.upper <= Real.one
        if x.box.im.containsZero, !(isOnLine && isClosed && function != .atanh) {
          throw .domain("a branch cut")
        }
        isReal = isReal && isOnLine
      }
    case .abs, .sign, .min, .max, .re, .im, .conj, .arg, .cbrt: return try ofReal(function, x)
    case .digamma: try checkReal(function, x)
    case .dilog:
      try checkReal(function, x)
      guard isOnLine else { return try dilogarithm(x) }
      guard x.box.re.upper <= Real.one else { throw .domain("dilog beyond 1") }
    case .atan2, .besselj: throw .domain(function.name)
    }
    return AnalyticValue(box: try plain.apply(function, x.box), isReal: isReal)
  }

  private func checkNonzero(_ box: ComplexInterval) throws(ArithmeticError) {
    if box.containsZero { throw .domain("a divisor that may vanish") }
  }

  private func checkReal(
    _ function: Function, _ x: AnalyticValue
  ) throws(ArithmeticError) {
    guard x.isReal, isOnLine || function == .dilog else {
      throw .domain("\(function.name) of a complex number")
    }
  }

  /// Functions of real numbers: with one branch over the whole rectangle, or on the line.
  private func ofReal(
    _ function: Function, _ x: AnalyticValue
  ) throws(ArithmeticError) -> AnalyticValue {
    if isOnLine {
      guard x.isReal || [.abs, .re, .im, .conj].contains(function) else {
        throw .domain("\(function.name) of a complex number")
      }
      return AnalyticValue(
        box: try plain.apply(function, x.box),
        isReal: x.isReal || function == .abs || function == .re || function == .im)
    }
    guard x.isReal else { throw .domain("\(function.name) of a complex number") }
    if function == .re || function == .conj || function == .min || function == .max { return x }
    if function == .im { return constant(0) }
    guard let sign = x.box.re.certainSign, sign != 0 else { throw .domain(function.name) }
    switch function {
    case .abs: return sign > 0 ? x : negate(x)
    case .sign: return constant(Rational(sign))
    case .cbrt:
      let third = try power(sign > 0 ? x : negate(x), Rational(reciprocalOf: 3))
      return sign > 0 ? third : negate(third)
    default:
      guard sign > 0 else { throw .domain(function.name) }
      return constant(0)
    }
  }

  /// |Li₂(z)| = |Σ zⁿ/n²| ≤ |z|·π²/6 < 2|z| for |z| ≤ 1 (DLMF 25.12.1).
  private func dilogarithm(_ x: AnalyticValue) throws(ArithmeticError) -> AnalyticValue {
    let size = ComplexInterval.abs(x.box, precision: precision).upper
    guard size < Real.one else { throw .domain("dilog near its branch point") }
    return AnalyticValue(box: Self.square(size + size), isReal: true)
  }

  func besselJ(order: Int, _ x: AnalyticValue) throws(ArithmeticError) -> AnalyticValue {
    guard x.isReal else { throw .domain("besselj of a complex number") }
    if isOnLine {
      return AnalyticValue(box: try plain.besselJ(order: order, x.box), isReal: true)
    }
    // |J_n(z)| = |(1/π)∫₀^π cos(nθ - z sin θ) dθ| ≤ cosh(Im z) (DLMF 10.9.2).
    let size = Interval.cosh(x.box.im, precision: 64).upper
    return AnalyticValue(box: Self.square(size), isReal: true)
  }

  func call(
    _ component: Procedure.Component, _ x: [AnalyticValue], exact: [Rational?]
  ) throws(ArithmeticError) -> AnalyticValue {
    throw .domain(SymbolicError.noFormula(component.name).description)
  }

  /// The square around the disc of radius `size`.
  private static func square(_ size: Real) -> ComplexInterval {
    let side = Interval(between: -size, and: size)
    return ComplexInterval(re: side, im: side)
  }

  func atan2(y: AnalyticValue, x: AnalyticValue) throws(ArithmeticError) -> AnalyticValue {
    guard x.isReal, y.isReal else { throw .domain("atan2 of a complex number") }
    if isOnLine {
      return AnalyticValue(box: try plain.atan2(y: y.box, x: x.box), isReal: true)
    }
    guard x.box.re.lower.signum > 0 else { throw .domain("atan2 near its branch cut") }
    return try apply(.atan, try divide(y, x))
  }

  func minimum(_ a: AnalyticValue, _ b: AnalyticValue) throws(ArithmeticError) -> AnalyticValue {
    try choose(a, b, sign: -1) { (x, y) throws(ArithmeticError) in try plain.minimum(x, y) }
  }

  func maximum(_ a: AnalyticValue, _ b: AnalyticValue) throws(ArithmeticError) -> AnalyticValue {
    try choose(a, b, sign: 1) { (x, y) throws(ArithmeticError) in try plain.maximum(x, y) }
  }

  private func choose(
    _ a: AnalyticValue, _ b: AnalyticValue, sign: Int,
    _ onLine: (ComplexInterval, ComplexInterval) throws(ArithmeticError) -> ComplexInterval
  ) throws(ArithmeticError) -> AnalyticValue {
    guard a.isReal, b.isReal else { throw .domain("max or min of a complex number") }
    if isOnLine { return AnalyticValue(box: try onLine(a.box, b.box), isReal: true) }
    guard let difference = subtract(a, b).box.re.certainSign, difference != 0 else {
      throw .domain("max or min where the order changes")
    }
    return difference == sign ? a : b
  }
}

extension Program {
  /// Enclosures of the outputs over a rectangle on which they are proved to be holomorphic in the
  /// inputs that are no points, as functions that agree with the outputs on the real line.
  ///
  /// - Parameter point: rectangles for the inputs; the inputs stand for real variables and parameters.
  /// - Throws: ``ArithmeticError/domain(_:)`` where that is not proved.
  public func encloseAnalytic(
    _ point: [ComplexInterval], precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    let arithmetic = AnalyticArithmetic(precision: precision, isOnLine: false)
    return try run(arithmetic, point.map { AnalyticValue(box: $0, isReal: true) }).map(\.box)
  }

  /// Enclosures of the outputs over a real box, every point of which is proved to have a value.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where that is not proved.
  public func encloseDefined(
    _ point: [Interval], precision: Int
  ) throws(ArithmeticError) -> [ComplexInterval] {
    let arithmetic = AnalyticArithmetic(precision: precision, isOnLine: true)
    let inputs = point.map { AnalyticValue(box: ComplexInterval(real: $0), isReal: true) }
    return try run(arithmetic, inputs).map(\.box)
  }
}
