import Exact

extension Expression {
  /// The expression on one line with the signs of mathematics: `√(x² − 4·κ²)/(2·γ)`, `|x|`, `ln(T₁)`.
  ///
  /// It is the document language still. Reading it in a scope that has the expression's symbols and no
  /// others gives an equal expression, under the conditions of `text()`: `gamma` and `Delta1` appear as
  /// γ and Δ₁ and are found again under these names (`Scope.value(of:)`). Where two names would look
  /// alike both stay as they are.
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func unicode() throws(SymbolicError) -> String {
    try UnicodeStyle(names: LetterNames(for: freeSymbols)).print(self)
  }
}

private struct UnicodeStyle: InfixStyle {
  let notation = "Unicode"
  let names: LetterNames
  let times = "·"
  let minus = "−"

  func natural(_ value: Integer) -> String { value.description }
  func name(_ symbol: Symbol) -> String { names[symbol] }
  func name(_ constant: Expression.Constant) -> String { constant == .pi ? "π" : "∞" }
  func imaginaryUnit() -> String { "i" }

  func call(_ function: Function, _ arguments: [Expression]) -> [Piece] {
    switch function {
    case .sqrt: [.text("√"), .part(arguments[0], atLeast: .postfix)]
    case .cbrt: [.text("∛"), .part(arguments[0], atLeast: .postfix)]
    case .abs: [.text("|")] + .list(arguments) + [.text("|")]
    default: [.text(Self.name(function) + "(")] + .list(arguments) + [.text(")")]
    }
  }

  /// On paper where the language reads it.
  private static func name(_ function: Function) -> String {
    Function(named: function.nameOnPaper) == function ? function.nameOnPaper : function.name
  }

  /// What follows a radical would seem to be below it.
  func binding(_ function: Function) -> Precedence {
    function == .sqrt || function == .cbrt ? .power : .postfix
  }

  func call(_ component: Procedure.Component, _ arguments: [Expression]) -> [Piece] {
    component.pieces(arguments, assigns: " = ")
  }

  func power(_ base: Expression, _ exponent: Expression) -> (pieces: [Piece], binds: Precedence) {
    guard let n = exponent.rationalValue, n.isInteger, !n.isNegative else {
      return infixPower(base, "^", exponent)
    }
    return ([.part(base, atLeast: .postfix), .text(RaisedDigits.raised(n.description))], .power)
  }
}
