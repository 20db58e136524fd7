import Algebra
import Exact

/// An element of Q(α) for an algebraic number α: a polynomial in α of lower degree than α has.
///
/// Constants belong to every such field. Operations are exact; two elements with different fields must
/// not meet.
struct NumberFieldElement: Field {
  /// The minimal polynomial of α, monic.
  private let modulus: UnivariatePolynomial<Rational>?
  let value: UnivariatePolynomial<Rational>

  private init(
    reduced value: UnivariatePolynomial<Rational>, modulus: UnivariatePolynomial<Rational>?
  ) {
    self.value = value
    self.modulus = modulus
  }

  /// The value of a polynomial at α.
  init(
    _ value: UnivariatePolynomial<Rational>, modulus: UnivariatePolynomial<Rational>
  ) throws(ArithmeticError) {
    self.init(
      reduced: try value.quotientAndRemainder(by: modulus).remainder, modulus: modulus)
  }

  init(_ value: Integer) {
    self.init(reduced: UnivariatePolynomial([Rational(value)]), modulus: nil)
  }

  static var zero: Self { Self(reduced: .zero, modulus: nil) }
  static var one: Self { Self(reduced: .one, modulus: nil) }
  static var isExact: Bool { true }
  var isZero: Bool { value.isZero }
  var pivotCost: Double? { isZero ? nil : Double(value.coefficients.count) }

  static func == (a: Self, b: Self) -> Bool { a.value == b.value }

  static func + (a: Self, b: Self) -> Self {
    Self(reduced: a.value + b.value, modulus: a.modulus ?? b.modulus)
  }

  static func - (a: Self, b: Self) -> Self {
    Self(reduced: a.value - b.value, modulus: a.modulus ?? b.modulus)
  }

  static prefix func - (a: Self) -> Self { Self(reduced: -a.value, modulus: a.modulus) }

  static func * (a: Self, b: Self) -> Self {
    let product = a.value * b.value
    guard let modulus = a.modulus ?? b.modulus, let degree = modulus.degree,
      product.coefficients.count > degree,
      let remainder = try? product.quotientAndRemainder(by: modulus).remainder
    else { return Self(reduced: product, modulus: a.modulus ?? b.modulus) }
    return Self(reduced: remainder, modulus: modulus)
  }

  static func / (a: Self, b: Self) throws(ArithmeticError) -> Self { a * (try b.inverse()) }

  /// One over the element, by Euclid's algorithm: s·value + t·modulus = 1.
  func inverse() throws(ArithmeticError) -> Self {
    if isZero { throw .divisionByZero }
    guard value.coefficients.count > 1, let modulus else {
      return Self(
        reduced: UnivariatePolynomial([try value[0].inverse()]), modulus: modulus)
    }
    var (r, s) = (modulus, value)
    var (x, y) = (UnivariatePolynomial<Rational>.zero, UnivariatePolynomial<Rational>.one)
    while s.coefficients.count > 1 {
      let (quotient, rest) = try r.quotientAndRemainder(by: s)
      (r, s) = (s, rest)
      (x, y) = (y, x - quotient * y)
    }
    // The modulus is irreducible, so the last remainder is a constant other than zero.
    let scale = try s[0].inverse()
    return Self(reduced: y.map { $0 * scale }, modulus: modulus)
  }
}
