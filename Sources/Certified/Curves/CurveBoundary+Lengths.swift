import Arbitrary
import Exact

/// Ways along arcs, in units of the asked rectangle.
extension CurveBoundary {
  /// The arc as a graph over the other axis; nil where it is none, or shows less there.
  func turned(_ arc: CurveArc) -> CurveArc? {
    guard case .monotone(let x, let y) = leaves[arc.leaf].kind, x != 0, y != 0 else { return nil }
    let (p, q) = (rough(nodes[arc.first]), rough(nodes[arc.last]))
    let width = (asked(q.x, .x) - asked(p.x, .x)).magnitude
    let height = (asked(q.y, .y) - asked(p.y, .y)).magnitude
    let axis: PlaneAxis = height > width ? .y : .x
    if axis == arc.axis { return nil }
    let isSwapped = axis == .x ? p.x > q.x : p.y > q.y
    return CurveArc(
      leaf: arc.leaf, cell: arc.cell, axis: axis, slope: axis == .x ? y : x, isMonotone: true,
      first: isSwapped ? arc.last : arc.first, last: isSwapped ? arc.first : arc.last)
  }

  struct Sample {
    let t: Double
    let x: Double
    let y: Double
    var travelled: Double
  }

  /// A few places along an arc in the direction of its chain, with the way between them in units of the
  /// asked rectangle. Not certified.
  func outline(_ index: Int, _ isForward: Bool) -> [Sample] {
    let arc = arcs[index]
    let (first, last) = (rough(nodes[arc.first]), rough(nodes[arc.last]))
    let (a, b) = arc.axis == .x ? (first.x, last.x) : (first.y, last.y)
    var places = [first]
    let (low, high) = (arc.cell.low(arc.axis.other), arc.cell.high(arc.axis.other))
    for k in 1..<8 {
      let t = between(a, b, Double(k) / 8, arc.axis)
      let s = across(arc, t, low, high)
      places.append(arc.axis == .x ? (t, s) : (s, t))
    }
    places.append(last)
    if !isForward { places.reverse() }
    var samples: [Sample] = []
    for place in places {
      let (x, y) = (asked(place.x, .x), asked(place.y, .y))
      var sample = Sample(t: arc.axis == .x ? place.x : place.y, x: x, y: y, travelled: 0)
      if let before = samples.last {
        let (dx, dy) = (x - before.x, y - before.y)
        sample.travelled = before.travelled + (dx * dx + dy * dy).squareRoot()
      }
      samples.append(sample)
    }
    return samples
  }

  /// The place across at t, by halves in doubles.
  func across(_ arc: CurveArc, _ t: Double, _ low: Double, _ high: Double) -> Double {
    let along = frame.axis(arc.axis).bounds(t)
    func rough(_ s: Double) -> Double {
      let s = frame.axis(arc.axis.other).bounds(s)
      let value =
        arc.axis == .x ? curve.value(x: along, y: s) : curve.value(x: s, y: along)
      return value.midpoint * Double(arc.slope)
    }
    var (a, b) = (low, high)
    var (p, q) = (rough(a), rough(b))
    guard p < 0, q > 0 else { return p >= 0 ? a : b }
    // False position, an end that stays counted half each time (Illinois).
    var side = 0
    var s = a
    for _ in 0..<60 where b - a > 1e-9 * (high - low) {
      let next = a + (b - a) * p / (p - q)
      if (next - s).magnitude < 1e-9 * (high - low) { return next }
      s = next > a && next < b ? next : a + (b - a) / 2
      let value = rough(s)
      if value < 0 {
        (a, p) = (s, value)
        if side < 0 { q /= 2 }
        side = -1
      } else {
        (b, q) = (s, value)
        if side > 0 { p /= 2 }
        side = 1
      }
    }
    return s
  }

  func rough(_ node: CurveNode) -> (x: Double, y: Double) {
    let t = node.lower + (node.upper - node.lower) / 2
    return node.line == .x ? (node.value, t) : (t, node.value)
  }

  /// The asked coordinate in units of its range.
  func asked(_ c: Double, _ axis: PlaneAxis) -> Double {
    let side = frame.axis(axis)
    let (a, b) = (side.range.lower.approximateDouble, side.range.upper.approximateDouble)
    var t = c
    if let map = side.map {
      t =
        side.asked(c)?.approximateDouble
        ?? map.inverse(Interval(c), 64).midpoint.approximateDouble
    }
    return (t - a) / (b - a)
  }

  /// A part of the way from a to b, as the asked coordinate measures it.
  func between(_ a: Double, _ b: Double, _ share: Double, _ axis: PlaneAxis) -> Double {
    guard let map = frame.axis(axis).map else { return a + (b - a) * share }
    func ask(_ c: Double) -> Double {
      frame.axis(axis).asked(c)?.approximateDouble
        ?? map.inverse(Interval(c), 64).midpoint.approximateDouble
    }
    let (p, q) = (ask(a), ask(b))
    let image = map.forward(Interval(p + (q - p) * share), 64).midpoint.approximateDouble
    return min(max(image, min(a, b)), max(a, b))
  }

  /// The coordinate along an arc after a way from its first sample.
  func value(_ outline: [Sample], at way: Double, _ axis: PlaneAxis) -> Double? {
    for (p, q) in zip(outline, outline.dropFirst()) where way <= q.travelled {
      let length = q.travelled - p.travelled
      let share = length > 0 ? (way - p.travelled) / length : 0.5
      return between(p.t, q.t, min(max(share, 0), 1), axis)
    }
    return nil
  }
}
