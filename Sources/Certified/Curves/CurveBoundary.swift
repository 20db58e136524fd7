import Algebra
import Arbitrary
import Dispatch
import Exact
import Foundation
import Synchronization

/// Points on the pieces of a curve, and the whole as a ``Boundary``.
struct CurveBoundary<Curve: PlaneCurve>: Sendable {
  let job: BoundaryTrace<Curve>
  let curve: Curve
  let index: Int
  let frame: CurveFrame
  let refinement: CurveRefinement<Curve>
  let lines: CurveLines<Curve>
  let leaves: [CurveSubdivision<Curve>.Leaf]
  let unresolved: Set<Int>
  let nodes: [CurveNode]
  private(set) var arcs: [CurveArc]
  private(set) var chains: [CurveChain]
  /// The arcs as they were found, for the certificate.
  let foundArcs: [CurveArc]
  let isolated: [Int]
  let clusters: [CurveCell]
  /// The cluster at which a node's chain stops.
  let clusterOfNode: [Int: Int]
  let edgesOnCurve: [(line: PlaneAxis, value: Double)]

  /// A few places along every arc of every chain.
  private(set) var outlines: [[[Sample]]] = []

  init(job: BoundaryTrace<Curve>, index: Int, structure: CurveArcs<Curve>) {
    self.job = job
    self.index = index
    curve = job.curves[index]
    lines = structure.lines
    frame = structure.lines.frame
    refinement = CurveRefinement(curve: job.curves[index], frame: frame, control: job.control)
    nodes = structure.nodes.map { node in
      var node = node
      let start = node.upper - node.lower
      while node.upper - node.lower > 0x1p-20 * start, structure.lines.halve(&node) {}
      return node
    }
    arcs = structure.arcs
    foundArcs = structure.arcs
    leaves = structure.leaves
    unresolved = structure.unresolved
    chains = structure.chains
    isolated = structure.isolated
    edgesOnCurve = structure.edgesOnCurve
    let unresolved = structure.unresolved.sorted()
    let groups = CurveClusters.groups(unresolved.map { structure.leaves[$0].cell })
    clusters = groups.boxes
    var byLeaf: [Int: Int] = [:]
    for (position, leaf) in unresolved.enumerated() { byLeaf[leaf] = groups.group[position] }
    clusterOfNode = structure.joints.compactMapValues { $0.first.flatMap { byLeaf[$0] } }
    // An arc that is a graph over both axes is followed along the one on which the asked rectangle shows more of it.
    for chain in chains.indices {
      for part in chains[chain].arcs.indices {
        let (index, isForward) = chains[chain].arcs[part]
        guard let turned = turned(arcs[index]) else { continue }
        if turned.first != arcs[index].first { chains[chain].arcs[part].isForward = !isForward }
        arcs[index] = turned
      }
    }
    outlines = chains.map { chain in chain.arcs.map { outline($0.arc, $0.isForward) } }
  }

  /// One point to be computed.
  enum Task {
    case node(Int)
    /// On an arc, at about this value of the coordinate along.
    case onArc(Int, Double)
  }

  /// The length of all chains in units of the asked rectangle, about.
  var length: Double {
    Double(edgesOnCurve.count)
      + outlines.reduce(0) { $1.reduce($0) { $0 + ($1.last?.travelled ?? 0) } }
  }

  func components(
    spacing: Double
  ) throws -> (
    components: [Boundary.Component], isolated: [Boundary.Point],
    onArcs: [(arc: Int, point: Boundary.Point)]
  ) {
    var tasks: [Task] = []
    var sections: [Section] = []
    for index in chains.indices { sections += plan(index, spacing, &tasks) }
    let isolatedRange = tasks.count..<(tasks.count + isolated.count)
    tasks += isolated.map { .node($0) }
    let points = try compute(tasks)
    var components: [Boundary.Component] = []
    var planned:
      [(section: Section, left: Int, sides: (left: Boundary.Place, right: Boundary.Place)?)] = []
    for section in sections {
      let chain = chains[section.chain]
      let first = chain.arcs[0]
      let arc = arcs[first.arc]
      // Forward along x the greater y lie to the left, forward along y the lesser x.
      var left = arc.axis == .x ? arc.slope : -arc.slope
      if !first.isForward { left = -left }
      if isMirrored { left = -left }
      let sides = sides(section, tasks, left)
      // Neighbours of which nothing is known are one.
      if sides == nil, let last = planned.last, last.sides == nil,
        last.section.chain == section.chain
      {
        planned[planned.count - 1].section = last.section.joined(section)
      } else {
        planned.append((section, left, sides))
      }
    }
    for (section, left, sides) in planned {
      let chain = chains[section.chain]
      var own = points[section.tasks].compactMap { $0 }
      for index in own.indices.dropFirst().reversed() where own[index] == own[index - 1] {
        own.remove(at: index)
      }
      components.append(
        Boundary.Component(
          points: own,
          arcs: chain.arcs[section.parts].map {
            Boundary.Arc(axis: arcs[$0.arc].axis, box: arcBox(arcs[$0.arc]))
          },
          curve: self.index, isClosed: chain.isClosed && section.isWhole,
          startsOnEdge: section.isFirst && isOnEdge(chain.nodes.first),
          endsOnEdge: section.isLast && isOnEdge(chain.nodes.last), signOnLeft: left, sides: sides))
    }
    components += try edgesOnCurve.map { try straight($0.line, $0.value, spacing) }
    var onArcs: [(arc: Int, point: Boundary.Point)] = []
    for (task, point) in zip(tasks, points) {
      if case .onArc(let arc, _) = task, let point { onArcs.append((arc, point)) }
    }
    return (components, points[isolatedRange].compactMap { $0 }, onArcs)
  }

  private func isOnEdge(_ node: Int?) -> Bool { node.map { nodes[$0].isOnEdge } ?? false }

  // MARK: Sides

  /// Points on both sides of a section, near one of its own.
  private func sides(_ section: Section, _ tasks: [Task], _ signOnLeft: Int) -> (
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
  private var isMirrored: Bool {
    (job.xMap?.isDecreasing == true) != (job.yMap?.isDecreasing == true)
  }

  /// Whether no other curve meets a part of a line.
  private func isClear(_ axis: PlaneAxis, _ t: Double, _ p: Double, _ q: Double) -> Bool {
    let (u, v) = (frame.axis(axis).bounds(t), frame.axis(axis.other).bounds(p, q))
    return job.curves.indices.allSatisfy { other in
      if other == index { return true }
      let all =
        axis == .x ? job.curves[other].enclose(x: u, y: v) : job.curves[other].enclose(x: v, y: u)
      return all.value.sign != nil
    }
  }

  private func place(_ axis: PlaneAxis, _ t: Double, _ s: Double) -> Boundary.Place {
    func asked(_ side: FrameAxis, _ c: Double) -> Interval {
      if let end = side.asked(c) { return Interval(end, precision: 192) }
      return side.map?.inverse(Interval(c, precision: 192), 192) ?? Interval(c)
    }
    let (along, across) = (asked(frame.axis(axis), t), asked(frame.axis(axis.other), s))
    return axis == .x ? Boundary.Place(x: along, y: across) : Boundary.Place(x: across, y: along)
  }

  // MARK: Lengths

  /// The arc as a graph over the other axis; nil where it is none, or shows less there.
  private func turned(_ arc: CurveArc) -> CurveArc? {
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
  private func outline(_ index: Int, _ isForward: Bool) -> [Sample] {
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

  private func rough(_ node: CurveNode) -> (x: Double, y: Double) {
    let t = node.lower + (node.upper - node.lower) / 2
    return node.line == .x ? (node.value, t) : (t, node.value)
  }

  /// The asked coordinate in units of its range.
  private func asked(_ c: Double, _ axis: PlaneAxis) -> Double {
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
  private func between(_ a: Double, _ b: Double, _ share: Double, _ axis: PlaneAxis) -> Double {
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

  // MARK: Points

  private func compute(_ tasks: [Task]) throws -> [Boundary.Point?] {
    if tasks.isEmpty { return [] }
    let results = Mutex<[Boundary.Point?]>(Array(repeating: nil, count: tasks.count))
    let failure = Mutex<(any Error)?>(nil)
    let control = job.control
    control.begin(
      .points, total: tasks.count, curve: index + 1, curves: job.curves.count)
    // Neighbours cost about the same: each part takes every n-th.
    let parts = min(tasks.count, 64)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      for task in stride(from: part, to: tasks.count, by: parts) {
        if control.isCancelled || failure.withLock({ $0 != nil }) { return }
        let memory = PlaceMemory(control.checkpoint, curve: index, task: task)
        do {
          let point =
            switch tasks[task] {
            case .node(let node): try self.point(at: nodes[node], memory)
            case .onArc(let arc, let t): try self.point(on: arcs[arc], near: t, memory)
            }
          results.withLock { $0[task] = point }
        } catch {
          failure.withLock { $0 = error }
        }
        control.advance(done: 1)
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    try control.throwIfCancelled()
    return results.withLock { $0 }
  }

  /// The point of an arc whose coordinate along is a short decimal near t in the asked coordinates.
  private func point(
    on arc: CurveArc, near t: Double, _ memory: PlaceMemory
  ) throws -> Boundary.Point? {
    let along = frame.axis(arc.axis)
    func end(_ node: CurveNode) -> (lower: Double, upper: Double) {
      node.line == arc.axis ? (node.value, node.value) : (node.lower, node.upper)
    }
    let (a, b) = (end(nodes[arc.first]).upper, end(nodes[arc.last]).lower)
    guard a < b, let exact = decimal(along, a, b, near: t) else { return nil }
    let line = CurveRefinement<Curve>.Line(
      axis: arc.axis, exact: along.map == nil ? exact : nil
    ) { precision in
      let point = Interval(exact, precision: precision)
      return along.map?.forward(point, precision) ?? point
    }
    let across = arc.axis.other
    guard
      let place = try refinement.place(
        line, from: arc.cell.low(across), to: arc.cell.high(across), signBelow: -arc.slope,
        digits: job.digits, memory)
    else { return nil }
    return arc.axis == .x
      ? Boundary.Point(x: .exact(exact), y: place) : Boundary.Point(x: place, y: .exact(exact))
  }

  /// A short decimal of the asked coordinate whose image lies between a and b, near that of t.
  private func decimal(_ axis: FrameAxis, _ a: Double, _ b: Double, near t: Double) -> Rational? {
    func ask(_ c: Double) -> Rational? {
      if let end = axis.asked(c) { return end }
      guard let map = axis.map else { return Rational(exactly: c) }
      return Rational(exactly: map.inverse(Interval(c, precision: 96), 96).midpoint)
    }
    guard let p = ask(a), let q = ask(b), let middle = ask(min(max(t, a), b)) else { return nil }
    let (low, high) = (min(p, q), max(p, q))
    var scale = Rational.one
    let ten = Rational(10)
    var rounds = 0
    while (high - low) * scale < Rational(20_000), rounds < 400 {
      scale = scale * ten
      rounds += 1
    }
    guard let short = try? Rational((middle * scale).floor) / scale else { return nil }
    let exact = short > low && short < high ? short : middle
    return exact >= low && exact <= high ? exact : nil
  }

  /// A node with all the digits asked.
  private func point(at node: CurveNode, _ memory: PlaceMemory) throws -> Boundary.Point? {
    let fixed = frame.axis(node.line)
    let exact: CertifiedCoordinate =
      fixed.asked(node.value).map { .exact($0) }
      ?? inverse(fixed, node.value)
    let other = try place(of: node, memory)
    guard let other else { return nil }
    return node.line == .x
      ? Boundary.Point(x: exact, y: other) : Boundary.Point(x: other, y: exact)
  }

  private func inverse(_ axis: FrameAxis, _ c: Double) -> CertifiedCoordinate {
    guard let map = axis.map else {
      return Rational(exactly: c).map { .exact($0) } ?? .enclosed(Interval(c))
    }
    let precision = job.digits * 10 / 3 + 96
    return .enclosed(map.inverse(Interval(c, precision: precision), precision))
  }

  private func place(of node: CurveNode, _ memory: PlaceMemory) throws -> CertifiedCoordinate? {
    let free = frame.axis(node.line.other)
    if node.kind == .corner { return free.asked(node.lower).map { .exact($0) } }
    let fixed = frame.axis(node.line)
    if node.isOnEdge, let exact = fixed.exact(node.value), free.map == nil,
      let polynomial = try curve.restriction(fixing: node.line, at: exact),
      let a = free.exact(node.lower), let b = free.exact(node.upper)
    {
      return try algebraic(polynomial, a, b)
    }
    guard node.kind == .crossing else { return nil }
    let value = node.value
    let line = CurveRefinement<Curve>.Line(axis: node.line, exact: fixed.exact(value)) {
      fixed.interval(value, precision: $0)
    }
    return try refinement.place(
      line, from: node.lower, to: node.upper, signBelow: node.signBelow, digits: job.digits,
      memory)
  }

  /// The root of a polynomial between two numbers that isolate it.
  private func algebraic(
    _ polynomial: IntegerPolynomial, _ a: Rational, _ b: Rational
  ) throws -> CertifiedCoordinate? {
    let squareFree = try polynomial.squareFreePart()
    let roots = try RealRootIsolation.isolate(
      squareFree, in: RationalRange(lower: .closed(a), upper: .closed(b)))
    guard let root = roots.first else { return nil }
    var bits = job.digits * 10 / 3 + 64
    for _ in 0..<6 {
      let fine = RealRootIsolation.refine(root, of: squareFree, toBits: bits)
      if fine.lower == fine.upper { return .exact(fine.lower) }
      let interval = try Interval(lower: fine.lower, upper: fine.upper, precision: bits + 64)
      if Decimal.digits(of: interval, significant: job.digits) != nil {
        return .enclosed(interval)
      }
      bits *= 2
    }
    return nil
  }

  /// An edge of the rectangle that lies on the curve.
  private func straight(
    _ line: PlaneAxis, _ value: Double, _ spacing: Double
  ) throws -> Boundary.Component {
    let (fixed, free) = (frame.axis(line), frame.axis(line.other))
    let at = fixed.asked(value) ?? .zero
    let (a, b) = free.range
    let count = max(2, min(job.points, Int(min(1 / spacing, 1e6))))
    let points = try (0...count).map { k in
      let t = try a + (b - a) * Rational(Integer(k), Integer(count))
      return line == .x
        ? Boundary.Point(x: .exact(at), y: .exact(t)) : Boundary.Point(x: .exact(t), y: .exact(at))
    }
    return Boundary.Component(
      points: points, arcs: [], curve: index, isClosed: false, startsOnEdge: true, endsOnEdge: true,
      signOnLeft: nil, sides: nil)
  }

  // MARK: Boxes

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
  private func cellBox(_ cell: CurveCell) -> PlaneBox {
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
  private func arcBox(_ arc: CurveArc) -> PlaneBox {
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
