/// A parameter or variable: a name and the values it may take.
///
/// Two symbols are the same when both agree, so a name means one thing in an expression only as long
/// as it is declared once. Arithmetic on symbols gives expressions.
public struct Symbol: Hashable, Sendable {
  /// The name, as written in a document.
  public let name: String
  /// The values it may take.
  public let domain: Domain

  /// A symbol. The name should be a name of the document language (`Symbol.isName`); with another,
  /// expressions still compute but do not print to something that can be read back.
  public init(_ name: String, _ domain: Domain = .real) {
    self.name = name
    self.domain = domain
  }

  /// Whether `text` is a name of the document language: a letter or `_`, then letters, digits, `_`,
  /// and no word that the grammar keeps (`with`).
  public static func isName(_ text: String) -> Bool {
    let (tokens, _) = Lexer.scan(SourceText(text))
    return text != "with" && tokens.count == 2 && tokens[0].kind == .name
      && tokens[0].text == text
  }
}

extension Symbol: CustomStringConvertible {
  /// Whether this symbol comes before another in a fixed order: by name, then by the description of
  /// the domain. It is no `<`, as that would be taken for a relation of values.
  public func precedes(_ other: Symbol) -> Bool {
    (name, domain.description) < (other.name, other.domain.description)
  }

  /// The name.
  public var description: String { name }
}

extension Symbol {
  /// The symbol as an expression.
  public var expression: Expression { .symbol(self) }

  public static func + (a: Symbol, b: Symbol) -> Expression { a.expression + b.expression }
  public static func + (a: Symbol, b: Expression) -> Expression { a.expression + b }
  public static func + (a: Expression, b: Symbol) -> Expression { a + b.expression }
  public static func - (a: Symbol, b: Symbol) -> Expression { a.expression - b.expression }
  public static func - (a: Symbol, b: Expression) -> Expression { a.expression - b }
  public static func - (a: Expression, b: Symbol) -> Expression { a - b.expression }
  public static func * (a: Symbol, b: Symbol) -> Expression { a.expression * b.expression }
  public static func * (a: Symbol, b: Expression) -> Expression { a.expression * b }
  public static func * (a: Expression, b: Symbol) -> Expression { a * b.expression }
  public static func / (a: Symbol, b: Symbol) -> Expression { a.expression / b.expression }
  public static func / (a: Symbol, b: Expression) -> Expression { a.expression / b }
  public static func / (a: Expression, b: Symbol) -> Expression { a / b.expression }
  public static prefix func - (a: Symbol) -> Expression { -a.expression }

  /// This symbol to a power.
  public func power(_ exponent: Expression) -> Expression { expression.power(exponent) }
}
