import CMPFR
import Exact

// Reverse functions narrow what is known of an argument by what is known of the value: the tightest set
// with every x of `domain` for which f(x) lies in `values`. They are what propagates constraints
// (Benhamou and Older 1997; IEEE 1788-2015, 10.5.4). Every x of `domain` with f(x) in `values` lies in
// the result; bounds come from one correctly rounded inverse each where its comment says tightest.

extension Interval {
  /// The hull of the parts of the set and of its mirror image that lie in `domain`.
  private func mirrored(in domain: Interval) -> Interval {
    intersection(domain).union((-self).intersection(domain))
  }

  /// The x with |x| in `values`, tightest.
  public static func absRev(
    _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    values.clamped(from: 0).mirrored(in: domain).rounded(precision: p)
  }

  /// The x with x² in `values`, tightest.
  public static func sqrRev(
    _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    sqrt(values, precision: p).mirrored(in: domain).rounded(precision: p)
  }

  /// The x with cosh x in `values`, tightest.
  public static func coshRev(
    _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    acosh(values, precision: p).mirrored(in: domain).rounded(precision: p)
  }

  /// The x with x^n in `values`, tightest; x^0 is 1.
  public static func powIntRev(
    _ values: Interval, _ n: Int, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    if n == 0 { return values.contains(Real.one) ? domain.rounded(precision: p) : .empty }
    let roots = rootn(values, n, precision: p)
    if n % 2 == 0 { return roots.mirrored(in: domain).rounded(precision: p) }
    return roots.intersection(domain).rounded(precision: p)
  }

  /// The x with b·x in `values` for some b of `factors`; tightest. Where a factor may be zero and the
  /// values exclude it, the two half-lines of quotients are cut with `domain` one by one.
  public static func mulRev(
    factors b: Interval, _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    if b.isEmpty || values.isEmpty { return .empty }
    if b.containsZero && values.containsZero { return domain.rounded(precision: p) }
    guard b.lower.signum < 0 && b.upper.signum > 0 else {
      return div(values, b, precision: p).intersection(domain).rounded(precision: p)
    }
    let negative = Interval(uncheckedLower: b.lower, upper: .zero)
    let positive = Interval(uncheckedLower: .zero, upper: b.upper)
    return div(values, negative, precision: p).intersection(domain)
      .union(div(values, positive, precision: p).intersection(domain)).rounded(precision: p)
  }
}

// MARK: - Powers of intervals

extension Interval {
  private static let reverseGuardBits = 64

  /// The x ≥ 0 with x^y in `values` for some y of `exponents`, for the power of ``pow(_:_:precision:)``.
  ///
  /// For y ≠ 0 these are the z^(1/y). Two values are only limits there, and count only if they are
  /// taken: x = 1 gives 1 whatever y is; x = 0 gives 0, for y > 0. For y = 0 every x > 0 gives 1.
  /// The exponent 1/y is rounded at 64 bits more; tightest where it is exact.
  public static func powRevBase(
    exponents: Interval, _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    let values = values.clamped(from: 0)
    let domain = domain.clamped(from: 0)
    if exponents.isEmpty || values.isEmpty || domain.isEmpty { return .empty }
    var result = Interval.empty
    let hasOne = values.contains(Real.one)
    if hasOne, exponents.containsZero, !domain.isZero { result = domain }
    if exponents.upper.signum > 0 {
      let inverse = recip(exponents.clamped(from: 0), precision: p + reverseGuardBits)
      let found = pow(values, inverse, precision: p).intersection(domain)
      let isLimit = (found == one && !hasOne) || (found.isZero && !values.containsZero)
      if !isLimit { result = result.union(found) }
    }
    if exponents.lower.signum < 0 {
      let negative = exponents.intersection(
        Interval(uncheckedLower: .negativeInfinity, upper: .zero))
      let inverse = recip(negative, precision: p + reverseGuardBits)
      let found = pow(values, inverse, precision: p).intersection(domain)
      if !(found == one && !hasOne) && !found.isZero { result = result.union(found) }
    }
    return result.rounded(precision: p)
  }

  /// The y with x^y in `values` for some x of `bases`, for the power of ``pow(_:_:precision:)``.
  ///
  /// For x other than 0 and 1 these are the log z / log x, of which y = 0 counts only if 1 is a value.
  /// x = 1 gives 1 for every y, x = 0 gives 0 for y > 0. Logarithms carry 64 bits more; tightest
  /// where they are exact.
  public static func powRevExponent(
    bases: Interval, _ values: Interval, in domain: Interval = .entire, precision p: Int
  ) -> Interval {
    let bases = bases.clamped(from: 0)
    let values = values.clamped(from: 0)
    if bases.isEmpty || values.isEmpty || domain.isEmpty { return .empty }
    let hasOne = values.contains(Real.one)
    if hasOne && bases.contains(Real.one) { return domain.rounded(precision: p) }
    var result = Interval.empty
    if bases.containsZero && values.containsZero {
      let positive = domain.clamped(from: 0)
      if !positive.isZero { result = positive }
    }
    let q = p + reverseGuardBits
    let logarithms = log2(values, precision: q)
    for part in [bases.clamped(from: 0, to: 1), bases.clamped(from: 1)] {
      if part.isEmpty || part.isZero || part == one { continue }
      let found = div(logarithms, log2(part, precision: q), precision: p).intersection(domain)
      if found.isZero && !hasOne { continue }
      result = result.union(found)
    }
    return result.rounded(precision: p)
  }
}
