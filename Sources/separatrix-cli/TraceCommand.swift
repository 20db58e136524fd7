import ArgumentParser
import Separatrix

/// `separatrix trace DOC BOUNDARY` or `separatrix trace DOC SURFACE --slices N`.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Traces a boundary, or slices of a surface, as points with certified digits.")

  @Argument(help: "The document.") var document: String
  @Argument(help: "The boundary's or surface's name.") var boundary: String
  @OptionGroup var at: AtOption
  @OptionGroup var digits: DigitsOption
  @Option(help: "About how many points.") var points = 200
  @Option(help: "csv or json.") var format = CurveFormat.csv
  @Option(help: "How many slices of a surface; 5 if not said.") var slices: Int?
  @Option(help: "A file for the result, replaced as a whole.") var out: String?

  func validate() throws {
    guard points >= 2 else { throw ValidationError("--points must be 2 or more, not \(points)") }
    if let slices, !(1...10_000).contains(slices) {
      throw ValidationError("--slices must be from 1 to 10000, not \(slices)")
    }
  }

  func run() throws {
    let document = try Document(path: document)
    let point = try document.point(try at.point().onlyValues())
    if document.surfaces.contains(where: { $0.id == self.boundary }) {
      try run(surface: self.boundary, of: document, at: point)
      return
    }
    guard slices == nil else {
      throw CommandFailure.input("--slices is for surfaces, and '\(self.boundary)' is none")
    }
    let boundary = try document.trace(
      boundary, at: point, digits: digits.count, points: points)
    let text =
      switch format {
      case .csv: boundary.csv
      case .json: try JSONValue(boundary, digits: digits.count).rendered()
      }
    try Console.write(text, to: out)
    if format == .csv, !boundary.uncertain.isEmpty {
      Console.complain(
        "warning: \(boundary.uncertain.count) boxes stayed undecided; --format json lists them")
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
  init(_ boundary: TracedBoundary, digits: Int) {
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
      "certificate": .certificate(boundary.certificate),
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
