import Exact

/// A reduced basis of the lattice that integer vectors span.
///
/// Exact: the Gram-Schmidt coefficients are kept as integers over the Gram determinants, so the result
/// is reduced in the sense of Lenstra, Lenstra and Lovász with factor 3/4, and ``shortestSquare``
/// bounds the length of every vector of the lattice from below.
///
/// Source: Lenstra, Lenstra, Lovász 1982; the integral form by de Weger 1987 (Cohen, A Course in
/// Computational Algebraic Number Theory, 2.6.7).
public struct LatticeReduction: Sendable {
  /// The basis vectors; the first is at most 2^((n-1)/2) times as long as the shortest vector.
  public private(set) var basis: [[Integer]]
  /// The Gram determinants of the first 0, 1, … vectors.
  private var d: [Integer] = [.one]
  /// The coefficients μ_ij·d_(j+1) for j < i.
  private var lambda: [[Integer]]

  /// The most vectors that a reduction takes.
  public static let dimensionLimit = 48
  /// The exchanges that a reduction makes before it gives up, unless told otherwise.
  public static let defaultExchangeLimit = 100_000

  /// Reduces.
  ///
  /// - Parameter vectors: independent, all of one length.
  /// - Throws: ``ArithmeticError/domain(_:)`` for dependent vectors or different lengths;
  ///   ``ArithmeticError/limit(_:)`` above ``dimensionLimit`` and after `exchangeLimit` exchanges.
  /// - Complexity: O(n²·log B) exchanges of O(n) operations on integers of O(n·log B) bits, for
  ///   vectors of length B.
  public init(
    _ vectors: [[Integer]], exchangeLimit: Int = Self.defaultExchangeLimit
  ) throws(ArithmeticError) {
    if vectors.count > Self.dimensionLimit {
      throw .limit("a lattice of dimension \(vectors.count) > \(Self.dimensionLimit)")
    }
    if Set(vectors.map(\.count)).count > 1 { throw .domain("vectors of different lengths") }
    basis = vectors
    lambda = vectors.map { _ in [Integer](repeating: .zero, count: vectors.count) }
    var exchanges = 0
    var k = 0
    while k < basis.count {
      if k == d.count - 1 { try orthogonalize(k) }
      if k == 0 {
        k = 1
        continue
      }
      reduce(k, by: k - 1)
      let l = lambda[k][k - 1]
      if 4 * (d[k + 1] * d[k - 1] + l * l) < 3 * d[k] * d[k] {
        exchanges += 1
        if exchanges > exchangeLimit {
          throw .limit("a lattice reduction of more than \(exchangeLimit) exchanges")
        }
        exchange(k)
        k = max(1, k - 1)
      } else {
        for j in stride(from: k - 2, through: 0, by: -1) { reduce(k, by: j) }
        k += 1
      }
    }
  }

  /// A number that the square of the length of every nonzero vector of the lattice reaches: the least
  /// square of a Gram-Schmidt vector. Zero for the lattice without vectors.
  public var shortestSquare: Rational {
    var least: Rational?
    for k in basis.indices {
      guard let square = try? Rational(d[k + 1], d[k]) else { continue }
      least = least.map { min($0, square) } ?? square
    }
    return least ?? .zero
  }

  private mutating func orthogonalize(_ k: Int) throws(ArithmeticError) {
    for j in 0...k {
      var u = Integer.zero
      for (x, y) in zip(basis[k], basis[j]) where !x.isZero && !y.isZero { u += x * y }
      for i in 0..<j {
        u = (d[i + 1] * u - lambda[k][i] * lambda[j][i]).exactQuotient(by: d[i])
      }
      if j < k { lambda[k][j] = u } else { d.append(u) }
    }
    if d[k + 1].isZero { throw .domain("dependent vectors do not form a basis") }
  }

  private mutating func reduce(_ k: Int, by j: Int) {
    let divisor = d[j + 1]
    if 2 * lambda[k][j].magnitude <= divisor { return }
    // Positive Gram determinants: the nearest integer is the floor of the sum with one half.
    guard
      let q = try? (2 * lambda[k][j] + divisor).floorQuotientAndRemainder(by: 2 * divisor).quotient
    else { return }
    for index in basis[k].indices { basis[k][index] -= q * basis[j][index] }
    lambda[k][j] -= q * divisor
    for i in 0..<j { lambda[k][i] -= q * lambda[j][i] }
  }

  private mutating func exchange(_ k: Int) {
    basis.swapAt(k, k - 1)
    for j in 0..<(k - 1) {
      let kept = lambda[k][j]
      lambda[k][j] = lambda[k - 1][j]
      lambda[k - 1][j] = kept
    }
    let l = lambda[k][k - 1]
    let square = (d[k - 1] * d[k + 1] + l * l).exactQuotient(by: d[k])
    for i in (k + 1)..<max(d.count - 1, k + 1) {
      let t = lambda[i][k]
      lambda[i][k] = (d[k + 1] * lambda[i][k - 1] - l * t).exactQuotient(by: d[k])
      lambda[i][k - 1] = (square * t + l * lambda[i][k]).exactQuotient(by: d[k + 1])
    }
    d[k] = square
  }
}
