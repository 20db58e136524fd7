import Exact

extension Polynomial {
  /// The greatest common divisor over Z, with a positive leading coefficient; gcd(0, 0) is 0.
  ///
  /// Contents and monomials first, then variables that only one side has, then the heuristic
  /// algorithm (evaluation at a large integer, recursion, reconstruction), whose answer is always
  /// verified by division, and primitive remainder sequences where it fails.
  ///
  /// - Source: Char, Geddes, Gonnet 1989 (heuristic gcd); Brown 1971 (remainder sequences).
  public static func gcd(_ a: Polynomial, _ b: Polynomial) -> Polynomial {
    let ring = commonRing(a, b)
    if a.isZero { return b.withPositiveLead }
    if b.isZero { return a.withPositiveLead }
    let content = Integer.gcd(a.content, b.content)
    if a.isConstant || b.isConstant { return Polynomial(content, ring: ring) }
    let common = ring.commonDivisor(a.monomialContent, b.monomialContent)
    let f = a.primitivePart.withoutMonomialContent
    let g = b.primitivePart.withoutMonomialContent
    let primitive = gcdOfPrimitives(f, g)
    return primitive
      * Polynomial(ring: ring, monomials: [common], coefficients: [content])
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

  private var withoutMonomialContent: Polynomial {
    let common = monomialContent
    if common.isOne { return self }
    return Polynomial(
      ring: ring, monomials: monomials.map { $0 / common }, coefficients: coefficients)
  }

  private static func gcdOfPrimitives(_ f: Polynomial, _ g: Polynomial) -> Polynomial {
    let one = Polynomial(1, ring: commonRing(f, g))
    if f.isConstant || g.isConstant { return one }
    if f == g { return f }
    // A variable that only one side has cannot occur in the divisor, which then divides every
    // coefficient of that side.
    let inF = f.occurringVariables
    let inG = g.occurringVariables
    if let variable = inF.first(where: { !inG.contains($0) }) {
      return gcd(f.coefficients(in: variable), with: g)
    }
    if let variable = inG.first(where: { !inF.contains($0) }) {
      return gcd(g.coefficients(in: variable), with: f)
    }
    if f.termCount <= g.termCount {
      if g.divided(by: f) != nil { return f }
    } else if f.divided(by: g) != nil {
      return g
    }
    return heuristicGCD(f, g) ?? remainderSequenceGCD(f, g)
  }

  private static func gcd(_ parts: [Polynomial], with other: Polynomial) -> Polynomial {
    var common = other
    for part in parts.sorted(by: { $0.termCount < $1.termCount }) where !part.isZero {
      common = gcd(common, part)
      if common.isOne { break }
    }
    return common
  }

  // MARK: The heuristic algorithm

  /// Beyond this many bits of an evaluation point the integers outgrow what remainder sequences
  /// would cost.
  private static let evaluationBits = 20_000

  private static func heuristicGCD(_ f: Polynomial, _ g: Polynomial) -> Polynomial? {
    guard let variable = f.occurringVariables.min(by: { f.degree(in: $0) < f.degree(in: $1) })
    else { return nil }
    let norm = min(f.maximumNorm, g.maximumNorm)
    var point = norm * 2 + 29
    for _ in 0..<6 {
      let degree = max(f.degree(in: variable), g.degree(in: variable))
      if point.bitWidth * (degree + 1) > evaluationBits { return nil }
      let image = gcd(f.substituting(variable, point), g.substituting(variable, point))
      if !image.isZero {
        let candidate = reconstruct(image, in: variable, base: point).primitivePart
        if f.divided(by: candidate) != nil && g.divided(by: candidate) != nil { return candidate }
      }
      // An irrational-looking growth factor keeps successive points from sharing divisors.
      let root = (try? (try point.squareRoot().root).squareRoot().root) ?? 1
      point = (point * 73794 * root).truncated(by: 27011)
    }
    return nil
  }

  private var maximumNorm: Integer { coefficients.map(\.magnitude).max() ?? 0 }

  /// The polynomial in `variable` whose value at `base` is `image`, with coefficients in
  /// (-base/2, base/2].
  private static func reconstruct(
    _ image: Polynomial, in variable: Int, base: Integer
  ) -> Polynomial {
    let ring = image.ring
    let half = base >> 1
    var terms: [(Monomial, Integer)] = []
    for (monomial, coefficient) in zip(image.monomials, image.coefficients) {
      var rest = coefficient
      var exponent = 0
      while !rest.isZero {
        guard let (quotient, residue) = try? rest.floorQuotientAndRemainder(by: base) else { break }
        let digit = residue > half ? residue - base : residue
        rest = residue > half ? quotient + 1 : quotient
        if !digit.isZero {
          terms.append((monomial * ring.monomial(variable: variable, exponent: exponent), digit))
        }
        exponent += 1
      }
    }
    return Polynomial(ring: ring, unsorted: terms)
  }

  // MARK: Remainder sequences

  private static func remainderSequenceGCD(_ f: Polynomial, _ g: Polynomial) -> Polynomial {
    let one = Polynomial(1, ring: commonRing(f, g))
    guard let variable = f.occurringVariables.first else { return one }
    let contentF = gcd(f.coefficients(in: variable), with: Polynomial(0, ring: f.ring))
    let contentG = gcd(g.coefficients(in: variable), with: Polynomial(0, ring: g.ring))
    let content = gcd(contentF, contentG)
    var x = f.exactQuotient(by: contentF)
    var y = g.exactQuotient(by: contentG)
    if x.degree(in: variable) < y.degree(in: variable) { swap(&x, &y) }
    while !y.isZero {
      if y.degree(in: variable) == 0 { return content.primitivePart }
      let remainder = pseudoRemainder(x, y, in: variable)
      x = y
      if remainder.isZero { break }
      let parts = gcd(remainder.coefficients(in: variable), with: Polynomial(0, ring: f.ring))
      y = remainder.exactQuotient(by: parts).primitivePart
    }
    return (content * x).primitivePart
  }

  private static func pseudoRemainder(
    _ f: Polynomial, _ g: Polynomial, in variable: Int
  ) -> Polynomial {
    let degree = g.degree(in: variable)
    let lead = g.coefficients(in: variable)[degree]
    var rest = f
    while !rest.isZero, rest.degree(in: variable) >= degree {
      let high = rest.degree(in: variable)
      let top = rest.coefficients(in: variable)[high]
      let power = Polynomial(
        ring: g.ring, monomials: [g.ring.monomial(variable: variable, exponent: high - degree)],
        coefficients: [1])
      rest = rest * lead - g * (top * power)
    }
    return rest
  }

  // MARK: Square-free decomposition

  /// The factors of `self = content · Π factor^multiplicity`: primitive, square-free, pairwise
  /// coprime, each with a positive leading coefficient (up to the sign in the content).
  ///
  /// - Source: Musser 1971, variable by variable.
  public func squareFreeFactors() -> [(factor: Polynomial, multiplicity: Int)] {
    var result: [(factor: Polynomial, multiplicity: Int)] = []
    collectSquareFree(primitivePart, times: 1, into: &result)
    return result
  }

  private func collectSquareFree(
    _ f: Polynomial, times: Int, into result: inout [(factor: Polynomial, multiplicity: Int)]
  ) {
    guard let variable = f.occurringVariables.first else { return }
    let content = Polynomial.gcd(f.coefficients(in: variable), with: Polynomial(0, ring: f.ring))
    collectSquareFree(content, times: times, into: &result)
    let p = f.exactQuotient(by: content)
    var common = Polynomial.gcd(p, p.derivative(in: variable))
    var base = p.exactQuotient(by: common)
    var multiplicity = 1
    while !base.isConstant {
      let next = Polynomial.gcd(base, common)
      let factor = base.exactQuotient(by: next).primitivePart
      if !factor.isConstant { result.append((factor, multiplicity * times)) }
      common = common.exactQuotient(by: next)
      base = next
      multiplicity += 1
    }
  }
}

extension Integer {
  /// Division toward zero by a positive constant.
  fileprivate func truncated(by divisor: Integer) -> Integer {
    (try? quotientAndRemainder(by: divisor).quotient) ?? self
  }
}
