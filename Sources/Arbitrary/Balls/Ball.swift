import CMPFR
import Exact

/// A ball of real numbers: every x with |x - `midpoint`| ≤ `radius`.
///
/// Balls are what digits are computed with: the midpoint has the precision that was asked for, the
/// radius fifty bits and an exponent of its own. For ranges and boxes, whose ends matter, use
/// ``Interval``. The whole line is the ball of infinite radius around 0; a ball may be empty.
///
/// **Guarantee:** for every operation here and all x in the operands, the result holds the operation's
/// value. Where an operation has no real value for some of the x, the
/// result is the whole line, and where it has none for all of them, it is empty.
public struct Ball: Sendable {
  public let midpoint: Real
  public let radius: Magnitude

  init(uncheckedMidpoint midpoint: Real, radius: Magnitude) {
    self.midpoint = midpoint
    self.radius = radius
  }

  /// The ball whose midpoint `fill` writes into a fresh number of the precision given, and whose radius
  /// it returns.
  static func computed(
    precision: Int, _ fill: (UnsafeMutablePointer<__mpfr_struct>) -> Magnitude
  ) -> Ball {
    var radius = Magnitude.zero
    let midpoint = Real.computed(precision: precision) { radius = fill($0) }
    return Ball(uncheckedMidpoint: midpoint, radius: radius)
  }

  /// The numbers that differ from the midpoint by at most the radius; the whole line where one of the two
  /// is no number.
  public init(midpoint: Real, radius: Magnitude) {
    let isBounded = midpoint.isFinite && !radius.isInfinite && !radius.isNone
    self = isBounded ? Ball(uncheckedMidpoint: midpoint, radius: radius) : .entire
  }

  /// The whole line.
  public static let entire = Ball(uncheckedMidpoint: 0, radius: .infinity)
  /// The set without a point.
  public static let empty = Ball(uncheckedMidpoint: 0, radius: .none)

  /// A ball around an interval; of a half-line the whole line.
  public init(_ interval: Interval, precision: Int) {
    self = Ball.computed(precision: precision) { BallArithmetic.enclose($0, interval) }
  }

  /// A ball around an integer, a point where it is representable.
  public init(_ value: Integer, precision: Int) {
    self.init(Interval(value, precision: precision + 32), precision: precision)
  }

  /// A ball around a fraction, a point where it is representable.
  public init(_ value: Rational, precision: Int) {
    self.init(Interval(value, precision: precision + 32), precision: precision)
  }

  /// The point `value` exactly; of an infinity or NaN, the whole line.
  public init(_ value: Real) {
    self = value.isFinite ? Ball(uncheckedMidpoint: value, radius: .zero) : .entire
  }

  public var precision: Int { midpoint.precision }
  public var isEmpty: Bool { radius.isNone }
  /// Whether the ball says nothing: the whole line.
  public var isEntire: Bool { radius.isInfinite }
  /// Whether the ball is one number.
  public var isPoint: Bool { radius.isZero }

  /// The smallest interval around the ball, up to rounding its bounds outward at 32 bits beyond the
  /// midpoint's precision.
  public var interval: Interval { midpoint.withMPFR { BallArithmetic.interval($0, radius) } }

  /// The number of leading bits of the midpoint that the radius leaves certain; 0 where the ball may
  /// hold zero.
  public var accurateBits: Int {
    if radius.isZero { return precision }
    guard radius.coefficient.isFinite, let exponent = midpoint.exponent else { return 0 }
    let n = radius.normalised
    return min(max(exponent - n.exponent - 1, 0), precision)
  }
}
