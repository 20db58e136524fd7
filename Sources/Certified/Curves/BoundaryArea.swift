import Arbitrary
import Exact
import Foundation

/// The area of the part of a rectangle in which a condition holds, by Green's theorem.
///
/// With X₀ the left edge, the area is ∫ (X - X₀) dY around the part. The parts of chains between places at which another
/// curve meets them have one label on each side, and count with 1, 0 or -1. On the left edge the integrand is
/// zero, on the lower and the upper edge dY is, and the right edge counts as far as the condition holds there. (Where that is
/// not decided on the right edge the same is done from there: with X₁ for X₀ it is the left edge that counts.)
///
/// What is not known widens the result: a part of a chain without labels by its ∫ |dY| times the width of the
/// rectangle, places where curves meet twice so, and a cell that stayed open by its area and by what passes its left and
/// right sides. With one curve the condition is asked between the curve's places on these sides; otherwise they count
/// whole, height times the width of the rectangle.
struct BoundaryArea<Curve: PlaneCurve> {
  let parts: [CurveBoundary<Curve>]
  let sections: [[Section]]
  let sides: [[(left: Boundary.Place, right: Boundary.Place)?]]
  let holds: @Sendable (Boundary.Place) -> Bool?

  /// The least width of the result that is asked for, as a fraction of the rectangle: well above what doubles tell where
  /// curves have series, and otherwise what the third order reaches in some tenths of a second.
  private var finest: Double { Curve.hasSeries ? 1e-10 : 1e-7 }
  /// The pieces of all arcs together.
  private static var pieceLimit: Int { 4000 }

  func areas() -> Boundary.Areas? {
    guard let first = parts.first else { return nil }
    let frame = first.frame
    let (x, y) = (frame.x.range, frame.y.range)
    let (width, height) = (DoubleInterval(x.upper - x.lower), DoubleInterval(y.upper - y.lower))
    let sharp = parts.map { $0.sharpNodes() }
    let count = parts.reduce(1) { $0 + $1.arcs.count }
    let digits = Double(parts[0].job.digits)
    let finest = max(self.finest, Foundation.pow(10, -digits))
    let tolerance = finest * width.upper * height.upper / Double(count)
    var known = DoubleInterval.zero
    var rise = DoubleInterval.zero
    var loose = 0.0
    for (index, part) in parts.enumerated() {
      for (section, sides) in zip(sections[index], sides[index]) {
        loose += 2 * part.looseVariation(section)
        guard let sides, let left = holds(sides.left), let right = holds(sides.right) else {
          loose += part.variation(section)
          continue
        }
        if left == right { continue }
        let all = part.integral(
          section, sharp[index], tolerance: tolerance,
          limit: max(8, Self.pieceLimit / count))
        known = left ? known + all.value : known - all.value
        rise = left ? rise + all.rise : rise - all.rise
      }
    }
    // Bounds of sums that are themselves rounded.
    let margin = DoubleInterval(point: loose) * DoubleInterval(1, 1.000001) * width
    known = known.widened(by: margin.upper)
    let open = openCells(sharp, width.upper)
    guard let open else { return nil }
    let onRight = edge(isRight: true, frame, sharp)
    var total = known + open + onRight * width
    if onRight.width > 1e-12 * height.upper {
      // ∫ (X - X₁) dY: less the width for every rise.
      let onLeft = edge(isRight: false, frame, sharp)
      if onLeft.width < onRight.width, loose == 0, open == .zero {
        total = known - width * rise + onLeft * width
      }
    }
    let whole = (x.upper - x.lower) * (y.upper - y.lower)
    let precision = 128
    let bounds = Interval(whole, precision: precision)
    let area = total.interval(precision: 53).intersection(
      Interval(between: Real(0.0), and: bounds.upper))
    if area.isEmpty || !area.isBounded { return nil }
    let rest = Interval.sub(bounds, area, precision: precision)
      .intersection(Interval(between: Real(0.0), and: bounds.upper))
    return Boundary.Areas(holds: area, fails: rest)
  }

  // MARK: Lines

  /// How much of a part of a vertical line has the condition, in the asked coordinate.
  ///
  /// - Parameters:
  ///   - omitted: parts that do not count.
  private func length(
    _ index: [Int], _ value: Double, from a: Double, to b: Double, _ sharp: [[CurveNode]],
    omitted: [(Double, Double)] = []
  ) -> DoubleInterval {
    let frame = parts[0].frame
    var marks: [(low: Double, high: Double, counts: Bool)] = omitted.map { ($0.0, $0.1, false) }
    for part in index {
      for node in sharp[part]
      where node.line == .x && node.value == value && node.upper >= a && node.lower <= b {
        marks.append((node.lower, node.upper, true))
      }
    }
    marks.sort { $0.low < $1.low }
    marks.append((b, b, false))
    var total = DoubleInterval.zero
    func way(_ p: Double, _ q: Double) -> DoubleInterval {
      let way = frame.y.asked(bounds: q) - frame.y.asked(bounds: p)
      return frame.y.map?.isDecreasing == true ? -way : way
    }
    var position = a
    for mark in marks {
      if mark.low > position {
        total = total + share(value, position, mark.low) * way(position, mark.low)
      }
      let (p, q) = (max(mark.low, position), min(mark.high, b))
      if mark.counts, q > p { total = total + DoubleInterval(0, 1) * way(p, q) }
      position = max(position, min(mark.high, b))
    }
    return total
  }

  /// 1 where the condition holds between two neighbouring places on a vertical line, 0 where not.
  private func share(_ value: Double, _ a: Double, _ b: Double) -> DoubleInterval {
    for fraction in [0.4871, 0.2173, 0.7411] {
      let t = a + (b - a) * fraction
      guard t > a, t < b else { break }
      if let isTrue = holds(parts[0].place(.x, value, t)) {
        return DoubleInterval(point: isTrue ? 1 : 0)
      }
    }
    return DoubleInterval(0, 1)
  }

  /// How much of an edge has the condition, but for what belongs to open cells.
  private func edge(
    isRight: Bool, _ frame: CurveFrame, _ sharp: [[CurveNode]]
  ) -> DoubleInterval {
    let isHigh = isRight != (frame.x.map?.isDecreasing == true)
    let value = isHigh ? frame.x.high : frame.x.low
    if parts.contains(where: { $0.edgesOnCurve.contains { $0.line == .x && $0.value == value } }) {
      return DoubleInterval(0, DoubleInterval(frame.y.range.upper - frame.y.range.lower).upper)
    }
    let omitted = parts.flatMap { part in
      part.unresolved.map { part.leaves[$0].cell }
        .filter { $0.x0 == value || $0.x1 == value }.map { ($0.y0, $0.y1) }
    }
    return length(
      Array(parts.indices), value, from: frame.y.low, to: frame.y.high, sharp, omitted: omitted)
  }

  // MARK: Open cells

  /// What the unknown curves in open cells add; nil where that has no bound.
  private func openCells(_ sharp: [[CurveNode]], _ width: Double) -> DoubleInterval? {
    let frame = parts[0].frame
    func range(_ axis: FrameAxis, _ a: Double, _ b: Double) -> DoubleInterval {
      axis.asked(bounds: a).union(axis.asked(bounds: b))
    }
    var total = DoubleInterval.zero
    var passing = 0.0
    for part in parts {
      for leaf in part.unresolved.sorted() {
        let cell = part.leaves[leaf].cell
        let (w, h) = (
          range(frame.x, cell.x0, cell.x1).width, range(frame.y, cell.y0, cell.y1).width
        )
        total = total + DoubleInterval(0, w * h * 1.000001)
        passing += h
      }
    }
    if passing == 0 { return total }
    if parts.count > 1 {
      let bound = passing * width * 1.000001
      return bound.isFinite ? total + DoubleInterval(-bound, bound) : nil
    }
    return total - throughSides(sharp)
  }

  /// ∫ (X - X₀) dY over the sides between open cells and all others, as far as the condition holds there, upward on
  /// right sides.
  private func throughSides(_ sharp: [[CurveNode]]) -> DoubleInterval {
    let part = parts[0]
    let frame = part.frame
    var sides: [Double: [(low: Double, high: Double, isRight: Bool)]] = [:]
    for leaf in part.unresolved {
      let cell = part.leaves[leaf].cell
      let isMirrored = frame.x.map?.isDecreasing == true
      sides[cell.x0, default: []].append((cell.y0, cell.y1, isMirrored))
      sides[cell.x1, default: []].append((cell.y0, cell.y1, !isMirrored))
    }
    var total = DoubleInterval.zero
    for (value, list) in sides.sorted(by: { $0.key < $1.key }) where !frame.x.isEnd(value) {
      let marks = Set(list.flatMap { [$0.low, $0.high] }).sorted()
      for (a, b) in zip(marks, marks.dropFirst()) {
        let here = list.filter { $0.low <= a && $0.high >= b }
        // A side between two open cells is none.
        guard here.count == 1 else { continue }
        let way =
          (frame.x.asked(bounds: value) - DoubleInterval(frame.x.range.lower))
          * length([0], value, from: a, to: b, sharp)
        total = here[0].isRight ? total + way : total - way
      }
    }
    return total
  }
}
