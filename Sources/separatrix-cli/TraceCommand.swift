import ArgumentParser
import Separatrix

/// `separatrix trace DOC BOUNDARY` or `separatrix trace DOC SURFACE --slices N`.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Traces a boundary, or slices of a surface, as points with certified digits.",
    discussion: """
      csv lists the points; text tells of the components, the extrema of the coordinates along them, crossings, singular \
      points and the areas of the sides; json has all of it and the certificate that 'separatrix verify' proves \
      again. What text and json have beside the points is certified as it is computed, and not part of the certificate.
      """)

  @Argument(help: "The document.") var document: String
  @Argument(help: "The boundary's or surface's name.") var boundary: String
  @OptionGroup var at: AtOption
  @OptionGroup var digits: DigitsOption
  @Option(help: "About how many points.") var points = 200
  @Option(help: "even: at even distances; curvature: half of them where the curve bends.")
  var spacing = BoundarySpacing.even
  @Option(help: "How many slices of a surface; 5 if not said.") var slices: Int?
  @Option(help: "csv, json or text.") var format = CurveFormat.csv
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
      case .text: boundary.summary
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
          boundary, at: point, digits: digits.count, points: points, spacing: spacing,
          details: format == .csv ? [] : .all,
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
