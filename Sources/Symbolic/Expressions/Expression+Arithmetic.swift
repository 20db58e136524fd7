import Exact

/// Formulas in Swift: `2*x.power(2)/3 - sqrt(y)`.
extension Expression: ExpressibleByIntegerLiteral {
  /// An integer of any size, exactly.
  public init(integerLiteral value: StaticBigInt) {
    self = .rational(Rational(integerLiteral: value))
  }

  public static func + (a: Expression, b: Expression) -> Expression { .sum([a, b]) }
  public static func - (a: Expression, b: Expression) -> Expression { .sum([a, -b]) }
  public static func * (a: Expression, b: Expression) -> Expression { .product([a, b]) }
  /// The quotient; `x/0` is allowed and has no value.
  public static func / (a: Expression, b: Expression) -> Expression { .product([a, b.power(-1)]) }
  public static prefix func - (a: Expression) -> Expression { .product([.integer(-1), a]) }
  public static func += (a: inout Expression, b: Expression) { a = a + b }
  public static func -= (a: inout Expression, b: Expression) { a = a - b }
  public static func *= (a: inout Expression, b: Expression) { a = a * b }
}

/// The functions of the document language under the same names, for formulas in Swift.
public func sqrt(_ x: Expression) -> Expression { .apply(.sqrt, x) }
/// The real cube root.
public func cbrt(_ x: Expression) -> Expression { .apply(.cbrt, x) }
/// The exponential.
public func exp(_ x: Expression) -> Expression { .apply(.exp, x) }
/// `exp(x) - 1`.
public func expm1(_ x: Expression) -> Expression { .apply(.expm1, x) }
/// The natural logarithm, principal value.
public func log(_ x: Expression) -> Expression { .apply(.log, x) }
/// `log(1 + x)`.
public func log1p(_ x: Expression) -> Expression { .apply(.log1p, x) }
/// The sine.
public func sin(_ x: Expression) -> Expression { .apply(.sin, x) }
/// The cosine.
public func cos(_ x: Expression) -> Expression { .apply(.cos, x) }
/// The tangent.
public func tan(_ x: Expression) -> Expression { .apply(.tan, x) }
/// The hyperbolic sine.
public func sinh(_ x: Expression) -> Expression { .apply(.sinh, x) }
/// The hyperbolic cosine.
public func cosh(_ x: Expression) -> Expression { .apply(.cosh, x) }
/// The hyperbolic tangent.
public func tanh(_ x: Expression) -> Expression { .apply(.tanh, x) }
/// The absolute value.
public func abs(_ x: Expression) -> Expression { .apply(.abs, x) }
/// The digamma function ψ = Γ'/Γ of a real argument.
public func digamma(_ x: Expression) -> Expression { .apply(.digamma, x) }
/// The dilogarithm Li₂ of a real argument ≤ 1.
public func dilog(_ x: Expression) -> Expression { .apply(.dilog, x) }
/// The Bessel function J_n of a real argument.
///
/// - Throws: `SymbolicError.unsuitableArgument` for an order beyond ``Function/largestBesselOrder``.
public func besselj(_ order: Int, _ x: Expression) throws(SymbolicError) -> Expression {
  try .function(.besselj, [.integer(order), x])
}
/// The least of the arguments.
public func min(_ x: Expression, _ y: Expression, _ others: Expression...) -> Expression {
  Expression(raw: .function(.min, [x, y] + others))
}
/// The greatest of the arguments.
public func max(_ x: Expression, _ y: Expression, _ others: Expression...) -> Expression {
  Expression(raw: .function(.max, [x, y] + others))
}
