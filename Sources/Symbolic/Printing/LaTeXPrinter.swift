import Exact

extension Expression {
  /// The expression in LaTeX's mathematics mode; commands of plain LaTeX and `\operatorname` only.
  ///
  /// Quotients are fractions, `T1` is `T_{1}`, `gamma` is `\gamma`, `lambda_min` is
  /// `\lambda_{\mathrm{min}}`; other names of several letters are upright.
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func latex() throws(SymbolicError) -> String {
    try Typesetter(style: LaTeXStyle()).print(self)
  }
}

extension Symbol {
  /// The name in LaTeX, as `Expression.latex()` prints it.
  public var latex: String { LaTeXStyle().name(SymbolName(name)) }
}

private struct LaTeXStyle: TypesettingStyle {
  func natural(_ value: Integer) -> String { value.description }

  func name(_ name: SymbolName) -> String {
    let base = word(name.base)
    if name.subscripts.isEmpty { return base }
    return base + "_{" + name.subscripts.map(word).joined(separator: ",") + "}"
  }

  /// A letter or number as it is, a Greek letter by its command, other words upright.
  private func word(_ text: String) -> String {
    if let greek = GreekLetter.latex(named: text) { return greek }
    if text.allSatisfy(\.isNumber) { return text }
    if text.count == 1, let letter = text.first { return command(letter) }
    // Letters of a word are text there; a Greek one needs its command in mathematics.
    let letters = text.map { $0 == "_" ? "\\_" : command($0) }
    return "\\mathrm{" + letters.joined() + "}"
  }

  private func command(_ letter: Character) -> String {
    if let name = GreekLetter.names[letter] { return GreekLetter.latex(named: name) ?? name }
    if letter == "ħ" { return "\\hbar" }
    if letter == "ℓ" { return "\\ell" }
    if letter == "_" { return "\\_" }
    return letter.isASCII ? String(letter) : "\\text{\(letter)}"
  }

  func name(_ constant: Expression.Constant) -> String {
    constant == .pi ? "\\pi" : "\\infty"
  }

  let imaginaryUnit = "\\mathrm{i}"
  let minus = "-"
  let comma = ", "
  let brackets = ["\\left(", "\\right)"]
  let fraction = ["\\frac{", "}{", "}"]
  let superscript = ["", "^{", "}"]
  let exponential = ["e^{", "}"]
  let squareRoot = ["\\sqrt{", "}"]
  let cubeRoot = ["\\sqrt[3]{", "}"]
  let absolute = ["\\left|", "\\right|"]
  let overline = ["\\overline{", "}"]
  let group = ["", ""]

  func infix(_ sign: String) -> String { " \(sign) " }
  func multiplication(needsDot: Bool) -> String { needsDot ? " \\cdot " : " " }

  func name(_ function: String, subscript number: Int) -> String {
    (function.count == 1 ? function : "\\operatorname{\(function)}") + "_{\(number)}"
  }

  func functionName(_ function: Function) -> String {
    if function == .digamma { return "\\psi" }
    let name = function.nameOnPaper
    let commands: Set<String> = [
      "ln", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "min", "max",
      "arg",
    ]
    return commands.contains(name) ? "\\\(name)" : "\\operatorname{\(name)}"
  }
}
