import Arbitrary
import Exact

/// All solutions of A·x = b over an exact field.
public enum LinearSolution<F: Field>: Sendable, Equatable {
  /// There is exactly one.
  case unique([F])
  /// One solution, and a basis of the null space of A: their sums are all solutions.
  case affine([F], nullSpace: [[F]])
  /// There is none.
  case inconsistent

  /// A solution, where there is one.
  public var particular: [F]? {
    switch self {
    case .unique(let x), .affine(let x, _): x
    case .inconsistent: nil
    }
  }
}

extension SparseMatrix where Element: Field {
  /// All solutions of `self · x = right`, for any shape and rank.
  ///
  /// Over an exact field the answer is proved. Over rational functions it is that for generic
  /// parameters.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` over rounded fields and enclosures, unless the matrix is
  ///   known to be regular; ``ArithmeticError/limit(_:)``.
  public func solutions(
    of right: [Element], limit: EliminationLimit = .standard
  ) throws(ArithmeticError) -> LinearSolution<Element> {
    precondition(right.count == rowCount, "shapes do not fit")
    if !Element.isExact { return .unique(try solve(right, limit: limit)) }
    if Element.self == Complex<RationalFunction>.self, rowCount == columnCount {
      // Regular systems take the fast road; the others elimination.
      do { return .unique(try solve(right, limit: limit)) } catch ArithmeticError.domain {}
    }
    let system = bordered(right)
    let vectors: [[Element]]
    let functions = system as? SparseMatrix<RationalFunction>
    let kernel = try functions.flatMap { system throws(ArithmeticError) in
      try FunctionKernel.found(system, pivotLimit: columnCount, limit: limit)
    }
    if let kernel, kernel.hasLeftoverRows,
      try nullSpace(limit: limit).count == columnCount - kernel.rank
    {
      // At a point modulo a prime [A b] has a greater rank than A. As A has that same rank over the
      // field, which its null space proves, the field's [A b] has a greater one too.
      return .inconsistent
    }
    if let kernel, !kernel.hasLeftoverRows, let found = kernel.vectors as? [[Element]] {
      vectors = found
    } else {
      // Over functions, where images proved nothing.
      let elimination = try Elimination(system, pivotLimit: columnCount, limit: limit)
      if !elimination.leftover.isEmpty { return .inconsistent }
      vectors = elimination.nullSpace()
    }
    // The last column holds no pivot, so that its vector is the last.
    guard let particular = vectors.last else { return .inconsistent }
    let basis = vectors.dropLast().map { Array($0.dropLast()) }
    let x = Array(particular.dropLast())
    return basis.isEmpty ? .unique(x) : .affine(x, nullSpace: basis)
  }

  /// [A | -b].
  func bordered(_ right: [Element]) -> SparseMatrix {
    var bordered = SparseMatrix(columns: columnCount + 1, sortedRows: rows)
    for (row, value) in right.enumerated() where !value.isZero {
      bordered.rows[row].append(Entry(column: columnCount, value: -value))
    }
    return bordered
  }
}
