import Exact
import Foundation
import TestSupport
import Testing

@testable import Symbolic

/// What is printed for other languages, run there where this machine can, and compared with certified
/// values. Campaigns take more expressions.
@Suite struct PrintedProgramTests {
  static let count =
    ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == nil ? 25 : 2000

  private static let items = EvaluatedExpression.several(count, seed: 1, isReal: false)
  private static let realItems = EvaluatedExpression.several(count, seed: 5, isReal: true)

  // MARK: - Python

  private struct Report: Decodable {
    var compared: Int
    var refused: [Int]
    var wrong: [Int]
  }

  /// Evaluates with mpmath at 100 digits, at 400 where 45 digits do not agree (something cancelled).
  private func python(
    _ items: [EvaluatedExpression], _ change: (String) -> String = { $0 }
  ) throws -> Report? {
    var script = """
      import json, sys
      sys.setrecursionlimit(100000)
      from mpmath import mp, mpf, mpc
      report = dict(compared=0, refused=[], wrong=[])
      def q(a, b): return mpf(a)/mpf(b)
      def check(k, f, re, im):
        for digits in (100, 400):
          mp.dps = digits
          try:
            value = mpc(f())
          except Exception as error:
            report["refused"].append(k)
            return
          exact = mpc(q(*re), q(*im))
          if abs(value - exact) <= mpf(10)**-45*max(1, abs(exact)):
            report["compared"] += 1
            return
        report["wrong"].append(k)

      """
    for (k, item) in items.enumerated() {
      func pair(_ value: Rational) -> String { "(\(value.numerator), \(value.denominator))" }
      let bindings = zip(["lambda_", "x", "gamma1"], item.point).map { "\($0)=q\(pair($1))" }
      script += "def f(): return (lambda \(bindings.joined(separator: ", ")): "
      script += "\(change(try item.expression.python())))()\n"
      script += "check(\(k), f, \(pair(item.re)), \(pair(item.im)))\n"
    }
    script += "print(json.dumps(report))\n"
    guard
      let output = try ForeignPrograms.python(script, needs: "mpmath", for: "Python")
    else { return nil }
    return try JSONDecoder().decode(Report.self, from: Data(output.utf8))
  }

  @Test func pythonHasTheValue() throws {
    let items = Self.items
    #expect(items.count > Self.count * 3 / 4)
    guard let report = try python(items) else { return }
    for k in report.wrong {
      Issue.record(
        "\(items[k].expression) at \(items[k].point): \(try items[k].expression.python())")
    }
    // mpmath does not order complex numbers, also those without an imaginary part.
    for k in report.refused {
      #expect(
        items[k].expression.postorder().contains { part in
          guard case .function(let function, _) = part.kind else { return false }
          return [.min, .max, .atan2, .sign, .cbrt, .besselj, .digamma, .dilog, .arg].contains(
            function)
        }, "\(items[k].expression) at \(items[k].point)")
    }
    #expect(report.compared > items.count * 9 / 10)
  }

  @Test func aWrongProgramIsNoticed() throws {
    let items = Array(Self.items.prefix(60))
    for (old, new) in [("mpf(", "float("), (" - ", " + "), ("**", "*"), ("mp.log(", "mp.log1p(")] {
      guard let report = try python(items, { $0.replacing(old, with: new) }) else { return }
      #expect(!report.wrong.isEmpty, "\(old)")
    }
  }

  /// Names that mean something in one of the languages are symbols like others.
  @Test func namesThatALanguageKeeps() throws {
    let names = [
      "lambda", "I", "E", "e", "gamma", "beta", "N", "mp", "abs", "double", "linux", "M_PI", "j1",
      "mpf", "Gamma", "end", "im", "D", "Plot", "M_1", "result",
    ]
    // Each by its place: 1·2^0 + 2·2^1 + …
    let sum = Symbolic.Expression.sum(
      names.enumerated().map { .integer(1 << $0.offset) * .symbol($0.element) })
    let symbols = sum.freeSymbols.sorted { $0.precedes($1) }
    let values = symbols.map { symbol in (names.firstIndex(of: symbol.name) ?? 0) + 1 }
    let total = names.indices.reduce(0) { $0 + ($1 + 1) << $1 }
    let list = values.map { "\($0).0" }.joined(separator: ", ")
    let program =
      try "#include <stdio.h>\n" + sum.cFunction(named: "f")
      + sum.mpfrFunction(named: "g")
      + "int main(void) { printf(\"%.0f\\n\", f(\(list))); return 0; }\n"
    if let output = try ForeignPrograms.compiled(program, libraries: ["mpfr", "m"], for: "C") {
      #expect(output == "\(total)\n")
    }
    let keywords = [
      "lambda": "lambda_", "mp": "mp_", "mpf": "mpf_", "abs": "abs_",
    ]
    let bindings = zip(symbols, values).map { "\(keywords[$0.name] ?? $0.name) = \($1)" }
    let script = """
      from mpmath import mp, mpf
      \(bindings.joined(separator: "; "))
      print(int(\(try sum.python())))

      """
    if let output = try ForeignPrograms.python(script, needs: "mpmath", for: "Python") {
      #expect(output == "\(total)\n")
    }
    let mathematica = try sum.mathematica()
    for name in ["I$", "E$", "N$", "D$", "Gamma$", "Plot$", "M$1", "M$PI"] {
      #expect(mathematica.contains("*\(name)"), "\(name)")
    }
    let julia = try sum.julia()
    for name in ["end_", "im_", "abs_"] { #expect(julia.contains("*\(name)"), "\(name)") }
  }

  @Test func longNumbersAreNoLongLiterals() throws {
    for digits in [3999, 4000, 4001, 8000, 12_345] {
      let number = Integer.powerOfTen(UInt(digits)) + 7
      let code = try (Symbol("x") * Expression.rational(Rational(number))).python()
      let script = """
        from mpmath import mp, mpf
        x = 1
        print(int(\(code.replacing("mpf(", with: "("))) == 10**\(digits) + 7)

        """
      guard let output = try ForeignPrograms.python(script, needs: "mpmath", for: "Python") else {
        return
      }
      #expect(output == "True\n", "\(digits)")
    }
  }

  // MARK: - C

  private func isPrintable(_ item: EvaluatedExpression) -> Bool {
    (try? item.expression.mpfrFunction(named: "f")) != nil
  }

  /// The relative errors in units of 2^-200; nil where no compiler is.
  private func relativeErrors(
    _ items: [EvaluatedExpression], _ change: (String) -> String = { $0 }
  ) throws -> [Double]? {
    var program = "#include <stdio.h>\n"
    var body = ""
    for (k, item) in items.enumerated() {
      program += change(try item.expression.mpfrFunction(named: "f\(k)"))
      let symbols = item.expression.freeSymbols.sorted { $0.precedes($1) }
      for (place, symbol) in symbols.enumerated() {
        let value = EvaluatedExpression.symbols.firstIndex(of: symbol).map { item.point[$0] } ?? 0
        body += "  set(x[\(place)], \"\(value.numerator)\", \"\(value.denominator)\");\n"
      }
      let arguments = symbols.indices.map { ", x[\($0)]" }.joined()
      body += "  f\(k)(r\(arguments));\n"
      body += "  compare(r, \"\(item.re.numerator)\", \"\(item.re.denominator)\");\n"
    }
    program += """
      static void set(mpfr_t c, const char *a, const char *b) {
        mpfr_t d;
        mpfr_init2(d, 400);
        mpfr_set_str(c, a, 10, MPFR_RNDN);
        mpfr_set_str(d, b, 10, MPFR_RNDN);
        mpfr_div(c, c, d, MPFR_RNDN);
        mpfr_clear(d);
      }
      static void compare(mpfr_t r, const char *a, const char *b) {
        mpfr_t e;
        mpfr_init2(e, 400);
        set(e, a, b);
        mpfr_t d;
        mpfr_init2(d, 400);
        mpfr_sub(d, r, e, MPFR_RNDN);
        if (mpfr_sgn(e) != 0) mpfr_div(d, d, e, MPFR_RNDN);
        mpfr_mul_2si(d, d, 200, MPFR_RNDN);
        printf("%.6g\\n", mpfr_get_d(d, MPFR_RNDN));
        mpfr_clear(d);
        mpfr_clear(e);
      }
      int main(void) {
        mpfr_t r, x[3];
        mpfr_init2(r, 200);
        for (int k = 0; k < 3; k++) mpfr_init2(x[k], 600);
      \(body)  return 0;
      }

      """
    guard
      let output = try ForeignPrograms.compiled(
        program, libraries: ["mpfr", "gmp"], for: "C with MPFR")
    else { return nil }
    return output.split(separator: "\n").map { Double($0) ?? .nan }
  }

  @Test func cWithMPFRHasTheValue() throws {
    let items = Self.realItems.filter(isPrintable)
    #expect(items.count > Self.count / 2)
    guard let errors = try relativeErrors(items) else { return }
    #expect(errors.count == items.count)
    var complex = 0
    for (error, item) in zip(errors, items) {
      // A road through complex numbers to a real value is NaN there.
      if error.isNaN {
        complex += 1
        continue
      }
      // One unit in the last place, more only where 64 bits cancel.
      #expect(Swift.abs(error) <= 1, "\(item.expression) at \(item.point)")
    }
    #expect(complex < items.count / 5)
  }

  @Test func aWrongCProgramIsNoticed() throws {
    let items = Self.realItems.prefix(60).filter(isPrintable)
    for (old, new) in [
      ("mpfr_add", "mpfr_sub"), ("div_si", "mul_si"), ("mpfr_pow_si", "mpfr_mul_si"),
    ] {
      guard let errors = try relativeErrors(items, { $0.replacing(old, with: new) }) else { return }
      #expect(errors.contains { Swift.abs($0) > 1 }, "\(old)")
    }
  }

  @Test func whatCannotBeSaidInCIsAnError() throws {
    for text in ["i*x", "re(x)", "conj(x)", "arg(x)", "im(x)", "x^99999999999"] {
      let expression = try Expression(text)
      #expect(throws: SymbolicError.self) { try expression.mpfrFunction(named: "f") }
    }
    let complex = Symbol("z", .complex).expression
    #expect(throws: SymbolicError.self) { try complex.mpfrFunction(named: "f") }
    #expect(throws: SymbolicError.self) { try complex.cFunction(named: "f") }
    // Integers of any size are exact, fractions no doubles, equal parts computed once.
    let huge = try Expression("x^2/123456789012345678901234567890123 + exp(x^2)/3")
    let code = try huge.mpfrFunction(named: "f")
    #expect(code.contains("\"123456789012345678901234567890123\", 10"))
    #expect(code.matches(of: /mpfr_pow_si/).count == 1)
    #expect(!code.contains("0."))
    let names = try Expression("int + mpfr_add + result + linux + γ").mpfrFunction(named: "f")
    for word in ["_mpfr_add", "gamma", "int_", "linux_", "result_"] {
      #expect(names.contains("mpfr_srcptr \(word)"), "\(word)")
    }
  }

  // MARK: - Readers that are not the languages' own

  /// How often the readers of Tests/Oracles/printers give another value, or none.
  private func misread(
    _ items: [EvaluatedExpression], _ reader: String, _ values: [String],
    _ print: (Symbolic.Expression) throws -> String
  ) throws -> (wrong: [Int], refused: [Int])? {
    let folder = Oracle.packageRoot.appendingPathComponent("Tests/Oracles/printers").path
    var script = """
      import json, sys
      sys.path.insert(0, "\(folder)")
      sys.dont_write_bytecode = True
      from readers import latex, julia, mp, mpc, mpf
      wrong, refused = [], []
      def q(a, b): return mpf(a)/mpf(b)
      def check(k, text, values, re, im):
        for mp.dps in (60, 400):
          try: value = mpc(\(reader)(text, {n: q(*v) for n, v in values.items()}))
          except ValueError: return refused.append(k)
          except Exception: return wrong.append(k)
          exact = mpc(q(*re), q(*im))
          if abs(value - exact) <= mpf(10)**-40*max(1, abs(exact)): return
        wrong.append(k)

      """
    for (k, item) in items.enumerated() {
      func pair(_ value: Rational) -> String { "(\(value.numerator), \(value.denominator))" }
      let point = zip(values, item.point).map { "r\"\($0)\": \(pair($1))" }
      script +=
        "check(\(k), r\"\(try print(item.expression))\", {\(point.joined(separator: ", "))}, "
      script += "\(pair(item.re)), \(pair(item.im)))\n"
    }
    script += "print(json.dumps([wrong, refused]))\n"
    guard let output = try ForeignPrograms.python(script, needs: "mpmath", for: reader) else {
      return nil
    }
    let found = try JSONDecoder().decode([[Int]].self, from: Data(output.utf8))
    return (found[0], found[1])
  }

  private static let inLaTeX = [#"\lambda"#, "x", #"\gamma1"#]

  @Test func latexIsReadAsTheSame() throws {
    let items = Self.items
    guard let found = try misread(items, "latex", Self.inLaTeX, { try $0.latex() }) else { return }
    for k in found.wrong {
      Issue.record(
        "\(items[k].expression) at \(items[k].point): \(try items[k].expression.latex())")
    }
    #expect(found.refused.count < items.count / 10)
    for (old, new) in [(#"\left("#, #"\left(-"#), ("^{2}", "^{3}"), (" - ", " + ")] {
      let changed = try misread(items, "latex", Self.inLaTeX) {
        try $0.latex().replacing(old, with: new)
      }
      #expect(changed?.wrong.isEmpty == false, "\(old)")
    }
  }

  /// A word that Python keeps stands otherwise in the reader, which is written in it.
  @Test func juliaIsReadAsTheSame() throws {
    func julia(_ expression: Symbolic.Expression) throws -> String {
      try expression.julia().replacing("lambda", with: "lambda_")
    }
    let names = ["lambda_", "x", "gamma1"]
    let items = Self.items
    guard let found = try misread(items, "julia", names, julia) else { return }
    for k in found.wrong {
      Issue.record("\(items[k].expression) at \(items[k].point): \(try julia(items[k].expression))")
    }
    #expect(found.refused.count < items.count / 10)
    for (old, new) in [("big(1)//", "1//"), ("^", "*"), (" - ", " + ")] {
      let changed = try misread(items, "julia", names) { try julia($0).replacing(old, with: new) }
      #expect(changed?.wrong.isEmpty == false, "\(old)")
    }
  }

  /// Well-formed, and every element with as many parts as it takes.
  @Test func mathMLIsXML() throws {
    var script = """
      import json
      import xml.etree.ElementTree as tree
      parts = dict(mfrac=2, msup=2, msub=2, mroot=2, mover=2)
      known = set(parts) | {"math", "mi", "mn", "mo", "mrow", "msqrt"}
      wrong = []
      def check(k, text):
        try:
          for element in tree.fromstring(text).iter():
            name = element.tag.split("}")[1]
            assert name in known and len(element) == parts.get(name, len(element))
            assert name not in ("mi", "mn", "mo") or (element.text and not len(element))
        except Exception: wrong.append(k)

      """
    for seed in 0..<300 {
      var random = RandomExpression(seed: UInt64(seed))
      let text = try random.next(depth: 4).mathML()
      script += "check(\(seed), r'''\(text)''')\n"
    }
    // Shown to fail.
    script += "check(300, '<math xmlns=\"a\"><mfrac><mi>x</mi></mfrac></math>')\n"
    script += "check(301, '<math xmlns=\"a\"><mrow></math>')\n"
    script += "print(json.dumps(wrong))\n"
    guard let output = try ForeignPrograms.python(script, needs: "xml", for: "MathML") else {
      return
    }
    #expect(output == "[300, 301]\n")
  }

  /// Doubles have a few digits less than the formula is long.
  @Test func cHasTheValueInDoubles() throws {
    let items = Self.realItems.filter {
      (try? $0.expression.cFunction(named: "f")) != nil
    }
    var program = "#include <stdio.h>\n"
    var body = ""
    for (k, item) in items.enumerated() {
      program += try item.expression.cFunction(named: "f\(k)").replacing(
        "sign_of", with: "sign\(k)")
      let arguments = item.expression.freeSymbols.sorted { $0.precedes($1) }.map { symbol in
        let value = EvaluatedExpression.symbols.firstIndex(of: symbol).map { item.point[$0] } ?? 0
        return "\(value.numerator).0/\(value.denominator).0"
      }
      body += "  printf(\"%.17g\\n\", f\(k)(\(arguments.joined(separator: ", "))));\n"
    }
    program += "int main(void) {\n\(body)  return 0;\n}\n"
    guard let output = try ForeignPrograms.compiled(program, libraries: ["m"], for: "C") else {
      return
    }
    let values = output.split(separator: "\n").map { Double($0) ?? .nan }
    #expect(values.count == items.count)
    // A road through complex numbers is NaN; a few lose digits.
    let near = zip(values, items).filter { value, item in
      let exact = item.re.approximateDouble
      return Swift.abs(value - exact) <= 1e-9 * Swift.max(1, Swift.abs(exact))
    }
    #expect(near.count > items.count * 3 / 4, "\(near.count) of \(items.count)")
    for (value, item) in zip(values, items) where !value.isNaN {
      let exact = item.re.approximateDouble
      #expect(
        Swift.abs(value - exact) <= 1e-3 * Swift.max(1, Swift.abs(exact)),
        "\(item.expression) at \(item.point)")
    }
  }

  /// Mathematica is not here: SymPy's reader of its language takes the place, a parser of its own that knows
  /// the functions by name.
  @Test func mathematicaIsReadAsTheSame() throws {
    let items = Self.items
    var script = """
      import json
      from sympy import Symbol, N, Rational, Function, Abs, arg, besselj, conjugate, polygamma
      from sympy import polylog, sign, cbrt
      own = dict(Abs=Abs, Arg=arg, BesselJ=besselj, Conjugate=conjugate, PolyLog=polylog,
        PolyGamma=lambda x: polygamma(0, x), CubeRoot=lambda x: sign(x)*cbrt(abs(x)))
      from sympy.parsing.mathematica import parse_mathematica
      wrong, refused = [], []
      def check(k, text, values, re, im):
        try:
          value = parse_mathematica(text)
          for name, meaning in own.items(): value = value.replace(Function(name), meaning)
          value = value.subs({Symbol(n): Rational(*v) for n, v in values.items()})
          value = complex(N(value, 40))
        except Exception as error:
          refused.append(k)
          return
        exact = complex(float(Rational(*re)), float(Rational(*im)))
        if not abs(value - exact) <= 1e-10*max(1, abs(exact)): wrong.append(k)

      """
    for (k, item) in items.enumerated() {
      func pair(_ value: Rational) -> String { "(\(value.numerator), \(value.denominator))" }
      let values = zip(["lambda0", "x", "gamma1"], item.point).map { "\"\($0)\": \(pair($1))" }
      // A name that Python keeps, on which SymPy's reader is built.
      let text = try item.expression.mathematica().replacing("lambda", with: "lambda0")
      script += "check(\(k), \"\(text)\", "
      script += "{\(values.joined(separator: ", "))}, \(pair(item.re)), \(pair(item.im)))\n"
    }
    script += "print(json.dumps([wrong, refused]))\n"
    guard
      let output = try ForeignPrograms.python(script, needs: "sympy", for: "Mathematica")
    else { return }
    let found = try JSONDecoder().decode([[Int]].self, from: Data(output.utf8))
    for k in found[0] {
      Issue.record(
        "\(items[k].expression) at \(items[k].point): \(try items[k].expression.mathematica())")
    }
    let refused = found[1].map { items[$0].expression.description }
    #expect(refused.count < items.count / 4, "\(refused)")
  }
}
