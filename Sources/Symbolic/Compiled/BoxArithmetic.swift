import Arbitrary
import Exact

/// Programs over intervals of doubles, on the real line: the cheapest enclosures over boxes.
///
/// **Guarantee:** at every point of a box at which all operations are real, the value lies in the result. Where
/// some of an operand is outside a function's domain, or a divisor may be zero, the result is the whole line.
struct BoxArithmetic: ProgramArithmetic {
  func constant(_ value: Rational) -> DoubleInterval { DoubleInterval(value) }
  var imaginaryUnit: DoubleInterval { .entire }
  var pi: DoubleInterval { DoubleInterval(3.1415926535897931, 3.1415926535897936) }

  func add(_ a: DoubleInterval, _ b: DoubleInterval) -> DoubleInterval { a + b }
  func subtract(_ a: DoubleInterval, _ b: DoubleInterval) -> DoubleInterval { a - b }
  func multiply(_ a: DoubleInterval, _ b: DoubleInterval) -> DoubleInterval { a * b }
  func negate(_ a: DoubleInterval) -> DoubleInterval { -a }
  func divide(_ a: DoubleInterval, _ b: DoubleInterval) -> DoubleInterval { a / b }

  func power(_ base: DoubleInterval, _ exponent: Int) -> DoubleInterval {
    if exponent < 0 {
      return DoubleInterval(point: 1) / power(base, exponent == .min ? .max : -exponent)
    }
    if exponent == 2 {
      let square = base * base
      return DoubleInterval(max(base.mignitude * base.mignitude * (1 - 0x1p-50), 0), square.upper)
    }
    if exponent > 64 {
      return general(base) { Interval.powInt($0, exponent, precision: 53) }
    }
    if exponent % 2 == 0, exponent > 0 { return power(power(base, exponent / 2), 2) }
    var result = DoubleInterval(point: 1)
    // An odd power is increasing: from its ends.
    if exponent > 0 {
      var (low, high) = (DoubleInterval(point: base.lower), DoubleInterval(point: base.upper))
      let (a, b) = (low, high)
      for _ in 1..<exponent {
        low = low * a
        high = high * b
      }
      result = low.isBounded && high.isBounded ? low.union(high) : .entire
    }
    return result
  }

  func power(_ base: DoubleInterval, _ exponent: Rational) -> DoubleInterval {
    guard base.lower > 0 || (base.lower == 0 && exponent.signum > 0) else { return .entire }
    return general(base) { Interval.pow($0, exponent, precision: 53) }
  }

  func power(_ base: DoubleInterval, _ exponent: DoubleInterval) -> DoubleInterval {
    guard base.lower > 0, base.isBounded, exponent.isBounded else { return .entire }
    return DoubleInterval(
      Interval.pow(
        base.interval(precision: 53), exponent.interval(precision: 53), precision: 53))
  }

  /// By the correctly rounded functions of ``Interval``.
  private func general(
    _ x: DoubleInterval, _ f: (Interval) -> Interval
  ) -> DoubleInterval {
    x.isBounded ? DoubleInterval(f(x.interval(precision: 53))) : .entire
  }

  func apply(_ function: Function, _ x: DoubleInterval) -> DoubleInterval {
    switch function {
    case .sqrt:
      guard x.lower >= 0 else { return .entire }
      return DoubleInterval(
        max(x.lower.squareRoot().nextDown, 0), x.upper.squareRoot().nextUp)
    case .cbrt: return x.lower >= 0 ? general(x) { Interval.cbrt($0, precision: 53) } : .entire
    case .exp: return general(x) { Interval.exp($0, precision: 53) }
    case .expm1: return general(x) { Interval.expm1($0, precision: 53) }
    case .log: return x.lower > 0 ? general(x) { Interval.log($0, precision: 53) } : .entire
    case .log1p: return x.lower > -1 ? general(x) { Interval.log1p($0, precision: 53) } : .entire
    case .sin:
      return x.width < 6 ? general(x) { Interval.sin($0, precision: 53) } : DoubleInterval(-1, 1)
    case .cos:
      return x.width < 6 ? general(x) { Interval.cos($0, precision: 53) } : DoubleInterval(-1, 1)
    case .tan: return general(x) { Interval.tan($0, precision: 53) }
    case .asin where x.magnitude <= 1: return general(x) { Interval.asin($0, precision: 53) }
    case .acos where x.magnitude <= 1: return general(x) { Interval.acos($0, precision: 53) }
    case .atan: return general(x) { Interval.atan($0, precision: 53) }
    case .sinh: return general(x) { Interval.sinh($0, precision: 53) }
    case .cosh: return general(x) { Interval.cosh($0, precision: 53) }
    case .tanh: return general(x) { Interval.tanh($0, precision: 53) }
    case .asinh: return general(x) { Interval.asinh($0, precision: 53) }
    case .acosh where x.lower >= 1: return general(x) { Interval.acosh($0, precision: 53) }
    case .atanh where x.magnitude < 1: return general(x) { Interval.atanh($0, precision: 53) }
    case .abs: return DoubleInterval(x.mignitude, x.magnitude)
    case .sign:
      return x.lower > 0
        ? DoubleInterval(point: 1) : x.upper < 0 ? DoubleInterval(point: -1) : DoubleInterval(-1, 1)
    case .re, .conj: return x
    case .im: return .zero
    default: return .entire
    }
  }

  func atan2(y: DoubleInterval, x: DoubleInterval) -> DoubleInterval {
    guard x.isBounded, y.isBounded else { return .entire }
    return DoubleInterval(
      Interval.atan2(
        y: y.interval(precision: 53), x: x.interval(precision: 53), precision: 53))
  }

  func besselJ(order: Int, _ x: DoubleInterval) -> DoubleInterval {
    general(x) { Interval.besselJ(order: order, $0, precision: 53) }
  }

  /// Nothing is said of a procedure over a box: it may take seconds, and cells are many.
  func call(
    _ component: Procedure.Component, _ x: [DoubleInterval], exact: [Rational?]
  ) -> DoubleInterval { .entire }

  func minimum(_ a: DoubleInterval, _ b: DoubleInterval) -> DoubleInterval {
    DoubleInterval(min(a.lower, b.lower), min(a.upper, b.upper))
  }

  func maximum(_ a: DoubleInterval, _ b: DoubleInterval) -> DoubleInterval {
    DoubleInterval(max(a.lower, b.lower), max(a.upper, b.upper))
  }
}

extension Program {
  /// Enclosures of the outputs over a box in doubles.
  ///
  /// **Guarantee:** at every point of the box at which all operations are real and defined, the outputs lie in
  /// the enclosures; the whole line where that cannot be said.
  ///
  /// - Precondition: `box` has an interval for every input.
  public func enclose(_ box: [DoubleInterval]) -> [DoubleInterval] {
    (try? run(BoxArithmetic(), box)) ?? outputs.map { _ in .entire }
  }
}
