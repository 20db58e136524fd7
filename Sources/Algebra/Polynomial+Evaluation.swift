import Exact

extension Polynomial {
  /// The value at a point of any ring; `values` has one element a variable.
  public func evaluated<R: Ring>(at values: [R]) -> R {
    // Powers are tabulated once a variable: the terms are sparse but share small exponents.
    let powers: [[R]] = ring.variables.indices.map { variable in
      var table = [R.one]
      for _ in 0..<degree(in: variable) { table.append(table[table.count - 1] * values[variable]) }
      return table
    }
    var sum = R.zero
    for (monomial, coefficient) in zip(monomials, coefficients) {
      var product = R(coefficient)
      for variable in ring.variables.indices {
        let exponent = ring.exponent(monomial, of: variable)
        if exponent > 0 { product = product * powers[variable][exponent] }
      }
      sum = sum + product
    }
    return sum
  }

  /// One variable replaced by an integer; the ring stays.
  func substituting(_ variable: Int, _ value: Integer) -> Polynomial {
    let highest = degree(in: variable)
    if highest == 0 { return self }
    var powers = [Integer.one]
    for _ in 0..<highest { powers.append(powers[powers.count - 1] * value) }
    let terms = zip(monomials, coefficients).map { monomial, coefficient in
      let exponent = ring.exponent(monomial, of: variable)
      return (
        monomial / ring.monomial(variable: variable, exponent: exponent),
        coefficient * powers[exponent]
      )
    }
    return Polynomial(ring: ring, unsorted: terms)
  }

  /// The coefficients with respect to one variable, from its zeroth power upward; each is free of
  /// the variable.
  public func coefficients(in variable: Int) -> [Polynomial] {
    // A constant may belong to a ring with fewer variables.
    if isConstant { return [self] }
    var parts = [[(Monomial, Integer)]](repeating: [], count: degree(in: variable) + 1)
    for (monomial, coefficient) in zip(monomials, coefficients) {
      let exponent = ring.exponent(monomial, of: variable)
      parts[exponent].append(
        (monomial / ring.monomial(variable: variable, exponent: exponent), coefficient))
    }
    return parts.map { Polynomial(ring: ring, unsorted: $0) }
  }

  /// The partial derivative.
  public func derivative(in variable: Int) -> Polynomial {
    if isConstant { return Polynomial(0, ring: ring) }
    let one = ring.monomial(variable: variable, exponent: 1)
    let terms = zip(monomials, coefficients).compactMap {
      monomial, coefficient -> (Monomial, Integer)? in
      let exponent = ring.exponent(monomial, of: variable)
      return exponent == 0 ? nil : (monomial / one, coefficient * Integer(exponent))
    }
    return Polynomial(ring: ring, unsorted: terms)
  }

  /// The polynomial as a univariate one where no other variable occurs.
  public func univariate(in variable: Int) -> UnivariatePolynomial<Integer>? {
    guard occurringVariables.allSatisfy({ $0 == variable }) else { return nil }
    return UnivariatePolynomial(coefficients(in: variable).map(\.constantTerm))
  }

  /// The part of each term's total degree at most `bound`.
  func truncated(toDegree bound: Int) -> Polynomial {
    guard let start = monomials.firstIndex(where: { ring.totalDegree($0) <= bound }) else {
      return Polynomial(0, ring: ring)
    }
    return Polynomial(
      ring: ring, monomials: Array(monomials[start...]), coefficients: Array(coefficients[start...])
    )
  }
}
