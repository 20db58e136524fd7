import Exact

/// Determinants over Q from their residues modulo word-sized primes, as many as Hadamard's bound asks
/// for: |det A| ≤ Π ‖row‖₂, so that the residue of least magnitude modulo a product of primes beyond
/// twice the bound is the determinant.
enum RationalDeterminant {
  /// - Complexity: O(n³) word operations for each 59 bits of the bound.
  static func determinant(_ matrix: Matrix<Rational>) -> Rational? {
    let n = matrix.rowCount
    var integral: [Integer] = []
    integral.reserveCapacity(n * n)
    var denominator = Integer.one
    var bits = 1
    for row in 0..<n {
      var common = Integer.one
      for column in 0..<n where matrix[row, column].denominator != common {
        common = Integer.lcm(common, matrix[row, column].denominator)
      }
      var norm = Integer.zero
      for column in 0..<n {
        let value = matrix[row, column]
        let scaled = value.numerator * common.exactQuotient(by: value.denominator)
        integral.append(scaled)
        norm += scaled * scaled
      }
      if norm.isZero { return 0 }
      denominator = denominator * common
      bits += (norm.bitWidth + 1) / 2
    }
    var residue = Integer.zero
    var modulus = Integer.one
    for prime in WidePrime.Descending() {
      let image = prime.decode(determinant(integral.map { prime.encode($0) }, n, prime))
      let p = UInt(prime.value)
      let inverse = prime.inverse(prime.encode(UInt64(modulus.residue(modulo: p))))
      let difference = prime.subtract(image, UInt64(residue.residue(modulo: p)))
      residue += modulus * Integer(prime.multiply(difference, inverse))
      modulus = modulus * Integer(prime.value)
      if modulus.bitWidth > bits + 1 { break }
    }
    return try? Rational(RationalVector.symmetric(residue, modulus), denominator)
  }

  /// The determinant modulo a prime, by elimination.
  private static func determinant(
    _ elements: [UInt64], _ n: Int, _ prime: WidePrime
  ) -> UInt64 {
    var m = elements
    return m.withUnsafeMutableBufferPointer { m in
      var product = prime.one
      for k in 0..<n {
        guard let pivot = (k..<n).first(where: { m[$0 * n + k] != 0 }) else { return 0 }
        if pivot != k {
          for j in k..<n { m.swapAt(pivot * n + j, k * n + j) }
          product = prime.negate(product)
        }
        product = prime.multiply(product, m[k * n + k])
        let inverse = prime.inverse(m[k * n + k])
        for i in (k + 1)..<max(n, k + 1) where m[i * n + k] != 0 {
          let factor = prime.negate(prime.multiply(m[i * n + k], inverse))
          for j in (k + 1)..<max(n, k + 1) {
            m[i * n + j] = prime.add(m[i * n + j], prime.multiply(factor, m[k * n + j]))
          }
        }
      }
      return product
    }
  }
}
