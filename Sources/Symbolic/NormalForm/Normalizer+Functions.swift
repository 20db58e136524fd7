import Algebra
import Arbitrary
import Exact

extension Normalizer {
  mutating func apply(
    _ function: Function, _ arguments: [Complex<RationalFunction>]
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let x = arguments[0]
    switch function {
    case .sqrt: return try squareRoot(x)
    case .exp: return try exponential(x)
    case .expm1: return try exponential(x) - .one
    case .log1p: return try logarithm(x + .one)
    case .log: return try logarithm(x)
    case .sinh, .cosh, .tanh: return try hyperbolic(function, x)
    case .tan: return try divide(try circular(.sin, x), try circular(.cos, x))
    case .sin, .cos: return try circular(function, x)
    case .cbrt: return try cubeRoot(x)
    case .abs: return try modulus(x)
    case .max, .min:
      var best = x
      for other in arguments.dropFirst() { best = try extremum(function, best, other) }
      return best
    case .sign:
      guard x.im.isZero, isRealForm(x) else { break }
      switch sign(of: x.re) {
      case .positive: return .one
      case .negative: return -.one
      case .zero: return .zero
      default: break
      }
    case .re, .im: return try part(function, x)
    case .conj: return try conjugate(x)
    case .asin, .acos, .atan, .asinh, .acosh, .atanh:
      if let value = try inverseFunction(function, x) { return value }
    case .arg:
      if let value = try angle(of: x) { return Complex(value) }
    case .atan2:
      guard x.im.isZero, isRealForm(x), arguments[1].im.isZero, isRealForm(arguments[1]) else {
        break
      }
      let point = try lift(Complex(re: arguments[1].re, im: x.re))
      if let value = try angle(of: point) { return Complex(value) }
    case .besselj: return try bessel(arguments)
    default: break
    }
    let written = Expression(raw: .function(function, arguments.map { basis.expression($0) }))
    let isReal: Bool =
      switch function {
      case .atan2, .sign, .digamma, .dilog:
        arguments.allSatisfy { $0.im.isZero && isRealForm($0) }
      case .arg: true
      default: false
      }
    return Complex(try opaque(written, isReal: isReal))
  }

  /// J_n of one argument, its sign and that of the order normalised: J_{-n}(x) = J_n(-x) = (-1)^n J_n(x)
  /// (DLMF 10.4.1, 10.11.1).
  private mutating func bessel(
    _ arguments: [Complex<RationalFunction>]
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    guard let order = arguments[0].re.constantValue?.numerator.word else {
      throw .domain("a Bessel function of unknown order")
    }
    let x = arguments[1]
    if x == .zero { return order == 0 ? .one : .zero }
    let isFlipped = x.re.numerator.leadingCoefficient.isNegative && x.im.isZero
    let written = Expression.besselJ(abs(order), basis.expression(isFlipped ? -x : x))
    let value = Complex(try opaque(written, isReal: x.im.isZero && isRealForm(x)))
    return order % 2 != 0 && isFlipped != (order < 0) ? -value : value
  }

  /// max(a, b) = (a + b + |a - b|)/2.
  private mutating func extremum(
    _ function: Function, _ a: Complex<RationalFunction>, _ b: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    guard a.im.isZero, b.im.isZero, isRealForm(a), isRealForm(b) else {
      throw .domain("\(function.name) of a value that is not known to be real")
    }
    let distance = try absolute(try add(try lift(a), -(try lift(b))).re)
    let sum = try add(try lift(a), try lift(b)).re
    let half = Complex(RationalFunction(Rational(reciprocalOf: 2)))
    let total = try add(
      Complex(sum), Complex(function == .max ? distance : -distance))
    return half * total
  }

  private mutating func hyperbolic(
    _ function: Function, _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let up = try exponential(x)
    let down = try divide(.one, up)
    let sum = try lift(up) + down
    let difference = try lift(up) - down
    let half = Complex(RationalFunction(Rational(reciprocalOf: 2)))
    switch function {
    case .sinh: return half * difference
    case .cosh: return half * sum
    default: return try divide(difference, sum)
    }
  }
}

extension Rational {
  /// One over a nonzero integer.
  init(reciprocalOf denominator: Integer) {
    self = (try? Rational(1, denominator)) ?? .zero
  }
}
