import Exact

/// The steps before lifting: what can be seen from exponents, contents and squares.
struct FactorizationEngine {
  /// The word operations left.
  var budget: Int

  typealias Factor = PolynomialFactorization.Factor

  /// The irreducible factors of a primitive polynomial with a positive leading coefficient.
  mutating func factors(of polynomial: Polynomial) throws(ArithmeticError) -> [Factor] {
    let ring = polynomial.ring
    var factors: [Factor] = []
    let common = polynomial.monomialContent
    var rest = polynomial
    if !common.isOne {
      for variable in ring.variables.indices {
        let exponent = ring.exponent(common, of: variable)
        if exponent > 0 {
          factors.append(
            Factor(polynomial: .variable(variable, of: ring), multiplicity: exponent))
        }
      }
      rest = Polynomial(
        ring: ring, monomials: polynomial.monomials.map { $0 / common },
        coefficients: polynomial.coefficients)
    }
    return try factors + factorsWithoutMonomials(rest)
  }

  private mutating func factorsWithoutMonomials(
    _ polynomial: Polynomial
  ) throws(ArithmeticError) -> [Factor] {
    let variables = polynomial.occurringVariables
    if variables.isEmpty { return [] }
    if variables.count == 1 { return try univariateFactors(polynomial, variables[0]) }
    if polynomial.termCount == 2, let factors = try binomialFactor(polynomial) { return factors }
    if let grading = ExponentGrading.find(polynomial) {
      var factors: [Factor] = []
      for factor in try factorsWithoutMonomials(grading.reduced(polynomial)) {
        guard let whole = grading.completed(factor.polynomial) else {
          throw .overflow("the degree of a factor made homogeneous")
        }
        factors.append(
          Factor(polynomial: whole.primitivePart, multiplicity: factor.multiplicity))
      }
      return factors
    }
    let powers = exponentDivisors(polynomial, variables)
    if powers.contains(where: { $0 > 1 }) {
      var factors: [Factor] = []
      for part in try split(mapped(polynomial) { $0 / max(powers[$1], 1) }) {
        let whole = mapped(part.polynomial) { $0 * max(powers[$1], 1) }
        for factor in try split(whole) {
          factors.append(
            Factor(
              polynomial: factor.polynomial, multiplicity: factor.multiplicity * part.multiplicity))
        }
      }
      return factors
    }
    return try split(polynomial)
  }

  // MARK: Exponents

  /// A binomial whose exponents have no common divisor in their differences is irreducible: a change
  /// of variables over the integers makes it linear. Nil where they have one.
  private func binomialFactor(_ polynomial: Polynomial) throws(ArithmeticError) -> [Factor]? {
    let ring = polynomial.ring
    let (first, second) = (polynomial.monomials[0], polynomial.monomials[1])
    let common = ring.variables.indices.reduce(Integer.zero) {
      Integer.gcd(
        $0, Integer(ring.exponent(first, of: $1) - ring.exponent(second, of: $1)))
    }
    return common.isOne ? [Factor(polynomial: polynomial, multiplicity: 1)] : nil
  }

  /// For each variable of the ring the greatest common divisor of its exponents.
  private func exponentDivisors(_ polynomial: Polynomial, _ variables: [Int]) -> [Int] {
    let ring = polynomial.ring
    var divisors = [Int](repeating: 0, count: ring.variables.count)
    for variable in variables {
      var common = Integer.zero
      for monomial in polynomial.monomials {
        common = Integer.gcd(common, Integer(ring.exponent(monomial, of: variable)))
        if common.isOne { break }
      }
      divisors[variable] = common.word ?? 1
    }
    return divisors
  }

  private func mapped(_ polynomial: Polynomial, _ change: (Int, Int) -> Int) -> Polynomial {
    let ring = polynomial.ring
    return Polynomial(
      ring: ring,
      unsorted: zip(polynomial.monomials, polynomial.coefficients).map { monomial, coefficient in
        let exponents = ring.exponents(monomial).enumerated().map { change($0.element, $0.offset) }
        return (ring.monomial(exponents), coefficient)
      }
    ).primitivePart
  }

  // MARK: One variable

  private func univariateFactors(
    _ polynomial: Polynomial, _ variable: Int
  ) throws(ArithmeticError) -> [Factor] {
    guard let dense = polynomial.univariate(in: variable) else { return [] }
    return try IntegerFactorization(dense).factors.map {
      Factor(
        polynomial: Polynomial($0.polynomial, variable: variable, ring: polynomial.ring),
        multiplicity: $0.multiplicity)
    }
  }

  // MARK: Contents and squares

  /// The factors of a polynomial in several variables, by contents, squares and lifting.
  private mutating func split(_ polynomial: Polynomial) throws(ArithmeticError) -> [Factor] {
    let variables = polynomial.occurringVariables
    if variables.count < 2 { return try factorsWithoutMonomials(polynomial) }
    let main = mainVariable(polynomial, variables)
    let content = Self.content(polynomial, in: main)
    if !content.isConstant {
      return try factors(of: content) + split(polynomial.exactQuotient(by: content).primitivePart)
    }
    if polynomial.degree(in: main) == 1 {
      return [Factor(polynomial: polynomial, multiplicity: 1)]
    }
    var lifting = SquareFreeFactorizer(polynomial, main: main)
    if let parts = try lifting.factors(engine: &self, isSquareFree: false) {
      return parts.map { Factor(polynomial: $0, multiplicity: 1) }
    }
    let parts = polynomial.squareFreeFactors()
    if parts.count == 1, parts[0].multiplicity == 1 {
      guard let factors = try lifting.factors(engine: &self, isSquareFree: true) else {
        throw .limit("no point found that keeps a polynomial square-free")
      }
      return factors.map { Factor(polynomial: $0, multiplicity: 1) }
    }
    var factors: [Factor] = []
    for part in parts {
      for factor in try factorsWithoutMonomials(part.factor) {
        factors.append(
          Factor(
            polynomial: factor.polynomial, multiplicity: factor.multiplicity * part.multiplicity))
      }
    }
    return factors
  }

  /// The variable whose leading coefficient is simplest: a constant or a monomial where there is
  /// one, of the lowest degree.
  private func mainVariable(_ polynomial: Polynomial, _ variables: [Int]) -> Int {
    let ring = polynomial.ring
    var best = variables[0]
    var bestCost = Int.max
    for variable in variables {
      let degree = polynomial.degree(in: variable)
      if degree == 1 { return variable }
      var terms = 0
      var isConstant = true
      for monomial in polynomial.monomials where ring.exponent(monomial, of: variable) == degree {
        terms += 1
        isConstant = isConstant && ring.totalDegree(monomial) == degree
      }
      let cost = degree * 4 + (isConstant ? 0 : 6 + 2 * min(terms, 40))
      if cost < bestCost {
        bestCost = cost
        best = variable
      }
    }
    return best
  }

  /// The greatest common divisor of the coefficients with respect to a variable, over Q: primitive.
  static func content(_ polynomial: Polynomial, in variable: Int) -> Polynomial {
    var common = Polynomial(0, ring: polynomial.ring)
    let parts = polynomial.coefficients(in: variable).filter { !$0.isZero }
    for part in parts.sorted(by: { $0.termCount < $1.termCount }) {
      common = Polynomial.gcd(common, part)
      if common.isConstant { return Polynomial(1, ring: polynomial.ring) }
    }
    return common.primitivePart
  }
}

extension Polynomial {
  /// The polynomial in one variable of a ring.
  ///
  /// - Precondition: the ring holds the degree.
  init(_ polynomial: IntegerPolynomial, variable: Int, ring: PolynomialRing) {
    var monomials: [Monomial] = []
    var coefficients: [Integer] = []
    for (exponent, value) in polynomial.coefficients.enumerated().reversed() where !value.isZero {
      monomials.append(ring.monomial(variable: variable, exponent: exponent))
      coefficients.append(value)
    }
    self.init(ring: ring, monomials: monomials, coefficients: coefficients)
  }
}
