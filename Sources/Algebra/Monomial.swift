/// A packed monomial: 256 bits that a ``PolynomialRing`` divides into fields of equal width.
///
/// Comparing words compares monomials, adding words multiplies monomials; the unit monomial is zero in
/// every ring. Twice the width of the widest integer of the language is what makes the degrees of
/// intermediate results fit in rings with many variables (see ``PolynomialRing/maximumDegree``). Where
/// time counts, products and quotients pack the exponents anew into single words.
struct Monomial: Sendable, Hashable, Comparable {
  var high: UInt128
  var low: UInt128

  static var one: Monomial { Monomial(high: 0, low: 0) }

  @inline(__always) init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }

  /// `value` in the field that starts `shift` bits from the lowest.
  @inline(__always) init(_ value: Int, shift: Int) {
    let word = UInt128(truncatingIfNeeded: value)
    if shift >= 128 {
      self.init(high: word << UInt128(shift - 128), low: 0)
    } else {
      self.init(
        high: shift == 0 ? 0 : word >> UInt128(128 - shift), low: word << UInt128(shift))
    }
  }

  /// The field of `width` ≤ 63 bits that starts `shift` bits from the lowest.
  @inline(__always) func field(_ shift: Int, _ width: Int) -> Int {
    let bits: UInt64
    if shift >= 128 {
      bits = UInt64(truncatingIfNeeded: high >> UInt128(shift - 128))
    } else if shift + width <= 128 {
      bits = UInt64(truncatingIfNeeded: low >> UInt128(shift))
    } else {
      bits = UInt64(
        truncatingIfNeeded: low >> UInt128(shift) | high << UInt128(128 - shift))
    }
    return Int(bits & ((1 << UInt64(width)) - 1))
  }

  @inline(__always) var isOne: Bool { high | low == 0 }

  @inline(__always) static func == (a: Monomial, b: Monomial) -> Bool {
    (a.high ^ b.high) | (a.low ^ b.low) == 0
  }

  @inline(__always) static func < (a: Monomial, b: Monomial) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }

  @inline(__always) static func | (a: Monomial, b: Monomial) -> Monomial {
    Monomial(high: a.high | b.high, low: a.low | b.low)
  }

  @inline(__always) static func & (a: Monomial, b: Monomial) -> Monomial {
    Monomial(high: a.high & b.high, low: a.low & b.low)
  }

  /// The product, where every field has room for the sum.
  @inline(__always) static func * (a: Monomial, b: Monomial) -> Monomial {
    let (low, carry) = a.low.addingReportingOverflow(b.low)
    return Monomial(high: a.high &+ b.high &+ (carry ? 1 : 0), low: low)
  }

  /// The difference of the words, which is the quotient where no guard bit is set in it.
  @inline(__always) static func / (a: Monomial, b: Monomial) -> Monomial {
    let (low, borrow) = a.low.subtractingReportingOverflow(b.low)
    return Monomial(high: a.high &- b.high &- (borrow ? 1 : 0), low: low)
  }
}
