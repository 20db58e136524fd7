import Arbitrary
import Exact
import Foundation

/// Programs over doubles, on the real line: NaN for what is not real or not defined there.
struct DoubleArithmetic: ProgramArithmetic {
  func constant(_ value: Rational) -> Double { value.approximateDouble }
  var imaginaryUnit: Double { .nan }
  var pi: Double { .pi }

  func add(_ a: Double, _ b: Double) -> Double { a + b }
  func subtract(_ a: Double, _ b: Double) -> Double { a - b }
  func multiply(_ a: Double, _ b: Double) -> Double { a * b }
  func negate(_ a: Double) -> Double { -a }
  func divide(_ a: Double, _ b: Double) -> Double { b == 0 ? .nan : a / b }

  func power(_ base: Double, _ exponent: Int) -> Double {
    if base == 0, exponent < 0 { return .nan }
    if exponent == 2 { return base * base }
    return Foundation.pow(base, Double(exponent))
  }

  func power(_ base: Double, _ exponent: Rational) -> Double {
    power(base, exponent.approximateDouble)
  }

  func power(_ base: Double, _ exponent: Double) -> Double {
    // The library's own pow has values for 0^(-1), and 1 for 1^NaN and NaN^0.
    if base.isNaN || exponent.isNaN || (base == 0 && exponent < 0) { return .nan }
    return Foundation.pow(base, exponent)
  }

  func apply(_ function: Function, _ x: Double) -> Double {
    switch function {
    case .sqrt: x.squareRoot()
    case .cbrt: Foundation.cbrt(x)
    case .exp: Foundation.exp(x)
    case .expm1: Foundation.expm1(x)
    case .log: x == 0 ? .nan : Foundation.log(x)
    case .log1p: x == -1 ? .nan : Foundation.log1p(x)
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .tan: Foundation.tan(x)
    case .asin: Foundation.asin(x)
    case .acos: Foundation.acos(x)
    case .atan: Foundation.atan(x)
    case .sinh: Foundation.sinh(x)
    case .cosh: Foundation.cosh(x)
    case .tanh: Foundation.tanh(x)
    case .asinh: Foundation.asinh(x)
    case .acosh: Foundation.acosh(x)
    case .atanh: Swift.abs(x) == 1 ? .nan : Foundation.atanh(x)
    case .abs: Swift.abs(x)
    case .sign: x > 0 ? 1 : x < 0 ? -1 : x
    case .min, .max, .re, .conj: x
    case .im: x.isNaN ? .nan : 0
    case .arg: x > 0 ? 0 : x < 0 ? .pi : .nan
    case .digamma: Real.digamma(Real(x), precision: 53).approximateDouble
    case .dilog: Real.dilog(Real(x), precision: 53).approximateDouble
    case .atan2, .besselj: .nan
    }
  }

  func atan2(y: Double, x: Double) -> Double {
    // Without the sign of zeros, which the formulas do not know.
    x == 0 && y == 0 ? .nan : Foundation.atan2(y == 0 ? 0 : y, x)
  }

  func besselJ(order: Int, _ x: Double) -> Double { jn(Int32(clamping: order), x) }

  func call(_ component: Procedure.Component, _ x: [Double], exact: [Rational?]) -> Double {
    if x.contains(where: \.isNaN) { return .nan }
    return component.procedure.approximate(x)[component.index]
  }

  func minimum(_ a: Double, _ b: Double) -> Double {
    a.isNaN || b.isNaN ? .nan : Swift.min(a, b)
  }

  func maximum(_ a: Double, _ b: Double) -> Double {
    a.isNaN || b.isNaN ? .nan : Swift.max(a, b)
  }
}
