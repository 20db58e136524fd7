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
    var parts: [[Polynomial]] = []
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
      let primitive = coefficients.compactMap { $0.isZero ? $0 : $0.divided(by: content) }
      guard primitive.count == coefficients.count else {
        throw .domain("a content that does not divide")
      }
      parts.append(primitive)
    }
    for (index, part) in parts.enumerated() {
      if let lead = part.last { add(lead) }
      for end in ends { add(try value(of: part, at: end)) }
      if part.count > 2 {
        let slope = part.enumerated().dropFirst().map { $1.scaled(by: Integer($0)) }
        add(try resultant(part, slope))
      }
      for other in parts[(index + 1)...] { add(try resultant(part, other)) }
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

  // MARK: Resultants

  /// The resultant of two polynomials given by their coefficients from the constant upward, the last
  /// not zero, up to a sign.
  ///
  /// Source: the subresultant remainder sequence, Brown and Traub 1971.
  func resultant(
    _ a: [Polynomial], _ b: [Polynomial]
  ) throws(ArithmeticError) -> Polynomial {
    var (f, g) = a.count >= b.count ? (a, b) : (b, a)
    guard let ring = (a + b).first(where: { !$0.isConstant })?.ring else {
      let x = IntegerPolynomial(f.map(\.constantTerm))
      let y = IntegerPolynomial(g.map(\.constantTerm))
      return Polynomial(try IntegerPolynomial.resultant(x, y))
    }
    var scale = Polynomial(1, ring: ring)
    var height = Polynomial(1, ring: ring)
    while g.count > 1 {
      let gap = f.count - g.count
      var rest = try pseudoRemainder(f, g)
      while let last = rest.last, last.isZero { rest.removeLast() }
      if rest.isEmpty { return Polynomial(0, ring: ring) }
      let divisor = try product(scale, try power(height, gap))
      var next: [Polynomial] = []
      for coefficient in rest {
        guard let quotient = coefficient.divided(by: divisor) else {
          throw .domain("a subresultant that is no polynomial")
        }
        next.append(quotient)
      }
      (f, g) = (g, next)
      scale = f[f.count - 1]
      if gap > 0 {
        let top = try power(scale, gap)
        guard let quotient = top.divided(by: try power(height, gap - 1)) else {
          throw .domain("a subresultant that is no polynomial")
        }
        height = quotient
      }
    }
    let degree = f.count - 1
    if degree == 0 { return Polynomial(1, ring: ring) }
    let top = try power(g[0], degree)
    guard let quotient = top.divided(by: try power(height, degree - 1)) else {
      throw .domain("a resultant that is no polynomial")
    }
    return quotient
  }

  /// lc(g)^(deg f - deg g + 1)·f modulo g.
  private func pseudoRemainder(
    _ f: [Polynomial], _ g: [Polynomial]
  ) throws(ArithmeticError) -> [Polynomial] {
    var rest = f
    let lead = g[g.count - 1]
    while rest.count >= g.count {
      let top = rest.removeLast()
      let shift = rest.count + 1 - g.count
      for index in rest.indices {
        rest[index] = try product(rest[index], lead)
        if index >= shift {
          rest[index] = rest[index] - (try product(top, g[index - shift]))
        }
      }
    }
    return rest
  }

  private func power(_ base: Polynomial, _ exponent: Int) throws(ArithmeticError) -> Polynomial {
    var result = Polynomial(1, ring: base.ring)
    for _ in 0..<exponent { result = try product(result, base) }
    return result
  }

  private func product(_ a: Polynomial, _ b: Polynomial) throws(ArithmeticError) -> Polynomial {
    let degree = a.totalDegree + b.totalDegree
    let ring = a.isConstant ? b.ring : a.ring
    guard degree <= 4 * limits.degree, degree <= ring.maximumDegree || degree == 0,
      a.termCount * b.termCount <= 400 * limits.terms
    else { throw .limit("an elimination with polynomials of degree \(degree)") }
    return a * b
  }
}
