import Exact

/// re + i·im over any ring.
///
/// An imaginary part that is known to be exactly zero stays exactly zero through every operation on
/// exactly real operands, over every arithmetic.
public struct Complex<F: Ring>: Sendable {
  public let re: F
  public let im: F

  @inlinable public init(re: F, im: F) {
    self.re = re
    self.im = im
  }

  /// The real number `re`.
  @inlinable public init(_ re: F) { self.init(re: re, im: F.zero) }

  /// The imaginary unit.
  @inlinable public static var i: Complex { Complex(re: F.zero, im: F.one) }

  /// The complex conjugate.
  @inlinable public var conj: Complex { Complex(re: re, im: -im) }

  /// Whether the imaginary part is known to be exactly zero.
  @inlinable public var isReal: Bool { im.isZero }

  /// i times the value, without a multiplication.
  @inlinable public var timesI: Complex { Complex(re: -im, im: re) }

  /// re² + im².
  ///
  /// Over enclosures the squares are those of one and the same number, so that the result is never
  /// negative.
  @inlinable public var normSquared: F {
    if F.self == Interval.self, let box = self as? Complex<Interval>,
      let square = box.sumOfSquares as? F
    {
      return square
    }
    return re * re + im * im
  }
}

extension Complex: Equatable {}
extension Complex: Hashable where F: Hashable {}

extension Complex: Ring {
  @inlinable public static var zero: Complex { Complex(F.zero) }
  @inlinable public static var one: Complex { Complex(F.one) }
  @inlinable public init(_ value: Integer) { self.init(F(value)) }

  /// Whether both parts are known to be exactly zero.
  @inlinable public var isZero: Bool { re.isZero && im.isZero }

  @inlinable public static func + (a: Complex, b: Complex) -> Complex {
    Complex(re: a.re + b.re, im: a.im + b.im)
  }

  @inlinable public static func - (a: Complex, b: Complex) -> Complex {
    Complex(re: a.re - b.re, im: a.im - b.im)
  }

  @inlinable public static func * (a: Complex, b: Complex) -> Complex {
    // Exactly real factors are common (populations, parameters) and cost half or a quarter.
    if a.im.isZero {
      return Complex(re: a.re * b.re, im: b.im.isZero ? a.im * b.im : a.re * b.im)
    }
    if b.im.isZero { return Complex(re: a.re * b.re, im: a.im * b.re) }
    return Complex(re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re)
  }

  @inlinable public static prefix func - (a: Complex) -> Complex {
    Complex(re: -a.re, im: -a.im)
  }

  /// The product with an element of the ring.
  @inlinable public static func * (a: F, b: Complex) -> Complex {
    Complex(re: a * b.re, im: a * b.im)
  }
}

extension Complex: Field where F: Field {
  /// a times the conjugate of b over |b|²; componentwise where `b` is exactly real.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` where |b|² is known to be exactly zero, and what the
  ///   field's own division throws.
  @inlinable public static func / (
    a: Complex, b: Complex
  ) throws(ArithmeticError) -> Complex {
    if b.im.isZero {
      let re = try a.re / b.re
      return Complex(re: re, im: a.im.isZero ? F.zero : try a.im / b.re)
    }
    let norm = b.normSquared
    let numerator = a * b.conj
    return Complex(re: try numerator.re / norm, im: try numerator.im / norm)
  }

  /// Whether operations of the parts are exact.
  @inlinable public static var isExact: Bool { F.isExact }

  /// That of |z|²; nil where the value may be zero.
  @inlinable public var pivotCost: Double? {
    im.isZero ? re.pivotCost.map { 2 * $0 } : normSquared.pivotCost
  }
}

extension Complex: CustomStringConvertible {
  public var description: String { im.isZero ? "\(re)" : "(\(re)) + (\(im))i" }
}
