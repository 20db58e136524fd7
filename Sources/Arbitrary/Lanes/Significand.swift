import CMPFR

/// Significands of one or two limbs, in one word: fractions in [1/2, 1) with their leading bit on top.
///
/// The sums and products here leave the last bits loose. They serve precisions with at least two spare
/// bits in the word, where the error stays near one unit in the last place; see
/// ``BallLanes/truncation``. Without branches that depend on the digits, which processors cannot foresee.
protocol Significand: FixedWidthInteger, UnsignedInteger {
  /// The number of limbs.
  static var limbCount: Int { get }
  static func load(_ limbs: UnsafeMutablePointer<UInt>) -> Self
  func store(_ limbs: UnsafeMutablePointer<UInt>)
  /// The leading limb.
  var top: UInt { get }
  /// The leading half of the product, at most two units too small, and whether that is all of it.
  static func product(_ a: Self, _ b: Self) -> (high: Self, isExact: Bool)
  /// Both halves of the product.
  static func fullProduct(_ a: Self, _ b: Self) -> (high: Self, low: Self)

  // Rounded to nearest, ties to even; see ``RoundedSignificand``.
  static func roundedSum(_ a: Self, _ b: Self, _ d: Int, _ last: LastPlace<Self>)
    -> RoundedSignificand<Self>
  static func roundedDifference(_ a: Self, _ b: Self, _ d: Int, _ last: LastPlace<Self>)
    -> RoundedSignificand<Self>
  static func roundedProduct(_ a: Self, _ b: Self, _ last: LastPlace<Self>)
    -> RoundedSignificand<Self>
}

/// Whether sums and products of numbers of a precision fit a ``Significand`` with two spare bits.
enum SignificandWidth {
  case oneLimb, twoLimbs, wide

  init(precision: Int) {
    self = precision <= 62 ? .oneLimb : precision > 64 && precision <= 126 ? .twoLimbs : .wide
  }
}

extension UInt: Significand {
  static var limbCount: Int { 1 }
  @inline(__always)
  static func load(_ limbs: UnsafeMutablePointer<UInt>) -> UInt { limbs.pointee }
  @inline(__always)
  func store(_ limbs: UnsafeMutablePointer<UInt>) { limbs.pointee = self }
  @inline(__always)
  var top: UInt { self }
  @inline(__always)
  static func product(_ a: UInt, _ b: UInt) -> (high: UInt, isExact: Bool) {
    let (high, low) = a.multipliedFullWidth(by: b)
    return (high, low == 0)
  }
  @inline(__always)
  static func fullProduct(_ a: UInt, _ b: UInt) -> (high: UInt, low: UInt) {
    let (high, low) = a.multipliedFullWidth(by: b)
    return (high, low)
  }
}

extension UInt128: Significand {
  static var limbCount: Int { 2 }
  @inline(__always)
  static func load(_ limbs: UnsafeMutablePointer<UInt>) -> UInt128 {
    UInt128(truncatingIfNeeded: limbs[1]) &<< 64 | UInt128(truncatingIfNeeded: limbs[0])
  }
  @inline(__always)
  func store(_ limbs: UnsafeMutablePointer<UInt>) {
    limbs[0] = UInt(truncatingIfNeeded: self)
    limbs[1] = top
  }
  @inline(__always)
  var top: UInt { UInt(truncatingIfNeeded: self &>> 64) }

  /// Of a = a1·2^64 + a0 and b: a1·b1 and the high limbs of a1·b0 and a0·b1. What is left out, a0·b0 and
  /// the low limbs, is below two units; where a0 = b0 = 0 it is nothing.
  @inline(__always)
  static func product(_ a: UInt128, _ b: UInt128) -> (high: UInt128, isExact: Bool) {
    let (a1, b1) = (a.top, b.top)
    let (a0, b0) = (UInt(truncatingIfNeeded: a), UInt(truncatingIfNeeded: b))
    let (high, low) = a1.multipliedFullWidth(by: b1)
    let leading = UInt128(truncatingIfNeeded: high) &<< 64 | UInt128(truncatingIfNeeded: low)
    let cross =
      UInt128(truncatingIfNeeded: a1.multipliedFullWidth(by: b0).high)
      &+ UInt128(truncatingIfNeeded: a0.multipliedFullWidth(by: b1).high)
    return (leading &+ cross, a0 | b0 == 0)
  }

  @inline(__always)
  static func fullProduct(_ a: UInt128, _ b: UInt128) -> (high: UInt128, low: UInt128) {
    let (a1, b1) = (UInt128(truncatingIfNeeded: a.top), UInt128(truncatingIfNeeded: b.top))
    let mask = UInt128(truncatingIfNeeded: UInt.max)
    let (a0, b0) = (a & mask, b & mask)
    // Products of two words of 64 bits, each below 2^128 - 2^65: two carries of 64 bits fit.
    let low = a0 &* b0
    let middle = a1 &* b0 &+ low &>> 64
    let other = a0 &* b1 &+ middle & mask
    return (a1 &* b1 &+ middle &>> 64 &+ other &>> 64, other &<< 64 | low & mask)
  }
}

extension Significand {
  /// a + b·2^-d for a ≥ b·2^-d: the leading bits, the change of the exponent, and whether nothing was
  /// lost. Less than two units too small: one for the bits of b that fall out, one for the bit that a
  /// carry pushes out.
  @inline(__always)
  static func sum(_ a: Self, _ b: Self, _ d: Int) -> (value: Self, shift: Int, isExact: Bool) {
    let shifted = d < Self.bitWidth ? b &>> Self(truncatingIfNeeded: d) : 0
    let isWhole = b.trailingZeroBitCount >= d
    let (sum, carry) = a.addingReportingOverflow(shifted)
    let half = sum &>> 1 | ~(Self.max &>> 1)
    return carry ? (half, 1, isWhole && sum & 1 == 0) : (sum, 0, isWhole)
  }

  /// a - b·2^-d for a ≥ b·2^-d, normalised; 0 where it is less than a unit.
  ///
  /// With d ≤ 1 and a spare last bit nothing falls out. For d ≥ 2 the bits that fall out count as one
  /// more unit of the subtrahend, and the difference is above 1/4, so that it is shifted by one place at
  /// most: it is less than two units too small, and never too great.
  @inline(__always)
  static func difference(
    _ a: Self, _ b: Self, _ d: Int
  ) -> (value: Self, shift: Int, isExact: Bool) {
    let shifted = d < Self.bitWidth ? b &>> Self(truncatingIfNeeded: d) : 0
    let isWhole = b.trailingZeroBitCount >= d
    let rest = a &- shifted &- (isWhole ? 0 : 1)
    let k = rest.leadingZeroBitCount
    return (rest &<< Self(truncatingIfNeeded: k), 0 &- k, isWhole)
  }

  /// A product's leading half with its first bit on top, and whether it was shifted to get there. The
  /// bit that is then missing at the end is left to the spare bits.
  @inline(__always)
  var normalisedProduct: (value: Self, shift: Int) {
    self > Self.max &>> 1 ? (self, 0) : (self &<< 1, 1)
  }

  /// The value rounded to nearest, ties to even, at the bit `unit`; carry 1 where it became the next power
  /// of two. `isExact` says that the value beyond the word is nothing; otherwise it counts as less than one
  /// unit of the word, which is below half of `unit`, as that is 4 or more.
  @inline(__always)
  func rounded(unit: Self, isExact: Bool) -> (value: Self, carry: Int) {
    let sticky = isExact ? self : self | 1
    let up = unit &>> 1 &- (sticky & unit == 0 ? 1 : 0)
    let (sum, carry) = sticky.addingReportingOverflow(up)
    let kept = sum & (0 &- unit)
    return carry ? (~(Self.max &>> 1), 1) : (kept, 0)
  }
}
