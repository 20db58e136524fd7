import CMPFR
import Exact

// Every function here is correctly rounded by MPFR to the precision and in the direction asked for.

extension Real {
  /// x².
  public static func sqr(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_sqr, x, precision, rounding)
  }

  /// √x; NaN below zero.
  public static func sqrt(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_sqrt, x, precision, rounding)
  }

  /// The real cube root.
  public static func cbrt(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_cbrt, x, precision, rounding)
  }

  /// e^x.
  public static func exp(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_exp, x, precision, rounding)
  }

  /// e^x - 1, accurate near zero.
  public static func expm1(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_expm1, x, precision, rounding)
  }

  /// 2^x.
  public static func exp2(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_exp2, x, precision, rounding)
  }

  /// 10^x.
  public static func exp10(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_exp10, x, precision, rounding)
  }

  /// The binary logarithm; -∞ at zero, NaN below.
  public static func log2(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_log2, x, precision, rounding)
  }

  /// The decimal logarithm; -∞ at zero, NaN below.
  public static func log10(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_log10, x, precision, rounding)
  }

  /// The natural logarithm; -∞ at zero, NaN below.
  public static func log(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_log, x, precision, rounding)
  }

  /// log(1 + x), accurate near zero; -∞ at -1, NaN below.
  public static func log1p(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_log1p, x, precision, rounding)
  }

  /// The arc sine in [-π/2, π/2]; NaN outside [-1, 1].
  public static func asin(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_asin, x, precision, rounding)
  }

  /// The arc cosine in [0, π]; NaN outside [-1, 1].
  public static func acos(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_acos, x, precision, rounding)
  }

  /// The arc tangent in [-π/2, π/2].
  public static func atan(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_atan, x, precision, rounding)
  }

  /// The hyperbolic sine.
  public static func sinh(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_sinh, x, precision, rounding)
  }

  /// The hyperbolic cosine.
  public static func cosh(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_cosh, x, precision, rounding)
  }

  /// The hyperbolic tangent.
  public static func tanh(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_tanh, x, precision, rounding)
  }

  /// The inverse hyperbolic sine.
  public static func asinh(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_asinh, x, precision, rounding)
  }

  /// The inverse hyperbolic cosine, not negative; NaN below 1.
  public static func acosh(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_acosh, x, precision, rounding)
  }

  /// The inverse hyperbolic tangent; ±∞ at ±1, NaN outside [-1, 1].
  public static func atanh(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    apply(mpfr_atanh, x, precision, rounding)
  }
}

// MARK: - Circular functions

extension Real {
  /// The binary exponent up to which arguments of circular functions are reduced.
  ///
  /// Reducing x modulo π takes as many digits of π as x has before its binary point: at this bound
  /// two megabytes of them. Beyond it the functions give NaN, and enclosures their whole range.
  public static let largestCircularExponent = 1 << 24

  private static func circular(
    _ function: UnaryMPFR, _ x: Real, _ precision: Int, _ rounding: Rounding
  ) -> Real {
    if (x.exponent ?? 0) > largestCircularExponent { return .nan }
    return apply(function, x, precision, rounding)
  }

  /// The sine; NaN at infinities and beyond ``largestCircularExponent``.
  public static func sin(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    circular(mpfr_sin, x, precision, rounding)
  }

  /// The cosine; NaN at infinities and beyond ``largestCircularExponent``.
  public static func cos(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    circular(mpfr_cos, x, precision, rounding)
  }

  /// The tangent; NaN at infinities and beyond ``largestCircularExponent``.
  public static func tan(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    circular(mpfr_tan, x, precision, rounding)
  }

  /// The angle of the point (x, y) in [-π, π]; zeros and infinities as in C's `atan2`.
  public static func atan2(
    y: Real, x: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real { apply(mpfr_atan2, y, x, precision, rounding) }
}

// MARK: - Roots and powers

extension Real {
  /// √(x² + y²), without overflow in between.
  public static func hypot(
    _ x: Real, _ y: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real { apply(mpfr_hypot, x, y, precision, rounding) }

  /// The real root of the given degree; NaN for an even root of a negative number and for degree 0.
  public static func rootn(
    _ x: Real, _ degree: UInt, precision: Int, rounding: Rounding = .nearest
  ) -> Real {
    x.withMPFR { a in
      computed(precision: precision) { mpfr_rootn_ui($0, a, degree, rounding.mode) }
    }
  }

  /// x^y, as C's `pow`: of a negative base only for integer exponents, otherwise NaN.
  public static func pow(
    _ x: Real, _ y: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real { apply(mpfr_pow, x, y, precision, rounding) }

  /// x^n; x^0 is 1 for every x.
  public static func powInt(
    _ x: Real, _ n: Int, precision: Int, rounding: Rounding = .nearest
  ) -> Real {
    x.withMPFR { a in computed(precision: precision) { mpfr_pow_si($0, a, n, rounding.mode) } }
  }
}

// MARK: - Constants

extension Real {
  /// π.
  public static func pi(precision: Int, rounding: Rounding = .nearest) -> Real {
    computed(precision: precision) { mpfr_const_pi($0, rounding.mode) }
  }

  /// Euler's constant γ = 0.577….
  public static func euler(precision: Int, rounding: Rounding = .nearest) -> Real {
    computed(precision: precision) { mpfr_const_euler($0, rounding.mode) }
  }

  /// log 2.
  public static func log2(precision: Int, rounding: Rounding = .nearest) -> Real {
    computed(precision: precision) { mpfr_const_log2($0, rounding.mode) }
  }
}
