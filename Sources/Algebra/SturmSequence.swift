import Exact

/// The sequence of Sturm of an integer polynomial: a count of real roots by another road than
/// ``RealRootIsolation``.
///
/// Source: Sturm 1829; pseudo-remainders with positive multipliers keep the signs.
public struct SturmSequence: Sendable {
  /// The polynomial over gcd(f, f'), its derivative's image, and the negated remainders.
  public let terms: [IntegerPolynomial]

  /// - Parameter polynomial: not zero; multiple roots count once.
  /// - Throws: ``ArithmeticError/domain(_:)`` for the zero polynomial.
  /// - Complexity: O(n²) integer operations on coefficients of O(n·b) bits.
  public init(_ polynomial: IntegerPolynomial) throws(ArithmeticError) {
    if polynomial.isZero { throw .domain("Sturm sequence of the zero polynomial") }
    let f = try polynomial.squareFreePart()
    var terms = [f]
    var next = f.derivative
    while let last = terms.last, let degree = next.degree {
      terms.append(next)
      if degree == 0 { break }
      let remainder = try last.pseudoQuotientAndRemainder(by: next).remainder
      // The multiplier is lc^k with k = deg - deg + 1.
      let steps = (last.degree ?? 0) - degree + 1
      let isNegative = next.leadingCoefficient.isNegative && steps % 2 == 1
      let content = remainder.content
      if content.isZero { break }
      next = IntegerPolynomial(
        remainder.coefficients.map {
          let value = $0.exactQuotient(by: content)
          return isNegative ? value : -value
        })
    }
    self.terms = terms
  }

  /// The number of distinct real roots in the range.
  public func count(in range: RationalRange = .line) -> Int {
    if let a = range.lower.value, let b = range.upper.value, a >= b {
      return a == b && range.contains(a) && terms[0].sign(at: a) == 0 ? 1 : 0
    }
    // V(a) - V(b) counts the roots in (a, b].
    var count =
      variations(range.lower.value, atInfinity: -1) - variations(range.upper.value, atInfinity: 1)
    if case .closed(let a) = range.lower, terms[0].sign(at: a) == 0 { count += 1 }
    if case .open(let b) = range.upper, terms[0].sign(at: b) == 0 { count -= 1 }
    return count
  }

  private func variations(_ x: Rational?, atInfinity side: Int) -> Int {
    var count = 0
    var last = 0
    for term in terms {
      let sign = x.map { term.sign(at: $0) } ?? term.signAtInfinity(side)
      if sign == 0 { continue }
      if sign * last < 0 { count += 1 }
      last = sign
    }
    return count
  }
}
