import Exact
import TestSupport
import Testing

@testable import Symbolic

/// One line with the signs of mathematics, and back.
@Suite struct UnicodePrinterTests {
  @Test(arguments: [
    ("sqrt(x^2 - 4*kappa^2)/(2*gamma)", "√(x² − 4·κ²)/(2·γ)"),
    ("abs(x)*log(T1)", "|x|·ln(T₁)"), ("abs(abs(x) - 1)", "||x| − 1|"),
    ("sqrt(x)^2", "(√x)²"), ("sqrt(x^2)", "√(x²)"), ("sqrt(sqrt(x))", "√(√x)"),
    ("2*sqrt(2)*x", "2·√2·x"), ("cbrt(x)/3", "∛x/3"), ("-x^2", "−x²"), ("(-x)^2", "(−x)²"),
    ("x^(-1/2)", "1/x^(1/2)"), ("x^(y + 1)", "x^(y + 1)"), ("x^12/y^10", "x¹²/y¹⁰"),
    ("(x^2)^3", "(x²)³"), ("a - (b - c)", "a − (b − c)"), ("-3/4*x", "−3/4·x"),
    ("lambda_min + Delta1*phi", "λ_min + Δ₁·φ"), ("T_A1 + wc", "T_A₁ + wc"),
    ("epsilon + varepsilon", "epsilon + varepsilon"), ("γ + x", "γ + x"), ("Pi*x", "Π·x"),
    ("2*pi*i", "2·π·i"), ("infinity", "∞"), ("asin(x) + sign(x)", "arcsin(x) + sgn(x)"),
    ("digamma(x) + dilog(x)", "digamma(x) + dilog(x)"), ("conj(x)", "conj(x)"),
    ("besselj(-1, x)", "besselj(−1, x)"), ("exp(-omega/T)", "exp(−ω/T)"),
  ])
  func printed(_ text: String, _ unicode: String) throws {
    let expression = try Expression(text)
    #expect(try expression.unicode() == unicode)
    #expect(try Expression(unicode, symbols: expression.freeSymbols) == expression)
  }

  @Test(arguments: [
    ("√2·x", "sqrt(2)*x"), ("x⁻¹", "x^(-1)"), ("2×3⋅x", "2*3*x"), ("|−x|", "abs(-x)"),
    ("√|x|²", ""), ("√x²", ""), ("√x^2", ""), ("√(x)", "sqrt(x)"), ("−√x", "-sqrt(x)"),
    ("|x|·|y|²", "abs(x)*abs(y)^2"), ("|x", ""), ("x²³", "x^23"), ("x² ³", "(x^2)^3"),
    ("2^x²", "2^(x^2)"), ("x²^y", "(x^2)^y"), ("√√x", "sqrt(sqrt(x))"), ("√", ""), ("²", ""),
    ("|x| + ||y| − |x||", "abs(x) + abs(abs(y) - abs(x))"), ("∞", "infinity"), ("x²y", ""),
    ("max(|x|, |y|)", "max(abs(x), abs(y))"), ("√f", ""),
  ])
  func read(_ unicode: String, _ text: String) throws {
    let symbols = [Symbol("x"), Symbol("y")]
    let found = try? Expression(unicode, symbols: symbols)
    #expect(found == (text.isEmpty ? nil : try Expression(text, symbols: symbols)), "\(unicode)")
  }

  @Test func aNameMayBeWrittenWithItsLetter() throws {
    let symbols = [Symbol("gamma"), Symbol("T1"), Symbol("λ_min"), Symbol("ε"), Symbol("varphi")]
    let read = try Expression("γ + T₁ + lambda_min + epsilon + phi", symbols: symbols)
    #expect(read.freeSymbols == Set(symbols))
    // Two that look alike are not guessed between, and one that is there is taken.
    let both = [Symbol("epsilon"), Symbol("varepsilon")]
    #expect(throws: SymbolicError.self) { try Expression("ε", symbols: both) }
    let own = [Symbol("gamma"), Symbol("γ")]
    #expect(try Expression("γ", symbols: own) == .symbol("γ"))
    #expect(try (Symbol("gamma") + Symbol("γ")).unicode() == "gamma + γ")
    #expect(try Expression("π", symbols: own) == .pi)
  }

  /// How many random expressions are not what their texts, changed by `change`, say.
  private func changed(_ seeds: Range<UInt64>, _ change: (String) -> String) throws -> Int {
    var count = 0
    for seed in seeds {
      var random = RandomExpression(seed: seed)
      let expression = random.next(depth: 1 + Int(seed % 5))
      let text = change(try expression.unicode())
      if (try? Expression(text, symbols: RandomExpression.symbols)) != expression { count += 1 }
    }
    return count
  }

  @Test(arguments: 0..<10) func readingWhatIsPrintedGivesTheSame(_ block: UInt64) throws {
    #expect(try changed(block * 300..<block * 300 + 300) { $0 } == 0)
  }

  @Test func aWrongSignIsNoticed() throws {
    for (sign, other) in [("²", "³"), ("−", "+"), ("·", "/"), ("√", "∛"), ("|", "")] {
      #expect(try changed(0..<300) { $0.replacing(sign, with: other) } > 0, "\(sign)")
    }
  }
}
