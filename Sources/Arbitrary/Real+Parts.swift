import CMPFR
import Exact

extension Real {
  /// The integers s and e with the value s·2^e; nil for infinities and NaN.
  ///
  /// Other than a fraction they stay small for values with great exponents.
  public var significandAndExponent: (significand: Integer, exponent: Int)? {
    guard isFinite else { return nil }
    if isZero { return (0, 0) }
    var exponent = 0
    let significand = withMPFR { source in
      Integer.fromGMP { exponent = Int(mpfr_get_z_2exp($0, source)) }
    }
    return (significand, exponent)
  }
}
