import Exact

/// Small integer vectors m for which m₁·x₁ + … + mₙ·xₙ is small, for real numbers x given to some
/// bits.
///
/// The vectors (m, Σ mᵢ·Xᵢ) with Xᵢ = round(2^bits·xᵢ) form a lattice, whose reduced basis is given.
/// The digits of x are fed in from the top, some at a time, and the basis is reduced by floating-point
/// Gram-Schmidt at each stage; an exact reduction finishes. The floating-point stages only choose
/// unimodular steps, so rounding there costs time and never correctness.
///
/// Heuristic: a vector found is a relation only if something else proves it; but that no relation
/// shorter than ``shortestSquare`` exists is certain.
///
/// Source: Lenstra, Lenstra, Lovász 1982, section 1; Schnorr, Euchner 1994; van Hoeij, Novocin 2012
/// for the gradual feeding.
public struct IntegerRelations: Sendable {
  /// The candidates, each with n entries, in the order of the reduced basis: shortest first as a rule.
  public let vectors: [[Integer]]
  /// Every nonzero integer vector m satisfies Σ mᵢ² + (Σ mᵢ·Xᵢ)² ≥ this number.
  public let shortestSquare: Rational

  /// - Parameters:
  ///   - values: X₁ … Xₙ, not all zero, at least two.
  ///   - exchangeLimit: the exchanges of all stages together.
  /// - Throws: ``ArithmeticError/limit(_:)`` above ``LatticeReduction/dimensionLimit``, for values of
  ///   more than 900·n bits and after `exchangeLimit` exchanges; ``ArithmeticError/domain(_:)`` for
  ///   fewer than two values.
  /// - Complexity: O(n·bits) exchanges of O(n²) operations on words and doubles.
  public init(
    among values: [Integer], exchangeLimit: Int = LatticeReduction.defaultExchangeLimit
  ) throws(ArithmeticError) {
    let n = values.count
    if n < 2 { throw .domain("a relation needs two numbers") }
    if n > LatticeReduction.dimensionLimit {
      throw .limit("a relation among \(n) > \(LatticeReduction.dimensionLimit) numbers")
    }
    let bits = values.map(\.bitWidth).max() ?? 0
    if bits > 900 * n { throw .limit("a relation among numbers of \(bits) bits") }
    var stage = GradualReduction(values: values, exchangesLeft: exchangeLimit)
    var shift = max(bits - GradualReduction.firstBits, 0)
    while true {
      try stage.reduce(shift: shift)
      if shift == 0 { break }
      shift = max(shift - GradualReduction.stepBits, 0)
    }
    let exact = try LatticeReduction(
      zip(stage.vectors, stage.sums).map { $0 + [$1] }, exchangeLimit: stage.exchangesLeft)
    vectors = exact.basis.map { Array($0.dropLast()) }
    shortestSquare = exact.shortestSquare
  }
}

/// The floating-point stages: unimodular combinations of the unit vectors, and their exact sums.
private struct GradualReduction {
  /// The binary digits that the first stage sees.
  static let firstBits = 20
  /// The binary digits that each stage adds: few enough for double precision up to dimension 48.
  static let stepBits = 15

  var vectors: [[Integer]]
  var sums: [Integer]
  var exchangesLeft: Int
  /// The vectors with the leading part of the sum as last entry.
  private var rows: [[Double]] = []
  private var mu: [[Double]]
  private var squares: [Double]

  init(values: [Integer], exchangesLeft: Int) {
    let n = values.count
    vectors = (0..<n).map { i in (0..<n).map { $0 == i ? .one : .zero } }
    sums = values
    self.exchangesLeft = exchangesLeft
    mu = Array(repeating: Array(repeating: 0, count: n), count: n)
    squares = Array(repeating: 0, count: n)
  }

  mutating func reduce(shift: Int) throws(ArithmeticError) {
    let n = vectors.count
    rows = (0..<n).map { row($0, shift) }
    var k = 0
    while k < n {
      try sizeReduce(k, shift)
      if k > 0, squares[k] < (0.98 - mu[k][k - 1] * mu[k][k - 1]) * squares[k - 1] {
        exchangesLeft -= 1
        if exchangesLeft <= 0 { throw .limit("the exchanges of a lattice reduction") }
        vectors.swapAt(k, k - 1)
        sums.swapAt(k, k - 1)
        rows.swapAt(k, k - 1)
        k -= 1
      } else {
        k += 1
      }
    }
  }

  private func row(_ k: Int, _ shift: Int) -> [Double] {
    vectors[k].map(\.approximateDouble) + [(sums[k] >> shift).approximateDouble]
  }

  private mutating func orthogonalize(_ k: Int) {
    var square = Self.dot(rows[k], rows[k])
    for j in 0..<k {
      var u = Self.dot(rows[k], rows[j])
      for i in 0..<j { u -= mu[k][i] * mu[j][i] * squares[i] }
      mu[k][j] = squares[j] > 0 ? u / squares[j] : 0
      square -= mu[k][j] * mu[k][j] * squares[j]
    }
    squares[k] = Swift.max(square, 0)
  }

  /// Subtracts multiples of the vectors before the k-th; repeated, as the coefficients of the first
  /// round are only good to the bits of a double. A round that does not help ends it: the exact
  /// reduction that follows does the rest.
  private mutating func sizeReduce(_ k: Int, _ shift: Int) throws(ArithmeticError) {
    for _ in 0..<20 {
      orthogonalize(k)
      var isReduced = true
      for j in stride(from: k - 1, through: 0, by: -1) where Swift.abs(mu[k][j]) > 0.51 {
        let q = mu[k][j].rounded()
        guard let factor = Rational(exactly: q)?.numerator else {
          throw .limit("the coefficients of a lattice reduction")
        }
        isReduced = false
        for i in vectors[k].indices where !vectors[j][i].isZero {
          vectors[k][i] -= factor * vectors[j][i]
        }
        sums[k] -= factor * sums[j]
        for i in 0..<j { mu[k][i] -= q * mu[j][i] }
        mu[k][j] -= q
      }
      if isReduced { return }
      rows[k] = row(k, shift)
    }
  }

  private static func dot(_ x: [Double], _ y: [Double]) -> Double {
    var sum = 0.0
    for i in x.indices { sum += x[i] * y[i] }
    return sum
  }
}
