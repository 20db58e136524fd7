import CGMP
import CMPFR
import Exact

extension Real {
  /// The integer exactly, with as many bits as it needs and at least ``defaultPrecision``.
  public init(_ value: Int) { self.init(Integer(value)) }

  /// The integer exactly, with as many bits as it needs and at least ``defaultPrecision``; infinite for
  /// integers of 2^30 bits and more.
  public init(_ value: Integer) {
    self.init(value, precision: max(Real.defaultPrecision, value.bitWidth), rounding: .nearest)
  }

  /// The double exactly, at 53 bits; infinities and NaN as they are.
  public init(_ value: Double) { self.init(value, precision: 53) }

  /// The integer, correctly rounded.
  public init(_ value: Int, precision: Int, rounding: Rounding = .nearest) {
    self = Real.computed(precision: precision) { mpfr_set_si($0, value, rounding.mode) }
  }

  /// The integer, correctly rounded.
  public init(_ value: Integer, precision: Int, rounding: Rounding = .nearest) {
    self = value.withGMP { source in
      Real.computed(precision: precision) { mpfr_set_z($0, source, rounding.mode) }
    }
  }

  /// The fraction, correctly rounded.
  public init(_ value: Rational, precision: Int, rounding: Rounding = .nearest) {
    self = value.withGMPFraction { source in
      Real.computed(precision: precision) { mpfr_set_q($0, source, rounding.mode) }
    }
  }

  /// The double, correctly rounded.
  public init(_ value: Double, precision: Int, rounding: Rounding = .nearest) {
    self = Real.computed(precision: precision) { mpfr_set_d($0, value, rounding.mode) }
  }

  /// The value as a double, correctly rounded; subnormal, zero or infinite as IEEE 754 rounds it.
  public func double(rounding: Rounding) -> Double {
    withMPFR { mpfr_get_d($0, rounding.mode) }
  }

  /// The nearest double.
  public var approximateDouble: Double { double(rounding: .nearest) }

  /// The greatest integer not above the value; nil for infinities and NaN, and for magnitudes of
  /// more than ``largestExactExponent`` bits.
  public var floor: Integer? {
    guard isFinite, (exponent ?? 0) <= Real.largestExactExponent else { return nil }
    return withMPFR { source in Integer.fromGMP { mpfr_get_z($0, source, MPFR_RNDD) } }
  }

  /// The magnitude of binary exponents up to which values are converted to integers and fractions,
  /// which write all their digits down: 2^28, 32 megabytes.
  public static let largestExactExponent = 1 << 28
}

extension Rational {
  /// The exact value of a finite number; nil for infinities and NaN, and for exponents beyond
  /// ``Real/largestExactExponent``, whose digits would fill the memory.
  public init?(exactly value: Real) {
    guard value.isFinite else { return nil }
    guard let exponent = value.exponent else {
      self.init(0)
      return
    }
    guard exponent.magnitude <= Real.largestExactExponent.magnitude else { return nil }
    var shift = 0
    let significand = value.withMPFR { source in
      Integer.fromGMP { shift = Int(mpfr_get_z_2exp($0, source)) }
    }
    if shift >= 0 {
      self.init(significand << shift)
    } else if let fraction = try? Rational(significand, Integer(1) << -shift) {
      self = fraction
    } else {
      return nil
    }
  }

  /// Calls `body` with the value as a GMP fraction in lowest terms, to be read only and not kept.
  ///
  /// The two integers are shared with this value, not copied: GMP's read-only arguments may be so.
  func withGMPFraction<R>(_ body: (UnsafePointer<__mpq_struct>) -> R) -> R {
    numerator.withGMP { n in
      denominator.withGMP { d in
        var fraction = __mpq_struct(_mp_num: n.pointee, _mp_den: d.pointee)
        return body(&fraction)
      }
    }
  }
}

extension Double {
  /// The nearest double; subnormal, zero or infinite as IEEE 754 rounds.
  public init(_ value: Real) { self = value.approximateDouble }
}
