import Exact

extension AlgebraicNumber {
  /// The square-free d > 1 for which √d seems to lie in the field that the number generates.
  ///
  /// If √d lies in it then d is a square modulo every prime modulo which the minimal polynomial has a
  /// simple root; d is built from the primes of the discriminant below ten thousand and tried against
  /// some forty primes. Heuristic: whoever uses a d proves what he makes of it.
  ///
  /// - Throws: as the discriminant.
  /// - Complexity: 2^8 products of primes at most.
  public func quadraticSubfields() throws(ArithmeticError) -> [Integer] {
    if degree % 2 == 1 { return [] }
    let f = minimalPolynomial
    let discriminant = try f.discriminant() * f.leadingCoefficient
    if discriminant.isZero { return [] }
    var primes = [UInt64(2)]
    for p in WordPrimes.odd(below: 10_000) where discriminant.residue(modulo: UInt(p)) == 0 {
      primes.append(p)
      if primes.count == 8 { break }
    }
    var witnesses: [WordModulus] = []
    for q in WordPrimes.odd(below: 1 << 14)
    where q > 3 && discriminant.residue(modulo: UInt(q)) != 0 && !primes.contains(q) {
      if AbelianField.rootCount(f, modulo: q) > 0 { witnesses.append(WordModulus(q)) }
      if witnesses.count == 40 { break }
    }
    if witnesses.count < 8 { return [] }
    var found: [Integer] = []
    for subset in 1..<(1 << primes.count) {
      var d = Integer.one
      for (index, p) in primes.enumerated() where (subset >> index) & 1 == 1 { d *= Integer(p) }
      let isSquare = witnesses.allSatisfy { q in
        q.power(q.residue(of: d), (q.value - 1) / 2) == 1
      }
      if isSquare { found.append(d) }
    }
    return found.sorted()
  }
}
