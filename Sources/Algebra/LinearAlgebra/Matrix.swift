import Arbitrary
import Exact

/// A dense matrix over a ring, row by row.
public struct Matrix<Element: Ring>: Sendable, Equatable {
  public let rowCount: Int
  public let columnCount: Int
  /// The elements, row by row.
  public var elements: [Element]

  /// A matrix of zeros.
  @inlinable public init(rows: Int, columns: Int) {
    rowCount = rows
    columnCount = columns
    elements = Array(repeating: .zero, count: rows * columns)
  }

  /// A matrix whose element at (row, column), counted from zero, is given by a function.
  @inlinable public init<E: Error>(
    rows: Int, columns: Int, _ element: (Int, Int) throws(E) -> Element
  ) throws(E) {
    rowCount = rows
    columnCount = columns
    elements = []
    elements.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { elements.append(try element(row, column)) }
    }
  }

  /// The identity.
  @inlinable public static func identity(_ size: Int) -> Matrix {
    Matrix(rows: size, columns: size) { $0 == $1 ? .one : .zero }
  }

  @inlinable public var isSquare: Bool { rowCount == columnCount }

  /// The element at a row and a column, counted from zero.
  @inlinable public subscript(row: Int, column: Int) -> Element {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  /// The matrix with each element mapped into another ring.
  @inlinable public func map<R: Ring, E: Error>(
    _ transform: (Element) throws(E) -> R
  ) throws(E) -> Matrix<R> {
    var result = Matrix<R>(rows: rowCount, columns: columnCount)
    for index in elements.indices { result.elements[index] = try transform(elements[index]) }
    return result
  }

  @inlinable public var transpose: Matrix {
    Matrix(rows: columnCount, columns: rowCount) { self[$1, $0] }
  }

  @inlinable public static func + (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.rowCount == b.rowCount && a.columnCount == b.columnCount, "shapes differ")
    var sum = a
    for index in sum.elements.indices { sum.elements[index] += b.elements[index] }
    return sum
  }

  @inlinable public static func - (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.rowCount == b.rowCount && a.columnCount == b.columnCount, "shapes differ")
    var difference = a
    for index in difference.elements.indices { difference.elements[index] -= b.elements[index] }
    return difference
  }

  @inlinable public static prefix func - (a: Matrix) -> Matrix {
    var negative = a
    for index in negative.elements.indices { negative.elements[index] = -a.elements[index] }
    return negative
  }

  /// The matrix product; zeros of the left factor cost nothing.
  @inlinable public static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columnCount == b.rowCount, "shapes do not fit")
    var product = Matrix(rows: a.rowCount, columns: b.columnCount)
    for i in 0..<a.rowCount {
      for k in 0..<a.columnCount {
        let factor = a[i, k]
        if factor.isZero { continue }
        for j in 0..<b.columnCount {
          let other = b[k, j]
          if !other.isZero { product[i, j] += factor * other }
        }
      }
    }
    return product
  }

  @inlinable public static func * (factor: Element, a: Matrix) -> Matrix {
    var scaled = a
    for index in scaled.elements.indices { scaled.elements[index] = factor * a.elements[index] }
    return scaled
  }

  /// The sum of the diagonal.
  @inlinable public var trace: Element {
    var sum = Element.zero
    for index in 0..<min(rowCount, columnCount) { sum += self[index, index] }
    return sum
  }

  /// The Kronecker product: the first factor's indices are the more significant.
  @inlinable public func kronecker(_ other: Matrix) -> Matrix {
    Matrix(rows: rowCount * other.rowCount, columns: columnCount * other.columnCount) {
      row, column in
      let factor = self[row / other.rowCount, column / other.columnCount]
      return factor.isZero
        ? .zero : factor * other[row % other.rowCount, column % other.columnCount]
    }
  }

  /// The submatrix of the given rows and columns, in their order.
  @inlinable public func submatrix(rows: [Int], columns: [Int]) -> Matrix {
    Matrix(rows: rows.count, columns: columns.count) { self[rows[$0], columns[$1]] }
  }
}

extension Matrix: Hashable where Element: Hashable {}

extension Matrix: CustomStringConvertible {
  public var description: String {
    (0..<rowCount).map { row in
      "[" + (0..<columnCount).map { "\(self[row, $0])" }.joined(separator: ", ") + "]"
    }.joined(separator: "\n")
  }
}
