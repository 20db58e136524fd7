import Arbitrary
import Exact

/// A polynomial over Z[i] as a constant times powers of polynomials that are irreducible over Q(i).
///
/// Guarantee: the product of the parts is the polynomial (checked); each factor is irreducible over
/// Q(i), without a common divisor of its coefficients in Z[i], not constant, and its leading
/// coefficient has a positive real and a nonnegative imaginary part; factors are distinct.
///
/// Source: Trager 1976, where the conjugate is the other root's image.
public struct GaussianFactorization: Sendable, Equatable {
  public let content: GaussianInteger
  public let factors: [Factor]

  public struct Factor: Sendable, Equatable {
    public let polynomial: GaussianPolynomial
    public let multiplicity: Int
  }

  /// The product of the parts.
  public var product: GaussianPolynomial {
    factors.reduce(GaussianPolynomial(content, ring: .constants)) {
      $0 * $1.polynomial.power(UInt($1.multiplicity))
    }
  }
}

extension Complex where F == Polynomial {
  /// The complete factorisation over Q(i).
  ///
  /// - Parameter limit: that of ``Polynomial/factorization(limit:)``.
  /// - Throws: ``ArithmeticError/domain(_:)`` for zero; ``ArithmeticError/limit(_:)``.
  public func factorization(
    limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> GaussianFactorization {
    if isZero { throw .domain("factorisation of the zero polynomial") }
    var engine = GaussianEngine(limit: limit)
    let factors = try engine.factors(of: primitivePart)
    var rest = self
    for factor in factors {
      for _ in 0..<factor.multiplicity {
        guard let quotient = rest.divided(by: factor.polynomial) else {
          throw .domain("a factor found does not divide the polynomial")
        }
        rest = quotient
      }
    }
    guard let a = rest.re.constantValue, let b = rest.im.constantValue else {
      throw .domain("the factors found do not multiply to the polynomial")
    }
    return GaussianFactorization(
      content: GaussianInteger(real: a, imaginary: b), factors: factors)
  }
}

extension Polynomial {
  /// The complete factorisation over Q(i).
  ///
  /// - Throws: as ``GaussianPolynomial/factorization(limit:)``.
  public func gaussianFactorization(
    limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> GaussianFactorization {
    try GaussianPolynomial(self).factorization(limit: limit)
  }
}

/// The steps of a factorisation over Q(i).
private struct GaussianEngine {
  let limit: Int

  typealias Factor = GaussianFactorization.Factor
  typealias Coefficient = Complex<RationalFunction>

  mutating func factors(of polynomial: GaussianPolynomial) throws(ArithmeticError) -> [Factor] {
    // What divides both parts is real; the rest has no factor in common with its conjugate.
    let common = Polynomial.gcd(polynomial.re, polynomial.im)
    var result: [Factor] = []
    for factor in try common.factorization(limit: limit).factors {
      for part in try split(factor.polynomial) {
        result.append(Factor(polynomial: part, multiplicity: factor.multiplicity))
      }
    }
    guard let rest = polynomial.divided(by: GaussianPolynomial(common)) else {
      throw .domain("a common divisor does not divide")
    }
    return result + (try factorsWithoutReal(rest.primitivePart))
  }

  /// The factors of a polynomial that no real one divides.
  ///
  /// The norms of its irreducible factors are irreducible and different: a real factor p of a norm
  /// q·q̄ would be q itself, up to a constant, and q and q̄ together would be a real divisor.
  private mutating func factorsWithoutReal(
    _ polynomial: GaussianPolynomial
  ) throws(ArithmeticError) -> [Factor] {
    if polynomial.isConstant { return [] }
    let norms = try polynomial.normSquared.factorization(limit: limit).factors
    var rest = polynomial
    var result: [Factor] = []
    for (index, norm) in norms.enumerated() {
      var factor: GaussianPolynomial
      if index == norms.count - 1 && norm.multiplicity == 1 {
        factor = rest.primitivePart
      } else {
        factor = try commonFactor(rest, norm.polynomial)
      }
      factor = factor.primitivePart
      for _ in 0..<norm.multiplicity {
        guard let quotient = rest.divided(by: factor) else {
          throw .domain("a common factor over Q(i) does not divide")
        }
        rest = quotient
      }
      result.append(Factor(polynomial: factor, multiplicity: norm.multiplicity))
    }
    return result
  }

  /// The one or two factors over Q(i) of a polynomial that is irreducible over Q.
  private mutating func split(
    _ polynomial: Polynomial
  ) throws(ArithmeticError) -> [GaussianPolynomial] {
    let variables = polynomial.occurringVariables
    // A product of conjugates has even degrees and no change of sign.
    guard variables.allSatisfy({ polynomial.degree(in: $0) % 2 == 0 }),
      let variable = variables.min(by: { polynomial.degree(in: $0) < polynomial.degree(in: $1) })
    else { return [GaussianPolynomial(polynomial).primitivePart] }
    let signs = Set(
      (0..<6).map { seed in
        polynomial.evaluated(
          at: polynomial.ring.variables.indices.map { Integer((seed * 5 + $0 * 3) % 11 - 5) }
        ).signum
      })
    if signs.contains(1) && signs.contains(-1) {
      return [GaussianPolynomial(polynomial).primitivePart]
    }
    let x = GaussianPolynomial(.variable(variable, of: polynomial.ring))
    for shift in 1...40 {
      let step = GaussianPolynomial(
        GaussianInteger(real: 0, imaginary: Integer(shift)), ring: polynomial.ring)
      let moved = Self.substitute(x + step, in: GaussianPolynomial(polynomial), variable)
      guard Polynomial.gcd(moved.re, moved.im).isConstant else { continue }
      let found = try factorsWithoutReal(moved.primitivePart)
      if found.contains(where: { $0.multiplicity > 1 }) { continue }
      return found.map { Self.substitute(x - step, in: $0.polynomial, variable).primitivePart }
    }
    throw .limit("shifts for a square-free norm over Q(i)")
  }

  private static func substitute(
    _ value: GaussianPolynomial, in polynomial: GaussianPolynomial, _ variable: Int
  ) -> GaussianPolynomial {
    polynomial.coefficients(in: variable).reversed().reduce(.zero) { $0 * value + $1 }
  }

  // MARK: Common factors

  /// The primitive irreducible factor that a polynomial shares with an irreducible factor of its
  /// norm.
  private mutating func commonFactor(
    _ polynomial: GaussianPolynomial, _ norm: Polynomial
  ) throws(ArithmeticError) -> GaussianPolynomial {
    guard
      let variable = norm.occurringVariables.min(by: {
        norm.degree(in: $0) < norm.degree(in: $1)
      })
    else { throw .domain("a constant norm") }
    let a = univariate(polynomial, variable)
    let b = univariate(GaussianPolynomial(norm), variable)
    let monic = try UnivariatePolynomial.gcd(b, a)
    // Denominators are cleared by a real polynomial; what is too much of it is a product of its
    // factors over Q(i), which have fewer variables.
    var denominator = Polynomial(1, ring: norm.ring)
    for coefficient in monic.coefficients {
      for part in [coefficient.re.denominator, coefficient.im.denominator] {
        denominator = denominator * part.exactQuotient(by: Polynomial.gcd(denominator, part))
      }
    }
    let x = Polynomial.variable(variable, of: norm.ring)
    var result = GaussianPolynomial.zero
    for (exponent, coefficient) in monic.coefficients.enumerated() {
      let scale = { (part: RationalFunction) in
        part.numerator * denominator.exactQuotient(by: part.denominator)
      }
      let term = GaussianPolynomial(
        re: scale(coefficient.re), im: scale(coefficient.im))
      result = result + term * GaussianPolynomial(x.power(UInt(exponent)))
    }
    for factor in try factors(of: GaussianPolynomial(denominator).primitivePart) {
      for _ in 0..<factor.multiplicity {
        guard let quotient = result.divided(by: factor.polynomial) else { break }
        result = quotient
      }
    }
    return result
  }

  private func univariate(
    _ polynomial: GaussianPolynomial, _ variable: Int
  ) -> UnivariatePolynomial<Coefficient> {
    UnivariatePolynomial(
      polynomial.coefficients(in: variable).map {
        Coefficient(re: RationalFunction($0.re), im: RationalFunction($0.im))
      })
  }
}
