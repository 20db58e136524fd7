import Exact

/// Rational numbers between algebraic ones.
public enum RationalSample {
  /// The nonempty open intervals between the points and to the ends of the range, with a number inside.
  ///
  /// - Parameter points: increasing, inside the range.
  public static func gaps(
    between points: [AlgebraicNumber], in range: RationalRange
  ) -> [(lower: AlgebraicNumber?, upper: AlgebraicNumber?, sample: Rational)] {
    if let a = range.lower.value, let b = range.upper.value, a >= b { return [] }
    let ends: [AlgebraicNumber?] =
      [range.lower.value.map { AlgebraicNumber($0) }] + points.map { $0 }
      + [range.upper.value.map { AlgebraicNumber($0) }]
    var result: [(lower: AlgebraicNumber?, upper: AlgebraicNumber?, sample: Rational)] = []
    for (a, b) in zip(ends, ends.dropFirst()) {
      if let a, let b, a == b { continue }
      result.append((a, b, between(a, b)))
    }
    return result
  }

  /// A simple rational number strictly between two numbers, nil for no bound.
  public static func between(_ a: AlgebraicNumber?, _ b: AlgebraicNumber?) -> Rational {
    switch (a, b) {
    case (nil, nil): return .zero
    case (nil, let b?): return Swift.min(Rational(b.location.lower.floor - 1), .zero)
    case (let a?, nil): return Swift.max(Rational(a.location.upper.ceiling + 1), .zero)
    case (let a?, let b?):
      var bits = 4
      var (low, high) = (a.location.upper, b.location.lower)
      // Different numbers: refined intervals part.
      while low >= high {
        low = a.enclosure(bits: bits).upper
        high = b.enclosure(bits: bits).lower
        bits *= 2
      }
      return simplest(between: low, and: high)
    }
  }

  /// The fraction of least denominator strictly between low < high.
  ///
  /// - Source: the Stern–Brocot tree, walked by continued fractions.
  public static func simplest(between low: Rational, and high: Rational) -> Rational {
    if low.isNegative && high.signum > 0 { return .zero }
    if high.signum <= 0 { return -simplest(between: -high, and: -low) }
    let floor = Rational(low.floor)
    let next = floor + Rational.one
    if next < high { return next }
    // low and high lie in [floor, floor + 1].
    guard let flipped = try? (high - floor).inverse() else { return (low + high) * half }
    if low == floor {
      let k = Rational(flipped.floor + 1)
      return floor + ((try? k.inverse()) ?? .zero)
    }
    guard let far = try? (low - floor).inverse(),
      let inner = try? simplest(between: flipped, and: far).inverse()
    else { return (low + high) * half }
    return floor + inner
  }

  private static let half = (try? Rational(1, 2)) ?? .zero
}
