import Exact

/// A closed interval with rational ends, for bounds that must be exact.
struct RationalInterval: Sendable, Equatable {
  let lower: Rational
  let upper: Rational

  /// - Precondition: lower ≤ upper.
  init(_ lower: Rational, _ upper: Rational) {
    self.lower = lower
    self.upper = upper
  }

  /// -1 or 1 where every number of the interval has that sign, else nil.
  var certainSign: Int? {
    lower.signum > 0 ? 1 : (upper.signum < 0 ? -1 : nil)
  }

  static func + (a: RationalInterval, b: RationalInterval) -> RationalInterval {
    RationalInterval(a.lower + b.lower, a.upper + b.upper)
  }

  static prefix func - (a: RationalInterval) -> RationalInterval {
    RationalInterval(-a.upper, -a.lower)
  }

  static func * (a: RationalInterval, b: RationalInterval) -> RationalInterval {
    let p = a.lower * b.lower
    let q = a.lower * b.upper
    let r = a.upper * b.lower
    let s = a.upper * b.upper
    return RationalInterval(min(min(p, q), min(r, s)), max(max(p, q), max(r, s)))
  }

  /// The range of a polynomial over the interval, enclosed by Horner's rule.
  func image(under polynomial: UnivariatePolynomial<Rational>) -> RationalInterval {
    var value = RationalInterval(.zero, .zero)
    for coefficient in polynomial.coefficients.reversed() {
      value = value * self + RationalInterval(coefficient, coefficient)
    }
    return value
  }
}
