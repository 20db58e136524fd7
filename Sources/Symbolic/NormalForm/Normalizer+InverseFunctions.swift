import Algebra
import Arbitrary
import Exact

/// Inverse circular and hyperbolic functions, and the argument of a complex number.
extension Normalizer {
  /// arctan, odd, with arctan(u) = π/2 - arctan(1/u) for u > 0; nil for an argument that is not real.
  mutating func arctangent(_ u: RationalFunction) throws(ArithmeticError) -> RationalFunction? {
    guard basis.isReal(u.numerator), basis.isReal(u.denominator) else { return nil }
    if u.isZero { return .zero }
    if u.numerator.leadingCoefficient.isNegative { return try arctangent(-u).map { -$0 } }
    if u.constantValue == 1 {
      return try product(try piKernel(), RationalFunction(Rational(reciprocalOf: 4)))
    }
    if sign(of: u) == .positive, isInverted(u), let other = try arctangent(try .one / u) {
      let right = try product(try piKernel(), RationalFunction(Rational(reciprocalOf: 2)))
      return try sum(right, -(try basis.lift(other)))
    }
    let kernel = try opaque(atan(basis.expression(u)), isReal: true)
    if let index = kernel.generatorIndex { known.angles[index] = .arctangent(u) }
    return kernel
  }

  /// Which of u and 1/u is written with its inverse: the one with the greater numerator.
  private func isInverted(_ u: RationalFunction) -> Bool {
    if let constant = u.constantValue { return constant > 1 }
    if u.numerator.totalDegree != u.denominator.totalDegree {
      return u.numerator.totalDegree > u.denominator.totalDegree
    }
    let (top, bottom) = (u.numerator.terms, u.denominator.terms)
    for ((a, _), (b, _)) in zip(top, bottom) where a != b {
      return b.lexicographicallyPrecedes(a)
    }
    return top.count > bottom.count
  }

  /// arcsin, odd.
  private mutating func arcsine(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> RationalFunction? {
    guard x.im.isZero else { return nil }
    let u = x.re
    if u.isZero { return .zero }
    if u.numerator.leadingCoefficient.isNegative {
      return try arcsine(Complex(-u)).map { -$0 }
    }
    let fraction: Rational? =
      u.constantValue == 1
      ? Rational(reciprocalOf: 2)
      : u.constantValue == Rational(reciprocalOf: 2) ? Rational(reciprocalOf: 6) : nil
    if let fraction { return try product(try piKernel(), RationalFunction(fraction)) }
    let isReal = try isAtMostOne(u)
    let kernel = try opaque(asin(basis.expression(u)), isReal: isReal)
    if let index = kernel.generatorIndex { known.angles[index] = .arcsine(u) }
    return kernel
  }

  /// Whether a real value is proved to lie in [-1, 1].
  private mutating func isAtMostOne(_ u: RationalFunction) throws(ArithmeticError) -> Bool {
    guard basis.isReal(u.numerator), basis.isReal(u.denominator) else { return false }
    let square = try product(u, u)
    return sign(of: try sum(.one, -square))?.isNonnegative ?? false
  }

  /// The argument of a complex number in (-π, π] where a half-plane that contains it is known.
  mutating func angle(
    of z: Complex<RationalFunction>
  ) throws(ArithmeticError) -> RationalFunction? {
    guard isRealForm(z) else { return nil }
    let (x, y) = (try basis.lift(z.re), try basis.lift(z.im))
    if x.isZero, y.isZero { return .zero }
    let horizontal = sign(of: x)
    if y.isZero {
      if horizontal?.isNonnegative ?? false { return .zero }
      return horizontal?.isNonpositive ?? false ? try piKernel() : nil
    }
    if horizontal == .positive { return try arctangent(try quotient(y, x)) }
    guard let vertical = sign(of: y), vertical.isNonzero else {
      let kernel = try opaque(arg(basis.expression(z)), isReal: true)
      return kernel
    }
    let right = try product(
      try piKernel(), RationalFunction(Rational(reciprocalOf: vertical == .positive ? 2 : -2)))
    guard let rest = try arctangent(try quotient(x, y)) else { return nil }
    return try sum(right, -(try basis.lift(rest)))
  }

  /// An inverse function; nil where no rule applies and the function stays as it is.
  mutating func inverseFunction(
    _ function: Function, _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction>? {
    let half = RationalFunction(Rational(reciprocalOf: 2))
    switch function {
    case .atan:
      guard x.im.isZero else { return nil }
      return try arctangent(x.re).map { Complex($0) }
    case .asin: return try arcsine(x).map { Complex($0) }
    case .acos:
      // arccos z = π/2 - arcsin z on the whole plane (DLMF 4.23.19).
      guard let other = try arcsine(x) else { return nil }
      let right = try product(half, try piKernel())
      return Complex(try sum(right, -(try basis.lift(other))))
    case .asinh:
      guard x.im.isZero, isRealForm(x) else { return nil }
      if x.isZero { return .zero }
      if x.re.numerator.leadingCoefficient.isNegative {
        return try inverseFunction(.asinh, -x).map { -$0 }
      }
      // x + √(x² + 1) > 0 for real x.
      let root = try squareRoot(.one + (try multiply(x, x)))
      guard root.im.isZero else { return nil }
      return Complex(try logarithm(ofPositive: try sum(x.re, root.re)))
    case .acosh:
      guard x.im.isZero, sign(of: try sum(x.re, -.one))?.isNonnegative ?? false else { return nil }
      let root = try squareRoot(try multiply(x, x) - .one)
      guard root.im.isZero else { return nil }
      return Complex(try logarithm(ofPositive: try sum(x.re, root.re)))
    case .atanh:
      guard x.im.isZero, isRealForm(x) else { return nil }
      if x.isZero { return .zero }
      let (up, down) = (try sum(.one, x.re), try sum(.one, -x.re))
      guard sign(of: up)?.isNonnegative ?? false, sign(of: down)?.isNonnegative ?? false else {
        return nil
      }
      let value = try logarithm(ofPositive: try quotient(up, down))
      return Complex(try product(half, value))
    default: return nil
    }
  }
}

func asin(_ x: Expression) -> Expression { .apply(.asin, x) }
func atan(_ x: Expression) -> Expression { .apply(.atan, x) }
func arg(_ x: Expression) -> Expression { .apply(.arg, x) }
