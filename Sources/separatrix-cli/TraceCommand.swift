import ArgumentParser
import Separatrix

/// `separatrix trace DOC BOUNDARY`.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Traces a boundary as points with certified digits.")

  @Argument(help: "The document.") var document: String
  @Argument(help: "The boundary's name.") var boundary: String
  @OptionGroup var at: AtOption
  @OptionGroup var digits: DigitsOption
  @Option(help: "About how many points.") var points = 200
  @Option(help: "csv or json.") var format = CurveFormat.csv
  @Option(help: "A file for the result, replaced as a whole.") var out: String?

  func validate() throws {
    guard points >= 2 else { throw ValidationError("--points must be 2 or more, not \(points)") }
  }

  func run() throws {
    let document = try Document(path: document)
    let point = try document.point(try at.point().onlyValues())
    let checkpoint = out.map { path in
      TraceCheckpoint(path: path + ".partial") { Console.warn($0) }
    }
    let boundary = try traced(document, point, checkpoint)
    let text =
      switch format {
      case .csv: boundary.csv
      case .json:
        try JSONValue(
          boundary, digits: digits.count,
          exact: .exact(document.exactCurves(of: boundary.id, at: point), boundary)
        ).rendered()
      }
    try Console.write(text, to: out)
    checkpoint?.remove()
    if format == .csv, !boundary.uncertain.isEmpty {
      Console.complain(
        "warning: \(boundary.uncertain.count) boxes stayed undecided; --format json lists them")
    }
  }

  /// The trace; an interrupt leaves what is done beside the result's place.
  private func traced(
    _ document: Document, _ point: [Symbol: Rational], _ checkpoint: TraceCheckpoint?
  ) throws -> TracedBoundary {
    defer { Console.clearProgress() }
    return try Interruption.gracefully {
      do {
        return try document.trace(
          boundary, at: point, digits: digits.count, points: points,
          control: Interruption.control(boundary, checkpoint: checkpoint))
      } catch DocumentError.cancelled {
        Console.clearProgress()
        guard let checkpoint, checkpoint.save() else {
          throw CommandFailure(
            .stopped, "interrupted; with --out FILE what is done is kept for the next run")
        }
        throw CommandFailure(
          .stopped,
          "interrupted; what is done is kept in '\(checkpoint.path)', and the same command goes on "
            + "from there")
      }
    }
  }
}

extension TracedBoundary {
  /// The points, a line each, with the number of their component, counted from 1.
  fileprivate var csv: String {
    var text = "component,\(horizontal),\(vertical)\n"
    for (number, component) in components.enumerated() {
      for point in component.points { text += "\(number + 1),\(point.x),\(point.y)\n" }
    }
    return text
  }
}

extension JSONValue {
  fileprivate init(_ boundary: TracedBoundary, digits: Int, exact: JSONValue) {
    self = .object([
      "boundary": .text(boundary.id),
      "condition": .text(boundary.condition),
      "horizontal": .text(boundary.horizontal), "vertical": .text(boundary.vertical),
      "components": .list(boundary.components.map(JSONValue.component)),
      "uncertain": .list(
        boundary.uncertain.map { box in
          .object([
            "x": .object(["lower": .text(box.x.0), "upper": .text(box.x.1)]),
            "y": .object(["lower": .text(box.y.0), "upper": .text(box.y.1)]),
          ])
        }),
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
}
