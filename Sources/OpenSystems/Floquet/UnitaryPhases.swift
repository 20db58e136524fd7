import Arbitrary
import Exact

/// The phases and eigenvectors of a unitary matrix, in memory that is used again.
///
/// The Cayley transform i(1 - W)(1 + W)⁻¹ of W = e^{iα}U is Hermitian with the eigenvalues tan(θ/2) of the
/// phases θ of W. α turns the middle of the largest gap between phases to -1, so that no
/// tangent exceeds cot(π/2d).
final class UnitaryPhases<F: PhaseField> {
  let size: Int
  let precision: Int
  /// θ with U v = e^{-iθ} v, one for each column of ``vectors``.
  private(set) var phases: [F]
  /// The orthonormal eigenvectors as columns, row by row.
  let vectors: ComplexBuffer<F>
  private let hermitian: ComplexBuffer<F>
  private let left: ComplexBuffer<F>
  private var order: [Int]

  init(size: Int, precision: Int) {
    self.size = size
    self.precision = precision
    phases = [F](repeating: .zero, count: size)
    order = Array(0..<size)
    vectors = ComplexBuffer(size * size, precision: precision)
    hermitian = ComplexBuffer(size * size, precision: precision)
    left = ComplexBuffer(size * size, precision: precision)
  }

  /// - Parameter offset: where the matrix begins in the buffer.
  /// - Throws: ``FloquetError/system(_:)`` where rotations do not converge.
  func solve(_ matrix: ComplexBuffer<F>, offset: Int) throws(FloquetError) {
    var angle = 0.0
    // Where -1 is an eigenvalue of U itself, another angle serves.
    if !transform(matrix, offset, angle) {
      angle = 1
      guard transform(matrix, offset, angle) else { throw .system(.notConverged("phases")) }
    }
    try diagonalise()
    read(angle)
    angle = middleOfLargestGap() + Double.pi
    guard transform(matrix, offset, angle) else { throw .system(.notConverged("phases")) }
    try diagonalise()
    read(angle)
  }

  private func read(_ angle: Double) {
    let alpha = F.near(Real(angle), precision: precision)
    for k in 0..<size {
      let half = F.arcTangent(hermitian.re[k * size + k])
      phases[k] = alpha - (half + half)
    }
  }

  private func middleOfLargestGap() -> Double {
    let turn = 2 * Double.pi
    func wrapped(_ k: Int) -> Double {
      let x = phases[k].approximateDouble / turn
      return x - x.rounded(.down)
    }
    for k in 0..<size { order[k] = k }
    order.sort { wrapped($0) < wrapped($1) }
    var best = (0.0, 0.0)
    for k in 0..<size {
      let low = wrapped(order[k])
      let high = k + 1 < size ? wrapped(order[k + 1]) : wrapped(order[0]) + 1
      if high - low > best.0 { best = (high - low, (low + high) / 2) }
    }
    return best.1 * turn
  }

  /// Puts the Cayley transform in place; false where 1 + W has no pivot.
  private func transform(_ u: ComplexBuffer<F>, _ offset: Int, _ angle: Double) -> Bool {
    let alpha = F.near(Real(angle), precision: precision)
    let turn = Complex(re: F.cosine(alpha), im: F.sine(alpha))
    let one = Complex(F.one.atPrecision(precision))
    let n = size
    for k in 0..<(n * n) {
      let w = turn * u[offset + k]
      let diagonal = k % (n + 1) == 0 ? one : .zero
      left[k] = diagonal + w
      hermitian[k] = (diagonal - w).timesI
    }
    guard DenseBuffers.solve(left, n, hermitian, n) else { return false }
    for i in 0..<n {
      for j in i..<n {
        let mean = hermitian[i * n + j] + hermitian[j * n + i].conj
        let half = Complex(
          re: mean.re.scaled(byPowerOfTwo: -1), im: mean.im.scaled(byPowerOfTwo: -1))
        hermitian[i * n + j] = half
        hermitian[j * n + i] = half.conj
      }
    }
    return true
  }

  private func diagonalise() throws(FloquetError) {
    let one = F.one.atPrecision(precision)
    let zero = F.zero.atPrecision(precision)
    for k in 0..<(size * size) {
      vectors[k] = Complex(re: k % (size + 1) == 0 ? one : zero, im: zero)
    }
    guard DenseBuffers.diagonalise(hermitian, vectors, size, precision) else {
      throw .system(.notConverged("60 sweeps of Jacobi rotations"))
    }
  }
}

/// Dense linear algebra in place.
enum DenseBuffers {
  /// Solves A X = B by elimination with row pivots; A is lost, B becomes X. False without a pivot.
  static func solve<F: PhaseField>(
    _ a: ComplexBuffer<F>, _ n: Int, _ b: ComplexBuffer<F>, _ columns: Int
  ) -> Bool {
    for k in 0..<n {
      var pivot = k
      for i in (k + 1)..<max(n, k + 1) where a.square(i * n + k) > a.square(pivot * n + k) {
        pivot = i
      }
      let size = a.square(pivot * n + k)
      guard size.isFinite, !size.isZero else { return false }
      for j in 0..<n { a.swap(k * n + j, pivot * n + j) }
      for j in 0..<columns { b.swap(k * columns + j, pivot * columns + j) }
      guard let inverse = try? a[k * n + k].inverse() else { return false }
      for i in (k + 1)..<max(n, k + 1) where !a[i * n + k].isZero {
        let factor = a[i * n + k] * inverse
        for j in (k + 1)..<max(n, k + 1) { a[i * n + j] = a[i * n + j] - factor * a[k * n + j] }
        for j in 0..<columns {
          b[i * columns + j] = b[i * columns + j] - factor * b[k * columns + j]
        }
      }
      a[k * n + k] = inverse
    }
    for k in (0..<n).reversed() {
      for j in 0..<columns {
        var sum = b[k * columns + j]
        for i in (k + 1)..<max(n, k + 1) { sum = sum - a[k * n + i] * b[i * columns + j] }
        b[k * columns + j] = a[k * n + k] * sum
      }
    }
    return true
  }

  /// Turns a Hermitian matrix into a diagonal one by cyclic rotations, which are applied to the columns of
  /// `v` as well. False after 60 sweeps.
  ///
  /// - Source: Jacobi 1846.
  static func diagonalise<F: PhaseField>(
    _ a: ComplexBuffer<F>, _ v: ComplexBuffer<F>, _ n: Int, _ precision: Int
  ) -> Bool {
    var greatest = F.zero
    for k in 0..<(n * n) { greatest = max(greatest, a.square(k)) }
    // Of squares.
    let threshold = greatest.scaled(byPowerOfTwo: 2 - 2 * precision)
    for _ in 0..<60 {
      var rotated = false
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) where a.square(p * n + q) > threshold {
          rotate(a, v, n, p, q)
          rotated = true
        }
      }
      if !rotated { return true }
    }
    return false
  }

  private static func rotate<F: PhaseField>(
    _ a: ComplexBuffer<F>, _ v: ComplexBuffer<F>, _ n: Int, _ p: Int, _ q: Int
  ) {
    let element = a[p * n + q]
    let modulus = element.modulus
    guard !modulus.isZero, let re = try? element.re / modulus, let im = try? element.im / modulus,
      let tau = try? (a.re[q * n + q] - a.re[p * n + p]) / (modulus + modulus)
    else { return }
    let one = F.one.atPrecision(modulus.precision)
    let root = F.squareRoot(of: one + tau * tau)
    guard let t = try? (tau < .zero ? -(one / (root - tau)) : one / (root + tau)),
      let c = try? one / F.squareRoot(of: one + t * t)
    else { return }
    let s = t * c
    let back = Complex(re: re, im: -im)
    let first = a.re[p * n + p] - t * modulus
    let second = a.re[q * n + q] + t * modulus
    for k in 0..<n {
      if k != p && k != q {
        let x = a[k * n + p]
        let y = back * a[k * n + q]
        a[k * n + p] = c * x - s * y
        a[k * n + q] = s * x + c * y
        a[p * n + k] = a[k * n + p].conj
        a[q * n + k] = a[k * n + q].conj
      }
      let x = v[k * n + p]
      let y = back * v[k * n + q]
      v[k * n + p] = c * x - s * y
      v[k * n + q] = s * x + c * y
    }
    a[p * n + p] = Complex(first)
    a[q * n + q] = Complex(second)
    a[p * n + q] = .zero
    a[q * n + p] = .zero
  }
}
