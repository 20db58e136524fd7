import Arbitrary
import Exact

/// How a function behaves as u → 0+: for every u in (0, h] its value is
/// u^`power` · L^`logarithms` · exp(-`decay`/u) · c with L = 1 + log(1/u) and some c in `factor`.
public struct EndBehaviour: Sendable {
  public var power: Rational = 0
  public var logarithms: Rational = 0
  public var decay: Rational = 0
  public var factor: ComplexInterval

  /// Whether the same power, logarithms and decay.
  func hasOrder(of other: EndBehaviour) -> Bool {
    power == other.power && logarithms == other.logarithms && decay == other.decay
  }
}

/// Programs in u over (0, h], with the growth at u → 0+ kept apart from a bounded factor; see
/// ``EndBehaviour``.
///
/// The order is exact, so that quotients and powers of it are; only factors are enclosures. A sum
/// takes the greater order out, where the rest must be shown to rise with u on all of (0, h], which
/// makes its greatest value that at h.
struct EndArithmetic: ProgramArithmetic {
  /// The end h = 2^-`halvings` ≤ 1/2.
  let halvings: Int
  let precision: Int
  private let plain: EnclosingArithmetic
  private let line: AnalyticArithmetic

  init(halvings: Int, precision: Int) {
    self.halvings = max(halvings, 1)
    self.precision = precision
    plain = EnclosingArithmetic(precision: precision)
    line = AnalyticArithmetic(precision: precision, isOnLine: true)
  }

  /// h.
  var end: Interval {
    Interval.scale(Interval.one, byPowerOfTwo: -halvings, precision: precision)
  }

  /// 1 + log(1/h), the least value of L.
  var leastLogarithm: Interval {
    let two = Interval.log(Interval(2), precision: precision)
    let n = Interval(halvings, precision: precision)
    return Interval.add(
      Interval.one, Interval.mul(two, n, precision: precision), precision: precision)
  }

  func bounded(_ box: ComplexInterval) -> EndBehaviour { EndBehaviour(factor: box) }

  func constant(_ value: Rational) -> EndBehaviour { bounded(plain.constant(value)) }
  var imaginaryUnit: EndBehaviour { bounded(plain.imaginaryUnit) }
  var pi: EndBehaviour { bounded(plain.pi) }

  /// u itself.
  var variable: EndBehaviour { EndBehaviour(power: 1, factor: .one) }

  /// The values of u^p·L^k·exp(-d/u) over (0, h]; nil where they are not shown to be monotonic.
  ///
  /// The logarithmic derivative in u is p/u - k/(u·L) + d/u². Its product with u rises from -∞ or to
  /// +∞ with d/u; without d it is p - k/L, whose sign is settled by L ≥ L(h).
  func monomial(_ p: Rational, _ k: Rational, _ d: Rational) -> Interval? {
    if p.isZero && k.isZero && d.isZero { return .one }
    let q = precision
    let least = leastLogarithm
    let power = Interval(p, precision: q)
    let logs = Interval(k, precision: q)
    // The extremes of p - k/L with 1/L in (0, 1/L(h)].
    let quotient = Interval.div(logs, least, precision: q)
    let slope = Interval.sub(power, quotient.union(.zero), precision: q)
    let rate = Interval.div(Interval(d, precision: q), end, precision: q)
    let atEnd = Interval.mul(
      Interval.mul(
        Interval.pow(end, p, precision: q), Interval.pow(least, k, precision: q), precision: q),
      Interval.exp(-rate, precision: q), precision: q)
    // d/u ≥ d/h for d > 0; at most d/h for d < 0.
    let total = Interval.add(slope, rate, precision: q)
    if d.signum >= 0, total.lower.signum >= 0, d.signum > 0 || p.signum > 0 || k.signum < 0 {
      return Interval(between: Real.zero, and: atEnd.upper)
    }
    if d.signum <= 0, total.upper.signum <= 0, atEnd.lower.isFinite {
      return Interval(between: atEnd.lower, and: .infinity)
    }
    return nil
  }

  /// All values over (0, h], by the monomial times the factor; the whole plane where not known.
  func range(_ a: EndBehaviour) -> ComplexInterval {
    guard let size = monomial(a.power, a.logarithms, a.decay) else {
      return a.factor.isReal ? ComplexInterval(real: .entire) : .entire
    }
    return plain.multiply(ComplexInterval(real: size), a.factor)
  }

  func negate(_ a: EndBehaviour) -> EndBehaviour {
    var result = a
    result.factor = -a.factor
    return result
  }

  func multiply(_ a: EndBehaviour, _ b: EndBehaviour) -> EndBehaviour {
    EndBehaviour(
      power: a.power + b.power, logarithms: a.logarithms + b.logarithms,
      decay: a.decay + b.decay, factor: plain.multiply(a.factor, b.factor))
  }

  func subtract(_ a: EndBehaviour, _ b: EndBehaviour) -> EndBehaviour { add(a, negate(b)) }

  func add(_ a: EndBehaviour, _ b: EndBehaviour) -> EndBehaviour {
    if a.factor.isZero { return b }
    if b.factor.isZero { return a }
    if a.hasOrder(of: b) {
      var result = a
      result.factor = plain.add(a.factor, b.factor)
      return result
    }
    let isFirst =
      (a.decay, a.power, -a.logarithms) < (b.decay, b.power, -b.logarithms)
    let (lead, rest) = isFirst ? (a, b) : (b, a)
    var result = lead
    let ratio = monomial(
      rest.power - lead.power, rest.logarithms - lead.logarithms, rest.decay - lead.decay)
    // Where the ratio is not shown to be monotonic yet, nothing is known of the factor.
    let scaled =
      ratio.map { plain.multiply(ComplexInterval(real: $0), rest.factor) } ?? .entire
    result.factor = plain.add(lead.factor, scaled)
    return result
  }

  func divide(
    _ a: EndBehaviour, _ b: EndBehaviour
  ) throws(ArithmeticError) -> EndBehaviour {
    if b.factor.containsZero { throw .domain("a divisor that may vanish") }
    return EndBehaviour(
      power: a.power - b.power, logarithms: a.logarithms - b.logarithms,
      decay: a.decay - b.decay, factor: try plain.divide(a.factor, b.factor))
  }

  func power(_ base: EndBehaviour, _ n: Int) throws(ArithmeticError) -> EndBehaviour {
    if n < 0, base.factor.containsZero { throw .domain("a divisor that may vanish") }
    let k = Rational(n)
    return EndBehaviour(
      power: base.power * k, logarithms: base.logarithms * k, decay: base.decay * k,
      factor: try plain.power(base.factor, n))
  }

  func power(_ base: EndBehaviour, _ r: Rational) throws(ArithmeticError) -> EndBehaviour {
    guard base.factor.isReal, base.factor.re.lower.signum > 0 else {
      return bounded(try line.power(AnalyticValue(box: range(base), isReal: true), r).box)
    }
    return EndBehaviour(
      power: base.power * r, logarithms: base.logarithms * r, decay: base.decay * r,
      factor: try plain.power(base.factor, r))
  }

  func power(
    _ base: EndBehaviour, _ exponent: EndBehaviour
  ) throws(ArithmeticError) -> EndBehaviour {
    try exponential(multiply(exponent, try logarithm(base)))
  }

  // MARK: Functions

  func apply(_ function: Function, _ x: EndBehaviour) throws(ArithmeticError) -> EndBehaviour {
    switch function {
    case .exp: return try exponential(x)
    case .log where x.factor.isReal && x.factor.re.lower.signum > 0: return try logarithm(x)
    case .sqrt: return try power(x, Rational(reciprocalOf: 2))
    case .sinh, .cosh:
      let up = try exponential(x)
      let down = try exponential(negate(x))
      let sum = function == .cosh ? add(up, down) : subtract(up, down)
      return multiply(sum, constant(Rational(reciprocalOf: 2)))
    case .expm1, .log1p, .sin, .tan, .asin, .atan, .tanh, .asinh, .atanh:
      if let small = nearZero(x) { return small }
      if function == .expm1 { return subtract(try exponential(x), constant(1)) }
      let value = AnalyticValue(box: range(x), isReal: x.factor.isReal)
      return bounded(try line.apply(function, value).box)
    case .abs where x.factor.isReal:
      var result = x
      result.factor = ComplexInterval(real: Interval.abs(x.factor.re))
      return result
    default:
      let value = AnalyticValue(box: range(x), isReal: x.factor.isReal)
      return bounded(try line.apply(function, value).box)
    }
  }

  /// f(y) = y(1 + θ|y|) with |θ| ≤ 1 for |y| ≤ 1/2, for the functions with f(y) = y + O(y²) above: the
  /// coefficients of f(y)/y - 1 = Σ aₙyⁿ are at most 1 in magnitude for log1p, atanh, asin, atan, asinh,
  /// sin, expm1, and Σ|aₙ||y|ⁿ ≤ |y| there (log1p: Σ|y|ⁿ/(n+1) ≤ |y|(1/2 + 1/6 + 1/16 + …) < |y|);
  /// |tanh y/y - 1| ≤ y²/3, and |tan y/y - 1| ≤ y² for |y| ≤ 1/2.
  private func nearZero(_ x: EndBehaviour) -> EndBehaviour? {
    guard x.factor.isReal else { return nil }
    let size = Interval.abs(range(x).re).upper
    guard size <= Real(0.5) else { return nil }
    let spread = Interval.add(
      Interval.one, Interval(between: -size, and: size), precision: precision)
    var result = x
    result.factor = plain.multiply(x.factor, ComplexInterval(real: spread))
    return result
  }

  /// log(u^p·L^k·e^(-d/u)·c) = -p(L - 1) + k log L - d/u + log c, where 0 ≤ log L ≤ L - 1 < L.
  private func logarithm(_ x: EndBehaviour) throws(ArithmeticError) -> EndBehaviour {
    guard x.factor.isReal, x.factor.re.lower.signum > 0 else {
      throw .domain("the logarithm of something that may vanish")
    }
    var sum = bounded(try plain.apply(.log, x.factor))
    if !x.power.isZero {
      var logs = constant(-x.power)
      logs.logarithms = 1
      sum = add(sum, add(logs, constant(x.power)))
    }
    if !x.logarithms.isZero {
      let unit = ComplexInterval(real: Interval(between: Real.zero, and: Real.one))
      var logs = bounded(plain.multiply(plain.constant(x.logarithms), unit))
      logs.logarithms = 1
      sum = add(sum, logs)
    }
    if !x.decay.isZero {
      var linear = constant(-x.decay)
      linear.power = -1
      sum = add(sum, linear)
    }
    return sum
  }

  /// Of c·g with c in [m, M] and g ≥ 1/u: where M < 0, exp(M/u) times something in (0, 1]; where m > 0,
  /// exp(m/u) times something not below 1. Of other arguments by all their values.
  private func exponential(_ x: EndBehaviour) throws(ArithmeticError) -> EndBehaviour {
    let c = x.factor.re
    let isLinear = x.power == -1 && x.logarithms.isZero && x.decay.isZero
    let isAtLeastLinear = x.power <= -1 && x.logarithms.signum >= 0 && x.decay.signum <= 0
    if isAtLeastLinear, x.factor.isReal {
      if isLinear, c.isPoint, let rate = Rational(exactly: c.lower) {
        return EndBehaviour(decay: -rate, factor: .one)
      }
      if c.upper.signum < 0, let rate = Rational(exactly: c.upper) {
        let unit = Interval(between: Real.zero, and: Real.one)
        return EndBehaviour(decay: -rate, factor: ComplexInterval(real: unit))
      }
      if c.lower.signum > 0, let rate = Rational(exactly: c.lower) {
        let above = Interval(between: Real.one, and: .infinity)
        return EndBehaviour(decay: -rate, factor: ComplexInterval(real: above))
      }
    }
    return bounded(try plain.apply(.exp, range(x)))
  }

  func besselJ(order: Int, _ x: EndBehaviour) throws(ArithmeticError) -> EndBehaviour {
    let value = AnalyticValue(box: range(x), isReal: x.factor.isReal)
    return bounded(try line.besselJ(order: order, value).box)
  }

  func call(
    _ component: Procedure.Component, _ x: [EndBehaviour], exact: [Rational?]
  ) throws(ArithmeticError) -> EndBehaviour {
    throw .domain(SymbolicError.noFormula(component.name).description)
  }

  func atan2(y: EndBehaviour, x: EndBehaviour) throws(ArithmeticError) -> EndBehaviour {
    let height = AnalyticValue(box: range(y), isReal: y.factor.isReal)
    let width = AnalyticValue(box: range(x), isReal: x.factor.isReal)
    return bounded(try line.atan2(y: height, x: width).box)
  }

  func minimum(_ a: EndBehaviour, _ b: EndBehaviour) throws(ArithmeticError) -> EndBehaviour {
    bounded(try plain.minimum(range(a), range(b)))
  }

  func maximum(_ a: EndBehaviour, _ b: EndBehaviour) throws(ArithmeticError) -> EndBehaviour {
    bounded(try plain.maximum(range(a), range(b)))
  }
}

/// The integral of a function over (0, h], as far as its behaviour tells.
public enum EndIntegral: Sendable {
  /// It converges absolutely, and is in this box.
  case bounded(ComplexInterval)
  /// Proved: it diverges.
  case divergent
  /// Neither is shown, at this h.
  case unknown
}

extension Program {
  /// The integral of the first output over its first input in (0, 2^-halvings].
  ///
  /// With q = power + 1, for no decay and q > 0: where (q/2)·L(h) ≥ k, u^(q/2)·L^k rises with u, so
  /// ∫₀^h u^(q-1) L^k du ≤ h^(q/2) L(h)^k · h^(q/2)/(q/2); for k ≤ 0, L^k ≤ L(h)^k. With decay the
  /// monomial rises, and its integral is at most h times its value at h. The integral diverges where
  /// the factor keeps away from zero on one side of it and u^(q-1) L^k is not integrable.
  ///
  /// - Parameter others: the values of the other inputs.
  /// - Throws: where the function is not shown to have a value all over (0, h].
  public func endIntegral(
    halvings: Int, others: [Interval], precision: Int
  ) throws(ArithmeticError) -> EndIntegral {
    let arithmetic = EndArithmetic(halvings: halvings, precision: precision)
    let inputs =
      [arithmetic.variable] + others.map { arithmetic.bounded(ComplexInterval(real: $0)) }
    guard let value = try run(arithmetic, inputs).first else { return .unknown }
    return arithmetic.integral(of: value)
  }
}

extension EndArithmetic {
  func integral(of value: EndBehaviour) -> EndIntegral {
    if value.factor.isZero { return .bounded(.zero) }
    let p = precision
    let q = value.power + 1
    let k = value.logarithms
    let isInfinite =
      value.decay.signum < 0
      || (value.decay.isZero && (q.signum < 0 || (q.isZero && k >= Rational(-1))))
    if isInfinite {
      let isAway =
        (value.factor.re.certainSign ?? 0) != 0 || (value.factor.im.certainSign ?? 0) != 0
      return isAway ? .divergent : .unknown
    }
    guard value.factor.re.isBounded, value.factor.im.isBounded else { return .unknown }
    let size: Interval
    if value.decay.signum > 0 {
      guard let top = monomial(value.power, k, value.decay), top.upper.isFinite else {
        return .unknown
      }
      size = Interval.mul(top, end, precision: p)
    } else {
      guard q.signum > 0 else { return .unknown }
      let least = leastLogarithm
      if k.signum > 0 {
        let half = Interval(q * Rational(reciprocalOf: 2), precision: p)
        let slope = Interval.sub(
          Interval.mul(half, least, precision: p), Interval(k, precision: p), precision: p)
        guard slope.lower.signum >= 0 else { return .unknown }
      }
      let scale = Interval(k.signum > 0 ? q * Rational(reciprocalOf: 2) : q, precision: p)
      let top = Interval.mul(
        Interval.pow(end, q, precision: p), Interval.pow(least, k, precision: p), precision: p)
      size = Interval.div(top, scale, precision: p)
    }
    let interval = Interval(between: Real.zero, and: size.upper)
    // c is not constant: the integral is in the hull of 0 and the factor times [0, size].
    return .bounded(plainProduct(interval, value.factor))
  }

  private func plainProduct(_ size: Interval, _ factor: ComplexInterval) -> ComplexInterval {
    ComplexInterval(
      re: Interval.mul(size, factor.re, precision: precision),
      im: Interval.mul(size, factor.im, precision: precision))
  }
}
