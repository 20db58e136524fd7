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

extension EnergyLevels where F: FloatingField {
  /// The spectral decomposition of a Hermitian matrix in rounded numbers, for networks whose energies are
  /// not rational.
  ///
  /// Heuristic: eigenvalues that differ from the one below by at most the tolerance share a level, with
  /// the mean as its energy. Which frequencies count as equal is the caller's decision; the secular
  /// equation is another one where they are split.
  ///
  /// - Throws: ``NetworkError/system(_:)`` of the eigenvalue iteration.
  public init(
    roundedSpectrumOf matrix: Matrix<Complex<F>>, tolerance: F
  ) throws(NetworkError) {
    let numeric: HermitianEigenvalues<F>
    do { numeric = try HermitianEigenvalues(matrix) } catch { throw .system(error) }
    var groups: [[Int]] = []
    for (index, value) in numeric.values.enumerated() {
      if let last = groups.last?.last, value - numeric.values[last] <= tolerance {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    let n = matrix.rowCount
    energies = try inNetwork { () throws(ArithmeticError) in
      var means: [F] = []
      for group in groups {
        let sum = group.reduce(F.zero) { $0 + numeric.values[$1] }
        means.append(try sum / F(Integer(group.count)))
      }
      return means
    }
    let vectors = numeric.vectors
    projectors = groups.map { group in
      Matrix(rows: n, columns: n) { row, column in
        group.reduce(Complex<F>.zero) {
          $0 + vectors[row, $1] * vectors[column, $1].conj
        }
      }
    }
    levelOfState = nil
  }
}
