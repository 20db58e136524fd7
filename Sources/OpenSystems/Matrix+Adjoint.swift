import Algebra
import Arbitrary
import Exact

/// A square matrix that acts on states: element (i, j) is <i|A|j>.
public typealias Operator<F: Ring> = Matrix<Complex<F>>

extension Matrix {
  /// The conjugate transpose.
  public func adjoint<F: Ring>() -> Matrix where Element == Complex<F> {
    Matrix(rows: columnCount, columns: rowCount) { self[$1, $0].conj }
  }

  /// The matrix of conjugates.
  public func conjugate<F: Ring>() -> Matrix where Element == Complex<F> {
    Matrix(rows: rowCount, columns: columnCount) { self[$0, $1].conj }
  }

  /// AB - BA.
  public static func commutator(_ a: Matrix, _ b: Matrix) -> Matrix { a * b - b * a }

  /// AB + BA.
  public static func anticommutator(_ a: Matrix, _ b: Matrix) -> Matrix { a * b + b * a }

  /// tr(self · state), the expectation value of an operator in a state.
  ///
  /// - Precondition: equal square shapes.
  /// - Complexity: O(n²) multiplications for n×n matrices.
  public func expectation(in state: Matrix) -> Element {
    precondition(
      rowCount == state.columnCount && columnCount == state.rowCount, "shapes do not fit")
    var sum = Element.zero
    for row in 0..<rowCount {
      for column in 0..<columnCount where !self[row, column].isZero {
        sum += self[row, column] * state[column, row]
      }
    }
    return sum
  }

  /// The first place, row by row, whose element is not known to be the conjugate of its mirror
  /// image; nil for a matrix that is Hermitian.
  public func hermitianDefect<F: Ring>() -> (row: Int, column: Int)?
  where Element == Complex<F> {
    for row in 0..<rowCount {
      for column in row..<columnCount
      where !(self[row, column] - self[column, row].conj).isZero {
        return (row, column)
      }
    }
    return nil
  }

  /// (A + A†)/2.
  public func hermitianPart<F: Field>() -> Matrix where Element == Complex<F> {
    Complex(F.half) * (self + adjoint())
  }
}
