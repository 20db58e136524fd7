import Foundation

/// A figure as a self-contained gnuplot script, with its data inside.
///
/// The look is that of a printed paper: white ground, ticks outside, curves in colours that
/// colour-blind readers tell apart (Okabe and Ito), maps in shades of grey from white at zero.
public struct GnuplotScript: Sendable, Hashable {
  /// The text of the script, which sets neither terminal nor output.
  public let text: String

  /// The size of the figure, as width over height.
  let proportion: Double

  /// The script of a figure.
  ///
  /// - Throws: `ReportError.invalidFigure` where nothing is to be shown, a range is empty or not
  ///   finite, or an axis is logarithmic over values that are not positive or under a map.
  /// - Complexity: O(cells of the map + points of the curves).
  public init(_ figure: Figure) throws(ReportError) {
    let xRange = try Self.range(of: figure, along: "horizontal", axis: figure.xAxis) { $0.x }
    let yRange = try Self.range(of: figure, along: "vertical", axis: figure.yAxis) { $0.y }
    var lines = Self.preamble
    if let title = figure.title {
      lines.append("set title \(Self.quoted(title)) noenhanced offset 0,-0.3")
    }
    lines.append("set xlabel \(Self.quoted(figure.xAxis.label)) noenhanced offset 0,0.5")
    lines.append("set ylabel \(Self.quoted(figure.yAxis.label)) noenhanced offset 0.5,0")
    lines.append("set xrange [\(xRange.lowerBound):\(xRange.upperBound)]")
    lines.append("set yrange [\(yRange.lowerBound):\(yRange.upperBound)]")
    for (name, axis, range) in [("x", figure.xAxis, xRange), ("y", figure.yAxis, yRange)]
    where axis.scale == .logarithmic {
      lines.append("set logscale \(name)")
      // Over more than a decade the marks are powers of ten.
      if range.upperBound > 10 * range.lowerBound {
        lines.append("set format \(name) '10^{%T}'")
      }
    }

    var plots: [String] = []
    var data: [String] = []
    if let map = figure.map {
      data.append(Self.block(of: map))
      lines += Self.shades(of: map)
      let width = (map.xRange.upperBound - map.xRange.lowerBound) / Double(max(map.columns, 2))
      let height = (map.yRange.upperBound - map.yRange.lowerBound) / Double(max(map.rows, 2))
      let x = "(\(map.xRange.lowerBound)+($1+0.5)*\(width))"
      let y = "(\(map.yRange.lowerBound)+($2+0.5)*\(height))"
      // An image cannot be cut within a cell, so cells across the edge are drawn one by one.
      let isWhole =
        xRange.lowerBound <= map.xRange.lowerBound && map.xRange.upperBound <= xRange.upperBound
        && yRange.lowerBound <= map.yRange.lowerBound && map.yRange.upperBound <= yRange.upperBound
      let style = isWhole ? "image" : "image pixels"
      plots.append("$map matrix using \(x):\(y):3 with \(style) notitle")
    }
    var drawn = 0
    for curve in figure.curves where curve.points.contains(where: Self.isFinite) {
      drawn += 1
      data.append(Self.block(of: curve, number: drawn))
      let title =
        curve.label.isEmpty ? "notitle" : "title \(Self.quoted(curve.label)) noenhanced"
      let look = Self.look(of: curve.style, number: drawn)
      plots.append("$curve\(drawn) using 1:2 with \(look) \(title)")
    }
    lines += data
    lines.append("plot \\\n  " + plots.joined(separator: ", \\\n  "))
    text = lines.joined(separator: "\n") + "\n"
    proportion = figure.map == nil ? 1.4 : 1.06
  }

  private static let preamble = [
    "# A figure of Separatrix. To draw it: gnuplot -e \"set terminal svg; set output 'figure.svg'\"",
    "# followed by the name of this file.",
    "set encoding utf8",
    "set decimalsign '.'",
    "set border 15 linewidth 0.8 linecolor rgb '#333333'",
    "set tics out nomirror scale 0.6 textcolor rgb '#000000'",
    "set key outside bottom center horizontal Left reverse noenhanced samplen 3 spacing 1.2 height 0.5",
  ]

  // MARK: - Ranges

  private static func isFinite(_ point: Figure.Point) -> Bool {
    point.x.isFinite && point.y.isFinite
  }

  /// The least range with ends of two or three digits around the values: curves do not run along the frame,
  /// and the marks of the axis are short numbers.
  private static func widened(_ lowest: Double, _ highest: Double) -> ClosedRange<Double> {
    let unit = pow(10, (log10(highest - lowest)).rounded(.down) - 1)
    guard unit.isNormal, (abs(lowest) + abs(highest)) / unit < 1e12 else { return lowest...highest }
    let (low, high) = ((lowest / unit).rounded(.down), (highest / unit).rounded(.up))
    // Decimal ends, which a product of the unit is not.
    let exponent = Int(log10(unit).rounded())
    return
      (Double("\(Int(low))e\(exponent)") ?? lowest)...(Double("\(Int(high))e\(exponent)") ?? highest)
  }

  /// The range that an axis shows: its own, else that of the map, else that of the curves.
  private static func range(
    of figure: Figure, along name: String, axis: Figure.Axis,
    coordinate: (Figure.Point) -> Double
  ) throws(ReportError) -> ClosedRange<Double> {
    if axis.scale == .logarithmic, figure.map != nil {
      throw .invalidFigure("a map cannot be drawn over the logarithmic \(name) axis")
    }
    let points = figure.curves.flatMap(\.points).filter(isFinite)
    guard figure.map != nil || !points.isEmpty else {
      throw .invalidFigure("it has neither a map nor a point of a curve")
    }
    let isLogarithmic = axis.scale == .logarithmic
    let range: ClosedRange<Double>
    if let given = axis.range {
      range = given
    } else if let map = figure.map {
      range = name == "horizontal" ? map.xRange : map.yRange
    } else {
      let values = points.map(coordinate).filter { !isLogarithmic || $0 > 0 }
      guard let lowest = values.min(), let highest = values.max() else {
        throw .invalidFigure("no point of a curve is positive along the logarithmic \(name) axis")
      }
      if lowest < highest, !isLogarithmic, name == "vertical" {
        range = widened(lowest, highest)
      } else if lowest < highest {
        range = lowest...highest
      } else if isLogarithmic {
        range = lowest / 2...highest * 2
      } else {
        let margin = max(abs(lowest) / 2, 1)
        range = lowest - margin...highest + margin
      }
    }
    guard (range.upperBound - range.lowerBound).isFinite, range.lowerBound < range.upperBound
    else { throw .invalidFigure("the \(name) range \(range) is empty or not finite") }
    guard !isLogarithmic || range.lowerBound > 0 else {
      throw .invalidFigure("the range \(range) of the logarithmic \(name) axis is not positive")
    }
    return range
  }

  // MARK: - Data and looks

  private static func number(_ value: Double) -> String { value.isFinite ? "\(value)" : "NaN" }

  /// The values of a map; gnuplot draws nothing of a single row or column, which is given twice.
  private static func block(of map: HeatMap) -> String {
    var text = "$map << EOD\n"
    for row in 0..<map.rows {
      var values = map.values[row * map.columns..<(row + 1) * map.columns].map(number)
      if map.columns == 1 { values += values }
      let line = values.joined(separator: " ") + "\n"
      text += map.rows == 1 ? line + line : line
    }
    return text + "EOD"
  }

  private static func block(of curve: Figure.Curve, number: Int) -> String {
    var text = "$curve\(number) << EOD\n"
    for point in curve.points {
      // An empty line breaks the curve.
      text += isFinite(point) ? "\(point.x) \(point.y)\n" : "\n"
    }
    return text + "EOD"
  }

  /// The palette and its range: white is zero, with two colours where the map has both signs.
  private static func shades(of map: HeatMap) -> [String] {
    let finite = map.values.filter(\.isFinite)
    let lowest = min(finite.min() ?? 0, 0)
    let highest = max(finite.max() ?? 0, 0)
    var lines = ["set size square"]
    if lowest < 0, highest > 0 {
      let bound = max(-lowest, highest)
      lines.append("set palette defined (-1 '#8c510a', 0 '#ffffff', 1 '#35527a')")
      lines.append("set cbrange [\(-bound):\(bound)]")
    } else if lowest < 0 {
      lines.append("set palette defined (0 '#757575', 1 '#ffffff')")
      lines.append("set cbrange [\(lowest):0]")
    } else {
      lines.append("set palette defined (0 '#ffffff', 1 '#757575')")
      lines.append("set cbrange [0:\(highest > 0 ? highest : 1)]")
    }
    lines.append("set palette maxcolors 256")
    lines.append("set cblabel \(quoted(map.label)) noenhanced offset 0.5,0")
    return lines
  }

  /// The colours of curves, by Okabe and Ito, the darkest first.
  private static let colours = [
    "#d55e00", "#0072b2", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9",
  ]

  private static func look(of style: Figure.Curve.Style, number: Int) -> String {
    let colour = "linecolor rgb '\(colours[(number - 1) % colours.count])'"
    switch style {
    case .solid: return "lines \(colour) linewidth 2 dashtype solid"
    case .dashed: return "lines \(colour) linewidth 2 dashtype (8,5)"
    case .dotted: return "lines \(colour) linewidth 2 dashtype (2,4)"
    case .dashDotted: return "lines \(colour) linewidth 2 dashtype (10,4,2,4)"
    case .marks: return "points \(colour) pointtype \(number % 2 == 1 ? 7 : 5) pointsize 0.8"
    }
  }

  /// A text as a string of gnuplot in single quotes, in which nothing is expanded.
  static func quoted(_ text: String) -> String {
    let line = TextWidth.printable(text).replacing("\n", with: " ")
    return "'" + line.replacing("'", with: "''") + "'"
  }
}
