import Arbitrary
import Exact

/// Programs over rectangles of complex numbers at one precision; see ``ComplexInterval`` for what is
/// guaranteed. Exactly real operands take the road of real intervals.
struct EnclosingArithmetic: ProgramArithmetic {
  let precision: Int

  func constant(_ value: Rational) -> ComplexInterval {
    ComplexInterval(real: Interval(value, precision: precision))
  }

  var imaginaryUnit: ComplexInterval {
    ComplexInterval(imaginary: Interval(1, precision: precision))
  }

  var pi: ComplexInterval { ComplexInterval(real: Interval.pi(precision: precision)) }

  func add(_ a: ComplexInterval, _ b: ComplexInterval) -> ComplexInterval {
    ComplexInterval(re: add(a.re, b.re), im: b.isReal ? a.im : add(a.im, b.im))
  }

  func subtract(_ a: ComplexInterval, _ b: ComplexInterval) -> ComplexInterval {
    let re = Interval.sub(a.re, b.re, precision: precision)
    if b.isReal { return ComplexInterval(re: re, im: a.im) }
    return ComplexInterval(re: re, im: Interval.sub(a.im, b.im, precision: precision))
  }

  func negate(_ a: ComplexInterval) -> ComplexInterval { -a }

  func multiply(_ a: ComplexInterval, _ b: ComplexInterval) -> ComplexInterval {
    if a.isReal {
      return ComplexInterval(
        re: multiply(a.re, b.re), im: b.isReal ? b.im : multiply(a.re, b.im))
    }
    if b.isReal { return ComplexInterval(re: multiply(a.re, b.re), im: multiply(a.im, b.re)) }
    return ComplexInterval(
      re: Interval.sub(multiply(a.re, b.re), multiply(a.im, b.im), precision: precision),
      im: add(multiply(a.re, b.im), multiply(a.im, b.re)))
  }

  func divide(
    _ a: ComplexInterval, _ b: ComplexInterval
  ) throws(ArithmeticError) -> ComplexInterval {
    if b.isZero { throw .divisionByZero }
    if b.isReal {
      return ComplexInterval(
        re: divide(a.re, b.re), im: a.isReal ? a.im : divide(a.im, b.re))
    }
    let size = add(
      Interval.sqr(b.re, precision: precision), Interval.sqr(b.im, precision: precision))
    let numerator = multiply(a, b.conj)
    return ComplexInterval(re: divide(numerator.re, size), im: divide(numerator.im, size))
  }

  private func add(_ a: Interval, _ b: Interval) -> Interval {
    Interval.add(a, b, precision: precision)
  }

  private func multiply(_ a: Interval, _ b: Interval) -> Interval {
    Interval.mul(a, b, precision: precision)
  }

  private func divide(_ a: Interval, _ b: Interval) -> Interval {
    Interval.div(a, b, precision: precision)
  }

  // MARK: - Powers

  func power(
    _ base: ComplexInterval, _ exponent: Int
  ) throws(ArithmeticError) -> ComplexInterval {
    if exponent < 0, base.isZero { throw .divisionByZero }
    return try defined(ComplexInterval.powInt(base, exponent, precision: precision)) {
      "the power \(exponent) of \(base)"
    }
  }

  func power(
    _ base: ComplexInterval, _ exponent: Rational
  ) throws(ArithmeticError) -> ComplexInterval {
    try defined(ComplexInterval.pow(base, exponent, precision: precision)) {
      "the power \(exponent) of \(base)"
    }
  }

  func power(
    _ base: ComplexInterval, _ exponent: ComplexInterval
  ) throws(ArithmeticError) -> ComplexInterval {
    if base.isZero, exponent.re.upper.signum < 0 { throw .divisionByZero }
    return try defined(ComplexInterval.pow(base, exponent, precision: precision)) {
      "the power \(exponent) of \(base)"
    }
  }

  // MARK: - Functions

  func apply(
    _ function: Function, _ x: ComplexInterval
  ) throws(ArithmeticError) -> ComplexInterval {
    try defined(try value(of: function, x)) { "\(function.name) of \(x)" }
  }

  private func value(
    of function: Function, _ x: ComplexInterval
  ) throws(ArithmeticError) -> ComplexInterval {
    let p = precision
    switch function {
    case .sqrt: return ComplexInterval.sqrt(x, precision: p)
    case .cbrt: return try real(function, x) { Interval.cbrt($0, precision: p) }
    case .exp: return ComplexInterval.exp(x, precision: p)
    case .expm1:
      if x.isReal { return ComplexInterval(real: Interval.expm1(x.re, precision: p)) }
      return subtract(ComplexInterval.exp(x, precision: p + 16), .one)
    case .log: return ComplexInterval.log(x, precision: p)
    case .log1p:
      if x.isReal, x.re.lower >= Real(-1) {
        return ComplexInterval(real: Interval.log1p(x.re, precision: p))
      }
      let shifted = EnclosingArithmetic(precision: p + 16).add(x, .one)
      return ComplexInterval.log(shifted, precision: p)
    case .sin: return ComplexInterval.sin(x, precision: p)
    case .cos: return ComplexInterval.cos(x, precision: p)
    case .tan: return ComplexInterval.tan(x, precision: p)
    case .asin: return ComplexInterval.asin(x, precision: p)
    case .acos: return ComplexInterval.acos(x, precision: p)
    case .atan: return ComplexInterval.atan(x, precision: p)
    case .sinh: return ComplexInterval.sinh(x, precision: p)
    case .cosh: return ComplexInterval.cosh(x, precision: p)
    case .tanh: return ComplexInterval.tanh(x, precision: p)
    case .asinh: return ComplexInterval.asinh(x, precision: p)
    case .acosh: return ComplexInterval.acosh(x, precision: p)
    case .atanh: return ComplexInterval.atanh(x, precision: p)
    case .abs: return ComplexInterval(real: ComplexInterval.abs(x, precision: p))
    case .sign: return try real(function, x) { Interval.sign($0).rounded(precision: p) }
    case .re: return ComplexInterval(real: x.re)
    case .im: return ComplexInterval(real: x.im)
    case .conj: return x.conj
    case .arg: return ComplexInterval(real: ComplexInterval.arg(x, precision: p))
    // These have operations of their own; with one argument they are that argument.
    case .min, .max: return try real(function, x) { $0 }
    case .digamma: return try real(function, x) { Interval.digamma($0, precision: p) }
    case .dilog: return try real(function, x) { Interval.dilog($0, precision: p) }
    case .atan2, .besselj: return .entire
    }
  }

  func atan2(
    y: ComplexInterval, x: ComplexInterval
  ) throws(ArithmeticError) -> ComplexInterval {
    let height = try realPart(.atan2, y)
    let width = try realPart(.atan2, x)
    return try defined(
      ComplexInterval(real: Interval.atan2(y: height, x: width, precision: precision))
    ) { "atan2 of \(height) and \(width)" }
  }

  func besselJ(order: Int, _ x: ComplexInterval) throws(ArithmeticError) -> ComplexInterval {
    ComplexInterval(
      real: Interval.besselJ(order: order, try realPart(.besselj, x), precision: precision))
  }

  func minimum(
    _ a: ComplexInterval, _ b: ComplexInterval
  ) throws(ArithmeticError) -> ComplexInterval {
    ComplexInterval(real: Interval.minimum(try realPart(.min, a), try realPart(.min, b)))
  }

  func maximum(
    _ a: ComplexInterval, _ b: ComplexInterval
  ) throws(ArithmeticError) -> ComplexInterval {
    ComplexInterval(real: Interval.maximum(try realPart(.max, a), try realPart(.max, b)))
  }

  func call(
    _ component: Procedure.Component, _ x: [ComplexInterval], exact: [Rational?]
  ) throws(ArithmeticError) -> ComplexInterval {
    try component.procedure.enclose(x, exact: exact, precision: precision)[component.index]
  }

  private func real(
    _ function: Function, _ x: ComplexInterval, _ f: (Interval) -> Interval
  ) throws(ArithmeticError) -> ComplexInterval {
    ComplexInterval(real: f(try realPart(function, x)))
  }

  /// The argument of a function of real numbers: the points of the rectangle that are real. The
  /// function has no value at the others.
  private func realPart(
    _ function: Function, _ x: ComplexInterval
  ) throws(ArithmeticError) -> Interval {
    guard x.im.containsZero else { throw .domain("\(function.name) of the complex number \(x)") }
    return x.re
  }

  private func defined(
    _ value: ComplexInterval, _ what: () -> String
  ) throws(ArithmeticError) -> ComplexInterval {
    if value.isEmpty { throw .domain(what()) }
    return value
  }
}
