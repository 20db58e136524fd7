/// A table of plain text cells, without any markup of an output format.
///
/// A cell holds what is meant, such as `a | b`; every renderer escapes for its own format.
/// Each row has exactly as many cells as there are columns: a short row is filled with empty
/// cells, and the surplus cells of a long row add columns without a header, so that nothing is lost.
public struct Table: Sendable, Hashable, Codable {
  /// How the cells of a column are placed in it.
  public enum Alignment: String, Sendable, Hashable, Codable, CaseIterable {
    /// At the left edge: words.
    case left
    /// At the right edge: numbers.
    case right
    /// In the middle.
    case center
  }

  /// The header of a column and how its cells are placed.
  public struct Column: Sendable, Hashable, Codable {
    /// The text above the column.
    public var header: String
    /// How the cells are placed.
    public var alignment: Alignment
    /// The name of the column in machine-readable output.
    public var key: String

    /// A column; its key is the header unless another is given.
    public init(_ header: String, alignment: Alignment = .left, key: String? = nil) {
      self.header = header
      self.alignment = alignment
      self.key = key ?? header
    }
  }

  /// The columns, from left to right.
  public private(set) var columns: [Column]
  /// The rows, from top to bottom, each with a cell for every column.
  public private(set) var rows: [[String]]
  /// The caption above the table.
  public var title: String?
  /// The line below the table, such as the counts of each status.
  public var summary: String?

  /// A table with these columns and rows.
  public init(
    title: String? = nil, columns: [Column], rows: [[String]] = [], summary: String? = nil
  ) {
    self.title = title
    self.summary = summary
    self.columns = columns
    self.rows = []
    for row in rows { append(row) }
  }

  private enum CodingKeys: String, CodingKey { case title, columns, rows, summary }

  /// Reads a table; rows of unequal length are filled as by `append(_:)`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      title: try container.decodeIfPresent(String.self, forKey: .title),
      columns: try container.decode([Column].self, forKey: .columns),
      rows: try container.decode([[String]].self, forKey: .rows),
      summary: try container.decodeIfPresent(String.self, forKey: .summary))
  }

  /// Adds a row at the bottom.
  ///
  /// - Complexity: O(cells of the row), or O(cells of the table) where the row adds columns.
  public mutating func append(_ row: [String]) {
    if row.count > columns.count {
      let surplus = row.count - columns.count
      for _ in 0..<surplus { columns.append(Column("", key: "column\(columns.count + 1)")) }
      for index in rows.indices {
        rows[index] += [String](repeating: "", count: surplus)
      }
    }
    rows.append(row + [String](repeating: "", count: columns.count - row.count))
  }

  /// The formats in which a table can be written.
  public enum Format: String, Sendable, Hashable, CaseIterable {
    /// Aligned columns for a terminal.
    case text
    /// A table of GitHub-flavoured Markdown.
    case markdown
    /// A `tabular` of LaTeX that needs no package.
    case latex
    /// Comma-separated values by RFC 4180.
    case csv
    /// An array of objects.
    case json
  }

  /// The table in a format; `width` matters for text only.
  ///
  /// - Returns: The table, ending in a line break.
  public func rendered(as format: Format, width: Int = 100) -> String {
    switch format {
    case .text: text(width: width)
    case .markdown: markdown()
    case .latex: latex()
    case .csv: csv()
    case .json: json()
    }
  }
}
