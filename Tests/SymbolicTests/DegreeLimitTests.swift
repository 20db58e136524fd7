import Algebra
import Exact
import Symbolic
import Testing

/// Expressions whose degrees outgrow what monomials hold end in a typed error, with many kernels too.
@Suite struct DegreeLimitTests {
  static let symbols = (0..<17).map { Symbol("x\($0)", .positive) }

  /// Which of 15 to 17 symbols occur besides, so that the fields of a monomial are narrow.
  private static func crowd(_ count: Int) -> Expression {
    .sum(symbols.prefix(count).map(\.expression))
  }

  private static let x = symbols[0].expression

  @Test(arguments: [15, 16, 17])
  func productsOfInput(kernels: Int) {
    let wide = Self.crowd(kernels)
    #expect(throws: ArithmeticError.self) { try NormalForm(wide + Self.x.power(900)) }
    #expect(throws: ArithmeticError.self) {
      try NormalForm(.product((1...60).map { wide + Self.x.power(20) + .integer($0) }))
    }
  }

  /// Unlike denominators multiply: the sum of 300 fractions.
  @Test(arguments: [15, 16, 17])
  func sumsOfFractions(kernels: Int) {
    let terms = (1...300).map { 1 / (Self.x.power(28) + .integer($0)) }
    #expect(throws: ArithmeticError.self) {
      try NormalForm(.sum([Self.crowd(kernels)] + terms))
    }
  }

  /// Powers of a root lowered by its relation.
  @Test(arguments: [13, 15])
  func relations(kernels: Int) {
    let root = sqrt(Self.x.power(20) + Self.symbols[1].expression + 1)
    #expect(throws: ArithmeticError.self) {
      try NormalForm(Self.crowd(kernels) + root.power(40))
    }
  }

  /// Nothing is decided, and nothing traps.
  @Test(arguments: [15, 17])
  func decisions(kernels: Int) {
    let wide = Self.crowd(kernels)
    let large = Expression.product((1...12).map { wide + Self.x.power(20) + .integer($0) })
    if case .zero = ZeroTest().decide(large - 1) { Issue.record("not zero") }
    let verdict = SignDecision().decide(
      large - Self.symbols[1].expression.power(70), .positive)
    if case .proved = verdict { Issue.record("\(verdict)") }
  }
}
