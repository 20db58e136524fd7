import Exact

extension Expression {
  /// A Python expression for mpmath, to be used after `from mpmath import mp, mpf`.
  ///
  /// Numbers are exact or quotients of exact numbers (`mpf(1)/mpf(10)`), so it computes at whatever
  /// `mp.dps` says. Symbols keep their names, except that words of Python get an underscore
  /// (`lambda_`), and other letters than the common Greek ones are spelled. Branches are the principal
  /// ones, as in this library; mpmath has NaN for zero to a complex power, and does not order complex
  /// numbers, also those without an imaginary part.
  ///
  /// - Throws: `SymbolicError.tooLarge`.
  public func python() throws(SymbolicError) -> String {
    try PythonStyle(
      names: CodeNames(for: self, reserved: PythonStyle.reserved, respell: CodeNames.common)
    ).print(self)
  }
}

private struct PythonStyle: InfixStyle {
  let notation = "Python"
  let names: CodeNames

  static let reserved: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in",
    "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with",
    "yield", "mp", "mpf", "abs", "min", "max",
  ]

  /// Python reads no literals of more than 4300 digits: longer numbers are put together.
  func natural(_ value: Integer) -> String {
    var rest = Substring(value.description)
    let pieceLength = 4000
    let first = rest.count % pieceLength == 0 ? pieceLength : rest.count % pieceLength
    var text = String(rest.prefix(first))
    rest = rest.dropFirst(first)
    while !rest.isEmpty {
      // A leading zero would make no literal.
      let piece = rest.prefix(pieceLength).drop { $0 == "0" }
      text = "(\(text))*10**\(pieceLength) + \(piece.isEmpty ? "0" : piece)"
      rest = rest.dropFirst(pieceLength)
    }
    return "mpf(\(text))"
  }
  func name(_ symbol: Symbol) -> String { names[symbol] }
  func name(_ constant: Expression.Constant) -> String { constant == .pi ? "mp.pi" : "mp.inf" }
  func imaginaryUnit() -> String { "mp.j" }

  func call(_ function: Function, _ arguments: [Expression]) -> [Piece] {
    let list = [Piece].list(arguments)
    switch function {
    case .abs: return [.text("abs(")] + list + [.text(")")]
    case .min, .max:
      // Python's own take no single argument.
      return [.text("\(function.name)([")] + list + [.text("])")]
    case .besselj:
      guard let (order, x) = Function.besselParts(arguments) else { break }
      return [.text("mp.besselj(\(order), ")] + .list([x]) + [.text(")")]
    case .dilog: return [.text("mp.polylog(2, ")] + list + [.text(")")]
    case .cbrt:
      // mpmath's root of a negative number is the principal one.
      return [.text("(lambda u: mp.sign(u)*mp.cbrt(abs(u)))(")] + list + [.text(")")]
    default: break
    }
    return [.text("mp.\(function.name)(")] + list + [.text(")")]
  }

  func power(_ base: Expression, _ exponent: Expression) -> (pieces: [Piece], binds: Precedence) {
    infixPower(base, "**", exponent)
  }
}
