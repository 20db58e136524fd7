import Exact

/// A polynomial in one variable over the integers.
public typealias IntegerPolynomial = UnivariatePolynomial<Integer>

extension UnivariatePolynomial where Coefficient == Integer {
  /// The greatest common divisor of the coefficients, never negative; 0 for the zero polynomial.
  public var content: Integer {
    var common = Integer.zero
    for coefficient in coefficients {
      common = Integer.gcd(common, coefficient)
      if common.isOne { break }
    }
    return common
  }

  /// The polynomial over its content, with a positive leading coefficient; zero stays zero.
  public var primitivePart: Self {
    let common = content
    if common.isZero { return self }
    let divisor = leadingCoefficient.isNegative ? -common : common
    if divisor.isOne { return self }
    return Self(coefficients.map { $0.exactQuotient(by: divisor) })
  }

  /// Every coefficient times an integer.
  public func scaled(by factor: Integer) -> Self { Self(coefficients.map { $0 * factor }) }

  /// The number of binary digits of the coefficient of greatest magnitude; 0 for zero.
  public var coefficientBits: Int { coefficients.map(\.bitWidth).max() ?? 0 }

  /// The primitive integer polynomial with positive leading coefficient that has the same roots as
  /// a rational one: denominators are cleared and the content is divided out.
  public init(clearingDenominatorsOf polynomial: UnivariatePolynomial<Rational>) {
    let common = polynomial.coefficients.reduce(Integer.one) { Integer.lcm($0, $1.denominator) }
    self =
      Self(
        polynomial.coefficients.map { $0.numerator * common.exactQuotient(by: $0.denominator) }
      ).primitivePart
  }

  /// The quotient where `divisor` divides over the integers; nil where it does not, and for the
  /// zero divisor.
  ///
  /// - Complexity: O(deg quotient · deg divisor) integer operations; the end coefficients are
  ///   looked at first, so most failures are found at once.
  public func dividedExactly(by divisor: Self) -> Self? {
    guard let m = divisor.degree else { return nil }
    guard let n = degree else { return self }
    if n < m || leadingCoefficient.dividedExactly(by: divisor.leadingCoefficient) == nil {
      return nil
    }
    if divisor[0].isZero ? !self[0].isZero : self[0].dividedExactly(by: divisor[0]) == nil {
      return nil
    }
    var rest = coefficients
    var quotient = [Integer](repeating: .zero, count: n - m + 1)
    for shift in (0...(n - m)).reversed() {
      if rest[shift + m].isZero { continue }
      guard let factor = rest[shift + m].dividedExactly(by: divisor.leadingCoefficient) else {
        return nil
      }
      quotient[shift] = factor
      for (index, value) in divisor.coefficients.enumerated() where !value.isZero {
        rest[shift + index] -= factor * value
      }
    }
    return rest.prefix(m).allSatisfy(\.isZero) ? Self(quotient) : nil
  }

  /// Pseudo-division: lc(divisor)^k · self = quotient · divisor + remainder, where k is
  /// max(0, deg self - deg divisor + 1) and the remainder has a lower degree than the divisor.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` for the zero divisor.
  /// - Complexity: O(deg quotient · deg divisor) integer operations.
  /// - Source: Knuth, The Art of Computer Programming 2, 4.6.1, Algorithm R.
  public func pseudoQuotientAndRemainder(
    by divisor: Self
  ) throws(ArithmeticError) -> (quotient: Self, remainder: Self) {
    guard let m = divisor.degree else { throw .divisionByZero }
    guard let n = degree, n >= m else { return (.zero, self) }
    let lead = divisor.leadingCoefficient
    var rest = coefficients
    var quotient = [Integer](repeating: .zero, count: n - m + 1)
    for shift in (0...(n - m)).reversed() {
      let top = rest[shift + m]
      for index in quotient.indices { quotient[index] *= lead }
      quotient[shift] = top
      for index in 0..<(shift + m) { rest[index] *= lead }
      for (index, value) in divisor.coefficients.enumerated().dropLast() {
        rest[shift + index] -= top * value
      }
    }
    return (Self(quotient), Self(Array(rest.prefix(m))))
  }
}
