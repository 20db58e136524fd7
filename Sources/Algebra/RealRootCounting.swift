import Exact

extension RealRootIsolation {
  /// The number of real roots in a range, each as often as its multiplicity.
  ///
  /// - Throws: as ``isolate(_:in:)``.
  public static func countWithMultiplicity(
    _ polynomial: IntegerPolynomial, in range: RationalRange = .line
  ) throws(ArithmeticError) -> Int {
    if polynomial.isZero { throw .domain("the zero polynomial vanishes everywhere") }
    var total = 0
    for (factor, multiplicity) in try polynomial.squareFreeDecomposition() {
      total += try multiplicity * count(factor, in: range)
    }
    return total
  }

  /// A number that the count of roots in an open interval does not exceed, multiplicities included,
  /// and from which it differs by an even number: the variations of sign of the polynomial with the
  /// interval moved to (0, ∞).
  ///
  /// - Parameters:
  ///   - lower: below `upper`.
  /// - Throws: ``ArithmeticError/domain(_:)`` for the zero polynomial or an empty interval.
  /// - Complexity: O(n²) integer operations: much cheaper than a count.
  /// - Source: Descartes 1637; Budan 1807 for the interval.
  public static func descartesBound(
    _ polynomial: IntegerPolynomial, from lower: Rational, to upper: Rational
  ) throws(ArithmeticError) -> Int {
    if polynomial.isZero { throw .domain("the zero polynomial vanishes everywhere") }
    guard lower < upper, let degree = polynomial.degree else {
      throw .domain("an interval needs a lower end below its upper end")
    }
    // x = (a + b·t)/(1 + t) takes (0, ∞) to (a, b); with common denominator d, p(x)·(d·(1 + t))^n.
    let common = Integer.lcm(lower.denominator, upper.denominator)
    let a = lower.numerator * common.exactQuotient(by: lower.denominator)
    let b = upper.numerator * common.exactQuotient(by: upper.denominator)
    let top = IntegerPolynomial([a, b])
    let below = IntegerPolynomial([common, common])
    var value = IntegerPolynomial.zero
    var power = IntegerPolynomial.one
    for index in (0...degree).reversed() {
      value = value.multiplied(by: top) + power.scaled(by: polynomial[index])
      power = power.multiplied(by: below)
    }
    return value.signVariations
  }
}
