import Algebra
import Arbitrary
import Exact

extension EnergyLevels where F == Rational {
  /// The spectral decomposition of a Hermitian matrix with rational eigenvalues; equal ones share a
  /// level.
  ///
  /// The eigenvalues are the linear factors of the characteristic polynomial over the integers, and that
  /// the projectors are those of the matrix is proved by substitution.
  ///
  /// - Throws: ``NetworkError/irreducible(degree:)`` where an eigenvalue is irrational.
  public init(rationalSpectrumOf matrix: Matrix<Complex<Rational>>) throws(NetworkError) {
    let polynomial = matrix.characteristicPolynomial().map(\.re)
    let factors = try inNetwork { () throws(ArithmeticError) in
      try IntegerFactorization(IntegerPolynomial(clearingDenominatorsOf: polynomial)).factors
    }
    var energies: [Rational] = []
    for factor in factors {
      guard factor.polynomial.degree == 1 else {
        throw .irreducible(degree: factor.polynomial.degree ?? 0)
      }
      energies.append(
        try inNetwork { () throws(ArithmeticError) in
          try Rational(-factor.polynomial[0], factor.polynomial[1])
        })
    }
    do { try self.init(matrix, energies: energies.sorted()) } catch { throw .system(error) }
  }
}
