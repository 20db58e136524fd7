import Arbitrary
import Exact

/// A rounded real field with an order and square roots: what numeric linear algebra needs.
public protocol FloatingField: Field, Comparable {
  /// The number of bits of the significand.
  var precision: Int { get }
  /// The value at another precision, where the type has a choice.
  func atPrecision(_ bits: Int) -> Self
  /// The square root, correctly rounded; NaN below zero.
  static func squareRoot(of value: Self) -> Self
  var magnitude: Self { get }
  /// Whether the value is neither an infinity nor NaN.
  var isFinite: Bool { get }
  /// The value times 2 to the power `exponent`.
  func scaled(byPowerOfTwo exponent: Int) -> Self
  /// A double near the value; 0 or infinite beyond the range of doubles.
  var approximateDouble: Double { get }
}

extension Double: FloatingField {
  public var precision: Int { 53 }
  public func atPrecision(_ bits: Int) -> Double { self }
  public static func squareRoot(of value: Double) -> Double { value.squareRoot() }
  public func scaled(byPowerOfTwo exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: self)
  }
  public var approximateDouble: Double { self }
}

extension Real: FloatingField {
  public func atPrecision(_ bits: Int) -> Real { rounded(precision: bits) }
  public static func squareRoot(of value: Real) -> Real {
    Real.sqrt(value, precision: value.precision)
  }
  public func scaled(byPowerOfTwo exponent: Int) -> Real {
    Real.scale(self, byPowerOfTwo: exponent, precision: precision)
  }
}

extension FloatingField {
  /// 2^(1 - precision), the distance from 1 to the next number at this value's precision.
  var ulpOfOne: Self { Self.one.atPrecision(precision).scaled(byPowerOfTwo: 1 - precision) }
}

extension Complex where F: FloatingField {
  /// The greater precision of the parts.
  var precision: Int { max(re.precision, im.precision) }

  func atPrecision(_ bits: Int) -> Complex {
    Complex(re: re.atPrecision(bits), im: im.atPrecision(bits))
  }

  /// |re| + |im|, within √2 of the modulus and without a root.
  var cheapNorm: F { re.magnitude + im.magnitude }

  /// √(re² + im²).
  var modulus: F { F.squareRoot(of: normSquared) }
}
