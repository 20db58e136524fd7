import Arbitrary
import Exact

/// A part of a chain that no other of the traced curves meets inside.
///
/// To its left, all along and near enough, no other curve lies; so what continuous functions that vanish
/// only on the traced curves are there, in sign, they are all along. (Where another curve meets an end of the
/// chain: all but a last piece of 2^-50 of the arc, or of 2^-900 at an end 0.)
struct Section: Sendable {
  let chain: Int
  /// The points to be computed.
  let tasks: Range<Int>
  /// The arcs of the chain that it runs over.
  let parts: ClosedRange<Int>
  let isFirst: Bool
  let isLast: Bool
  /// The coordinates along the first and the last of these arcs at which it is cut; nil where it is not.
  let cuts: (first: Double?, last: Double?)
  /// Parts of its arcs on which other curves may meet it: at its cuts and ends.
  struct Loose: Sendable {
    let arc: Int
    let lower: Double
    let upper: Double
  }
  let loose: [Loose]

  var isWhole: Bool { isFirst && isLast }

  /// Whether it has a place on an arc, given by the arc's position in the chain and the coordinate along.
  func holds(_ part: Int, _ t: Double, isForward: (Int) -> Bool) -> Bool {
    guard parts.contains(part) else { return false }
    if let cut = cuts.first, part == parts.lowerBound, isForward(part) ? t < cut : t > cut {
      return false
    }
    if let cut = cuts.last, part == parts.upperBound, isForward(part) ? t > cut : t < cut {
      return false
    }
    return true
  }

  /// Both, where the other one comes next.
  func joined(_ next: Section) -> Section {
    Section(
      chain: chain, tasks: tasks.lowerBound..<next.tasks.upperBound,
      parts: parts.lowerBound...next.parts.upperBound, isFirst: isFirst, isLast: next.isLast,
      cuts: (cuts.first, next.cuts.last), loose: loose + next.loose)
  }
}

extension CurveBoundary {
  /// Lists the points of a chain at even distances, and cuts the chain where another curve may cross it.
  func plan(_ index: Int, _ spacing: Double, _ tasks: inout [Task]) -> [Section] {
    let chain = chains[index]
    let outlines = outlines[index]
    let whole = outlines.reduce(0) { $0 + ($1.last?.travelled ?? 0) }
    let step = whole / max((whole / spacing).rounded(), chain.isClosed ? 12 : 4)
    var sections: [Section] = []
    var start = tasks.count
    var firstPart = 0
    var cut: Double?
    var loose: [Section.Loose] = []
    tasks.append(.node(chain.nodes[0]))
    var next = step
    var before = 0.0
    for (position, outline) in outlines.enumerated() {
      let part = chain.arcs[position]
      let length = outline.last?.travelled ?? 0
      let ends = (
        position == 0 ? chain.nodes.first : nil,
        position == outlines.count - 1 ? chain.nodes.last : nil
      )
      let meetings = meetings(arcs[part.arc], but: ends)
      var places = meetings.cuts.map { (t: $0, isCut: true) }
      loose += meetings.open.map { Section.Loose(arc: part.arc, lower: $0.0, upper: $0.1) }
      while next < before + length, next < whole - 0.5 * step {
        if let t = value(outline, at: next - before, arcs[part.arc].axis) {
          places.append((t, false))
        }
        next += step
      }
      before += length
      places.sort { part.isForward ? $0.t < $1.t : $0.t > $1.t }
      for place in places {
        tasks.append(.onArc(part.arc, place.t))
        guard place.isCut else { continue }
        sections.append(
          Section(
            chain: index, tasks: start..<tasks.count, parts: firstPart...position,
            isFirst: sections.isEmpty, isLast: false, cuts: (cut, place.t),
            loose: loose))
        loose = []
        start = tasks.count
        firstPart = position
        cut = place.t
        tasks.append(.onArc(part.arc, place.t))
      }
    }
    // A chain that is cut does not show that it is closed: its first point comes again.
    if let last = chain.nodes.last, !chain.isClosed || !sections.isEmpty {
      tasks.append(.node(last))
    }
    sections.append(
      Section(
        chain: index, tasks: start..<tasks.count, parts: firstPart...(outlines.count - 1),
        isFirst: sections.isEmpty, isLast: true, cuts: (cut, nil),
        loose: loose))
    return sections
  }

  /// The number of parts of an arc that are looked at.
  private var pieceLimit: Int { 1000 }

  /// Places along an arc near all points at which another curve may meet it, and the parts in which these lie.
  private func meetings(
    _ arc: CurveArc, but ends: (Int?, Int?)
  ) -> (cuts: [Double], open: [(Double, Double)]) {
    if job.curves.count < 2 { return ([], []) }
    let (first, last) = (nodes[arc.first].bounds(arc.axis), nodes[arc.last].bounds(arc.axis))
    var open: [(a: Double, b: Double)] = []
    var stack = [(first.lower, last.upper, 0)]
    var examined = 0
    while let (a, b, depth) = stack.popLast() {
      examined += 1
      let u = frame.axis(arc.axis).bounds(a, b)
      let v = tube(arc, u)
      if job.curves.indices.allSatisfy({ $0 == index || excludes(job.curves[$0], arc.axis, u, v) })
      {
        continue
      }
      let middle = a + (b - a) / 2
      if depth >= (a == 0 || b == 0 ? 900 : 50) || examined > pieceLimit
        || !(middle > a && middle < b)
      {
        // Neighbours are one place.
        if let known = open.last, known.b >= a {
          open[open.count - 1].b = b
        } else {
          open.append((a, b))
        }
        continue
      }
      stack.append((middle, b, depth + 1))
      stack.append((a, middle, depth + 1))
    }
    // At the ends of a chain nothing is to be cut.
    func isEnd(_ node: Int) -> Bool { node == ends.0 || node == ends.1 }
    let all = open.map { ($0.a, $0.b) }
    open.removeAll {
      ($0.a <= first.upper && isEnd(arc.first)) || ($0.b >= last.lower && isEnd(arc.last))
    }
    // Where curves run side by side, both ends of that part.
    let cuts = open.flatMap { part in
      part.b - part.a > 0x1p-20 * (last.upper - first.lower)
        ? [part.a, part.b].map { min(max($0, first.upper), last.lower) }
        : [part.a + (part.b - part.a) / 2]
    }
    return (cuts, all)
  }

  /// Bounds of the curve across over a part of an arc: two steps of the interval Newton operator.
  func tube(_ arc: CurveArc, _ u: DoubleInterval) -> DoubleInterval {
    var v = frame.axis(arc.axis.other).bounds(
      arc.cell.low(arc.axis.other), arc.cell.high(arc.axis.other))
    for _ in 0..<3 {
      let c = DoubleInterval(point: v.midpoint)
      let all = arc.axis == .x ? curve.enclose(x: u, y: v) : curve.enclose(x: v, y: u)
      let value = arc.axis == .x ? curve.value(x: u, y: c) : curve.value(x: c, y: u)
      guard let next = v.intersection(c - value / all.slope(arc.axis.other)) else { return v }
      v = next
    }
    return v
  }

  func excludes(
    _ other: Curve, _ axis: PlaneAxis, _ u: DoubleInterval, _ v: DoubleInterval
  ) -> Bool {
    let (x, y) = axis == .x ? (u, v) : (v, u)
    let all = other.enclose(x: x, y: y)
    if all.value.sign != nil { return true }
    let (cx, cy) = (DoubleInterval(point: x.midpoint), DoubleInterval(point: y.midpoint))
    let middle = other.value(x: cx, y: cy)
    return (middle + all.dx * (x - cx) + all.dy * (y - cy)).sign != nil
  }
}
