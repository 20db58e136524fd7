import Arbitrary
import Exact

/// Components, and points on arcs.
extension CurveCheck {
  // MARK: 5. Components

  func components() throws {
    var seen = Set<Int>()
    for component in data.components {
      guard !component.arcs.isEmpty, component.places.count == component.arcs.count + 1 else {
        throw CertificateError("a component without arcs, or with too few places")
      }
      for (position, arc) in component.arcs.enumerated() {
        guard data.arcs.indices.contains(arc), seen.insert(arc).inserted else {
          throw CertificateError("an arc is in no component or in two")
        }
        let ends = (component.places[position], component.places[position + 1])
        guard
          ends == (data.arcs[arc].from, data.arcs[arc].to)
            || ends == (data.arcs[arc].to, data.arcs[arc].from)
        else { throw CertificateError("arcs of a component do not meet") }
      }
      guard component.closed == (component.places.first == component.places.last) else {
        throw CertificateError("a component is not closed, or open, as said")
      }
    }
    guard seen.count == data.arcs.count else {
      throw CertificateError("an arc belongs to no component")
    }
    // Nothing goes on beyond the ends of an open component.
    var meeting: [Int: Int] = [:]
    for arc in data.arcs {
      meeting[arc.from, default: 0] += 1
      meeting[arc.to, default: 0] += 1
    }
    for component in data.components where !component.closed {
      for end in [component.places[0], component.places[component.places.count - 1]]
      where meeting[end] != 1 {
        throw CertificateError("an open component ends where the curve goes on")
      }
    }
  }

  // MARK: 6. Points

  func check(_ point: CurveCertificate.Point) throws {
    guard data.arcs.indices.contains(point.arc) else { throw CertificateError("a point on no arc") }
    let arc = data.arcs[point.arc]
    let claim = data.cells[arc.cell]
    // The exact coordinate runs along the arc: F is monotone across.
    let axis: PlaneAxis = point.x.count == 1 && claim.dy != 0 ? .x : .y
    guard axis == .x || claim.dx != 0 else {
      throw CertificateError("a point without an exact coordinate")
    }
    let (exact, bounds) = axis == .x ? (point.x, point.y) : (point.y, point.x)
    guard exact.count == 1, let t = Rational(exact[0]),
      let low = bounds.first.flatMap({ Rational($0) }),
      let high = bounds.last.flatMap({ Rational($0) }), low <= high
    else { throw CertificateError("a point is not a number and bounds") }
    let precision = max(128, bounds.map(\.utf8.count).max() ?? 0) * 4 + 64
    func own(_ value: Rational, _ axis: PlaneAxis) -> Interval {
      let value = Interval(value, precision: precision)
      return frame.axis(axis).map?.forward(value, precision) ?? value
    }
    let along = own(t, axis)
    // Inside the part of the cell over which the arc runs, and between its sides.
    let ends = [places[arc.from], places[arc.to]].map { $0.bounds(axis) }
    let (first, last) = (
      ends.map(\.lower).min() ?? .infinity, ends.map(\.upper).max() ?? -.infinity
    )
    let cell = boxes[arc.cell]
    let (p, q) = (own(low, axis.other), own(high, axis.other))
    guard along.isSubset(of: frame.axis(axis).interval(first, last, precision: precision)),
      p.union(q).isSubset(
        of: frame.axis(axis.other).interval(
          cell.low(axis.other), cell.high(axis.other), precision: precision))
    else { throw CertificateError("a point outside its arc") }
    func value(_ across: Interval) throws -> Int? {
      axis == .x
        ? try curve.value(x: along, y: across, precision: precision).certainSign
        : try curve.value(x: across, y: along, precision: precision).certainSign
    }
    if low == high {
      guard try value(p) == 0 else { throw CertificateError("a point does not lie on the curve") }
      return
    }
    guard let a = try value(p), let b = try value(q), a * b < 0 else {
      throw CertificateError("F does not change its sign between the bounds of a point")
    }
  }
}
