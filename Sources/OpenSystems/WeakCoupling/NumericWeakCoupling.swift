import Algebra
import Arbitrary
import Exact

/// The secular master equation in rounded numbers, from eigenvectors.
///
/// This is the numeric road's own construction: levels by Jacobi rotations, frequencies grouped by
/// their distance, each bath by itself. It shares nothing with ``WeakCoupling`` but the conventions.
public enum NumericWeakCoupling {
  /// The channels of the baths, and the Lamb shift.
  ///
  /// Frequencies closer than half of the working digits of the greatest energy are taken as one.
  ///
  /// - Parameters:
  ///   - couplings: the operators of each bath.
  ///   - rates: γ(ω) of the bath of this number, for an ω of either sign or zero.
  ///   - shift: s(ω) of the bath, nil where it has none.
  /// - Returns: heuristic: rounded, and right only where different frequencies are that far apart.
  /// - Throws: ``OpenSystemError``.
  public static func terms<F: FloatingField>(
    hamiltonian: Matrix<Complex<F>>, couplings: [[Matrix<Complex<F>>]],
    rates: (Int, F) throws(OpenSystemError) -> Matrix<Complex<F>>,
    shift: (Int, F) throws(OpenSystemError) -> Matrix<Complex<F>>?
  ) throws(OpenSystemError) -> (channels: [Channel<F>], shift: Matrix<Complex<F>>) {
    let eigen = try HermitianEigenvalues(hamiltonian)
    let n = hamiltonian.rowCount
    let bits = hamiltonian.elements.reduce(53) { max($0, $1.precision) }
    func halfDigits(of value: F) -> F { value.scaled(byPowerOfTwo: -bits / 2) }
    let tolerance = halfDigits(of: eigen.values.reduce(F.zero) { max($0, $1.magnitude) })
    var frequencies: [F] = []
    var places = [Int](repeating: 0, count: n * n)
    for a in 0..<n {
      for b in 0..<n {
        let omega = eigen.values[b] - eigen.values[a]
        if let known = frequencies.firstIndex(where: { ($0 - omega).magnitude <= tolerance }) {
          places[a * n + b] = known
        } else {
          places[a * n + b] = frequencies.count
          frequencies.append(omega.magnitude <= tolerance ? .zero : omega)
        }
      }
    }
    let adjoint = eigen.vectors.adjoint()
    var channels: [Channel<F>] = []
    var total = Matrix<Complex<F>>(rows: n, columns: n)
    for (bath, operators) in couplings.enumerated() {
      let inside = operators.map { adjoint * $0 * eigen.vectors }
      let smallest = halfDigits(
        of: inside.reduce(F.zero) { top, matrix in
          matrix.elements.reduce(top) { max($0, $1.cheapNorm) }
        })
      for (index, omega) in frequencies.enumerated() {
        let parts = inside.map { matrix in
          Matrix(rows: n, columns: n) { a, b in
            places[a * n + b] == index ? matrix[a, b] : .zero
          }
        }
        guard parts.contains(where: { $0.elements.contains { $0.cheapNorm > smallest } }) else {
          continue
        }
        let jumps = parts.map { eigen.vectors * $0 * adjoint }
        channels.append(.correlated(jumps, rates: try rates(bath, omega)))
        guard let values = try shift(bath, omega) else { continue }
        for (i, left) in jumps.enumerated() {
          for (j, right) in jumps.enumerated() {
            total = total + values[i, j] * (left.adjoint() * right)
          }
        }
      }
    }
    return (channels, total)
  }
}
