import Exact

extension UnivariatePolynomial where Coefficient == Integer {
  /// The resultant: lc(a)^n · lc(b)^m · Π (α - β) over the roots α of a (degree m) and β of b
  /// (degree n). Zero where either is zero; res(c, b) = c^n for a constant c.
  ///
  /// Exact: residues modulo enough primes to exceed Hadamard's bound.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` for results above some 30 million bits.
  /// - Complexity: O(n²) word operations for each 30 bits of the bound.
  /// - Source: Collins 1971.
  public static func resultant(_ a: Self, _ b: Self) throws(ArithmeticError) -> Integer {
    guard let m = a.degree, let n = b.degree else { return .zero }
    if m == 0 { return a[0].power(UInt(n)) }
    if n == 0 { return b[0].power(UInt(m)) }
    // |res| ≤ ‖a‖₂^n · ‖b‖₂^m (Hadamard on the rows of Sylvester's matrix).
    let bits = n * a.euclideanNormBits + m * b.euclideanNormBits + 2
    if bits > 30_000_000 { throw .limit("a resultant of up to \(bits) bits") }
    var result = ChineseRemainder(count: 1)
    for prime in WordPrimes.Descending() {
      if result.modulus.bitWidth > bits + 1 { break }
      let modulus = WordModulus(prime)
      let f = ModularPolynomial(a, modulus)
      let g = ModularPolynomial(b, modulus)
      if f.degree < m || g.degree < n { continue }
      _ = result.join([ModularPolynomial.resultant(f, g)], modulus)
    }
    return result.values[0]
  }

  /// An upper bound on the number of binary digits of √Σ cᵢ².
  var euclideanNormBits: Int {
    let squares = coefficients.reduce(Integer.zero) { $0 + $1 * $1 }
    return (squares.bitWidth + 1) / 2
  }

  /// The discriminant, (-1)^(n(n-1)/2) · res(f, f') / lc(f); 1 for degree 1.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for constants.
  public func discriminant() throws(ArithmeticError) -> Integer {
    guard let n = degree, n > 0 else { throw .domain("discriminant of a constant") }
    let value = try Self.resultant(self, derivative)
    guard let quotient = value.dividedExactly(by: leadingCoefficient) else {
      throw .domain("the leading coefficient does not divide a resultant")
    }
    return n * (n - 1) / 2 % 2 == 0 ? quotient : -quotient
  }
}
