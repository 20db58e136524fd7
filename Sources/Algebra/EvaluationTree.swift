import Exact

/// The terms of a polynomial sorted for evaluation modulo primes, one variable after the other.
///
/// The entries of level k are the distinct exponents of the variables 0…k among the terms, in
/// lexicographic order, so that the entries that differ in the exponent of variable k alone lie side by
/// side. Replacing variable k by a number sums each such group into one entry of level k - 1. Level 0
/// holds the coefficients of a polynomial in variable 0, the main one.
struct EvaluationTree {
  /// The variables as indices of the ring, the main one first.
  let variables: [Int]
  /// For each level the exponent of its variable in each entry.
  let exponents: [[Int32]]
  /// For each level above 0 where its groups end.
  let groupEnds: [[Int32]]
  /// The greatest exponent of each variable.
  let degrees: [Int]
  /// The coefficients in the order of the last level.
  let coefficients: [Integer]

  init(_ polynomial: Polynomial, _ variables: [Int]) {
    self.variables = variables
    let ring = polynomial.ring
    let isConstant = polynomial.isConstant
    let count = polynomial.termCount
    let levels = variables.count
    let columns = variables.map { variable in
      isConstant
        ? [Int32](repeating: 0, count: count)
        : polynomial.monomials.map {
          Int32(truncatingIfNeeded: ring.exponent($0, of: variable))
        }
    }
    degrees = columns.map { Int($0.max() ?? 0) }
    let order = Self.sorted(columns, degrees, count)
    coefficients = order.map { polynomial.coefficients[$0] }
    // Where each term first differs from the one before.
    var differences = [Int](repeating: levels, count: count)
    if count > 0 { differences[0] = 0 }
    for (level, column) in columns.enumerated().reversed() {
      column.withUnsafeBufferPointer { column in
        var previous = count > 0 ? column[order[0]] : 0
        for index in 0..<count {
          let own = column[order[index]]
          if own != previous { differences[index] = level }
          previous = own
        }
      }
    }
    var exponents: [[Int32]] = []
    var groupEnds: [[Int32]] = []
    for level in 0..<levels {
      var own: [Int32] = []
      var ends: [Int32] = []
      for index in 0..<count where differences[index] <= level {
        if differences[index] < level, !own.isEmpty { ends.append(Int32(own.count)) }
        own.append(columns[level][order[index]])
      }
      ends.append(Int32(own.count))
      exponents.append(own)
      groupEnds.append(ends)
    }
    self.exponents = exponents
    self.groupEnds = groupEnds
  }

  /// The terms in lexicographic order of their exponents: counted into places variable by variable,
  /// from the last on, which keeps the order of the later ones.
  private static func sorted(_ columns: [[Int32]], _ degrees: [Int], _ count: Int) -> [Int] {
    var order = Array(0..<count)
    // Counting costs a pass over all values that an exponent can have.
    guard degrees.allSatisfy({ $0 <= 4 * count }) else {
      return order.sorted { a, b in
        for column in columns where column[a] != column[b] { return column[a] < column[b] }
        return false
      }
    }
    var next = order
    for (column, degree) in zip(columns, degrees).reversed() where degree > 0 {
      var starts = [Int](repeating: 0, count: degree + 2)
      column.withUnsafeBufferPointer { column in
        for exponent in column { starts[Int(exponent) + 1] += 1 }
        for value in 0..<degree { starts[value + 1] += starts[value] }
        starts.withUnsafeMutableBufferPointer { starts in
          next.withUnsafeMutableBufferPointer { next in
            for index in order {
              let exponent = Int(column[index])
              next[starts[exponent]] = index
              starts[exponent] &+= 1
            }
          }
        }
      }
      swap(&order, &next)
    }
    return order
  }
}

/// The values of an ``EvaluationTree`` modulo a prime, level by level.
final class TreeValues {
  let tree: EvaluationTree
  private let modulus: WordModulus
  private let values: [UnsafeMutablePointer<UInt64>]

  init(_ tree: EvaluationTree, _ modulus: WordModulus) {
    self.tree = tree
    self.modulus = modulus
    values = tree.exponents.map { .allocate(capacity: $0.count) }
    let last = tree.exponents.count - 1
    for (index, coefficient) in tree.coefficients.enumerated() {
      values[last][index] = modulus.residue(of: coefficient)
    }
  }

  deinit { for level in values { level.deallocate() } }

  /// Replaces the variable of a level, whose powers are given, in the values of that level.
  func evaluate(_ level: Int, _ powers: UnsafePointer<UInt64>) {
    let own = values[level]
    let out = values[level - 1]
    tree.exponents[level].withUnsafeBufferPointer { exponents in
      tree.groupEnds[level].withUnsafeBufferPointer { ends in
        var index = 0
        for group in 0..<ends.count {
          let end = Int(ends[group])
          var sum: UInt64 = 0
          while index < end {
            sum = modulus.accumulate(sum, own[index], powers[Int(exponents[index])])
            index &+= 1
          }
          out[group] = modulus.reduce(sum)
        }
      }
    }
  }

  /// Writes the coefficients of the polynomial in the main variable from the constant upward and
  /// returns their number, without leading zeros.
  func image(into dense: UnsafeMutablePointer<UInt64>) -> Int {
    let degree = tree.degrees[0]
    dense.update(repeating: 0, count: degree + 1)
    for (index, exponent) in tree.exponents[0].enumerated() {
      dense[Int(exponent)] = values[0][index]
    }
    var count = degree + 1
    while count > 0, dense[count - 1] == 0 { count -= 1 }
    return count
  }

  /// The value where only the constant in the main variable occurs.
  var constant: UInt64 { values[0][0] }
}

extension WordModulus {
  /// A greatest common divisor, not made monic, of two polynomials, given by their coefficients from the
  /// constant upward with nonzero last ones; both are overwritten.
  ///
  /// Remainders are formed without inverses. The usual step, from degrees n + 1 and n, takes three
  /// products of residues and one reduction a coefficient: 3·2^62 fits a word.
  ///
  /// - Returns: where the divisor is, and its number of coefficients.
  func gcd(
    _ a: UnsafeMutablePointer<UInt64>, _ aCount: Int, _ b: UnsafeMutablePointer<UInt64>,
    _ bCount: Int
  ) -> (UnsafeMutablePointer<UInt64>, Int) {
    var (x, m, y, n) = aCount >= bCount ? (a, aCount, b, bCount) : (b, bCount, a, aCount)
    while n > 1 {
      let lead = y[n - 1]
      if m == n + 1 {
        let top = x[m - 1]
        let square = multiply(lead, lead)
        let first = negate(multiply(lead, top))
        let second = negate(
          subtract(multiply(lead, x[m - 2]), multiply(top, y[n - 2])))
        x[0] = reduce(square &* x[0] &+ second &* y[0])
        var index = 1
        while index < n - 1 {
          x[index] = reduce(square &* x[index] &+ first &* y[index - 1] &+ second &* y[index])
          index &+= 1
        }
        m = n - 1
      } else {
        while m >= n {
          let top = negate(x[m - 1])
          let shift = m - n
          var index = 0
          while index < shift {
            x[index] = multiply(lead, x[index])
            index &+= 1
          }
          while index < m - 1 {
            x[index] = reduce(lead &* x[index] &+ top &* y[index - shift])
            index &+= 1
          }
          m -= 1
          while m > 0, x[m - 1] == 0 { m -= 1 }
        }
      }
      while m > 0, x[m - 1] == 0 { m -= 1 }
      swap(&x, &y)
      swap(&m, &n)
      if n == 0 { break }
    }
    if n == 1 {
      y[0] = 1
      return (y, 1)
    }
    return (x, m)
  }
}
