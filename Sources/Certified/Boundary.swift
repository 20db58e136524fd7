import Algebra
import Arbitrary
import Exact

/// A coordinate of a certified point.
public enum CertifiedCoordinate: Sendable, Hashable {
  /// The coordinate is this number.
  case exact(Rational)
  /// The coordinate lies in the interval.
  case enclosed(Interval)

  /// The coordinate as a decimal of which every digit is right, the last one rounded; nil where the
  /// interval is too wide for that.
  public func text(digits: Int) -> String? {
    switch self {
    case .exact(let value): Decimal.digits(of: value, significant: digits)
    case .enclosed(let interval): Decimal.digits(of: interval, significant: digits)
    }
  }

  /// The coordinate as an interval.
  public func interval(precision: Int) -> Interval {
    switch self {
    case .exact(let value): Interval(value, precision: precision)
    case .enclosed(let interval): interval
    }
  }

  /// A number near the coordinate, for drawing.
  public var approximateDouble: Double {
    switch self {
    case .exact(let value): value.approximateDouble
    case .enclosed(let interval): interval.midpoint.approximateDouble
    }
  }
}

/// A rectangle with exact corners.
public struct PlaneBox: Sendable, Hashable {
  public let xLower: Rational
  public let xUpper: Rational
  public let yLower: Rational
  public let yUpper: Rational

  /// The rectangle [xLower, xUpper] × [yLower, yUpper].
  public init(x xLower: Rational, _ xUpper: Rational, y yLower: Rational, _ yUpper: Rational) {
    self.xLower = xLower
    self.xUpper = xUpper
    self.yLower = yLower
    self.yUpper = yUpper
  }

  /// Whether the rectangle holds all of x × y.
  func contains(_ x: Interval, _ y: Interval) -> Bool {
    guard let a = x.lower.compare(xLower), let b = x.upper.compare(xUpper),
      let c = y.lower.compare(yLower), let d = y.upper.compare(yUpper)
    else { return false }
    return a >= 0 && b <= 0 && c >= 0 && d <= 0
  }

  /// Whether the rectangles have a point in common.
  func meets(_ other: PlaneBox) -> Bool {
    xLower <= other.xUpper && other.xLower <= xUpper && yLower <= other.yUpper
      && other.yLower <= yUpper
  }

  /// The least rectangle around both.
  func union(_ other: PlaneBox) -> PlaneBox {
    PlaneBox(
      x: min(xLower, other.xLower), max(xUpper, other.xUpper), y: min(yLower, other.yLower),
      max(yUpper, other.yUpper))
  }
}

/// A boundary in a box of the plane, as ordered certified points.
///
/// **Guarantee:** every point of the curve in the box lies on one of ``components``, is one of
/// ``isolatedPoints``, or lies in one of ``uncertain``. On every listed point each coordinate is exact or
/// enclosed, and the enclosure holds exactly one place of the curve on the line through the other. A component is one
/// connected arc or closed loop without self-crossings: its ends lie on edges of the box or of uncertain rectangles.
public struct Boundary: Sendable {
  /// A point of the curve.
  public struct Point: Sendable, Hashable {
    public let x: CertifiedCoordinate
    public let y: CertifiedCoordinate
  }

  /// A rectangle, in the curve's own coordinates, in which the function is strictly monotone across
  /// `axis`, so that the curve is a graph over it.
  public struct Arc: Sendable, Hashable {
    public let axis: PlaneAxis
    public let box: PlaneBox
  }

  /// A connected part of one of the curves, cut where another may cross it.
  public struct Component: Sendable {
    /// The points in order along the curve; for a closed one the first is not repeated.
    public let points: [Point]
    /// The proved rectangles, in order; each meets the next one in a point of the curve.
    public let arcs: [Arc]
    /// The index of the curve, of those traced, that it belongs to.
    public let curve: Int
    public let isClosed: Bool
    /// Whether the first point lies on an edge of the box.
    public let startsOnEdge: Bool
    /// Whether the last point lies on an edge of the box.
    public let endsOnEdge: Bool
    /// The sign of the function to the left of the way along the points, all along; nil for an edge of the box
    /// that lies on the curve.
    public let signOnLeft: Int?
    /// Points, in the asked coordinates, next to the component on its left and on its right: between them and the
    /// component there is no other place of any curve. Nil where none were found.
    public let sides: (left: Place, right: Place)?
  }

  /// A point that lies in these intervals.
  public struct Place: Sendable, Hashable {
    public let x: Interval
    public let y: Interval
  }

  /// A point at which the function and both of its slopes vanish, exactly.
  public struct SingularPoint: Sendable, Hashable {
    public let x: CertifiedCoordinate
    public let y: CertifiedCoordinate
    /// The curve's own coordinates where they are known as exact numbers.
    public let exactX: AlgebraicNumber?
    public let exactY: AlgebraicNumber?
    /// The number of branches that leave it; where that is not proved, of those that leave the box of
    /// ``Boundary/uncertain`` around it, or nil.
    public let branches: Int?
    /// Whether the curve near it is proved to be so many branches and nothing else.
    public let isProved: Bool
  }

  /// A point at which a coordinate has a local extremum along a component.
  public struct Tip: Sendable {
    /// The coordinate.
    public let axis: PlaneAxis
    /// Whether it is a maximum; nil where that was not decided.
    public let isMaximum: Bool?
    public let point: PlanarPoint
    /// The component's index.
    public let component: Int
    /// Whether it lies on an edge of the box, beyond which the curve turns; nil where that was not decided.
    public let isOnEdge: Bool?
  }

  /// A point at which two of the curves cross, with different tangents.
  public struct Crossing: Sendable {
    /// The indices of the curves.
    public let curves: (Int, Int)
    public let point: PlanarPoint
  }

  /// A rectangle in which tips or crossings were not told.
  public struct Undecided: Sendable {
    public enum Kind: Sendable, Hashable {
      /// A coordinate may have extrema here; `isProved` where it has one at least, as at a corner of the curve.
      case tips(PlaneAxis, isProved: Bool)
      /// Two curves may meet, touch or run side by side.
      case crossings(Int, Int)
    }
    public let kind: Kind
    public let box: PlaneBox
  }

  /// The areas of the two sides of a condition inside the box, as enclosures.
  public struct Areas: Sendable, Hashable {
    /// Where the condition holds.
    public let holds: Interval
    /// The rest of the box.
    public let fails: Interval
  }

  public let box: PlaneBox
  public internal(set) var components: [Component] = []
  /// Points at which the curve meets the box from outside.
  public internal(set) var isolatedPoints: [Point] = []
  /// Points at which the curve crosses itself, has a cusp, or which are isolated points of it.
  public internal(set) var singularPoints: [SingularPoint] = []
  /// Rectangles in which nothing was proved, such as those around singular points.
  public internal(set) var uncertain: [PlaneBox] = []
  /// All tips of the components outside of ``uncertain`` and ``undecided``, where ``BoundaryDetails/tips`` were asked.
  public internal(set) var tips: [Tip] = []
  /// All points at which two of the curves meet outside of ``uncertain`` and ``undecided``, where
  /// ``BoundaryDetails/crossings`` were asked.
  public internal(set) var crossings: [Crossing] = []
  public internal(set) var undecided: [Undecided] = []
  /// Where ``BoundaryTrace/holds`` says what the condition is.
  public internal(set) var areas: Areas?

  init(box: PlaneBox) { self.box = box }
}
