import Algebra
import Exact
import Symbolic

/// A polynomial in two symbols over the integers: the equation of an algebraic curve.
public struct PlanePolynomial: Sendable, Equatable {
  /// In a ring of two variables, x first.
  public let polynomial: Polynomial
  public let x: Symbol
  public let y: Symbol

  /// - Parameters:
  ///   - xIndex: the index of the horizontal variable in the polynomial's ring, `yIndex` of the vertical one.
  /// - Throws: ``RootError/otherVariables(_:)``; ``RootError/badInput(_:)`` for constants.
  public init(
    _ polynomial: Polynomial, xIndex: Int = 0, yIndex: Int = 1, x: Symbol, y: Symbol
  ) throws {
    let others = polynomial.occurringVariables.filter { $0 != xIndex && $0 != yIndex }
    guard others.isEmpty else {
      throw RootError.otherVariables(others.map { polynomial.ring.variables[$0] })
    }
    guard !polynomial.isConstant else { throw RootError.badInput("a constant is no curve") }
    let ring = try PolynomialRing([x.name, y.name])
    self.polynomial = try Polynomial(
      ring: ring,
      terms: polynomial.terms.map {
        ([$0.exponents[xIndex], $0.exponents[yIndex]], $0.coefficient)
      }
    ).primitivePart
    self.x = x
    self.y = y
  }

  func symbol(_ axis: PlaneAxis) -> Symbol { axis == .x ? x : y }

  static func index(_ axis: PlaneAxis) -> Int { axis == .x ? 0 : 1 }

  func degree(_ axis: PlaneAxis) -> Int { polynomial.degree(in: Self.index(axis)) }

  /// The coefficients of the powers of one unknown, as polynomials in the other.
  func coefficients(_ axis: PlaneAxis) -> [Polynomial] {
    polynomial.coefficients(in: Self.index(axis))
  }

  /// A polynomial of the same ring as a formula.
  func expression(_ polynomial: Polynomial) -> Expression {
    .sum(
      polynomial.terms.map { exponents, coefficient in
        var factors: [Expression] = []
        for (symbol, exponent) in zip([x, y], exponents) where exponent > 0 {
          factors.append(
            exponent == 1 ? .symbol(symbol) : Expression.symbol(symbol).power(exponent))
        }
        if factors.isEmpty { return .rational(Rational(coefficient)) }
        if coefficient.isOne { return .product(factors) }
        return .product([.rational(Rational(coefficient))] + factors)
      })
  }

  /// The polynomial as a formula.
  public var expression: Expression { expression(polynomial) }

  /// The polynomial where x and y are replaced.
  func value(_ x: Expression, _ y: Expression) -> Expression {
    expression.substituting([self.x: x, self.y: y])
  }

  /// The homogeneous part of a degree at (1, t), as coefficients of powers of t.
  func form(ofDegree degree: Int) -> UnivariatePolynomial<Rational> {
    var coefficients = [Rational](repeating: .zero, count: degree + 1)
    for (exponents, coefficient) in polynomial.terms where exponents[0] + exponents[1] == degree {
      coefficients[exponents[1]] = Rational(coefficient)
    }
    return UnivariatePolynomial(coefficients)
  }

  /// The value at a point.
  func value(at x: Rational, _ y: Rational) -> Rational {
    polynomial.terms.reduce(.zero) { sum, term in
      sum + Rational(term.coefficient) * Self.power(x, term.exponents[0])
        * Self.power(y, term.exponents[1])
    }
  }

  private static func power(_ base: Rational, _ exponent: Int) -> Rational {
    (0..<exponent).reduce(.one) { product, _ in product * base }
  }

  /// The polynomial on a line parallel to an axis, in the other coordinate.
  func restricted(_ axis: PlaneAxis, at value: Rational) -> UnivariatePolynomial<Rational> {
    UnivariatePolynomial(
      coefficients(axis.other).map { part in
        let own = part.univariate(in: Self.index(axis)) ?? .zero
        return own.coefficients.reversed().reduce(Rational.zero) {
          $0 * value + Rational($1)
        }
      })
  }
}

/// Proofs that formulas lie on a curve.
enum CurveProof {
  /// Whether a formula is proved identically zero, by its normal form.
  static func isZero(_ expression: Expression) -> Bool {
    (try? NormalForm(expression))?.isZero ?? false
  }

  /// The work that one proof or simplification may take, in the units of `WorkBudget`.
  static let work = 40_000_000
}
