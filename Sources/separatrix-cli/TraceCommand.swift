import ArgumentParser
import Separatrix

/// `separatrix trace DOC BOUNDARY`.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Traces a boundary as points with certified digits.",
    discussion: """
      csv lists the points; text tells of the components, the extrema of the coordinates along them, crossings, singular \
      points and the areas of the sides; json has all of it and the certificate that 'separatrix verify' proves \
      again. What text and json have beside the points is certified as it is computed, and not part of the certificate.
      """)

  @Argument(help: "The document.") var document: String
  @Argument(help: "The boundary's name.") var boundary: String
  @OptionGroup var at: AtOption
  @OptionGroup var digits: DigitsOption
  @Option(help: "About how many points.") var points = 200
  @Option(help: "even: at even distances; curvature: half of them where the curve bends.")
  var spacing = BoundarySpacing.even
  @Option(help: "csv, json or text.") var format = CurveFormat.csv
  @Option(help: "A file for the result, replaced as a whole.") var out: String?

  func validate() throws {
    guard points >= 2 else { throw ValidationError("--points must be 2 or more, not \(points)") }
  }

  func run() throws {
    let document = try Document(path: document)
    let point = try document.point(try at.point().onlyValues())
    let boundary = try document.trace(
      boundary, at: point, digits: digits.count, points: points, spacing: spacing)
    let text =
      switch format {
      case .csv: boundary.csv
      case .json: try JSONValue(boundary, digits: digits.count).rendered()
      case .text: boundary.summary
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
