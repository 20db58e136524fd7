import CMPFR
import Exact

extension Interval {
  /// x + y.
  public static func add(_ x: Interval, _ y: Interval, precision: Int) -> Interval {
    if x.isEmpty || y.isEmpty { return .empty }
    return Interval(
      uncheckedLower: Real.add(x.lower, y.lower, precision: precision, rounding: .down),
      upper: Real.add(x.upper, y.upper, precision: precision, rounding: .up))
  }

  /// x - y, of points that are independent of each other.
  public static func sub(_ x: Interval, _ y: Interval, precision: Int) -> Interval {
    if x.isEmpty || y.isEmpty { return .empty }
    return Interval(
      uncheckedLower: Real.sub(x.lower, y.upper, precision: precision, rounding: .down),
      upper: Real.sub(x.upper, y.lower, precision: precision, rounding: .up))
  }

  /// x·y, of points that are independent of each other; for x·x use ``sqr(_:precision:)``.
  public static func mul(_ x: Interval, _ y: Interval, precision p: Int) -> Interval {
    if x.isEmpty || y.isEmpty { return .empty }
    // Zero times anything is zero, an unbounded set included; below, every product of an infinity has
    // a nonzero factor.
    if x.isZero || y.isZero { return Interval(0, precision: p) }
    if x.isNonnegative {
      if y.isNonnegative { return products(x.lower, y.lower, x.upper, y.upper, p) }
      if y.isNonpositive { return products(x.upper, y.lower, x.lower, y.upper, p) }
      return products(x.upper, y.lower, x.upper, y.upper, p)
    }
    if x.isNonpositive {
      if y.isNonnegative { return products(x.lower, y.upper, x.upper, y.lower, p) }
      if y.isNonpositive { return products(x.upper, y.upper, x.lower, y.lower, p) }
      return products(x.lower, y.upper, x.lower, y.lower, p)
    }
    if y.isNonnegative { return products(x.lower, y.upper, x.upper, y.upper, p) }
    if y.isNonpositive { return products(x.upper, y.lower, x.lower, y.lower, p) }
    return products(x.lower, y.upper, x.lower, y.lower, p)
      .union(products(x.upper, y.lower, x.upper, y.upper, p))
  }

  /// [a·b, c·d] rounded outward.
  private static func products(_ a: Real, _ b: Real, _ c: Real, _ d: Real, _ p: Int) -> Interval {
    Interval(
      uncheckedLower: Real.mul(a, b, precision: p, rounding: .down),
      upper: Real.mul(c, d, precision: p, rounding: .up))
  }

  /// x/y, the set of quotients by the points of `y` other than zero.
  ///
  /// By 1788: empty for y = [0, 0]; a half-line where zero is an end of `y` and `x` has one sign; the
  /// whole line where zero is inside.
  public static func div(_ x: Interval, _ y: Interval, precision p: Int) -> Interval {
    if x.isEmpty || y.isEmpty || y.isZero { return .empty }
    if x.isZero { return Interval(0, precision: p) }
    if y.isNonpositive { return div(-x, -y, precision: p) }
    guard y.isNonnegative else { return .entire }
    // From here y.upper > 0; y.lower is positive or an end at zero, over which quotients are unbounded.
    let isOpen = y.lower.isZero
    if x.isNonnegative {
      return Interval(
        uncheckedLower: Real.div(x.lower, y.upper, precision: p, rounding: .down),
        upper: isOpen ? .infinity : Real.div(x.upper, y.lower, precision: p, rounding: .up))
    }
    if x.isNonpositive {
      return Interval(
        uncheckedLower: isOpen
          ? .negativeInfinity : Real.div(x.lower, y.lower, precision: p, rounding: .down),
        upper: Real.div(x.upper, y.upper, precision: p, rounding: .up))
    }
    if isOpen { return .entire }
    return Interval(
      uncheckedLower: Real.div(x.lower, y.lower, precision: p, rounding: .down),
      upper: Real.div(x.upper, y.lower, precision: p, rounding: .up))
  }

  /// 1/x, with the conventions of ``div(_:_:precision:)``.
  public static func recip(_ x: Interval, precision: Int) -> Interval {
    div(Interval(1), x, precision: precision)
  }

  /// x·y + z, the bounds rounded once.
  public static func fma(
    _ x: Interval, _ y: Interval, _ z: Interval, precision: Int
  ) -> Interval {
    // Products at the sum of the precisions are exact.
    add(mul(x, y, precision: x.precision + y.precision), z, precision: precision)
  }

  /// x·2^n.
  public static func scale(_ x: Interval, byPowerOfTwo n: Int, precision: Int) -> Interval {
    Interval(
      uncheckedLower: Real.scale(
        x.lower, byPowerOfTwo: n, precision: precision, rounding: .down),
      upper: Real.scale(x.upper, byPowerOfTwo: n, precision: precision, rounding: .up))
  }

  public static func + (a: Interval, b: Interval) -> Interval {
    add(a, b, precision: max(a.precision, b.precision))
  }

  public static func - (a: Interval, b: Interval) -> Interval {
    sub(a, b, precision: max(a.precision, b.precision))
  }

  public static func * (a: Interval, b: Interval) -> Interval {
    mul(a, b, precision: max(a.precision, b.precision))
  }

  /// The negatives, exactly.
  public static prefix func - (a: Interval) -> Interval {
    a.isEmpty ? a : Interval(uncheckedLower: -a.upper, upper: -a.lower)
  }

  /// The magnitudes |x|, exactly.
  public static func abs(_ x: Interval) -> Interval {
    if x.isNonnegative { return x }
    if x.isNonpositive { return -x }
    return Interval(uncheckedLower: x.mignitude, upper: x.magnitude)
  }

  /// The lesser of x and y, exactly.
  public static func minimum(_ x: Interval, _ y: Interval) -> Interval {
    if x.isEmpty || y.isEmpty { return .empty }
    return Interval(
      uncheckedLower: Real.minimum(x.lower, y.lower), upper: Real.minimum(x.upper, y.upper))
  }

  /// The greater of x and y, exactly.
  public static func maximum(_ x: Interval, _ y: Interval) -> Interval {
    if x.isEmpty || y.isEmpty { return .empty }
    return Interval(
      uncheckedLower: Real.maximum(x.lower, y.lower), upper: Real.maximum(x.upper, y.upper))
  }
}

/// Enclosures compute like a field, with two differences: x - x is an enclosure of zero rather than
/// zero, and `==` is equality of sets.
extension Interval: Field {
  /// The point 0, at ``Real/defaultPrecision``.
  public static let zero = Interval(Real.zero)
  /// The point 1, at ``Real/defaultPrecision``.
  public static let one = Interval(Real.one)

  /// False: bounds are rounded.
  public static var isExact: Bool { false }

  /// The point `value` exactly, with as many bits as it needs.
  public init(_ value: Integer) { self.init(Real(value)) }

  /// Whether the set is the point 0.
  public var isZero: Bool { lower.isZero && upper.isZero }

  /// The enclosure of the quotients, with the conventions of ``div(_:_:precision:)``.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` for b = [0, 0] only.
  public static func / (a: Interval, b: Interval) throws(ArithmeticError) -> Interval {
    if b.isZero { throw .divisionByZero }
    return div(a, b, precision: max(a.precision, b.precision))
  }

  /// Minus the binary exponent of the least magnitude; nil where zero is inside, for unbounded sets and
  /// for the empty set.
  public var pivotCost: Double? {
    if isEmpty || containsZero || !isBounded { return nil }
    return mignitude.pivotCost
  }
}

extension Interval: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: StaticBigInt) { self.init(Integer(integerLiteral: value)) }
}
