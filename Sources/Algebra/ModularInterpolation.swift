/// Lagrange's polynomials for distinct points modulo a prime.
///
/// Row t holds the coefficients, from the constant upward, of the polynomial that is 1 at point t and 0
/// at the others.
///
/// - Complexity: O(n²) for n points.
struct LagrangeBasis {
  let count: Int
  /// Row after row.
  let coefficients: [UInt64]

  /// - Returns: nil where two points coincide.
  init?(_ points: [UInt64], _ modulus: WordModulus) {
    count = points.count
    // The product of all x - point, monic.
    var master: [UInt64] = [1]
    for point in points {
      master.append(1)
      var index = master.count - 2
      while index > 0 {
        master[index] = modulus.subtract(master[index - 1], modulus.multiply(point, master[index]))
        index -= 1
      }
      master[0] = modulus.negate(modulus.multiply(point, master[0]))
    }
    var rows = [UInt64](repeating: 0, count: count * count)
    var denominators = [UInt64](repeating: 0, count: count)
    for (row, point) in points.enumerated() {
      // The quotient by x - point by Horner's rule; its value at the point is the denominator.
      var carry: UInt64 = 0
      for index in (0..<count).reversed() {
        carry = modulus.add(master[index + 1], modulus.multiply(point, carry))
        rows[row * count + index] = carry
      }
      var value: UInt64 = 0
      for index in (0..<count).reversed() {
        value = modulus.add(rows[row * count + index], modulus.multiply(point, value))
      }
      if value == 0 { return nil }
      denominators[row] = value
    }
    modulus.invert(&denominators)
    for (row, inverse) in denominators.enumerated() {
      for index in 0..<count {
        rows[row * count + index] = modulus.multiply(rows[row * count + index], inverse)
      }
    }
    coefficients = rows
  }

  /// The coefficients of the polynomial with the given values at the points.
  func interpolate(
    _ values: UnsafePointer<UInt64>, stride: Int, _ modulus: WordModulus,
    into result: UnsafeMutablePointer<UInt64>, stride resultStride: Int
  ) {
    for index in 0..<count {
      var sum: UInt64 = 0
      for row in 0..<count {
        sum = modulus.accumulate(sum, values[row * stride], coefficients[row * count + index])
      }
      result[index * resultStride] = modulus.reduce(sum)
    }
  }

  /// The solution c of Σ c_row·point_row^t = values[t] for t = 0, 1, …: the transposed system.
  func solveTransposed(_ values: [UInt64], _ modulus: WordModulus) -> [UInt64] {
    (0..<count).map { row in
      var sum: UInt64 = 0
      for index in 0..<count {
        sum = modulus.accumulate(sum, values[index], coefficients[row * count + index])
      }
      return modulus.reduce(sum)
    }
  }
}
