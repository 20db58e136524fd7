import Arbitrary
import Exact
import Foundation

/// What lies to the left and to the right.
extension CurveBoundary {
  /// Points on both sides of a section, near one of its own.
  func sides(_ section: Section, _ tasks: [Task], _ signOnLeft: Int) -> (
    left: Boundary.Place, right: Boundary.Place
  )? {
    var candidates: [(Int, Double)] = []
    for task in section.tasks.dropFirst(section.isFirst ? 0 : 1).dropLast(section.isLast ? 0 : 1) {
      if case .onArc(let arc, let t) = tasks[task] { candidates.append((arc, t)) }
    }
    for part in section.parts where section.isWhole {
      let arc = arcs[chains[section.chain].arcs[part].arc]
      let (a, b) = (nodes[arc.first].bounds(arc.axis).upper, nodes[arc.last].bounds(arc.axis).lower)
      candidates.append((chains[section.chain].arcs[part].arc, a + (b - a) * 0.4871))
    }
    // From the middle outward.
    let middle = candidates.count / 2
    let order = candidates.indices.sorted { abs($0 - middle) < abs($1 - middle) }
    for position in order.prefix(8) {
      let (arc, t) = (arcs[candidates[position].0], candidates[position].1)
      let (low, high) = (arc.cell.low(arc.axis.other), arc.cell.high(arc.axis.other))
      let middle = across(arc, t, low, high)
      for shift in [3.0, 5, 9, 14, 20] {
        let margin = (high - low) * Foundation.exp2(-shift)
        let (p, q) = (max(middle - margin, low), min(middle + margin, high))
        guard p < middle, middle < q, lines.sign(arc.axis, t, at: p) == -arc.slope,
          lines.sign(arc.axis, t, at: q) == arc.slope, isClear(arc.axis, t, p, q)
        else { continue }
        let (below, above) = (place(arc.axis, t, p), place(arc.axis, t, q))
        return signOnLeft == arc.slope ? (above, below) : (below, above)
      }
    }
    return nil
  }

  /// Whether the asked plane is the mirror image of the curve's.
  var isMirrored: Bool {
    (job.xMap?.isDecreasing == true) != (job.yMap?.isDecreasing == true)
  }

  /// Whether no other curve meets a part of a line.
  func isClear(_ axis: PlaneAxis, _ t: Double, _ p: Double, _ q: Double) -> Bool {
    let (u, v) = (frame.axis(axis).bounds(t), frame.axis(axis.other).bounds(p, q))
    return job.curves.indices.allSatisfy { other in
      if other == index { return true }
      let all =
        axis == .x ? job.curves[other].enclose(x: u, y: v) : job.curves[other].enclose(x: v, y: u)
      return all.value.sign != nil
    }
  }

  func place(_ axis: PlaneAxis, _ t: Double, _ s: Double) -> Boundary.Place {
    func asked(_ side: FrameAxis, _ c: Double) -> Interval {
      if let end = side.asked(c) { return Interval(end, precision: 192) }
      return side.map?.inverse(Interval(c, precision: 192), 192) ?? Interval(c)
    }
    let (along, across) = (asked(frame.axis(axis), t), asked(frame.axis(axis.other), s))
    return axis == .x ? Boundary.Place(x: along, y: across) : Boundary.Place(x: across, y: along)
  }
}
