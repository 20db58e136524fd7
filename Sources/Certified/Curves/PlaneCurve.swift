import Algebra
import Arbitrary
import Exact

/// One of the two coordinates of a plane.
public enum PlaneAxis: String, Sendable, Hashable {
  case x, y

  /// The other one.
  public var other: PlaneAxis { self == .x ? .y : .x }
}

/// Enclosures over a rectangle: of all values of a function and of its partial derivatives.
public struct PlaneEnclosure<Bounds: Sendable>: Sendable {
  public let value: Bounds
  public let dx: Bounds
  public let dy: Bounds

  public init(value: Bounds, dx: Bounds, dy: Bounds) {
    self.value = value
    self.dx = dx
    self.dy = dy
  }

  /// The derivative along an axis.
  @inline(__always)
  public func slope(_ axis: PlaneAxis) -> Bounds { axis == .x ? dx : dy }
}

/// The zero set of a function of two variables.
///
/// The function need not be differentiable. What is asked of the derivatives is that they enclose every
/// difference quotient along their axis inside the rectangle, which a set of slopes at both sides of a
/// corner does.
public protocol PlaneCurve: Sendable {
  /// Enclosures of all values and partial derivatives over x × y.
  ///
  /// Where the function has no value on some of it, or no bounded slopes, they must be
  /// ``Interval/entire``.
  func enclose(
    x: Interval, y: Interval, precision: Int
  ) throws -> (value: Interval, dx: Interval, dy: Interval)

  /// Enclosures of all values over x × y.
  func value(x: Interval, y: Interval, precision: Int) throws -> Interval

  /// The same in doubles, for the many rectangles of a subdivision.
  func enclose(x: DoubleInterval, y: DoubleInterval) -> PlaneEnclosure<DoubleInterval>

  /// The values alone.
  func value(x: DoubleInterval, y: DoubleInterval) -> DoubleInterval

  /// The function as a text of the document language, for certificates.
  func text(_ x: String, _ y: String) -> String

  /// The sign at a point by exact arithmetic; nil where that is not to be had.
  func exactSign(x: Rational, y: Rational) -> Int?

  /// The function along a line, for the refinement of a place on it; nil where that is not to be had.
  ///
  /// - Parameter fixed: an enclosure of the fixed coordinate at a precision.
  func section(
    fixing axis: PlaneAxis, at fixed: @escaping @Sendable (Int) -> Interval
  ) -> LineFunction?

  /// Whether both partial derivatives are proved to vanish at a point.
  func isCritical(x: Rational, y: Rational) -> Bool

  /// Enclosures of the second derivatives; nil where there are none.
  func secondDerivatives(
    x: Interval, y: Interval, precision: Int
  ) -> (xx: Interval, xy: Interval, yy: Interval)?

  /// What counts the branches at points that cells do not resolve; nil where that cannot be had.
  func branchCounter() -> BranchCounter?

  /// Whether ``series(x:y:slope:)`` has an answer.
  static var hasSeries: Bool { get }

  /// The first Taylor coefficients of the function and of its slope along an axis, of functions of one
  /// variable in the places of the coordinates; nil where there are none.
  func series(
    x: TaylorSeries, y: TaylorSeries, slope axis: PlaneAxis
  ) -> (value: TaylorSeries, slope: TaylorSeries)?

  /// A function whose zeros are places at which the derivative along an axis may change its sign; all of
  /// them. Nil where it has none, or vanishes identically.
  func turning(along axis: PlaneAxis) -> Self?

  /// A polynomial in the coordinate along an axis that vanishes at all common zeros; nil where there is
  /// none, or none that is found within so many word operations.
  func eliminant(_ other: Self, along axis: PlaneAxis, limit: Int) -> IntegerPolynomial?

  /// Whether the function is proved to vanish on the whole line.
  func vanishes(fixing axis: PlaneAxis, at value: Rational) -> Bool

  /// A polynomial with the zeros, and their orders, of the function along a line; nil where there is no
  /// such thing.
  func restriction(fixing axis: PlaneAxis, at value: Rational) throws -> IntegerPolynomial?
}

extension PlaneCurve {
  public func section(
    fixing axis: PlaneAxis, at fixed: @escaping @Sendable (Int) -> Interval
  ) -> LineFunction? { nil }

  public func enclose(x: DoubleInterval, y: DoubleInterval) -> PlaneEnclosure<DoubleInterval> {
    guard
      let all = try? enclose(
        x: x.interval(precision: 53), y: y.interval(precision: 53), precision: 64)
    else { return PlaneEnclosure(value: .entire, dx: .entire, dy: .entire) }
    return PlaneEnclosure(
      value: DoubleInterval(all.value), dx: DoubleInterval(all.dx), dy: DoubleInterval(all.dy))
  }

  public func value(x: Interval, y: Interval, precision: Int) throws -> Interval {
    try enclose(x: x, y: y, precision: precision).value
  }

  public func value(x: DoubleInterval, y: DoubleInterval) -> DoubleInterval {
    enclose(x: x, y: y).value
  }

  public func exactSign(x: Rational, y: Rational) -> Int? { nil }

  public func isCritical(x: Rational, y: Rational) -> Bool { false }

  public func secondDerivatives(
    x: Interval, y: Interval, precision: Int
  ) -> (xx: Interval, xy: Interval, yy: Interval)? { nil }

  public func branchCounter() -> BranchCounter? { nil }

  public static var hasSeries: Bool { false }

  public func series(
    x: TaylorSeries, y: TaylorSeries, slope axis: PlaneAxis
  ) -> (value: TaylorSeries, slope: TaylorSeries)? { nil }

  public func turning(along axis: PlaneAxis) -> Self? { nil }

  public func eliminant(
    _ other: Self, along axis: PlaneAxis, limit: Int
  ) -> IntegerPolynomial? { nil }

  public func vanishes(fixing axis: PlaneAxis, at value: Rational) -> Bool { false }

  public func restriction(
    fixing axis: PlaneAxis, at value: Rational
  ) throws -> IntegerPolynomial? { nil }
}
