import Algebra
import Arbitrary
import Exact

/// Tips and crossings as parts of a ``Boundary``.
extension CurveBoundary {
  /// - Parameters:
  ///   - sections: the parts of chains that the components are, in order.
  ///   - start: the index of the first of these components.
  func addTips(to boundary: inout Boundary, _ sections: [Section], from start: Int) throws {
    let found = try tips()
    boundary.undecided += found.open.map {
      Boundary.Undecided(kind: .tips($0.axis, isProved: $0.isProved), box: $0.box)
    }
    var positions: [Int: (chain: Int, part: Int)] = [:]
    for (chain, whole) in chains.enumerated() {
      for (part, arc) in whole.arcs.enumerated() { positions[arc.arc] = (chain, part) }
    }
    for tip in found.tips {
      guard let (chain, part) = positions[tip.arc] else { continue }
      let t = DoubleInterval(tip.place.side(arcs[tip.arc].axis)).midpoint
      let index = sections.firstIndex { section in
        section.chain == chain
          && section.holds(part, t, isForward: { chains[chain].arcs[$0].isForward })
      }
      guard let index else { continue }
      let isOnEdge = edge(tip.point, tip.place)
      if case .outside = isOnEdge { continue }
      boundary.tips.append(
        Boundary.Tip(
          axis: tip.axis, isMaximum: tip.isMaximum, point: tip.point, component: start + index,
          isOnEdge: isOnEdge.isOn))
    }
  }

  /// The points at which another of the traced curves meets this one.
  func addCrossings(with other: Int, to boundary: inout Boundary) throws {
    let found = ArcZeros(self, job.curves[other], arcs: Array(arcs.indices))
    boundary.undecided += CurveClusters.groups(found.open.map(cell(of:))).boxes.map {
      Boundary.Undecided(kind: .crossings(index, other), box: askedBox($0))
    }
    if found.zeros.isEmpty { return }
    let points = CommonZeroPoint(curve, job.curves[other], frame: frame, digits: job.digits)
    for zero in found.zeros {
      let point = try points.point(in: zero.place)
      if case .outside = edge(point, zero.place) { continue }
      boundary.crossings.append(Boundary.Crossing(curves: (index, other), point: point))
    }
  }

  private enum EdgePosition {
    case inside, on, outside, unknown

    var isOn: Bool? {
      switch self {
      case .inside: false
      case .on: true
      default: nil
      }
    }
  }

  /// Where a point lies with respect to the rectangle.
  private func edge(_ point: PlanarPoint, _ place: PlanarBox) -> EdgePosition {
    var isOn = false
    var isUnknown = false
    for axis in [PlaneAxis.x, .y] {
      let side = frame.axis(axis)
      let exact = axis == .x ? point.exactX : point.exactY
      for (end, isLow) in [(side.low, true), (side.high, false)] {
        let own = side.interval(end, precision: 192)
        let distance = place.side(axis) - own
        if let sign = distance.certainSign, sign != 0 {
          if (sign > 0) != isLow { return .outside }
        } else if let exact, let value = side.exact(end) {
          let order = exact.compare(to: value)
          if order == 0 {
            isOn = true
          } else if (order > 0) != isLow {
            return .outside
          }
        } else {
          isUnknown = true
        }
      }
    }
    return isUnknown ? .unknown : isOn ? .on : .inside
  }
}
