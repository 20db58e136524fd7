import Exact

/// A polynomial in several variables over the Gaussian integers Z[i], as its real and imaginary parts.
public struct GaussianPolynomial: Sendable, Hashable {
  public let real: Polynomial
  public let imaginary: Polynomial

  public init(real: Polynomial, imaginary: Polynomial) {
    self.real = real
    self.imaginary = imaginary
  }

  /// A polynomial with real coefficients.
  public init(_ real: Polynomial) {
    self.init(real: real, imaginary: Polynomial(0, ring: real.ring))
  }

  /// The polynomial with i replaced by -i.
  public var conjugate: GaussianPolynomial {
    GaussianPolynomial(real: real, imaginary: -imaginary)
  }

  /// The product with the conjugate, real² + imaginary².
  public var norm: Polynomial { real * real + imaginary * imaginary }

  public var isConstant: Bool { real.isConstant && imaginary.isConstant }

  func degree(in variable: Int) -> Int {
    max(real.degree(in: variable), imaginary.degree(in: variable))
  }

  var occurringVariables: [Int] {
    Set(real.occurringVariables).union(imaginary.occurringVariables).sorted()
  }

  /// The coefficients with respect to a variable, from its zeroth power.
  func coefficients(in variable: Int) -> [GaussianPolynomial] {
    let a = real.coefficients(in: variable)
    let b = imaginary.coefficients(in: variable)
    return (0..<max(a.count, b.count)).map {
      GaussianPolynomial(
        real: $0 < a.count ? a[$0] : Polynomial(0, ring: real.ring),
        imaginary: $0 < b.count ? b[$0] : Polynomial(0, ring: imaginary.ring))
    }
  }

  /// The quotient where the divisor divides over Z[i]; nil where it does not, and for zero.
  ///
  /// f/g = f·ḡ/|g|², and the norm is real.
  public func divided(by divisor: GaussianPolynomial) -> GaussianPolynomial? {
    if divisor.imaginary.isZero {
      guard let a = real.divided(by: divisor.real), let b = imaginary.divided(by: divisor.real)
      else { return nil }
      return GaussianPolynomial(real: a, imaginary: b)
    }
    let norm = divisor.norm
    let product = self * divisor.conjugate
    guard let a = product.real.divided(by: norm), let b = product.imaginary.divided(by: norm)
    else { return nil }
    return GaussianPolynomial(real: a, imaginary: b)
  }

  // MARK: Constants

  /// The greatest common divisor of the coefficients, in the first quadrant.
  public var content: GaussianInteger {
    var common = GaussianInteger(real: 0, imaginary: 0)
    for coefficient in coefficients {
      common = GaussianInteger.gcd(common, coefficient)
      if common.norm.isOne { break }
    }
    return common
  }

  /// The coefficients, from the greatest monomial down.
  private var coefficients: [GaussianInteger] {
    var result: [GaussianInteger] = []
    var i = 0
    var j = 0
    while i < real.termCount || j < imaginary.termCount {
      let a = i < real.termCount ? real.monomials[i] : nil
      let b = j < imaginary.termCount ? imaginary.monomials[j] : nil
      let takesReal = b.map { other in a.map { $0 >= other } ?? false } ?? true
      let takesImaginary = a.map { other in b.map { $0 >= other } ?? false } ?? true
      result.append(
        GaussianInteger(
          real: takesReal ? real.coefficients[i] : 0,
          imaginary: takesImaginary ? imaginary.coefficients[j] : 0))
      if takesReal { i += 1 }
      if takesImaginary { j += 1 }
    }
    return result
  }

  /// Without its content, the leading coefficient in the first quadrant (real part positive,
  /// imaginary part not negative); zero stays zero.
  public var primitivePart: GaussianPolynomial {
    let common = content
    guard !common.norm.isZero, let lead = coefficients.first else { return self }
    // The unit u with u·lead/common in the first quadrant.
    guard let quotient = lead.dividedExactly(by: common) else { return self }
    let divisor = common * quotient.unitFromFirstQuadrant
    return divided(by: GaussianPolynomial(divisor, ring: real.ring)) ?? self
  }

  /// The constant of a ring.
  init(_ value: GaussianInteger, ring: PolynomialRing) {
    self.init(
      real: Polynomial(value.real, ring: ring), imaginary: Polynomial(value.imaginary, ring: ring))
  }
}

extension GaussianPolynomial: Ring {
  public static var zero: GaussianPolynomial { GaussianPolynomial(Polynomial.zero) }
  public static var one: GaussianPolynomial { GaussianPolynomial(Polynomial.one) }
  public init(_ value: Integer) { self.init(Polynomial(value)) }
  public var isZero: Bool { real.isZero && imaginary.isZero }

  public static func + (a: GaussianPolynomial, b: GaussianPolynomial) -> GaussianPolynomial {
    GaussianPolynomial(real: a.real + b.real, imaginary: a.imaginary + b.imaginary)
  }
  public static func - (a: GaussianPolynomial, b: GaussianPolynomial) -> GaussianPolynomial {
    GaussianPolynomial(real: a.real - b.real, imaginary: a.imaginary - b.imaginary)
  }
  public static prefix func - (a: GaussianPolynomial) -> GaussianPolynomial {
    GaussianPolynomial(real: -a.real, imaginary: -a.imaginary)
  }
  public static func * (a: GaussianPolynomial, b: GaussianPolynomial) -> GaussianPolynomial {
    GaussianPolynomial(
      real: a.real * b.real - a.imaginary * b.imaginary,
      imaginary: a.real * b.imaginary + a.imaginary * b.real)
  }
}

extension GaussianPolynomial: CustomStringConvertible {
  public var description: String {
    imaginary.isZero ? "\(real)" : "(\(real)) + (\(imaginary))*i"
  }
}
