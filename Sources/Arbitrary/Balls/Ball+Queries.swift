import CMPFR
import Exact

extension Ball {
  /// Whether the number is in the ball; never true of infinities and NaN.
  ///
  /// Decided exactly: with t for |x - m| rounded toward zero to 53 bits, which is what the radius r has,
  /// |x - m| ≤ r where t < r, and where t = r and t was not rounded. Only a distance outside MPFR's
  /// exponents, of numbers at the ends of their range, may give false where the answer is true.
  public func contains(_ value: Real) -> Bool {
    guard value.isFinite, !isEmpty else { return false }
    return value.withMPFR { x in
      midpoint.withMPFR { m in contains { mpfr_sub($0, x, m, MPFR_RNDZ) } }
    }
  }

  /// Whether the fraction is in the ball, decided as for numbers.
  public func contains(_ value: Rational) -> Bool {
    if isEmpty { return false }
    return value.withGMPFraction { q in
      midpoint.withMPFR { m in contains { mpfr_sub_q($0, m, q, MPFR_RNDZ) } }
    }
  }

  /// - Parameter isInRange: whether the difference has an exponent of MPFR's.
  private func contains(
    isInRange: Bool = false, _ difference: (UnsafeMutablePointer<__mpfr_struct>) -> Int32
  ) -> Bool {
    if isEntire { return true }
    var ternary: Int32 = 0
    let distance = Real.computed(precision: 53) { ternary = difference($0) }
    let t = distance.withMPFR { Magnitude(exactly: $0) }
    if ternary == 0 { return t <= radius }
    // Rounded to zero, or to the greatest number: only that it is less, or at most twice as great, is known.
    if distance.isZero { return .powerOfTwo(mpfr_get_emin() - 1) <= radius }
    if !isInRange, t.exponent >= mpfr_get_emax() {
      return .powerOfTwo(mpfr_get_emax() + 1) <= radius
    }
    return !(radius <= t)
  }

  /// Whether zero is in the ball, decided exactly.
  public var containsZero: Bool {
    !isEmpty && midpoint.withMPFR { m in contains(isInRange: true) { mpfr_set($0, m, MPFR_RNDZ) } }
  }

  /// The sign of every number of the ball, -1, 0 or 1; nil where signs differ, and for the empty ball.
  /// 0 only for the point 0.
  public var certainSign: Int? {
    if isZero { return 0 }
    return isEmpty || containsZero ? nil : midpoint.signum
  }

  /// Whether every number of the ball is surely in `other`. Rounding may hide it for balls that touch from
  /// inside; of equal balls it is true.
  public func isSubset(of other: Ball) -> Bool {
    if isEmpty || other.isEntire { return true }
    if other.isEmpty || isEntire { return false }
    return distance(to: other, .awayFromZero).withMPFR { Magnitude(exactly: $0) } + radius
      <= other.radius
  }

  /// Whether surely no number is in both. Rounding may hide it for balls that nearly touch.
  public func isDisjoint(from other: Ball) -> Bool {
    if isEmpty || other.isEmpty { return true }
    if isEntire || other.isEntire { return false }
    let distance = distance(to: other, .towardZero).withMPFR { Magnitude(exactly: $0) }
    return !(distance <= radius + other.radius)
  }

  private func distance(to other: Ball, _ rounding: Rounding) -> Real {
    Real.sub(other.midpoint, midpoint, precision: 53, rounding: rounding)
  }

  /// Whether the number enclosed is less than that enclosed by `other`, in three outcomes: true where all
  /// numbers of the one are less than all of the other, false where none is, nil where the balls do not
  /// tell, or one is empty. Of two points always true or false; of balls that nearly touch rounding may
  /// give nil.
  public func isLess(than other: Ball) -> Bool? {
    if isEmpty || other.isEmpty || isEntire || other.isEntire { return nil }
    // Rounded toward zero, also where it underflows: not above the distance.
    let distance = distance(to: other, .towardZero).withMPFR { Magnitude(exactly: $0) }
    let spread = radius + other.radius
    if midpoint < other.midpoint { return spread.isZero || !(distance <= spread) ? true : nil }
    return spread <= distance ? false : nil
  }
}

// MARK: - Exactness

extension Ball {
  /// The number, where the ball is a point.
  public var exactValue: Real? { isPoint ? midpoint : nil }

  /// The only integer in the ball; nil where there is none or more than one, and for numbers of more than
  /// ``Real/largestExactExponent`` bits.
  public var uniqueInteger: Integer? {
    // Of a ball that has one integer only, the nearest to the midpoint.
    guard !isEmpty, radius <= .one, let floor = midpoint.floor else { return nil }
    let found = [-1, 0, 1, 2].map { floor + Integer($0) }.filter { contains(Rational($0)) }
    return found.count == 1 ? found[0] : nil
  }
}

extension Magnitude {
  static let one = Magnitude(uncheckedCoefficient: 1, exponent: 0)
}
