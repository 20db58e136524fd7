/// A rational number in lowest terms.
///
/// Invariant: the denominator is positive and coprime to the numerator; zero is 0/1. Two machine
/// words while both parts are small.
public struct Rational: Sendable, Hashable {
  public let numerator: Integer
  public let denominator: Integer

  @inlinable init(uncheckedNumerator numerator: Integer, denominator: Integer) {
    self.numerator = numerator
    self.denominator = denominator
  }

  @inlinable public init(_ value: Integer) {
    self.init(uncheckedNumerator: value, denominator: 1)
  }

  @inlinable public init(_ value: Int) { self.init(Integer(value)) }

  /// `numerator` over `denominator`, reduced.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``.
  public init(_ numerator: Integer, _ denominator: Integer) throws(ArithmeticError) {
    if denominator.isZero { throw .divisionByZero }
    self.init(reducing: numerator, denominator)
  }

  /// - Precondition: `denominator` is not zero.
  init(reducing numerator: Integer, _ denominator: Integer) {
    let divisor = Integer.gcd(numerator, denominator)
    var n = numerator
    var d = denominator
    if !divisor.isOne {
      n = n.exactQuotient(by: divisor)
      d = d.exactQuotient(by: divisor)
    }
    self =
      d.isNegative
      ? Rational(uncheckedNumerator: -n, denominator: -d)
      : Rational(uncheckedNumerator: n, denominator: d)
  }

  /// The exact value of a finite double; nil for infinities and NaN.
  public init?(exactly value: Double) {
    guard value.isFinite else { return nil }
    if value == 0 {
      self.init(0)
      return
    }
    // value = significand * 2^exponent with a 53-bit integer significand.
    let exponent = Int(value.exponent) - 52
    let scaled = value.significand * 0x1p52
    let magnitude = Integer(Int(scaled))
    let signed = value < 0 ? -magnitude : magnitude
    self =
      exponent >= 0
      ? Rational(signed << exponent)
      : Rational(reducing: signed, Integer(1) << -exponent)
  }

  public var isInteger: Bool { denominator.isOne }
  public var signum: Int { numerator.signum }
  public var isNegative: Bool { numerator.isNegative }
  public var magnitude: Rational {
    Rational(uncheckedNumerator: numerator.magnitude, denominator: denominator)
  }

  /// The greatest integer not above the value.
  public var floor: Integer {
    if isInteger { return numerator }
    let quotient = numerator.truncated(by: denominator)
    return numerator.isNegative ? quotient - 1 : quotient
  }

  /// The smallest integer not below the value.
  public var ceiling: Integer { -((-self).floor) }

  /// A double within a few units in the last place; 0 or infinite beyond the range of doubles.
  public var approximateDouble: Double {
    // Scaled so that the integer quotient has at least 60 bits.
    let shift = numerator.bitWidth - denominator.bitWidth - 61
    let quotient =
      shift >= 0
      ? numerator.truncated(by: denominator << shift)
      : (numerator << -shift).truncated(by: denominator)
    return quotient.approximateDouble.scaled(by: shift)
  }
}

extension Double {
  /// `self` times 2 to the power `exponent`, in two steps so that subnormal results survive.
  fileprivate func scaled(by exponent: Int) -> Double {
    let bounded = min(max(exponent, -2200), 2200)
    let half = bounded / 2
    return self * Double(sign: .plus, exponent: half, significand: 1)
      * Double(sign: .plus, exponent: bounded - half, significand: 1)
  }
}

extension Integer {
  /// Division toward zero by a divisor known to be nonzero.
  func truncated(by divisor: Integer) -> Integer {
    guard let result = try? quotientAndRemainder(by: divisor) else {
      preconditionFailure("a denominator is never zero")
    }
    return result.quotient
  }
}

extension Rational: Field {
  public static var zero: Rational { Rational(0) }
  public static var one: Rational { Rational(1) }
  public var isZero: Bool { numerator.isZero }
  public static var isExact: Bool { true }
  public var pivotCost: Double? {
    isZero ? nil : Double(numerator.bitWidth + denominator.bitWidth)
  }

  public static func + (a: Rational, b: Rational) -> Rational {
    if a.isInteger && b.isInteger { return Rational(a.numerator + b.numerator) }
    if a.denominator == b.denominator {
      return Rational(reducing: a.numerator + b.numerator, a.denominator)
    }
    return Rational(
      reducing: a.numerator * b.denominator + b.numerator * a.denominator,
      a.denominator * b.denominator)
  }

  public static func - (a: Rational, b: Rational) -> Rational { a + -b }

  public static func * (a: Rational, b: Rational) -> Rational {
    if a.isInteger && b.isInteger { return Rational(a.numerator * b.numerator) }
    return Rational(reducing: a.numerator * b.numerator, a.denominator * b.denominator)
  }

  public static func / (a: Rational, b: Rational) throws(ArithmeticError) -> Rational {
    try Rational(a.numerator * b.denominator, a.denominator * b.numerator)
  }

  public static prefix func - (a: Rational) -> Rational {
    Rational(uncheckedNumerator: -a.numerator, denominator: a.denominator)
  }

  /// An integer power.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` for a negative power of zero.
  public func power(_ exponent: Int) throws(ArithmeticError) -> Rational {
    let positive = Rational(
      uncheckedNumerator: numerator.power(exponent.magnitude),
      denominator: denominator.power(exponent.magnitude))
    return exponent >= 0 ? positive : try positive.inverse()
  }

  public func inverse() throws(ArithmeticError) -> Rational {
    try Rational(denominator, numerator)
  }

  /// The exact root of the given degree where it is rational; nil otherwise, and for an even root
  /// of a negative value.
  public func exactRoot(_ degree: UInt) -> Rational? {
    guard let n = numerator.exactRoot(degree), let d = denominator.exactRoot(degree) else {
      return nil
    }
    return Rational(uncheckedNumerator: n, denominator: d)
  }
}

extension Rational: Comparable {
  public static func < (a: Rational, b: Rational) -> Bool {
    if a.denominator == b.denominator { return a.numerator < b.numerator }
    return a.numerator * b.denominator < b.numerator * a.denominator
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: StaticBigInt) {
    self.init(Integer(integerLiteral: value))
  }
}
