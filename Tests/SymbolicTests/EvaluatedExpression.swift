import Arbitrary
import Exact
import TestSupport

@testable import Symbolic

/// An expression at a rational point where its value is certified to many digits.
struct EvaluatedExpression {
  let expression: Expression
  let point: [Rational]
  let re: Rational
  let im: Rational

  static let symbols = [Symbol("lambda"), Symbol("x"), Symbol("γ₁")]

  /// The value to about 60 digits; nil where there is none or it is far from 1.
  init?(_ expression: Expression, _ point: [Rational]) {
    // All parts must have values: an interval is that of the points where there is one. And zero to
    // a power that is no number is understood in different ways.
    let parts = expression.postorder()
    guard let program = try? Program(parts, inputs: Self.symbols),
      let values = try? program.enclose(
        point.map { Interval($0, precision: 420) }, precision: 420),
      values.allSatisfy({ !$0.isEmpty && $0.re.isBounded && $0.im.isBounded }),
      let value = values.last
    else { return nil }
    let zeros = Set(zip(parts, values).filter { $1.containsZero }.map(\.0))
    for part in parts {
      guard case .power(let base, let exponent) = part.kind else { continue }
      if exponent.rationalValue == nil, zeros.contains(base) { return nil }
    }
    let size = Swift.max(
      Swift.abs(value.re.midpoint.approximateDouble), Swift.abs(value.im.midpoint.approximateDouble)
    )
    let width = Swift.max(value.re.width.approximateDouble, value.im.width.approximateDouble)
    guard size < 1e12, size > 1e-12 || value.re == Interval(0) && value.im == Interval(0),
      width <= 1e-65 * size,
      let re = Self.rounded(value.re.midpoint), let im = Self.rounded(value.im.midpoint)
    else { return nil }
    self.expression = expression
    self.point = point
    (self.re, self.im) = (re, im)
  }

  /// To 300 bits after the point, so that it can be written.
  private static func rounded(_ value: Real) -> Rational? {
    let scale = Rational(Integer(1) << 300)
    guard let whole = (value * Real(scale, precision: 8)).floor else { return nil }
    return try? Rational(whole) / scale
  }

  /// What printers most easily get wrong.
  private static let edges = [
    "(-x)^2", "-x^2", "x^(-1/2)", "1/x/(x/(1/x))", "1/3", "-1/3*x", "(1/3)^2", "(1/3)^x", "2^(1/3)",
    "x - (-x)", "x*(-2)", "-(-2)*x", "1/(1/(1/x))", "(x/2)^3", "-(x + 1)", "x/(-3)", "(-1/2)^3*x",
    "(x^2)^3", "x^2^3", "x^(2/3)", "1 - (1 - x)", "0.1*x", "2/3/x", "2/(3/x)", "1/2*(3/4)^(1/2)",
    "123456789012345678901234567890*x/123456789012345678901234567891", "-lambda/γ₁*x/(-5)",
    "x^(-2)*3", "(2/3)^(-x)", "-(x*lambda)^3", "sqrt(x)^3", "exp(x)^2", "sin(x)^2*cos(x)^(-1)",
    "max(-x, x)", "abs(-x)^3", "x*(lambda*(γ₁ + 1))", "x/(lambda/γ₁)*2", "expm1(x)^2", "-expm1(x)",
    "1/log1p(x)", "cbrt(-x)^2", "-besselj(2, x)^2",
  ]

  /// Those and so many random ones of every form, each function among them.
  static func several(
    _ count: Int, seed: UInt64, isReal: Bool
  ) -> [EvaluatedExpression] {
    var random = SeededGenerator(seed: seed)
    let values: [Rational] = [Rational(2), (try? Rational(3, 7)) ?? 1, (try? Rational(-5, 3)) ?? 1]
    var found = edges.compactMap { text in
      (try? Expression(text, symbols: symbols)).flatMap { EvaluatedExpression($0, values) }
    }
    var tries = 0
    while found.count < count + edges.count, tries < 60 * count {
      tries += 1
      let expression =
        tries % 3 == 0
        ? one(of: Function.allCases[tries / 3 % Function.allCases.count], &random, depth: 1)
        : make(&random, depth: 4)
      let point = symbols.map { _ in number(&random) }
      guard let value = EvaluatedExpression(expression, point) else { continue }
      if isReal, value.im != 0 { continue }
      found.append(value)
    }
    return found
  }

  private static func number(_ random: inout SeededGenerator) -> Rational {
    (try? Rational(
      Integer(Int.random(in: -30...60, using: &random)),
      Integer(Int.random(in: 1...16, using: &random)))) ?? 1
  }

  private static func one(
    of function: Function, _ random: inout SeededGenerator, depth: Int
  ) -> Expression {
    let count = function.arity.most ?? Int.random(in: 1...3, using: &random)
    var arguments = (0..<count).map { _ in make(&random, depth: depth) }
    if function == .besselj { arguments[0] = .integer(Int.random(in: -3...3, using: &random)) }
    return (try? .function(function, arguments)) ?? .zero
  }

  private static func make(_ random: inout SeededGenerator, depth: Int) -> Expression {
    func next() -> Expression { make(&random, depth: depth - 1) }
    if depth == 0 || Int.random(in: 0..<8, using: &random) == 0 {
      switch Int.random(in: 0..<6, using: &random) {
      case 0: return .rational(number(&random))
      case 1: return .integer(Int.random(in: -3...3, using: &random))
      case 2: return .pi
      default: return .symbol(symbols[Int.random(in: 0..<3, using: &random)])
      }
    }
    switch Int.random(in: 0..<12, using: &random) {
    case 0, 1: return next() + next() - next()
    case 2, 3: return next() * next()
    case 4: return -next() * next()
    case 5, 6: return next() / next()
    case 7: return next().power(.integer(Int.random(in: -3...3, using: &random)))
    case 8:
      let exponents = [(1, 2), (-1, 2), (3, 2), (1, 3), (-2, 5)]
      let (p, q) = exponents[Int.random(in: 0..<exponents.count, using: &random)]
      return next().power(.rational((try? Rational(Integer(p), Integer(q))) ?? 1))
    case 9: return next().power(next())
    default:
      let function = Function.allCases[Int.random(in: 0..<Function.allCases.count, using: &random)]
      return one(of: function, &random, depth: depth - 1)
    }
  }
}
