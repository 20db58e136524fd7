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
    // The sort key is a monomial of an own layout, without the total degree.
    let width = 256 / max(levels, 1) > 62 ? 62 : 256 / max(levels, 1)
    var keys: [(key: Monomial, term: Int)] = []
    keys.reserveCapacity(count)
    for term in 0..<count {
      var key = Monomial.one
      if !isConstant {
        for (level, variable) in variables.enumerated() {
          let exponent = ring.exponent(polynomial.monomials[term], of: variable)
          key = key | Monomial(exponent, shift: 256 - (level + 1) * width)
        }
      }
      keys.append((key, term))
    }
    keys.sort { $0.key < $1.key }
    coefficients = keys.map { polynomial.coefficients[$0.term] }
    // Where each term first differs from the one before.
    var differences = [Int](repeating: 0, count: count)
    for index in 0..<count where index > 0 {
      var level = 0
      while level < levels {
        let shift = 256 - (level + 1) * width
        if keys[index].key.field(shift, width) != keys[index - 1].key.field(shift, width) { break }
        level += 1
      }
      differences[index] = level
    }
    var exponents: [[Int32]] = []
    var groupEnds: [[Int32]] = []
    for level in 0..<levels {
      var own: [Int32] = []
      var ends: [Int32] = []
      let shift = 256 - (level + 1) * width
      for index in 0..<count where differences[index] <= level {
        if differences[index] < level, !own.isEmpty { ends.append(Int32(own.count)) }
        own.append(Int32(truncatingIfNeeded: keys[index].key.field(shift, width)))
      }
      ends.append(Int32(own.count))
      exponents.append(own)
      groupEnds.append(ends)
    }
    self.exponents = exponents
    self.groupEnds = groupEnds
    degrees = exponents.map { Int($0.max() ?? 0) }
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
  /// The monic greatest common divisor of two polynomials, given by their coefficients from the
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
    if m == 0 { return (x, 0) }
    let inverse = inverse(x[m - 1])
    for index in 0..<m { x[index] = multiply(x[index], inverse) }
    return (x, m)
  }
}
