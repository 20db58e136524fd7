import CMPFR

extension Interval {
  /// The least set z with `x` inside y + z: recovers one term of a sum that was widened by the other.
  ///
  /// [x.lower - y.lower, x.upper - y.upper] rounded outward; the whole line where no such set exists
  /// (`x` narrower than `y`, or either unbounded), and for an empty `y` with a nonempty `x`; empty for an
  /// empty `x` and a bounded `y`. 1788's `cancelMinus`, tightest.
  public static func cancelMinus(_ x: Interval, _ y: Interval, precision p: Int) -> Interval {
    if x.isEmpty { return y.isBounded ? .empty : .entire }
    guard !y.isEmpty, x.isBounded, y.isBounded, isAtLeastAsWide(x, y) else { return .entire }
    return Interval(
      uncheckedLower: Real.sub(x.lower, y.lower, precision: p, rounding: .down),
      upper: Real.sub(x.upper, y.upper, precision: p, rounding: .up))
  }

  /// The least set z with `x` inside z - y; ``cancelMinus(_:_:precision:)`` with the negatives of `y`.
  public static func cancelPlus(_ x: Interval, _ y: Interval, precision: Int) -> Interval {
    cancelMinus(x, -y, precision: precision)
  }

  /// Whether x.upper - x.lower ≥ y.upper - y.lower, exactly: the sign of a correctly rounded sum of
  /// four terms is that of the sum.
  private static func isAtLeastAsWide(_ x: Interval, _ y: Interval) -> Bool {
    let numbers = (x.upper, -x.lower, -y.upper, y.lower)
    let difference = numbers.0.withMPFR { a in
      numbers.1.withMPFR { b in
        numbers.2.withMPFR { c in
          numbers.3.withMPFR { d in
            // The array's type lets MPFR write to the terms, which it does not.
            let terms = [a, b, c, d].map { Optional(UnsafeMutablePointer(mutating: $0)) }
            return Real.computed(precision: 2) { mpfr_sum($0, terms, 4, MPFR_RNDN) }
          }
        }
      }
    }
    return difference.signum >= 0
  }
}
