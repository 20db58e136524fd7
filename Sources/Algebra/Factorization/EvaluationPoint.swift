import Exact

/// The image of a polynomial in one variable, the others at integers.
struct EvaluationPoint {
  let others: [Int]
  let values: [Integer]

  init(others: [Int], values: [Integer]) {
    self.others = others
    self.values = values
  }

  /// A point of primes, different for different variables, so that leading coefficients are told
  /// apart by their prime divisors. Later attempts go further out and to both signs.
  init(others: [Int], attempt: Int, generator: inout SplitMix64) {
    self.others = others
    let limit = 24 + 12 * attempt * (1 + attempt) + 8 * others.count
    let primes = [2, 3, 5, 7] + WordPrimes.odd(below: UInt64(limit)).dropFirst(3).map { Int($0) }
    var left = primes
    values = others.map { _ in
      let index = Int(generator.next() % UInt64(max(left.count, 1)))
      let value = left.isEmpty ? limit : left.remove(at: index)
      let isNegative = attempt > 1 && generator.next() & 1 == 1
      return Integer(isNegative ? -value : value)
    }
  }

  /// The polynomial at the point, in the main variable.
  func image(of polynomial: Polynomial, main: Int) -> IntegerPolynomial {
    let tables = powerTables(for: polynomial)
    let ring = polynomial.ring
    var sums = [Integer](repeating: .zero, count: polynomial.degree(in: main) + 1)
    for (monomial, coefficient) in zip(polynomial.monomials, polynomial.coefficients) {
      sums[ring.exponent(monomial, of: main)] += value(monomial, coefficient, ring, tables)
    }
    return IntegerPolynomial(sums)
  }

  /// The value of a polynomial in the other variables alone.
  func value(of polynomial: Polynomial) -> Integer {
    if let constant = polynomial.constantValue { return constant }
    let tables = powerTables(for: polynomial)
    return zip(polynomial.monomials, polynomial.coefficients).reduce(Integer.zero) {
      $0 + value($1.0, $1.1, polynomial.ring, tables)
    }
  }

  private func powerTables(for polynomial: Polynomial) -> [(variable: Int, powers: [Integer])] {
    zip(others, values).map { variable, value in
      var table = [Integer.one]
      for _ in 0..<polynomial.degree(in: variable) { table.append(table[table.count - 1] * value) }
      return (variable, table)
    }
  }

  private func value(
    _ monomial: Monomial, _ coefficient: Integer, _ ring: PolynomialRing,
    _ tables: [(variable: Int, powers: [Integer])]
  ) -> Integer {
    var product = coefficient
    for (variable, powers) in tables {
      let exponent = ring.exponent(monomial, of: variable)
      if exponent > 0 { product *= powers[exponent] }
    }
    return product
  }
}
