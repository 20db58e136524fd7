import Arbitrary
import Exact

/// The places along the arcs of a curve F = 0 at which another function G vanishes: all of them.
///
/// A part of an arc over u lies in a rectangle u × v (a tube, by the interval Newton operator). It is dropped
/// where G misses zero on the tube; where the operator for (F, G) proves a box to hold one common zero, a tube inside that
/// box has no other. Otherwise it is cut in two. So each zero is in one of ``zeros`` or of ``open``; boxes may overlap, and
/// of two whose zeros lie in both one is kept, as a box holds one.
struct ArcZeros<Curve: PlaneCurve>: Sendable {
  struct Zero: Sendable {
    /// A box with no other common zero.
    let box: PlanarBox
    /// The same in doubles.
    let bounds: (x: DoubleInterval, y: DoubleInterval)
    /// A small one around the zero.
    var place: PlanarBox
    /// An arc that it lies on.
    let arc: Int
  }

  /// A part of an arc on which nothing was proved.
  struct Part: Sendable {
    let arc: Int
    let lower: Double
    let upper: Double
  }

  private(set) var zeros: [Zero] = []
  private(set) var open: [Part] = []

  /// Cuts of an arc.
  private let depthLimit = 44
  /// Parts of an arc, and of all arcs, that are looked at.
  private let partLimit = 3000
  private let wholeLimit = 10_000
  private var examinedParts = 0

  /// - Parameters:
  ///   - arcs: the arcs that are looked at, by their number.
  init(_ boundary: CurveBoundary<Curve>, _ other: Curve, arcs: [Int]) {
    let newton = PlanarNewton(first: boundary.curve, second: other)
    for arc in arcs { examine(boundary, other, newton, arc) }
  }

  private mutating func examine(
    _ boundary: CurveBoundary<Curve>, _ other: Curve, _ newton: PlanarNewton<Curve>, _ index: Int
  ) {
    let arc = boundary.arcs[index]
    let frame = boundary.frame
    let ends = (
      boundary.nodes[arc.first].bounds(arc.axis).lower,
      boundary.nodes[arc.last].bounds(arc.axis).upper
    )
    var stack = [(ends.0, ends.1, 0)]
    var examined = 0
    while let (a, b, depth) = stack.popLast() {
      examined += 1
      examinedParts += 1
      let u = frame.axis(arc.axis).bounds(a, b)
      let v = boundary.tube(arc, u)
      if boundary.excludes(other, arc.axis, u, v) { continue }
      let tube = arc.axis == .x ? (x: u, y: v) : (x: v, y: u)
      if zeros.contains(where: { Self.isPart(tube, of: $0.bounds) }) { continue }
      if examinedParts <= wholeLimit, let zero = prove(newton, tube, boundary, index) {
        add(zero)
        if Self.isPart(tube, of: zero.bounds) { continue }
      }
      let middle = a + (b - a) * 0.4931
      guard depth < depthLimit, examined <= partLimit, examinedParts <= wholeLimit, middle > a,
        middle < b
      else {
        if let last = open.last, last.arc == index, last.upper == a {
          open[open.count - 1] = Part(arc: index, lower: last.lower, upper: b)
        } else {
          open.append(Part(arc: index, lower: a, upper: b))
        }
        continue
      }
      stack.append((middle, b, depth + 1))
      stack.append((a, middle, depth + 1))
    }
  }

  /// A zero near a tube, in a box that may be larger than it.
  private func prove(
    _ newton: PlanarNewton<Curve>, _ tube: (x: DoubleInterval, y: DoubleInterval),
    _ boundary: CurveBoundary<Curve>, _ arc: Int
  ) -> Zero? {
    let (u, v) = tube
    guard u.isBounded, v.isBounded,
      let near = newton.approximate((u.midpoint, v.midpoint)),
      (near.x - u.midpoint).magnitude <= 2 * u.width + 1e-15 * u.magnitude,
      (near.y - v.midpoint).magnitude <= 2 * v.width + 1e-15 * v.magnitude
    else { return nil }
    func around(_ c: Double, _ radius: Double) -> DoubleInterval {
      DoubleInterval(point: c).widened(by: max(radius, 1e-13 * c.magnitude, 1e-300))
    }
    for factor in [2.5, 0.6, 0.1] {
      let bounds = (x: around(near.x, factor * u.width), y: around(near.y, factor * v.width))
      let box = PlanarBox(
        x: bounds.x.interval(precision: 64), y: bounds.y.interval(precision: 64))
      guard var place = newton.isolated(in: box) else { continue }
      for _ in 0..<4 { place = newton.smaller(place, precision: 192) }
      guard let own = boundary.arc(through: place, near: arc) else { return nil }
      return Zero(box: box, bounds: bounds, place: place, arc: own)
    }
    return nil
  }

  private static func isPart(
    _ inner: (x: DoubleInterval, y: DoubleInterval),
    of outer: (x: DoubleInterval, y: DoubleInterval)
  ) -> Bool {
    inner.x.lower >= outer.x.lower && inner.x.upper <= outer.x.upper
      && inner.y.lower >= outer.y.lower && inner.y.upper <= outer.y.upper
  }

  private mutating func add(_ zero: Zero) {
    func place(_ zero: Zero) -> (x: DoubleInterval, y: DoubleInterval) {
      (DoubleInterval(zero.place.x), DoubleInterval(zero.place.y))
    }
    let own = place(zero)
    let isKnown = zeros.contains {
      Self.isPart(own, of: $0.bounds) || Self.isPart(place($0), of: zero.bounds)
    }
    if !isKnown { zeros.append(zero) }
  }
}

extension DoubleInterval {
  /// The interval with so much more on both sides, about.
  func widened(by radius: Double) -> DoubleInterval { self + DoubleInterval(-radius, radius) }
}

extension CurveBoundary {
  /// An arc on which a place of the curve lies, tried first at the given one and its neighbours; nil where it is on none:
  /// outside of the rectangle, or in a cell that stayed open.
  func arc(through place: PlanarBox, near arc: Int) -> Int? {
    let (u, v) = (DoubleInterval(place.x), DoubleInterval(place.y))
    func holds(_ index: Int) -> Bool {
      let arc = arcs[index]
      let (along, across) = arc.axis == .x ? (u, v) : (v, u)
      let (a, b) = (nodes[arc.first].bounds(arc.axis), nodes[arc.last].bounds(arc.axis))
      let (low, high) = (
        frame.axis(arc.axis).bounds(a.lower).lower, frame.axis(arc.axis).bounds(b.upper).upper
      )
      guard along.upper >= low, along.lower <= high else { return false }
      return tube(arc, along).intersection(across) != nil
    }
    if holds(arc) { return arc }
    return arcs.indices.first(where: holds)
  }
}
