import Exact

/// The leading coefficients of the factors of a polynomial, told from those of its image.
///
/// Each irreducible factor ℓ of the leading coefficient has at the point a value with a part d that is
/// coprime to the values of the factors before it and to all constants. Then ℓ^e divides a factor's
/// leading coefficient exactly where d^e divides that of the image's factor.
///
/// Source: Wang 1978, with the constants left to rational multiples of the factors.
struct LeadingCoefficients {
  /// One product of powers of the ℓ a factor, without integer constants.
  let leads: [Polynomial]
  /// For each factor with leading coefficient as in ``leads`` an integer that clears its
  /// denominators.
  let denominators: [Integer]

  /// Nil where the point does not tell the factors apart, or where no distribution fits.
  ///
  /// - Parameters:
  ///   - lead: the leading coefficient of the polynomial in its main variable.
  ///   - content: that of the image.
  ///   - images: the primitive factors of the image.
  init?(
    _ lead: PolynomialFactorization, point: EvaluationPoint, content: Integer,
    images: [IntegerPolynomial]
  ) {
    let constants = (lead.content * content).magnitude
    var values: [Integer] = []
    var parts: [Integer] = []
    for factor in lead.factors {
      let value = point.value(of: factor.polynomial).magnitude
      var part = value
      for other in [constants] + parts {
        while true {
          let common = Integer.gcd(part, other)
          if common.isOne { break }
          part = part.exactQuotient(by: common)
        }
      }
      if part.isOne || part.isZero { return nil }
      values.append(value)
      parts.append(part)
    }
    var left = lead.factors.map(\.multiplicity)
    var leads: [Polynomial] = []
    var denominators: [Integer] = []
    for image in images {
      let bound = image.leadingCoefficient.magnitude * content.magnitude
      var rest = bound
      var product = Polynomial(1, ring: lead.factors.first?.polynomial.ring ?? .constants)
      for k in parts.indices.reversed() {
        var exponent = 0
        while left[k] > 0, rest.dividedExactly(by: parts[k]) != nil,
          let quotient = rest.dividedExactly(by: values[k])
        {
          rest = quotient
          left[k] -= 1
          exponent += 1
        }
        if exponent > 0 { product = product * lead.factors[k].polynomial.power(UInt(exponent)) }
      }
      leads.append(product)
      denominators.append(Integer.gcd(lead.content, bound))
    }
    guard left.allSatisfy({ $0 == 0 }) else { return nil }
    self.leads = leads
    self.denominators = denominators
  }
}
