import Arbitrary
import Exact
import Symbolic

/// A formula of one real symbol, with what root finding asks of it.
struct UnivariateFunction: SlopedFunction {
  let formula: Expression
  let symbol: Symbol
  let compiled: CompiledFunction
  /// In balls; nil where that needs complex numbers.
  private var section: FormulaSection?

  /// - Throws: ``CertifiedError`` where it cannot be compiled.
  init(_ formula: Expression, of symbol: Symbol) throws(CertifiedError) {
    self.formula = formula
    self.symbol = symbol
    compiled = try CompiledFunction(formula, of: [symbol])
    section = SectionForm(compiled.program, moving: 0).map { FormulaSection($0) { _ in [] } }
  }

  /// The same function with nothing known of its constants.
  var renewed: UnivariateFunction {
    var copy = self
    copy.section = section?.renewed
    return copy
  }

  func enclose(_ x: Interval, precision: Int) -> (value: Interval, slope: Interval) {
    let all = compiled.enclose([x], precision: precision)
    return (all.value, all.gradient[0])
  }

  func value(_ x: Interval, precision: Int) -> Interval {
    // At a point a ball costs half as much.
    if x.isPoint, let ball = section?.value(at: x.lower, precision: precision), !ball.isEmpty,
      !ball.isEntire
    {
      return ball.interval
    }
    return compiled.values(over: [x], precision: precision)[0]
  }

  func slope(_ x: Interval, precision: Int) -> Interval {
    compiled.enclose([x], precision: precision).gradient[0]
  }

  func value(at x: Real, precision: Int) -> Ball {
    if let ball = section?.value(at: x, precision: precision), !ball.isEmpty, !ball.isEntire {
      return ball
    }
    return Ball(compiled.values(over: [Interval(x)], precision: precision)[0], precision: precision)
  }

  func slope(over x: Interval, precision: Int) -> Ball {
    // Of wide boxes the bounds matter, of narrow ones the time.
    if let section, (RefinableRoot.significantBits(x) ?? 0) >= 16 {
      let ball = section.slope(over: Ball(x, precision: precision), precision: precision)
      if !ball.isEmpty, !ball.isEntire { return ball }
    }
    return Ball(slope(x, precision: precision), precision: precision)
  }

  func prepare(precision: Int) { section?.prepare(precision: precision) }

  var constants: [Int: Int] { section?.evaluations ?? [:] }

  func estimate(_ x: Double) -> (value: Double, slope: Double) {
    if let section { return section.estimate(x) }
    let all = compiled.estimate(at: [x])
    return (all.values[0], all.jacobian[0][0])
  }

  func isContinuous(_ x: Interval, precision: Int) -> Bool {
    compiled.isContinuous(over: [x], precision: precision)
  }

  /// The interval between two numbers, nil for no end; exact where it can be, otherwise a little wider.
  static func box(_ lower: Rational?, _ upper: Rational?, precision: Int = 64) -> Interval {
    let bits = [lower, upper].compactMap { $0 }.map {
      $0.numerator.bitWidth + $0.denominator.bitWidth
    }
    let precision = min(max(precision, (bits.max() ?? 0) + 2), 4096)
    let low = lower.map { Real($0, precision: precision, rounding: .down) } ?? .negativeInfinity
    let high = upper.map { Real($0, precision: precision, rounding: .up) } ?? .infinity
    return Interval(between: low, and: high)
  }

  /// The sign at a rational place, zero by proof; nil where there is no value or it stays open.
  func sign(at x: Rational, precisionLimit: Int = 2048) -> Int? {
    sign(at: .rational(x), precisionLimit: precisionLimit) {
      self.value(Interval(x, precision: $0), precision: $0)
    }
  }

  /// The sign at a place given by a formula without symbols.
  func sign(at place: Expression, precisionLimit: Int = 2048) -> Int? {
    guard let constant = try? CompiledFunction(place, of: []) else { return nil }
    return sign(at: place, precisionLimit: precisionLimit) {
      self.value(constant.values(over: [], precision: $0)[0], precision: $0)
    }
  }

  private func sign(
    at x: Expression, precisionLimit: Int, _ enclose: (Int) -> Interval
  ) -> Int? {
    let value = formula.substituting([symbol: x])
    if let exact = try? value.exactValue() { return exact.isReal ? exact.re.signum : nil }
    var precision = 64
    while precision <= precisionLimit {
      let enclosure = enclose(precision)
      if enclosure.isEmpty { return nil }
      if let sign = enclosure.certainSign, sign != 0 { return sign }
      if precision >= 192, ZeroTest().proof(that: value) != nil { return 0 }
      precision *= 3
    }
    return nil
  }
}
