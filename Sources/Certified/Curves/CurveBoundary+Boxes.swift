import Algebra
import Arbitrary
import Exact

/// Rectangles around arcs and cells, and what is known of singular points in them.
extension CurveBoundary {
  /// The singular point of a cluster, and whether all is proved of the curve there.
  ///
  /// - Parameter counter: what proves it where the point is not rational, or the Hessian does not tell.
  func singularity(
    _ cell: CurveCell, _ counter: BranchCounter?
  ) -> (point: Boundary.SingularPoint?, isProved: Bool) {
    func point(
      _ x: AlgebraicNumber, _ y: AlgebraicNumber, _ branches: Int?, _ isProved: Bool
    ) -> (Boundary.SingularPoint?, Bool) {
      let point = Boundary.SingularPoint(
        x: frame.x.certified(x, digits: job.digits), y: frame.y.certified(y, digits: job.digits),
        exactX: x, exactY: y, branches: branches, isProved: isProved)
      return (point, isProved)
    }
    let finding = CurveSingularity(lines: lines, cell: cell).find()
    switch finding {
    case .isolated(let x, let y): return point(AlgebraicNumber(x), AlgebraicNumber(y), 0, true)
    case .crossing(let x, let y): return point(AlgebraicNumber(x), AlgebraicNumber(y), 4, true)
    case .nothing, .singular: break
    }
    if let found = counted(cell, counter) {
      return found.isSingular ? point(found.x, found.y, found.branches, true) : (nil, true)
    }
    if case .singular(let x, let y, let branches) = finding {
      return point(AlgebraicNumber(x), AlgebraicNumber(y), branches, false)
    }
    return (nil, false)
  }

  private func counted(_ cell: CurveCell, _ counter: BranchCounter?) -> BranchCounter.Finding? {
    let (w, h) = (cell.x1 - cell.x0, cell.y1 - cell.y0)
    guard let counter, cell.x0 - w > frame.x.low, cell.x1 + w < frame.x.high,
      cell.y0 - h > frame.y.low, cell.y1 + h < frame.y.high,
      let x0 = Rational(exactly: cell.x0 - w), let x1 = Rational(exactly: cell.x1 + w),
      let y0 = Rational(exactly: cell.y0 - h), let y1 = Rational(exactly: cell.y1 + h)
    else { return nil }
    let whole = CurveCell(x0: frame.x.low, x1: frame.x.high, y0: frame.y.low, y1: frame.y.high)
    return counter.find(x: (x0, x1), y: (y0, y1), within: cellBox(whole))
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

extension FrameAxis {
  /// The asked coordinate of which the own one is this number.
  func certified(_ own: AlgebraicNumber, digits: Int) -> CertifiedCoordinate {
    if map == nil, let rational = own.rational { return .exact(rational) }
    var precision = digits * 10 / 3 + 96
    while true {
      let value = own.interval(precision: precision)
      let asked = map?.inverse(value, precision) ?? value
      if Decimal.digits(of: asked, significant: digits) != nil || precision > 16 * digits + 2048 {
        return .enclosed(asked)
      }
      precision *= 2
    }
  }
}
