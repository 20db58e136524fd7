import Foundation
import Separatrix

/// A traced boundary as a summary to read.
extension TracedBoundary {
  var summary: String {
    var lines = ["\(id): \(condition) in \(horizontal), \(vertical)"]
    lines.append(
      components.isEmpty
        ? "no component: the condition does not change on a curve in the rectangle"
        : Self.count(components.count, "component"))
    for (number, component) in components.enumerated() {
      lines.append("")
      lines += describe(component, number)
    }
    if !details.crossings.isEmpty {
      lines += ["", "crossings of curves:"] + details.crossings.map { "  " + text($0) }
    }
    if !details.singularPoints.isEmpty {
      lines += ["", "singular points:"]
      for singular in details.singularPoints {
        var line = "  " + text(singular.point)
        switch (singular.branches, singular.isProved) {
        case (0?, true): line += ", an isolated point"
        case (let branches?, true): line += ", \(branches) branches, proved"
        case (let branches?, false): line += ", \(branches) branches leave the box around it"
        default: line += ", the branches not counted"
        }
        lines.append(line)
      }
    }
    if !details.isolatedPoints.isEmpty {
      lines += ["", "points met from outside the rectangle:"]
      lines += details.isolatedPoints.map { "  " + text($0) }
    }
    if let areas = details.areas {
      lines += [
        "", "area where the condition holds: \(range(areas.holds))",
        "area of the rest:               \(range(areas.fails))",
      ]
    }
    if !details.undecided.isEmpty {
      lines += ["", "not told:"]
      lines += details.undecided.map { "  \($0.what) in \(box($0.x, $0.y))" }
    }
    if !uncertain.isEmpty {
      lines += ["", "boxes in which nothing is proved:"]
      lines += uncertain.map { "  " + box($0.x, $0.y) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func describe(_ component: Component, _ number: Int) -> [String] {
    var lines = [
      "component \(number + 1): \(component.isClosed ? "closed" : "open"), "
        + "\(Self.count(component.points.count, "point")), length about \(length(of: component))"
    ]
    if !component.isClosed {
      for (place, point, isOnEdge) in [
        ("from", component.points.first, component.startsOnEdge),
        ("to", component.points.last, component.endsOnEdge),
      ] {
        guard let point else { continue }
        let position =
          isOnEdge ? "on the edge" : "at another curve, a singular point or an open box"
        lines.append(
          "  \(place) \(horizontal) = \(point.x), \(vertical) = \(point.y) (\(position))")
      }
    }
    func label(_ holds: Bool?) -> String {
      holds.map { $0 ? "it holds" : "it fails" } ?? "not decided"
    }
    lines.append(
      "  on its left \(label(component.holdsOnLeft)), on its right "
        + label(component.holdsOnRight))
    for tip in details.tips where tip.component == number {
      let kind = tip.isMaximum.map { $0 ? "largest" : "least" } ?? "extremal"
      let edge = tip.isOnEdge == true ? " (on the edge)" : ""
      lines.append("  \(tip.coordinate) \(kind) at \(text(tip.point))\(edge)")
    }
    return lines
  }

  /// The way along the points, in the units of the axes.
  private func length(of component: Component) -> String {
    let points = component.points.compactMap { point in
      Double(point.x).flatMap { x in Double(point.y).map { (x, $0) } }
    }
    let closing = component.isClosed ? points.prefix(1) : []
    var total = 0.0
    for (p, q) in zip(points, points.dropFirst() + closing) {
      total += Foundation.hypot(q.0 - p.0, q.1 - p.1)
    }
    return String(format: "%.4g", total)
  }

  private static func count(_ number: Int, _ name: String) -> String {
    "\(number) \(name)" + (number == 1 ? "" : "s")
  }

  private func text(_ point: BoundaryFeatures.Point) -> String {
    text(point.x, horizontal) + ", " + text(point.y, vertical)
  }

  private func text(_ value: BoundaryFeatures.Coordinate, _ name: String) -> String {
    var text = value.digits.map { "\(name) = \($0)" } ?? "\(name) in \(value.lower)..\(value.upper)"
    if let exact = value.exact {
      let left = exact.kernel.map { "\($0) = " } ?? "= "
      if let form = exact.closedForm {
        if form != value.digits, exact.minimalPolynomial.count > 2 || exact.kernel != nil {
          text += " (\(left)\(form))"
        }
      } else if exact.minimalPolynomial.count <= 13 {
        text += " (\(exact.kernel.map { "\($0) = v with " } ?? "v with ")"
        text += PolynomialText.text(of: exact.minimalPolynomial, in: "v") + " = 0)"
      }
    }
    return text
  }

  private func range(_ bounds: (lower: String, upper: String)) -> String {
    bounds.lower == bounds.upper ? bounds.lower : "\(bounds.lower)..\(bounds.upper)"
  }

  private func box(_ x: (String, String), _ y: (String, String)) -> String {
    "\(horizontal) = \(x.0)..\(x.1), \(vertical) = \(y.0)..\(y.1)"
  }
}
