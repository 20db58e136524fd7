import Symbolic

/// What a Markdown file holds for us: its title and its blocks of statements.
///
/// Fences follow CommonMark: three or more backticks or tildes, indented by at most three spaces,
/// closed by a fence of the same character that is at least as long and has no info string.
public struct MarkdownBlocks: Sendable {
  /// The text of the first heading (`# …` to `###### …`) outside fences; nil when there is none.
  public private(set) var title: String?
  /// The contents of the fenced blocks with the info string `separatrix`, in order, with the
  /// positions of the file.
  public private(set) var blocks: [SourceText] = []
  /// The fences that are not closed: an error for our blocks, a warning for others.
  public private(set) var diagnostics: [Diagnostic] = []

  /// The word that marks our blocks.
  static let infoString = "separatrix"

  /// Finds the title and the blocks of `source`. CRLF ends a line like LF.
  ///
  /// - Complexity: O(length).
  public init(_ source: SourceText) {
    var open: (fence: Fence, line: Int)?
    for line in 1...max(1, source.lineCount) {
      let content = source.fragment(lines: line, through: line)
      let text = Self.normalised(content.text)
      let fence = Fence(text)
      if let current = open {
        if let fence, fence.closes(current.fence) {
          if current.fence.isOurs {
            blocks.append(Self.block(source, after: current.line, before: line))
          }
          open = nil
        } else if let fence, current.fence.isOurs, fence.isOurs {
          // No statement looks like this: the author forgot to close the block before.
          reportUnclosed(current, in: source)
          open = (fence, line)
        }
      } else if let fence {
        open = (fence, line)
      } else if title == nil {
        title = Self.heading(text)
      }
    }
    if let open { reportUnclosed(open, in: source) }
  }

  /// The lines between two fences. A block without lines is the empty text.
  private static func block(_ source: SourceText, after first: Int, before last: Int) -> SourceText
  {
    guard first + 1 < last else {
      let end = source.fragment(lines: first, through: first).range.endPlace
      return source.fragment(end)
    }
    return source.fragment(lines: first + 1, through: last - 1)
  }

  private mutating func reportUnclosed(_ open: (fence: Fence, line: Int), in source: SourceText) {
    let line = source.fragment(lines: open.line, through: open.line).range
    let start = line.start + open.fence.offset
    let mark = String(repeating: open.fence.character, count: open.fence.length)
    diagnostics.append(
      Diagnostic(
        "this block is not closed", at: SourceRange(start, start + open.fence.length),
        severity: open.fence.isOurs ? .error : .warning, hint: "end it with a line '\(mark)'"))
  }

  /// The line without a carriage return at its end.
  private static func normalised(_ line: String) -> Substring {
    // CR and LF are one Character together, but the LF is not part of the line.
    line.last == "\r" ? line.dropLast() : line[...]
  }

  /// The text of a heading; nil for other lines.
  private static func heading(_ line: Substring) -> String? {
    var rest = line.drop { $0 == "\u{FEFF}" }
    let indentation = rest.prefix { $0 == " " }.count
    guard indentation <= 3 else { return nil }
    rest = rest.dropFirst(indentation)
    let level = rest.prefix { $0 == "#" }.count
    rest = rest.dropFirst(level)
    guard (1...6).contains(level), rest.first?.isWhitespace ?? true else { return nil }
    var words = rest.split(whereSeparator: \.isWhitespace)
    if let last = words.last, last.allSatisfy({ $0 == "#" }) { words.removeLast() }
    return words.joined(separator: " ")
  }
}

/// A line that opens or closes a fenced block.
private struct Fence {
  let character: Character
  let length: Int
  /// The bytes before the fence.
  let offset: Int
  let info: Substring

  /// The fence on a line; nil when there is none.
  init?(_ line: Substring) {
    let text = line.drop { $0 == "\u{FEFF}" }
    let indentation = text.prefix { $0 == " " }.count
    let rest = text.dropFirst(indentation)
    guard indentation <= 3, let character = rest.first, character == "`" || character == "~" else {
      return nil
    }
    self.character = character
    length = rest.prefix { $0 == character }.count
    offset = line.utf8.distance(from: line.startIndex, to: rest.startIndex)
    let after = rest.dropFirst(length)
    info = after
    guard length >= 3, character == "~" || !after.contains("`") else { return nil }
  }

  /// Whether the first word after the fence is the one that marks our blocks.
  var isOurs: Bool {
    info.split(whereSeparator: \.isWhitespace).first.map { $0 == MarkdownBlocks.infoString }
      ?? false
  }

  func closes(_ opening: Fence) -> Bool {
    character == opening.character && length >= opening.length
      && info.allSatisfy(\.isWhitespace)
  }
}
