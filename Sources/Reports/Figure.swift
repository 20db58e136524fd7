/// The data of a figure in a plane: a map of a function, curves over it, or both.
///
/// It holds numbers and labels only and depends on no program that draws it. Labels are plain
/// text in Unicode; a unit belongs to the label, as in `r / γ`.
public struct Figure: Sendable, Hashable, Codable {
  /// One axis of the plane.
  public struct Axis: Sendable, Hashable, Codable {
    /// How a position on the axis follows from the value.
    public enum Scale: String, Sendable, Hashable, Codable {
      /// Proportional to the value.
      case linear
      /// Proportional to the logarithm of the value, which must be positive.
      case logarithmic
    }

    /// The text at the axis, with the unit.
    public var label: String
    /// What is shown; without it, the range of the data.
    public var range: ClosedRange<Double>?
    /// Linear or logarithmic.
    public var scale: Scale

    /// An axis.
    public init(_ label: String, range: ClosedRange<Double>? = nil, scale: Scale = .linear) {
      self.label = label
      self.range = range
      self.scale = scale
    }
  }

  /// A point of the plane.
  public struct Point: Sendable, Hashable, Codable {
    /// The position along the horizontal axis.
    public var x: Double
    /// The position along the vertical axis.
    public var y: Double

    /// A point.
    public init(_ x: Double, _ y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// A sequence of points, drawn as a line or as marks.
  public struct Curve: Sendable, Hashable, Codable {
    /// How the points are drawn.
    public enum Style: String, Sendable, Hashable, Codable, CaseIterable {
      /// An unbroken line.
      case solid
      /// A line of dashes.
      case dashed
      /// A line of dots.
      case dotted
      /// A line of dashes and dots.
      case dashDotted
      /// A mark at each point.
      case marks
    }

    /// The text in the legend; an empty one keeps the curve out of it.
    public var label: String
    /// The points in order; one with a value that is not finite breaks the line.
    public var points: [Point]
    /// How the points are drawn.
    public var style: Style

    /// A curve.
    public init(_ label: String, points: [Point], style: Style = .solid) {
      self.label = label
      self.points = points
      self.style = style
    }
  }

  /// The text above the figure.
  public var title: String?
  /// The horizontal axis.
  public var xAxis: Axis
  /// The vertical axis.
  public var yAxis: Axis
  /// The function shown as shades.
  public var map: HeatMap?
  /// The curves, drawn in order over the map.
  public var curves: [Curve]

  /// A figure.
  public init(
    title: String? = nil, xAxis: Axis, yAxis: Axis, map: HeatMap? = nil, curves: [Curve] = []
  ) {
    self.title = title
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.map = map
    self.curves = curves
  }
}
