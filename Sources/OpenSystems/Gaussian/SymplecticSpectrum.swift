import Algebra
import Arbitrary
import Exact

/// A symplectic eigenvalue in closed form over a field.
public enum SymplecticEigenvalue<F: Field>: Sendable, Equatable {
  /// (sum ± √discriminant)/2, with the sign plus where `isGreater`.
  case surd(sum: F, discriminant: F, isGreater: Bool)
  /// √((sum ± √discriminant)/2).
  case root(sum: F, discriminant: F, isGreater: Bool)
}

/// The symplectic eigenvalues of the covariance of a Gaussian state over rational functions.
///
/// With [ξ_α, ξ_β] = J_αβ they are the positive eigenvalues of -ΣJ, whose eigenvalues come in pairs
/// ±ν (Williamson 1936). In the ladder operators the matrix falls into blocks where the state has a
/// symmetry, and the eigenvalues solve equations of the blocks' sizes, or of half of them in ν².
public struct SymplecticSpectrum: Sendable, Equatable {
  /// One a mode.
  public let values: [SymplecticEigenvalue<RationalFunction>]

  /// - Parameter state: with a positive definite covariance, as states and their partial transposes
  ///   have it.
  /// - Throws: ``GaussianError/irreducible(degree:)``, ``GaussianError/arithmetic(_:)``.
  public init(of state: GaussianState<RationalFunction>) throws(GaussianError) {
    let n = state.modeCount
    let ladder = Quadratures.ladder(of: state.covariance)
    let matrix = Matrix<Complex<RationalFunction>>(rows: 2 * n, columns: 2 * n) { row, column in
      column < n ? ladder[row, column + n] : -ladder[row, column - n]
    }
    let sparse = SparseMatrix(matrix)
    var bound = DegreeBound()
    bound.add(matrix)
    do throws(OpenSystemError) {
      try bound.check(products: 2 * n)
    } catch { throw .system(error) }
    var values: [SymplecticEigenvalue<RationalFunction>] = []
    var seen = Set<[Int]>()
    for block in sparse.triangularBlocks().sorted(by: { $0[0] < $1[0] }) {
      let conjugate = block.map { ($0 + n) % (2 * n) }.sorted()
      if seen.contains(conjugate) { continue }
      seen.insert(block)
      // With G_αβ = ⟨{ξ_α, ξ_β†}⟩/2 > 0 the block is G·Z, Z = ±1 on annihilation and creation
      // operators: its eigenvalues are real, and as many are positive as Z has ones (Sylvester).
      let positive = block.count { $0 < n }
      let polynomial = sparse.block(block).characteristicPolynomial().map(\.re)
      if positive == block.count || positive == 0 {
        let p = positive == 0 ? SymplecticSpectrum.mirrored(polynomial) : polynomial
        values += try SymplecticSpectrum.roots(of: p).map {
          .surd(sum: $0.sum, discriminant: $0.discriminant, isGreater: $0.isGreater)
        }
      } else if block.count == 2, conjugate != block {
        // One positive eigenvalue and one negative, of which minus the negative is wanted.
        let (sum, discriminant) = SymplecticSpectrum.quadratic(polynomial)
        values.append(.surd(sum: sum, discriminant: discriminant, isGreater: true))
        values.append(.surd(sum: -sum, discriminant: discriminant, isGreater: true))
      } else {
        values += try SymplecticSpectrum.squares(polynomial, isPaired: conjugate == block)
      }
    }
    self.values = values
  }

  /// λ² - sum·λ + … has the discriminant sum² - 4·constant.
  private static func quadratic(
    _ p: UnivariatePolynomial<RationalFunction>
  ) -> (sum: RationalFunction, discriminant: RationalFunction) {
    (-p[1], p[1] * p[1] - RationalFunction(Integer(4)) * p[0])
  }

  /// The monic polynomial with the negative roots.
  private static func mirrored(
    _ p: UnivariatePolynomial<RationalFunction>
  ) -> UnivariatePolynomial<RationalFunction> {
    let degree = p.degree ?? 0
    return UnivariatePolynomial(
      p.coefficients.enumerated().map { ($0.offset + degree) % 2 == 0 ? $0.element : -$0.element })
  }

  /// Positive square roots of the squares of the roots: of all where the block is paired with its
  /// conjugate, and of one of each pair ± where it is its own conjugate.
  private static func squares(
    _ p: UnivariatePolynomial<RationalFunction>, isPaired: Bool
  ) throws(GaussianError) -> [SymplecticEigenvalue<RationalFunction>] {
    // p(λ)·p(-λ) is even, and p itself where its roots come in pairs.
    let even = isPaired ? p : p * mirrored(p)
    var coefficients: [RationalFunction] = []
    for index in stride(from: 0, through: even.degree ?? 0, by: 2) {
      coefficients.append(even[index])
    }
    var list = UnivariatePolynomial(coefficients)
    // p(λ)·p(-λ) = ±q(λ²).
    if let lead = list.coefficients.last, !lead.isOne { list = list.map { -$0 } }
    return try roots(of: list).map { root in
      .root(sum: root.sum, discriminant: root.discriminant, isGreater: root.isGreater)
    }
  }

  private typealias Surd = (sum: RationalFunction, discriminant: RationalFunction, isGreater: Bool)

  /// The roots of a monic polynomial with factors of degree 1 and 2.
  ///
  /// - Throws: ``GaussianError/irreducible(degree:)`` for another factor,
  ///   ``GaussianError/arithmetic(_:)``.
  private static func roots(
    of p: UnivariatePolynomial<RationalFunction>
  ) throws(GaussianError) -> [Surd] {
    func pair(_ q: UnivariatePolynomial<RationalFunction>) -> [Surd] {
      let (sum, discriminant) = quadratic(q)
      if discriminant.isZero { return [(sum, .zero, true), (sum, .zero, true)] }
      return [(sum, discriminant, true), (sum, discriminant, false)]
    }
    let two = RationalFunction(Integer(2))
    if p.degree == 1 { return [(-two * p[0], .zero, true)] }
    if p.degree == 2 { return pair(p) }
    do {
      let parts = try PolynomialRoots.split(p)
      var result: [Surd] = []
      for (root, multiplicity) in parts.roots {
        result += Array(repeating: (two * root, .zero, true), count: multiplicity)
      }
      for (factor, multiplicity) in parts.cofactors {
        guard let degree = factor.degree, degree <= 2 else {
          throw GaussianError.irreducible(degree: factor.degree ?? 0)
        }
        for _ in 0..<multiplicity { result += pair(try factor.monic()) }
      }
      return result
    } catch let error as GaussianError {
      throw error
    } catch let error as ArithmeticError {
      throw .arithmetic(error)
    } catch {
      throw .notUnique("\(error)")
    }
  }
}
