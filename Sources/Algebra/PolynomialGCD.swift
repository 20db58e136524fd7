import Exact

extension Polynomial {
  /// The greatest common divisor over Z, with a positive leading coefficient; gcd(0, 0) is 0.
  ///
  /// Contents and monomials first, then images modulo primes (``ModularGCD``). What is returned has
  /// been verified by division, or has been proved to be 1 by an image.
  ///
  /// - Source: Brown 1971; Zippel 1979.
  public static func gcd(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    reduced(a, b).gcd
  }

  /// The greatest common divisor and the quotients of both by it, which come out of its verification.
  ///
  /// The quotients of two zeros are zeros.
  static func reduced(
    _ a: Polynomial, _ b: Polynomial
  ) -> (gcd: Polynomial, a: Polynomial, b: Polynomial) {
    let ring = commonRing(a, b)
    if a.isZero || b.isZero {
      let other = a.isZero ? b : a
      let sign = Polynomial(Integer(other.leadingCoefficient.signum), ring: ring)
      return (other.withPositiveLead, a.isZero ? a : sign, b.isZero ? b : sign)
    }
    let contentA = a.content
    let contentB = b.content
    let content = Integer.gcd(contentA, contentB)
    if a.isConstant || b.isConstant {
      return (
        Polynomial(content, ring: ring), a.dividedExactly(byInteger: content),
        b.dividedExactly(byInteger: content)
      )
    }
    let monomialA = a.monomialContent
    let monomialB = b.monomialContent
    let common = ring.commonDivisor(monomialA, monomialB)
    let primitive = ModularGCD.reduce(
      a.without(contentA, monomialA), b.without(contentB, monomialB))
    return (
      primitive.gcd.times(content, common),
      primitive.a.times(contentA.exactQuotient(by: content), monomialA / common),
      primitive.b.times(contentB.exactQuotient(by: content), monomialB / common)
    )
  }

  private var withPositiveLead: Polynomial { leadingCoefficient.isNegative ? -self : self }

  /// The greatest monomial that divides every term.
  var monomialContent: Monomial {
    guard var common = monomials.first else { return .one }
    for monomial in monomials.dropFirst() {
      if common.isOne { break }
      common = ring.commonDivisor(common, monomial)
    }
    return common
  }

  /// The quotient by a term that divides every term.
  private func without(_ content: Integer, _ monomial: Monomial) -> Polynomial {
    let primitive = dividedExactly(byInteger: content)
    if monomial.isOne { return primitive }
    return Polynomial(
      ring: ring, monomials: monomials.map { $0 / monomial }, coefficients: primitive.coefficients)
  }

  /// The product with a term.
  private func times(_ content: Integer, _ monomial: Monomial) -> Polynomial {
    let multiple = scaled(by: content)
    if monomial.isOne { return multiple }
    return Polynomial(
      ring: ring, monomials: monomials.map { $0 * monomial }, coefficients: multiple.coefficients)
  }

  /// The greatest common divisor of a polynomial and others.
  static func gcd(_ parts: [Polynomial], with other: Polynomial) -> Polynomial {
    var common = other
    for part in parts.sorted(by: { $0.termCount < $1.termCount }) where !part.isZero {
      common = gcd(common, part)
      if common.isOne { break }
    }
    return common
  }

  /// The coefficient of the highest power of a variable.
  func leadingCoefficient(in variable: Int) -> Polynomial {
    let degree = degree(in: variable)
    let power = ring.monomial(variable: variable, exponent: degree)
    var result = Polynomial(0, ring: ring)
    for (monomial, coefficient) in zip(monomials, coefficients)
    where ring.exponent(monomial, of: variable) == degree {
      result.monomials.append(monomial / power)
      result.coefficients.append(coefficient)
    }
    return result
  }

  /// The greatest exponents of all variables among the terms with the highest power of one, whose
  /// exponent is given; that of the variable itself is 0.
  func leadingCoefficientDegrees(in variable: Int, degree: Int) -> [Int] {
    var degrees = [Int](repeating: 0, count: ring.variables.count)
    for monomial in monomials where ring.exponent(monomial, of: variable) == degree {
      for other in degrees.indices where other != variable {
        degrees[other] = max(degrees[other], ring.exponent(monomial, of: other))
      }
    }
    return degrees
  }
}
