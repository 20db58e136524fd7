import Foundation
import Testing

@testable import Symbolic

struct NotationTests {
  @Test(arguments: [
    ("gamma/2", #"\frac{\gamma}{2}"#),
    (
      "T1 + lambda_min + T_A1 + wc",
      #"T_{1} + \lambda_{\mathrm{min}} + T_{\mathrm{A1}} + \mathrm{wc}"#
    ),
    ("-x*y", "-x y"), ("-(a + b)", #"-\left(a + b\right)"#), ("-(a + b)/2", #"-\frac{a + b}{2}"#),
    ("a - (b - c)", #"a - \left(b - c\right)"#), ("2*3^x", #"2 \cdot 3^{x}"#),
    ("x*2", #"x \cdot 2"#),
    ("x*(-2)", #"x \left(-2\right)"#), ("(-x)^2", #"\left(-x\right)^{2}"#), ("-x^2", "-x^{2}"),
    ("(a/b)^2", #"\left(\frac{a}{b}\right)^{2}"#), ("(x^2)^3", #"\left(x^{2}\right)^{3}"#),
    ("1/x^2", #"\frac{1}{x^{2}}"#), ("-3/4*x", #"-\frac{3 x}{4}"#), ("-1/2", #"-\frac{1}{2}"#),
    ("a/(b + c)/d*f", #"\frac{a f}{\left(b + c\right) d}"#),
    ("x^(-1/2)", #"\frac{1}{x^{\frac{1}{2}}}"#),
    ("sqrt(x^2 + 1)*y", #"\sqrt{x^{2} + 1} y"#), ("cbrt(x)", #"\sqrt[3]{x}"#),
    ("sin(x)^2", #"\sin^{2}\left(x\right)"#), ("exp(-w/T)", #"e^{-\frac{w}{T}}"#),
    ("exp(x)^2", #"\left(e^{x}\right)^{2}"#), ("y/expm1(x)", #"\frac{y}{e^{x} - 1}"#),
    ("y*expm1(x)", #"y \left(e^{x} - 1\right)"#), ("log1p(x)", #"\ln\left(1 + x\right)"#),
    ("log1p(y - x)", #"\ln\left(1 + y - x\right)"#),
    ("log1p(-x)", #"\ln\left(1 + \left(-x\right)\right)"#),
    ("max(0, -x)", #"\max\left(0, -x\right)"#), ("conj(al)", #"\overline{\mathrm{al}}"#),
    ("abs(x)^2", #"\left|x\right|^{2}"#), ("sign(x)", #"\operatorname{sgn}\left(x\right)"#),
    ("i*pi", #"\mathrm{i} \pi"#), ("γ + Gamma1 + Beta", #"\gamma + \Gamma_{1} + \mathrm{B}"#),
    ("(1/2)^x", #"\left(\frac{1}{2}\right)^{x}"#), ("x*(a/b)", #"x \frac{a}{b}"#),
    ("x*(y*z)", #"x \left(y z\right)"#), ("2*(1/x)", #"\frac{2}{x}"#), ("infinity", #"\infty"#),
  ])
  func latex(_ text: String, _ latex: String) throws {
    #expect(try Expression(text).latex() == latex)
  }

  @Test(arguments: [
    (
      "-x/2",
      "<mrow><mo form=\"prefix\">−</mo><mfrac><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></mfrac></mrow>"
    ),
    (
      "T1^2",
      "<msup><mrow><msub><mi>T</mi><mrow><mn>1</mn></mrow></msub></mrow><mrow><mn>2</mn></mrow></msup>"
    ),
    ("sqrt(gamma)", "<msqrt><mi>γ</mi></msqrt>"),
  ])
  func mathML(_ text: String, _ body: String) throws {
    let whole = try Expression(text).mathML()
    #expect(whole.contains(body), "\(whole)")
  }

  @Test func mathMLIsWellFormed() throws {
    for seed in 0..<300 {
      var random = RandomExpression(seed: UInt64(seed))
      let text = try random.next(depth: 4).mathML()
      var open: [Substring] = []
      for match in text.matches(of: /<(\/?)([a-z]+)[^>]*>/) {
        if match.1.isEmpty {
          open.append(match.2)
        } else {
          #expect(open.popLast() == match.2, "seed \(seed)")
        }
      }
      #expect(open.isEmpty, "seed \(seed)")
    }
  }

  @Test func namesThatALanguageKeeps() throws {
    #expect(try Expression("lambda + x_1").python() == "lambda_ + x_1")
    #expect(try Expression("D*K_1 + i").mathematica() == "D$*K$1 + I")
    #expect(
      try Expression("γ*double").cFunction(named: "f").contains("double double_, double gamma"))
    #expect(try Expression("end/2").julia() == "end_/big(2)")
    // Two symbols of one name stay two.
    let both = Symbol("x", .real) + Symbol("x", .positive)
    #expect(try both.python().contains("x_"))
  }

  @Test(arguments: [
    ("x/3 + 0.1", "x/mpf(3) + mpf(1)/mpf(10)"),
    ("-x^2/y^(1/2)", "-x**2/y**(mpf(1)/mpf(2))"),
    ("1/x", "mpf(1)/x"), ("max(0, x)", "max([mpf(0), x])"), ("i*pi", "mp.j*mp.pi"),
  ])
  func python(_ text: String, _ python: String) throws {
    #expect(try Expression(text).python() == python)
  }

  @Test(arguments: [
    ("log(x)*expm1(y)/3", "Log[x]*(Exp[y] - 1)/3"), ("atan2(y, x)", "ArcTan[x, y]"),
    ("asinh(x)^2", "ArcSinh[x]^2"),
  ])
  func mathematica(_ text: String, _ mathematica: String) throws {
    #expect(try Expression(text).mathematica() == mathematica)
  }

  @Test func cIsReal() throws {
    let imaginary = try Expression("i*x")
    #expect(throws: SymbolicError.notPrintable(notation: "C", what: "the imaginary unit")) {
      try imaginary.cFunction(named: "f")
    }
    #expect(
      try Expression("max(0, x, 1/2)").cFunction(named: "f") == """
        #include <math.h>

        double f(double x) {
          return fmax(0.0, fmax(x, 1.0/2.0));
        }

        """)
  }

  /// Python and C programs, where the machine has what runs them, against values found by hand.
  @Test func programsComputeTheSame() throws {
    let values: [(text: String, value: Double)] = [
      ("x/3 - 1/4", 0.75), ("-x^2", -9), ("2^(1/2)*2^(1/2)", 2), ("cbrt(-x^3)", -3),
      ("max(1, x, 2) + min(x, -1)", 2), ("sign(-x)*abs(-x)", -3), ("atan2(0, -1)/pi", 1),
      ("log(exp(x))", 3), ("expm1(log1p(x))", 3), ("x/2/2", 0.75), ("x - (1 - x)", 5),
      ("tanh(atanh(1/2)) + asinh(sinh(x))", 3.5), ("(1/x)^(-2)", 9),
    ]
    let expressions = try values.map { try Expression($0.text) }
    let python = try expressions.map { try "print(float(\($0.python())))" }
    let script =
      "from mpmath import mp, mpf\nmp.dps = 30\nx = mpf(3)\n" + python.joined(separator: "\n")
    if let output = try run("python3", ["-c", script]) {
      for (line, value) in zip(output.split(separator: "\n"), values) {
        #expect(Swift.abs((Double(line) ?? .nan) - value.value) < 1e-12, "\(value.text)")
      }
    } else {
      print("note: python3 with mpmath is not here; its printer was not run")
    }

    var program = "#include <stdio.h>\n"
    for (index, expression) in expressions.enumerated() {
      program += try expression.cFunction(named: "f\(index)")
        .replacing("static double sign_of", with: "static double sign_of_\(index)")
        .replacing(" sign_of(", with: " sign_of_\(index)(")
    }
    let calls = expressions.indices.map { index in
      let argument = expressions[index].freeSymbols.isEmpty ? "" : "3.0"
      return "printf(\"%.17g\\n\", f\(index)(\(argument)));"
    }
    program += "int main(void) { \(calls.joined(separator: " ")) return 0; }\n"
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appending(path: "f.c")
    let binary = folder.appending(path: "f").path
    try program.write(to: source, atomically: true, encoding: .utf8)
    guard try run("cc", [source.path, "-o", binary, "-lm"]) != nil,
      let output = try run(binary, [])
    else {
      print("note: no C compiler here; the C printer was not run")
      return
    }
    for (line, value) in zip(output.split(separator: "\n"), values) {
      #expect(Swift.abs((Double(line) ?? .nan) - value.value) < 1e-12, "\(value.text)")
    }
  }

  /// The output of a program; nil when it does not exist or fails.
  private func run(_ program: String, _ arguments: [String]) throws -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
