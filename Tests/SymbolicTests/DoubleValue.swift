import Foundation

@testable import Symbolic

// Foundation has an `Expression` too.
extension Symbolic.Expression {
  /// The value in doubles, for tests only: real formulas, written without regard to this library's
  /// own evaluation.
  func doubleValue(_ values: [String: Double]) -> Double {
    switch kind {
    case .rational(let value): return value.approximateDouble
    case .imaginaryUnit, .procedure: return .nan
    case .constant(let constant): return constant == .pi ? .pi : .infinity
    case .symbol(let symbol): return values[symbol.name] ?? .nan
    case .sum(let terms): return terms.reduce(0) { $0 + $1.doubleValue(values) }
    case .product(let factors): return factors.reduce(1) { $0 * $1.doubleValue(values) }
    case .power(let base, let exponent):
      return Foundation.pow(base.doubleValue(values), exponent.doubleValue(values))
    case .function(let function, let arguments):
      let numbers = arguments.map { $0.doubleValue(values) }
      let x = numbers[0]
      switch function {
      case .sqrt: return x.squareRoot()
      case .cbrt: return Foundation.cbrt(x)
      case .exp: return Foundation.exp(x)
      case .expm1: return Foundation.expm1(x)
      case .log: return Foundation.log(x)
      case .log1p: return Foundation.log1p(x)
      case .sin: return Foundation.sin(x)
      case .cos: return Foundation.cos(x)
      case .tan: return Foundation.tan(x)
      case .asin: return Foundation.asin(x)
      case .acos: return Foundation.acos(x)
      case .atan: return Foundation.atan(x)
      case .atan2: return Foundation.atan2(x, numbers[1])
      case .sinh: return Foundation.sinh(x)
      case .cosh: return Foundation.cosh(x)
      case .tanh: return Foundation.tanh(x)
      case .asinh: return Foundation.asinh(x)
      case .acosh: return Foundation.acosh(x)
      case .atanh: return Foundation.atanh(x)
      case .abs: return Swift.abs(x)
      case .sign: return x > 0 ? 1 : x < 0 ? -1 : 0
      case .min: return numbers.min() ?? .nan
      case .max: return numbers.max() ?? .nan
      case .re, .conj: return x
      case .im: return 0
      case .arg: return x < 0 ? .pi : 0
      case .besselj: return Foundation.jn(Int32(clamping: Int(x)), numbers[1])
      // Not in the C library.
      case .digamma, .dilog: return .nan
      }
    }
  }
}
