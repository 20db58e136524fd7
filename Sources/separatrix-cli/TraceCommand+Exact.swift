import Separatrix

extension JSONValue {
  /// What is known exactly of the curves of a boundary, each with the numbers, from 1, of the components on it.
  static func exact(_ curves: [ExactCurve], _ boundary: TracedBoundary) -> JSONValue {
    .list(
      curves.enumerated().map { number, curve in
        let components = boundary.components.indices.filter {
          boundary.components[$0].curve == number
        }
        return exact(curve, components: components.map { $0 + 1 })
      })
  }

  private static func exact(_ curve: ExactCurve, components: [Int]) -> JSONValue {
    var fields: [String: JSONValue] = [
      "components": .list(components.map { .number($0) }), "equation": formula(curve.equation),
      "polynomial": formula(curve.curve.expression),
    ]
    var coordinates: [String: JSONValue] = [:]
    for axis in [PlaneAxis.x, .y] where !curve.coordinate(axis).isPlain {
      let name = (axis == .x ? curve.curve.x : curve.curve.y).name
      coordinates[name] = formula(curve.coordinate(axis).forward(curve.unknown(axis)))
    }
    if !coordinates.isEmpty { fields["coordinates"] = .object(coordinates) }
    if let solved = curve.branches {
      fields["branches"] = .list(
        solved.branches.filter { !$0.domain.isEmpty }.map { branch in
          .object([
            "unknown": .text(curve.unknown(solved.unknown).name),
            "value": formula(curve.value(of: branch)),
            "domain": .object([
              "of": .text(domainName(curve, solved.unknown.other)),
              "intervals": .list(
                branch.domain.map { part in
                  .object([
                    "lower": part.lower.map(number) ?? .null,
                    "upper": part.upper.map(number) ?? .null,
                  ])
                }),
            ]),
          ])
        })
      if !solved.excluded.isEmpty {
        fields["excluded"] = .object([
          "of": .text(domainName(curve, solved.unknown.other)),
          "values": .list(solved.excluded.map(number)),
        ])
      }
    }
    if let found = curve.parametrisation, let point = curve.parametrisedPoint {
      fields["parametrisation"] = .object([
        "parameter": .text(found.parameter.name),
        curve.unknowns.x.name: formula(point.x), curve.unknowns.y.name: formula(point.y),
        "inverse": formula(
          found.inverse.substituting([
            curve.curve.x: curve.x.forward(curve.unknowns.x),
            curve.curve.y: curve.y.forward(curve.unknowns.y),
          ])),
      ])
    }
    if let found = curve.asymptotes {
      fields["asymptotes"] = .list(found.asymptotes.map { asymptote($0, of: curve) })
      fields["asymptotesComplete"] = .flag(found.open.isEmpty)
    }
    fields["status"] = .text("proved")
    return .object(fields)
  }

  private static func asymptote(
    _ asymptote: CurveAsymptotes.Asymptote, of curve: ExactCurve
  ) -> JSONValue {
    let (far, near) = (
      curve.unknown(asymptote.direction.unknown.other).name,
      curve.unknown(asymptote.direction.unknown).name
    )
    return .object([
      "direction": .text("\(far) -> \(asymptote.direction.sign > 0 ? "" : "-")infinity"),
      "unknown": .text(near), "value": formula(asymptote.value),
      "kind": .text(
        asymptote.isLeadingTermOnly ? "leading term" : asymptote.isLine ? "line" : "curve"),
      "difference": asymptote.difference.map(formula) ?? .null,
      "side": .text(["below", "equal", "above"][asymptote.side + 1]),
    ])
  }

  /// The name of the coordinate in which a domain is given.
  private static func domainName(_ curve: ExactCurve, _ axis: PlaneAxis) -> String {
    (axis == .x ? curve.curve.x : curve.curve.y).name
  }

  /// A formula that the parser reads back, and its LaTeX.
  private static func formula(_ value: Expression) -> JSONValue {
    .object(["text": .text(value.description), "latex": JSONValue(try? value.latex())])
  }

  private static func number(_ value: AlgebraicNumber) -> JSONValue {
    var fields: [String: JSONValue] = [
      "minimalPolynomial": .text(
        PolynomialText.text(of: value.minimalPolynomial.coefficients, in: "z")),
      "value": JSONValue(
        Decimal.digits(of: value.interval(precision: 128), significant: 20)),
    ]
    if let form = try? value.closedForm() { fields["exact"] = .text(form.expression.description) }
    return .object(fields)
  }
}
