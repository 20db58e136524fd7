import Exact

/// Weights of the variables for which all terms of a polynomial have one degree, one weight being 1.
///
/// A factor of such a polynomial is homogeneous for the same weights. So the variable of weight 1 can
/// be set to one, the rest factored, and each factor completed again: one variable less.
struct ExponentGrading {
  /// The variable of weight 1.
  let variable: Int
  let weights: [Int]

  /// A grading of a polynomial that no variable divides; nil where there is none of the kind.
  ///
  /// Weights are the rational relations between the exponents of all terms, by elimination; one with
  /// an entry ±1 among the lowest-term generators is taken.
  static func find(_ polynomial: Polynomial) -> ExponentGrading? {
    let variables = polynomial.occurringVariables
    guard variables.count > 1, let last = polynomial.monomials.last else { return nil }
    let ring = polynomial.ring
    let base = variables.map { ring.exponent(last, of: $0) }
    var echelon: [(pivot: Int, row: [Int])] = []
    for monomial in polynomial.monomials.dropLast() {
      var row = variables.indices.map { ring.exponent(monomial, of: variables[$0]) - base[$0] }
      for (pivot, other) in echelon where row[pivot] != 0 {
        guard let next = cleared(row, by: other, pivot) else { return nil }
        row = next
      }
      guard let pivot = row.firstIndex(where: { $0 != 0 }) else { continue }
      for index in echelon.indices where echelon[index].row[pivot] != 0 {
        guard let next = cleared(echelon[index].row, by: row, pivot) else { return nil }
        echelon[index].row = next
      }
      echelon.append((pivot, row))
      if echelon.count == variables.count { return nil }
    }
    // Each free column gives a relation: its own weight 1, and for a pivot -row[free]/row[pivot].
    let pivots = Set(echelon.map(\.pivot))
    for free in variables.indices where !pivots.contains(free) {
      let scale = echelon.reduce(1) { $1.row[free] == 0 ? $0 : lcm($0, $1.row[$1.pivot]) }
      var weights = [Int](repeating: 0, count: ring.variables.count)
      weights[variables[free]] = scale
      for (pivot, row) in echelon { weights[variables[pivot]] = -row[free] * (scale / row[pivot]) }
      guard let unit = variables.last(where: { abs(weights[$0]) == 1 }),
        weights.allSatisfy({ abs($0) < 1 << 16 })
      else { continue }
      let sign = weights[unit]
      return ExponentGrading(variable: unit, weights: weights.map { $0 * sign })
    }
    return nil
  }

  /// The row without its entry at the pivot, its content divided out; nil for large entries.
  private static func cleared(_ row: [Int], by other: [Int], _ pivot: Int) -> [Int]? {
    let a = other[pivot]
    let b = row[pivot]
    let result = zip(row, other).map { a * $0 - b * $1 }
    guard result.allSatisfy({ abs($0) < 1 << 28 }) else { return nil }
    let common = result.reduce(0) { gcd($0, $1) }
    return common > 1 ? result.map { $0 / common } : result
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? abs(a) : gcd(b, a % b) }
  private static func lcm(_ a: Int, _ b: Int) -> Int { a / gcd(a, b) * abs(b) }

  /// The polynomial with the variable set to one. Terms stay apart: the grading tells the exponent.
  func reduced(_ polynomial: Polynomial) -> Polynomial {
    polynomial.substituting(variable, 1)
  }

  /// The homogeneous polynomial, free of the variable as a factor, that ``reduced(_:)`` takes to a
  /// given one; nil where the ring cannot hold it.
  func completed(_ polynomial: Polynomial) -> Polynomial? {
    let ring = polynomial.ring
    let degrees = polynomial.monomials.map { monomial in
      weights.indices.reduce(0) { $0 + weights[$1] * ring.exponent(monomial, of: $1) }
    }
    guard let highest = degrees.max() else { return polynomial }
    var terms: [(Monomial, Integer)] = []
    for (index, monomial) in polynomial.monomials.enumerated() {
      let exponent = highest - degrees[index]
      guard ring.totalDegree(monomial) + exponent <= ring.capacity else { return nil }
      terms.append(
        (
          monomial * ring.monomial(variable: variable, exponent: exponent),
          polynomial.coefficients[index]
        ))
    }
    return Polynomial(ring: ring, unsorted: terms)
  }
}
