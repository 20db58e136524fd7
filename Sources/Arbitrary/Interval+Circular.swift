import CMPFR
import Exact

/// The circular functions, whose range over an interval depends on which extrema lie inside.
extension Interval {
  /// floor(2x/π): the index of the quarter turn that holds `x`; nil for what cannot be reduced.
  ///
  /// Certified: 2x/π is enclosed at a precision that rises until both ends have the same floor. For
  /// x ≠ 0 it is irrational, so that this happens; 0 belongs to quarter 0.
  static func quarter(of x: Real) -> Integer? {
    if x.isZero { return 0 }
    guard let exponent = x.exponent, exponent <= Real.largestCircularExponent else { return nil }
    // Far below one, and not zero.
    if exponent < -1 { return x.signum > 0 ? 0 : -1 }
    var precision = exponent + 64
    while precision <= 4 * (Real.largestCircularExponent + x.precision) {
      // The division by π is the whole cost for large arguments.
      if precision > 4096 { WorkBudget.charge(precision << 7) }
      let turns = div(
        scale(Interval(x), byPowerOfTwo: 1, precision: x.precision), pi(precision: precision),
        precision: precision)
      if let low = turns.lower.floor, let high = turns.upper.floor, low == high { return low }
      precision *= 2
    }
    return nil
  }

  /// The indices of the quarters of the two ends.
  private static func quarters(of x: Interval) -> (first: Integer, last: Integer)? {
    guard let first = quarter(of: x.lower) else { return nil }
    if x.isPoint { return (first, first) }
    guard let last = quarter(of: x.upper) else { return nil }
    return (first, last)
  }

  /// Whether the set is surely longer than 2π < 7.
  private static func isLongerThanTurn(_ x: Interval) -> Bool {
    !x.isPoint && Real.sub(x.upper, x.lower, precision: 64, rounding: .down) >= Real(7)
  }

  /// Whether a multiple m·π/2 with m ≡ `residue` modulo `modulus` lies in the set or at its upper end.
  ///
  /// The quarters `first` and `last` hold the ends, so that the multiples in (lower, upper] are those
  /// with first < m ≤ last.
  private static func crosses(
    _ ends: (first: Integer, last: Integer), _ residue: UInt, modulo modulus: UInt
  ) -> Bool {
    let next = ends.first + 1
    let lag = (Integer(Int(residue)) - next).residue(modulo: modulus)
    // next + lag is the least m > first of the residue class.
    return next + Integer(Int(lag)) <= ends.last
  }

  /// The range of a function with extrema 1 and -1 at the multiples of π/2 in two residue classes
  /// modulo 4, monotone between them.
  private static func wave(
    _ f: UnaryMPFR, _ x: Interval, peak: UInt, trough: UInt, _ p: Int
  ) -> Interval {
    if x.isEmpty { return .empty }
    let unit = Interval(uncheckedLower: Real(-1, precision: p), upper: Real(1, precision: p))
    // Every set this long holds a peak and a trough, however large its ends are.
    if isLongerThanTurn(x) { return unit }
    guard let ends = quarters(of: x) else { return unit }
    if x.isPoint { return point(f, x.lower, p) }
    let hasPeak = crosses(ends, peak, modulo: 4)
    let hasTrough = crosses(ends, trough, modulo: 4)
    if hasPeak && hasTrough { return unit }
    return Interval(
      uncheckedLower: hasTrough
        ? unit.lower
        : Real.minimum(Real.apply(f, x.lower, p, .down), Real.apply(f, x.upper, p, .down)),
      upper: hasPeak
        ? unit.upper : Real.maximum(Real.apply(f, x.lower, p, .up), Real.apply(f, x.upper, p, .up)))
  }

  /// The sine; [-1, 1] where an end is beyond ``Real/largestCircularExponent``.
  public static func sin(_ x: Interval, precision: Int) -> Interval {
    wave(mpfr_sin, x, peak: 1, trough: 3, precision)
  }

  /// The cosine; [-1, 1] where an end is beyond ``Real/largestCircularExponent``.
  public static func cos(_ x: Interval, precision: Int) -> Interval {
    wave(mpfr_cos, x, peak: 0, trough: 2, precision)
  }

  /// The tangent; the whole line where a pole is inside or an end is beyond
  /// ``Real/largestCircularExponent``.
  public static func tan(_ x: Interval, precision: Int) -> Interval {
    if x.isEmpty { return .empty }
    if isLongerThanTurn(x) { return .entire }
    guard let ends = quarters(of: x), !crosses(ends, 1, modulo: 2) else { return .entire }
    return increasing(mpfr_tan, x, precision)
  }
}

// MARK: - Inverses

extension Interval {
  /// The arc sine over -1 ≤ x ≤ 1, in [-π/2, π/2].
  public static func asin(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_asin, x.clamped(from: -1, to: 1), precision)
  }

  /// The arc cosine over -1 ≤ x ≤ 1, in [0, π].
  public static func acos(_ x: Interval, precision: Int) -> Interval {
    decreasing(mpfr_acos, x.clamped(from: -1, to: 1), precision)
  }

  /// The arc tangent, in (-π/2, π/2).
  public static func atan(_ x: Interval, precision: Int) -> Interval {
    increasing(mpfr_atan, x, precision)
  }

  /// The angle of the points (x, y) other than the origin, in (-π, π]; 1788's `atan2`.
  ///
  /// The angle jumps across the negative x axis, on which it is π: a box with points on the axis or
  /// above it and points below gives [-π, π] rounded outward.
  public static func atan2(y: Interval, x: Interval, precision p: Int) -> Interval {
    if x.isEmpty || y.isEmpty || (x.isZero && y.isZero) { return .empty }
    if y.isNonnegative { return upperAngle(y: y, x: x, p) }
    if y.upper.signum < 0 || (y.isNonpositive && x.isNonnegative) {
      return -upperAngle(y: -y, x: x, p)
    }
    if x.lower.signum < 0 {
      let bound = Real.pi(precision: p, rounding: .up)
      return Interval(uncheckedLower: -bound, upper: bound)
    }
    return Interval(
      uncheckedLower: Real.atan2(y: y.lower, x: x.lower, precision: p, rounding: .down),
      upper: Real.atan2(y: y.upper, x: x.lower, precision: p, rounding: .up))
  }

  /// The angles, in [0, π], of a box with y ≥ 0 that is not the origin.
  ///
  /// The angle falls with x, and rises with y where x > 0 and falls where x < 0. No corner that is
  /// evaluated is the origin or has two infinite coordinates, for which MPFR's value would be a
  /// convention.
  private static func upperAngle(y: Interval, x: Interval, _ p: Int) -> Interval {
    if y.isZero {
      let pi = Interval.pi(precision: p)
      let zero = Real(0, precision: p)
      return Interval(
        uncheckedLower: x.upper.signum > 0 ? zero : pi.lower,
        upper: x.lower.signum < 0 ? pi.upper : zero)
    }
    return Interval(
      uncheckedLower: Real.atan2(
        y: x.upper.signum > 0 ? y.lower : y.upper, x: x.upper, precision: p, rounding: .down),
      upper: Real.atan2(
        y: x.lower.signum < 0 ? y.lower : y.upper, x: x.lower, precision: p, rounding: .up))
  }
}
