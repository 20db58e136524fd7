import Arbitrary
import Exact

/// Programs over the numbers a + b·i with rational a and b. A value is nil where it is not known to be
/// one of these, and whatever is computed from it is nil.
///
/// What is exact: sums, products, quotients, integer powers, roots and rational powers of perfect
/// powers, the square root of a square of such a number, `abs`, `sign`, `min`, `max`, `re`, `im`,
/// `conj`, and functions at the points at which their value is plainly rational, such as `exp(0)`.
struct ExactArithmetic: ProgramArithmetic {
  /// The most bits that a numerator or denominator may have; a longer value counts as not known.
  static let largestSize = 1 << 20

  func constant(_ value: Rational) -> Complex<Rational>? { Self.real(value) }
  // `Complex(value)` might be the quotient of two integers, which throws.
  static func real(_ value: Rational) -> Complex<Rational> { Complex(re: value, im: 0) }

  var imaginaryUnit: Complex<Rational>? { .i }
  var pi: Complex<Rational>? { nil }

  func add(_ a: Complex<Rational>?, _ b: Complex<Rational>?) -> Complex<Rational>? {
    guard let a, let b else { return nil }
    return bounded(a + b)
  }

  func subtract(_ a: Complex<Rational>?, _ b: Complex<Rational>?) -> Complex<Rational>? {
    guard let a, let b else { return nil }
    return bounded(a - b)
  }

  func multiply(_ a: Complex<Rational>?, _ b: Complex<Rational>?) -> Complex<Rational>? {
    guard let a, let b else { return nil }
    return bounded(a * b)
  }

  func negate(_ a: Complex<Rational>?) -> Complex<Rational>? { a.map { -$0 } }

  func divide(
    _ a: Complex<Rational>?, _ b: Complex<Rational>?
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let b else { return nil }
    if b.isZero { throw .divisionByZero }
    guard let a else { return nil }
    return bounded(try a / b)
  }

  private func bounded(_ value: Complex<Rational>) -> Complex<Rational>? {
    Self.size(value) <= Self.largestSize ? value : nil
  }

  private static func size(_ value: Complex<Rational>) -> Int {
    let parts = [
      value.re.numerator, value.re.denominator, value.im.numerator, value.im.denominator,
    ]
    return parts.map(\.bitWidth).max() ?? 0
  }

  // MARK: - Powers

  func power(
    _ base: Complex<Rational>?, _ exponent: Int
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let base else { return nil }
    if base.isZero {
      if exponent < 0 { throw .divisionByZero }
      return exponent == 0 ? .one : .zero
    }
    // The units i^k, whatever the exponent.
    if Self.size(base) == 1, base.normSquared == 1 { return power(ofUnit: base, exponent) }
    let (bits, overflow) = Self.size(base).multipliedReportingOverflow(
      by: Int(clamping: exponent.magnitude))
    guard !overflow, bits <= Self.largestSize else { return nil }
    let positive = base.power(exponent.magnitude)
    return exponent >= 0 ? positive : try .one / positive
  }

  private func power(ofUnit unit: Complex<Rational>, _ exponent: Int) -> Complex<Rational> {
    unit.power(UInt((exponent % 4 + 4) % 4))
  }

  func power(
    _ base: Complex<Rational>?, _ exponent: Rational
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let base else { return nil }
    if base.isZero {
      if exponent.isNegative { throw .divisionByZero }
      return exponent.isZero ? .one : .zero
    }
    guard let n = exponent.numerator.word, let degree = exponent.denominator.word else {
      return base == .one ? .one : nil
    }
    if degree == 1 { return try power(base, n) }
    if degree == 2 { return try power(squareRoot(base), n) }
    // Principal roots of other degrees are rational only of positive numbers.
    guard base.isReal, base.re > 0, let root = base.re.exactRoot(UInt(degree)) else { return nil }
    return try power(Self.real(root), n)
  }

  func power(
    _ base: Complex<Rational>?, _ exponent: Complex<Rational>?
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let base, let exponent else { return nil }
    if exponent.isReal { return try power(base, exponent.re) }
    if base.isZero {
      if exponent.re.isNegative { throw .divisionByZero }
      if exponent.re.isZero { throw .domain("an imaginary power of 0") }
      return .zero
    }
    return base == .one ? .one : nil
  }

  /// The principal square root where it is exact: for z = x + iy with |z| rational, its real part is
  /// √((|z| + x)/2) and its imaginary part has the sign of y.
  private func squareRoot(_ z: Complex<Rational>) -> Complex<Rational>? {
    guard let size = z.normSquared.exactRoot(2), let half = try? Rational(1, 2),
      let re = ((size + z.re) * half).exactRoot(2), let im = ((size - z.re) * half).exactRoot(2)
    else { return nil }
    return Complex(re: re, im: z.im.isNegative ? -im : im)
  }

  // MARK: - Functions

  func apply(
    _ function: Function, _ x: Complex<Rational>?
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let x else { return nil }
    switch function {
    case .re: return Self.real(x.re)
    case .im: return Self.real(x.im)
    case .conj: return x.conj
    case .sqrt: return squareRoot(x)
    case .abs: return x.normSquared.exactRoot(2).map { Self.real($0) }
    case .cbrt:
      return try real(function, x).exactRoot(3).map { Self.real($0) }
    case .sign: return Self.real(Rational(try real(function, x).signum))
    case .min, .max: return Self.real(try real(function, x))
    case .exp, .cos, .cosh: return x.isZero ? .one : nil
    case .expm1, .sin, .tan, .asin, .sinh, .tanh, .asinh: return x.isZero ? .zero : nil
    case .atan:
      if x.isReal || x.normSquared != 1 { return x.isZero ? .zero : nil }
      if x == .i || x == -.i { throw .domain("atan of \(x)") }
      return nil
    case .atanh:
      if x == .one || x == -.one { throw .domain("atanh of \(x)") }
      return x.isZero ? .zero : nil
    case .log:
      if x.isZero { throw .domain("log of 0") }
      return x == .one ? .zero : nil
    case .log1p:
      if x == -.one { throw .domain("log1p of -1") }
      return x.isZero ? .zero : nil
    case .acos, .acosh: return x == .one ? .zero : nil
    case .arg:
      if x.isZero { throw .domain("arg of 0") }
      return x.isReal && x.re > 0 ? .zero : nil
    case .digamma:
      let x = try real(function, x)
      if x.isInteger && x.signum <= 0 { throw .domain("digamma of \(x)") }
      return nil
    case .dilog:
      let x = try real(function, x)
      if x > 1 { throw .domain("dilog of \(x), which is greater than 1") }
      return x.isZero ? .zero : nil
    // These have operations of their own.
    case .atan2, .besselj: return nil
    }
  }

  func atan2(
    y: Complex<Rational>?, x: Complex<Rational>?
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let y, let x else { return nil }
    let height = try real(.atan2, y)
    let width = try real(.atan2, x)
    if height.isZero, width.isZero { throw .domain("atan2 of 0 and 0") }
    return height.isZero && width > 0 ? .zero : nil
  }

  func besselJ(
    order: Int, _ x: Complex<Rational>?
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let x, try real(.besselj, x).isZero else { return nil }
    return order == 0 ? .one : .zero
  }

  func call(
    _ component: Procedure.Component, _ x: [Complex<Rational>?], exact: [Rational?]
  ) -> Complex<Rational>? { nil }

  func minimum(
    _ a: Complex<Rational>?, _ b: Complex<Rational>?
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let a, let b else { return nil }
    return Self.real(Swift.min(try real(.min, a), try real(.min, b)))
  }

  func maximum(
    _ a: Complex<Rational>?, _ b: Complex<Rational>?
  ) throws(ArithmeticError) -> Complex<Rational>? {
    guard let a, let b else { return nil }
    return Self.real(Swift.max(try real(.max, a), try real(.max, b)))
  }

  private func real(
    _ function: Function, _ x: Complex<Rational>
  ) throws(ArithmeticError) -> Rational {
    guard x.isReal else { throw .domain("\(function.name) of the complex number \(x)") }
    return x.re
  }
}

extension Expression {
  /// The value a + b·i with rational a and b, where exact operations alone lead to it; nil where they
  /// do not, where symbols or infinity occur, and where a number would need more than a million bits.
  /// Nil says nothing about the value: `sqrt(2)^2` is 2, but by no exact operation.
  ///
  /// - Returns: exact.
  /// - Throws: ``ArithmeticError/divisionByZero`` where a divisor is exactly zero,
  ///   ``ArithmeticError/domain(_:)`` where an exact argument is outside its function's domain.
  /// - Complexity: one operation for each distinct part.
  public func exactValue() throws(ArithmeticError) -> Complex<Rational>? {
    guard let program = try? Program([self], inputs: []) else { return nil }
    return try program.exactValues([])[0]
  }
}
