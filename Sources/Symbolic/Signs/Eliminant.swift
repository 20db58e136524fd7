import Algebra
import Exact

/// Elimination of one variable from polynomials in several: what a decomposition projects to.
struct Eliminant {
  let limits: SignLimits

  /// Square-free, pairwise coprime, primitive polynomials with the zeros of the given ones.
  func basis(_ polynomials: [Polynomial]) throws(ArithmeticError) -> [Polynomial] {
    var result: [Polynomial] = []
    for polynomial in polynomials where !polynomial.isConstant {
      guard polynomial.totalDegree <= limits.degree, polynomial.termCount <= limits.terms else {
        throw .limit(
          "a polynomial of degree \(polynomial.totalDegree) with \(polynomial.termCount) terms")
      }
      for (factor, _) in polynomial.squareFreeFactors() { try split(factor, into: &result) }
    }
    return result
  }

  /// Adds a square-free polynomial to a coprime basis; common parts become elements of their own.
  private func split(
    _ polynomial: Polynomial, into basis: inout [Polynomial]
  ) throws(ArithmeticError) {
    var rest = polynomial
    var index = 0
    while index < basis.count, !rest.isConstant {
      defer { index += 1 }
      if basis[index] == rest { return }
      let common = Polynomial.gcd(rest, basis[index])
      if common.isConstant { continue }
      guard let a = rest.divided(by: common), let b = basis[index].divided(by: common) else {
        throw .domain("a common divisor that does not divide")
      }
      rest = a
      if !b.isConstant {
        basis[index] = b.primitivePart
        basis.insert(common.primitivePart, at: index)
        index += 1
      }
    }
    if !rest.isConstant { basis.append(rest.primitivePart) }
  }

  /// Polynomials free of `variable` such that where they have constant signs, the roots in the
  /// variable of the basis elements, and the given ends, are apart, stay finite and keep their order.
  ///
  /// These are the coefficients' common parts, the leading coefficients, discriminants and pairwise
  /// resultants; on an open set where none vanishes each element keeps its degree and its number of
  /// simple roots, and no two elements meet.
  ///
  /// Source: Collins 1975; McCallum 1998; for open sets Strzebonski 2000.
  func projection(
    of basis: [Polynomial], eliminating variable: Int, ends: [Rational],
    dropping: (Polynomial) -> Bool
  ) throws(ArithmeticError) -> [Polynomial] {
    var result: [Polynomial] = []
    func add(_ polynomial: Polynomial) {
      for (factor, _) in polynomial.squareFreeFactors() {
        let candidate = factor.primitivePart
        if !candidate.isConstant, !result.contains(candidate), !dropping(candidate) {
          result.append(candidate)
        }
      }
    }
    var parts: [Polynomial] = []
    for element in basis {
      let coefficients = element.coefficients(in: variable)
      if coefficients.count == 1 {
        add(element)
        continue
      }
      var content = Polynomial(0, ring: element.ring)
      for coefficient in coefficients where !content.isOne {
        content = Polynomial.gcd(content, coefficient)
      }
      add(content)
      guard let primitive = element.divided(by: content) else {
        throw .domain("a content that does not divide")
      }
      parts.append(primitive)
    }
    for (index, part) in parts.enumerated() {
      let coefficients = part.coefficients(in: variable)
      if let lead = coefficients.last { add(lead) }
      for end in ends { add(try value(of: coefficients, at: end)) }
      if coefficients.count > 2 {
        add(try part.discriminant(in: variable, limit: limits.elimination))
      }
      for other in parts[(index + 1)...] {
        add(try Polynomial.resultant(part, other, in: variable, limit: limits.elimination))
      }
    }
    return result
  }

  /// A positive multiple of Σ cₖ·x^k at a rational x.
  private func value(
    of coefficients: [Polynomial], at x: Rational
  ) throws(ArithmeticError) -> Polynomial {
    var sum = Polynomial.zero
    var power = Integer.one
    for coefficient in coefficients.reversed() {
      sum = sum.scaled(by: x.numerator) + coefficient.scaled(by: power)
      power = power * x.denominator
    }
    return sum
  }
}
