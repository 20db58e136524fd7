import Exact

/// The set of real numbers between two doubles, for the bulk of a subdivision.
///
/// **Guarantee:** each operation contains every result of points of its operands. Results of doubles,
/// rounded to nearest, are moved outward by at least one place; what is not a number becomes the
/// whole line.
///
/// Source: Rump, Zimmermann, Boldo, Melquiond 2009: with u = 2^-53, φ = u(1 + 2u), η = 2^-1074 and e the
/// rounded φ|c| + η, the rounded c - e is at most the predecessor of c, and c + e at least the
/// successor.
@frozen public struct DoubleInterval: Sendable, Hashable {
  public let lower: Double
  public let upper: Double

  /// The interval between bounds in order; the whole line where one is not a number.
  @inlinable @inline(__always)
  public init(_ lower: Double, _ upper: Double) {
    if lower <= upper {
      self.lower = lower
      self.upper = upper
    } else {
      self.lower = -.infinity
      self.upper = .infinity
    }
  }

  @inlinable @inline(__always)
  public init(point: Double) { self.init(point, point) }

  /// The tightest enclosure; the whole line for the empty set, about which nothing is to be said.
  public init(_ interval: Interval) {
    if interval.isEmpty {
      self = .entire
      return
    }
    self.init(interval.lower.double(rounding: .down), interval.upper.double(rounding: .up))
  }

  public init(_ value: Rational) {
    self.init(Interval(value, precision: 53) as Interval)
  }

  public static let zero = DoubleInterval(0, 0)
  public static let entire = DoubleInterval(-.infinity, .infinity)

  @inlinable @inline(__always) public var containsZero: Bool { lower <= 0 && upper >= 0 }
  @inlinable @inline(__always) public var isBounded: Bool {
    lower > -.infinity && upper < .infinity
  }
  @inlinable @inline(__always) public var width: Double { upper - lower }
  @inlinable @inline(__always) public var magnitude: Double { max(-lower, upper) }
  @inlinable @inline(__always) public var mignitude: Double {
    containsZero ? 0 : max(lower, -upper)
  }
  @inlinable @inline(__always) public var midpoint: Double { lower + (upper - lower) / 2 }

  /// The sign of all points; nil where it is not one sign, or is zero.
  @inlinable @inline(__always)
  public var sign: Int? { lower > 0 ? 1 : upper < 0 ? -1 : nil }

  @inlinable @inline(__always)
  static func down(_ c: Double) -> Double {
    c - (c.magnitude * 1.1102230246251568e-16 + Double.leastNonzeroMagnitude)
  }

  @inlinable @inline(__always)
  static func up(_ c: Double) -> Double {
    c + (c.magnitude * 1.1102230246251568e-16 + Double.leastNonzeroMagnitude)
  }

  @inlinable @inline(__always)
  public static func + (a: DoubleInterval, b: DoubleInterval) -> DoubleInterval {
    DoubleInterval(down(a.lower + b.lower), up(a.upper + b.upper))
  }

  @inlinable @inline(__always)
  public static func - (a: DoubleInterval, b: DoubleInterval) -> DoubleInterval {
    DoubleInterval(down(a.lower - b.upper), up(a.upper - b.lower))
  }

  @inlinable @inline(__always)
  public static prefix func - (a: DoubleInterval) -> DoubleInterval {
    DoubleInterval(-a.upper, -a.lower)
  }

  @inlinable @inline(__always)
  public static func * (a: DoubleInterval, b: DoubleInterval) -> DoubleInterval {
    let p = a.lower * b.lower
    let q = a.lower * b.upper
    let r = a.upper * b.lower
    let s = a.upper * b.upper
    // The sum is not a number where one of the products is not, or infinities cancel.
    if (p + q + r + s).isNaN { return .entire }
    return DoubleInterval(down(min(min(p, q), min(r, s))), up(max(max(p, q), max(r, s))))
  }

  /// The whole line where the divisor contains zero.
  @inlinable @inline(__always)
  public static func / (a: DoubleInterval, b: DoubleInterval) -> DoubleInterval {
    if b.containsZero || !b.isBounded { return .entire }
    let p = a.lower / b.lower
    let q = a.lower / b.upper
    let r = a.upper / b.lower
    let s = a.upper / b.upper
    if (p + q + r + s).isNaN { return .entire }
    return DoubleInterval(down(min(min(p, q), min(r, s))), up(max(max(p, q), max(r, s))))
  }

  /// The points of both; nil where there is none.
  @inlinable @inline(__always)
  public func intersection(_ other: DoubleInterval) -> DoubleInterval? {
    let (a, b) = (max(lower, other.lower), min(upper, other.upper))
    return a <= b ? DoubleInterval(a, b) : nil
  }

  @inlinable @inline(__always)
  public func union(_ other: DoubleInterval) -> DoubleInterval {
    DoubleInterval(min(lower, other.lower), max(upper, other.upper))
  }

  /// The same set with MPFR's numbers.
  public func interval(precision: Int) -> Interval {
    Interval(between: Real(lower), and: Real(upper)).rounded(precision: max(precision, 53))
  }
}
