import CMPFR
import Exact

extension Ball {
  /// The ball around one number written out, in the forms that ``Real`` reads: of any exponent, such as
  /// `1e-100000`; a point where it is representable. Nil for text that is not a finite number.
  public init?(_ text: String, precision: Int) {
    guard let interval = Interval(text, precision: precision + 32) else { return nil }
    self.init(interval, precision: precision)
  }
}

extension Ball: CustomStringConvertible {
  /// `0.333333333 ± 4.2e-10`: the midpoint with as many digits as the radius leaves certain up to a unit
  /// or two of the last, and a radius that covers the digits left off, so that what is printed is an
  /// enclosure too. A point whose decimal is short is that decimal alone; `empty` is the empty ball, and
  /// `0 ± inf` the whole line.
  public var description: String {
    if isEmpty { return "empty" }
    if isEntire { return "0 ± inf" }
    // 30103/100000 is just above log10 2.
    let count = isPoint ? precision * 30_103 / 100_000 + 2 : accurateBits * 30_103 / 100_000
    let text = Decimal.text(
      of: midpoint, significant: max(count, 1), rounding: .nearest, trimsZeros: isPoint)
    let rest = radius + roundingError(of: text)
    if rest.isZero { return text }
    let bound = Real.computed(precision: 53) {
      mpfr_set_d($0, rest.coefficient, MPFR_RNDU)
      mpfr_mul_2si($0, $0, rest.exponent, MPFR_RNDU)
    }
    return "\(text) ± \(Decimal.text(of: bound, significant: 2, rounding: .up, trimsZeros: true))"
  }

  /// At least the distance of the midpoint from the number that a text denotes.
  private func roundingError(of text: String) -> Magnitude {
    var error = Magnitude.zero
    for rounding in [Rounding.down, .up] {
      guard let value = Real(text, precision: precision + 64, rounding: rounding) else {
        return .infinity
      }
      let distance = Real.sub(value, midpoint, precision: 53, rounding: .awayFromZero)
      let size = distance.withMPFR { Magnitude(exactly: $0) }
      if !(size <= error) { error = size }
    }
    return error
  }
}
