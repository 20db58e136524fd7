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
    case .tan: return try divide(try apply(.sin, [x]), try apply(.cos, [x]))
    case .sin, .cos: return try circular(function, x)
    case .abs:
      guard isRealForm(x) else { break }
      if x.im.isZero { return Complex(try absolute(x.re)) }
      let norm = try multiply(x, Complex(re: x.re, im: -x.im))
      return try squareRoot(norm)
    case .max, .min:
      var best = x
      for other in arguments.dropFirst() { best = try extremum(function, best, other) }
      return best
    case .sign:
      guard x.im.isZero, isRealForm(x) else { break }
      switch SignProver(basis).sign(of: x.re) {
      case .positive: return .one
      case .negative: return -.one
      case .zero: return .zero
      default: break
      }
    case .re where isRealForm(x): return Complex(x.re)
    case .im where isRealForm(x): return Complex(x.im)
    case .conj where isRealForm(x): return Complex(re: x.re, im: -x.im)
    case .besselj: return try bessel(arguments)
    default: break
    }
    let written = Expression(raw: .function(function, arguments.map { basis.expression($0) }))
    let isReal: Bool =
      switch function {
      case .cbrt, .atan, .asinh, .atan2, .sign, .digamma, .dilog:
        arguments.allSatisfy { $0.im.isZero && isRealForm($0) }
      case .re, .im, .abs, .arg: true
      default: false
      }
    return Complex(
      try opaque(written, isReal: isReal, sign: function == .abs ? .nonnegative : nil))
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

  /// exp of a sum is the product over its terms; exp(p·u/q) is the p-th power of exp(u/q).
  private mutating func exponential(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    guard x.im.isZero else {
      guard x.re.isZero, isRealForm(x) else {
        return Complex(try opaque(exp(basis.expression(x)), isReal: false))
      }
      // exp(i·y) = cos y + i·sin y for real y.
      let angle = Complex(x.im)
      let cosine = try circular(.cos, angle)
      let sine = try circular(.sin, angle)
      return try lift(cosine) + (try multiply(.i, sine))
    }
    var result = Complex(RationalFunction.one)
    let denominator = x.re.denominator
    for term in x.re.numerator.singleTerms {
      let coefficient = try Rational(term.leadingCoefficient, denominator.content)
      let unit = try RationalFunction(term.primitivePart, denominator.primitivePart)
      guard let power = coefficient.numerator.word,
        power.magnitude <= Normalizer.largestPower.magnitude
      else { throw .limit("exp of \(coefficient) times something") }
      let argument =
        basis.expression(unit) * .rational(Rational(reciprocalOf: coefficient.denominator))
      let isReal = basis.isReal(unit.numerator) && basis.isReal(unit.denominator)
      let kernel = try opaque(exp(argument), isReal: isReal, sign: isReal ? .positive : nil)
      result = try multiply(result, try integerPower(Complex(kernel), power))
    }
    return result
  }

  private mutating func logarithm(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    if x == .one { return .zero }
    if x == .zero { throw .domain("log of zero") }
    let sign = x.im.isZero && isRealForm(x) ? SignProver(basis).sign(of: x.re) : nil
    return Complex(try opaque(log(basis.expression(x)), isReal: sign == .positive))
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

  /// sin and cos of one argument, its sign normalised, with sin² = 1 - cos².
  private mutating func circular(
    _ function: Function, _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    if x == .zero { return function == .sin ? .zero : .one }
    let isFlipped =
      x.re.isZero
      ? x.im.numerator.leadingCoefficient.isNegative : x.re.numerator.leadingCoefficient.isNegative
    let argument = basis.expression(isFlipped ? -x : x)
    let isReal = x.im.isZero && isRealForm(x)
    let cosine = try opaque(cos(argument), isReal: isReal)
    if function == .cos { return Complex(cosine) }
    let square = Polynomial(1, ring: basis.ring) - cosine.numerator * cosine.numerator
    let sine = try generator(
      .opaque(sin(argument)), isReal: isReal, sign: nil,
      relation: .init(degree: 2, value: square))
    return Complex(isFlipped ? -sine : sine)
  }
}

extension Rational {
  /// One over a nonzero integer.
  init(reciprocalOf denominator: Integer) {
    self = (try? Rational(1, denominator)) ?? .zero
  }
}
