import CMPFR
import Exact

// The solutions x of f(x) ∈ values for a circular function f are one interval in each stretch
// [(m - 1/2)π, (m + 1/2)π] (for the cosine [mπ, (m + 1)π]), ordered as the stretches are. The least
// solution of a domain is in the first of them that reaches its lower end, the greatest in the last that
// begins at its upper end or before.

extension Interval {
  /// The x with sin x in `values`; tightest but for bounds beyond ``Real/largestCircularExponent``,
  /// which are those of the domain.
  public static func sinRev(
    _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    reverse(values.clamped(from: -1, to: 1), domain, p) { values, index, q in
      let angles = asin(values, precision: q)
      return add(multipleOfPi(index, q), index.isOdd ? -angles : angles, precision: q)
    }
  }

  /// The x with cos x in `values`; as for ``sinRev(_:in:precision:)``.
  public static func cosRev(
    _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    reverse(values.clamped(from: -1, to: 1), domain, p) { values, index, q in
      let angles = acos(values, precision: q)
      if index.isOdd { return sub(multipleOfPi(index + 1, q), angles, precision: q) }
      return add(multipleOfPi(index, q), angles, precision: q)
    }
  }

  /// The x with tan x in `values`; as for ``sinRev(_:in:precision:)``.
  public static func tanRev(
    _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    reverse(values, domain, p) { values, index, q in
      add(multipleOfPi(index, q), atan(values, precision: q), precision: q)
    }
  }

  private static func multipleOfPi(_ index: Integer, _ q: Int) -> Interval {
    // index·π cancels with nothing but its own neighbourhood: q bits are enough for both.
    mul(Interval(index), pi(precision: q), precision: q)
  }

  /// The hull of the solutions in the domain; `solutions` encloses those of one stretch.
  private static func reverse(
    _ values: Interval, _ domain: Interval, _ p: Int,
    _ solutions: (Interval, Integer, Int) -> Interval
  ) -> Interval {
    if values.isEmpty || domain.isEmpty { return .empty }
    var low = domain.lower
    var high = domain.upper
    if let first = stretch(of: low) {
      let q = guarded(p, low)
      // The stretch of a solution at the bound or beyond it is this one, its neighbour or a later one.
      for index in [first - 1, first, first + 1, first + 2] {
        let found = solutions(values, index, q)
        if found.upper < low { continue }
        low = Real.maximum(low, found.lower)
        break
      }
    }
    if let last = stretch(of: high) {
      let q = guarded(p, high)
      for index in [last + 1, last, last - 1, last - 2] {
        let found = solutions(values, index, q)
        if found.lower > high { continue }
        high = Real.minimum(high, found.upper)
        break
      }
    }
    if low > high { return .empty }
    return Interval(uncheckedLower: low, upper: high).rounded(precision: p)
  }

  /// Bits for angles near a bound: as many after the binary point as the bound asks for, and more, since
  /// a solution near zero is a difference.
  private static func guarded(_ p: Int, _ bound: Real) -> Int {
    2 * max(p, bound.precision) + Swift.abs(max(bound.exponent ?? 0, 0)) + 64
  }

  /// floor(x/π); nil where the bound is infinite or beyond what is reduced.
  private static func stretch(of x: Real) -> Integer? {
    guard x.isFinite, let quarter = quarter(of: x) else { return nil }
    return quarter >> 1
  }
}

extension Integer {
  fileprivate var isOdd: Bool { residue(modulo: 2) == 1 }
}
