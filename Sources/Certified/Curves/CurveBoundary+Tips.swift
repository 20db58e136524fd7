import Arbitrary
import Exact

/// Where one coordinate has a local extremum along the curve.
///
/// In a cell in which F is strictly monotone along x, y has none along an arc there, as F_x does not vanish. Otherwise the
/// arc is a graph over x, and the extrema of y on it are among the zeros of F_x along it, of which ``ArcZeros`` has all. A
/// zero at which the Jacobian of (F, G) is not singular, G being F_x without its factors of even multiplicity, is a
/// simple zero of G along the arc; so F_x changes its sign there, and y has an extremum.
extension CurveBoundary {
  struct FoundTip {
    let axis: PlaneAxis
    let arc: Int
    let place: PlanarBox
    let point: PlanarPoint
    let isMaximum: Bool?
  }

  /// A rectangle in which extrema of a coordinate were not told.
  struct OpenTip {
    let axis: PlaneAxis
    let box: PlaneBox
    /// Whether the derivative has different signs at the ends of a part of the curve, so that there is one at least.
    let isProved: Bool
  }

  func tips() throws -> (tips: [FoundTip], open: [OpenTip]) {
    var tips: [FoundTip] = []
    var open: [OpenTip] = []
    for axis in [PlaneAxis.x, .y] {
      let along = axis.other
      let own = arcs.indices.filter { index in
        guard arcs[index].axis == along,
          case .monotone(let x, let y) = leaves[arcs[index].leaf].kind
        else { return false }
        return (along == .x ? x : y) == 0
      }
      guard !own.isEmpty, let turning = curve.turning(along: along) else { continue }
      let found = ArcZeros(self, turning, arcs: own)
      let groups = CurveClusters.groups(found.open.map(cell(of:)))
      for (group, box) in groups.boxes.enumerated() {
        let isProved = found.open.indices.contains { index in
          let part = found.open[index]
          guard groups.group[index] == group, let a = sign(part.arc, along, at: part.lower),
            let b = sign(part.arc, along, at: part.upper)
          else { return false }
          return a == -b
        }
        open.append(OpenTip(axis: axis, box: askedBox(box), isProved: isProved))
      }
      if found.zeros.isEmpty { continue }
      let points = CommonZeroPoint(curve, turning, frame: frame, digits: job.digits)
      for zero in found.zeros {
        tips.append(
          FoundTip(
            axis: axis, arc: zero.arc, place: zero.place, point: try points.point(in: zero.place),
            isMaximum: isMaximum(zero, axis)))
      }
    }
    return (tips, open)
  }

  /// The sign of the derivative along an axis where an arc over it passes a coordinate.
  private func sign(_ index: Int, _ along: PlaneAxis, at t: Double) -> Int? {
    let arc = arcs[index]
    let u = frame.axis(along).bounds(t)
    let v = tube(arc, u)
    return (along == .x ? curve.enclose(x: u, y: v) : curve.enclose(x: v, y: u)).slope(along).sign
  }

  private func isMaximum(_ zero: ArcZeros<Curve>.Zero, _ axis: PlaneAxis) -> Bool? {
    let along = axis.other
    let arc = arcs[zero.arc]
    let (first, last) = (
      nodes[arc.first].bounds(along).upper, nodes[arc.last].bounds(along).lower
    )
    let (box, place) = (
      DoubleInterval(zero.box.side(along)), DoubleInterval(zero.place.side(along))
    )
    let isFlipped = frame.axis(axis).map?.isDecreasing == true
    for share in [0.5, 0.9, 0.99] {
      let after = place.upper + (min(box.upper, last) - place.upper) * share
      let before = place.lower + (max(box.lower, first) - place.lower) * share
      for (t, side) in [(after, 1), (before, -1)] {
        guard t > first, t < last, side > 0 ? t > place.upper : t < place.lower,
          let sign = sign(zero.arc, along, at: t)
        else { continue }
        // ds/dt = -F_t/F_s: positive after a minimum.
        return (-sign * arc.slope * side < 0) != isFlipped
      }
    }
    return nil
  }

  /// A rectangle of the curve's own coordinates around a part of an arc.
  func cell(of part: ArcZeros<Curve>.Part) -> CurveCell {
    let arc = arcs[part.arc]
    let v = tube(arc, frame.axis(arc.axis).bounds(part.lower, part.upper))
    return arc.axis == .x
      ? CurveCell(x0: part.lower, x1: part.upper, y0: v.lower, y1: v.upper)
      : CurveCell(x0: v.lower, x1: v.upper, y0: part.lower, y1: part.upper)
  }
}
