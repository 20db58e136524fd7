import Separatrix

/// A traced boundary as JSON.
extension JSONValue {
  init(_ boundary: TracedBoundary, digits: Int, exact: JSONValue) {
    let details = boundary.details
    self = .object([
      "boundary": .text(boundary.id),
      "condition": .text(boundary.condition),
      "horizontal": .text(boundary.horizontal), "vertical": .text(boundary.vertical),
      "components": .list(boundary.components.map(JSONValue.component)),
      "uncertain": .list(
        boundary.uncertain.map { box in .object(JSONValue.box(box.x, box.y)) }),
      "tips": .list(details.tips.map(JSONValue.tip)),
      "crossings": .list(details.crossings.map { .object(JSONValue.point($0)) }),
      "singular_points": .list(
        details.singularPoints.map { singular in
          var fields = JSONValue.point(singular.point)
          fields["branches"] = singular.branches.map { .number($0) } ?? .null
          fields["proved"] = .flag(singular.isProved)
          return .object(fields)
        }),
      "isolated_points": .list(details.isolatedPoints.map { .object(JSONValue.point($0)) }),
      "undecided": .list(
        details.undecided.map { open in
          var fields = JSONValue.box(open.x, open.y)
          fields["what"] = .text(open.what)
          return .object(fields)
        }),
      "areas": details.areas.map {
        .object(["holds": JSONValue.range($0.holds), "fails": JSONValue.range($0.fails)])
      } ?? .null,
      "certificate": .certificate(boundary.certificate), "exact": exact,
      "status": .text("certified"), "digits": .number(digits), "conventions": .conventions,
    ])
  }

  private static func component(_ component: TracedBoundary.Component) -> JSONValue {
    .object([
      "closed": .flag(component.isClosed),
      "starts_on_edge": .flag(component.startsOnEdge),
      "ends_on_edge": .flag(component.endsOnEdge),
      "holds_on_left": component.holdsOnLeft.map { .flag($0) } ?? .null,
      "holds_on_right": component.holdsOnRight.map { .flag($0) } ?? .null,
      "points": .list(component.points.map { .list([.text($0.x), .text($0.y)]) }),
    ])
  }

  private static func range(_ bounds: (lower: String, upper: String)) -> JSONValue {
    .object(["lower": .text(bounds.lower), "upper": .text(bounds.upper)])
  }

  private static func box(_ x: (String, String), _ y: (String, String)) -> [String: JSONValue] {
    ["x": range(x), "y": range(y)]
  }

  private static func tip(_ tip: BoundaryFeatures.Tip) -> JSONValue {
    var fields = point(tip.point)
    fields["component"] = .number(tip.component + 1)
    fields["extremum_of"] = .text(tip.coordinate)
    fields["maximum"] = tip.isMaximum.map { .flag($0) } ?? .null
    fields["on_edge"] = tip.isOnEdge.map { .flag($0) } ?? .null
    return .object(fields)
  }

  private static func point(_ point: BoundaryFeatures.Point) -> [String: JSONValue] {
    ["x": coordinate(point.x), "y": coordinate(point.y)]
  }

  private static func coordinate(_ value: BoundaryFeatures.Coordinate) -> JSONValue {
    var fields: [String: JSONValue] = [
      "value": JSONValue(value.digits), "enclosure": range((value.lower, value.upper)),
    ]
    if let exact = value.exact {
      var parts: [String: JSONValue] = [
        "minimalPolynomial": .object([
          "coefficients": .list(exact.minimalPolynomial.map { .text($0.description) }),
          "text": .text(PolynomialText.text(of: exact.minimalPolynomial, in: "v")),
        ])
      ]
      if let form = exact.closedForm { parts["closedForm"] = .text(form) }
      if let kernel = exact.kernel { parts["kernel"] = .text(kernel) }
      fields["exact"] = .object(parts)
    }
    return .object(fields)
  }
}
