import Exact

extension Interval {
  /// Whether the set has no point.
  public var isEmpty: Bool { lower > upper }
  /// Whether the set is the whole line.
  public var isEntire: Bool { lower.isInfinite && upper.isInfinite && !isEmpty }
  /// Whether the set has exactly one point.
  public var isPoint: Bool { lower == upper }
  /// Whether both bounds are finite; true of the empty set.
  public var isBounded: Bool { isEmpty || (lower.isFinite && upper.isFinite) }

  /// Whether the set has no negative point; true of the empty set.
  public var isNonnegative: Bool { lower.signum >= 0 }
  /// Whether the set has no positive point; true of the empty set.
  public var isNonpositive: Bool { upper.signum <= 0 }
  /// Whether zero is in the set.
  public var containsZero: Bool { lower.signum <= 0 && upper.signum >= 0 }

  /// The sign of every point of the set, -1, 0 or 1; nil where signs differ, and for the empty set.
  ///
  /// 0 only for the point [0, 0]: an enclosure that merely contains zero is undecided.
  public var certainSign: Int? {
    if isEmpty { return nil }
    if lower.signum > 0 { return 1 }
    if upper.signum < 0 { return -1 }
    return lower.isZero && upper.isZero ? 0 : nil
  }
}

// MARK: - Relations

extension Interval {
  /// Whether the number is in the set; never true of infinities and NaN.
  public func contains(_ value: Real) -> Bool {
    value.isFinite && lower <= value && value <= upper
  }

  /// Whether the number is in the set, decided exactly.
  public func contains(_ value: Rational) -> Bool {
    guard let below = lower.compare(value), let above = upper.compare(value) else { return false }
    return below <= 0 && above >= 0
  }

  /// Whether every point is also in `other`.
  public func isSubset(of other: Interval) -> Bool {
    isEmpty || (other.lower <= lower && upper <= other.upper)
  }

  /// Whether every point is in the topological interior of `other`: 1788's `interior`.
  public func isInterior(to other: Interval) -> Bool {
    if isEmpty { return true }
    let isBelow = other.lower < lower || (lower == .negativeInfinity && other.lower == lower)
    let isAbove = upper < other.upper || (upper == .infinity && other.upper == upper)
    return isBelow && isAbove
  }

  /// Whether no point is in both sets.
  public func isDisjoint(from other: Interval) -> Bool {
    isEmpty || other.isEmpty || upper < other.lower || other.upper < lower
  }

  /// Whether every point is less than every point of `other`; true if either is empty.
  public func isCertainlyLess(than other: Interval) -> Bool {
    isEmpty || other.isEmpty || upper < other.lower
  }

  /// The tightest set that has the points of both.
  public func union(_ other: Interval) -> Interval {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return Interval(
      uncheckedLower: Real.minimum(lower, other.lower),
      upper: Real.maximum(upper, other.upper))
  }

  /// The points that are in both.
  public func intersection(_ other: Interval) -> Interval {
    let low = Real.maximum(lower, other.lower)
    let high = Real.minimum(upper, other.upper)
    return low <= high ? Interval(uncheckedLower: low, upper: high) : .empty
  }
}

// MARK: - Numbers of a set

extension Interval {
  /// The least upper bound of the magnitudes; NaN for the empty set, as 1788 says.
  public var magnitude: Real {
    isEmpty ? .nan : Real.maximum(lower.magnitude, upper.magnitude)
  }

  /// The least of the magnitudes; NaN for the empty set.
  public var mignitude: Real {
    if isEmpty { return .nan }
    if containsZero { return Real(0, precision: precision) }
    return Real.minimum(lower.magnitude, upper.magnitude)
  }

  /// upper - lower, rounded up; +∞ for unbounded sets, NaN for the empty set.
  public var width: Real {
    isEmpty ? .nan : Real.sub(upper, lower, precision: precision, rounding: .up)
  }

  /// A finite point of the set near its middle: (lower + upper)/2 to nearest.
  ///
  /// 0 for the whole line and, for half-lines, the extreme finite number of the precision, as 1788 says;
  /// NaN for the empty set.
  public var midpoint: Real {
    if isEmpty { return .nan }
    let p = precision
    switch (lower.isInfinite, upper.isInfinite) {
    case (true, true): return Real(0, precision: p)
    case (true, false): return -Real.greatestFinite(precision: p)
    case (false, true): return Real.greatestFinite(precision: p)
    case (false, false):
      let sum = Real.add(lower, upper, precision: p)
      if sum.isFinite { return Real.scale(sum, byPowerOfTwo: -1, precision: p) }
      return Real.add(
        Real.scale(lower, byPowerOfTwo: -1, precision: p),
        Real.scale(upper, byPowerOfTwo: -1, precision: p), precision: p)
    }
  }

  /// The least number r, rounded up, with the set inside [m - r, m + r] for m the ``midpoint``; +∞ for
  /// unbounded sets, NaN for the empty set.
  public var radius: Real {
    if isEmpty { return .nan }
    let p = precision
    let m = midpoint
    return Real.maximum(
      Real.sub(m, lower, precision: p, rounding: .up),
      Real.sub(upper, m, precision: p, rounding: .up))
  }
}
