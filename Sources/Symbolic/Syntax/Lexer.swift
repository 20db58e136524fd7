import Exact

/// Cuts a text into tokens. Never fails: what is no word becomes an `invalid` token and a diagnostic.
///
/// Spaces and comments (`#` to the end of the line) separate words and vanish; ends of lines are
/// tokens. The last token is always `end`.
///
/// - Complexity: O(length), except that a number costs what its conversion costs.
public struct Lexer {
  private let source: SourceText
  private let bytes: [UInt8]
  private let limit: Int
  private var offset: Int
  private var tokens: [Token] = []
  private var diagnostics: [Diagnostic] = []

  private init(_ source: SourceText) {
    self.source = source
    bytes = source.bytes
    offset = source.range.start
    limit = source.range.end
  }

  /// The tokens of `source` and what was wrong with its characters.
  public static func scan(_ source: SourceText) -> (tokens: [Token], diagnostics: [Diagnostic]) {
    var lexer = Lexer(source)
    while lexer.offset < lexer.limit { lexer.scanToken() }
    lexer.append(.end, from: lexer.limit)
    return (lexer.tokens, lexer.diagnostics)
  }

  private mutating func scanToken() {
    let start = offset
    let byte = bytes[offset]
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      offset += 1
    case UInt8(ascii: "\n"):
      offset += 1
      append(.newline, from: start)
    case UInt8(ascii: "#"):
      skip { $0 != UInt8(ascii: "\n") }
    case UInt8(ascii: "\""):
      scanString()
    default:
      if byte.isDigit || (byte == UInt8(ascii: ".") && peek(1).isDigit) {
        scanNumber()
      } else if let kind = scanOperator() {
        append(kind, from: start)
      } else if scanRaisedNumber() || scanInfinity() {
        return
      } else if scanNameCharacters(first: true) {
        append(.name, from: start)
      } else {
        scanUnexpected()
      }
    }
  }

  // MARK: - Words

  /// Digits, a fraction, an exponent. The dot of a range (`0..20`) is no decimal point.
  private mutating func scanNumber() {
    let start = offset
    skip(while: \.isDigit)
    if peek(0) == UInt8(ascii: "."), peek(1).isDigit {
      offset += 1
      skip(while: \.isDigit)
    }
    if peek(0) | 0x20 == UInt8(ascii: "e") {
      let isSigned = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
      if peek(isSigned ? 2 : 1).isDigit {
        offset += isSigned ? 2 : 1
        skip(while: \.isDigit)
      }
    }
    let digitsEnd = offset
    if scanNameCharacters(first: false) {
      let digits = source[SourceRange(start, digitsEnd)]
      let name = source[SourceRange(digitsEnd, offset)]
      reject(
        from: start, "'\(digits)\(name)' is neither a number nor a name",
        hint: "write '\(digits)*\(name)' for a product")
      return
    }
    let text = source[SourceRange(start, offset)]
    guard let value = Rational(text) else {
      reject(from: start, "the exponent of this number is too large", hint: nil)
      return
    }
    append(.number, from: start, number: value)
  }

  /// Raised digits after at most one raised minus sign: `x²`, `y⁻¹`.
  private mutating func scanRaisedNumber() -> Bool {
    let start = offset
    var text = ""
    if let (scalar, length) = decodeScalar(at: offset), scalar == "⁻" {
      text = "-"
      offset += length
    }
    let digitsStart = offset
    while offset < limit, let (scalar, length) = decodeScalar(at: offset),
      let digit = RaisedDigits.raisedDigit(scalar)
    {
      text += String(digit)
      offset += length
    }
    guard offset > digitsStart, let value = Rational(text) else {
      offset = start
      return false
    }
    append(.raised, from: start, number: value)
    return true
  }

  /// The sign ∞ is a name of its own.
  private mutating func scanInfinity() -> Bool {
    guard let (scalar, length) = decodeScalar(at: offset), scalar == "∞" else { return false }
    offset += length
    append(.name, from: offset - length)
    return true
  }

  /// From one `"` to the next on the same line; a backslash takes the next character as it is.
  private mutating func scanString() {
    let start = offset
    offset += 1
    while offset < limit, bytes[offset] != UInt8(ascii: "\n") {
      if bytes[offset] == UInt8(ascii: "\\"), peek(1) != UInt8(ascii: "\n") {
        offset = min(offset + 2, limit)
      } else if bytes[offset] == UInt8(ascii: "\"") {
        offset += 1
        append(.string, from: start)
        return
      } else {
        offset += 1
      }
    }
    reject(from: start, "this string has no closing '\"' on its line", hint: nil)
  }

  /// Skips the characters of a name and says whether there were any.
  private mutating func scanNameCharacters(first: Bool) -> Bool {
    let start = offset
    while offset < limit {
      let byte = bytes[offset]
      if byte.isASCIILetter || byte == UInt8(ascii: "_")
        || (byte.isDigit && !(first && offset == start))
      {
        offset += 1
      } else if byte >= 0x80, let (scalar, length) = decodeScalar(at: offset),
        scalar.properties.isAlphabetic || (offset > start && RaisedDigits.isLowered(scalar))
          || (offset > start && scalar.properties.generalCategory == .nonspacingMark)
      {
        offset += length
      } else {
        break
      }
    }
    return offset > start
  }

  /// Takes the longest operator that starts here.
  private mutating func scanOperator() -> Token.Kind? {
    for length in [3, 2, 1] where offset + length <= limit {
      if let kind = Self.operators[Array(bytes[offset..<offset + length])] {
        offset += length
        return kind
      }
    }
    return nil
  }

  private static let operators: [[UInt8]: Token.Kind] = {
    var table: [[UInt8]: Token.Kind] = [:]
    let words: Set<Token.Kind> = [.number, .name, .string, .raised, .newline, .end, .invalid]
    for kind in Token.Kind.allCases where !words.contains(kind) {
      table[Array(kind.rawValue.utf8)] = kind
    }
    let aliases: [(String, Token.Kind)] = [
      ("~=", .approximately), ("≤", .lessOrEqual), ("≥", .greaterOrEqual), ("≠", .notEqual),
      ("→", .arrow), ("−", .minus), ("·", .times), ("⋅", .times), ("×", .times),
    ]
    for (spelling, kind) in aliases { table[Array(spelling.utf8)] = kind }
    return table
  }()

  // MARK: - What is no word

  /// Characters that are often pasted for one of the language.
  private static let lookalikes: [Unicode.Scalar: String] = [
    "–": "-", "—": "-", "∗": "*", "÷": "/", "∕": "/", "“": "\"", "”": "\"", "’": "'", "‘": "'",
    "′": "'", "…": "..", "⟶": "->", "&": ",", "%": "/100", "~": "~=", "∜": "^(1/4)",
  ]

  private mutating func scanUnexpected() {
    let start = offset
    guard let (scalar, length) = decodeScalar(at: offset) else {
      skip { $0 & 0xC0 == 0x80 || $0 >= 0xF8 }
      if offset == start { offset += 1 }
      reject(from: start, "this is not valid UTF-8", hint: nil)
      return
    }
    offset += length
    if scalar.properties.isWhitespace || scalar == "\u{FEFF}" { return }
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
    let shown =
      scalar.value < 0x20
      ? "control character U+\(padded)"
      : scalar.isASCII ? "character '\(scalar)'" : "character '\(scalar)' (U+\(padded))"
    reject(
      from: start, "unexpected \(shown)",
      hint: Self.lookalikes[scalar].map { "write '\($0)'" })
  }

  private mutating func reject(from start: Int, _ message: String, hint: String?) {
    append(.invalid, from: start)
    diagnostics.append(Diagnostic(message, at: SourceRange(start, offset), hint: hint))
  }

  // MARK: - Characters

  private mutating func append(_ kind: Token.Kind, from start: Int, number: Rational? = nil) {
    let range = SourceRange(start, offset)
    tokens.append(Token(kind, source[range], at: range, number: number))
  }

  /// The byte `distance` after this one, or 0 past the end.
  private func peek(_ distance: Int) -> UInt8 {
    offset + distance < limit ? bytes[offset + distance] : 0
  }

  private mutating func skip(while condition: (UInt8) -> Bool) {
    while offset < limit, condition(bytes[offset]) { offset += 1 }
  }

  /// The Unicode scalar at `position` and its length in bytes; nil when the bytes are not UTF-8.
  private func decodeScalar(at position: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    var decoder = UTF8()
    var iterator = bytes[position..<min(position + 4, limit)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return (scalar, UTF8.width(scalar))
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isASCIILetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
