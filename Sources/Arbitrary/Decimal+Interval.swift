import Exact

extension Decimal {
  /// The digits that every point of the set has when rounded to `significant` digits, ties to even.
  ///
  /// - Returns: a text of which every digit is right for whichever number is enclosed, or nil where both
  ///   ends do not round to the same digits, where the set is empty or unbounded. `0` for the point 0
  ///   only.
  public static func digits(of value: Interval, significant: Int) -> String? {
    guard value.lower.isFinite, value.upper.isFinite else { return nil }
    // Rounding is monotone: what both ends round to, all points between round to.
    if value.isPoint { return digits(of: value.lower, significant: significant) }
    // Ends that differ much need no long conversion to be told apart.
    guard value.lower.signum == value.upper.signum, let low = value.lower.exponent,
      let high = value.upper.exponent, abs(low - high) <= 1
    else { return nil }
    let text = digits(of: value.lower, significant: significant)
    return text == digits(of: value.upper, significant: significant) ? text : nil
  }

  /// Two decimals that enclose the set: the lower end rounded down, the upper one up.
  ///
  /// Both end at the same decimal place, chosen so that rounding widens the set by at most about a
  /// hundredth: two digits beyond the first one of the width. A point that is no short decimal gets as
  /// many digits as its precision has. `-inf` and `inf` where there is no bound; ("inf", "-inf") for the
  /// empty set.
  public static func enclosure(of value: Interval) -> (lower: String, upper: String) {
    let fallback = digitCount(bits: value.precision)
    let place = value.isEmpty ? nil : decimalExponent(of: value.width).map { $0 - 2 }
    return (
      end(value.lower, place: place, fallback: fallback, rounding: .down),
      end(value.upper, place: place, fallback: fallback, rounding: .up)
    )
  }

  /// Two decimals of `significant` digits that enclose the set: the lower end rounded down, the upper
  /// one up.
  public static func enclosure(
    of value: Interval, significant: Int
  ) -> (lower: String, upper: String) {
    let count = max(significant, 1)
    return (
      text(of: value.lower, significant: count, rounding: .down),
      text(of: value.upper, significant: count, rounding: .up)
    )
  }

  private static func end(
    _ value: Real, place: Int?, fallback: Int, rounding: Rounding
  ) -> String {
    guard let place, let exponent = decimalExponent(of: value) else {
      return text(of: value, significant: fallback, rounding: rounding, trimsZeros: true)
    }
    // At least two digits, also of an end much smaller than the width.
    return text(
      of: value, significant: min(max(exponent - place + 1, 2), fallback + 2), rounding: rounding,
      trimsZeros: true)
  }

  /// The exponent of the first decimal digit; nil for zeros, infinities and NaN.
  private static func decimalExponent(of value: Real) -> Int? {
    guard value.exponent != nil else { return nil }
    return mantissa(of: value, significant: 2, rounding: .towardZero)?.exponent
  }

  /// The number of decimal digits that tell values of `bits` bits apart.
  private static func digitCount(bits: Int) -> Int {
    // 30103/100000 is just above log10 2.
    bits * 30_103 / 100_000 + 2
  }
}
