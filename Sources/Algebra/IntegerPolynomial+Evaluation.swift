import Exact

extension UnivariatePolynomial where Coefficient == Integer {
  /// q^n·f(p/q) for x = p/q and the degree n: an integer with the sign of f(x).
  ///
  /// - Complexity: O(n) multiplications of integers of up to n·b bits, b the size of x.
  public func homogenizedValue(at x: Rational) -> Integer {
    if x.isInteger { return self(x.numerator) }
    var value = Integer.zero
    var power = Integer.one
    for coefficient in coefficients.reversed() {
      value = value * x.numerator + coefficient * power
      power *= x.denominator
    }
    return value
  }

  /// 2^(kn)·f(c·2^-k) for the degree n and k ≥ 0; f(c·2^-k) for k < 0.
  func homogenizedValue(atDyadic c: Integer, exponent k: Int) -> Integer {
    if k <= 0 { return self(c << -k) }
    var value = Integer.zero
    var shift = 0
    for coefficient in coefficients.reversed() {
      value = value * c + (coefficient << shift)
      shift += k
    }
    return value
  }

  /// The sign of f(x): -1, 0 or 1, exact.
  public func sign(at x: Rational) -> Int { homogenizedValue(at: x).signum }

  /// f(x), exact.
  public func value(at x: Rational) throws(ArithmeticError) -> Rational {
    guard let degree else { return .zero }
    return try Rational(homogenizedValue(at: x), x.denominator.power(UInt(degree)))
  }

  /// The sign of f(x) for all x great enough in the direction of `sign` (1 for +∞, -1 for -∞).
  public func signAtInfinity(_ sign: Int) -> Int {
    guard let degree else { return 0 }
    return sign < 0 && degree % 2 == 1
      ? -leadingCoefficient.signum : leadingCoefficient.signum
  }
}
