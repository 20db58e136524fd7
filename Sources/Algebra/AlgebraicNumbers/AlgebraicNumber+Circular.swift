import Arbitrary
import Exact

// Cosines of rational multiples of π are exact: 2·cos(2πk/n) is a root of the real cyclotomic
// polynomial, and cosines fall over [0, π], so the place among the roots is counted, not computed.
extension AlgebraicNumber {
  /// cos(π·r).
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` where its degree is above ``degreeLimit``.
  public static func cosine(piTimes r: Rational) throws(ArithmeticError) -> AlgebraicNumber {
    // r/2 = k/n modulo 1, and the cosine of k/n is that of 1 - k/n.
    let half = r * Self.half
    let turn = half - Rational(half.floor)
    guard let n = turn.denominator.word, let k = turn.numerator.word, n <= 100_000 else {
      throw .limit("the cosine of \(r)·π: its denominator is too large")
    }
    let degree = n <= 2 ? 1 : Totient.value(n) / 2
    if degree > degreeLimit {
      throw .limit("the cosine of \(r)·π, of degree \(degree) > \(degreeLimit)")
    }
    guard let polynomial = IntegerPolynomial.realCyclotomic(n) else {
      throw .domain("no cyclotomic polynomial of order \(n)")
    }
    let place = min(k, n - k)
    let index = n <= 2 ? 1 : Totient.halfUnits(n).count { $0 >= place }
    return try root(index, ofIrreducible: polynomial).scaled(by: Self.half)
  }

  /// sin(π·r) = cos(π·(1/2 - r)).
  ///
  /// - Throws: as ``cosine(piTimes:)``.
  public static func sine(piTimes r: Rational) throws(ArithmeticError) -> AlgebraicNumber {
    try cosine(piTimes: Self.half - r)
  }

  /// tan(π·r), a root of the numerator of tan(n·t) = tan(n·π·r).
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` at the poles; ``ArithmeticError/limit(_:)`` where
  ///   its degree, at most φ(n) for the denominator n of r, is above ``degreeLimit``.
  public static func tangent(piTimes r: Rational) throws(ArithmeticError) -> AlgebraicNumber {
    let turn = r - Rational((r + Self.half).floor)
    if turn == -Self.half { throw .divisionByZero }
    guard let n = turn.denominator.word, n <= 2 * degreeLimit else {
      throw .limit("the tangent of \(r)·π: its denominator is too large")
    }
    // (1 + ix)^n is a real or an imaginary multiple of a real number's power at x = tan(πk/n): its
    // imaginary part vanishes at exactly these x.
    var (re, im) = (IntegerPolynomial.one, IntegerPolynomial.zero)
    for _ in 0..<n { (re, im) = (re - .variable * im, im + .variable * re) }
    return try root(of: im) { (bits) throws(ArithmeticError) in
      try Self.enclosure(ofTangent: turn, precision: bits + 16)
    }
  }

  private static func enclosure(
    ofTangent turn: Rational, precision: Int
  ) throws(ArithmeticError) -> RationalInterval {
    let angle = Interval.mul(
      Interval.pi(precision: precision), Interval(turn, precision: precision),
      precision: precision)
    let value = Interval.tan(angle, precision: precision)
    guard let lower = Rational(exactly: value.lower), let upper = Rational(exactly: value.upper)
    else {
      // Not finite yet: bounds that every tangent of a fraction of π with such a denominator keeps.
      let bound = Rational(Integer(1) << 62)
      return RationalInterval(-bound, bound)
    }
    return RationalInterval(lower, upper)
  }
}
