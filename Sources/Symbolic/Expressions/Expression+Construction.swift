import Exact

/// Building expressions. What is done at once, because it holds for every value and never hides
/// where something is undefined:
///
/// - neighbouring literal numbers are added and multiplied: `2 + 3` is 5, `x*2*3` is `x*6`;
/// - a term 0 and a factor 1 vanish, `x^1` is x, and a sum or product of one is that one;
/// - `(a + b) + c` is `a + b + c`, and the same for products: that is what the text says too;
/// - `-(q*x)` with a number q is `(-q)*x`, so `-(-x)` is x;
/// - a power of numbers is computed where it is rational and small, and `1/x^2` is `x^(-2)`.
///
/// `0*x` stays: x may be undefined.
extension Expression {
  /// A number.
  public static func rational(_ value: Rational) -> Expression {
    Expression(raw: .rational(value))
  }

  /// An integer.
  public static func integer(_ value: Int) -> Expression { .rational(Rational(value)) }

  /// A constant with a name.
  public static func constant(_ constant: Constant) -> Expression {
    Expression(raw: .constant(constant))
  }

  /// A parameter or variable.
  public static func symbol(_ symbol: Symbol) -> Expression { Expression(raw: .symbol(symbol)) }

  /// A new symbol as an expression.
  public static func symbol(_ name: String, _ domain: Domain = .real) -> Expression {
    .symbol(Symbol(name, domain))
  }

  /// The imaginary unit.
  public static let i = Expression(raw: .imaginaryUnit)
  /// 3.14159…
  public static let pi = Expression.constant(.pi)
  /// The unbounded end of a range or limit.
  public static let infinity = Expression.constant(.infinity)
  /// 0
  public static let zero = Expression.integer(0)
  /// 1
  public static let one = Expression.integer(1)

  /// The sum of the terms, in their order; 0 for none.
  ///
  /// Adding term by term with `+` copies the sum each time; this does not.
  ///
  /// - Complexity: O(number of terms).
  public static func sum(_ terms: [Expression]) -> Expression {
    var result: [Expression] = []
    result.reserveCapacity(terms.count)
    for term in terms {
      if result.isEmpty, case .sum(let inner) = term.kind {
        result = inner
      } else if let value = term.rationalValue {
        if value.isZero { continue }
        if let last = result.last?.rationalValue, isFoldable(last, value) {
          result.removeLast()
          if !(last + value).isZero { result.append(.rational(last + value)) }
        } else {
          result.append(term)
        }
      } else {
        result.append(term)
      }
    }
    return result.count > 1 ? Expression(raw: .sum(result)) : result.first ?? .zero
  }

  /// The product of the factors, in their order; 1 for none.
  ///
  /// - Complexity: O(number of factors).
  public static func product(_ factors: [Expression]) -> Expression {
    var result: [Expression] = []
    result.reserveCapacity(factors.count)
    for factor in factors {
      // At most a number before it: q*(x*y) is q*x*y.
      let isLeading = result.isEmpty || (result.count == 1 && result[0].rationalValue != nil)
      if isLeading, case .product(let inner) = factor.kind {
        for innerFactor in inner { multiply(&result, by: innerFactor) }
      } else {
        multiply(&result, by: factor)
      }
    }
    return result.count > 1 ? Expression(raw: .product(result)) : result.first ?? .one
  }

  /// Whether adding or multiplying two numbers is cheap. A text of some lines can hold numbers
  /// whose product fills the memory (`1e1000000*1e1000000*…`); those stay as written.
  private static func isFoldable(_ a: Rational, _ b: Rational) -> Bool {
    let bits = [a.numerator, a.denominator, b.numerator, b.denominator].map(\.bitWidth)
    return bits.reduce(0, +) <= 1 << 23
  }

  /// Appends a factor, or multiplies it into the number at the end.
  private static func multiply(_ result: inout [Expression], by factor: Expression) {
    guard let value = factor.rationalValue else {
      result.append(factor)
      return
    }
    if value == 1 { return }
    guard let last = result.last?.rationalValue, isFoldable(last, value) else {
      result.append(factor)
      return
    }
    result.removeLast()
    if last * value != 1 { result.append(.rational(last * value)) }
  }

  /// This expression to a power, principal value.
  public func power(_ exponent: Expression) -> Expression {
    guard let value = exponent.rationalValue else {
      return Expression(raw: .power(self, exponent))
    }
    if value == 1 { return self }
    // Undefined whatever the exponent; one form, so that what is printed reads back equal.
    if isLiteralZero, value.isInteger, value < -1 { return power(-1) }
    if let base = rationalValue, let result = Self.power(of: base, value) {
      return .rational(result)
    }
    // 1/b^n is b^-n, for n > 0: both are undefined exactly at b = 0.
    if value == -1, case .power(let base, let inner) = kind, let n = inner.rationalValue, n > 0 {
      return base.power(.rational(-n))
    }
    return Expression(raw: .power(self, exponent))
  }

  /// This expression to an integer power.
  public func power(_ exponent: Int) -> Expression { power(.integer(exponent)) }

  /// The power of a number where it is a number of at most some thousand digits; nil otherwise, and
  /// for 0 to the power 0 or less.
  private static func power(of base: Rational, _ exponent: Rational) -> Rational? {
    guard exponent.isInteger, let n = exponent.numerator.word else { return nil }
    if base.isZero { return n > 0 ? base : nil }
    let width = max(base.numerator.bitWidth, base.denominator.bitWidth)
    let (bits, overflow) = width.multipliedReportingOverflow(by: Int(clamping: n.magnitude))
    guard base.magnitude == 1 || (!overflow && bits <= 16_384) else { return nil }
    return try? base.power(base.magnitude == 1 ? Int(n.magnitude % 2) : n)
  }

  /// A function of its arguments.
  ///
  /// - Throws: `SymbolicError.wrongArity`, `SymbolicError.unsuitableArgument`.
  public static func function(
    _ function: Function, _ arguments: [Expression]
  ) throws(SymbolicError) -> Expression {
    guard function.arity.contains(arguments.count) else {
      throw .wrongArity(function: function, given: arguments.count)
    }
    if let problem = function.problem(with: arguments) {
      throw .unsuitableArgument(function: function, problem: problem)
    }
    return Expression(raw: .function(function, arguments))
  }

  /// A function of one argument, for callers that know its arity.
  static func apply(_ function: Function, _ argument: Expression) -> Expression {
    Expression(raw: .function(function, [argument]))
  }

  /// J_n, for callers that know the order to be allowed.
  static func besselJ(_ order: Int, _ argument: Expression) -> Expression {
    Expression(raw: .function(.besselj, [.integer(order), argument]))
  }

  /// The number, when the expression is one.
  public var rationalValue: Rational? {
    if case .rational(let value) = kind { value } else { nil }
  }

  /// Whether the expression is the literal 0. Other expressions may still be zero everywhere.
  public var isLiteralZero: Bool { rationalValue?.isZero ?? false }
}
