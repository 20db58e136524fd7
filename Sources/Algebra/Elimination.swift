import Exact

/// Gaussian elimination over any field, sparse, with the pivot order chosen for what the field needs:
/// over exact fields few fill-ins and small values (Markowitz 1957), over rounded ones and enclosures
/// the greatest magnitude.
public struct Elimination<F: Field>: Sendable {
  /// A row divided by its pivot: `x[column] + Σ value·x[other] = 0`, the pivot itself left out.
  struct Step: Sendable {
    let column: Int
    let rest: [SparseMatrix<F>.Entry]
  }

  /// Pivots in the order of elimination; a row refers only to later pivots and to free columns.
  let steps: [Step]
  public let columnCount: Int

  /// The columns without a pivot, increasing: as many as the null space has dimensions, where no
  /// remainder was left undecided.
  public let freeColumns: [Int]

  /// Whether a row was left in which every value may be zero but none is known to be: over
  /// enclosures the rank is then not decided.
  public let isRankDecided: Bool

  public var rank: Int { steps.count }

  /// Reduces the matrix.
  ///
  /// - Throws: ``ArithmeticError`` of the field's division.
  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  public init(_ matrix: SparseMatrix<F>) throws(ArithmeticError) {
    columnCount = matrix.columnCount
    var active = matrix.rows.filter { !$0.isEmpty }
    var columnUse = [Int](repeating: 0, count: matrix.columnCount)
    for row in active { for entry in row { columnUse[entry.column] += 1 } }
    var steps: [Step] = []
    var used = Set<Int>()

    while let (index, position) = Elimination.choosePivot(active, columnUse) {
      let row = active.remove(at: index)
      for entry in row { columnUse[entry.column] -= 1 }
      let pivot = row[position]
      let inverse = try pivot.value.inverse()
      var rest: [SparseMatrix<F>.Entry] = []
      rest.reserveCapacity(row.count - 1)
      for (place, entry) in row.enumerated() where place != position {
        rest.append(.init(column: entry.column, value: entry.value * inverse))
      }
      steps.append(Step(column: pivot.column, rest: rest))
      used.insert(pivot.column)
      for target in active.indices {
        guard let hit = active[target].firstIndex(where: { $0.column == pivot.column }) else {
          continue
        }
        for entry in active[target] { columnUse[entry.column] -= 1 }
        let factor = active[target][hit].value
        active[target] = Elimination.subtract(
          rest, times: factor, from: active[target], dropping: pivot.column)
        for entry in active[target] { columnUse[entry.column] += 1 }
      }
      active.removeAll(where: \.isEmpty)
    }
    self.steps = steps
    freeColumns = (0..<matrix.columnCount).filter { !used.contains($0) }
    isRankDecided = active.isEmpty
  }

  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  private static func choosePivot(
    _ rows: [[SparseMatrix<F>.Entry]], _ columnUse: [Int]
  ) -> (row: Int, position: Int)? {
    var best: (row: Int, position: Int)?
    var bestFill = Int.max
    var bestCost = Double.infinity
    for (index, row) in rows.enumerated() {
      for (position, entry) in row.enumerated() {
        let fill = F.isExact ? (row.count - 1) * (columnUse[entry.column] - 1) : 0
        if fill > bestFill { continue }
        guard let cost = entry.value.pivotCost else { continue }
        if best == nil || fill < bestFill || (fill == bestFill && cost < bestCost) {
          best = (index, position)
          bestFill = fill
          bestCost = cost
        }
      }
    }
    return best
  }

  /// `row - factor · rest`, the pivot's column left out; both sorted by column.
  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  private static func subtract(
    _ rest: [SparseMatrix<F>.Entry], times factor: F, from row: [SparseMatrix<F>.Entry],
    dropping column: Int
  ) -> [SparseMatrix<F>.Entry] {
    var result: [SparseMatrix<F>.Entry] = []
    result.reserveCapacity(row.count + rest.count)
    var i = 0
    var j = 0
    while i < row.count || j < rest.count {
      if i < row.count && row[i].column == column {
        i += 1
      } else if j == rest.count || (i < row.count && row[i].column < rest[j].column) {
        result.append(row[i])
        i += 1
      } else if i == row.count || rest[j].column < row[i].column {
        result.append(.init(column: rest[j].column, value: -(factor * rest[j].value)))
        j += 1
      } else {
        let value = row[i].value - factor * rest[j].value
        if !value.isZero { result.append(.init(column: row[i].column, value: value)) }
        i += 1
        j += 1
      }
    }
    return result
  }

  /// A basis of the null space: one vector a free column, with 1 there and 0 at the other free
  /// columns.
  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  public func nullSpace() -> [[F]] {
    freeColumns.map { free in
      var vector = [F](repeating: .zero, count: columnCount)
      vector[free] = .one
      for step in steps.reversed() {
        var sum = F.zero
        for entry in step.rest where !vector[entry.column].isZero {
          sum = sum + entry.value * vector[entry.column]
        }
        if !sum.isZero { vector[step.column] = -sum }
      }
      return vector
    }
  }
}

extension SparseMatrix where Element: Field {
  /// A basis of the null space; see ``Elimination/nullSpace()``.
  ///
  /// Over exact fields its size is the proved dimension.
  public func nullSpace() throws(ArithmeticError) -> [[Element]] {
    try Elimination(self).nullSpace()
  }

  /// The solution of `self · x = right`, for a square matrix of full rank.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where the matrix is singular, or may be.
  public func solve(_ right: [Element]) throws(ArithmeticError) -> [Element] {
    // The null vector of [A | -b] with 1 in the last place; the last column must stay free.
    var entries: [(row: Int, column: Int, value: Element)] = []
    for (row, list) in rows.enumerated() {
      for entry in list { entries.append((row, entry.column, entry.value)) }
      if !right[row].isZero { entries.append((row, columnCount, -right[row])) }
    }
    let elimination = try Elimination(
      SparseMatrix(rows: rowCount, columns: columnCount + 1, entries: entries))
    guard elimination.isRankDecided, elimination.freeColumns.count == 1,
      let solution = elimination.nullSpace().first,
      let scale = try? solution[columnCount].inverse()
    else { throw .domain("the linear system is singular, or cannot be told from a singular one") }
    return solution.dropLast().map { $0 * scale }
  }
}
