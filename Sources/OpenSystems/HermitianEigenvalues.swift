import Algebra
import Arbitrary
import Exact

/// The eigenvalues and eigenvectors of a Hermitian matrix in rounded numbers, by cyclic Jacobi
/// rotations.
///
/// - Source: Jacobi 1846; Demmel and Veselić 1992 for its accuracy.
public struct HermitianEigenvalues<F: FloatingField>: Sendable {
  /// The eigenvalues, increasing.
  public let values: [F]
  /// The unitary matrix whose column k belongs to eigenvalue k.
  public let vectors: Matrix<Complex<F>>

  /// Rotates until no off-diagonal element is above a unit of the last place of the greatest element.
  ///
  /// Only the upper triangle and the real parts of the diagonal are read.
  ///
  /// - Returns: a heuristic result, errors of a few units of the last place of the norm.
  /// - Throws: ``OpenSystemError/shape(what:expected:rows:columns:)``,
  ///   ``OpenSystemError/domain(_:)`` for infinities and NaN,
  ///   ``OpenSystemError/notConverged(_:)`` after a limit of sweeps.
  /// - Complexity: O(n³) operations a sweep; the sweeps grow with the logarithm of the precision.
  @specialized(where F == Double)
  public init(_ matrix: Matrix<Complex<F>>) throws(OpenSystemError) {
    let n = matrix.rowCount
    guard matrix.isSquare else {
      throw .shape(
        what: "a Hermitian matrix", expected: n, rows: n, columns: matrix.columnCount)
    }
    let bits = matrix.elements.reduce(2) { max($0, $1.precision) }
    var a = Matrix(rows: n, columns: n) { row, column in
      let value = row <= column ? matrix[row, column] : matrix[column, row].conj
      return (row == column ? Complex(value.re) : value).atPrecision(bits)
    }
    var vectors = Matrix<Complex<F>>.identity(n).map { $0.atPrecision(bits) }
    let greatest = a.elements.reduce(F.zero) { max($0, $1.cheapNorm) }
    guard greatest.isFinite, a.elements.allSatisfy({ $0.re.isFinite && $0.im.isFinite }) else {
      throw .domain("eigenvalues of a matrix with infinite or undefined elements")
    }
    let threshold = greatest * F.one.atPrecision(bits).ulpOfOne
    do {
      var sweeps = 0
      while true {
        var rotated = false
        for p in 0..<n {
          for q in (p + 1)..<n where a[p, q].cheapNorm > threshold {
            try HermitianEigenvalues.rotate(&a, &vectors, p, q)
            rotated = true
          }
        }
        if !rotated { break }
        sweeps += 1
        if sweeps > 60 { throw OpenSystemError.notConverged("60 sweeps of Jacobi rotations") }
      }
    } catch let error as OpenSystemError {
      throw error
    } catch let error as ArithmeticError {
      throw .arithmetic(error)
    } catch {
      throw .notConverged("\(error)")
    }
    let order = (0..<n).sorted { a[$0, $0].re < a[$1, $1].re }
    values = order.map { a[$0, $0].re }
    self.vectors = Matrix(rows: n, columns: n) { vectors[$0, order[$1]] }
  }

  /// Makes element (p, q) zero by A ← U†AU with u_p = c·e_p - s·w̄·e_q, u_q = s·e_p + c·w̄·e_q, where w
  /// is the phase of the element and s/c the smaller root t of t² + 2τt - 1.
  @specialized(where F == Double)
  private static func rotate(
    _ a: inout Matrix<Complex<F>>, _ vectors: inout Matrix<Complex<F>>, _ p: Int, _ q: Int
  ) throws(ArithmeticError) {
    let element = a[p, q]
    let modulus = element.modulus
    // The square of a tiny element can underflow; it is below the threshold of its neighbours then.
    if modulus.isZero {
      a[p, q] = .zero
      a[q, p] = .zero
      return
    }
    let phase = Complex(re: try element.re / modulus, im: try element.im / modulus)
    let tau = try (a[q, q].re - a[p, p].re) / (modulus + modulus)
    let root = F.squareRoot(of: F.one + tau * tau)
    let t = try tau < .zero ? -(F.one / (root - tau)) : F.one / (root + tau)
    let c = try F.one / F.squareRoot(of: F.one + t * t)
    let s = Complex(t * c)
    let first = a[p, p].re - t * modulus
    let second = a[q, q].re + t * modulus
    let cosine = Complex(c)
    let back = phase.conj
    for k in 0..<a.rowCount {
      if k != p && k != q {
        let x = a[k, p]
        let y = back * a[k, q]
        a[k, p] = cosine * x - s * y
        a[k, q] = s * x + cosine * y
        a[p, k] = a[k, p].conj
        a[q, k] = a[k, q].conj
      }
      let x = vectors[k, p]
      let y = back * vectors[k, q]
      vectors[k, p] = cosine * x - s * y
      vectors[k, q] = s * x + cosine * y
    }
    a[p, p] = Complex(first)
    a[q, q] = Complex(second)
    a[p, q] = .zero
    a[q, p] = .zero
  }
}
