import CMPFR
import Exact

/// How functions of balls are computed.
///
/// Of a point: one evaluation by MPFR, rounded to nearest, and half a unit in the last place. Of a ball
/// ⟨m, r⟩ over which |f'| ≤ L: the same at m, and L·r (mean value theorem). Of any other ball: from the
/// ends of the interval around it, whose bounds MPFR rounds outward.
extension Ball {
  /// What a Lipschitz bound makes of the radius: from the midpoint, its image rounded to nearest, and the
  /// radius; nil where it would be much wider than the range.
  typealias Spread = (BallArithmetic.Midpoint, BallArithmetic.Midpoint, Magnitude) -> Magnitude?

  /// The image under a function that MPFR has.
  ///
  /// - Parameters:
  ///   - range: its range over an interval, with bounds of so many bits.
  ///   - isDomain: whether the function is defined on all of an interval. Where that fails but the range is
  ///     unbounded, as next to a pole, it need not say so.
  static func image(
    _ x: Ball, _ precision: Int, _ f: UnaryMPFR, _ range: (Interval, Int) -> Interval,
    spread: Spread? = nil, isDomain: (Interval) -> Bool = { _ in true }
  ) -> Ball {
    if x.isEmpty { return .empty }
    if x.isPoint { return point(x, precision, f) }
    return spread.flatMap { image(x, precision, f, $0) }
      ?? image(x, precision, { range($0, precision + 32) }, isDomain: isDomain)
  }

  /// The value at a point: empty where there is none, as at a pole, where MPFR gives an infinity exactly.
  private static func point(_ x: Ball, _ precision: Int, _ f: UnaryMPFR) -> Ball {
    unary(x, precision) { c, a, _ in
      let ternary = f(c, a, MPFR_RNDN)
      if mpfr_nan_p(c) != 0 || (mpfr_inf_p(c) != 0 && ternary == 0) {
        return BallArithmetic.setEmpty(c)
      }
      return BallArithmetic.roundingError(ternary, c)
    }
  }

  private static func image(
    _ x: Ball, _ precision: Int, _ f: UnaryMPFR, _ spread: Spread
  ) -> Ball? {
    if x.isEntire { return nil }
    var isBounded = false
    let result = unary(x, precision) { c, a, r in
      let ternary = f(c, a, MPFR_RNDN)
      guard mpfr_number_p(c) != 0, let spread = spread(a, UnsafePointer(c), r), !spread.isInfinite
      else { return BallArithmetic.setEntire(c) }
      isBounded = true
      return spread + BallArithmetic.roundingError(ternary, c)
    }
    return isBounded ? result : nil
  }

  /// The image by the interval around the ball: the whole line where it is not bounded, and where the
  /// function is not defined on all of it but on some.
  static func image(
    _ x: Ball, _ precision: Int, _ range: (Interval) -> Interval,
    isDomain: (Interval) -> Bool = { _ in true }
  ) -> Ball {
    if x.isEmpty { return .empty }
    let ends = x.ends(precision: precision)
    let values = range(ends)
    if values.isEmpty { return .empty }
    return isDomain(ends) ? Ball(values, precision: precision) : .entire
  }

  /// The interval around the ball with bounds for results of so many bits.
  func ends(precision: Int) -> Interval {
    let bits = max(precision, self.precision)
    return midpoint.rounded(precision: bits).withMPFR { BallArithmetic.interval($0, radius) }
  }
}

// MARK: - Exponentials and logarithms

extension Ball {
  /// (e^m + error)·r(1 + r), an upper bound of e^m(e^r - 1) ≥ |e^x - e^m| for r ≤ 1/8.
  private static func exponentialSpread(_ size: Magnitude, _ r: Magnitude) -> Magnitude? {
    guard r <= .powerOfTwo(-3) else { return nil }
    return size * r * (.one + r)
  }

  /// The image, and the greatest error of rounding it to nearest.
  private static func sizeWithError(_ c: BallArithmetic.Midpoint) -> Magnitude {
    if mpfr_zero_p(c) != 0 { return .powerOfTwo(mpfr_get_emin()) }
    return BallArithmetic.upper(c) * (.one + .powerOfTwo(1 - c.pointee._mpfr_prec))
  }

  /// e^x.
  public static func exp(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision, mpfr_exp, { Interval.exp($0, precision: $1) },
      spread: { _, c, r in
        exponentialSpread(sizeWithError(c), r)
      })
  }

  /// e^x - 1, with small relative error near zero.
  public static func expm1(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision, mpfr_expm1, { Interval.expm1($0, precision: $1) },
      spread: { _, c, r in
        exponentialSpread(.one + sizeWithError(c), r)
      })
  }

  /// 2^x.
  public static func exp2(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_exp2, { Interval.exp2($0, precision: $1) })
  }

  /// 10^x.
  public static func exp10(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_exp10, { Interval.exp10($0, precision: $1) })
  }

  /// The natural logarithm over x > 0. |log x - log m| ≤ r/(m - r).
  public static func log(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision, mpfr_log, { Interval.log($0, precision: $1) },
      spread: { a, _, r in
        let size = BallArithmetic.lower(a)
        guard r.scaled(by: 2) <= size else { return nil }
        return Magnitude.quotient(r, byAtLeast: Magnitude.lowerDifference(size, r))
      })
  }

  /// log(1 + x) over x > -1, with small relative error near zero.
  public static func log1p(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_log1p, { Interval.log1p($0, precision: $1) })
  }

  /// The binary logarithm over x > 0.
  public static func log2(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_log2, { Interval.log2($0, precision: $1) })
  }

  /// The decimal logarithm over x > 0.
  public static func log10(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_log10, { Interval.log10($0, precision: $1) })
  }
}

// MARK: - Hyperbolic functions

extension Ball {
  /// The hyperbolic sine.
  public static func sinh(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_sinh, { Interval.sinh($0, precision: $1) })
  }

  /// The hyperbolic cosine.
  public static func cosh(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_cosh, { Interval.cosh($0, precision: $1) })
  }

  /// The hyperbolic tangent. Its derivative is at most 1.
  public static func tanh(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision, mpfr_tanh, { Interval.tanh($0, precision: $1) },
      spread: { a, _, r in
        BallArithmetic.upper(a) + r <= .one ? r : nil
      })
  }

  /// The inverse hyperbolic sine. Its derivative 1/√(1 + x²) is at most 1 and at most 1/|x|.
  public static func asinh(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision, mpfr_asinh, { Interval.asinh($0, precision: $1) },
      spread: { a, _, r in
        let size = BallArithmetic.lower(a)
        if r.scaled(by: 2) <= size {
          let least = Magnitude.lowerDifference(size, r)
          if .one <= least { return Magnitude.quotient(r, byAtLeast: least) }
        }
        return r.scaled(by: 2) <= .one ? r : nil
      })
  }

  /// The inverse hyperbolic cosine over x ≥ 1.
  public static func acosh(_ x: Ball, precision: Int) -> Ball {
    image(
      x, precision, mpfr_acosh, { Interval.acosh($0, precision: $1) },
      isDomain: { $0.lower >= Real.one })
  }

  /// The inverse hyperbolic tangent over -1 < x < 1.
  public static func atanh(_ x: Ball, precision: Int) -> Ball {
    image(x, precision, mpfr_atanh, { Interval.atanh($0, precision: $1) })
  }
}
