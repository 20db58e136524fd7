import Arbitrary
import Exact

extension Complex where F == Polynomial {
  public var isConstant: Bool { re.isConstant && im.isConstant }

  func degree(in variable: Int) -> Int {
    max(re.degree(in: variable), im.degree(in: variable))
  }

  var occurringVariables: [Int] {
    Set(re.occurringVariables).union(im.occurringVariables).sorted()
  }

  /// The coefficients with respect to a variable, from its zeroth power.
  func coefficients(in variable: Int) -> [GaussianPolynomial] {
    let a = re.coefficients(in: variable)
    let b = im.coefficients(in: variable)
    return (0..<max(a.count, b.count)).map {
      GaussianPolynomial(
        re: $0 < a.count ? a[$0] : Polynomial(0, ring: re.ring),
        im: $0 < b.count ? b[$0] : Polynomial(0, ring: im.ring))
    }
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
    while i < re.termCount || j < im.termCount {
      let a = i < re.termCount ? re.monomials[i] : nil
      let b = j < im.termCount ? im.monomials[j] : nil
      let takesReal = b.map { other in a.map { $0 >= other } ?? false } ?? true
      let takesImaginary = a.map { other in b.map { $0 >= other } ?? false } ?? true
      result.append(
        GaussianInteger(
          real: takesReal ? re.coefficients[i] : 0,
          imaginary: takesImaginary ? im.coefficients[j] : 0))
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
    return divided(by: GaussianPolynomial(divisor, ring: re.ring)) ?? self
  }

  /// The constant of a ring.
  init(_ value: GaussianInteger, ring: PolynomialRing) {
    self.init(
      re: Polynomial(value.real, ring: ring), im: Polynomial(value.imaginary, ring: ring))
  }
}
