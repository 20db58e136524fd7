import Exact

extension Expression {
  /// A Julia expression. Numbers are exact (`big(1)//big(10)`), so with `BigFloat` values it computes
  /// at their precision.
  ///
  /// Julia's `sqrt` and `log` of a negative real number are errors; give complex values where the
  /// principal branch is wanted. Symbols keep their names; words of Julia get an underscore.
  ///
  /// `besselj` and `digamma` are those of the package SpecialFunctions, `reli` is that of PolyLog.
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func julia() throws(SymbolicError) -> String {
    try JuliaStyle(
      names: CodeNames(for: self, reserved: JuliaStyle.reserved, respell: CodeNames.common)
    ).print(self)
  }
}

private struct JuliaStyle: InfixStyle {
  let notation = "Julia"
  let fractionBar = "//"
  let names: CodeNames

  static let reserved: Set<String> = Set(
    [
      "baremodule", "begin", "break", "catch", "const", "continue", "do", "else", "elseif", "end",
      "export", "false", "finally", "for", "function", "global", "if", "import", "let", "local",
      "macro", "module", "quote", "return", "struct", "true", "try", "using", "while", "big", "im",
      "pi", "Inf", "in", "isa", "real", "imag", "angle", "π",
      "reli",
    ] + Function.allCases.map(\.name))

  func natural(_ value: Integer) -> String { "big(\(value))" }
  func name(_ symbol: Symbol) -> String { names[symbol] }
  func name(_ constant: Expression.Constant) -> String { constant == .pi ? "big(pi)" : "big(Inf)" }
  func imaginaryUnit() -> String { "im" }

  func call(_ function: Function, _ arguments: [Expression]) -> [Piece] {
    if function == .besselj, let (order, x) = Function.besselParts(arguments) {
      return [.text("besselj(\(order), ")] + .list([x]) + [.text(")")]
    }
    if function == .dilog { return [.text("reli(2, ")] + .list(arguments) + [.text(")")] }
    let name =
      switch function {
      case .re: "real"
      case .im: "imag"
      case .arg: "angle"
      case .atan2: "atan"
      default: function.name
      }
    return [.text(name + "(")] + .list(arguments) + [.text(")")]
  }

  func power(_ base: Expression, _ exponent: Expression) -> (pieces: [Piece], binds: Precedence) {
    infixPower(base, "^", exponent)
  }
}
