import Exact

/// A quotient of polynomials over Z, in lowest terms: an element of Q(x₁, …, xₙ).
///
/// Invariants: numerator and denominator are coprime, their integer contents too; the denominator
/// has a positive leading coefficient; zero is 0/1. The form is canonical, so equality is equality
/// of parts.
public struct RationalFunction: Sendable, Hashable {
  public let numerator: Polynomial
  public let denominator: Polynomial

  init(uncheckedNumerator numerator: Polynomial, denominator: Polynomial) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// A polynomial.
  public init(_ polynomial: Polynomial) {
    self.init(uncheckedNumerator: polynomial, denominator: Polynomial(1, ring: polynomial.ring))
  }

  /// A rational constant.
  public init(_ value: Rational) {
    self.init(
      uncheckedNumerator: Polynomial(value.numerator), denominator: Polynomial(value.denominator))
  }

  /// The quotient in lowest terms.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``.
  public init(_ numerator: Polynomial, _ denominator: Polynomial) throws(ArithmeticError) {
    if denominator.isZero { throw .divisionByZero }
    let reduced = Polynomial.reduced(numerator, denominator)
    self.init(normalizing: reduced.a, reduced.b)
  }

  /// Fixes the sign; the parts are already coprime.
  private init(normalizing numerator: Polynomial, _ denominator: Polynomial) {
    if numerator.isZero {
      self.init(uncheckedNumerator: numerator, denominator: Polynomial(1, ring: denominator.ring))
    } else if denominator.leadingCoefficient.isNegative {
      self.init(uncheckedNumerator: -numerator, denominator: -denominator)
    } else {
      self.init(uncheckedNumerator: numerator, denominator: denominator)
    }
  }

  /// The value where the function is constant.
  public var constantValue: Rational? {
    guard let n = numerator.constantValue, let d = denominator.constantValue else { return nil }
    return try? Rational(n, d)
  }

  /// The value at a point of a field.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` where the denominator is exactly zero there.
  public func evaluated<F: Field>(at values: [F]) throws(ArithmeticError) -> F {
    try numerator.evaluated(at: values) / denominator.evaluated(at: values)
  }

  /// The derivative with respect to one variable.
  public func derivative(in variable: Int) -> RationalFunction {
    let top =
      numerator.derivative(in: variable) * denominator
      - numerator * denominator.derivative(in: variable)
    // A denominator is never zero, nor is its square.
    return (try? RationalFunction(top, denominator * denominator)) ?? .zero
  }

  /// The variables of the numerator or denominator.
  public var occurringVariables: [Int] {
    Array(Set(numerator.occurringVariables).union(denominator.occurringVariables)).sorted()
  }
}

extension RationalFunction: Field {
  public static var zero: RationalFunction { RationalFunction(Polynomial.zero) }
  public static var one: RationalFunction { RationalFunction(Polynomial.one) }
  public init(_ value: Integer) { self.init(Polynomial(value)) }
  public var isZero: Bool { numerator.isZero }
  public var isOne: Bool { numerator.isOne && denominator.isOne }
  public static var isExact: Bool { true }
  public var pivotCost: Double? {
    isZero ? nil : Double(numerator.termCount + denominator.termCount)
  }

  /// - Source: Henrici 1956: only the common part of the denominators can cancel.
  public static func + (a: RationalFunction, b: RationalFunction) -> RationalFunction {
    if a.isZero { return b }
    if b.isZero { return a }
    if a.denominator == b.denominator {
      let sum = a.numerator + b.numerator
      if a.denominator.isOne { return RationalFunction(sum) }
      return reduce(sum, a.denominator, common: a.denominator)
    }
    let (common, left, right) = Polynomial.reduced(a.denominator, b.denominator)
    let sum = a.numerator * right + b.numerator * left
    return reduce(sum, left * b.denominator, common: common)
  }

  /// `numerator / denominator`, where only divisors of `common` can cancel.
  private static func reduce(
    _ numerator: Polynomial, _ denominator: Polynomial, common: Polynomial
  ) -> RationalFunction {
    let shared = Polynomial.gcd(numerator, common)
    if shared.isOne { return RationalFunction(normalizing: numerator, denominator) }
    return RationalFunction(
      normalizing: numerator.exactQuotient(by: shared), denominator.exactQuotient(by: shared))
  }

  public static func - (a: RationalFunction, b: RationalFunction) -> RationalFunction { a + -b }

  public static prefix func - (a: RationalFunction) -> RationalFunction {
    RationalFunction(uncheckedNumerator: -a.numerator, denominator: a.denominator)
  }

  public static func * (a: RationalFunction, b: RationalFunction) -> RationalFunction {
    if a.isZero || b.isZero { return .zero }
    return crossReduced(a.numerator, a.denominator, b.numerator, b.denominator)
  }

  /// (n₁/d₁)(n₂/d₂) for parts that are each in lowest terms: only across the fractions is there
  /// anything to cancel.
  private static func crossReduced(
    _ n1: Polynomial, _ d1: Polynomial, _ n2: Polynomial, _ d2: Polynomial
  ) -> RationalFunction {
    let first = d2.isOne ? (gcd: d2, a: n1, b: d2) : Polynomial.reduced(n1, d2)
    let second = d1.isOne ? (gcd: d1, a: n2, b: d1) : Polynomial.reduced(n2, d1)
    return RationalFunction(normalizing: first.a * second.a, second.b * first.b)
  }

  public static func / (
    a: RationalFunction, b: RationalFunction
  ) throws(ArithmeticError) -> RationalFunction {
    if b.isZero { throw .divisionByZero }
    if a.isZero { return .zero }
    return crossReduced(a.numerator, a.denominator, b.denominator, b.numerator)
  }

  /// An integer power, its degree checked.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)``, ``ArithmeticError/divisionByZero``.
  public func power(_ exponent: Int) throws(ArithmeticError) -> RationalFunction {
    let n = try numerator.checkedPower(exponent.magnitude)
    let d = try denominator.checkedPower(exponent.magnitude)
    if exponent >= 0 { return RationalFunction(uncheckedNumerator: n, denominator: d) }
    if n.isZero { throw .divisionByZero }
    return RationalFunction(normalizing: d, n)
  }

  /// The exact square root, or nil where it is no rational function over Q.
  public func squareRoot() -> RationalFunction? {
    guard let n = numerator.squareRoot(), let d = denominator.squareRoot() else { return nil }
    return RationalFunction(uncheckedNumerator: n, denominator: d)
  }
}

extension RationalFunction: CustomStringConvertible {
  public var description: String {
    if denominator.isOne { return numerator.description }
    let top = numerator.termCount > 1 ? "(\(numerator))" : numerator.description
    return "\(top)/(\(denominator))"
  }
}

extension RationalFunction {
  /// The quotient of parts that the caller knows to be coprime, the denominator not zero.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``.
  public init(
    coprime numerator: Polynomial, _ denominator: Polynomial
  ) throws(ArithmeticError) {
    if denominator.isZero { throw .divisionByZero }
    self.init(normalizing: numerator, denominator)
  }
}
