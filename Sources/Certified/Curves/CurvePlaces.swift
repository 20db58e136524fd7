import Arbitrary
import Exact

/// Places of a curve on lines, refined as ``BoundaryTrace`` refines its points: for measurements of what that
/// costs.
package struct CurvePlaces<Curve: PlaneCurve>: Sendable {
  private let refinement: CurveRefinement<Curve>

  /// - Throws: ``RootError/badInput(_:)`` for a box that is too small.
  package init(
    _ curve: Curve, in box: PlaneBox, xMap: CoordinateMap? = nil, yMap: CoordinateMap? = nil
  ) throws {
    let frame = CurveFrame(
      x: try FrameAxis(box.xLower, box.xUpper, map: xMap),
      y: try FrameAxis(box.yLower, box.yUpper, map: yMap))
    refinement = CurveRefinement(curve: curve, frame: frame)
  }

  /// The one place between two bounds of the horizontal coordinate where the vertical one has a value; nil
  /// where the function has one sign at both bounds or the digits are not reached.
  package func place(
    atHeight y: Rational, from lower: Rational, to upper: Rational, digits: Int
  ) throws -> Interval? {
    let (x, yMap) = (refinement.frame.x, refinement.frame.y.map)
    func coordinate(_ t: Rational) -> Double {
      let point = Interval(t, precision: 96)
      return (x.map?.forward(point, 96) ?? point).midpoint.approximateDouble
    }
    let ends = [coordinate(lower), coordinate(upper)].sorted()
    let line = CurveRefinement<Curve>.Line(axis: .y, exact: yMap == nil ? y : nil) { precision in
      let point = Interval(y, precision: precision)
      return yMap?.forward(point, precision) ?? point
    }
    let signs = try ends.map {
      try refinement.curve.value(x: Interval($0), y: line.fixed(128), precision: 128).certainSign
    }
    guard let below = signs[0], let above = signs[1], below * above == -1 else { return nil }
    let found = try refinement.place(
      line, from: ends[0], to: ends[1], signBelow: below, digits: digits)
    switch found {
    case .enclosed(let interval)?: return interval
    case .exact(let value)?: return Interval(value, precision: digits * 4 + 64)
    default: return nil
    }
  }
}
