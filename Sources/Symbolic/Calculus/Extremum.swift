import Algebra
import Arbitrary
import Exact

/// The least upper or greatest lower bound of a function of one symbol over the symbol's domain,
/// exact, and where it is taken.
///
/// The function is made of rational operations with rational coefficients, abs, max and min.
public struct Extremum: Sendable {
  /// Where a bound is taken or approached.
  public enum Place: Hashable, Sendable {
    /// Taken at this point.
    case at(AlgebraicNumber)
    /// Approached at a point at which the function has another value, or none, or that is no point of
    /// the domain.
    case near(AlgebraicNumber)
    /// Approached as the symbol goes to infinity.
    case infinity
    /// Approached as the symbol goes to -infinity.
    case negativeInfinity
    /// Taken everywhere between two points, nil for an infinite end.
    case between(AlgebraicNumber?, AlgebraicNumber?)
  }

  /// The bound; nil where the function is unbounded.
  public let number: AlgebraicNumber?
  /// The bound as an expression: rational, a + b·√d in normal form, another closed form that is proved
  /// equal to it (``AlgebraicNumber/closedForm(limit:)``), or ±infinity; nil where none is found.
  public let value: Expression?
  /// Every place at which the bound is taken or approached, from left to right.
  public let places: [Place]
  /// Whether the function takes the bound.
  public let isAttained: Bool

  /// The supremum; the maximum where ``isAttained``.
  ///
  /// Between neighbouring roots and poles of derivatives and of what abs, max and min compare, the
  /// function is one rational function and monotone, so its bound is the greatest of its one-sided
  /// limits there and at the ends of the domain. All numbers are algebraic and compared exactly.
  ///
  /// - Parameter domain: the values of `x` that count; by default the symbol's own domain.
  /// - Returns: exact.
  /// - Throws: ``LimitError/unsupported(_:)`` for other functions or other symbols in `f`, complex
  ///   domains, and functions that are nowhere defined; ``LimitError/arithmetic(_:)`` at limits on
  ///   size.
  /// - Complexity: of isolating the real roots of the derivatives.
  public static func maximum(
    of f: Expression, as x: Symbol, over domain: Domain? = nil
  ) throws(LimitError) -> Extremum {
    try ExtremumSearch(x, domain ?? x.domain).maximum(of: f)
  }

  /// The infimum; the minimum where ``isAttained``: minus the supremum of -f.
  ///
  /// - Throws: as ``maximum(of:as:over:)``.
  public static func minimum(
    of f: Expression, as x: Symbol, over domain: Domain? = nil
  ) throws(LimitError) -> Extremum {
    let above = try maximum(of: -f, as: x, over: domain)
    let number = try LimitError.arithmetic { () throws(ArithmeticError) in
      try above.number?.negated()
    }
    return Extremum(number: number, infinity: -.infinity, places: above.places)
  }

  /// Writes the number in closed form; `infinity` is the value where there is none.
  init(number: AlgebraicNumber?, infinity: Expression, places: [Place]) {
    self.number = number
    self.places = places
    value = number.map(Extremum.radicals) ?? infinity
    isAttained = places.contains { place in
      switch place {
      case .at, .between: true
      case .near, .infinity, .negativeInfinity: false
      }
    }
  }

  /// A number of degree 1 or 2 in normal form, others by a closed form that is proved equal.
  public static func radicals(_ number: AlgebraicNumber) -> Expression? {
    if number.degree > 2 { return (try? number.closedForm())?.expression }
    guard let form = try? number.radicalForm() else { return nil }
    let root = sqrt(.rational(Rational(form.radicand)))
    let written = .rational(form.rationalPart) + .rational(form.coefficient) * root
    return (try? NormalForm(written))?.expression
  }
}
