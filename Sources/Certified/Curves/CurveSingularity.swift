import Algebra
import Arbitrary
import Exact

/// What is proved of the curve near cells that stayed unresolved.
///
/// A rational point p in the box around them at which F and both slopes vanish exactly is singular. If over the box
/// the Hessian determinant is not zero, p is the only critical point: F' at q is M(q - p) with M in the enclosure of
/// the Hessian.
/// - Positive: F is convex or concave on the box with its extremum 0 at p, an isolated point of the curve.
/// - Negative: a saddle, from which four branches leave. None returns or closes, as a loop encloses an
///   extremum of F, another critical point. So if four places are on the sides of the box, the curve in it
///   is those four branches.
///
/// The determinant is enclosed entrywise, which holds for M as well: its rows are means of the Hessian's.
struct CurveSingularity<Curve: PlaneCurve> {
  let lines: CurveLines<Curve>
  /// The box around the cells.
  let cell: CurveCell

  enum Finding: Sendable {
    /// The curve in the box is this point.
    case isolated(x: Rational, y: Rational)
    /// The curve in the box is four branches that leave this point.
    case crossing(x: Rational, y: Rational)
    /// The point is singular; nothing else is proved. With the number of places of the curve on the sides of the box,
    /// where it is known.
    case singular(x: Rational, y: Rational, branches: Int?)
    case nothing
  }

  func find() -> Finding {
    let frame = lines.frame
    guard let x = Self.simplest(frame.x.bounds(cell.x0, cell.x1)),
      let y = Self.simplest(frame.y.bounds(cell.y0, cell.y1)),
      lines.curve.exactSign(x: x, y: y) == 0, lines.curve.isCritical(x: x, y: y)
    else { return .nothing }
    // A little larger than the cells, so that its sides are away from them.
    let (w, h) = (cell.x1 - cell.x0, cell.y1 - cell.y0)
    let box = CurveCell(
      x0: cell.x0 - 1.0487 * w, x1: cell.x1 + 0.9741 * w, y0: cell.y0 - 1.0263 * h,
      y1: cell.y1 + 0.9893 * h)
    guard box.x0 > frame.x.low, box.x1 < frame.x.high, box.y0 > frame.y.low, box.y1 < frame.y.high
    else { return .singular(x: x, y: y, branches: nil) }
    let branches = try? sides(box)
    let (a, b) = (
      frame.x.interval(box.x0, box.x1, precision: 256),
      frame.y.interval(box.y0, box.y1, precision: 256)
    )
    if let second = lines.curve.secondDerivatives(x: a, y: b, precision: 256) {
      let determinant = second.xx * second.yy - second.xy * second.xy
      if let sign = determinant.certainSign, determinant.isBounded {
        if sign > 0 { return .isolated(x: x, y: y) }
        if sign < 0, branches == 4 { return .crossing(x: x, y: y) }
      }
    }
    return .singular(x: x, y: y, branches: branches)
  }

  private func sides(_ box: CurveCell) throws -> Int {
    var count = 0
    for axis in [PlaneAxis.x, .y] {
      for value in [box.low(axis), box.high(axis)] {
        count += try lines.crossings(
          axis, value, from: box.low(axis.other), to: box.high(axis.other), isMonotone: false
        ).count
      }
    }
    return count
  }

  private static func simplest(_ bounds: DoubleInterval) -> Rational? {
    if bounds.containsZero { return .zero }
    guard let a = Rational(exactly: bounds.lower), let b = Rational(exactly: bounds.upper), a < b
    else { return nil }
    return RationalSample.simplest(between: a, and: b)
  }
}
