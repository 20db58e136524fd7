import Algebra
import Arbitrary
import Exact

/// The Floquet operator K = H(t) - i d/dt on Fourier coefficients, applied to finite vectors in any ring.
///
/// (Kw)(n) = (H₀ + nω) w(n) + Σ_k (V_k w(n - k) + V_k† w(n + k)): a vector that ends at |n| = M is mapped to one
/// that ends at M + B, B the highest harmonic, without any cut.
struct FloquetMatrix<F: Ring> {
  private struct Entry {
    let row: Int
    let column: Int
    let value: Complex<F>
  }

  let size: Int
  let reach: Int
  private let frequency: F
  private let hamiltonian: [Entry]
  /// By the shift k of either sign.
  private let drive: [(shift: Int, entries: [Entry])]

  init(_ system: DrivenSystem<F>) {
    size = system.dimension
    reach = system.harmonics.last?.order ?? 0
    frequency = system.frequency
    func entries(_ matrix: Operator<F>) -> [Entry] {
      var result: [Entry] = []
      for row in 0..<matrix.rowCount {
        for column in 0..<matrix.columnCount where !matrix[row, column].isZero {
          result.append(Entry(row: row, column: column, value: matrix[row, column]))
        }
      }
      return result
    }
    hamiltonian = entries(system.hamiltonian)
    drive = system.harmonics.flatMap {
      [
        ($0.order, entries($0.operation)), (-$0.order, entries($0.operation.adjoint())),
      ]
    }
  }

  /// - Parameter vector: w(n) for n = first, first + 1, …; `size` numbers each.
  /// - Returns: (Kw)(n) from n = first - reach on.
  func apply(_ vector: [[Complex<F>]], first: Int) -> [[Complex<F>]] {
    var result = [[Complex<F>]](
      repeating: [Complex<F>](repeating: .zero, count: size), count: vector.count + 2 * reach)
    for (index, block) in vector.enumerated() {
      let energy = F(Integer(first + index)) * frequency
      for k in 0..<size { result[index + reach][k] += energy * block[k] }
      for entry in hamiltonian {
        result[index + reach][entry.row] += entry.value * block[entry.column]
      }
      for (shift, entries) in drive {
        for entry in entries {
          result[index + reach + shift][entry.row] += entry.value * block[entry.column]
        }
      }
    }
    return result
  }
}

extension FloquetMatrix where F == Double {
  /// The factors of K - σ cut at the indices first...last.
  func factors(first: Int, last: Int, shift: Double) throws(FloquetError) -> BandedSolver {
    let count = last - first + 1
    let band = reach * size + size - 1
    return try BandedSolver(size: count * size, band: band) { add in
      for index in 0..<count {
        let base = index * size
        for k in 0..<size {
          add(base + k, base + k, Double(first + index) * frequency - shift, 0)
        }
        for entry in hamiltonian {
          add(base + entry.row, base + entry.column, entry.value.re, entry.value.im)
        }
        for (shift, entries) in drive where (0..<count).contains(index + shift) {
          for entry in entries {
            add(
              base + shift * size + entry.row, base + entry.column, entry.value.re, entry.value.im)
          }
        }
      }
    }
  }
}
