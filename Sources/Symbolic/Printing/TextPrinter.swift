import Exact

extension Expression: CustomStringConvertible {
  /// The expression in the document language. Reading the text in a scope with the same symbols
  /// gives an equal expression, as long as each symbol has a name of the language, no two share one,
  /// and none takes a built-in name (`i`, `pi`, `infinity`).
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func text() throws(SymbolicError) -> String { try TextStyle().print(self) }

  /// As `text()`; for what is too large, a note of its size.
  public var description: String {
    (try? text()) ?? "<an expression of \(treeSize) parts>"
  }
}

private struct TextStyle: InfixStyle {
  let notation = "text"

  func natural(_ value: Integer) -> String { value.description }
  func name(_ symbol: Symbol) -> String { symbol.name }
  func name(_ constant: Expression.Constant) -> String { constant.rawValue }
  func imaginaryUnit() -> String { "i" }

  func call(_ function: Function, _ arguments: [Expression]) -> [Piece] {
    [.text(function.name + "(")] + .list(arguments) + [.text(")")]
  }

  func call(_ component: Procedure.Component, _ arguments: [Expression]) -> [Piece] {
    component.pieces(arguments, assigns: " = ")
  }

  func power(_ base: Expression, _ exponent: Expression) -> (pieces: [Piece], binds: Precedence) {
    infixPower(base, "^", exponent)
  }
}
