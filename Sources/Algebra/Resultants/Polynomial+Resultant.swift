import Exact

extension Polynomial {
  /// The limit of ``resultant(_:_:in:limit:)`` unless told otherwise, in word operations: some tens
  /// of seconds.
  public static let defaultResultantLimit = 10_000_000_000

  /// The resultant with respect to one variable: lc(f)^n · lc(g)^m · Π (α - β) over the roots α of f
  /// (degree m) and β of g (degree n). Zero where either is zero; res(c, g) = c^n for c free of the
  /// variable.
  ///
  /// Exact. Small cases and those in many variables go by the subresultant sequence, the others by
  /// values modulo primes at a grid of points, as many as the bounds on degrees and coefficients ask
  /// for.
  ///
  /// - Parameter limit: word operations, about.
  /// - Throws: ``ArithmeticError/limit(_:)``; ``ArithmeticError/overflow(_:)`` for a degree that the
  ///   ring cannot hold.
  /// - Complexity: on the grid, O(m·n) word operations a point for each 31 bits of Hadamard's bound.
  /// - Source: Collins 1967 and 1971; Brown, Traub 1971.
  public static func resultant(
    _ f: Polynomial, _ g: Polynomial, in variable: Int, limit: Int = defaultResultantLimit
  ) throws(ArithmeticError) -> Polynomial {
    let ring = commonRing(f, g)
    if f.isZero || g.isZero { return Polynomial(0, ring: ring) }
    let m = f.degree(in: variable)
    let n = g.degree(in: variable)
    if f.totalDegree * n + g.totalDegree * m > ring.capacity {
      throw .overflow("a resultant of degree \(f.totalDegree * n + g.totalDegree * m)")
    }
    // Constants and powers of other variables come out at once.
    let outside =
      try f.outerMonomial(variable).checkedPower(UInt(n))
      * g.outerMonomial(variable).checkedPower(UInt(m))
    let inner = try innerResultant(
      f.exactQuotient(by: f.outerMonomial(variable)),
      g.exactQuotient(by: g.outerMonomial(variable)), in: variable, limit: limit)
    return inner * outside
  }

  private static func innerResultant(
    _ f: Polynomial, _ g: Polynomial, in variable: Int, limit: Int
  ) throws(ArithmeticError) -> Polynomial {
    let m = f.degree(in: variable)
    let n = g.degree(in: variable)
    let ring = commonRing(f, g)
    if m == 0 { return try f.checkedPower(UInt(n)) }
    if n == 0 { return try g.checkedPower(UInt(m)) }
    if let a = f.univariate(in: variable), let b = g.univariate(in: variable) {
      return Polynomial(try IntegerPolynomial.resultant(a, b), ring: ring)
    }
    let grid = ResultantGrid(f, g, in: variable)
    if min(m, n) > 2, let cost = grid.cost, cost <= limit {
      try WorkBudget.require(cost)
      WorkBudget.charge(cost)
      return try grid.resultant()
    }
    var sequence = SubresultantSequence(f, g, in: variable, limit: limit)
    return try sequence.resultant()
  }

  /// The content times the monomial content without one variable.
  private func outerMonomial(_ variable: Int) -> Polynomial {
    let common = monomialContent
    let own = ring.monomial(variable: variable, exponent: ring.exponent(common, of: variable))
    return Polynomial(ring: ring, monomials: [common / own], coefficients: [content])
  }

  /// The discriminant with respect to one variable, lc^(2n-2) · Π_{i<j} (α_i - α_j)² over the roots;
  /// 1 for degree one.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for a polynomial free of the variable; otherwise as
  ///   ``resultant(_:_:in:limit:)``.
  public func discriminant(
    in variable: Int, limit: Int = Polynomial.defaultResultantLimit
  ) throws(ArithmeticError) -> Polynomial {
    let n = degree(in: variable)
    if n == 0 { throw .domain("the discriminant of a polynomial without the variable") }
    if n == 1 { return Polynomial(1, ring: ring) }
    let lead = coefficients(in: variable)[n]
    let value = try Polynomial.resultant(
      self, derivative(in: variable), in: variable, limit: limit
    ).exactQuotient(by: lead)
    return n % 4 > 1 ? -value : value
  }
}
