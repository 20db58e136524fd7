import Exact

extension Expression {
  /// A C function of the expression's symbols, in the order of their names, in `double` arithmetic
  /// with `math.h`.
  ///
  /// It is for use in other programs, not a certified evaluation: numbers are rounded to doubles and
  /// every operation rounds, `sqrt` and `log` of a negative number are NaN, which `fmin` and `fmax`
  /// pass over. What is complex cannot be expressed. `mpfrFunction(named:)` computes at any precision.
  ///
  /// - Throws: `SymbolicError.notPrintable` for the imaginary unit, a complex symbol, or `re`, `im`,
  ///   `conj`, `arg`, `digamma` and `dilog`; `SymbolicError.tooLarge`.
  public func cFunction(named function: String) throws(SymbolicError) -> String {
    let names = CodeNames(
      for: self, reserved: CStyle.reserved.union([function]), respell: CodeNames.ascii)
    let body = try CStyle(names: names).print(self)
    let parameters = freeSymbols.sorted { $0.precedes($1) }.map { "double \(names[$0])" }.joined(
      separator: ", ")
    let usesSign = postorder().contains {
      if case .function(.sign, _) = $0.kind { true } else { false }
    }
    let helper =
      usesSign
      ? "static double sign_of(double x) { return (double)((x > 0) - (x < 0)); }\n\n" : ""
    return """
      #include <math.h>

      \(helper)double \(function)(\(parameters.isEmpty ? "void" : parameters)) {
        return \(body);
      }

      """
  }
}

private struct CStyle: InfixStyle {
  let notation = "C"
  let names: CodeNames

  static let reserved = CReserved.words.union(Function.allCases.map(\.name)).union([
    "pow", "fabs", "fmin", "fmax", "sign_of", "jn",
  ])

  func natural(_ value: Integer) -> String { "\(value).0" }

  func name(_ symbol: Symbol) throws(SymbolicError) -> String {
    guard symbol.domain.isReal else {
      throw .notPrintable(notation: notation, what: "the complex symbol \(symbol)")
    }
    return names[symbol]
  }

  func name(_ constant: Expression.Constant) -> String {
    constant == .pi ? "3.14159265358979323846" : "INFINITY"
  }

  func imaginaryUnit() throws(SymbolicError) -> String {
    throw .notPrintable(notation: notation, what: "the imaginary unit")
  }

  func call(_ function: Function, _ arguments: [Expression]) throws(SymbolicError) -> [Piece] {
    let name: String
    switch function {
    case .re, .im, .conj, .arg, .digamma, .dilog:
      throw .notPrintable(notation: notation, what: function.name)
    case .min, .max:
      // The C functions take two arguments: fmax(a, fmax(b, c)).
      guard arguments.count > 1 else { return [.text("(")] + .list(arguments) + [.text(")")] }
      var pieces: [Piece] = []
      for argument in arguments.dropLast() {
        pieces += [
          .text("f\(function.name)("), .part(argument, atLeast: .comparison), .text(", "),
        ]
      }
      let closing = String(repeating: ")", count: arguments.count - 1)
      return pieces + .list(arguments.suffix(1)) + [.text(closing)]
    case .besselj:
      // Of POSIX; the order is an int.
      guard let (order, x) = Function.besselParts(arguments) else {
        throw .notPrintable(notation: notation, what: function.name)
      }
      return [.text("jn(\(order), ")] + .list([x]) + [.text(")")]
    case .abs: name = "fabs"
    case .sign: name = "sign_of"
    default: name = function.name
    }
    return [.text(name + "(")] + .list(arguments) + [.text(")")]
  }

  func power(_ base: Expression, _ exponent: Expression) -> (pieces: [Piece], binds: Precedence) {
    ([.text("pow(")] + .list([base, exponent]) + [.text(")")], .postfix)
  }
}
