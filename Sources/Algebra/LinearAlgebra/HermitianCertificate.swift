import Arbitrary
import Exact

/// What the sign of an element of an ordered field is known to be.
public enum KnownSign: Sendable, Equatable {
  case negative, zero, positive
}

/// The sign of a Hermitian matrix with a proof that anybody can replay: either P†AP = L·D·L† with a
/// unit lower triangular L and a diagonal D ≥ 0, or a vector v with v†Av < 0.
///
/// Where the elements are functions of parameters, all rests on the signs that an oracle gives to
/// finitely many of them: ``pivots``, or ``Verdict/indefinite(vector:value:)``'s value. The identities
/// hold exactly, for all parameters for which no denominator vanishes.
public struct HermitianCertificate<F: Field>: Sendable {
  /// What was found.
  public enum Verdict: Sendable, Equatable {
    /// A > 0.
    case positiveDefinite
    /// A ≥ 0 with a null space of this dimension.
    case positiveSemidefinite(nullity: Int)
    /// v†Av is the value, which is negative.
    case indefinite(vector: [Complex<F>], value: F)
    /// The oracle does not know the sign of this element; what the matrix is depends on it.
    case undecided(F)
  }

  public let matrix: Matrix<Complex<F>>
  /// Row and column i of P†AP are row and column `order[i]` of A.
  public let order: [Int]
  /// L, of as many columns as there are pivots.
  public let lower: Matrix<Complex<F>>
  /// The diagonal of D: positive, in the order of elimination.
  public let pivots: [F]
  public let verdict: Verdict

  /// Decides the sign of a Hermitian matrix over an exact field.
  ///
  /// Pivots are taken from the diagonal. Where no diagonal element of what remains is positive, a
  /// negative one shows that the matrix is indefinite; where all are zero, any other element does.
  ///
  /// - Parameter sign: the sign of an element of the field; nil where it is not known.
  /// - Throws: ``ArithmeticError/domain(_:)`` for a matrix that is not exactly Hermitian;
  ///   ``ArithmeticError/limit(_:)`` where an element outgrows the limit.
  /// - Complexity: O(n³) operations of the field.
  public init(
    _ matrix: Matrix<Complex<F>>, limit: EliminationLimit = .standard,
    sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(ArithmeticError) {
    let n = matrix.rowCount
    guard matrix.isSquare else { throw .domain("a matrix that is not square has no sign") }
    for i in 0..<n {
      for j in 0...i where !(matrix[i, j] - matrix[j, i].conj).isZero {
        throw .domain("elements (\(i), \(j)) and (\(j), \(i)) are not conjugate")
      }
    }
    let sizeLimit = Elimination<Complex<F>>.sizeLimit(limit)
    var rest = matrix
    var order = Array(0..<n)
    // Columns of L over the original indices.
    var columns: [[Complex<F>]] = []
    var pivots: [F] = []
    var verdict: Verdict?
    while pivots.count < n && verdict == nil {
      let step = pivots.count
      // The positive diagonal element that costs least; a negative or unknown one settles or stops.
      var best: Int?
      var bestCost = Double.infinity
      var unknown: F?
      for place in step..<n {
        let value = rest[order[place], order[place]].re
        guard let cost = value.pivotCost else { continue }
        if best != nil && cost >= bestCost { continue }
        switch try sign(value) {
        case .positive:
          best = place
          bestCost = cost
        case .negative:
          verdict = .indefinite(
            vector: try HermitianCertificate.lifted(
              [(order[place], .one)], columns, order, n), value: value)
        case .zero: break
        case nil: unknown = value
        }
        if verdict != nil { break }
      }
      if verdict != nil { break }
      guard let best else {
        if let unknown {
          verdict = .undecided(unknown)
          break
        }
        verdict = try HermitianCertificate.remainder(rest, columns, order, step, sign)
        break
      }
      order.swapAt(step, best)
      let k = order[step]
      let pivot = rest[k, k].re
      let inverse = Complex(try pivot.inverse())
      var column = [Complex<F>](repeating: .zero, count: n)
      column[k] = .one
      for place in (step + 1)..<max(n, step + 1) {
        let i = order[place]
        if !rest[i, k].isZero { column[i] = rest[i, k] * inverse }
      }
      for place in (step + 1)..<max(n, step + 1) where !column[order[place]].isZero {
        let i = order[place]
        for other in (step + 1)...place where !rest[order[other], k].isZero {
          let j = order[other]
          let value = rest[i, j] - column[i] * rest[k, j]
          try Elimination<Complex<F>>.check(value, sizeLimit)
          rest[i, j] = value
          rest[j, i] = value.conj
        }
      }
      columns.append(column)
      pivots.append(pivot)
    }
    self.matrix = matrix
    self.order = order
    self.pivots = pivots
    lower = Matrix(rows: n, columns: columns.count) { columns[$1][order[$0]] }
    self.verdict = verdict ?? .positiveDefinite
  }

  /// What a remainder says whose diagonal is zero.
  private static func remainder(
    _ rest: Matrix<Complex<F>>, _ columns: [[Complex<F>]], _ order: [Int], _ step: Int,
    _ sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(ArithmeticError) -> Verdict {
    for place in step..<order.count {
      let i = order[place]
      for other in step..<place {
        let j = order[other]
        let element = rest[i, j]
        if element.isZero { continue }
        // With u = -r_ij e_i + e_j and r_ii = r_jj = 0: u†ru = -2|r_ij|².
        let value = -(element.normSquared + element.normSquared)
        guard try sign(value) == .negative else { return .undecided(value) }
        return .indefinite(
          vector: try lifted([(i, -element), (j, .one)], columns, order, order.count),
          value: value)
      }
    }
    return .positiveSemidefinite(nullity: order.count - step)
  }

  /// The vector v with v†Av = u†Su for a vector u on the remainder S: L†v = u on the pivots, with zeros.
  private static func lifted(
    _ u: [(index: Int, value: Complex<F>)], _ columns: [[Complex<F>]], _ order: [Int], _ n: Int
  ) throws(ArithmeticError) -> [Complex<F>] {
    var v = [Complex<F>](repeating: .zero, count: n)
    for (index, value) in u { v[index] = value }
    for step in columns.indices.reversed() {
      // Column `step` of L is orthogonal to v.
      var sum = Complex<F>.zero
      for index in 0..<n where index != order[step] && !columns[step][index].isZero {
        sum += columns[step][index].conj * v[index]
      }
      v[order[step]] = -sum
    }
    return v
  }

  /// Replays the proof: the identity in exact arithmetic, and the signs.
  ///
  /// - Returns: whether the verdict follows. An undecided one is not confirmed.
  public func verify(
    sign: (F) throws(ArithmeticError) -> KnownSign?
  ) throws(ArithmeticError) -> Bool {
    let n = matrix.rowCount
    switch verdict {
    case .undecided: return false
    case .indefinite(let vector, let value):
      guard vector.count == n else { return false }
      var sum = Complex<F>.zero
      for i in 0..<n where !vector[i].isZero {
        for j in 0..<n where !vector[j].isZero {
          sum += vector[i].conj * matrix[i, j] * vector[j]
        }
      }
      return (sum - Complex(value)).isZero ? try sign(value) == .negative : false
    case .positiveDefinite, .positiveSemidefinite:
      let rank = pivots.count
      if case .positiveSemidefinite(let nullity) = verdict {
        if rank + nullity != n { return false }
      } else if rank != n {
        return false
      }
      guard lower.rowCount == n, lower.columnCount == rank, Set(order) == Set(0..<n) else {
        return false
      }
      for pivot in pivots where try sign(pivot) != .positive { return false }
      for i in 0..<n {
        for j in 0..<rank where i <= j {
          if !(lower[i, j] - (i == j ? .one : .zero)).isZero { return false }
        }
        for j in 0..<n {
          var sum = Complex<F>.zero
          for k in 0..<rank where !lower[i, k].isZero && !lower[j, k].isZero {
            sum += lower[i, k] * Complex(pivots[k]) * lower[j, k].conj
          }
          if !(sum - matrix[order[i], order[j]]).isZero { return false }
        }
      }
      return true
    }
  }
}

extension HermitianCertificate where F: Comparable {
  /// Decides the sign of a Hermitian matrix over an ordered exact field.
  ///
  /// - Throws: as ``init(_:limit:sign:)``.
  public init(
    _ matrix: Matrix<Complex<F>>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) {
    try self.init(matrix, limit: limit, sign: HermitianCertificate.order)
  }

  /// Replays the proof in the field's order.
  public func verify() throws(ArithmeticError) -> Bool {
    try verify(sign: HermitianCertificate.order)
  }

  private static func order(_ value: F) throws(ArithmeticError) -> KnownSign? {
    value < .zero ? .negative : value > .zero ? .positive : value.isZero ? .zero : nil
  }
}
