import Exact

/// The residues modulo a monic polynomial over Z/p, with room for products that is kept between
/// operations.
struct ModularQuotientRing {
  let modulus: WordModulus
  let polynomial: [UInt64]
  private var scratch: [UInt64] = []

  /// - Precondition: `polynomial` is monic of positive degree.
  init(_ polynomial: ModularPolynomial) {
    modulus = polynomial.modulus
    self.polynomial = polynomial.coefficients
    scratch.reserveCapacity(2 * polynomial.coefficients.count)
  }

  /// a ← a·b.
  mutating func multiply(_ a: inout [UInt64], by b: [UInt64]) {
    ModularPolynomial.multiply(a, b, modulus, into: &scratch)
    ModularPolynomial.divide(&scratch, by: polynomial, inverseLead: 1, modulus) { _, _ in }
    ModularPolynomial.trim(&scratch)
    swap(&a, &scratch)
  }

  /// a to the power `exponent`, by squaring from the top bit.
  mutating func power(_ a: [UInt64], _ exponent: UInt64) -> [UInt64] {
    if exponent == 0 { return [1] }
    var result = a
    for bit in (0..<(63 - exponent.leadingZeroBitCount)).reversed() {
      multiply(&result, by: result)
      if exponent >> UInt64(bit) & 1 == 1 { multiply(&result, by: a) }
    }
    return result
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014), seeded by constants: the same input always takes the same
/// path.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension ModularPolynomial {
  /// The products of the irreducible factors of each degree, for a monic square-free polynomial.
  ///
  /// - Complexity: O(n·log p) products modulo a polynomial of degree n.
  /// - Source: Zassenhaus 1969: x^(p^d) - x is the product of the monic irreducible polynomials of
  ///   degrees that divide d.
  func distinctDegreeFactors() -> [(product: ModularPolynomial, degree: Int)] {
    var factors: [(product: ModularPolynomial, degree: Int)] = []
    var rest = self
    var d = 0
    var ring = ModularQuotientRing(rest)
    var power: [UInt64] = [0, 1]
    if rest.degree == 1 { return [(rest, 1)] }
    while rest.degree >= 2 * (d + 1) {
      d += 1
      power = ring.power(power, modulus.value)
      let difference = ModularPolynomial(power, modulus) - ModularPolynomial([0, 1], modulus)
      let product = Self.gcd(difference, rest)
      if product.degree > 0 {
        factors.append((product, d))
        rest = rest.quotientAndRemainder(by: product).quotient
        if rest.degree == 0 { break }
        power =
          ModularPolynomial(power, modulus).quotientAndRemainder(by: rest).remainder
          .coefficients
        ring = ModularQuotientRing(rest)
      }
    }
    if rest.degree > 0 { factors.append((rest, rest.degree)) }
    return factors
  }

  /// The irreducible factors of a monic product of distinct irreducible polynomials of one degree.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` after 400 random trials without a split, whose chance
  ///   is below 2^-200.
  /// - Source: Cantor, Zassenhaus 1981, for odd p.
  func equalDegreeFactors(_ d: Int) throws(ArithmeticError) -> [ModularPolynomial] {
    var generator = SplitMix64(state: modulus.value &* 0x1000193 &+ UInt64(degree))
    var done: [ModularPolynomial] = []
    var pending = [self]
    while let current = pending.popLast() {
      if current.degree <= d {
        done.append(current)
        continue
      }
      guard let factor = current.split(d, &generator) else {
        throw .limit("no split of a polynomial of degree \(current.degree) modulo \(modulus.value)")
      }
      pending.append(factor)
      pending.append(current.quotientAndRemainder(by: factor).quotient)
    }
    return done
  }

  private func split(_ d: Int, _ generator: inout SplitMix64) -> ModularPolynomial? {
    var ring = ModularQuotientRing(self)
    for _ in 0..<400 {
      let random = ModularPolynomial(
        (0..<degree).map { _ in generator.next() % modulus.value }, modulus
      ).coefficients
      if random.count < 2 { continue }
      // a^((p^d - 1)/2) is ±1 modulo each factor; (p^d - 1)/2 = (1 + p + … + p^(d-1))·(p - 1)/2.
      var norm = random
      for _ in 1..<max(d, 1) {
        norm = ring.power(norm, modulus.value)
        ring.multiply(&norm, by: random)
      }
      let symbol = ring.power(norm, (modulus.value - 1) / 2)
      let difference = ModularPolynomial(symbol, modulus) - ModularPolynomial([1], modulus)
      let factor = Self.gcd(difference, self)
      if factor.degree > 0 && factor.degree < degree { return factor }
    }
    return nil
  }

  /// The monic irreducible factors of a square-free polynomial over an odd prime field.
  func irreducibleFactors() throws(ArithmeticError) -> [ModularPolynomial] {
    if degree < 1 { return [] }
    var factors: [ModularPolynomial] = []
    for (product, d) in monic.distinctDegreeFactors() {
      factors += try product.equalDegreeFactors(d)
    }
    return factors
  }
}
