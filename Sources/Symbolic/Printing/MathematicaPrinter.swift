import Exact

extension Expression {
  /// A Wolfram Language expression with exact numbers.
  ///
  /// Underscores, which mean patterns there, become `$`; names that the language defines itself, such
  /// as `D`, `K` or `Gamma`, get a `$` at the end. Branches are the principal ones.
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func mathematica() throws(SymbolicError) -> String {
    let names = CodeNames(
      for: self, reserved: MathematicaStyle.reserved,
      respell: { name in String(name.map { $0 == "_" ? "$" : $0 }) }, suffix: "$")
    return try MathematicaStyle(names: names).print(self)
  }
}

private struct MathematicaStyle: InfixStyle {
  let notation = "Mathematica"
  let names: CodeNames

  static let reserved: Set<String> = [
    "C", "D", "E", "I", "K", "N", "O", "Abs", "All", "And", "Arg", "Beta", "Catalan", "Csc", "Cos",
    "Degree", "Do", "Dot", "Erf", "Exp", "False", "For", "Gamma", "Get", "Hue", "If", "Im", "In",
    "Infinity", "Join", "Khinchin", "Last", "Line", "List", "Log", "Map", "Max", "Min", "Mod",
    "None", "Not", "Null", "Or", "Out", "Part", "Pi", "Pink", "Plus", "Power", "Put", "Range", "Re",
    "Red", "Root", "Row", "Rule", "Sec", "Sign", "Sin", "Sow", "Sqrt", "Sum", "Tan", "Text",
    "Times", "Tr", "True", "Up", "With", "Xor", "Zeta",
  ]

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
