import Exact

/// A rational function as a sum of a polynomial and of proper fractions with powers of irreducible
/// denominators, in one variable over the field of rational functions in the others.
///
/// f = ``polynomialPart`` + Σ numerator / (denominator^power), each numerator of lower degree in the
/// variable than its denominator. The decomposition is unique up to the constants of the denominators.
public struct PartialFractions: Sendable, Equatable {
  /// The index of the variable.
  public let variable: Int
  /// The coefficients of the polynomial part, from the zeroth power of the variable.
  public let polynomialPart: [RationalFunction]
  /// The proper parts, factor by factor as ``PolynomialFactorization`` orders them, powers upward;
  /// zero numerators are left out.
  public let parts: [Part]

  public struct Part: Sendable, Equatable {
    /// The coefficients of the numerator, from the zeroth power of the variable.
    public let numerator: [RationalFunction]
    /// Irreducible and primitive.
    public let denominator: Polynomial
    public let power: Int
  }

  /// The sum of the parts.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)`` where a power does not fit the ring.
  public func sum() throws(ArithmeticError) -> RationalFunction {
    func value(_ coefficients: [RationalFunction]) throws(ArithmeticError) -> RationalFunction {
      guard let ring = ring else { return coefficients.first ?? .zero }
      let x = RationalFunction(.variable(variable, of: ring))
      return coefficients.reversed().reduce(.zero) { $0 * x + $1 }
    }
    var total = try value(polynomialPart)
    for part in parts {
      let below = RationalFunction(try part.denominator.checkedPower(UInt(part.power)))
      total = try total + value(part.numerator) / below
    }
    return total
  }

  fileprivate let ring: PolynomialRing?
}

extension RationalFunction {
  /// The decomposition into partial fractions with respect to a variable, over the complete
  /// factorisation of the denominator.
  ///
  /// Over the coprime powers of the factors by the extended algorithm of Euclid, then by expansion in
  /// powers of each factor. Exact.
  ///
  /// - Parameters:
  ///   - variable: an index in the function's ring.
  ///   - limit: that of ``Polynomial/factorization(limit:)``.
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public func partialFractions(
    in variable: Int, limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> PartialFractions {
    typealias Univariate = UnivariatePolynomial<RationalFunction>
    func univariate(_ polynomial: Polynomial) -> Univariate {
      Univariate(polynomial.coefficients(in: variable).map { RationalFunction($0) })
    }
    let ring = [numerator, denominator].first { !$0.isConstant }?.ring
    let found = try denominator.factorization(limit: limit)
    let factors = found.factors.filter { $0.polynomial.degree(in: variable) > 0 }
    let (quotient, remainder) = try univariate(numerator).quotientAndRemainder(
      by: univariate(denominator))
    var parts: [PartialFractions.Part] = []
    let total = univariate(denominator)
    for factor in factors {
      let base = univariate(factor.polynomial)
      let power = base.power(UInt(factor.multiplicity))
      // remainder/denominator = a/power + …, with a·(denominator/power) = remainder modulo power.
      let others = try total.quotientAndRemainder(by: power).quotient
      let inverse = try others.inverse(modulo: power)
      var rest = try (remainder * inverse).quotientAndRemainder(by: power).remainder
      var digits: [Univariate] = []
      for _ in 0..<factor.multiplicity {
        let (next, digit) = try rest.quotientAndRemainder(by: base)
        digits.append(digit)
        rest = next
      }
      for (place, digit) in digits.enumerated().reversed() where !digit.isZero {
        parts.append(
          .init(
            numerator: digit.coefficients, denominator: factor.polynomial,
            power: factor.multiplicity - place))
      }
    }
    return PartialFractions(
      variable: variable, polynomialPart: quotient.coefficients, parts: parts, ring: ring)
  }
}

extension UnivariatePolynomial where Coefficient: Field {
  /// The inverse modulo a polynomial of positive degree, of lower degree than it.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` where the two are not coprime.
  func inverse(modulo modulus: Self) throws(ArithmeticError) -> Self {
    var (r0, r1) = (modulus, try quotientAndRemainder(by: modulus).remainder)
    var (t0, t1) = (Self.zero, Self.one)
    while let degree = r1.degree, degree > 0 {
      let (q, r) = try r0.quotientAndRemainder(by: r1)
      (r0, r1) = (r1, r)
      (t0, t1) = (t1, t0 - q * t1)
    }
    let scale = try r1.leadingCoefficient.inverse()
    return try Self(t1.coefficients.map { $0 * scale }).quotientAndRemainder(by: modulus).remainder
  }
}
