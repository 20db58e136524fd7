import Algebra
import Arbitrary
import Exact

extension Entanglement {
  /// Σ max(0, -λ) over the eigenvalues λ of the partial transpose, enclosed.
  ///
  /// - Parameters:
  ///   - state: **Guarantee:** the negativity of every Hermitian matrix enclosed lies in the result, also
  ///     where eigenvalues vanish or coincide.
  ///   - places: the subsystems of one party.
  /// - Throws: as ``Space/partialTranspose(of:over:)`` and ``HermitianEigenvalues/init(_:)``.
  /// - Source: Vidal and Werner 2002.
  public static func negativity(
    enclosing state: Matrix<ComplexInterval>, in space: Space, party places: [Int], precision: Int
  ) throws(OpenSystemError) -> Interval {
    let transposed = try space.partialTranspose(of: state, over: places)
    var sum = Interval(0, precision: precision)
    for value in try SpectralEnclosure.eigenvalues(transposed, precision: precision) {
      sum += Interval.maximum(-value, .zero)
    }
    return sum
  }
}
