import Arbitrary
import Exact

// What a reader of formulas expects of numbers beside the four operations.
extension AlgebraicNumber {
  /// The absolute value.
  public func magnitude() throws(ArithmeticError) -> AlgebraicNumber {
    signum < 0 ? try negated() : self
  }

  /// The square root.
  ///
  /// - Throws: as ``root(_:)``.
  public func squareRoot() throws(ArithmeticError) -> AlgebraicNumber { try root(2) }

  /// The real cube root.
  ///
  /// - Throws: as ``root(_:)``.
  public func cubeRoot() throws(ArithmeticError) -> AlgebraicNumber { try root(3) }

  /// The power with a rational exponent of a number that is not negative; zero only to positive
  /// exponents.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` and ``ArithmeticError/divisionByZero`` for other bases;
  ///   ``ArithmeticError/limit(_:)`` as ``root(_:)`` and ``power(_:)``.
  public func power(_ exponent: Rational) throws(ArithmeticError) -> AlgebraicNumber {
    guard let n = exponent.numerator.word, let degree = exponent.denominator.word else {
      throw .limit("the power \(exponent) of an algebraic number")
    }
    if degree == 1 { return try power(n) }
    if signum < 0 { throw .domain("the power \(exponent) of a negative number") }
    return try root(degree).power(n)
  }

  /// The exact sum.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` as for two algebraic numbers.
  public static func + (
    a: AlgebraicNumber, b: Rational
  ) throws(ArithmeticError) -> AlgebraicNumber { try a + AlgebraicNumber(b) }

  /// The exact difference.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` as for two algebraic numbers.
  public static func - (
    a: AlgebraicNumber, b: Rational
  ) throws(ArithmeticError) -> AlgebraicNumber { try a + AlgebraicNumber(-b) }

  /// The exact product.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` as for two algebraic numbers.
  public static func * (
    a: AlgebraicNumber, b: Rational
  ) throws(ArithmeticError) -> AlgebraicNumber { try a.scaled(by: b) }

  /// The exact quotient.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``; ``ArithmeticError/limit(_:)`` as for two algebraic
  ///   numbers.
  public static func / (
    a: AlgebraicNumber, b: Rational
  ) throws(ArithmeticError) -> AlgebraicNumber { try a.scaled(by: b.inverse()) }

  /// An interval around the number whose width is about 2^-`precision` of its magnitude.
  ///
  /// - Parameter precision: at least 2.
  /// - Returns: encloses; a point for rational numbers that fit.
  /// - Complexity: a few evaluations of the minimal polynomial at the last precision: the refinement
  ///   converges quadratically.
  public func interval(precision: Int) -> Interval {
    if let rational { return Interval(rational, precision: precision) }
    let (lower, upper) = enclosure(significantBits: precision + 2)
    let ends = (
      Interval(lower, precision: precision + 4), Interval(upper, precision: precision + 4)
    )
    return ends.0.union(ends.1)
  }

  /// A ball around the number with about `precision` bits.
  ///
  /// - Returns: encloses.
  public func ball(precision: Int) -> Ball {
    Ball(interval(precision: precision + 8), precision: precision)
  }
}
