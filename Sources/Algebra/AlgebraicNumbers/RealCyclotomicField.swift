import Exact

/// The field Q(2·cos(2π/n)) of an order n ≥ 1: polynomials with rational coefficients in c =
/// 2·cos(2π/n), modulo the minimal polynomial of c.
///
/// It is the greatest real field within the n-th roots of unity, its degree φ(n)/2 for n > 2, and its
/// automorphisms send 2·cos(2π/n) to 2·cos(2πk/n) for k prime to n.
public struct RealCyclotomicField: Sendable, Equatable {
  /// An element as a polynomial in c of degree below ``degree``.
  public typealias Element = UnivariatePolynomial<Rational>

  /// n.
  public let order: Int
  /// The minimal polynomial of c, monic.
  public let modulus: IntegerPolynomial
  private let rationalModulus: Element

  /// The greatest order whose degree is computed.
  public static let largestOrder = 1_000_000
  /// The greatest degree of a field to compute in.
  public static let largestDegree = 200

  /// - Throws: ``ArithmeticError/domain(_:)`` for n < 1; ``ArithmeticError/limit(_:)`` above
  ///   ``largestOrder`` and ``largestDegree``.
  public init(order: Int) throws(ArithmeticError) {
    if order < 1 { throw .domain("roots of unity of order \(order)") }
    if order > Self.largestOrder || Self.degree(order: order) > Self.largestDegree {
      throw .limit("the field of the roots of unity of order \(order)")
    }
    guard let modulus = IntegerPolynomial.realCyclotomic(order) else {
      throw .domain("no cyclotomic polynomial of order \(order)")
    }
    self.order = order
    self.modulus = modulus
    rationalModulus = modulus.map { Rational($0) }
  }

  /// The degree of the field of this order over Q.
  public static func degree(order: Int) -> Int { order <= 2 ? 1 : Totient.value(order) / 2 }

  /// The degree over Q.
  public var degree: Int { modulus.degreeOrZero }

  /// 2·cos(2πk/n).
  ///
  /// - Complexity: O(log n) products.
  public func doubledCosine(_ k: Int) throws(ArithmeticError) -> Element {
    // (C_j, C_(j+1)) by doubling: C_2j = C_j² - 2, C_(2j+1) = C_j·C_(j+1) - c.
    let j = ((k % order) + order) % order
    let index = Swift.min(j, order - j)
    let c = try reduced(.variable)
    var (a, b) = (Element([2]), c)
    for bit in stride(from: Int.bitWidth - index.leadingZeroBitCount - 1, through: 0, by: -1) {
      let middle = try multiply(a, b) - c
      if (index >> bit) & 1 == 1 {
        (a, b) = (middle, try multiply(b, b) - Element([2]))
      } else {
        (a, b) = (try multiply(a, a) - Element([2]), middle)
      }
    }
    return a
  }

  /// The product.
  public func multiply(_ a: Element, _ b: Element) throws(ArithmeticError) -> Element {
    try reduced(a * b)
  }

  /// The inverse, by the extended Euclidean algorithm.
  ///
  /// - Throws: ``ArithmeticError/divisionByZero``.
  public func inverse(_ a: Element) throws(ArithmeticError) -> Element {
    var (r, s) = (rationalModulus, try reduced(a))
    var (x, y) = (Element.zero, Element.one)
    while !s.isZero {
      let (quotient, rest) = try r.quotientAndRemainder(by: s)
      (r, s) = (s, rest)
      (x, y) = (y, x - quotient * y)
    }
    // The modulus is irreducible: the last divisor is a number unless a is zero.
    guard r.degree == 0 else { throw .divisionByZero }
    let factor = try r[0].inverse()
    return try reduced(Element(x.coefficients.map { $0 * factor }))
  }

  /// The element that a polynomial in c is.
  public func reduced(_ a: Element) throws(ArithmeticError) -> Element {
    try a.quotientAndRemainder(by: rationalModulus).remainder
  }

  /// A rational polynomial at an element, by Horner's rule.
  public func value(
    of polynomial: Element, at element: Element
  ) throws(ArithmeticError) -> Element {
    var value = Element.zero
    for coefficient in polynomial.coefficients.reversed() {
      value = try multiply(value, element) + Element([coefficient])
    }
    return value
  }

  /// The same number as an element of the field of a multiple of the order.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where `other` is of no such order.
  public func embed(
    _ a: Element, in other: RealCyclotomicField
  ) throws(ArithmeticError) -> Element {
    if other.order % order != 0 { throw .domain("\(other.order) is no multiple of \(order)") }
    return try other.value(of: a, at: other.doubledCosine(other.order / order))
  }

  /// The number that an element is.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` for degrees above ``AlgebraicNumber/degreeLimit``.
  public func number(_ a: Element) throws(ArithmeticError) -> AlgebraicNumber {
    if a.degreeOrZero == 0 { return AlgebraicNumber(a[0]) }
    let c = try AlgebraicNumber.cosine(piTimes: Rational(2, Integer(order)))
    return try c.scaled(by: Rational(2)).value(of: a)
  }
}
