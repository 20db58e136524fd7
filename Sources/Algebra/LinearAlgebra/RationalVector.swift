import Exact

/// Rational numbers over one denominator, recovered from their residues.
enum RationalVector {
  /// Integers n_i and d > 0 with n_i ≡ d·residue_i, all of them so small that they are right unless
  /// by chance: one prime leaves 14 bits over, several 48, against a choice among as many fractions as
  /// Euclid's algorithm has steps.
  ///
  /// - Source: Wang, Guy, Davenport 1982 (rational reconstruction).
  static func reconstruct(
    _ residues: [Integer], modulus: Integer
  ) -> (numerators: [Integer], denominator: Integer)? {
    let bits = modulus.bitWidth - (modulus.bitWidth <= 60 ? 14 : 48)
    if bits < 4 { return nil }
    var numerators: [Integer] = []
    numerators.reserveCapacity(residues.count)
    var common = Integer.one
    for residue in residues {
      let scaled = common.isOne ? residue : symmetric(residue * common, modulus)
      let centred = common.isOne ? symmetric(scaled, modulus) : scaled
      // Numerators beyond half the bits are tried as fractions first: chance makes no short ones.
      if centred.bitWidth + common.bitWidth <= bits / 2 {
        numerators.append(centred)
        continue
      }
      guard let (n, d) = fraction(centred, modulus: modulus, bits: bits) else { return nil }
      if d.isOne {
        numerators.append(n)
        continue
      }
      for index in numerators.indices { numerators[index] = numerators[index] * d }
      numerators.append(n)
      common = common * d
    }
    return (numerators, common)
  }

  /// The residue of least magnitude.
  static func symmetric(_ value: Integer, _ modulus: Integer) -> Integer {
    guard let residue = try? value.floorQuotientAndRemainder(by: modulus).remainder else {
      return value
    }
    return residue + residue > modulus ? residue - modulus : residue
  }

  /// The n/d with the fewest bits together: n ≡ d·residue, nil where these are more than `bits`.
  static func fraction(
    _ residue: Integer, modulus: Integer, bits: Int
  ) -> (numerator: Integer, denominator: Integer)? {
    var (r0, r1) = (modulus, residue.isNegative ? residue + modulus : residue)
    var (t0, t1) = (Integer.zero, Integer.one)
    var best: (numerator: Integer, denominator: Integer)?
    var bestBits = bits + 1
    while !r1.isZero {
      let size = r1.bitWidth + t1.bitWidth
      if size < bestBits {
        best = t1.isNegative ? (-r1, -t1) : (r1, t1)
        bestBits = size
      }
      guard let (quotient, rest) = try? r0.quotientAndRemainder(by: r1) else { break }
      (r0, r1) = (r1, rest)
      (t0, t1) = (t1, t0 - quotient * t1)
    }
    return best
  }
}
