import CMPFR
import Exact

extension Ball {
  /// [-1, 1].
  private static func unit(_ precision: Int) -> Ball {
    Ball(uncheckedMidpoint: Real(0, precision: precision), radius: .one)
  }

  /// Whether the range over the ball may be less than that over all real numbers, and a reduction of the
  /// midpoint modulo π is feasible: not where the ball is wider than a period.
  private var isReducible: Bool {
    isEmpty
      || radius <= .powerOfTwo(2) && (midpoint.exponent ?? 0) <= Real.largestCircularExponent
  }

  /// The sine; [-1, 1] beyond ``Real/largestCircularExponent``. Its derivative is at most 1.
  public static func sin(_ x: Ball, precision: Int) -> Ball {
    guard x.isReducible else { return unit(precision) }
    return image(
      x, precision, mpfr_sin, { Interval.sin($0, precision: $1) },
      spread: { _, _, r in
        r.scaled(by: 2) <= .one ? r : nil
      })
  }

  /// The cosine; [-1, 1] beyond ``Real/largestCircularExponent``. Its derivative is at most 1.
  public static func cos(_ x: Ball, precision: Int) -> Ball {
    guard x.isReducible else { return unit(precision) }
    return image(
      x, precision, mpfr_cos, { Interval.cos($0, precision: $1) },
      spread: { _, _, r in
        r.scaled(by: 2) <= .one ? r : nil
      })
  }

  /// The tangent; the whole line where a pole is inside, and beyond ``Real/largestCircularExponent``.
  public static func tan(_ x: Ball, precision: Int) -> Ball {
    guard x.isReducible else { return .entire }
    return image(x, precision, mpfr_tan, { Interval.tan($0, precision: $1) })
  }

  private static func isUnit(_ x: Interval) -> Bool {
    x.lower >= Real(-1) && x.upper <= Real.one
  }

  /// The arc sine over -1 ≤ x ≤ 1, in [-π/2, π/2].
  public static func asin(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_asin, { Interval.asin($0, precision: $1) }, isDomain: isUnit)
  }

  /// The arc cosine over -1 ≤ x ≤ 1, in [0, π].
  public static func acos(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_acos, { Interval.acos($0, precision: $1) }, isDomain: isUnit)
  }

  /// The arc tangent, in (-π/2, π/2). Its derivative 1/(1 + x²) is at most 1 and at most 1/x².
  public static func atan(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision, mpfr_atan, { Interval.atan($0, precision: $1) },
      spread: { a, _, r in
        let size = BallArithmetic.lower(a)
        if r.scaled(by: 2) <= size {
          let least = Magnitude.lowerDifference(size, r)
          if .one <= least {
            return Magnitude.quotient(r, byAtLeast: Magnitude.lowerProduct(least, least))
          }
        }
        return r.scaled(by: 2) <= .one ? r : nil
      })
  }

  /// The angle of the points (x, y) other than the origin, in (-π, π]: around [-π, π] where the negative
  /// x axis separates points of the two balls, empty for the origin, and the whole line where it is among
  /// others.
  public static func atan2(y: Ball, x: Ball, precision: Int) -> Ball {
    if x.isEmpty || y.isEmpty || (x.isZero && y.isZero) { return .empty }
    let (height, width) = (y.ends(precision: precision), x.ends(precision: precision))
    if height.containsZero && width.containsZero { return .entire }
    return Ball(
      Interval.atan2(y: height, x: width, precision: precision + 32), precision: precision)
  }
}

// MARK: - Constants and functions beyond the elementary ones

extension Ball {
  /// π.
  public static func pi(precision: Int) -> Ball {
    Ball(Interval.pi(precision: precision + 32), precision: precision)
  }

  /// Euler's constant.
  public static func euler(precision: Int) -> Ball {
    Ball(Interval.euler(precision: precision + 32), precision: precision)
  }

  /// The sign, -1, 0 or 1: a point where it is decided.
  public static func sign(_ x: Ball, precision: Int) -> Ball {
    if x.isEmpty { return .empty }
    if let sign = x.certainSign { return Ball(Real(sign, precision: precision)) }
    return Ball(Interval.sign(x.interval), precision: precision)
  }

  /// The digamma function; the whole line where a pole is inside.
  public static func digamma(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_digamma, { Interval.digamma($0, precision: $1) })
  }

  /// The dilogarithm over x ≤ 1.
  public static func dilog(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision,
      {
        Interval.dilog($0, precision: precision + 32)
      }, isDomain: { $0.upper <= Real.one })
  }

  /// The Bessel function J_n of integer order: |J_n'| ≤ 2/π < 1.
  public static func besselJ(order n: Int, _ x: Ball, precision: Int) -> Ball {
    let value = image(x, precision) { Interval.besselJ(order: n, $0, precision: precision + 32) }
    guard !x.isPoint, !x.isEmpty, x.radius <= .powerOfTwo(-4) else { return value }
    // One value, and the radius once more: often narrower than the pieces that intervals take.
    let middle = Ball(
      Interval.besselJ(order: n, Interval(x.midpoint), precision: precision + 32),
      precision: precision)
    let spread = Ball(
      uncheckedMidpoint: middle.midpoint, radius: middle.radius + x.radius)
    return spread.radius <= value.radius ? spread : value
  }
}
