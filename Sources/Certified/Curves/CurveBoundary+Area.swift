import Arbitrary
import Dispatch
import Exact
import Synchronization

/// ∫ (X - X₀) dY along chains, X₀ the left edge of the rectangle, for areas by Green's theorem.
extension CurveBoundary {
  /// A place on an arc, as bounds of the asked coordinates.
  struct Vertex {
    let x: DoubleInterval
    let y: DoubleInterval
  }

  /// Nodes with bounds as near as doubles go.
  func sharpNodes() -> [CurveNode] {
    let results = Mutex(nodes)
    let parts = min(max(nodes.count, 1), 32)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      var own: [(Int, CurveNode)] = []
      for index in stride(from: part, to: nodes.count, by: parts) {
        var node = nodes[index]
        while lines.halve(&node) {}
        own.append((index, node))
      }
      results.withLock { all in for (index, node) in own { all[index] = node } }
    }
    return results.withLock { $0 }
  }

  func vertex(_ node: CurveNode) -> Vertex {
    let fixed = frame.axis(node.line).asked(bounds: node.value)
    let free = frame.axis(node.line.other)
    let other = free.asked(bounds: node.lower).union(free.asked(bounds: node.upper))
    return node.line == .x ? Vertex(x: fixed, y: other) : Vertex(x: other, y: fixed)
  }

  /// The integral along a section in the direction of its chain, and how Y changes.
  func integral(
    _ section: Section, _ sharp: [CurveNode], tolerance: Double, limit: Int
  ) -> (value: DoubleInterval, rise: DoubleInterval) {
    let chain = chains[section.chain]
    let origin = DoubleInterval(frame.x.range.lower)
    var value = DoubleInterval.zero
    var (first, last): (Vertex?, Vertex?)
    for part in section.parts {
      let (index, isForward) = chain.arcs[part]
      let arc = arcs[index]
      let integrator = ArcIntegral(curve: curve, frame: frame, arc: arc)
      let along = frame.axis(arc.axis)
      func cut(_ t: Double) -> (Vertex, low: Double, high: Double) {
        let v = integrator.tube(along.bounds(t), from: integrator.wholeAcross).across
        let (p, q) = (along.asked(bounds: t), frame.axis(arc.axis.other).asked(v))
        return (arc.axis == .x ? Vertex(x: p, y: q) : Vertex(x: q, y: p), t, t)
      }
      func end(_ node: CurveNode) -> (Vertex, low: Double, high: Double) {
        let bounds = node.bounds(arc.axis)
        return (vertex(node), bounds.lower, bounds.upper)
      }
      // In increasing order of the own coordinate along.
      var (lower, upper) = (end(sharp[arc.first]), end(sharp[arc.last]))
      if part == section.parts.lowerBound, let t = section.cuts.first {
        if isForward { lower = cut(t) } else { upper = cut(t) }
      }
      if part == section.parts.upperBound, let t = section.cuts.last {
        if isForward { upper = cut(t) } else { lower = cut(t) }
      }
      let axisOrigin =
        arc.axis == .y ? origin : DoubleInterval(frame.y.range.lower)
      var own = integrator.over(
        lower.high, upper.low, origin: axisOrigin, tolerance: tolerance, limit: limit)
      // From the ends themselves, known to within a rounding, to where the pieces begin.
      for (low, high) in [(lower.low, lower.high), (upper.low, upper.high)] where low < high {
        let v = integrator.tube(along.bounds(low, high), from: integrator.wholeAcross).across
        let range = frame.axis(arc.axis.other).asked(v) - axisOrigin
        let step = along.asked(bounds: high) - along.asked(bounds: low)
        own = own + (range * step).union(.zero)
      }
      let (p, q) = (lower.0, upper.0)
      if arc.axis == .x {
        // By parts.
        let floor = DoubleInterval(frame.y.range.lower)
        own = (q.x - origin) * (q.y - floor) - (p.x - origin) * (p.y - floor) - own
      }
      value = value + (isForward ? own : -own)
      if first == nil { first = isForward ? p : q }
      last = isForward ? q : p
    }
    guard let first, let last else { return (value, .zero) }
    return (value, last.y - first.y)
  }

  /// A bound of ∫ |dY| along a section.
  func variation(_ section: Section) -> Double {
    section.parts.reduce(0) { total, part in
      let arc = arcs[chains[section.chain].arcs[part].arc]
      return total
        + ArcIntegral(curve: curve, frame: frame, arc: arc).variation(
          nodes[arc.first].bounds(arc.axis).lower, nodes[arc.last].bounds(arc.axis).upper,
          isMonotone: arc.isMonotone)
    }
  }

  /// A bound of ∫ |dY| over the parts of a section's chain on which other curves may lie.
  func looseVariation(_ section: Section) -> Double {
    section.loose.reduce(0) { total, part in
      let arc = arcs[part.arc]
      return total
        + ArcIntegral(curve: curve, frame: frame, arc: arc).variation(
          part.lower, part.upper, isMonotone: arc.isMonotone)
    }
  }
}
