import Algebra
import Arbitrary
import Exact

/// When all roots of a polynomial have negative real parts, as finitely many conditions > 0.
public enum StabilityConditions {
  /// Elements of the field that are all positive exactly if all roots of the monic polynomial lie in
  /// the open left half plane.
  ///
  /// For real coefficients λⁿ + c₁λⁿ⁻¹ + … + cₙ: cₙ, cₙ₋₂, … and the Hurwitz determinants of the
  /// orders n - 1, n - 3, …. For complex ones the determinants of even order of the Hurwitz matrix of the
  /// real and imaginary part of the polynomial on the imaginary axis.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` beyond degree 24.
  /// - Source: Liénard and Chipart 1914; Bilharz 1944; Gantmacher, The Theory of Matrices, XV §13, §18.
  public static func conditions<F: Field>(
    of polynomial: UnivariatePolynomial<Complex<F>>
  ) throws(ArithmeticError) -> [F] {
    guard let n = polynomial.degree, n > 0 else { return [] }
    guard n <= 24 else { throw .limit("stability of a polynomial of degree \(n)") }
    // c_k, of λⁿ⁻ᵏ.
    let c = (0...n).map { polynomial[n - $0] }
    return c.allSatisfy(\.isReal) ? realConditions(c.map(\.re)) : complexConditions(c)
  }

  private static func realConditions<F: Field>(_ c: [F]) -> [F] {
    let n = c.count - 1
    var result: [F] = []
    // Of the orders n - 1, n - 3, … down to 1 or 2.
    for order in stride(from: n % 2 == 0 ? 1 : 2, to: n, by: 2) {
      // Element (i, j), from one, of the Hurwitz matrix is c_{2j - i}.
      let hurwitz = Matrix<F>(rows: order, columns: order) { row, column in
        let index = 2 * (column + 1) - (row + 1)
        return c.indices.contains(index) ? c[index] : .zero
      }
      result.append(hurwitz.determinant())
    }
    for k in stride(from: n, to: 0, by: -2) { result.append(c[k]) }
    return result
  }

  private static func complexConditions<F: Field>(_ c: [Complex<F>]) -> [F] {
    let n = c.count - 1
    // i¹⁻ⁿ·f(iz) = Σ i¹⁻ᵏ c_k zⁿ⁻ᵏ = Σ (b_k + i a_k) zⁿ⁻ᵏ: a is monic, and Re λ < 0 is Im z > 0.
    var a: [F] = []
    var b: [F] = []
    for (k, value) in c.enumerated() {
      switch k % 4 {
      case 0: (b, a) = (b + [-value.im], a + [value.re])
      case 1: (b, a) = (b + [value.re], a + [value.im])
      case 2: (b, a) = (b + [value.im], a + [-value.re])
      default: (b, a) = (b + [-value.re], a + [-value.im])
      }
    }
    return (1...n).map { order in
      Matrix<F>(rows: 2 * order, columns: 2 * order) { row, column in
        let index = column - row / 2
        guard a.indices.contains(index) else { return .zero }
        return row % 2 == 0 ? a[index] : b[index]
      }.determinant()
    }
  }
}

extension GaussianModel {
  /// Elements of the field that are all positive exactly if the model is asymptotically stable: then
  /// there is one steady state, which every initial state approaches.
  ///
  /// The drift is taken apart into blocks; of two blocks that conjugation exchanges one is asked.
  ///
  /// - Throws: ``GaussianError/arithmetic(_:)``.
  public func stabilityConditions() throws(GaussianError) -> [F] {
    let n = modeCount
    let sparse = SparseMatrix(drift)
    var seen = Set<[Int]>()
    var result: [F] = []
    var bound = DegreeBound()
    bound.add(drift)
    do throws(OpenSystemError) {
      // A determinant of order k of coefficients, which are sums of products of up to 2n elements.
      try bound.check(products: 2 * n * n)
    } catch { throw .system(error) }
    do throws(ArithmeticError) {
      for block in sparse.triangularBlocks().sorted(by: { $0[0] < $1[0] }) {
        let conjugate = block.map { ($0 + n) % (2 * n) }.sorted()
        if seen.contains(conjugate) { continue }
        seen.insert(block)
        let polynomial = sparse.block(block).characteristicPolynomial()
        let real =
          conjugate == block
          // Conjugation maps the block to itself, so that its polynomial is real; exactly so here.
          ? polynomial.map { Complex($0.re) } : polynomial
        for condition in try StabilityConditions.conditions(of: real)
        where !result.contains(condition) {
          result.append(condition)
        }
      }
    } catch { throw .arithmetic(error) }
    return result
  }
}
