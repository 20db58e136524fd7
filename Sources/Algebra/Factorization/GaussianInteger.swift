import Exact

/// An element of Z[i].
public struct GaussianInteger: Sendable, Hashable {
  public let real: Integer
  public let imaginary: Integer

  public init(real: Integer, imaginary: Integer) {
    self.real = real
    self.imaginary = imaginary
  }

  /// real² + imaginary².
  public var norm: Integer { real * real + imaginary * imaginary }

  public static func * (a: GaussianInteger, b: GaussianInteger) -> GaussianInteger {
    GaussianInteger(
      real: a.real * b.real - a.imaginary * b.imaginary,
      imaginary: a.real * b.imaginary + a.imaginary * b.real)
  }

  /// The quotient where it lies in Z[i]; nil otherwise.
  public func dividedExactly(by divisor: GaussianInteger) -> GaussianInteger? {
    let product =
      self * GaussianInteger(real: divisor.real, imaginary: -divisor.imaginary)
    guard let a = product.real.dividedExactly(by: divisor.norm),
      let b = product.imaginary.dividedExactly(by: divisor.norm)
    else { return nil }
    return GaussianInteger(real: a, imaginary: b)
  }

  /// The greatest common divisor with a positive real and a nonnegative imaginary part; 0 for zeros.
  ///
  /// - Complexity: O(b) divisions for b bits: each at least halves the norm.
  public static func gcd(_ a: GaussianInteger, _ b: GaussianInteger) -> GaussianInteger {
    var (x, y) = (a, b)
    while !y.norm.isZero {
      let product = x * GaussianInteger(real: y.real, imaginary: -y.imaginary)
      let quotient = GaussianInteger(
        real: product.real.rounded(over: y.norm), imaginary: product.imaginary.rounded(over: y.norm)
      )
      let part = quotient * y
      (x, y) = (
        y, GaussianInteger(real: x.real - part.real, imaginary: x.imaginary - part.imaginary)
      )
    }
    guard let first = x.dividedExactly(by: x.unitFromFirstQuadrant) else { return x }
    return first
  }

  /// The unit u for which self/u has a positive real and a nonnegative imaginary part; 1 for zero.
  var unitFromFirstQuadrant: GaussianInteger {
    if real.signum > 0 && imaginary.signum >= 0 { return .init(real: 1, imaginary: 0) }
    if imaginary.signum > 0 { return .init(real: 0, imaginary: 1) }
    if real.signum < 0 { return .init(real: -1, imaginary: 0) }
    return imaginary.signum < 0 ? .init(real: 0, imaginary: -1) : .init(real: 1, imaginary: 0)
  }
}

extension Integer {
  /// The nearest integer to the quotient by a positive number.
  fileprivate func rounded(over divisor: Integer) -> Integer {
    (try? (self * 2 + divisor).floorQuotientAndRemainder(by: divisor * 2).quotient) ?? .zero
  }
}
