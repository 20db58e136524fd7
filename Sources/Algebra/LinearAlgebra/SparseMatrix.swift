import Exact

/// A matrix over a ring that stores what is not known to be zero, row by row.
public struct SparseMatrix<Element: Ring>: Sendable {
  /// One element of a row.
  public struct Entry: Sendable {
    public let column: Int
    public var value: Element

    @inlinable public init(column: Int, value: Element) {
      self.column = column
      self.value = value
    }
  }

  public let columnCount: Int
  /// Each row's entries, columns increasing, no value known to be zero.
  public internal(set) var rows: [[Entry]]

  public var rowCount: Int { rows.count }

  /// A matrix from contributions in any order; those at the same place add up.
  @specialized(where Element == RationalFunction)
  @specialized(where Element == Rational)
  public init(rows: Int, columns: Int, entries: [(row: Int, column: Int, value: Element)]) {
    columnCount = columns
    var gathered = [[Int: Element]](repeating: [:], count: rows)
    for entry in entries { gathered[entry.row][entry.column, default: .zero] += entry.value }
    self.rows = gathered.map { row in
      row.filter { !$0.value.isZero }.sorted { $0.key < $1.key }
        .map { Entry(column: $0.key, value: $0.value) }
    }
  }

  /// A matrix of rows whose entries are sorted by column and not known to be zero.
  init(columns: Int, sortedRows: [[Entry]]) {
    columnCount = columns
    rows = sortedRows
  }

  public init(_ matrix: Matrix<Element>) {
    columnCount = matrix.columnCount
    rows = (0..<matrix.rowCount).map { row in
      (0..<matrix.columnCount).compactMap {
        matrix[row, $0].isZero ? nil : Entry(column: $0, value: matrix[row, $0])
      }
    }
  }

  /// The same matrix, dense.
  public var dense: Matrix<Element> {
    var result = Matrix<Element>(rows: rowCount, columns: columnCount)
    for (row, entries) in rows.enumerated() {
      for entry in entries { result[row, entry.column] = entry.value }
    }
    return result
  }

  /// The number of stored elements.
  public var entryCount: Int { rows.reduce(0) { $0 + $1.count } }

  public func map<R: Ring, E: Error>(
    _ transform: (Element) throws(E) -> R
  ) throws(E) -> SparseMatrix<R> {
    var entries: [(row: Int, column: Int, value: R)] = []
    for (row, list) in rows.enumerated() {
      for entry in list { entries.append((row, entry.column, try transform(entry.value))) }
    }
    return SparseMatrix<R>(rows: rowCount, columns: columnCount, entries: entries)
  }

  /// The product with a column vector.
  public static func * (a: SparseMatrix, x: [Element]) -> [Element] {
    precondition(a.columnCount == x.count, "shapes do not fit")
    return a.rows.map { row in
      var sum = Element.zero
      for entry in row { sum += entry.value * x[entry.column] }
      return sum
    }
  }
}
