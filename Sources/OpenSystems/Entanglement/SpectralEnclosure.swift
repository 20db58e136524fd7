import Algebra
import Arbitrary
import Exact

/// Eigenvalues and singular values of enclosed matrices, also where they are equal or vanish.
///
/// Approximate vectors in rounded numbers make the matrix nearly diagonal; what is left is bounded by
/// theorems that need no gaps between values. **Guarantee:** for every matrix enclosed, the i-th value in
/// order lies in the i-th interval.
public enum SpectralEnclosure {
  /// The eigenvalues of Hermitian matrices, increasing.
  ///
  /// With M = V†HV the i-th eigenvalues obey λ_i(M) = θ_i λ_i(H), σ_min(V)² ≤ θ_i ≤ σ_max(V)² (Ostrowski 1959),
  /// and differ from the sorted diagonal of M by at most the Frobenius norm of the rest (Weyl 1912).
  ///
  /// - Parameter matrix: of which only Hermitian members count.
  /// - Throws: as ``HermitianEigenvalues/init(_:)``.
  public static func eigenvalues(
    _ matrix: Matrix<ComplexInterval>, precision p: Int
  ) throws(OpenSystemError) -> [Interval] {
    let n = matrix.rowCount
    let eigen = try HermitianEigenvalues(midpoints(matrix, p))
    let vectors = points(eigen.vectors)
    let image = vectors.adjoint() * matrix * vectors
    var rest = Interval(0, precision: p)
    for i in 0..<n {
      for j in 0..<n where i != j {
        rest += image[i, j].normSquared
      }
    }
    let radius = Interval.sqrt(rest, precision: p).upper
    let stretch = squaredStretch(vectors, p)
    guard stretch.lower.signum > 0 else { return [Interval](repeating: .entire, count: n) }
    return ordered((0..<n).map { image[$0, $0].re }, descending: false).map {
      Interval.div($0.widened(by: radius), stretch, precision: p)
    }
  }

  /// The singular values, decreasing.
  ///
  /// With V nearly unitary and D the lengths of the columns of Y = M₀V, M₀ the midpoints, Y D⁻¹ is nearly
  /// orthonormal, and σ_i(M₀) is d_i times factors within the extreme singular values of Y D⁻¹ and V
  /// (Ostrowski 1959): small values are enclosed relative to themselves. Columns too short for that, and
  /// M - M₀, move a value by at most their Frobenius norms.
  ///
  /// - Throws: as ``SingularVectors``.
  static func singularValues(
    _ matrix: Matrix<ComplexInterval>, precision p: Int
  ) throws(OpenSystemError) -> [Interval] {
    let n = matrix.columnCount
    let middle = midpoints(matrix, p)
    let vectors = points(try SingularVectors.right(of: middle))
    let exact = points(middle)
    let deviation = (matrix - exact).frobenius(precision: p)
    let columns = exact * vectors
    let squares = (0..<n).map { column in
      (0..<columns.rowCount).reduce(Interval(0, precision: p)) {
        $0 + columns[$1, column].normSquared
      }
    }
    let lengths = squares.map { Interval.sqrt($0, precision: p) }
    let greatest = lengths.reduce(Real.zero) { Real.maximum($0, $1.upper) }
    let least = greatest.scaled(byPowerOfTwo: -p)
    let kept = (0..<n).filter { lengths[$0].lower > least }
    var short = Interval(0, precision: p)
    for column in 0..<n where !kept.contains(column) { short += squares[column] }
    // ‖G - 1‖ for the Gram matrix of the columns divided by approximate lengths.
    var distance = Interval(0, precision: p)
    for i in kept {
      for j in kept {
        var product = ComplexInterval.zero
        for row in 0..<columns.rowCount {
          product = product + columns[row, i].conj * columns[row, j]
        }
        let scale = Interval(lengths[i].midpoint) * Interval(lengths[j].midpoint)
        let quotient = ComplexInterval(
          re: Interval.div(product.re, scale, precision: p),
          im: Interval.div(product.im, scale, precision: p))
        let entry = i == j ? quotient - .one : quotient
        distance += entry.normSquared
      }
    }
    let radius = Interval.sqrt(distance, precision: p).upper
    // Singular values of V and of Y D⁻¹ lie within the roots of these.
    let stretch = squaredStretch(vectors, p)
    let skew = Interval.one.widened(by: radius).rounded(precision: p)
    guard stretch.lower.signum > 0 else { return [Interval](repeating: .entire, count: n) }
    let factor = Interval.sqrt(Interval.div(skew, stretch, precision: p), precision: p)
    let left = Interval.sqrt(Interval.div(short, stretch, precision: p), precision: p)
    let loose = (left + deviation).upper
    let values = (0..<n).map { column in
      kept.contains(column)
        ? Interval(lengths[column].midpoint) * factor : Interval(0, precision: p)
    }
    let nonnegative = Interval(between: .zero, and: .infinity)
    return ordered(values, descending: true).map {
      $0.widened(by: loose).intersection(nonnegative)
    }
  }

  /// The i-th values in order of any members of the intervals lie in the i-th of these: bounds are sorted.
  private static func ordered(_ values: [Interval], descending: Bool) -> [Interval] {
    let lower = values.map(\.lower).sorted { descending ? $0 > $1 : $0 < $1 }
    let upper = values.map(\.upper).sorted { descending ? $0 > $1 : $0 < $1 }
    return zip(lower, upper).map { Interval(between: $0, and: $1) }
  }

  /// 1 ± ‖V†V - 1‖: where the squares of the singular values of V lie.
  private static func squaredStretch(_ vectors: Matrix<ComplexInterval>, _ p: Int) -> Interval {
    let gram = vectors.adjoint() * vectors - .identity(vectors.columnCount)
    return Interval(1, precision: p).widened(by: gram.frobenius(precision: p).upper)
  }

  private static func midpoints(_ matrix: Matrix<ComplexInterval>, _ p: Int) -> Operator<Real> {
    matrix.map {
      Complex(re: $0.re.midpoint.rounded(precision: p), im: $0.im.midpoint.rounded(precision: p))
    }
  }

  private static func points(_ matrix: Operator<Real>) -> Matrix<ComplexInterval> {
    matrix.map { ComplexInterval(re: Interval($0.re), im: Interval($0.im)) }
  }
}

/// Right singular vectors in rounded numbers, by one-sided rotations.
enum SingularVectors {
  /// A nearly unitary V with M·V of nearly orthogonal columns.
  ///
  /// - Throws: ``OpenSystemError/notConverged(_:)`` after a limit of sweeps,
  ///   ``OpenSystemError/domain(_:)`` for infinities and NaN.
  static func right<F: FloatingField>(
    of matrix: Operator<F>
  ) throws(OpenSystemError) -> Operator<F> {
    var a = matrix
    let n = a.columnCount
    let bits = matrix.elements.reduce(2) { max($0, $1.precision) }
    guard matrix.elements.allSatisfy({ $0.re.isFinite && $0.im.isFinite }) else {
      throw .domain("singular values of a matrix with infinite or undefined elements")
    }
    var v = Operator<F>.identity(n).map { $0.atPrecision(bits) }
    let one = F.one.atPrecision(bits)
    let greatest = a.elements.reduce(F.zero) { max($0, $1.normSquared) }
    let threshold = one.ulpOfOne.scaled(byPowerOfTwo: 2)
    let floor = greatest * threshold * threshold
    for _ in 0..<60 {
      var rotated = false
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) {
          var first = F.zero
          var second = F.zero
          var product = Complex<F>.zero
          for k in 0..<a.rowCount {
            first += a[k, p].normSquared
            second += a[k, q].normSquared
            product += a[k, p].conj * a[k, q]
          }
          let modulus = product.modulus
          if modulus <= threshold * F.squareRoot(of: first * second) || modulus <= floor {
            continue
          }
          guard let re = try? product.re / modulus, let im = try? product.im / modulus,
            let tau = try? (second - first) / (modulus + modulus)
          else { continue }
          let root = F.squareRoot(of: one + tau * tau)
          guard let t = try? (tau < .zero ? -(one / (root - tau)) : one / (root + tau)),
            let c = try? one / F.squareRoot(of: one + t * t)
          else { continue }
          let back = Complex(re: re, im: -im)
          rotate(&a, p, q, c, t * c, back)
          rotate(&v, p, q, c, t * c, back)
          rotated = true
        }
      }
      if !rotated { return v }
    }
    throw .notConverged("60 sweeps of one-sided rotations")
  }

  private static func rotate<F: FloatingField>(
    _ a: inout Operator<F>, _ p: Int, _ q: Int, _ c: F, _ s: F, _ back: Complex<F>
  ) {
    for k in 0..<a.rowCount {
      let x = a[k, p]
      let y = back * a[k, q]
      a[k, p] = c * x - s * y
      a[k, q] = s * x + c * y
    }
  }
}
