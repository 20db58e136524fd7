import Separatrix

extension SolveCommand {
  /// The solutions of a system, a line each, or all of it as JSON.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/fails`` where something stayed open.
  func run(system id: String, of document: Document, at point: [Symbol: Rational]) throws {
    try show(try document.solveSystem(id, at: point, digits: digits.count))
  }

  /// The points, a line each, or all of it as JSON.
  ///
  /// - Throws: ``CommandFailure`` with ``ExitStatus/fails`` where something stayed open.
  func show(_ solved: SolvedSystem) throws {
    switch format {
    case .text:
      for point in solved.points {
        print(
          zip(solved.unknowns, point.coordinates).map { name, value in
            value.digits.map { "\(name) = \($0)" } ?? "\(name) in \(value.lower)..\(value.upper)"
          }.joined(separator: ", "))
      }
    case .json:
      try Console.write(JSONValue(solved, digits: digits.count).rendered(), to: nil)
    }
    for (number, point) in solved.points.enumerated() {
      if let doubt = point.doubt { Console.complain("solution \(number + 1): \(doubt)") }
    }
    for box in solved.undecided {
      let sides = zip(solved.unknowns, box.sides).map { "\($0) = \($1.lower)..\($1.upper)" }
      Console.complain("undecided in \(sides.joined(separator: ", ")): \(box.reason)")
    }
    if !solved.isComplete { throw CommandFailure(.fails) }
  }
}

extension JSONValue {
  fileprivate init(_ solved: SolvedSystem, digits: Int) {
    func named(_ values: [JSONValue]) -> JSONValue {
      .object(Dictionary(zip(solved.unknowns, values), uniquingKeysWith: { first, _ in first }))
    }
    self = .object([
      "system": .text(solved.id), "unknowns": .list(solved.unknowns.map { .text($0) }),
      "solutions": .list(
        solved.points.map { point in
          var fields: [String: JSONValue] = [
            "coordinates": named(
              zip(solved.unknowns, point.coordinates).map { JSONValue($1, of: $0) }),
            "simple": .flag(point.isSimple),
            "status": .text(point.doubt == nil ? "proved" : "undecided"),
          ]
          if let doubt = point.doubt { fields["reason"] = .text(doubt) }
          return .object(fields)
        }),
      "undecided": .list(
        solved.undecided.map { box in
          .object([
            "box": named(
              box.sides.map { .object(["lower": .text($0.lower), "upper": .text($0.upper)]) }),
            "reason": .text(box.reason),
          ])
        }),
      "complete": .flag(solved.isComplete),
      "status": .text(solved.isComplete ? "proved" : "undecided"), "digits": .number(digits),
      "conventions": .conventions,
    ])
  }

  init(_ value: SolvedSystem.Coordinate, of name: String) {
    var fields: [String: JSONValue] = [
      "value": JSONValue(value.digits),
      "enclosure": .object(["lower": .text(value.lower), "upper": .text(value.upper)]),
    ]
    if let exact = value.exact { fields["exact"] = .text(exact.description) }
    if let form = value.closedForm { fields["closedForm"] = .text(form) }
    if let polynomial = value.minimalPolynomial {
      fields["minimalPolynomial"] = .object([
        "coefficients": .list(polynomial.map { .text($0.description) }),
        "text": .text(PolynomialText.text(of: polynomial, in: name)),
      ])
    }
    self = .object(fields)
  }
}
