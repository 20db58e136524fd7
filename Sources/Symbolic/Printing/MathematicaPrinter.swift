import Exact

extension Expression {
  /// A Wolfram Language expression with exact numbers.
  ///
  /// Underscores, which mean patterns there, become `$`; what may be a name of the language's own gets a
  /// `$` at the end: single letters such as `D` or `K`, and words that begin with a capital. Branches are the principal ones.
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func mathematica() throws(SymbolicError) -> String {
    let names = CodeNames(
      for: self, reserved: MathematicaStyle.reserved,
      respell: MathematicaStyle.respelled, suffix: "$")
    return try MathematicaStyle(names: names).print(self)
  }
}

private struct MathematicaStyle: InfixStyle {
  let notation = "Mathematica"
  let names: CodeNames

  static let reserved: Set<String> = ["C", "D", "E", "I", "K", "N", "O"]

  static func respelled(_ name: String) -> String {
    if name.contains("_") {
      return String(CodeNames.common(name).map { $0 == "_" ? "$" : $0 })
    }
    let name = CodeNames.common(name)
    let isWord = name.first?.isUppercase == true && name.filter(\.isLetter).count > 1
    return isWord ? name + "$" : name
  }

  func natural(_ value: Integer) -> String { value.description }
  func name(_ symbol: Symbol) -> String { names[symbol] }
  func name(_ constant: Expression.Constant) -> String { constant == .pi ? "Pi" : "Infinity" }
  func imaginaryUnit() -> String { "I" }

  func call(_ function: Function, _ arguments: [Expression]) -> [Piece] {
    let list = [Piece].list(arguments)
    let name: String
    switch function {
    case .expm1: return [.text("(Exp[")] + list + [.text("] - 1)")]
    case .log1p: return [.text("Log[1 + ")] + list + [.text("]")]
    // Mathematica takes the abscissa first.
    case .atan2: return [.text("ArcTan[")] + .list(arguments.reversed()) + [.text("]")]
    case .dilog: return [.text("PolyLog[2, ")] + list + [.text("]")]
    case .digamma: name = "PolyGamma"
    case .besselj: name = "BesselJ"
    case .cbrt: name = "CubeRoot"
    case .conj: name = "Conjugate"
    case .asin, .acos, .atan, .asinh, .acosh, .atanh:
      let rest = function.name.dropFirst()
      name = "Arc" + rest.prefix(1).uppercased() + rest.dropFirst()
    default: name = function.name.prefix(1).uppercased() + function.name.dropFirst()
    }
    return [.text(name + "[")] + list + [.text("]")]
  }

  func power(_ base: Expression, _ exponent: Expression) -> (pieces: [Piece], binds: Precedence) {
    infixPower(base, "^", exponent)
  }
}
