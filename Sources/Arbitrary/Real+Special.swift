import CMPFR

// Higher functions; as those of `Real+Elementary.swift`, correctly rounded by MPFR.

extension Real {
  /// The Bessel function J_n of the first kind and integer order (DLMF 10.2.2); 0 at ±∞.
  ///
  /// NaN beyond ``largestCircularExponent``, as for the circular functions, and for orders beyond
  /// ``largestBesselOrder``.
  public static func besselJ(
    order n: Int, _ x: Real, precision: Int, rounding: Rounding = .nearest
  ) -> Real {
    if (x.exponent ?? 0) > largestCircularExponent || n.magnitude > largestBesselOrder {
      return .nan
    }
    // MPFR 4.2 looks for a convergent expansion of negative orders where there is none, and fills the
    // memory: J_{-n} = (-1)^n J_n.
    let isFlipped = n < 0 && n % 2 != 0
    let direction = isFlipped ? rounding.mirrored : rounding
    let value = x.withMPFR { a in
      computed(precision: precision) { _ = mpfr_jn($0, Swift.abs(n), a, direction.mode) }
    }
    return isFlipped ? -value : value
  }

  /// The greatest order, in magnitude, of Bessel functions.
  ///
  /// MPFR sums the power series where its asymptotic expansion does not apply, around x = n²/2: at the
  /// bound that takes seconds, and the time grows with the fourth power.
  public static let largestBesselOrder: UInt = 1000

  /// The digamma function ψ = Γ'/Γ (DLMF 5.2.2); NaN at the poles 0, -1, -2, ….
  public static func digamma(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    // The sign of the infinity that MPFR gives there is that of a zero.
    if x.isZero { return .nan }
    return apply(mpfr_digamma, x, precision, rounding)
  }

  /// The dilogarithm Li₂(x) = -∫₀ˣ log(1 - t)/t dt for x ≤ 1 (DLMF 25.12.2); NaN above, where it is not
  /// real.
  public static func dilog(_ x: Real, precision: Int, rounding: Rounding = .nearest) -> Real {
    if x > Real.one { return .nan }
    return apply(mpfr_li2, x, precision, rounding)
  }
}
