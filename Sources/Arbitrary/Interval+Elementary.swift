import CMPFR
import Exact

/// Range of a monotone function: one correctly rounded evaluation at each end.
extension Interval {
  /// The image under an increasing function that is defined on the whole set.
  ///
  /// At a point one evaluation is enough: its error has a known sign, and the other bound is the next
  /// number.
  static func increasing(_ f: UnaryMPFR, _ x: Interval, _ precision: Int) -> Interval {
    if x.isEmpty { return .empty }
    if x.isPoint { return point(f, x.lower, precision) }
    return Interval(
      uncheckedLower: Real.apply(f, x.lower, precision, .down),
      upper: Real.apply(f, x.upper, precision, .up))
  }

  /// The image under a decreasing function that is defined on the whole set.
  static func decreasing(_ f: UnaryMPFR, _ x: Interval, _ precision: Int) -> Interval {
    if x.isEmpty { return .empty }
    if x.isPoint { return point(f, x.lower, precision) }
    return Interval(
      uncheckedLower: Real.apply(f, x.upper, precision, .down),
      upper: Real.apply(f, x.lower, precision, .up))
  }

  /// The tightest enclosure of the value at a finite point.
  static func point(_ f: UnaryMPFR, _ x: Real, _ precision: Int) -> Interval {
    var error: Int32 = 0
    let low = x.withMPFR { a in
      Real.computed(precision: precision) { error = f($0, a, MPFR_RNDD) }
    }
    return Interval(uncheckedLower: low, upper: error == 0 ? low : low.nextUp)
  }

  /// The points that are not below `bound`.
  func clamped(from bound: Int) -> Interval {
    if lower >= Real(bound) { return self }
    return intersection(Interval(uncheckedLower: Real(bound), upper: .infinity))
  }

  /// The points between two integers.
  func clamped(from low: Int, to high: Int) -> Interval {
    intersection(Interval(uncheckedLower: Real(low), upper: Real(high)))
  }
}

extension Interval {
  /// √x over x ≥ 0.
  public static func sqrt(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_sqrt, x.clamped(from: 0), precision)
  }

  /// The real cube root.
  public static func cbrt(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_cbrt, x, precision)
  }

  /// e^x.
  public static func exp(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_exp, x, precision)
  }

  /// e^x - 1, tight near zero.
  public static func expm1(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_expm1, x, precision)
  }

  /// 2^x.
  public static func exp2(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_exp2, x, precision)
  }

  /// 10^x.
  public static func exp10(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_exp10, x, precision)
  }

  /// The natural logarithm over x > 0.
  public static func log(_ x: Interval, precision: Int) -> Interval {
    // The end 0 is not in the domain, but is where the logarithm is unbounded: MPFR's -∞.
    x.upper.signum <= 0 ? .empty : increasing(mpfr_log, x.clamped(from: 0), precision)
  }

  /// The binary logarithm over x > 0.
  public static func log2(_ x: Interval, precision: Int) -> Interval {
    x.upper.signum <= 0 ? .empty : increasing(mpfr_log2, x.clamped(from: 0), precision)
  }

  /// The decimal logarithm over x > 0.
  public static func log10(_ x: Interval, precision: Int) -> Interval {
    x.upper.signum <= 0 ? .empty : increasing(mpfr_log10, x.clamped(from: 0), precision)
  }

  /// log(1 + x) over x > -1, tight near zero.
  public static func log1p(_ x: Interval, precision: Int) -> Interval {
    x.upper <= Real(-1) ? .empty : increasing(mpfr_log1p, x.clamped(from: -1), precision)
  }

  /// The hyperbolic sine.
  public static func sinh(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_sinh, x, precision)
  }

  /// The hyperbolic cosine: even, and increasing in |x|.
  public static func cosh(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_cosh, abs(x), precision)
  }

  /// The hyperbolic tangent.
  public static func tanh(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_tanh, x, precision)
  }

  /// The inverse hyperbolic sine.
  public static func asinh(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_asinh, x, precision)
  }

  /// The inverse hyperbolic cosine over x ≥ 1.
  public static func acosh(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_acosh, x.clamped(from: 1), precision)
  }

  /// The inverse hyperbolic tangent over -1 < x < 1.
  public static func atanh(_ x: Interval, precision: Int) -> Interval {
    if x.upper <= Real(-1) || x.lower >= Real(1) { return .empty }
    return increasing(mpfr_atanh, x.clamped(from: -1, to: 1), precision)
  }
}

// MARK: - Steps

extension Interval {
  /// The sign of x: an enclosure of values among -1, 0, 1.
  public static func sign(_ x: Interval) -> Interval {
    if x.isEmpty { return .empty }
    return Interval(uncheckedLower: Real(x.lower.signum), upper: Real(x.upper.signum))
  }

  /// The greatest integer not above x.
  public static func floor(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_rint_floor, x, precision)
  }

  /// The least integer not below x.
  public static func ceil(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_rint_ceil, x, precision)
  }

  /// The nearest integer toward zero.
  public static func trunc(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_rint_trunc, x, precision)
  }

  /// The nearest integer, ties to the even one.
  public static func roundTiesToEven(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_rint_roundeven, x, precision)
  }

  /// The nearest integer, ties away from zero.
  public static func roundTiesToAway(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_rint_round, x, precision)
  }
}

// MARK: - Constants

extension Interval {
  /// The tightest enclosure of π.
  public static func pi(precision: Int) -> Interval {
    Interval { Real.pi(precision: precision, rounding: $0) }
  }

  /// The tightest enclosure of Euler's constant.
  public static func euler(precision: Int) -> Interval {
    Interval { Real.euler(precision: precision, rounding: $0) }
  }

  /// The tightest enclosure of log 2.
  public static func log2(precision: Int) -> Interval {
    Interval { Real.log2(precision: precision, rounding: $0) }
  }
}
