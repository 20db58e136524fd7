/// An upper bound of a nonnegative number: `coefficient`·2^`exponent`, zero, or infinite.
///
/// Radii of balls are magnitudes: about fifty bits with an exponent of their own, so that the radius of
/// a ball of ten thousand bits, far below the least double, is as cheap as any. **Guarantee:** every
/// operation gives a number that is not less than the operation on what the operands stand for, and
/// exceeds it by a factor below 1 + 2^-48.
///
/// The coefficient is 0, positive and finite, or +∞; it is not normalised, but where it is finite and
/// not zero it lies within 2^±1000, and the exponent within ±2^48 (invariants kept by every maker here).
public struct Magnitude: Sendable, Hashable {
  public let coefficient: Double
  public let exponent: Int

  /// From parts that keep the invariants.
  @inline(__always)
  init(uncheckedCoefficient coefficient: Double, exponent: Int) {
    self.coefficient = coefficient
    self.exponent = exponent
  }

  public static let zero = Magnitude(uncheckedCoefficient: 0, exponent: 0)
  public static let infinity = Magnitude(uncheckedCoefficient: .infinity, exponent: 0)

  /// 2^`exponent`.
  public static func powerOfTwo(_ exponent: Int) -> Magnitude {
    Magnitude(uncheckedCoefficient: 1, exponent: exponent).bounded
  }

  /// The exact value of a double; the infinite magnitude for infinities and NaN.
  public init(_ value: Double) {
    guard value.isFinite else {
      self = .infinity
      return
    }
    self = Magnitude(uncheckedCoefficient: Swift.abs(value), exponent: 0).normalised
  }

  public var isZero: Bool { coefficient == 0 }
  public var isInfinite: Bool { coefficient == .infinity }

  /// Multiplied to a result that was computed with at most 16 roundings to nearest, it makes an upper
  /// bound of it: (1 - 2^-53)^17·(1 + 2^-48) > 1.
  static let inflation = 1 + 0x1p-48

  /// The same number with a coefficient in [1, 2), unless zero or infinite.
  var normalised: Magnitude {
    guard coefficient > 0, coefficient < .infinity else { return self }
    return Magnitude(
      uncheckedCoefficient: coefficient.significand, exponent: exponent + Int(coefficient.exponent))
  }

  /// Within the range of exponents: a greater number becomes infinite, a lesser one the least.
  var bounded: Magnitude {
    let n = normalised
    if n.isZero || n.isInfinite { return n }
    if n.exponent > Self.largestExponent { return .infinity }
    if n.exponent < -Self.largestExponent {
      return Magnitude(uncheckedCoefficient: 1, exponent: -Self.largestExponent)
    }
    return n
  }

  static let largestExponent = 1 << 48

  /// 2^k as a double, for k in -1000...1000; below, 2^-1000.
  @inline(__always)
  static func scale(_ k: Int) -> Double {
    Double(bitPattern: UInt64(truncatingIfNeeded: 1023 &+ Swift.max(k, -1000)) << 52)
  }
}

// MARK: - Arithmetic

extension Magnitude {
  public static func + (a: Magnitude, b: Magnitude) -> Magnitude {
    let (x, y) = (a.normalised, b.normalised)
    if x.isZero || y.isInfinite { return y }
    if y.isZero || x.isInfinite { return x }
    let (big, small) = x.exponent >= y.exponent ? (x, y) : (y, x)
    let shifted = small.coefficient * scale(small.exponent - big.exponent)
    return Magnitude(
      uncheckedCoefficient: (big.coefficient + shifted) * inflation, exponent: big.exponent
    ).bounded
  }

  public static func * (a: Magnitude, b: Magnitude) -> Magnitude {
    if a.isZero || b.isZero { return .zero }
    let (x, y) = (a.normalised, b.normalised)
    if x.isInfinite || y.isInfinite { return .infinity }
    return Magnitude(
      uncheckedCoefficient: x.coefficient * y.coefficient * inflation,
      exponent: x.exponent + y.exponent
    ).bounded
  }

  /// An upper bound of the quotient by a number that is at least `divisor`; infinite for divisor 0.
  static func quotient(_ a: Magnitude, byAtLeast divisor: Magnitude) -> Magnitude {
    if divisor.isZero || a.isInfinite { return .infinity }
    if a.isZero || divisor.isInfinite { return .zero }
    let (x, y) = (a.normalised, divisor.normalised)
    return Magnitude(
      uncheckedCoefficient: x.coefficient / y.coefficient * inflation,
      exponent: x.exponent - y.exponent
    ).bounded
  }

  /// a·2^k.
  func scaled(by k: Int) -> Magnitude {
    if isZero || isInfinite { return self }
    return Magnitude(uncheckedCoefficient: coefficient, exponent: exponent + k).bounded
  }

  /// A *lower* bound of a - b where that is positive, and zero otherwise.
  static func lowerDifference(_ a: Magnitude, _ b: Magnitude) -> Magnitude {
    let (x, y) = (a.normalised, b.normalised)
    if y.isZero { return x }
    if x.isZero || y.isInfinite { return .zero }
    if x.isInfinite { return .infinity }
    if y.exponent > x.exponent { return .zero }
    let subtrahend = y.coefficient * scale(y.exponent - x.exponent) * inflation
    let difference = (x.coefficient - subtrahend) * (2 - inflation)
    guard difference > 0 else { return .zero }
    return Magnitude(uncheckedCoefficient: difference, exponent: x.exponent).normalised
  }

  /// Whether a ≤ b, exactly.
  public static func <= (a: Magnitude, b: Magnitude) -> Bool {
    let (x, y) = (a.normalised, b.normalised)
    if x.isZero || y.isInfinite { return true }
    if y.isZero || x.isInfinite { return false }
    return x.exponent != y.exponent
      ? x.exponent < y.exponent : x.coefficient <= y.coefficient
  }
}
