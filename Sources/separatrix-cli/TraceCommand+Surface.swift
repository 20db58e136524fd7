import Separatrix

extension TraceCommand {
  /// The slices of a surface, and what is known of the values between them.
  func run(surface id: String, of document: Document, at point: [Symbol: Rational]) throws {
    let surface = try document.slices(
      id, at: point, digits: digits.count, slices: slices ?? 5, points: points)
    let text =
      switch format {
      case .csv: surface.csv
      case .json: try JSONValue(surface, digits: digits.count).rendered()
      case .text:
        surface.slices.map { "\(surface.sweep) = \($0.value)\n" + $0.boundary.summary }
          .joined(separator: "\n")
      }
    try Console.write(text, to: out)
    guard format != .json else { return }
    let name = surface.sweep
    for change in surface.changes {
      func text(_ count: SlicedSurface.Count?) -> String {
        count.map { "\($0.closed) closed and \($0.open) open" } ?? "unknown"
      }
      let value = change.value.digits ?? "\(change.value.lower)..\(change.value.upper)"
      let kinds = Set(change.events.map(\.kind)).sorted().joined(separator: ", ")
      Console.complain(
        "\(name) = \(value): \(kinds); pieces below: \(text(change.before)), above: "
          + text(change.after))
    }
    for part in surface.undecided {
      Console.complain(
        "undecided for \(name) from \(part.lower) to \(part.upper): \(part.kind), \(part.reason)")
    }
  }
}

extension SlicedSurface {
  /// The points, a line each, with the value of the third parameter and the number of their component in the slice.
  fileprivate var csv: String {
    var text = "\(sweep),component,\(horizontal),\(vertical)\n"
    for slice in slices {
      for (number, component) in slice.boundary.components.enumerated() {
        for point in component.points {
          text += "\(slice.value),\(number + 1),\(point.x),\(point.y)\n"
        }
      }
    }
    return text
  }
}

extension JSONValue {
  fileprivate init(_ surface: SlicedSurface, digits: Int) {
    func count(_ count: SlicedSurface.Count?) -> JSONValue {
      guard let count else { return .null }
      return .object(["closed": .number(count.closed), "open": .number(count.open)])
    }
    self = .object([
      "surface": .text(surface.id), "condition": .text(surface.condition),
      "horizontal": .text(surface.horizontal), "vertical": .text(surface.vertical),
      "sweep": .text(surface.sweep),
      "slices": .list(
        surface.slices.map { slice in
          .object([
            "value": .text(slice.value),
            "trace": JSONValue(slice.boundary, digits: digits, exact: .null),
          ])
        }),
      "changes": .list(
        surface.changes.map { change in
          .object([
            "value": JSONValue(change.value, of: surface.sweep),
            "events": .list(
              change.events.map { event in
                .object([
                  "kind": .text(event.kind), "x": JSONValue(event.x, of: surface.horizontal),
                  "y": JSONValue(event.y, of: surface.vertical),
                ])
              }),
            "before": count(change.before), "after": count(change.after),
            "changes_count": change.changesCount.map { .flag($0) } ?? .null,
          ])
        }),
      "parts": .list(
        surface.parts.map {
          .object(["sample": .text($0.sample.description), "pieces": count($0.count)])
        }),
      "undecided": .list(
        surface.undecided.map {
          .object([
            "lower": .text($0.lower), "upper": .text($0.upper), "kind": .text($0.kind),
            "reason": .text($0.reason),
          ])
        }),
      "complete": .flag(surface.isComplete),
      "status": .text(surface.isComplete ? "certified" : "undecided"), "digits": .number(digits),
      "conventions": .conventions,
    ])
  }
}
