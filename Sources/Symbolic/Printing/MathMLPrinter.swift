import Exact

extension Expression {
  /// The expression in presentation MathML (MathML Core), as one `math` element.
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func mathML() throws(SymbolicError) -> String {
    let body = try Typesetter(style: MathMLStyle()).print(self)
    return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\">\(body)</math>"
  }
}

private struct MathMLStyle: TypesettingStyle {
  func natural(_ value: Integer) -> String { "<mn>\(value)</mn>" }

  func name(_ name: SymbolName) -> String {
    let base = word(name.base)
    if name.subscripts.isEmpty { return base }
    let below = name.subscripts.map(word).joined(separator: comma)
    return "<msub>\(base)<mrow>\(below)</mrow></msub>"
  }

  /// One letter is set in italics by the reader, several upright: MathML's own rule for `mi`.
  private func word(_ text: String) -> String {
    if text.allSatisfy(\.isNumber) { return "<mn>\(text)</mn>" }
    let letters = GreekLetter.byName[text].map { String($0) } ?? text
    let isCapital = GreekLetter.byName[text] != nil && text.first?.isUppercase == true
    let variant = isCapital ? " mathvariant=\"normal\"" : ""
    return "<mi\(variant)>\(escaped(letters))</mi>"
  }

  /// A name given from Swift may hold any character.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }

  func name(_ constant: Expression.Constant) -> String {
    constant == .pi ? "<mi>π</mi>" : "<mi>∞</mi>"
  }

  let imaginaryUnit = "<mi mathvariant=\"normal\">i</mi>"
  let minus = "<mo form=\"prefix\">−</mo>"
  let comma = "<mo>,</mo>"
  let brackets = ["<mrow><mo>(</mo>", "<mo>)</mo></mrow>"]
  let fraction = ["<mfrac><mrow>", "</mrow><mrow>", "</mrow></mfrac>"]
  let superscript = ["<msup><mrow>", "</mrow><mrow>", "</mrow></msup>"]
  let exponential = ["<msup><mi>e</mi><mrow>", "</mrow></msup>"]
  let squareRoot = ["<msqrt>", "</msqrt>"]
  let cubeRoot = ["<mroot><mrow>", "</mrow><mn>3</mn></mroot>"]
  let absolute = ["<mrow><mo>|</mo>", "<mo>|</mo></mrow>"]
  let overline = ["<mover><mrow>", "</mrow><mo>¯</mo></mover>"]
  let group = ["<mrow>", "</mrow>"]

  func infix(_ sign: String) -> String { "<mo>\(sign == "-" ? "−" : sign)</mo>" }

  func multiplication(needsDot: Bool) -> String {
    needsDot ? "<mo>·</mo>" : "<mo>&#x2062;</mo>"  // invisible times
  }

  func name(_ function: String, subscript number: Int) -> String {
    let sign = number < 0 ? "<mo form=\"prefix\">−</mo>" : ""
    let below = "<mrow>\(sign)<mn>\(number.magnitude)</mn></mrow>"
    return "<msub><mi>\(function)</mi>\(below)</msub><mo>&#x2061;</mo>"
  }

  func functionName(_ function: Function) -> String {
    "<mi>\(function.nameOnPaper)</mi><mo>&#x2061;</mo>"  // function application
  }
}
