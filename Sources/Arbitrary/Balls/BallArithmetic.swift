import CMPFR

/// The arithmetic of balls on raw MPFR midpoints: the general algorithms, right for every operand.
///
/// A ball ⟨m, r⟩ is the set of x with |x - m| ≤ r. Each function writes the midpoint of the result to
/// `c`, which may be one of the operands, rounded to nearest at the precision of `c`, and returns the
/// radius. **Guarantee:** the ball returned holds f(x, y) for all x and y in the operands; where f has
/// real values at some of them only, it is the whole line. The whole line is ⟨0, ∞⟩. ``Magnitude/none`` as a radius says that the ball is empty: f is
/// defined nowhere on the operands, as for a square root of negative numbers; it goes from operand to
/// result.
///
/// With m(·) for midpoints, ρ for the error of rounding the midpoint (see ``roundingError(_:_:)``):
///
/// - sum: |x + y - (m + n)| ≤ r + s;
/// - product: xy - mn = m(y-n) + n(x-m) + (x-m)(y-n), at most |m|s + |n|r + rs;
/// - quotient: x/y - m/n = ((x-m) - (m/n)(y-n))/y, at most (r + |m/n|s)/(|n| - s);
/// - square root: √x - √m = (x-m)/(√x + √m), and √x ≥ √m·√(1-t) ≥ √m(1-t) with t = r/m < 1, so at
///   most r/(√m(2-t)).
enum BallArithmetic {
  typealias Destination = UnsafeMutablePointer<__mpfr_struct>
  typealias Midpoint = UnsafePointer<__mpfr_struct>

  // MARK: - Sizes

  /// |x| from above, to 62 bits.
  static func upper(_ x: Midpoint) -> Magnitude { size(x, add: 1) }

  /// |x| from below, to 62 bits.
  static func lower(_ x: Midpoint) -> Magnitude { size(x, add: 0) }

  private static func size(_ x: Midpoint, add unit: Int) -> Magnitude {
    if mpfr_zero_p(x) != 0 { return .zero }
    guard mpfr_number_p(x) != 0, let limbs = x.pointee._mpfr_d else { return .infinity }
    let top = limbs[(x.pointee._mpfr_prec - 1) / 64]
    // 52 leading bits, so that the conversion is exact; then x ∈ [t, t + 1)·2^(e - 52).
    let leading = Int(top >> 12) + unit
    return Magnitude(uncheckedCoefficient: Double(leading), exponent: x.pointee._mpfr_exp - 52)
  }

  /// The error of a midpoint that an operation rounded to nearest with the ternary value given: none,
  /// or half a unit in the last place. Where the midpoint underflowed to zero, the least positive
  /// number; where it overflowed, or has no value, it becomes the whole line.
  static func roundingError(_ ternary: Int32, _ c: Destination) -> Magnitude {
    let exponent = c.pointee._mpfr_exp
    if exponent > Lane.leastRegularExponent {
      // The least positive number also stands for what underflowed from above half of it.
      if exponent == mpfr_get_emin(), ternary != 0 { return .powerOfTwo(exponent - 2) }
      return ternary == 0 ? .zero : .powerOfTwo(exponent - c.pointee._mpfr_prec - 1)
    }
    if mpfr_zero_p(c) != 0 {
      return ternary == 0 ? .zero : .powerOfTwo(mpfr_get_emin() - 1)
    }
    mpfr_set_zero(c, 1)
    return .infinity
  }

  static func setEmpty(_ c: Destination) -> Magnitude {
    mpfr_set_zero(c, 1)
    return .none
  }

  static func setEntire(_ c: Destination) -> Magnitude {
    mpfr_set_zero(c, 1)
    return .infinity
  }

  // MARK: - Arithmetic

  static func add(
    _ c: Destination, _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude
  ) -> Magnitude {
    if r.isNone || s.isNone { return setEmpty(c) }
    let spread = r + s
    if spread.isInfinite { return setEntire(c) }
    let ternary = mpfr_add(c, a, b, MPFR_RNDN)
    return spread + roundingError(ternary, c)
  }

  static func subtract(
    _ c: Destination, _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude
  ) -> Magnitude {
    if r.isNone || s.isNone { return setEmpty(c) }
    let spread = r + s
    if spread.isInfinite { return setEntire(c) }
    let ternary = mpfr_sub(c, a, b, MPFR_RNDN)
    return spread + roundingError(ternary, c)
  }

  static func multiply(
    _ c: Destination, _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude
  ) -> Magnitude {
    if r.isNone || s.isNone { return setEmpty(c) }
    // Zero times the whole line is the whole line: what it stands for may have no value.
    if r.isInfinite || s.isInfinite { return setEntire(c) }
    let spread = upper(a) * s + upper(b) * r + r * s
    if spread.isInfinite { return setEntire(c) }
    let ternary = mpfr_mul(c, a, b, MPFR_RNDN)
    return spread + roundingError(ternary, c)
  }

  static func square(_ c: Destination, _ a: Midpoint, _ r: Magnitude) -> Magnitude {
    if r.isNone { return setEmpty(c) }
    let spread = (upper(a).scaled(by: 1) + r) * r
    if spread.isInfinite { return setEntire(c) }
    let ternary = mpfr_sqr(c, a, MPFR_RNDN)
    return spread + roundingError(ternary, c)
  }

  /// The whole line where the divisor may be zero; empty where it is the point zero.
  static func divide(
    _ c: Destination, _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude
  ) -> Magnitude {
    if r.isNone || s.isNone || (s.isZero && mpfr_zero_p(b) != 0) { return setEmpty(c) }
    let least = Magnitude.lowerDifference(lower(b), s)
    if least.isZero || r.isInfinite || s.isInfinite { return setEntire(c) }
    let quotient = Magnitude.quotient(upper(a), byAtLeast: lower(b))
    let spread = Magnitude.quotient(r + quotient * s, byAtLeast: least)
    if spread.isInfinite { return setEntire(c) }
    let ternary = mpfr_div(c, a, b, MPFR_RNDN)
    return spread + roundingError(ternary, c)
  }

  /// The whole line where some of the ball is negative: the root there is not real, and an enclosure of
  /// the rest would pass for one of all. Empty where all of it is.
  static func squareRoot(_ c: Destination, _ a: Midpoint, _ r: Magnitude) -> Magnitude {
    if r.isNone { return setEmpty(c) }
    if r.isInfinite { return setEntire(c) }
    let isNegative = a.pointee._mpfr_sign < 0 && mpfr_zero_p(a) == 0
    if isNegative, !(lower(a) <= r) { return setEmpty(c) }
    let least = isNegative ? Magnitude.zero : Magnitude.lowerDifference(lower(a), r)
    if least.isZero, !r.isZero { return setEntire(c) }
    let size = lower(a)
    let ternary = mpfr_sqrt(c, a, MPFR_RNDN)
    let error = roundingError(ternary, c)
    if r.isZero { return error }
    let root = Magnitude.lowerDifference(lower(c), error)
    let t = Magnitude.quotient(r, byAtLeast: size)
    let factor = Magnitude.lowerDifference(.powerOfTwo(1), t)
    return Magnitude.quotient(r, byAtLeast: Magnitude.lowerProduct(root, factor)) + error
  }

  /// The ball from 0 to 2·`end` or a little more.
  private static func setHalf(of end: Magnitude, _ c: Destination) -> Magnitude {
    let half = end.scaled(by: -1)
    if half.isInfinite { return setEntire(c) }
    mpfr_set_d(c, half.coefficient, MPFR_RNDU)
    mpfr_mul_2si(c, c, half.exponent, MPFR_RNDU)
    guard mpfr_number_p(c) != 0 else { return setEntire(c) }
    return upper(c) + half
  }

  static func negate(_ c: Destination, _ a: Midpoint, _ r: Magnitude) -> Magnitude {
    if r.isNone || r.isInfinite { return r.isNone ? setEmpty(c) : setEntire(c) }
    return r + roundingError(mpfr_neg(c, a, MPFR_RNDN), c)
  }

  static func absolute(_ c: Destination, _ a: Midpoint, _ r: Magnitude) -> Magnitude {
    if r.isNone || r.isInfinite { return r.isNone ? setEmpty(c) : setEntire(c) }
    if r <= lower(a) { return r + roundingError(mpfr_abs(c, a, MPFR_RNDN), c) }
    return setHalf(of: upper(a) + r, c)
  }

  /// The ball times 2^k.
  static func scale(_ c: Destination, _ a: Midpoint, _ r: Magnitude, by k: Int) -> Magnitude {
    if r.isNone || r.isInfinite { return r.isNone ? setEmpty(c) : setEntire(c) }
    let ternary = mpfr_mul_2si(c, a, k, MPFR_RNDN)
    return r.scaled(by: k) + roundingError(ternary, c)
  }

  static func copy(_ c: Destination, _ a: Midpoint, _ r: Magnitude) -> Magnitude {
    if r.isNone || r.isInfinite { return r.isNone ? setEmpty(c) : setEntire(c) }
    return r + roundingError(mpfr_set(c, a, MPFR_RNDN), c)
  }

  // MARK: - From and to end points

  /// The smallest interval of `Real` bounds, a few bits beyond the midpoint's, around the ball.
  static func interval(_ a: Midpoint, _ r: Magnitude) -> Interval {
    if r.isNone { return .empty }
    if r.isInfinite || mpfr_number_p(a) == 0 { return .entire }
    let precision = a.pointee._mpfr_prec
    if r.isZero {
      let point = Real.computed(precision: precision) { mpfr_set($0, a, MPFR_RNDN) }
      return Interval(uncheckedLower: point, upper: point)
    }
    let radius = Real.computed(precision: 53) {
      mpfr_set_d($0, r.coefficient, MPFR_RNDU)
      mpfr_mul_2si($0, $0, r.exponent, MPFR_RNDU)
    }
    return radius.withMPFR { radius in
      Interval(
        uncheckedLower: Real.computed(precision: precision + 32) {
          mpfr_sub($0, a, radius, MPFR_RNDD)
        },
        upper: Real.computed(precision: precision + 32) { mpfr_add($0, a, radius, MPFR_RNDU) })
    }
  }

  /// A ball around an interval: around half-lines and the whole line the whole line.
  static func enclose(_ c: Destination, _ interval: Interval) -> Magnitude {
    if interval.isEmpty { return setEmpty(c) }
    guard interval.lower.isFinite, interval.upper.isFinite else { return setEntire(c) }
    return interval.lower.withMPFR { lower in
      interval.upper.withMPFR { upper in
        let precision = max(lower.pointee._mpfr_prec, upper.pointee._mpfr_prec) + 2
        let middle = Real.computed(precision: precision) {
          mpfr_add($0, lower, upper, MPFR_RNDN)
          mpfr_div_2ui($0, $0, 1, MPFR_RNDN)
        }
        _ = middle.withMPFR { mpfr_set(c, $0, MPFR_RNDN) }
        guard mpfr_number_p(c) != 0 else { return setEntire(c) }
        let above = Real.computed(precision: 53) { mpfr_sub($0, upper, c, MPFR_RNDU) }
        let below = Real.computed(precision: 53) { mpfr_sub($0, c, lower, MPFR_RNDU) }
        return above.withMPFR { above in
          below.withMPFR { below in
            let farther = mpfr_cmp(above, below) >= 0 ? above : below
            return sx_mpfr_sgn(farther) <= 0 ? .zero : Magnitude(exactly: farther)
          }
        }
      }
    }
  }

  // MARK: - Greater and lesser

  /// The maximum; one of the operands where it is surely the greater.
  static func maximum(
    _ c: Destination, _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude
  ) -> Magnitude {
    choose(c, a, r, b, s, sign: 1) { Interval.maximum($0, $1) }
  }

  /// The minimum; one of the operands where it is surely the lesser.
  static func minimum(
    _ c: Destination, _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude
  ) -> Magnitude {
    choose(c, a, r, b, s, sign: -1) { Interval.minimum($0, $1) }
  }

  private static func choose(
    _ c: Destination, _ a: Midpoint, _ r: Magnitude, _ b: Midpoint, _ s: Magnitude,
    sign: Int32, _ hull: (Interval, Interval) -> Interval
  ) -> Magnitude {
    if r.isNone || s.isNone { return setEmpty(c) }
    let (x, y) = (interval(a, r), interval(b, s))
    if sign > 0 ? x.lower >= y.upper : x.upper <= y.lower { return copy(c, a, r) }
    if sign > 0 ? y.lower >= x.upper : y.upper <= x.lower { return copy(c, b, s) }
    return enclose(c, hull(x, y))
  }
}

extension Magnitude {
  /// |x|, exactly for a number of at most 53 bits; infinite for infinities and NaN.
  init(exactly x: UnsafePointer<__mpfr_struct>) {
    guard mpfr_number_p(x) != 0 else {
      self = .infinity
      return
    }
    var exponent = 0
    let coefficient = mpfr_get_d_2exp(&exponent, x, MPFR_RNDA)
    self = Magnitude(uncheckedCoefficient: Swift.abs(coefficient), exponent: exponent)
  }

  /// Not a size: the radius of the empty ball.
  static let none = Magnitude(uncheckedCoefficient: .nan, exponent: 0)

  var isNone: Bool { coefficient.isNaN }

  /// A lower bound of the product.
  static func lowerProduct(_ a: Magnitude, _ b: Magnitude) -> Magnitude {
    let (x, y) = (a.normalised, b.normalised)
    if x.isZero || y.isZero { return .zero }
    if x.isInfinite || y.isInfinite { return .infinity }
    return Magnitude(
      uncheckedCoefficient: x.coefficient * y.coefficient * (2 - inflation),
      exponent: x.exponent + y.exponent
    ).normalised
  }
}
