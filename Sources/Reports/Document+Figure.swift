import Documents
import Exact
import Foundation
import Symbolic

extension Document {
  /// The data of a figure: maps and curves in doubles, boundaries from certified points.
  ///
  /// - Throws: ``DocumentError`` for an unknown figure or a formula that still depends on more than
  ///   its axes; ``ReportError``.
  public func figure(_ id: String) throws -> Figure {
    guard let definition = figures.first(where: { $0.id == id }) else {
      throw unanswered[id].map { DocumentError.stopped($0) }
        ?? .unknown(what: "figure", name: id, known: figures.map(\.id))
    }
    switch definition.content {
    case .map(let shown, let x, let y):
      let xRange = x.lower.approximateDouble...x.upper.approximateDouble
      let yRange = y.lower.approximateDouble...y.upper.approximateDouble
      let program = try DefinedProgram(shown, definition, [x.symbol, y.symbol])
      // A procedure may take milliseconds at a point.
      let side = shown.value.hasProcedures ? 100 : 240
      let map = try HeatMap(
        label: shown.label, xRange: xRange, yRange: yRange, columns: side, rows: side
      ) { program.values($0) }
      var curves: [Figure.Curve] = []
      for name in definition.overlays {
        for (index, points) in try outline(name).enumerated() {
          curves.append(
            .init(index == 0 ? name : "", points: points.map { .init($0.0, $0.1) }))
        }
      }
      let styles: [Figure.Curve.Style] = [.dashed, .dotted, .dashDotted]
      for (index, curve) in definition.curves.enumerated() {
        let program = try DefinedProgram(curve, definition, [x.symbol])
        curves.append(
          .init(
            curve.label,
            points: Document.values(program, xRange, curve.value.hasProcedures ? 100 : 240).filter {
              $0.y.isFinite && yRange.contains($0.y)
            }, style: styles[index % styles.count]))
      }
      return Figure(
        title: definition.title, xAxis: .init(axisLabel(x.symbol), range: xRange),
        yAxis: .init(axisLabel(y.symbol), range: yRange), map: map, curves: curves)
    case .outline(let items, let x, let y):
      let xRange = x.lower.approximateDouble...x.upper.approximateDouble
      let yRange = y.lower.approximateDouble...y.upper.approximateDouble
      var curves: [Figure.Curve] = []
      for item in items {
        // One line for all components, so that they look alike: what is not finite interrupts it.
        let parts = try outline(item.boundary)
        let points = parts.map { $0.map { Figure.Point($0.0, $0.1) } }
        curves.append(
          .init(item.label, points: Array(points.joined(separator: [.init(.nan, .nan)]))))
      }
      return Figure(
        title: definition.title, xAxis: .init(axisLabel(x.symbol), range: xRange),
        yAxis: .init(axisLabel(y.symbol), range: yRange), curves: curves)
    case .plot(let values, let x):
      let xRange = x.lower.approximateDouble...x.upper.approximateDouble
      var curves: [Figure.Curve] = []
      // Curves that lie upon one another stay visible by their dashes.
      let styles: [Figure.Curve.Style] = [.solid, .dashed, .dotted, .dashDotted]
      for (index, value) in (values + definition.curves).enumerated() {
        let program = try DefinedProgram(value, definition, [x.symbol])
        curves.append(
          .init(
            value.label,
            points: Document.values(
              program, xRange, value.value.hasProcedures ? 200 : 600,
              isLogarithmic: definition.logarithmic.axis),
            style: styles[index % styles.count]))
      }
      return Figure(
        title: definition.title,
        xAxis: .init(
          axisLabel(x.symbol), range: xRange,
          scale: definition.logarithmic.axis ? .logarithmic : .linear),
        yAxis: .init(
          values.count == 1 ? values[0].label : "",
          scale: definition.logarithmic.values ? .logarithmic : .linear), curves: curves)
    }
  }

  /// The first output at the ends of `count` equal parts of a range, or of parts of equal ratio.
  private static func values(
    _ program: DefinedProgram, _ range: ClosedRange<Double>, _ count: Int,
    isLogarithmic: Bool = false
  ) -> [Figure.Point] {
    let samples = (0...count).map { index -> Double in
      let part = Double(index) / Double(count)
      return isLogarithmic
        ? range.lowerBound * pow(range.upperBound / range.lowerBound, part)
        : range.lowerBound + (range.upperBound - range.lowerBound) * part
    }
    return zip(samples, program.values([samples])).map { .init($0, $1) }
  }

  private func axisLabel(_ symbol: Symbol) -> String {
    guard let meaning = parameter(named: symbol.name)?.meaning else { return symbol.name }
    return "\(symbol.name) (\(meaning))"
  }
}
