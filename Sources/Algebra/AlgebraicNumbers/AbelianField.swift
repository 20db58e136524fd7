import Exact

/// How a totally real abelian field Q(α) lies in the roots of unity: its conductor n and the residues
/// modulo n whose automorphisms fix it.
///
/// By Kronecker and Weber such an n exists exactly for abelian fields. It is found, not proved: the
/// polynomial must split into linear factors modulo some primes q ≡ ±1 mod n, and the primes modulo
/// which it splits name the group that fixes the field (Frobenius). What is built on it is proved by
/// exact arithmetic afterwards.
struct AbelianField {
  /// n.
  let conductor: Int
  /// The residues k ≤ n/2 prime to n, one of each ±k, whose automorphism fixes the field.
  let stabilizer: [Int]

  /// The primes that vote on each question.
  private static let witnesses = 5

  /// The field of a root of an irreducible polynomial; nil where none of a conductor up to the limit
  /// shows.
  ///
  /// - Throws: ``ArithmeticError`` as the discriminant does.
  init?(
    of f: IntegerPolynomial, conductorLimit: Int
  ) throws(ArithmeticError) {
    let d = f.degreeOrZero
    if d < 2 { return nil }
    let count = try RealRootIsolation.count(f)
    if count != d { return nil }
    let discriminant = try f.discriminant() * f.leadingCoefficient
    if discriminant.isZero || !Self.looksGalois(f, discriminant) { return nil }
    for n in Self.conductors(d, discriminant, conductorLimit) {
      guard Self.splits(f, discriminant, residue: 1, order: n, Self.witnesses) else { continue }
      let units = Totient.halfUnits(n)
      let fixing = units.filter { Self.splits(f, discriminant, residue: $0, order: n, 1) }
      if fixing.count * d != units.count { continue }
      conductor = n
      stabilizer = fixing
      return
    }
    return nil
  }

  /// Modulo a prime that does not divide the discriminant, a normal polynomial has all roots or none.
  private static func looksGalois(_ f: IntegerPolynomial, _ discriminant: Integer) -> Bool {
    var tried = 0
    for q in WordPrimes.odd(below: 1 << 12) where discriminant.residue(modulo: UInt(q)) != 0 {
      let roots = rootCount(f, modulo: q)
      if roots != 0 && roots != f.degreeOrZero { return false }
      tried += 1
      if tried == 20 { break }
    }
    return true
  }

  private static func rootCount(_ f: IntegerPolynomial, modulo q: UInt64) -> Int {
    let modulus = WordModulus(q)
    let g = ModularPolynomial(f, modulus).monic
    if g.degree <= 0 { return 0 }
    if g.degree == 1 { return 1 }
    var ring = ModularQuotientRing(g)
    let power = ModularPolynomial(ring.power([0, 1], q), modulus)
    return ModularPolynomial.gcd(power - ModularPolynomial([0, 1], modulus), g).degree
  }

  /// Whether the polynomial splits modulo the first primes ≡ ±residue mod n.
  private static func splits(
    _ f: IntegerPolynomial, _ discriminant: Integer, residue: Int, order n: Int, _ count: Int
  ) -> Bool {
    var found = 0
    var base = 0
    // Enough steps that primes are found by Dirichlet's theorem in practice; too few count as a no.
    for _ in 0..<20_000 {
      for q in [base + residue, base + n - residue]
      where q > 2 && WordPrimes.isPrime(UInt64(q)) && discriminant.residue(modulo: UInt(q)) != 0 {
        if rootCount(f, modulo: UInt64(q)) != f.degreeOrZero { return false }
        found += 1
        if found >= count { return true }
      }
      base += n
    }
    return false
  }

  /// The orders that may be conductors, increasing: products of primes of the discriminant, tamely
  /// ramified ones once, where their ramification index can divide the degree.
  private static func conductors(
    _ d: Int, _ discriminant: Integer, _ limit: Int
  ) -> [Int] {
    var orders: Set<Int> = [1]
    var p = 2
    while p <= limit {
      if discriminant.residue(modulo: UInt(p)) == 0 {
        var powers: [Int] = []
        if p == 2 {
          if d % 2 == 0 { powers = [4, 8, 16, 32, 64, 128, 256] }
        } else {
          if Totient.gcd(p - 1, d) > 1 { powers.append(p) }
          var power = p * p
          while d % p == 0 && power <= limit {
            powers.append(power)
            power *= p
          }
        }
        for order in orders {
          for power in powers where order * power <= limit { orders.insert(order * power) }
        }
      }
      p += p == 2 ? 1 : 2
      while p <= limit && p > 2 && !WordPrimes.isPrime(UInt64(p)) { p += 2 }
    }
    return orders.filter { $0 > 2 && RealCyclotomicField.degree(order: $0) % d == 0 }.sorted()
  }
}
