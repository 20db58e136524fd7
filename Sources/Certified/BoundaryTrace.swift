import Algebra
import Arbitrary
import Exact

/// Traces a plane curve in a box.
///
/// Seeds are the places of the curve on the edges and on a grid of lines; from each that lies on no arc
/// known so far the curve is followed by steps along the tangent. A step counts when interval arithmetic
/// proves that the curve is a single graph over one axis in a rectangle around it; otherwise it is
/// halved, down to a least step at which the place is reported as uncertain.
///
/// The function must be defined a little beyond the box.
///
/// Source: Kearfott, Xing 1994 (interval step control for continuation).
public struct BoundaryTrace<Curve: PlaneCurve>: Sendable {
  public let curve: Curve
  public let box: PlaneBox
  /// The significant digits of the enclosed coordinates.
  public let digits: Int
  /// About how many points the whole boundary gets.
  public let points: Int
  /// The number of grid lines in each direction that are searched for components.
  public let lines: Int
  /// The greatest number of steps in all.
  public let stepLimit: Int

  /// - Throws: ``RootError/badInput(_:)`` for a box without interior or counts that are not positive.
  public init(
    _ curve: Curve, in box: PlaneBox, digits: Int = 15, points: Int = 200, lines: Int = 16,
    stepLimit: Int = 100_000
  ) throws {
    guard box.xLower < box.xUpper, box.yLower < box.yUpper else {
      throw RootError.badInput("a box without interior")
    }
    guard digits > 0, points > 1, lines >= 0, stepLimit > 0 else {
      throw RootError.badInput("digits, points and limits must be positive")
    }
    self.curve = curve
    self.box = box
    self.digits = digits
    self.points = points
    self.lines = lines
    self.stepLimit = stepLimit
  }

  /// The boundary.
  ///
  /// - Throws: ``RootError``; what the curve throws.
  public func trace() throws -> Boundary {
    var tracer = Tracer(self)
    try tracer.run()
    return try tracer.boundary()
  }
}

/// A place on the curve: on a line where one coordinate is exact.
struct Seed {
  let exactAxis: PlaneAxis
  let exact: Rational
  let other: Interval

  var x: Interval { exactAxis == .x ? Interval(exact, precision: 128) : other }
  var y: Interval { exactAxis == .y ? Interval(exact, precision: 128) : other }
  func along(_ axis: PlaneAxis) -> Interval { axis == .x ? x : y }
}

/// One traced chain.
struct Chain {
  var arcs: [Boundary.Arc] = []
  /// The places between arcs: one more than arcs.
  var stops: [Seed] = []
  var isClosed = false
  var startsOnEdge = false
  var endsOnEdge = false
}

/// The state of a trace.
struct Tracer<Curve: PlaneCurve> {
  let job: BoundaryTrace<Curve>
  let precision = 96
  var edges: [Seed] = []
  var chains: [Chain] = []
  var uncertain: [PlaneBox] = []
  var steps = 0

  init(_ job: BoundaryTrace<Curve>) { self.job = job }

  var box: PlaneBox { job.box }
  func low(_ a: PlaneAxis) -> Rational { a == .x ? box.xLower : box.yLower }
  func high(_ a: PlaneAxis) -> Rational { a == .x ? box.xUpper : box.yUpper }
  func size(_ a: PlaneAxis) -> Rational { high(a) - low(a) }
  func other(_ a: PlaneAxis) -> PlaneAxis { a == .x ? .y : .x }

  mutating func run() throws {
    for axis in [PlaneAxis.x, .y] {
      for value in [low(axis), high(axis)] { edges += try seeds(axis, value) }
    }
    for seed in edges { try start(from: seed, onEdge: true) }
    for axis in [PlaneAxis.x, .y] {
      for k in 0..<job.lines {
        // Off the simple fractions, where symmetric curves have their special points.
        let place = try Rational(Integer(1000 * k + 517), Integer(1000 * job.lines + 31))
        for seed in try seeds(axis, low(axis) + size(axis) * place) {
          try start(from: seed, onEdge: false)
        }
      }
    }
  }

  private mutating func seeds(_ axis: PlaneAxis, _ value: Rational) throws -> [Seed] {
    let free = other(axis)
    let found = try job.curve.crossings(fixing: axis, at: value, from: low(free), to: high(free))
    for part in found.undecided {
      if let a = Rational(exactly: part.lower), let b = Rational(exactly: part.upper) {
        report(axis == .x ? PlaneBox(x: value, value, y: a, b) : PlaneBox(x: a, b, y: value, value))
      }
    }
    return found.places.map { Seed(exactAxis: axis, exact: value, other: $0) }
  }

  private mutating func report(_ part: PlaneBox) {
    var part = part
    while let index = uncertain.firstIndex(where: { $0.meets(part) }) {
      part = part.union(uncertain.remove(at: index))
    }
    uncertain.append(part)
  }

  private mutating func start(from seed: Seed, onEdge: Bool) throws {
    if uncertain.contains(where: { $0.contains(seed.x, seed.y) }) { return }
    for chain in chains {
      if chain.arcs.contains(where: { $0.box.contains(seed.x, seed.y) }) { return }
    }
    if onEdge {
      for sign in [1.0, -1.0] {
        let chain = try follow(seed, sign, startsOnEdge: true)
        if !chain.arcs.isEmpty {
          chains.append(chain)
          return
        }
      }
      report(around(seed))
      return
    }
    let forward = try follow(seed, 1, startsOnEdge: false)
    if forward.isClosed {
      chains.append(forward)
      return
    }
    let backward = try follow(seed, -1, startsOnEdge: false)
    var chain = Chain()
    chain.arcs = backward.arcs.reversed() + forward.arcs
    chain.stops = backward.stops.reversed() + forward.stops.dropFirst()
    chain.startsOnEdge = backward.endsOnEdge
    chain.endsOnEdge = forward.endsOnEdge
    if !chain.arcs.isEmpty { chains.append(chain) }
  }

  private func around(_ seed: Seed) -> PlaneBox {
    let scale = Rational(Integer.one << 12)
    func span(_ axis: PlaneAxis) -> (Rational, Rational) {
      let margin = (try? size(axis) / scale) ?? .zero
      let part = seed.along(axis)
      let a = Rational(exactly: part.lower) ?? low(axis)
      let b = Rational(exactly: part.upper) ?? high(axis)
      return (max(low(axis), a - margin), min(high(axis), b + margin))
    }
    let (x, y) = (span(.x), span(.y))
    return PlaneBox(x: x.0, x.1, y: y.0, y.1)
  }

  // MARK: Following

  private mutating func follow(
    _ seed: Seed, _ orientation: Double, startsOnEdge: Bool
  ) throws -> Chain {
    var chain = Chain()
    chain.stops = [seed]
    chain.startsOnEdge = startsOnEdge
    var place = seed
    var level = 6
    while true {
      steps += 1
      if steps > job.stepLimit {
        report(around(place))
        return chain
      }
      if Task.isCancelled { throw RootError.cancelled }
      let all = try job.curve.enclose(x: place.x, y: place.y, precision: precision)
      let fx = all.dx.midpoint.approximateDouble * size(.x).approximateDouble
      let fy = all.dy.midpoint.approximateDouble * size(.y).approximateDouble
      let axis: PlaneAxis = abs(fy) >= abs(fx) ? .x : .y
      // The tangent (-fy, fx) in units of the box.
      let run = (axis == .x ? -fy : fx) * orientation
      let rise = (axis == .x ? fx : -fy) * orientation
      guard run.isFinite, rise.isFinite, run != 0 else {
        report(around(place))
        return chain
      }
      if chain.arcs.isEmpty, startsOnEdge, leaves(place, axis, run, rise) { return Chain() }
      var result: (arc: Boundary.Arc, stop: Seed, isEdge: Bool)?
      while result == nil, level <= 24 {
        result = try step(
          place, axis, run < 0 ? -1 : 1, rise / run, level, seed, chain.arcs.isEmpty)
        if result == nil { level += 1 }
      }
      guard let result else {
        report(around(place))
        return chain
      }
      // A later arc that holds the start: the way is round.
      if !chain.arcs.isEmpty, !startsOnEdge, result.arc.box.contains(seed.x, seed.y) {
        chain.arcs.append(result.arc)
        chain.isClosed = true
        return chain
      }
      chain.arcs.append(result.arc)
      chain.stops.append(result.stop)
      if result.isEdge {
        chain.endsOnEdge = true
        return chain
      }
      place = result.stop
      level = max(6, level - 1)
    }
  }

  /// Whether the tangent at a place on an edge points out of the box.
  private func leaves(_ place: Seed, _ axis: PlaneAxis, _ run: Double, _ rise: Double) -> Bool {
    let part = place.exactAxis == axis ? run : rise
    return place.exact == low(place.exactAxis) ? part < 0 : part > 0
  }

  /// One proved rectangle from `place` on, or nil where this step proves nothing.
  private func step(
    _ place: Seed, _ axis: PlaneAxis, _ direction: Int, _ slope: Double, _ level: Int,
    _ seed: Seed, _ isFirst: Bool
  ) throws -> (arc: Boundary.Arc, stop: Seed, isEdge: Bool)? {
    let cross = other(axis)
    let h = try size(axis) / Rational(Integer.one << level)
    let from = place.along(axis)
    // The rectangle begins behind the place and so holds it.
    guard let behind = Rational(exactly: direction > 0 ? from.lower : from.upper) else {
      return nil
    }
    let start = place.exactAxis == axis ? place.exact : behind
    var end = RationalSample.dyadic(direction > 0 ? start + h : start - h, width: h)
    end = min(max(end, low(axis)), high(axis))
    if end == start { return nil }
    let span = place.along(cross)
    guard let a = Rational(exactly: span.lower), let b = Rational(exactly: span.upper),
      let ratio = Rational(exactly: slope)
    else { return nil }
    let rise = try ratio * (end - start) / size(axis) * size(cross)
    let margin = try size(cross) * Rational(3) / Rational(Integer.one << (level + 3))
    let bottom = RationalSample.dyadic(min(a, b + rise) - margin, width: margin)
    let top = RationalSample.dyadic(max(b, a + rise) + margin, width: margin)
    let (first, last) = (min(start, end), max(start, end))
    guard try proves(axis, first, last, bottom, top) else { return nil }
    let rectangle =
      axis == .x
      ? PlaneBox(x: first, last, y: bottom, top) : PlaneBox(x: bottom, top, y: first, last)
    // Where the arc meets an edge, it ends: all such places are known.
    let own = { (edge: Seed) in
      edge.exactAxis == place.exactAxis && edge.exact == place.exact && edge.other == place.other
    }
    let exits = edges.filter { !own($0) && rectangle.contains($0.x, $0.y) }
    let exit = exits.min {
      let (p, q) = ($0.along(axis), $1.along(axis))
      return direction > 0 ? p.lower < q.lower : p.upper > q.upper
    }
    if let exit { return (Boundary.Arc(axis: axis, box: rectangle), exit, true) }
    let line = LineFunction(curve: job.curve, axis: axis, value: end)
    let found = try CertifiedRoots.refine(
      line, Interval(lower: bottom, upper: top, precision: precision), digits: 12)
    guard let y0 = found.lower.compare(low(cross)), let y1 = found.upper.compare(high(cross)),
      y0 > 0, y1 < 0, end != low(axis), end != high(axis)
    else { return nil }
    return (
      Boundary.Arc(axis: axis, box: rectangle),
      Seed(exactAxis: axis, exact: end, other: found), false
    )
  }

  /// Whether the curve is one graph over `axis` in the rectangle.
  private func proves(
    _ axis: PlaneAxis, _ first: Rational, _ last: Rational, _ bottom: Rational, _ top: Rational
  ) throws -> Bool {
    let t = try Interval(lower: first, upper: last, precision: precision)
    let s = try Interval(lower: bottom, upper: top, precision: precision)
    func all(_ t: Interval, _ s: Interval) throws -> (value: Interval, dt: Interval, ds: Interval) {
      switch axis {
      case .x:
        let e = try job.curve.enclose(x: t, y: s, precision: precision)
        return (e.value, e.dx, e.dy)
      case .y:
        let e = try job.curve.enclose(x: s, y: t, precision: precision)
        return (e.value, e.dy, e.dx)
      }
    }
    guard CertifiedRoots.isDefinite(try all(t, s).ds) else { return false }
    let middle = Interval(t.midpoint)
    var signs: [Int] = []
    for side in [bottom, top] {
      let s = Interval(side, precision: precision)
      // The mean value form along the side.
      let change = try all(t, s).dt * (t - middle)
      guard let sign = (try all(middle, s).value + change).certainSign else { return false }
      signs.append(sign)
    }
    return signs[0] * signs[1] < 0
  }

  // MARK: Points

  /// The result, with points at even distances.
  func boundary() throws -> Boundary {
    func position(_ seed: Seed) -> (Double, Double) {
      (
        seed.x.midpoint.approximateDouble / size(.x).approximateDouble,
        seed.y.midpoint.approximateDouble / size(.y).approximateDouble
      )
    }
    func length(_ arc: Int, _ chain: Chain) -> Double {
      let (p, q) = (
        position(chain.stops[arc]), position(chain.stops[(arc + 1) % chain.stops.count])
      )
      return ((p.0 - q.0) * (p.0 - q.0) + (p.1 - q.1) * (p.1 - q.1)).squareRoot()
    }
    var total = 0.0
    for chain in chains { for arc in chain.arcs.indices { total += length(arc, chain) } }
    let spacing = max(total / Double(job.points), 1e-9)
    var components: [Boundary.Component] = []
    for chain in chains {
      var points = [try certified(chain.stops[0])]
      var travelled = 0.0
      for (index, arc) in chain.arcs.enumerated() {
        let piece = length(index, chain)
        let here = chain.stops[index].along(arc.axis).midpoint.approximateDouble
        let there =
          chain.stops[(index + 1) % chain.stops.count].along(arc.axis).midpoint.approximateDouble
        while travelled + piece >= spacing {
          if Task.isCancelled { throw RootError.cancelled }
          let rest = spacing - travelled
          travelled -= spacing
          let isLast = index == chain.arcs.count - 1
          let share = (piece > 0 ? (rest / piece) : 1)
          if isLast, share > 0.8 { continue }
          if let point = try point(on: arc, at: here + (there - here) * share) {
            points.append(point)
          }
        }
        travelled += piece
      }
      if !chain.isClosed, let last = chain.stops.last { points.append(try certified(last)) }
      components.append(
        Boundary.Component(
          points: points, arcs: chain.arcs, isClosed: chain.isClosed,
          startsOnEdge: chain.startsOnEdge, endsOnEdge: chain.endsOnEdge))
    }
    return Boundary(box: box, components: components, uncertain: uncertain)
  }

  /// The point of an arc whose coordinate on the arc's axis is a short decimal near `value`.
  private func point(on arc: Boundary.Arc, at value: Double) throws -> Boundary.Point? {
    let (first, last, bottom, top) =
      arc.axis == .x
      ? (arc.box.xLower, arc.box.xUpper, arc.box.yLower, arc.box.yUpper)
      : (arc.box.yLower, arc.box.yUpper, arc.box.xLower, arc.box.xUpper)
    guard let target = Rational(exactly: value) else { return nil }
    var scale = Rational.one
    while (last - first) * scale < Rational(64) { scale = scale * Rational(10) }
    let exact = min(max(try Rational((target * scale).floor) / scale, first), last)
    let line = LineFunction(curve: job.curve, axis: arc.axis, value: exact)
    let found = try CertifiedRoots.refine(
      line, Interval(lower: bottom, upper: top, precision: precision), digits: job.digits)
    return point(arc.axis, exact, found)
  }

  private func point(_ axis: PlaneAxis, _ exact: Rational, _ found: Interval) -> Boundary.Point {
    axis == .x
      ? Boundary.Point(x: .exact(exact), y: .enclosed(found))
      : Boundary.Point(x: .enclosed(found), y: .exact(exact))
  }

  /// A place with all the digits asked where the curve crosses its line, else as it is.
  private func certified(_ seed: Seed) throws -> Boundary.Point {
    let line = LineFunction(curve: job.curve, axis: seed.exactAxis, value: seed.exact)
    guard !seed.other.isPoint,
      CertifiedRoots.isDefinite(try line.enclose(seed.other, precision: precision).derivative)
    else { return point(seed.exactAxis, seed.exact, seed.other) }
    return point(
      seed.exactAxis, seed.exact,
      try CertifiedRoots.refine(line, seed.other, digits: job.digits))
  }
}
