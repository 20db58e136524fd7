import Algebra
import Arbitrary
import Exact

/// A square real system A·x = b whose matrix is enclosed, proved to be regular.
///
/// With any matrix R, here an inverse of A's midpoint in doubles, ‖1 - R·A‖ = α < 1 in the norm of the greatest row
/// sum proves that A and R are regular, and from A·(x - y) = b - A·y for any y follows
/// ‖x - y‖ ≤ ‖R·(b - A·y)‖ / (1 - α). The bound of α holds for every matrix enclosed, so one inverse
/// serves enclosures of any width within: y is improved by R times its residual until that is as small as the
/// precision allows, about 40 bits a step.
///
/// - Source: Rump 2010, section 10, for the method.
struct EnclosedLinearSystem: Sendable {
  let size: Int
  /// An approximate inverse, row after row.
  private let inverse: [Double]
  /// At least ‖1 - R·A‖, below 1.
  let defect: Double

  /// - Throws: ``OpenSystemError/singular(_:)`` where regularity is not proved.
  /// - Complexity: O(n³) operations in doubles.
  init(_ matrix: SparseMatrix<Interval>) throws(OpenSystemError) {
    let n = matrix.rowCount
    size = n
    var middle = [Double](repeating: 0, count: n * n)
    var entries: [[(column: Int, value: Double, radius: Double)]] = []
    for (row, list) in matrix.rows.enumerated() {
      var line: [(column: Int, value: Double, radius: Double)] = []
      for entry in list {
        guard entry.value.isBounded, !entry.value.isEmpty else {
          throw .singular("an element of the stationary equations is not bounded at this point")
        }
        let value = entry.value.midpoint.approximateDouble
        // |a - value| for all a enclosed, the subtractions rounded outward.
        let distance = Interval.sub(entry.value, Interval(value), precision: 64).magnitude
        line.append((entry.column, value, distance.double(rounding: .up)))
        middle[row * n + entry.column] = value
      }
      entries.append(line)
    }
    guard let inverse = ApproximateInverse.of(middle, size: n) else {
      throw .singular("a matrix without a pivot")
    }
    self.inverse = inverse
    defect = Self.defect(inverse, entries, n)
    guard defect < 0.5 else {
      throw .singular("regularity is not proved: ‖1 - RA‖ ≤ \(defect)")
    }
  }

  /// An upper bound of ‖1 - R·A‖.
  ///
  /// A sum of m products in doubles, in any order, with or without fused operations, differs from the true one
  /// by at most γ = (m + 1)u/(1 - (m + 1)u) times the sum of the moduli, u = 2^-53, and by what underflows: less than
  /// 2^-1074 a product (Higham 2002, section 3.1). Twice γ covers that the sum of the moduli is itself rounded.
  private static func defect(
    _ inverse: [Double], _ entries: [[(column: Int, value: Double, radius: Double)]], _ n: Int
  ) -> Double {
    let gamma = Double(n + 8) * 0x1p-51
    var sum = [Double](repeating: 0, count: n)
    var size = [Double](repeating: 0, count: n)
    var spread = [Double](repeating: 0, count: n)
    var greatest = 0.0
    for i in 0..<n {
      for j in 0..<n {
        sum[j] = i == j ? -1 : 0
        size[j] = i == j ? 1 : 0
        spread[j] = 0
      }
      for k in 0..<n {
        let r = inverse[i * n + k]
        if r == 0 { continue }
        let modulus = Swift.abs(r)
        for entry in entries[k] {
          sum[entry.column] += r * entry.value
          size[entry.column] += modulus * Swift.abs(entry.value)
          spread[entry.column] += modulus * entry.radius
        }
      }
      var total = 0.0
      for j in 0..<n {
        total += Swift.abs(sum[j]) + gamma * size[j] + spread[j] * (1 + gamma) + 0x1p-1000
      }
      // A maximum would lose what is not a number.
      guard total.isFinite else { return .infinity }
      greatest = max(greatest, total * (1 + gamma))
    }
    return greatest
  }

  /// The solution for every matrix and right side enclosed.
  ///
  /// - Parameter matrix: of matrices that the system was made for, as narrow as is known.
  /// - Returns: enclosures, of a width of about 2^(-precision) times the greatest element, unless the matrix
  ///   is wider.
  func solve(
    _ matrix: SparseMatrix<Interval>, _ right: [Interval], precision: Int
  ) -> [Interval] {
    let n = size
    let bits = precision + 16
    var x = [Real](repeating: .zero, count: n)
    var best = bound(of: right)
    var residual = right
    // Each step gains what the inverse is exact to; when nothing is gained, the precision is exhausted.
    for _ in 0..<(4 + bits / 4) {
      if best.isZero { break }
      let shift = -(best.exponent ?? 0)
      let scaled = residual.map { $0.midpoint.scaled(byPowerOfTwo: shift).approximateDouble }
      let correction = inverse.times(scaled, size: n)
      let next = (0..<n).map { index in
        Real.add(
          x[index], Real(correction[index]).scaled(byPowerOfTwo: -shift), precision: bits)
      }
      let left = Self.residual(matrix, right, next, bits)
      let size = bound(of: left)
      guard size < best else { break }
      let isExhausted = size.scaled(byPowerOfTwo: 2) > best
      x = next
      residual = left
      best = size
      if isExhausted { break }
    }
    let radius = self.radius(residual, best)
    return x.map { Interval($0).widened(by: radius).rounded(precision: precision) }
  }

  /// The greatest modulus.
  private func bound(of vector: [Interval]) -> Real {
    vector.reduce(Real.zero) { Real.maximum($0, $1.magnitude) }
  }

  private static func residual(
    _ matrix: SparseMatrix<Interval>, _ right: [Interval], _ x: [Real], _ bits: Int
  ) -> [Interval] {
    let points = x.map { Interval($0) }
    return matrix.rows.enumerated().map { row, list in
      var sum = right[row].rounded(precision: bits)
      for entry in list {
        let product = Interval.mul(entry.value, points[entry.column], precision: bits)
        sum = Interval.sub(sum, product, precision: bits)
      }
      return sum
    }
  }

  /// ‖|R|·|residual|‖ / (1 - α), rounded up.
  private func radius(_ residual: [Interval], _ best: Real) -> Real {
    if best.isZero { return .zero }
    let n = size
    let shift = -(best.exponent ?? 0)
    let moduli = residual.map {
      $0.magnitude.scaled(byPowerOfTwo: shift).double(rounding: .up)
    }
    var greatest = 0.0
    for i in 0..<n {
      var sum = 0.0
      for k in 0..<n { sum += Swift.abs(inverse[i * n + k]) * moduli[k] + 0x1p-1000 }
      if !(sum <= greatest) { greatest = sum }
    }
    let gamma = Double(n + 8) * 0x1p-51
    let total = (greatest * (1 + gamma) / (1 - defect)) * (1 + gamma)
    return total.isFinite ? Real(total).scaled(byPowerOfTwo: -shift) : .infinity
  }
}

extension [Double] {
  /// The product of a square matrix, row after row, with a vector.
  fileprivate func times(_ vector: [Double], size n: Int) -> [Double] {
    withUnsafeBufferPointer { matrix in
      (0..<n).map { row in
        var sum = 0.0
        for k in 0..<n { sum += matrix[row * n + k] * vector[k] }
        return sum
      }
    }
  }
}
