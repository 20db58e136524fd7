import CMPFR
import Exact

extension Ball {
  /// x^n for an integer n; 1 for n = 0. For negative n empty of the point 0, and the whole line where 0
  /// is among other points.
  ///
  /// For n > 0, |x^n - m^n| ≤ n(|m| + r)^(n-1) r by the mean value theorem.
  public static func powInt(_ x: Ball, _ n: Int, precision p: Int) -> Ball {
    if x.isEmpty { return .empty }
    if n == 0 { return Ball(Real(1, precision: p)) }
    let size = Magnitude(Double(n)) * x.radius
    return image(
      x, p, { mpfr_pow_si($0, $1, n, $2) }, { Interval.powInt($0, n, precision: $1) },
      spread: { a, _, r in
        guard n > 0, size <= BallArithmetic.lower(a) else { return nil }
        return size * (BallArithmetic.upper(a) + r).power(n - 1)
      })
  }

  /// The real root of degree `degree`: of an even degree over x ≥ 0, of a negative degree its inverse;
  /// empty for degree 0.
  public static func rootn(_ x: Ball, _ degree: Int, precision p: Int) -> Ball {
    if degree == 0 { return .empty }
    return image(
      x, p, { mpfr_rootn_si($0, $1, degree, $2) }, { Interval.rootn($0, degree, precision: $1) },
      isDomain: { degree % 2 != 0 || $0.isNonnegative })
  }

  /// The real cube root.
  public static func cbrt(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_cbrt, { Interval.cbrt($0, precision: $1) })
  }

  /// x^y over x > 0 and any y, and over x = 0 with y > 0.
  public static func pow(_ x: Ball, _ y: Ball, precision p: Int) -> Ball {
    if x.isEmpty || y.isEmpty { return .empty }
    let (base, exponent) = (x.ends(precision: p), y.ends(precision: p))
    let values = Interval.pow(base, exponent, precision: p + 32)
    if values.isEmpty { return .empty }
    let isDefined =
      base.lower.signum > 0 || (base.lower.isZero && exponent.lower.signum > 0)
    return isDefined ? Ball(values, precision: p) : .entire
  }

  /// x^r: the integer power where `r` is an integer, otherwise the positive power over x ≥ 0.
  public static func pow(_ x: Ball, _ r: Rational, precision p: Int) -> Ball {
    if r.isInteger, let n = r.numerator.word { return powInt(x, n, precision: p) }
    if r.numerator == 1, r.denominator == 2 { return sqrt(x, precision: p) }
    return image(
      x, p,
      {
        Interval.pow($0, r, precision: p + 32)
      }, isDomain: { $0.isNonnegative })
  }
}

extension Magnitude {
  /// An upper bound of the power, for n ≥ 0.
  func power(_ n: Int) -> Magnitude {
    var (result, square, rest) = (Magnitude.one, self, max(n, 0))
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }
}
