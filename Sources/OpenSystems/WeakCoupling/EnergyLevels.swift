import Algebra
import Arbitrary
import Exact

/// The spectral decomposition H = Σ_k E_k Π_k of a Hamiltonian, exact in the field.
///
/// Levels may have equal energies: what is built on them sums over all levels of an energy, so a
/// level that is split in two changes nothing.
public struct EnergyLevels<F: Field>: Sendable {
  public let energies: [F]
  /// The orthogonal projectors Π_k, which add up to the identity.
  public let projectors: [Matrix<Complex<F>>]
  /// For a diagonal Hamiltonian the level of each basis state.
  let levelOfState: [Int]?

  /// The levels of a diagonal Hamiltonian: basis states whose energies are known to be equal share one.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` where an element off the diagonal is not known to be zero.
  public init(diagonal hamiltonian: Matrix<Complex<F>>) throws(OpenSystemError) {
    let n = hamiltonian.rowCount
    var energies: [F] = []
    var levels: [Int] = []
    for i in 0..<n {
      for j in 0..<n where i != j && !hamiltonian[i, j].isZero {
        throw .domain("element (\(i), \(j)) of a Hamiltonian that is to be diagonal")
      }
      let energy = hamiltonian[i, i].re
      if let known = energies.firstIndex(where: { (energy - $0).isZero }) {
        levels.append(known)
      } else {
        levels.append(energies.count)
        energies.append(energy)
      }
    }
    self.energies = energies
    projectors = energies.indices.map { level in
      Matrix(rows: n, columns: n) { $0 == $1 && levels[$0] == level ? .one : .zero }
    }
    levelOfState = levels
  }

  /// The levels with given energies: Π_k = Π_{j≠k} (H - E_j)/(E_k - E_j).
  ///
  /// That these are the projectors is proved, not assumed: HΠ_k = E_kΠ_k for each k and ΣΠ_k = 1, from
  /// which H is Hermitian with exactly these energies and the Π_k are its spectral projectors.
  ///
  /// - Parameters:
  ///   - energies: all eigenvalues of H, each once.
  ///   - reduce: brings elements into a form in which zero is seen, for fields with relations (square
  ///     roots) between their generators.
  /// - Throws: ``OpenSystemError/domain(_:)`` where the energies are not those of H, or where the proof
  ///   fails for want of relations; ``OpenSystemError/arithmetic(_:)``.
  /// - Complexity: d² products of n×n matrices for d energies.
  public init(
    _ hamiltonian: Matrix<Complex<F>>, energies: [F],
    reduce: (Complex<F>) throws(ArithmeticError) -> Complex<F> = { $0 }
  ) throws(OpenSystemError) {
    let n = hamiltonian.rowCount
    let one = Matrix<Complex<F>>.identity(n)
    do throws(ArithmeticError) {
      var projectors: [Matrix<Complex<F>>] = []
      var sum = Matrix<Complex<F>>(rows: n, columns: n)
      for (k, energy) in energies.enumerated() {
        var projector = one
        for (j, other) in energies.enumerated() where j != k {
          let distance = try reduce(Complex(energy - other))
          let factor = try reduce(Complex.one / distance)
          let step = factor * (hamiltonian - Complex(other) * one)
          projector = try (projector * step).map(reduce)
        }
        let defect = try (hamiltonian * projector - Complex(energy) * projector).map(reduce)
        guard defect.elements.allSatisfy(\.isZero) else {
          throw .domain("\(energy) is not proved to be an energy of the Hamiltonian")
        }
        projectors.append(projector)
        sum = sum + projector
      }
      guard try (sum - one).map(reduce).elements.allSatisfy(\.isZero) else {
        throw .domain("the energies are not all those of the Hamiltonian")
      }
      self.energies = energies
      self.projectors = projectors
      levelOfState = nil
    } catch {
      throw .arithmetic(error)
    }
  }
}
