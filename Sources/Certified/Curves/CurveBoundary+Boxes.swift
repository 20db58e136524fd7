import Arbitrary
import Exact

/// Rectangles around arcs and cells, and what is known of singular points in them.
extension CurveBoundary {
  /// The singular point of a cluster, and whether all is proved of the curve there.
  func singularity(_ cell: CurveCell) -> (point: Boundary.SingularPoint?, isProved: Bool) {
    func asked(_ value: Rational, _ axis: FrameAxis) -> CertifiedCoordinate {
      guard let map = axis.map else { return .exact(value) }
      let precision = job.digits * 10 / 3 + 96
      return .enclosed(map.inverse(Interval(value, precision: precision), precision))
    }
    func point(_ x: Rational, _ y: Rational, _ branches: Int?, _ isProved: Bool) -> (
      Boundary.SingularPoint?, Bool
    ) {
      let point = Boundary.SingularPoint(
        x: asked(x, frame.x), y: asked(y, frame.y), branches: branches, isProved: isProved)
      return (point, isProved)
    }
    switch CurveSingularity(lines: lines, cell: cell).find() {
    case .nothing: return (nil, false)
    case .isolated(let x, let y): return point(x, y, 0, true)
    case .crossing(let x, let y): return point(x, y, 4, true)
    case .singular(let x, let y, let branches): return point(x, y, branches, false)
    }
  }

  /// A rectangle of the curve's own coordinates.
  func cellBox(_ cell: CurveCell) -> PlaneBox {
    func number(_ axis: FrameAxis, _ c: Double, _ isLower: Bool) -> Rational {
      if let exact = axis.exact(c) { return exact }
      let bounds = axis.bounds(c)
      return Rational(exactly: isLower ? bounds.lower : bounds.upper) ?? .zero
    }
    return PlaneBox(
      x: number(frame.x, cell.x0, true), number(frame.x, cell.x1, false),
      y: number(frame.y, cell.y0, true), number(frame.y, cell.y1, false))
  }

  /// A rectangle around an arc: where the function is monotone along both axes, so is the arc, and its
  /// ends bound it.
  func arcBox(_ arc: CurveArc) -> PlaneBox {
    var box = arc.cell
    let (first, last) = (nodes[arc.first], nodes[arc.last])
    for axis in [PlaneAxis.x, .y] where axis == arc.axis || arc.isMonotone {
      let (p, q) = (first.bounds(axis), last.bounds(axis))
      let (low, high) = (min(p.lower, q.lower), max(p.upper, q.upper))
      if axis == .x { (box.x0, box.x1) = (low, high) } else { (box.y0, box.y1) = (low, high) }
    }
    return cellBox(box)
  }

  /// A rectangle of the asked coordinates around a cell.
  func askedBox(_ cell: CurveCell) -> PlaneBox {
    func range(_ axis: FrameAxis, _ a: Double, _ b: Double) -> (Rational, Rational) {
      let box = axis.interval(a, b, precision: 96)
      let asked = axis.map?.inverse(box, 96) ?? box
      let low = Rational(exactly: asked.lower) ?? axis.range.lower
      let high = Rational(exactly: asked.upper) ?? axis.range.upper
      return (max(low, axis.range.lower), min(high, axis.range.upper))
    }
    let (x, y) = (range(frame.x, cell.x0, cell.x1), range(frame.y, cell.y0, cell.y1))
    return PlaneBox(x: x.0, x.1, y: y.0, y.1)
  }
}
