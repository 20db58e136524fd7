import Exact

/// How two sets lie on the line: exactly one of 16 states holds (IEEE 1788-2015, table 10.7).
///
/// The first set is the subject: `meets` says that it ends where the second begins.
public enum IntervalOverlap: String, CaseIterable, Hashable, Sendable {
  case bothEmpty, firstEmpty, secondEmpty
  case before, meets, overlaps, starts, containedBy, finishes
  case equals
  case finishedBy, contains, startedBy, overlappedBy, metBy, after
}

extension Interval {
  /// How this set lies to another.
  public func overlap(with other: Interval) -> IntervalOverlap {
    if isEmpty { return other.isEmpty ? .bothEmpty : .firstEmpty }
    if other.isEmpty { return .secondEmpty }
    if upper < other.lower { return .before }
    if other.upper < lower { return .after }
    if lower == other.lower {
      if upper == other.upper { return .equals }
      return upper < other.upper ? .starts : .startedBy
    }
    if upper == other.upper { return lower < other.lower ? .finishedBy : .finishes }
    if lower < other.lower {
      if upper > other.upper { return .contains }
      return upper == other.lower ? .meets : .overlaps
    }
    if upper < other.upper { return .containedBy }
    return lower == other.upper ? .metBy : .overlappedBy
  }

  /// Whether for every point of each set the other has one that is not less (not greater): both bounds
  /// are at most the other's. 1788's `less`.
  public func isLessOrEqual(to other: Interval) -> Bool {
    if isEmpty || other.isEmpty { return isEmpty && other.isEmpty }
    return lower <= other.lower && upper <= other.upper
  }

  /// The same with less for at most, infinite bounds counting as less than themselves: 1788's
  /// `strictLess`.
  public func isStrictlyLess(than other: Interval) -> Bool {
    if isEmpty || other.isEmpty { return isEmpty && other.isEmpty }
    return (lower < other.lower || (lower.isInfinite && lower == other.lower))
      && (upper < other.upper || (upper.isInfinite && upper == other.upper))
  }

  /// Whether no point is greater than any of `other`: 1788's `precedes`; true if either is empty.
  public func precedes(_ other: Interval) -> Bool {
    isEmpty || other.isEmpty || upper <= other.lower
  }

  /// The ``midpoint`` and the ``radius``.
  public var midpointAndRadius: (midpoint: Real, radius: Real) { (midpoint, radius) }
}
