import Exact

/// A polynomial in several variables over Z as a constant times powers of polynomials that are
/// irreducible over Q.
///
/// Guarantee: the product of the parts is the polynomial (checked by division), each factor is
/// irreducible over the rationals, primitive, not constant and has a positive leading coefficient;
/// factors are distinct, ordered by total degree, then by the number of terms, then by their greatest
/// different monomial or coefficient.
public struct PolynomialFactorization: Sendable, Equatable {
  /// The integer content with the sign of the leading coefficient.
  public let content: Integer
  /// The irreducible factors and how often each divides.
  public let factors: [Factor]

  public struct Factor: Sendable, Equatable {
    public let polynomial: Polynomial
    public let multiplicity: Int

    public init(polynomial: Polynomial, multiplicity: Int) {
      self.polynomial = polynomial
      self.multiplicity = multiplicity
    }
  }

  init(content: Integer, factors: [Factor]) {
    self.content = content
    self.factors = factors.sorted { Self.precedes($0.polynomial, $1.polynomial) }
  }

  /// The product of the parts.
  public var product: Polynomial {
    factors.reduce(Polynomial(content)) {
      $0 * $1.polynomial.power(UInt($1.multiplicity))
    }
  }

  /// Whether the polynomial is one irreducible factor, up to a constant.
  public var isIrreducible: Bool { factors.count == 1 && factors[0].multiplicity == 1 }

  static func precedes(_ a: Polynomial, _ b: Polynomial) -> Bool {
    if a.totalDegree != b.totalDegree { return a.totalDegree < b.totalDegree }
    if a.termCount != b.termCount { return a.termCount < b.termCount }
    for (x, y) in zip(a.monomials, b.monomials) where x != y { return x > y }
    for (x, y) in zip(a.coefficients, b.coefficients) where x != y { return x < y }
    return false
  }
}

extension Polynomial {
  /// The limit of ``factorization(limit:)`` unless told otherwise, in word operations: some tens of
  /// seconds.
  public static let defaultFactorizationLimit = 20_000_000_000

  /// The complete factorisation over the rationals.
  ///
  /// A factor is proved irreducible by an irreducible image in one variable, by being linear and
  /// primitive in a variable, or by the failure of every way to combine the factors of an image.
  ///
  /// - Parameter limit: word operations of lifting, about; the factorisation of images has its own
  ///   limit, ``IntegerFactorization/defaultSubsetLimit``.
  /// - Throws: ``ArithmeticError/domain(_:)`` for zero; ``ArithmeticError/limit(_:)``.
  /// - Complexity: the lifting is polynomial in the degrees and the numbers of terms of the factors;
  ///   only where an image has more factors than the polynomial at every point tried is there a
  ///   search through sets of them.
  /// - Source: Wang 1978 (leading coefficients); Chen, Monagan 2020 (lifting).
  public func factorization(
    limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> PolynomialFactorization {
    if isZero { throw .domain("factorisation of the zero polynomial") }
    var engine = FactorizationEngine(budget: limit)
    let sign = leadingCoefficient.isNegative ? -content : content
    let factors = try engine.factors(of: primitivePart)
    return PolynomialFactorization(content: sign, factors: factors)
  }

  /// Whether the polynomial, of positive degree, has no factors over Q but itself, constants aside.
  ///
  /// - Throws: as ``factorization(limit:)``.
  public func isIrreducible(
    limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> Bool {
    try factorization(limit: limit).isIrreducible
  }
}
