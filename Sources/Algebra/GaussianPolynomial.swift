import Arbitrary
import Exact

/// A polynomial over the Gaussian integers: its real and its imaginary part.
///
/// Sums and products are those of ``Complex``. Polynomials over Q and Q(i) are multiples of these by a
/// rational number, as
/// ``Polynomial/overRationals(ring:terms:)`` takes them apart.
public typealias GaussianPolynomial = Complex<Polynomial>

extension Complex where F == Polynomial {
  /// The quotient where `divisor` divides exactly over Z[i], nil otherwise.
  ///
  /// a = qb exactly when a·b̄ = q·|b|², and |b|² has integer coefficients, so that it divides the real and
  /// the imaginary part of the left side one by one.
  public func divided(by divisor: GaussianPolynomial) -> GaussianPolynomial? {
    if divisor.im.isZero {
      guard let re = re.divided(by: divisor.re), let im = im.divided(by: divisor.re) else {
        return nil
      }
      return Complex(re: re, im: im)
    }
    let norm = divisor.normSquared
    let product = self * divisor.conj
    guard let re = product.re.divided(by: norm), let im = product.im.divided(by: norm) else {
      return nil
    }
    return Complex(re: re, im: im)
  }

  /// The greatest divisor of both parts over Z, with a positive leading coefficient.
  ///
  /// A divisor with integer coefficients divides a Gaussian polynomial exactly when it divides both
  /// parts; divisors that are not real up to a unit are no matter of this.
  public var realContent: Polynomial { Polynomial.gcd(re, im) }
}

extension Polynomial {
  /// A polynomial over Q as `scale` times one over Z whose coefficients have no common divisor and whose
  /// leading coefficient is positive; zero is 1 · 0.
  ///
  /// - Throws: ``ArithmeticError/overflow(_:)`` for a degree that the ring cannot hold.
  public static func overRationals(
    ring: PolynomialRing, terms: [(exponents: [Int], coefficient: Rational)]
  ) throws(ArithmeticError) -> (polynomial: Polynomial, scale: Rational) {
    var common = Integer.one
    for term in terms { common = Integer.lcm(common, term.coefficient.denominator) }
    var integral: [(exponents: [Int], coefficient: Integer)] = []
    for term in terms {
      let factor = common.exactQuotient(by: term.coefficient.denominator)
      integral.append((term.exponents, term.coefficient.numerator * factor))
    }
    let multiple = try Polynomial(ring: ring, terms: integral)
    if multiple.isZero { return (multiple, .one) }
    let content = multiple.leadingCoefficient.isNegative ? -multiple.content : multiple.content
    return (multiple.primitivePart, try Rational(content, common))
  }
}
