import Arbitrary
import Exact

/// The concurrence of ρ = BB† from stacked factors, in memory that is used again.
///
/// The rows of B† are reduced to a triangle R with R†R = ρ by orthogonal steps, so that nothing is lost of
/// small eigenvalues; the concurrence comes from the singular values of (R†)ᵀ Y R†.
final class TwoQubitFactor<F: PhaseField> {
  private let precision: Int
  /// Row by row: the triangle in the first four rows, the new rows below.
  private let rows: ComplexBuffer<F>
  private let symmetric: ComplexBuffer<F>
  private var lengths: [F]

  init(precision: Int) {
    self.precision = precision
    rows = ComplexBuffer(32, precision: precision)
    symmetric = ComplexBuffer(16, precision: precision)
    lengths = [F](repeating: .zero, count: 4)
  }

  func reset() {
    let zero = F.zero.atPrecision(precision)
    for k in 0..<16 { rows[k] = Complex(re: zero, im: zero) }
  }

  /// Adds w w† for the four columns w of a 4×4 matrix, whose element (i, k) is given.
  func add(_ element: (Int, Int) -> Complex<F>) {
    for k in 0..<4 { for i in 0..<4 { rows[16 + 4 * k + i] = element(i, k).conj } }
    // Householder reflections of the 8×4 matrix, whose upper half is a triangle.
    for column in 0..<4 {
      var square = rows.square(4 * column + column)
      for row in 4..<8 { square += rows.square(4 * row + column) }
      let length = F.squareRoot(of: square)
      if length.isZero { continue }
      let head = rows[4 * column + column]
      let size = head.modulus
      // The new head is -phase·length; v = x + phase·length·e, and 2/v†v = 1/(length(length + |head|)).
      let phase: Complex<F>
      if size.isZero {
        phase = Complex(F.one.atPrecision(precision))
      } else if let re = try? head.re / size, let im = try? head.im / size {
        phase = Complex(re: re, im: im)
      } else {
        continue
      }
      let first = head + length * phase
      guard let factor = try? F.one / (length * (length + size)) else { continue }
      for other in (column + 1)..<max(4, column + 1) {
        var product = first.conj * rows[4 * column + other]
        for row in 4..<8 {
          product = product + rows[4 * row + column].conj * rows[4 * row + other]
        }
        let scaled = factor * product
        rows[4 * column + other] = rows[4 * column + other] - first * scaled
        for row in 4..<8 {
          rows[4 * row + other] = rows[4 * row + other] - rows[4 * row + column] * scaled
        }
      }
      rows[4 * column + column] = -(length * phase)
    }
  }

  /// The concurrence of the sum; of an unnormalised state that many times as large.
  func concurrence() -> F {
    // Column i of W = R† is the conjugate of row i of the triangle.
    func w(_ k: Int, _ i: Int) -> Complex<F> { k < i ? .zero : rows[4 * i + k].conj }
    for i in 0..<4 {
      for j in 0..<4 {
        symmetric[4 * i + j] =
          w(1, i) * w(2, j) + w(2, i) * w(1, j) - w(0, i) * w(3, j) - w(3, i) * w(0, j)
      }
    }
    orthogonalise()
    for column in 0..<4 {
      var sum = F.zero
      for row in 0..<4 { sum += symmetric.square(4 * row + column) }
      lengths[column] = F.squareRoot(of: sum)
    }
    var greatest = F.zero
    var total = F.zero
    for length in lengths {
      greatest = max(greatest, length)
      total += length
    }
    let difference = greatest + greatest - total
    return difference > .zero ? difference : .zero
  }

  /// One-sided rotations until columns are orthogonal.
  private func orthogonalise() {
    let one = F.one.atPrecision(precision)
    let threshold = one.scaled(byPowerOfTwo: 4 - 2 * precision)
    for _ in 0..<60 {
      var rotated = false
      for p in 0..<4 {
        for q in (p + 1)..<max(4, p + 1) {
          var first = F.zero
          var second = F.zero
          var product = Complex<F>.zero
          for k in 0..<4 {
            first += symmetric.square(4 * k + p)
            second += symmetric.square(4 * k + q)
            product = product + symmetric[4 * k + p].conj * symmetric[4 * k + q]
          }
          let square = product.re * product.re + product.im * product.im
          if square <= threshold * first * second || square.isZero { continue }
          let modulus = F.squareRoot(of: square)
          guard let re = try? product.re / modulus, let im = try? product.im / modulus,
            let tau = try? (second - first) / (modulus + modulus)
          else { continue }
          let root = F.squareRoot(of: one + tau * tau)
          guard let t = try? (tau < .zero ? -(one / (root - tau)) : one / (root + tau)),
            let c = try? one / F.squareRoot(of: one + t * t)
          else { continue }
          let back = Complex(re: re, im: -im)
          let s = t * c
          for k in 0..<4 {
            let x = symmetric[4 * k + p]
            let y = back * symmetric[4 * k + q]
            symmetric[4 * k + p] = c * x - s * y
            symmetric[4 * k + q] = s * x + c * y
          }
          rotated = true
        }
      }
      if !rotated { return }
    }
  }
}
