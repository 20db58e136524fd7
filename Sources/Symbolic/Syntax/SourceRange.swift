/// A stretch of source text, as UTF-8 offsets into the whole file: `start` included, `end` not.
///
/// An empty range (`start == end`) is a place between two characters, such as the end of a line.
public struct SourceRange: Hashable, Sendable {
  /// Offset of the first byte.
  public let start: Int
  /// Offset after the last byte; never less than `start`.
  public let end: Int

  /// The range from `start` up to `end`; an `end` before `start` gives the empty range at `start`.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  /// The smallest range that covers both.
  public func union(_ other: SourceRange) -> SourceRange {
    SourceRange(min(start, other.start), max(end, other.end))
  }

  /// Whether `other` lies within this range.
  public func contains(_ other: SourceRange) -> Bool {
    start <= other.start && other.end <= end
  }

  /// The place right after this range.
  public var endPlace: SourceRange { SourceRange(end, end) }
}

/// A line and a column of a file, both counted from 1; columns count Unicode characters.
public struct SourcePosition: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column in characters (extended grapheme clusters), from 1.
  public let column: Int

  /// A position with the given line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// `line:column`.
  public var description: String { "\(line):\(column)" }
}
