import Arbitrary

/// Decides by enclosures what a cell is: first in doubles, then, where rounding is what spoils them, with as many
/// bits as the values near a small cell need.
///
/// Values are enclosed by the natural extension and by the mean value form about the middle,
/// F(c) + F_x(B)(x - c_x) + F_y(B)(y - c_y), which holds with enclosures of difference quotients along the axes.
struct CellTest<Curve: PlaneCurve>: Sendable {
  let curve: Curve
  let frame: CurveFrame

  /// What the cell is, which may be a part of a line; nil where nothing is proved.
  ///
  /// - Parameters:
  ///   - depth: how often the rectangle was cut in two for the cell, about.
  ///   - along: the only axis along which monotony counts; both where it is nil.
  func kind(_ cell: CurveCell, depth: Int, along: PlaneAxis? = nil) -> CellKind? {
    let x = frame.x.bounds(cell.x0, cell.x1)
    let y = frame.y.bounds(cell.y0, cell.y1)
    let all = curve.enclose(x: x, y: y)
    if let kind = Self.kind(all, along) { return kind }
    let (cx, cy) = (DoubleInterval(point: x.midpoint), DoubleInterval(point: y.midpoint))
    let middle = curve.value(x: cx, y: cy)
    let change = all.dx * (x - cx) + all.dy * (y - cy)
    if let sign = (middle + change).sign { return .excluded(sign) }
    guard depth >= 8, middle.isBounded, middle.width > 0.05 * change.width else { return nil }
    return precise(cell, depth, along)
  }

  private func precise(_ cell: CurveCell, _ depth: Int, _ along: PlaneAxis?) -> CellKind? {
    let precision = 96 + 3 * depth
    let x = frame.x.interval(cell.x0, cell.x1, precision: precision)
    let y = frame.y.interval(cell.y0, cell.y1, precision: precision)
    let (cx, cy) = (Interval(x.midpoint), Interval(y.midpoint))
    guard let all = try? curve.enclose(x: x, y: y, precision: precision),
      let middle = try? curve.value(x: cx, y: cy, precision: precision)
    else { return nil }
    let value = all.value.intersection(middle + all.dx * (x - cx) + all.dy * (y - cy))
    return Self.kind(
      PlaneEnclosure(
        value: DoubleInterval(value), dx: DoubleInterval(all.dx), dy: DoubleInterval(all.dy)),
      along)
  }

  private static func kind(
    _ all: PlaneEnclosure<DoubleInterval>, _ along: PlaneAxis?
  ) -> CellKind? {
    if let sign = all.value.sign { return .excluded(sign) }
    guard all.value.isBounded else { return nil }
    let dx = all.dx.isBounded && along != .y ? all.dx.sign ?? 0 : 0
    let dy = all.dy.isBounded && along != .x ? all.dy.sign ?? 0 : 0
    return dx != 0 || dy != 0 ? .monotone(x: dx, y: dy) : nil
  }
}
