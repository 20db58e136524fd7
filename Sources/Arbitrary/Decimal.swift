import CMPFR
import Exact

/// Decimal output in which every printed digit is right.
///
/// A number is printed with a given count N of significant digits, always all of them: 1/4 at 5 digits
/// is `0.25000`. With e the decimal exponent of the rounded value ±d.ddd·10^e, the notation is positional
/// where -7 ≤ e < N and scientific (`1.2345e-100000`, `1.5e+30`) elsewhere, so that no zero is printed
/// that would pass for a digit. Exactly zero is `0`.
public enum Decimal {
  /// The value rounded to `significant` digits, ties to the even digit.
  ///
  /// - Returns: correctly rounded.
  /// - Complexity: that of a few multiplications of integers as long as the value or the digits.
  public static func digits(of value: Rational, significant: Int) -> String {
    if value.isZero { return "0" }
    let count = max(significant, 1)
    let n = value.numerator.magnitude
    let d = value.denominator
    // floor(log10) from the bit widths is right or one too small; the digits decide.
    var exponent = floorOfLog10(bits: n.bitWidth - d.bitWidth - 1)
    while true {
      let scale = Integer.powerOfTen((count - 1 - exponent).magnitude)
      let (top, bottom) = count - 1 >= exponent ? (n * scale, d) : (n, d * scale)
      guard let (quotient, remainder) = try? top.quotientAndRemainder(by: bottom) else {
        return "0"  // Not reached: a denominator times a power of ten is not zero.
      }
      let doubled = remainder + remainder
      let isUp = doubled > bottom || (doubled == bottom && !quotient.isEven)
      let text = (isUp ? quotient + 1 : quotient).description
      // One digit too many: either the estimate was low, or 99…9 was rounded up to 10…0. The first
      // must be rounded anew from the exact value, and the second comes out the same way.
      if text.utf8.count <= count {
        return layout(text, exponent: exponent, isNegative: value.isNegative)
      }
      exponent += text.utf8.count - count
    }
  }

  /// The exact value of `value` rounded to `significant` digits, ties to the even digit; `inf`, `-inf`
  /// and `nan` for what is not a number.
  ///
  /// - Returns: correctly rounded.
  public static func digits(of value: Real, significant: Int) -> String {
    text(of: value, significant: max(significant, 1), rounding: .nearest)
  }

  /// A lower bound of floor(log10 x), at most one too small, for 2^bits ≤ x < 2^(bits + 2).
  private static func floorOfLog10(bits: Int) -> Int {
    // floor(2^64·log10 2), whose error is below one where |bits| < 2^64 and on the low side.
    let scaled = 0x4D10_4D42_7DE7_FBCC
    return bits.multipliedFullWidth(by: bits < 0 ? scaled + 1 : scaled).high
  }
}

extension Decimal {
  /// `value` at `significant` digits in the given direction; 0 digits means as many as give the value
  /// back.
  static func text(
    of value: Real, significant: Int, rounding: Rounding, trimsZeros: Bool = false
  ) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value.signum < 0 ? "-inf" : "inf" }
    if value.isZero { return "0" }
    guard
      let (mantissa, exponent) = mantissa(
        of: value, significant: significant, rounding: rounding)
    else { return "nan" }
    var digits = Substring(mantissa)
    if trimsZeros { while digits.utf8.count > 1 && digits.hasSuffix("0") { digits.removeLast() } }
    let count = digits.utf8.count
    // Trimmed text is a value, not a promise of digits: an integer may then be written out.
    let isShort = trimsZeros && exponent >= count && exponent < 21
    let padding = isShort ? String(repeating: "0", count: exponent + 1 - count) : ""
    return layout(digits + padding, exponent: exponent, isNegative: value.signum < 0)
  }

  /// The significant digits of a regular value, and the exponent of the first of them.
  static func mantissa(
    of value: Real, significant: Int, rounding: Rounding
  ) -> (digits: String, exponent: Int)? {
    var exponent: mpfr_exp_t = 0
    return value.withMPFR { number in
      guard let text = mpfr_get_str(nil, &exponent, 10, significant, number, rounding.mode) else {
        return nil
      }
      defer { mpfr_free_str(text) }
      let start = text.pointee == CChar(UInt8(ascii: "-")) ? text + 1 : text
      // MPFR's exponent is that of 0.ddd.
      return (String(cString: start), Int(exponent) - 1)
    }
  }

  /// The text of ±d.ddd·10^exponent for the digits `ddd…`.
  static func layout(
    _ digits: some StringProtocol, exponent: Int, isNegative: Bool
  ) -> String {
    let count = digits.utf8.count
    var result = isNegative ? "-" : ""
    result.reserveCapacity(count + 32)
    if exponent < -7 || exponent >= count {
      result += digits.prefix(1)
      if count > 1 {
        result += "."
        result += digits.dropFirst()
      }
      result += exponent < 0 ? "e-" : "e+"
      result += String(exponent.magnitude)
    } else if exponent < 0 {
      result += "0."
      result += String(repeating: "0", count: -exponent - 1)
      result += digits
    } else {
      result += digits.prefix(exponent + 1)
      if count > exponent + 1 {
        result += "."
        result += digits.dropFirst(exponent + 1)
      }
    }
    return result
  }
}
