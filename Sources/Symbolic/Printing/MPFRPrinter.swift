import Exact

extension Expression {
  /// A C function with MPFR of the expression's symbols, in the order of their names: it sets `result`
  /// to the value at the precision of `result`.
  ///
  /// Every operation is rounded to nearest at 64 bits more, equal parts are computed once. That is
  /// accurate as long as no more than that cancels, and it is not certified. What has no real value is
  /// NaN; a quotient by zero is MPFR's.
  ///
  /// - Throws: `SymbolicError.notPrintable` for the imaginary unit, a complex symbol, `re`, `im`,
  ///   `conj` or `arg`, and for integers of more than 31 bits as exponents; `SymbolicError.tooLarge`.
  public func mpfrFunction(named function: String) throws(SymbolicError) -> String {
    let names = CodeNames(
      for: self, reserved: CReserved.words.union([function, "result", "precision", "t", "k"]),
      respell: { name in
        let ascii = CodeNames.ascii(name)
        // Functions, types and macros of the libraries begin so.
        return ["mp", "MP", "gmp", "GMP"].contains { ascii.hasPrefix($0) } ? "_" + ascii : ascii
      })
    var writer = MPFRWriter(names: names)
    let body = try writer.write(self)
    let parameters = freeSymbols.sorted { $0.precedes($1) }.map { ", mpfr_srcptr \(names[$0])" }
    return """
      #include <mpfr.h>

      void \(function)(mpfr_ptr result\(parameters.joined())) {
        mpfr_prec_t precision = mpfr_get_prec(result) + 64;
        mpfr_t t[\(writer.registerCount)];
        for (int k = 0; k < \(writer.registerCount); k++) mpfr_init2(t[k], precision);
      \(body)
        for (int k = 0; k < \(writer.registerCount); k++) mpfr_clear(t[k]);
      }

      """
  }
}

/// Words that names in C must not be.
enum CReserved {
  static let words: Set<String> = [
    "alignas", "alignof", "asm", "auto", "bool", "break", "case", "char", "const", "constexpr",
    "continue", "default", "do", "double", "else", "enum", "extern", "false", "float", "for",
    "goto",
    "if", "inline", "int", "linux", "long", "nullptr", "register", "restrict", "return", "short",
    "signed", "sizeof", "static", "static_assert", "struct", "switch", "thread_local", "true",
    "typedef", "typeof", "typeof_unqual", "union", "unix", "unsigned", "void", "volatile", "while",
    // Macros of the usual headers and systems.
    "EOF", "HUGE_VAL", "INFINITY", "M_1_PI", "M_2_PI", "M_2_SQRTPI", "M_E", "M_LN10", "M_LN2",
    "M_LOG10E", "M_LOG2E", "M_PI", "M_PI_2", "M_PI_4", "M_SQRT1_2", "M_SQRT2", "NAN", "NULL",
  ]
}

/// Writes one statement for each distinct part of an expression; a part has a register as long as it
/// is needed.
private struct MPFRWriter {
  let names: CodeNames
  private(set) var registerCount = 1
  private var statements: [String] = []
  private var free: [Int] = [0]
  /// What equal parts are called: a symbol by its name, what was computed by its register.
  private var places: [Expression: Place] = [:]

  private enum Place {
    case symbol(String)
    case register(Int)
  }

  init(names: CodeNames) { self.names = names }

  mutating func write(_ expression: Expression) throws(SymbolicError) -> String {
    // Equal parts in different places are one.
    var parts: [Expression] = []
    var known: Set<Expression> = []
    for part in expression.postorder() where known.insert(part).inserted { parts.append(part) }
    guard parts.count <= Expression.printableSize / 16 else {
      throw .tooLarge("a function of \(parts.count) operations")
    }
    var lastUse: [Expression: Int] = [:]
    for (index, part) in parts.enumerated() {
      for operand in part.operands { lastUse[operand] = index }
    }
    for (index, part) in parts.enumerated() where lastUse[part] != nil || part == expression {
      try compute(part)
      for operand in Set(part.operands) where lastUse[operand] == index {
        if case .register(let k)? = places[operand] { free.append(k) }
      }
    }
    emit("set", "result", [try operand(expression)])
    return statements.map { "  \($0)" }.joined(separator: "\n")
  }

  // MARK: - Statements

  private mutating func register() -> Int {
    if let k = free.popLast() { return k }
    registerCount += 1
    return registerCount - 1
  }

  /// `mpfr_name(target, operands, MPFR_RNDN);`
  private mutating func emit(_ name: String, _ target: String, _ operands: [String]) {
    let arguments = ([target] + operands + ["MPFR_RNDN"]).joined(separator: ", ")
    statements.append("mpfr_\(name)(\(arguments));")
  }

  /// The same, NaN where one of the numbers tested is.
  private mutating func emit(
    _ name: String, _ target: String, _ operands: [String], unless condition: String
  ) {
    let arguments = ([target] + operands + ["MPFR_RNDN"]).joined(separator: ", ")
    statements.append(
      "if (\(condition)) mpfr_set_nan(\(target)); else mpfr_\(name)(\(arguments));")
  }

  private func operand(_ part: Expression) throws(SymbolicError) -> String {
    switch places[part] {
    case .symbol(let name): return name
    case .register(let k): return "t[\(k)]"
    case nil: throw .notPrintable(notation: "C with MPFR", what: "\(part)")
    }
  }

  private func missing(_ what: String) -> SymbolicError {
    .notPrintable(notation: "C with MPFR", what: what)
  }

  private mutating func compute(_ part: Expression) throws(SymbolicError) {
    if case .symbol(let symbol) = part.kind {
      guard symbol.domain.isReal else { throw missing("the complex symbol \(symbol)") }
      places[part] = .symbol(names[symbol])
      return
    }
    let k = register()
    let c = "t[\(k)]"
    switch part.kind {
    case .rational(let value): load(value, c)
    case .constant(.pi): emit("const_pi", c, [])
    case .constant(.infinity): statements.append("mpfr_set_inf(\(c), 1);")
    case .imaginaryUnit: throw missing("the imaginary unit")
    case .symbol: break
    case .sum(let terms): try fold("add", terms, c, empty: 0)
    case .product(let factors): try fold("mul", factors, c, empty: 1)
    case .power(let base, let exponent): try power(base, exponent, c)
    case .function(let function, let arguments): try call(function, arguments, c)
    case .procedure(let component, _):
      throw missing("\(component.name), which is computed point by point")
    }
    places[part] = .register(k)
  }

  private mutating func load(_ value: Rational, _ c: String) {
    func set(_ value: Integer, _ c: String) {
      if let n = value.word, Int32(exactly: n) != nil {
        emit("set_si", c, ["\(n)"])
      } else {
        emit("set_str", c, ["\"\(value)\"", "10"])
      }
    }
    set(value.numerator, c)
    guard !value.isInteger else { return }
    if let n = value.denominator.word, Int32(exactly: n) != nil {
      emit("div_si", c, [c, "\(n)"])
    } else {
      let k = register()
      set(value.denominator, "t[\(k)]")
      emit("div", c, [c, "t[\(k)]"])
      free.append(k)
    }
  }

  private mutating func fold(
    _ name: String, _ parts: [Expression], _ c: String, empty: Int
  ) throws(SymbolicError) {
    guard let first = parts.first else {
      emit("set_si", c, ["\(empty)"])
      return
    }
    var value = try operand(first)
    for part in parts.dropFirst() {
      emit(name, c, [value, try operand(part)])
      value = c
    }
    if parts.count == 1 { emit("set", c, [value]) }
  }

  private mutating func power(
    _ base: Expression, _ exponent: Expression, _ c: String
  ) throws(SymbolicError) {
    let x = try operand(base)
    guard let n = exponent.rationalValue else {
      emit("pow", c, [x, try operand(exponent)])
      return
    }
    if n.isInteger {
      guard let n = n.numerator.word, Int32(exactly: n) != nil else {
        throw missing("the exponent \(exponent)")
      }
      emit("pow_si", c, [x, "\(n)"])
    } else if n.denominator == 2, n.numerator.isOne {
      emit("sqrt", c, [x])
    } else {
      emit("pow", c, [x, try operand(exponent)])
    }
  }

  private mutating func call(
    _ function: Function, _ arguments: [Expression], _ c: String
  ) throws(SymbolicError) {
    let operands = try arguments.map { (argument) throws(SymbolicError) in try operand(argument) }
    switch function {
    case .re, .im, .conj, .arg: throw missing(function.name)
    case .sign:
      emit("set_si", c, ["mpfr_sgn(\(operands[0]))"], unless: "mpfr_nan_p(\(operands[0]))")
    case .min, .max:
      // MPFR's own take NaN for no number and give the other one.
      var value = operands[0]
      for next in operands.dropFirst() {
        emit(
          function.name, c, [value, next], unless: "mpfr_nan_p(\(value)) || mpfr_nan_p(\(next))")
        value = c
      }
      if operands.count == 1 { emit("set", c, [value]) }
    case .besselj:
      guard let (order, x) = Function.besselParts(arguments) else { throw missing(function.name) }
      emit("jn", c, ["\(order)", try operand(x)])
    case .dilog:
      // Above 1 MPFR gives the real part.
      emit("li2", c, operands, unless: "mpfr_cmp_si(\(operands[0]), 1) > 0")
    default: emit(function.name, c, operands)
    }
  }
}
