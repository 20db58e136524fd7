/// The number of terminal cells that text takes, and line breaking by it.
enum TextWidth {
  /// The cells that a string takes: wide East Asian characters and emoji two, marks none.
  static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  /// The cells that one character takes, which is the width of its widest scalar.
  static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }  // asks for the emoji form
      width = max(width, of(scalar))
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    switch value {
    // The blocks of Unicode Standard Annex #11 whose characters are wide or fullwidth.
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F,
      0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text with every control character but the line break made visible or a space, so that a
  /// cell can neither move the cursor nor break the alignment.
  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": if previous != "\r" { result.append("\n") }
      case "\r", "\u{2028}", "\u{2029}": result.append("\n")
      case "\t": result.append(" ")
      default:
        let isControl = scalar.properties.generalCategory == .control
        let isBidirectional =
          (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        result.append(isControl || isBidirectional ? "\u{FFFD}" : scalar)
      }
      previous = scalar
    }
    return String(result)
  }

  /// The lines of a printable text, broken at spaces so that none takes more than `width` cells;
  /// a word longer than a line is broken where the line is full.
  static func lines(of text: String, width: Int?) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
      guard let width, of(line) > width else { return [String(line)] }
      return broken(line, width: max(width, 2))
    }
  }

  private static func broken(_ line: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var current = ""
    var used = 0
    for word in line.split(separator: " ") {
      let size = of(word)
      if used > 0, used + 1 + size <= width {
        current += " " + word
        used += 1 + size
        continue
      }
      if used > 0 { lines.append(current) }
      current = ""
      used = 0
      for character in word {
        let size = of(character)
        if used + size > width {
          lines.append(current)
          current = ""
          used = 0
        }
        current.append(character)
        used += size
      }
    }
    if used > 0 || lines.isEmpty { lines.append(current) }
    return lines
  }
}
