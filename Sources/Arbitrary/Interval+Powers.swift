import CMPFR
import Exact

extension Interval {
  /// x², of one and the same point: never negative, unlike x·x.
  public static func sqr(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_sqr, abs(x), precision)
  }

  /// x^n for an integer n, 1788's `pown`: x^0 is 1, and a negative power leaves zero out.
  public static func powInt(_ x: Interval, _ n: Int, precision p: Int) -> Interval {
    if x.isEmpty { return .empty }
    if n == 0 { return Interval(1, precision: p) }
    let f: UnaryMPFR = { mpfr_pow_si($0, $1, n, $2) }
    if n > 0 { return increasing(f, n % 2 == 0 ? abs(x) : x, p) }
    if x.isZero { return .empty }
    // MPFR's 0^n for negative n is the infinity with the sign of the zero; ends at zero are +0 here,
    // and an odd power must be -∞ at an end approached from below.
    if n % 2 == 0 { return decreasing(f, abs(x), p) }
    if x.isNonnegative { return decreasing(f, x, p) }
    if x.isNonpositive { return -decreasing(f, -x, p) }
    return .entire
  }

  /// The real root of degree `degree`: of an even degree over x ≥ 0, of a negative degree its inverse.
  ///
  /// Tightest; empty for degree 0.
  public static func rootn(_ x: Interval, _ degree: Int, precision p: Int) -> Interval {
    if degree == 0 { return .empty }
    let f: UnaryMPFR = { mpfr_rootn_si($0, $1, degree, $2) }
    let domain = degree % 2 == 0 ? x.clamped(from: 0) : x
    if degree > 0 { return increasing(f, domain, p) }
    // Falls on either side of its pole at zero, which is no point of the domain.
    if domain.isZero { return .empty }
    if domain.isNonnegative { return decreasing(f, domain, p) }
    if domain.isNonpositive { return -decreasing(f, -domain, p) }
    return .entire
  }

  /// x^y over x > 0 and any y, and over x = 0 with y > 0: 1788's `pow`.
  ///
  /// Tightest: x^y is monotone in each variable on either side of x = 1 and y = 0, so that its extreme
  /// values are at corners.
  public static func pow(_ x: Interval, _ y: Interval, precision p: Int) -> Interval {
    let x = x.clamped(from: 0)
    if x.isEmpty || y.isEmpty { return .empty }
    if x.isZero { return y.upper.signum > 0 ? Interval(0, precision: p) : .empty }
    if y.isZero { return Interval(1, precision: p) }
    let one = Real.one
    // (base, exponent) of the least and of the greatest value.
    let least: (Real, Real)
    let greatest: (Real, Real)
    if y.isNonnegative {
      least = (x.lower, x.lower < one ? y.upper : y.lower)
      greatest = (x.upper, x.upper <= one ? y.lower : y.upper)
    } else if y.isNonpositive {
      least = (x.upper, x.upper <= one ? y.upper : y.lower)
      greatest = (x.lower, x.lower < one ? y.lower : y.upper)
    } else {
      return corners(x.lower, y.upper, x.upper, y.lower, p)
        .union(corners(x.lower, y.lower, x.upper, y.upper, p))
    }
    return Interval(
      uncheckedLower: Real.pow(least.0, least.1, precision: p, rounding: .down),
      upper: Real.pow(greatest.0, greatest.1, precision: p, rounding: .up))
  }

  /// The hull of a^b and c^d; values may be +∞, where the hull is unbounded.
  private static func corners(_ a: Real, _ b: Real, _ c: Real, _ d: Real, _ p: Int) -> Interval {
    Interval(
      uncheckedLower: Real.minimum(
        Real.pow(a, b, precision: p, rounding: .down),
        Real.pow(c, d, precision: p, rounding: .down)),
      upper: Real.maximum(
        Real.pow(a, b, precision: p, rounding: .up), Real.pow(c, d, precision: p, rounding: .up)))
  }

  /// x^r: the integer power where `r` is an integer, otherwise the positive power over x ≥ 0.
  ///
  /// An odd denominator does not extend the domain to negative x: (-8)^(1/3) is not -2 here, as it is
  /// not for the principal power of complex numbers; the real root is ``rootn(_:_:precision:)``.
  public static func pow(_ x: Interval, _ r: Rational, precision p: Int) -> Interval {
    if let n = r.numerator.word, let degree = r.denominator.word {
      if degree == 1 { return powInt(x, n, precision: p) }
      // Exact where the root is: 4^(3/2) is the point 8. Guard bits cover the two roundings.
      if n.magnitude <= 1 << 12, degree <= 1 << 12 {
        let power = powInt(x.clamped(from: 0), n, precision: p + 32)
        return rootn(power, degree, precision: p)
      }
    }
    return pow(x, Interval(r, precision: p + 32), precision: p)
  }
}
