import Algebra
import Arbitrary
import Exact

/// The real coordinates of Hermitian n×n matrices: first the n diagonal elements, then for each pair
/// i < j, row by row, Re ρ_ij and Im ρ_ij.
///
/// In these a generator that preserves Hermiticity is a real n²×n² matrix: the exact road works over
/// the real field alone, where every operation costs a quarter of a complex one.
public struct HermitianCoordinates: Sendable, Equatable {
  /// The size of the matrices.
  public let size: Int

  public init(size: Int) { self.size = size }

  /// The number of coordinates, size².
  public var count: Int { size * size }

  /// The place of Re ρ_ij.
  ///
  /// - Precondition: i < j.
  @inline(__always) func real(_ i: Int, _ j: Int) -> Int {
    // Row i of the strict upper triangle starts after the i rows above, of n-1, n-2, … pairs.
    size + 2 * (i * (2 * size - i - 1) / 2 + (j - i - 1))
  }

  /// The coordinates of a Hermitian matrix; its lower triangle is not read.
  ///
  /// - Precondition: a square matrix of the given size.
  public func vector<F: Ring>(_ matrix: Matrix<Complex<F>>) -> [F] {
    precondition(matrix.rowCount == size && matrix.columnCount == size, "shapes do not fit")
    var result = [F](repeating: .zero, count: count)
    for i in 0..<size {
      result[i] = matrix[i, i].re
      for j in (i + 1)..<size {
        let place = real(i, j)
        result[place] = matrix[i, j].re
        result[place + 1] = matrix[i, j].im
      }
    }
    return result
  }

  /// The Hermitian matrix with the given coordinates.
  ///
  /// - Precondition: size² coordinates.
  public func matrix<F: Ring>(_ vector: [F]) -> Matrix<Complex<F>> {
    precondition(vector.count == count, "shapes do not fit")
    return Matrix(rows: size, columns: size) { i, j in
      if i == j { return Complex(vector[i]) }
      let place = real(min(i, j), max(i, j))
      let value = Complex(re: vector[place], im: vector[place + 1])
      return i < j ? value : value.conj
    }
  }
}

extension Liouvillian {
  /// The coordinates in which ``realGenerator()`` is written.
  public var coordinates: HermitianCoordinates {
    HermitianCoordinates(size: model.space.dimension)
  }

  /// The generator on the real coordinates of Hermitian matrices.
  ///
  /// The rows of the diagonal elements add up to zero, because the trace is conserved.
  ///
  /// - Complexity: as ``superoperator()``.
  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  public func realGenerator() -> SparseMatrix<F> {
    let place = coordinates
    var entries: [(row: Int, column: Int, value: F)] = []
    func add(_ row: Int, _ column: Int, _ value: F) {
      if !value.isZero { entries.append((row, column, value)) }
    }
    contributions(upperOnly: true) { i, j, k, l, value in
      if k == l {
        if i == j {
          add(i, k, value.re)
        } else {
          let row = place.real(i, j)
          add(row, k, value.re)
          add(row + 1, k, value.im)
        }
        return
      }
      // value·(x ± iy) with the sign of the triangle that (k, l) is in.
      let column = place.real(min(k, l), max(k, l))
      let im = k < l ? value.im : -value.im
      let re = k < l ? value.re : -value.re
      if i == j {
        add(i, column, value.re)
        add(i, column + 1, -im)
      } else {
        let row = place.real(i, j)
        add(row, column, value.re)
        add(row, column + 1, -im)
        add(row + 1, column, value.im)
        add(row + 1, column + 1, re)
      }
    }
    return SparseMatrix(rows: place.count, columns: place.count, entries: entries)
  }
}
