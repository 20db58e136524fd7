import CMPFR
import Exact

extension Ball {
  /// The operation on one ball, or on two, with a midpoint of the precision given.
  static func unary(
    _ x: Ball, _ precision: Int,
    _ f: (BallArithmetic.Destination, BallArithmetic.Midpoint, Magnitude) -> Magnitude
  ) -> Ball {
    x.midpoint.withMPFR { a in Ball.computed(precision: precision) { f($0, a, x.radius) } }
  }

  static func binary(
    _ x: Ball, _ y: Ball, _ precision: Int,
    _ f: (
      BallArithmetic.Destination, BallArithmetic.Midpoint, Magnitude, BallArithmetic.Midpoint,
      Magnitude
    ) -> Magnitude
  ) -> Ball {
    x.midpoint.withMPFR { a in
      y.midpoint.withMPFR { b in
        Ball.computed(precision: precision) { f($0, a, x.radius, b, y.radius) }
      }
    }
  }

  /// x + y.
  public static func add(_ x: Ball, _ y: Ball, precision: Int) -> Ball {
    binary(x, y, precision, BallArithmetic.add)
  }

  /// x - y, of points that are independent of each other.
  public static func sub(_ x: Ball, _ y: Ball, precision: Int) -> Ball {
    binary(x, y, precision, BallArithmetic.subtract)
  }

  /// x·y, of points that are independent of each other; for x·x use ``sqr(_:precision:)``.
  public static func mul(_ x: Ball, _ y: Ball, precision: Int) -> Ball {
    binary(x, y, precision, BallArithmetic.multiply)
  }

  /// x/y: the whole line where `y` may be zero, empty where it is the point 0.
  public static func div(_ x: Ball, _ y: Ball, precision: Int) -> Ball {
    binary(x, y, precision, BallArithmetic.divide)
  }

  /// 1/x, with the conventions of ``div(_:_:precision:)``.
  public static func recip(_ x: Ball, precision: Int) -> Ball {
    div(.one, x, precision: precision)
  }

  /// x·y + z, the midpoint rounded once.
  public static func fma(_ x: Ball, _ y: Ball, _ z: Ball, precision: Int) -> Ball {
    // Products at the sum of the precisions are exact.
    add(mul(x, y, precision: x.precision + y.precision), z, precision: precision)
  }

  /// x².
  public static func sqr(_ x: Ball, precision: Int) -> Ball {
    unary(x, precision, BallArithmetic.square)
  }

  /// √x: empty for negative numbers, the whole line where some are.
  public static func sqrt(_ x: Ball, precision: Int) -> Ball {
    unary(x, precision, BallArithmetic.squareRoot)
  }

  /// x·2^n.
  public static func scale(_ x: Ball, byPowerOfTwo n: Int, precision: Int) -> Ball {
    if x.isZero { return x.rounded(precision: precision) }
    // More than the exponents of midpoints and radii hold.
    if n > 1 << 50 { return x.isEmpty ? .empty : .entire }
    return unary(x, precision) { BallArithmetic.scale($0, $1, $2, by: max(n, -(1 << 50))) }
  }

  /// The same numbers with a midpoint of another precision.
  public func rounded(precision: Int) -> Ball {
    precision == self.precision ? self : Ball.unary(self, precision, BallArithmetic.copy)
  }

  /// |x|.
  public static func abs(_ x: Ball) -> Ball {
    unary(x, x.precision, BallArithmetic.absolute)
  }

  /// The lesser of x and y: the one of them that surely is, where that is decided.
  public static func minimum(_ x: Ball, _ y: Ball) -> Ball {
    binary(x, y, max(x.precision, y.precision), BallArithmetic.minimum)
  }

  /// The greater of x and y: the one of them that surely is, where that is decided.
  public static func maximum(_ x: Ball, _ y: Ball) -> Ball {
    binary(x, y, max(x.precision, y.precision), BallArithmetic.maximum)
  }

  /// A ball that has the points of both, as small as balls allow but for rounding.
  public static func hull(_ x: Ball, _ y: Ball, precision: Int) -> Ball {
    if x.isEmpty { return y.rounded(precision: precision) }
    if y.isEmpty { return x.rounded(precision: precision) }
    return Ball(x.interval.union(y.interval), precision: precision)
  }
}

// MARK: - Operators

extension Ball {
  /// The sum, at the greater precision of the two midpoints, as for all operators.
  public static func + (a: Ball, b: Ball) -> Ball {
    add(a, b, precision: max(a.precision, b.precision))
  }

  public static func - (a: Ball, b: Ball) -> Ball {
    sub(a, b, precision: max(a.precision, b.precision))
  }

  public static func * (a: Ball, b: Ball) -> Ball {
    mul(a, b, precision: max(a.precision, b.precision))
  }

  /// The negatives, exactly.
  public static prefix func - (a: Ball) -> Ball {
    unary(a, a.precision, BallArithmetic.negate)
  }
}

/// Balls compute like a field, with two differences: x - x is an enclosure of zero rather than zero, and
/// `==` is equality of sets: balls that are equal need not enclose equal numbers.
extension Ball: Field {
  /// The point 0, at ``Real/defaultPrecision``.
  public static let zero = Ball(Real.zero)
  /// The point 1, at ``Real/defaultPrecision``.
  public static let one = Ball(Real.one)

  /// False: midpoints are rounded.
  public static var isExact: Bool { false }

  /// The point `value` exactly, with as many bits as it needs.
  public init(_ value: Integer) { self.init(Real(value)) }

  /// Whether the ball is the point 0.
  public var isZero: Bool { radius.isZero && midpoint.isZero }

  /// The quotients: the whole line where `b` may be zero.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero`` for the point b = 0 only.
  public static func / (a: Ball, b: Ball) throws(ArithmeticError) -> Ball {
    if b.isZero { throw .divisionByZero }
    return div(a, b, precision: max(a.precision, b.precision))
  }

  /// Minus the binary exponent of the midpoint; nil where zero may be inside.
  public var pivotCost: Double? { containsZero || isEmpty || isEntire ? nil : midpoint.pivotCost }

  public static func == (a: Ball, b: Ball) -> Bool {
    if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty }
    return a.midpoint == b.midpoint && a.radius <= b.radius && b.radius <= a.radius
  }
}

extension Ball: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: StaticBigInt) { self.init(Integer(integerLiteral: value)) }
}
