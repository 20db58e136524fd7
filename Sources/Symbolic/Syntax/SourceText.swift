/// The text of a file, or a fragment of it, with the positions of the whole file.
///
/// A fenced block of a Markdown document is a fragment: it shares the file's text, and every offset,
/// line and column in it is the file's, so that an error in a block points into the document.
public struct SourceText: Sendable {
  /// The name of the file as shown in diagnostics.
  public var file: String { storage.file }
  /// The offsets that this text covers; the whole file unless it is a fragment.
  public let range: SourceRange

  private let storage: Storage

  /// What all fragments of one file share.
  private final class Storage: Sendable {
    let file: String
    let bytes: [UInt8]
    /// The offset of each line's first byte; the first element is 0.
    let lineStarts: [Int]

    init(file: String, bytes: [UInt8]) {
      self.file = file
      self.bytes = bytes
      var starts = [0]
      for (offset, byte) in bytes.enumerated() where byte == 0x0A {
        starts.append(offset + 1)
      }
      lineStarts = starts
    }
  }

  /// The whole of `text`, under the name `file`.
  ///
  /// - Complexity: O(length).
  public init(_ text: String, file: String = "<input>") {
    let bytes = Array(text.utf8)
    storage = Storage(file: file, bytes: bytes)
    range = SourceRange(0, bytes.count)
  }

  private init(storage: Storage, range: SourceRange) {
    self.storage = storage
    self.range = range
  }

  /// The part of this text inside `range` (offsets of the whole file), clipped to what is here.
  public func fragment(_ range: SourceRange) -> SourceText {
    let start = min(max(range.start, self.range.start), self.range.end)
    let end = min(max(range.end, start), self.range.end)
    return SourceText(storage: storage, range: SourceRange(start, end))
  }

  /// The lines `first...last` (from 1) of the file without the last one's line feed, as a fragment;
  /// clipped to the lines that exist.
  public func fragment(lines first: Int, through last: Int) -> SourceText {
    let starts = storage.lineStarts
    let from = first <= 1 ? 0 : first > starts.count ? storage.bytes.count : starts[first - 1]
    let to = last >= starts.count ? storage.bytes.count : last < 1 ? 0 : starts[last] - 1
    return fragment(SourceRange(from, to))
  }

  /// The number of lines of the whole file.
  public var lineCount: Int { storage.lineStarts.count }

  /// The text between the offsets of `range`, which are clipped to the file.
  public subscript(range: SourceRange) -> String {
    let bytes = storage.bytes
    let start = min(max(range.start, 0), bytes.count)
    let end = min(max(range.end, start), bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// The text that this value covers.
  public var text: String { self[range] }

  /// The UTF-8 bytes of the whole file.
  var bytes: [UInt8] { storage.bytes }

  /// The range of the line (from 1) that holds `offset`, without its line break.
  public func lineRange(at offset: Int) -> SourceRange {
    let index = lineIndex(at: offset)
    let start = storage.lineStarts[index]
    var end =
      index + 1 < storage.lineStarts.count
      ? storage.lineStarts[index + 1] - 1 : storage.bytes.count
    if end > start, storage.bytes[end - 1] == 0x0D { end -= 1 }
    return SourceRange(start, end)
  }

  /// The line and column of `offset`, in the whole file.
  ///
  /// - Complexity: O(log lines + length of the line).
  public func position(at offset: Int) -> SourcePosition {
    let index = lineIndex(at: offset)
    let prefix = self[SourceRange(storage.lineStarts[index], min(offset, storage.bytes.count))]
    return SourcePosition(line: index + 1, column: prefix.count + 1)
  }

  /// The index into `lineStarts` of the line that holds `offset`, by bisection.
  private func lineIndex(at offset: Int) -> Int {
    let starts = storage.lineStarts
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
