import CMPFR

/// A floating-point number of any precision: one MPFR number as an immutable value.
///
/// A value carries its own precision, the number of bits of its significand. Besides the finite
/// values there are signed zeros, two infinities and NaN, which behave as in IEEE 754. Every function
/// is correctly rounded to the precision and in the direction that it is asked for (MPFR's guarantee),
/// except where its comment says otherwise; the operators round to nearest at the greater precision of
/// their operands.
///
/// The exponent range is MPFR's default, ±(2^30 - 1), beyond 10^±323228000: what leaves it overflows to
/// an infinity or the greatest finite number, or underflows to zero or the least, as the direction
/// asks. Neither the range nor any other state of MPFR is ever changed, so that values may be used from any thread and across suspension points.
///
/// Unchecked sendability rests on ``RealStorage``'s last invariant: storage is written once, before
/// it is shared.
public struct Real: @unchecked Sendable {
  let storage: RealStorage

  init(storage: RealStorage) { self.storage = storage }

  /// The precisions that a value may have, in bits. A request outside is moved to the nearer end.
  public static let precisions: ClosedRange<Int> = 2...(1 << 31)

  /// The precision of values made from integers and integer literals that need no more.
  public static let defaultPrecision = 64

  /// The value that `fill` writes into a fresh MPFR number of the given precision, which holds +0
  /// beforehand.
  ///
  /// `fill` must not change the number's precision nor keep the pointer.
  public static func computed(
    precision: Int, _ fill: (UnsafeMutablePointer<__mpfr_struct>) -> Void
  ) -> Real {
    let bounded = min(max(precision, precisions.lowerBound), precisions.upperBound)
    let storage = RealStorage.make(precision: bounded)
    storage.withUnsafeMutablePointerToHeader(fill)
    return Real(storage: storage)
  }

  /// Calls `body` with the number; the pointer must not be kept.
  @inline(__always)
  public func withMPFR<R>(_ body: (UnsafePointer<__mpfr_struct>) -> R) -> R {
    storage.withUnsafeMutablePointerToHeader { body(UnsafePointer($0)) }
  }

  /// The number of bits of the significand.
  public var precision: Int { withMPFR { Int($0.pointee._mpfr_prec) } }

  /// Whether the value is not a number.
  public var isNaN: Bool { withMPFR { mpfr_nan_p($0) != 0 } }
  /// Whether the value is one of the two infinities.
  public var isInfinite: Bool { withMPFR { mpfr_inf_p($0) != 0 } }
  /// Whether the value is a real number: neither an infinity nor NaN.
  public var isFinite: Bool { withMPFR { mpfr_number_p($0) != 0 } }
  /// Whether the value is an integer.
  public var isInteger: Bool { withMPFR { mpfr_integer_p($0) != 0 } }

  /// Whether the sign bit is set; true of -0, and of NaN as it comes.
  public var hasNegativeSign: Bool { withMPFR { $0.pointee._mpfr_sign < 0 } }

  /// -1, 0 or 1; 0 for both zeros and for NaN.
  public var signum: Int { withMPFR { mpfr_nan_p($0) != 0 ? 0 : Int(sx_mpfr_sgn($0)).signum() } }

  /// The exponent e of the value ±m·2^e with 1 ≤ m < 2, as for `Double.exponent`; nil for zeros,
  /// infinities and NaN.
  public var exponent: Int? {
    withMPFR { mpfr_regular_p($0) != 0 ? Int($0.pointee._mpfr_exp) - 1 : nil }
  }

  /// The next representable value above at this precision; of the greatest finite value +∞.
  public var nextUp: Real { stepped { mpfr_nextabove($0) } }

  /// The next representable value below at this precision.
  public var nextDown: Real { stepped { mpfr_nextbelow($0) } }

  private func stepped(_ step: (UnsafeMutablePointer<__mpfr_struct>) -> Void) -> Real {
    withMPFR { source in
      Real.computed(precision: precision) {
        mpfr_set($0, source, MPFR_RNDN)
        step($0)
      }
    }
  }

  /// The value rounded to another precision.
  public func rounded(precision: Int, rounding: Rounding = .nearest) -> Real {
    if precision == self.precision { return self }
    return withMPFR { source in
      Real.computed(precision: precision) { mpfr_set($0, source, rounding.mode) }
    }
  }
}

// MARK: - Special values

extension Real {
  /// +∞.
  public static let infinity = computed(precision: 2) { mpfr_set_inf($0, 1) }
  /// -∞.
  public static let negativeInfinity = computed(precision: 2) { mpfr_set_inf($0, -1) }
  /// Not a number.
  public static let nan = computed(precision: 2) { mpfr_set_nan($0) }

  /// The greatest finite value of the given precision.
  public static func greatestFinite(precision: Int) -> Real {
    computed(precision: precision) {
      mpfr_set_inf($0, 1)
      mpfr_nextbelow($0)
    }
  }
}
