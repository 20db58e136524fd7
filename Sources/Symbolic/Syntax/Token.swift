import Exact

/// A word of the document language with its place.
public struct Token: Hashable, Sendable {
  /// What sort of word a token is. Operators carry their spelling as raw value.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An integer or decimal; its exact value is `Token.number`.
    case number = "a number"
    /// A name: a letter or `_`, then letters, digits and `_`.
    case name = "a name"
    /// A text in double quotes; without the quotes it is `Token.content`.
    case string = "a string"
    /// A raised integer: `²`; its value is `Token.number`.
    case raised = "a raised number"
    /// The end of a line.
    case newline = "the end of the line"
    /// The end of the text; the last token, and the only one of its kind.
    case end = "the end of the text"
    /// Characters that are no word. The lexer has reported them.
    case invalid = "an invalid word"

    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "/"
    case power = "^"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case comma = ","
    case colon = ":"
    case semicolon = ";"
    case assign = "="
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case approximately = "≈"
    case arrow = "->"
    case range = ".."
    case bar = "|"
    case prime = "'"
    case exclamation = "!"
    case root = "√"
    case cubeRoot = "∛"

    /// The kind as an error message names it: `')'`, `a name`, `the end of the line`.
    public var phrase: String {
      switch self {
      case .number, .name, .string, .raised, .newline, .end, .invalid: rawValue
      default: "'\(rawValue)'"
      }
    }
  }

  /// What sort of word it is.
  public let kind: Kind
  /// The word as written; empty for the end of the text.
  public let text: String
  /// Where it is, in offsets of the whole file.
  public let range: SourceRange
  /// The exact value of a number, also of a raised one; nil for other kinds.
  public let number: Rational?

  /// A token; `number` is given for numbers only.
  public init(_ kind: Kind, _ text: String, at range: SourceRange, number: Rational? = nil) {
    self.kind = kind
    self.text = text
    self.range = range
    self.number = number
  }

  /// The text between the quotes of a string, with `\"`, `\\`, `\n` and `\t` resolved; the text as
  /// written for other kinds.
  public var content: String {
    guard kind == .string else { return text }
    var result = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        result.append(character == "n" ? "\n" : character == "t" ? "\t" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// The token as an error message names it: `'gamma'`, `the end of the line`.
  public var phrase: String {
    switch kind {
    case .newline, .end: kind.rawValue
    default: text.count <= 40 ? "'\(text)'" : "'\(text.prefix(39))…'"
    }
  }
}
