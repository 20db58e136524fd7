import Exact

extension AlgebraicTower {
  /// A polynomial in one variable over the field as a constant times powers of monic irreducible
  /// ones.
  public struct Factorization: Sendable, Equatable {
    /// The leading coefficient.
    public let lead: AlgebraicElement
    /// The monic irreducible factors, distinct, and how often each divides.
    public let factors: [Factor]

    public struct Factor: Sendable, Equatable {
      public let polynomial: UnivariatePolynomial<AlgebraicElement>
      public let multiplicity: Int
    }
  }

  /// The complete factorisation of a polynomial over this field.
  ///
  /// The norm down to the rational functions of a shifted square-free polynomial is factored; its
  /// irreducible factors correspond to those of the polynomial where it is square-free. Checked by
  /// multiplication.
  ///
  /// - Parameter limit: that of ``Polynomial/factorization(limit:)`` and of the resultants.
  /// - Throws: ``ArithmeticError/domain(_:)`` for zero, for elements of other fields, and where the
  ///   tower is no field; ``ArithmeticError/limit(_:)``.
  /// - Complexity: that of factoring a polynomial whose degree is the product of the degrees.
  /// - Source: Trager 1976.
  public func factorization(
    of polynomial: UnivariatePolynomial<AlgebraicElement>,
    limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> Factorization {
    if polynomial.isZero { throw .domain("factorisation of the zero polynomial") }
    for coefficient in polynomial.coefficients { try check(coefficient) }
    var factors: [Factorization.Factor] = []
    for (part, multiplicity) in try polynomial.squareFreeFactors() {
      for factor in try factorsOfSquareFree(part, limit: limit) {
        factors.append(.init(polynomial: factor, multiplicity: multiplicity))
      }
    }
    let lead = polynomial.leadingCoefficient
    let product = factors.reduce(UnivariatePolynomial([lead])) {
      $0 * $1.polynomial.power(UInt($1.multiplicity))
    }
    guard product == polynomial else {
      throw .domain("the factors found do not multiply to the polynomial")
    }
    return Factorization(lead: lead, factors: factors)
  }

  /// Whether a polynomial of positive degree has no factors but constants and itself.
  ///
  /// - Throws: as ``factorization(of:limit:)``.
  public func isIrreducible(
    _ polynomial: UnivariatePolynomial<AlgebraicElement>,
    limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> Bool {
    guard let degree = polynomial.degree, degree > 0 else { return false }
    for coefficient in polynomial.coefficients { try check(coefficient) }
    if degree == 1 { return true }
    let slope = polynomial.derivative
    guard try UnivariatePolynomial.gcd(polynomial, slope).degree == 0 else { return false }
    return try norm(of: polynomial, limit: limit).factors.count == 1
  }

  /// The distinct roots of a polynomial that lie in this field.
  ///
  /// - Throws: as ``factorization(of:limit:)``.
  public func roots(
    of polynomial: UnivariatePolynomial<AlgebraicElement>,
    limit: Int = Polynomial.defaultFactorizationLimit
  ) throws(ArithmeticError) -> [AlgebraicElement] {
    try factorization(of: polynomial, limit: limit).factors
      .filter { $0.polynomial.degree == 1 }.map { -$0.polynomial[0] }
  }

  // MARK: The norm

  private func factorsOfSquareFree(
    _ polynomial: UnivariatePolynomial<AlgebraicElement>, limit: Int
  ) throws(ArithmeticError) -> [UnivariatePolynomial<AlgebraicElement>] {
    if polynomial.degree == 1 { return [polynomial] }
    let norm = try norm(of: polynomial, limit: limit)
    if norm.factors.count == 1 { return [polynomial] }
    // Each factor of the norm vanishes at z = (root) + shift for the roots of one factor.
    let shifted = polynomial.translated(by: -norm.shift)
    var rest = shifted
    var factors: [UnivariatePolynomial<AlgebraicElement>] = []
    for factor in norm.factors.dropLast() {
      let common = try UnivariatePolynomial.gcd(factor, rest)
      rest = try rest.quotientAndRemainder(by: common).quotient
      factors.append(common.translated(by: norm.shift))
    }
    factors.append(try rest.monic().translated(by: norm.shift))
    return factors
  }

  /// A square-free norm of f(z - shift) and its irreducible factors over the rational functions.
  private struct Norm {
    let shift: AlgebraicElement
    let factors: [UnivariatePolynomial<AlgebraicElement>]
  }

  private static let shiftLimit = 60

  private func norm(
    of polynomial: UnivariatePolynomial<AlgebraicElement>, limit: Int
  ) throws(ArithmeticError) -> Norm {
    let levels = self.levels
    let workspace = try TowerRing(self, polynomial)
    let main = workspace.main
    for attempt in 0..<Self.shiftLimit {
      // Multipliers of the generators: all zero, then more and more different ones.
      let weights = levels.indices.map { index in
        attempt == 0 ? 0 : (attempt == 1 ? index + 1 : 1 + (attempt * (index + 3) * 7919) % 101)
      }
      var shift = AlgebraicElement.zero
      for (level, weight) in zip(levels, weights) {
        shift += level.generator * AlgebraicElement(Integer(weight))
      }
      var norm = try workspace.polynomial(polynomial.translated(by: -shift))
      for (index, level) in levels.enumerated().reversed() {
        let relation = try workspace.relation(level)
        norm = try Polynomial.resultant(
          relation, norm, in: workspace.generators[index], limit: limit)
        // Factors free of the main variable are constants of the field.
        norm = norm.exactQuotient(by: FactorizationEngine.content(norm, in: main)).primitivePart
      }
      var engine = FactorizationEngine(budget: limit)
      let found = try engine.factors(of: norm)
      if found.contains(where: { $0.multiplicity > 1 }) { continue }
      var factors: [UnivariatePolynomial<AlgebraicElement>] = []
      for factor in found {
        factors.append(
          UnivariatePolynomial(
            try workspace.outside(factor.polynomial).map {
              AlgebraicElement(RationalFunction($0))
            }))
      }
      return Norm(shift: shift, factors: factors)
    }
    throw .limit("\(Self.shiftLimit) shifts for a square-free norm")
  }
}

extension UnivariatePolynomial {
  /// f(x + c).
  func translated(by c: Coefficient) -> Self {
    if c.isZero { return self }
    var values = coefficients
    for start in values.indices {
      for index in (start..<max(values.count - 1, start)).reversed() {
        values[index] += values[index + 1] * c
      }
    }
    return Self(values)
  }
}

/// A polynomial ring with variables for the rational functions, the generators of a tower and the main
/// variable.
private struct TowerRing {
  let ring: PolynomialRing
  private let base: PolynomialRing
  /// The indices of the generators, from the first level.
  let generators: [Int]
  let main: Int
  private let levels: [AlgebraicTower]

  init(
    _ tower: AlgebraicTower, _ polynomial: UnivariatePolynomial<AlgebraicElement>
  ) throws(ArithmeticError) {
    levels = tower.levels
    var found: PolynomialRing?
    func visit(_ element: AlgebraicElement) throws(ArithmeticError) {
      if let function = element.rationalFunction {
        for part in [function.numerator, function.denominator] where !part.isConstant {
          if let known = found, known != part.ring {
            throw .domain("rational functions of different rings")
          }
          found = part.ring
        }
      } else if let tower = element.tower {
        for part in element.coefficients(at: tower) { try visit(part) }
      }
    }
    for element in polynomial.coefficients { try visit(element) }
    for level in levels {
      for element in level.relation.coefficients { try visit(element) }
    }
    base = found ?? .constants
    let names = levels.map { "t\($0.level)'" } + ["z'"]
    ring = try PolynomialRing(base.variables + names)
    generators = levels.indices.map { [base] in base.variables.count + $0 }
    main = base.variables.count + levels.count
  }

  /// A relation with denominators cleared.
  func relation(_ level: AlgebraicTower) throws(ArithmeticError) -> Polynomial {
    try cleared(level.relation, in: generators[level.level - 1])
  }

  /// The polynomial in the main variable with denominators cleared.
  func polynomial(
    _ polynomial: UnivariatePolynomial<AlgebraicElement>
  ) throws(ArithmeticError) -> Polynomial {
    try cleared(polynomial, in: main)
  }

  private func cleared(
    _ polynomial: UnivariatePolynomial<AlgebraicElement>, in variable: Int
  ) throws(ArithmeticError) -> Polynomial {
    var parts: [(monomial: Polynomial, function: RationalFunction)] = []
    func collect(_ element: AlgebraicElement, _ monomial: Polynomial) {
      if let function = element.rationalFunction {
        if !function.isZero { parts.append((monomial, function)) }
      } else if let tower = element.tower {
        let generator = Polynomial.variable(generators[tower.level - 1], of: ring)
        for (exponent, part) in element.coefficients(at: tower).enumerated() {
          collect(part, monomial * generator.power(UInt(exponent)))
        }
      }
    }
    let z = Polynomial.variable(variable, of: ring)
    for (exponent, element) in polynomial.coefficients.enumerated() {
      collect(element, z.power(UInt(exponent)))
    }
    var common = Polynomial(1)
    for part in parts {
      common =
        common
        * part.function.denominator.exactQuotient(
          by: Polynomial.gcd(common, part.function.denominator))
    }
    var sum = Polynomial(0, ring: ring)
    for (monomial, function) in parts {
      let scaled = function.numerator * common.exactQuotient(by: function.denominator)
      sum = try sum + monomial * scaled.embedded(in: ring) { $0 }
    }
    return sum.primitivePart
  }

  /// The coefficients in the main variable of a polynomial free of the generators.
  func outside(_ polynomial: Polynomial) throws(ArithmeticError) -> [Polynomial] {
    var result: [Polynomial] = []
    for part in polynomial.coefficients(in: main) {
      var terms: [(exponents: [Int], coefficient: Integer)] = []
      for (exponents, coefficient) in part.terms {
        terms.append((Array(exponents.prefix(base.variables.count)), coefficient))
      }
      result.append(try Polynomial(ring: base, terms: terms))
    }
    return result
  }
}
