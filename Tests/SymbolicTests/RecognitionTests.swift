import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite("Recognition of numbers")
struct RecognitionTests {
  private func digits(_ text: String) throws -> RealSource {
    let formula = RealSource(try Expression(text))
    return RealSource { (precision) throws(ArithmeticError) in
      try formula.interval(precision: precision)
    }
  }

  @Test("algebraic numbers from digits are guesses, from definitions proved")
  func heptagon() throws {
    let formula = try Expression("4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    let number = try AlgebraicNumber(formula)
    let guess = try #require(
      try Recognition(RealSource { number.interval(precision: $0) }).algebraic(degree: 4))
    #expect(guess.status == .guess)
    #expect(guess.number == number)
    #expect(guess.expression?.description == "4*cos(2*pi/7)*(1 + cos(2*pi/7))")
    #expect(guess.evidence.significance >= 40)
    let known = try #require(try Recognition(RealSource(number)).algebraic(degree: 4))
    #expect(known.status == .proved(.minimalPolynomial))
    let other = try #require(
      try Recognition(RealSource(Expression("2 + 4*cos(2*pi/7) + 2*cos(4*pi/7)"))).algebraic(
        degree: 4))
    #expect(other.isProved && other.number == number)
  }

  @Test(
    "combinations of a basis",
    arguments: [
      ("pi^2/6 + 3*log(2)/7", ["1", "pi^2", "log(2)"], "pi^2/6 + 3*log(2)/7"),
      ("log(12)", ["log(2)", "log(3)"], "2*log(2) + log(3)"),
      ("4*atan(1/5) - atan(1/239)", ["pi", "1"], "pi/4"),
      ("sqrt(5 + 2*sqrt(6))", ["1", "sqrt(2)", "sqrt(3)", "sqrt(6)"], "sqrt(2) + sqrt(3)"),
      ("dilog(1/2)", ["pi^2", "log(2)^2"], "pi^2/12 - log(2)^2/2"),
      ("355/113", ["1"], "355/113"), ("10^(-30)/7", ["1"], nil),
    ] as [(String, [String], String?)])
  func combinations(text: String, basis: [String], form: String?) throws {
    let basis = try basis.map { try Expression($0) }
    let guess = try Recognition(digits(text)).combination(of: basis)
    if let form {
      #expect(guess?.expression?.description == form)
      #expect(guess?.status == .guess)
    }
    // The same number with a definition: proved where it is made of roots, a guess where it is not.
    let known = try Recognition(RealSource(Expression(text))).combination(of: basis)
    let isAlgebraic = !text.contains("pi") && !text.contains("log") && !text.contains("atan")
    if known != nil { #expect(known?.isProved == isAlgebraic) }
    // Perturbed in the fortieth digit, the form is gone.
    let moved = try Recognition(digits("\(text) + 10^(-40)/3")).combination(of: basis)
    #expect(moved == nil || moved?.expression?.description != form)
  }

  @Test("products of powers")
  func products() throws {
    let basis = try ["2", "3", "pi"].map { try Expression($0) }
    let found = try #require(try Recognition(digits("-sqrt(2*pi)/3")).product(of: basis))
    #expect(found.expression == (try Expression("-2^(1/2)*3^(-1)*pi^(1/2)")))
    #expect(found.status == .guess)
    let roots = try Recognition(RealSource(Expression("cbrt(12)"))).product(
      of: [.integer(2), .integer(3)])
    #expect(roots?.isProved == true)
    #expect(try Recognition(digits("exp(1)")).product(of: basis) == nil)
  }

  @Test("fractions, small and large")
  func fractions() throws {
    for text in ["22/7", "-1/10^20", "123456789/1000007", "0"] {
      let found = try #require(try Recognition(RealSource(Expression(text))).rational())
      #expect(found.expression?.rationalValue == Rational(text) || text == "-1/10^20")
      #expect(found.isProved)
    }
    #expect(try Recognition(digits("sqrt(2)")).rational() == nil)
    #expect(try Recognition(digits("pi/10^30")).rational() == nil)
    #expect(try Recognition(digits("pi*10^30")).rational() == nil)
  }

  @Test("a ball of sixty digits is enough, one of ten is not")
  func balls() throws {
    let number = try AlgebraicNumber(Expression("4*cos(2*pi/7)*(1 + cos(2*pi/7))"))
    let wide = try #require(
      try Recognition(RealSource(number.ball(precision: 200))).algebraic(degree: 3))
    #expect(wide.number == number && wide.status == .guess)
    #expect(try Recognition(RealSource(number.ball(precision: 40))).algebraic(degree: 3) == nil)
  }

  @Test("a real without a form gives nothing", arguments: 0..<8 as Range<UInt64>)
  func chance(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    var bits = Integer.zero
    for _ in 0..<64 { bits = (bits << 64) + Integer(g.next()) }
    let value = try Rational(bits, Integer(1) << 4096)
    let source = RealSource { Interval(value, precision: $0) }
    let recognition = Recognition(source)
    #expect(try recognition.rational() == nil)
    #expect(try recognition.algebraic(degree: 4) == nil)
    let basis = try ["1", "pi", "log(2)", "sqrt(2)"].map { try Expression($0) }
    #expect(try recognition.combination(of: basis) == nil)
    #expect(try recognition.product(of: [.integer(2), .integer(3), .pi]) == nil)
  }

  @Test("a dependent basis and too many numbers are refused")
  func refused() throws {
    let basis = try ["1", "log(2)", "log(4)"].map { try Expression($0) }
    #expect(throws: ArithmeticError.self) {
      try Recognition(digits("exp(1)")).combination(of: basis)
    }
    #expect(throws: ArithmeticError.self) {
      try Recognition(digits("exp(1)")).algebraic(degree: 60)
    }
  }
}
