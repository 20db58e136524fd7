import Algebra
import Exact

extension ClosedFormSearch {
  /// The greatest degree of a cyclotomic field in whose generators polynomials are factored.
  private static let productDegree = 16

  /// Numbers of abelian fields: sums of cosines, and for each conjugate cosine the polynomial in it,
  /// factored over the rational numbers.
  func cyclotomic(_ number: AlgebraicNumber) throws -> [Expression] {
    let forms = try number.cyclotomicForms(
      conductorLimit: limit.conductor, precisionLimit: limit.relationBits)
    guard let first = forms.first else { return [] }
    var result = forms.flatMap(Self.sum)
    if RealCyclotomicField.degree(order: first.order) <= Self.productDegree {
      let field = try RealCyclotomicField(order: first.order)
      for k in Totient.halfUnits(first.order) {
        result += try Self.product(first, in: field, generator: k)
      }
    }
    return result
  }

  /// cos(2πk/n) as ±cos(π·t) with 0 < t < 1/2, or as a number.
  private static func cosine(_ k: Int, _ n: Int) -> (sign: Integer, part: Expression) {
    let turn = (try? Rational(Integer(2 * k), Integer(n))) ?? .zero
    let isBeyond = turn > .half
    let angle = isBeyond ? Rational.one - turn : turn
    let sign: Integer = isBeyond ? -1 : 1
    if angle.isZero { return (sign, .one) }
    if angle == .half { return (0, .one) }
    if angle.numerator.isOne, angle.denominator == 3 { return (sign, .rational(.half)) }
    let numerator: Expression =
      angle.numerator.isOne ? .pi : .product([.rational(Rational(angle.numerator)), .pi])
    return (sign, cos(numerator / .rational(Rational(angle.denominator))))
  }

  private static func sum(_ form: CyclotomicForm) -> [Expression] {
    var constant = form.constant
    var parts: [(Int, Rational, Expression)] = []
    for (k, coefficient) in form.coefficients.sorted(by: { $0.key < $1.key }) {
      let (sign, part) = cosine(k, form.order)
      let factor = coefficient * Rational(2 * sign)
      if let value = part.rationalValue {
        constant += factor * value
      } else {
        parts.append((k, factor, part))
      }
    }
    let terms = parts.map { ($0.1, $0.2) }
    return sums([(constant, .one)] + terms)
  }

  /// The number as a polynomial in cos(2πk/n), as the product of its factors.
  private static func product(
    _ form: CyclotomicForm, in field: RealCyclotomicField, generator k: Int
  ) throws -> [Expression] {
    let n = form.order
    guard let inverse = (1..<n).first(where: { $0 * k % n == 1 }) else { return [] }
    // In terms of y = 2·cos(2πk/n) the cosine of 2πj/n is C_(j/k)(y), and y has the polynomial of
    // 2·cos(2π/n).
    var element = RealCyclotomicField.Element([form.constant])
    for (j, coefficient) in form.coefficients {
      let doubled = try field.doubledCosine(j * inverse % n)
      element = element + RealCyclotomicField.Element(doubled.coefficients.map { $0 * coefficient })
    }
    let (sign, part) = cosine(k, n)
    if element.isZero || part.rationalValue != nil { return [] }
    var scaled: [Rational] = []
    var scale = Rational.one
    for coefficient in element.coefficients {
      scaled.append(coefficient * scale)
      scale = scale * Rational(2 * sign)
    }
    let polynomial = UnivariatePolynomial(scaled)
    let primitive = IntegerPolynomial(clearingDenominatorsOf: polynomial)
    let content = try polynomial.leadingCoefficient / Rational(primitive.leadingCoefficient)
    var factors: [Expression] = []
    var unit = content
    for factor in try IntegerFactorization(primitive).factors {
      var f = factor.polynomial
      // 1 - c reads better than -(c - 1).
      if f[0].isNegative, f.leadingCoefficient > 0, f.coefficients.count == 2 {
        f = -f
        if factor.multiplicity % 2 == 1 { unit = -unit }
      }
      let written = write(f, at: part)
      factors.append(factor.multiplicity == 1 ? written : written.power(factor.multiplicity))
    }
    let expanded = sums(
      polynomial.coefficients.enumerated().map {
        ($0.element, $0.offset == 0 ? .one : part.power($0.offset))
      })
    return [multiple(.product(factors), unit)] + expanded
  }

  private static func write(_ polynomial: IntegerPolynomial, at part: Expression) -> Expression {
    .sum(
      polynomial.coefficients.enumerated().compactMap { exponent, coefficient in
        if coefficient.isZero { return nil }
        if exponent == 0 { return .rational(Rational(coefficient)) }
        let power = part.power(exponent)
        return coefficient.isOne ? power : .product([.rational(Rational(coefficient)), power])
      })
  }
}
