/// The values of a function on a grid of equal cells, each sampled at the middle of its cell.
public struct HeatMap: Sendable, Hashable, Codable {
  /// The text at the scale of shades.
  public let label: String
  /// The horizontal extent of all cells together.
  public let xRange: ClosedRange<Double>
  /// The vertical extent of all cells together.
  public let yRange: ClosedRange<Double>
  /// The number of cells along the horizontal axis.
  public let columns: Int
  /// The number of cells along the vertical axis.
  public let rows: Int
  /// The values row by row, from the lowest row up and from left to right; one that is not finite
  /// leaves its cell blank.
  public let values: [Double]

  /// A map of these values.
  ///
  /// - Throws: `ReportError.invalidFigure` where the count of values is not `columns` times `rows`,
  ///   there is no cell, or a range is empty or not finite.
  public init(
    label: String, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, columns: Int,
    rows: Int, values: [Double]
  ) throws(ReportError) {
    try Self.validate(xRange: xRange, yRange: yRange, columns: columns, rows: rows)
    guard values.count == columns * rows else {
      throw .invalidFigure(
        "the map of \(columns) by \(rows) cells has \(values.count) values in place of "
          + "\(columns * rows)")
    }
    self.label = label
    self.xRange = xRange
    self.yRange = yRange
    self.columns = columns
    self.rows = rows
    self.values = values
  }

  /// A map of a function, called at the middle of every cell.
  ///
  /// - Throws: `ReportError.invalidFigure` as above, and what the function throws.
  public init(
    label: String, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, columns: Int,
    rows: Int, value: (_ x: Double, _ y: Double) throws -> Double
  ) throws {
    try Self.validate(xRange: xRange, yRange: yRange, columns: columns, rows: rows)
    var values: [Double] = []
    values.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let y = Self.middle(of: row, count: rows, in: yRange)
      for column in 0..<columns {
        values.append(try value(Self.middle(of: column, count: columns, in: xRange), y))
      }
    }
    try self.init(
      label: label, xRange: xRange, yRange: yRange, columns: columns, rows: rows, values: values)
  }

  /// A map of a function, called once with the middles of all cells: their horizontal coordinates and
  /// their vertical ones, in the order of ``values``.
  ///
  /// - Throws: `ReportError.invalidFigure` as above, and what the function throws.
  public init(
    label: String, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, columns: Int,
    rows: Int, values: (_ coordinates: [[Double]]) throws -> [Double]
  ) throws {
    try Self.validate(xRange: xRange, yRange: yRange, columns: columns, rows: rows)
    let across = (0..<columns).map { Self.middle(of: $0, count: columns, in: xRange) }
    let up = (0..<rows).map { Self.middle(of: $0, count: rows, in: yRange) }
    let coordinates = [
      up.flatMap { _ in across }, up.flatMap { [Double](repeating: $0, count: columns) },
    ]
    try self.init(
      label: label, xRange: xRange, yRange: yRange, columns: columns, rows: rows,
      values: try values(coordinates))
  }

  private enum CodingKeys: String, CodingKey {
    case label, xRange, yRange, columns, rows, values
  }

  /// Reads a map and checks it as the other initializers do.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      label: try container.decode(String.self, forKey: .label),
      xRange: try container.decode(ClosedRange<Double>.self, forKey: .xRange),
      yRange: try container.decode(ClosedRange<Double>.self, forKey: .yRange),
      columns: try container.decode(Int.self, forKey: .columns),
      rows: try container.decode(Int.self, forKey: .rows),
      values: try container.decode([Double].self, forKey: .values))
  }

  /// The middle of cell `index` of `count` equal cells of a range.
  public static func middle(
    of index: Int, count: Int, in range: ClosedRange<Double>
  ) -> Double {
    let fraction = (Double(index) + 0.5) / Double(count)
    return range.lowerBound * (1 - fraction) + range.upperBound * fraction
  }

  private static func validate(
    xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, columns: Int, rows: Int
  ) throws(ReportError) {
    for (name, range) in [("horizontal", xRange), ("vertical", yRange)] {
      guard (range.upperBound - range.lowerBound).isFinite, range.lowerBound < range.upperBound
      else {
        throw .invalidFigure("the \(name) range \(range) of the map is empty or not finite")
      }
    }
    guard columns > 0, rows > 0 else {
      throw .invalidFigure("the map of \(columns) by \(rows) cells has no cell")
    }
    guard columns.multipliedReportingOverflow(by: rows).partialValue <= 16_000_000,
      !columns.multipliedReportingOverflow(by: rows).overflow
    else {
      throw .invalidFigure("the map of \(columns) by \(rows) cells is beyond 16 million cells")
    }
  }
}
