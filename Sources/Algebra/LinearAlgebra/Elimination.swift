import Arbitrary
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

  /// Whether no row was left over. Over enclosures a row can be left in which every value may be zero
  /// but none is known to be: the rank is then not decided. Where pivots are limited to some columns,
  /// a row without elements there is left over too: a system [A | -b] then has no solution.
  public let isRankDecided: Bool

  /// The rows that are left over, without a pivot.
  let leftover: [[SparseMatrix<F>.Entry]]

  public var rank: Int { steps.count }

  /// Reduces the matrix.
  ///
  /// - Parameters:
  ///   - pivotLimit: columns from this one on hold no pivot; by default all may.
  ///   - limit: over exact fields, the size of an element beyond which it gives up.
  /// - Throws: ``ArithmeticError`` of the field's division, ``ArithmeticError/limit(_:)``.
  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  @specialized(where F == Double)
  @specialized(where F == Ball)
  @specialized(where F == Interval)
  public init(
    _ matrix: SparseMatrix<F>, pivotLimit: Int? = nil, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) {
    let sizeLimit = Elimination.sizeLimit(limit)
    let pivotLimit = pivotLimit ?? matrix.columnCount
    columnCount = matrix.columnCount
    var active = matrix.rows.filter { !$0.isEmpty }
    var columnUse = [Int](repeating: 0, count: matrix.columnCount)
    for row in active { for entry in row { columnUse[entry.column] += 1 } }
    var steps: [Step] = []
    var used = Set<Int>()

    while let (index, position) = Elimination.choosePivot(active, columnUse, pivotLimit) {
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
        active[target] = try Elimination.subtract(
          rest, times: factor, from: active[target], dropping: pivot.column, sizeLimit)
        for entry in active[target] { columnUse[entry.column] += 1 }
      }
      active.removeAll(where: \.isEmpty)
    }
    self.steps = steps
    freeColumns = (0..<matrix.columnCount).filter { !used.contains($0) }
    isRankDecided = active.isEmpty
    leftover = active
  }

  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  @specialized(where F == Double)
  @specialized(where F == Ball)
  @specialized(where F == Interval)
  private static func choosePivot(
    _ rows: [[SparseMatrix<F>.Entry]], _ columnUse: [Int], _ pivotLimit: Int
  ) -> (row: Int, position: Int)? {
    var best: (row: Int, position: Int)?
    var bestFill = Int.max
    var bestCost = Double.infinity
    for (index, row) in rows.enumerated() {
      for (position, entry) in row.enumerated() where entry.column < pivotLimit {
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
  @specialized(where F == Double)
  @specialized(where F == Ball)
  @specialized(where F == Interval)
  private static func subtract(
    _ rest: [SparseMatrix<F>.Entry], times factor: F, from row: [SparseMatrix<F>.Entry],
    dropping column: Int, _ sizeLimit: Double
  ) throws(ArithmeticError) -> [SparseMatrix<F>.Entry] {
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
        try check(factor, times: rest[j].value, sizeLimit)
        let value = -(factor * rest[j].value)
        try check(value, sizeLimit)
        result.append(.init(column: rest[j].column, value: value))
        j += 1
      } else {
        try check(factor, times: rest[j].value, sizeLimit)
        let value = row[i].value - factor * rest[j].value
        try check(value, sizeLimit)
        if !value.isZero { result.append(.init(column: row[i].column, value: value)) }
        i += 1
        j += 1
      }
    }
    return result
  }

  /// In the units of ``Field/pivotCost``: terms of functions, bits of numbers; none where nothing grows.
  static func sizeLimit(_ limit: EliminationLimit) -> Double {
    if !F.isExact { return .infinity }
    let isFunction = F.self == RationalFunction.self || F.self == Complex<RationalFunction>.self
    return Double(limit.terms) * (isFunction ? 1 : 100_000)
  }

  /// Before a product, so that none is started that takes long by itself.
  @inline(__always) static func check(
    _ a: F, times b: F, _ sizeLimit: Double
  ) throws(ArithmeticError) {
    if sizeLimit < .infinity, let x = a.pivotCost, let y = b.pivotCost, x * y > sizeLimit * 200 {
      throw .limit("a product of elements of the sizes \(Int(x)) and \(Int(y)) in an elimination")
    }
  }

  @inline(__always) static func check(
    _ value: F, _ sizeLimit: Double
  ) throws(ArithmeticError) {
    if sizeLimit < .infinity, let size = value.pivotCost, size > sizeLimit {
      throw .limit("an element of size \(Int(size)) in an elimination")
    }
  }

  /// A basis of the null space: one vector a free column, with 1 there and 0 at the other free
  /// columns.
  @specialized(where F == RationalFunction)
  @specialized(where F == Rational)
  @specialized(where F == Double)
  @specialized(where F == Ball)
  @specialized(where F == Interval)
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
