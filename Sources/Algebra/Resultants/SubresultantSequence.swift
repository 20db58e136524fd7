import Exact

/// The subresultant remainder sequence of two polynomials in one variable over the polynomials in the
/// others.
///
/// Source: Brown, Traub 1971; Cohen, A Course in Computational Algebraic Number Theory, 3.3.7.
struct SubresultantSequence {
  private var a: [Polynomial]
  private var b: [Polynomial]
  private var left: Int
  private let ring: PolynomialRing

  /// - Parameter limit: products of terms.
  init(_ f: Polynomial, _ g: Polynomial, in variable: Int, limit: Int) {
    a = f.coefficients(in: variable)
    b = g.coefficients(in: variable)
    left = limit / 10
    ring = Polynomial.commonRing(f, g)
  }

  /// The resultant.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  mutating func resultant() throws(ArithmeticError) -> Polynomial {
    var isNegative = false
    if a.count < b.count {
      swap(&a, &b)
      isNegative = a.count % 2 == 0 && b.count % 2 == 0
    }
    var g = Polynomial(1, ring: ring)
    var h = g
    while b.count > 1 {
      let delta = a.count - b.count
      if a.count % 2 == 0 && b.count % 2 == 0 { isNegative.toggle() }
      let remainder = try pseudoRemainder()
      if remainder.isEmpty { return Polynomial(0, ring: ring) }
      let divisor = try product(g, power(h, delta))
      a = b
      b = remainder.map { $0.exactQuotient(by: divisor) }
      g = a[a.count - 1]
      h = try next(h, g, delta)
    }
    let value = try next(h, b[0], a.count - 1)
    return isNegative ? -value : value
  }

  /// g^δ·h^(1-δ), which is a polynomial.
  private mutating func next(
    _ h: Polynomial, _ g: Polynomial, _ delta: Int
  ) throws(ArithmeticError) -> Polynomial {
    if delta == 0 { return h }
    let top = try power(g, delta)
    if delta == 1 { return top }
    return top.exactQuotient(by: try power(h, delta - 1))
  }

  private mutating func power(
    _ base: Polynomial, _ exponent: Int
  ) throws(ArithmeticError) -> Polynomial {
    var result = Polynomial(1, ring: ring)
    for _ in 0..<exponent { result = try product(result, base) }
    return result
  }

  private mutating func product(
    _ x: Polynomial, _ y: Polynomial
  ) throws(ArithmeticError) -> Polynomial {
    let (cost, overflow) = x.termCount.multipliedReportingOverflow(by: y.termCount)
    left = overflow ? -1 : left - cost
    if left < 0 { throw .limit("products of terms of a resultant") }
    // Before the divisions degrees are some times those of the resultant.
    if x.totalDegree + y.totalDegree > ring.capacity {
      throw .overflow("a resultant by products of degree \(x.totalDegree + y.totalDegree)")
    }
    try WorkBudget.require(Polynomial.productCost(x, y))
    return x * y
  }

  /// lc(b)^(δ+1)·a less a multiple of b, of a lower degree than b.
  private mutating func pseudoRemainder() throws(ArithmeticError) -> [Polynomial] {
    let n = b.count - 1
    let lead = b[n]
    var rest = a
    for shift in stride(from: a.count - 1 - n, through: 0, by: -1) {
      let top = rest[shift + n]
      for index in 0..<(shift + n) { rest[index] = try product(rest[index], lead) }
      for index in 0..<n {
        rest[shift + index] = try rest[shift + index] - product(top, b[index])
      }
      rest.removeLast()
    }
    while let last = rest.last, last.isZero { rest.removeLast() }
    return rest
  }
}
