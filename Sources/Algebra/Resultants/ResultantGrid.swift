import Exact

/// A resultant from its values at a grid of points modulo primes.
///
/// Source: Collins 1971.
struct ResultantGrid {
  private let f: Polynomial
  private let g: Polynomial
  private let ring: PolynomialRing
  private let variable: Int
  private let m: Int
  private let n: Int
  /// The other variables, and the degrees that the resultant cannot exceed in them.
  private let others: [Int]
  private let degrees: [Int]

  init(_ f: Polynomial, _ g: Polynomial, in variable: Int) {
    self.f = f
    self.g = g
    self.variable = variable
    ring = Polynomial.commonRing(f, g)
    let m = f.degree(in: variable)
    let n = g.degree(in: variable)
    let others = Set(f.occurringVariables).union(g.occurringVariables).subtracting([variable])
      .sorted()
    // n rows of the Sylvester matrix are in coefficients of f, m in those of g.
    degrees = others.map { f.degree(in: $0) * n + g.degree(in: $0) * m }
    self.others = others
    self.m = m
    self.n = n
  }

  /// Word operations, about; nil where they overflow.
  var cost: Int? {
    var points = 1
    for degree in degrees {
      let (product, overflow) = points.multipliedReportingOverflow(by: degree + 1)
      if overflow || product > 1 << 40 { return nil }
      points = product
    }
    let each = 20 + 2 * m * n + f.termCount + g.termCount + degrees.reduce(0, +)
    let (cost, overflow) = points.multipliedReportingOverflow(by: each * (bound / 30 + 1))
    // The values are kept at once.
    return overflow || points > 1 << 24 ? nil : cost
  }

  /// Bits above those of every coefficient.
  ///
  /// On the torus |x_i| = 1 the resultant is at most the product of the Euclidean norms of the rows
  /// of its Sylvester matrix (Hadamard), each entry at most the sum of the magnitudes of its
  /// coefficients; no coefficient exceeds the maximum on the torus (Cauchy).
  private var bound: Int {
    func bits(_ polynomial: Polynomial) -> Int {
      var sum = Integer.zero
      for part in polynomial.coefficients(in: variable) {
        let norm = part.coefficients.reduce(Integer.zero) { $0 + $1.magnitude }
        sum += norm * norm
      }
      return sum.bitWidth
    }
    return (bits(f) * n + bits(g) * m + 1) / 2 + 2
  }

  /// - Throws: ``ArithmeticError/limit(_:)`` where the primes run out of good points, which takes
  ///   degrees near 2^31.
  func resultant() throws(ArithmeticError) -> Polynomial {
    let bits = bound + 1
    let size = degrees.reduce(1) { $0 * ($1 + 1) }
    var joined = ChineseRemainder(count: size)
    for prime in WordPrimes.Descending() {
      let modulus = WordModulus(prime)
      try WorkBudget.check()
      guard let values = values(modulus) else { continue }
      _ = joined.join(values, modulus)
      if joined.modulus.bitWidth > bits { break }
    }
    var terms: [(Monomial, Integer)] = []
    for (index, value) in joined.values.enumerated() where !value.isZero {
      var rest = index
      var monomial = Monomial.one
      for (other, degree) in zip(others, degrees) {
        monomial = monomial * ring.monomial(variable: other, exponent: rest % (degree + 1))
        rest /= degree + 1
      }
      terms.append((monomial, value))
    }
    return Polynomial(ring: ring, unsorted: terms)
  }

  /// The coefficients modulo a prime, the exponent of the first variable running fastest; nil for a
  /// prime that lowers a degree.
  private func values(_ modulus: WordModulus) -> [UInt64]? {
    let a = SparseResidues(f, modulus)
    let b = SparseResidues(g, modulus)
    if a.degree(in: variable) != m || b.degree(in: variable) != n { return nil }
    return values(a, b, level: others.count, modulus)
  }

  private func values(
    _ a: SparseResidues, _ b: SparseResidues, level: Int, _ modulus: WordModulus
  ) -> [UInt64]? {
    if level == 0 {
      return [ModularPolynomial.resultant(dense(a, modulus), dense(b, modulus))]
    }
    let other = others[level - 1]
    let count = degrees[level - 1] + 1
    if !a.occurs(other) && !b.occurs(other) {
      guard let value = values(a, b, level: level - 1, modulus) else { return nil }
      return value + [UInt64](repeating: 0, count: value.count * (count - 1))
    }
    var points: [UInt64] = []
    var images: [[UInt64]] = []
    var candidate: UInt64 = 1
    while points.count < count {
      if candidate >= modulus.value { return nil }
      let point = candidate
      candidate += 1
      let left = a.substituting(other, point, modulus)
      let right = b.substituting(other, point, modulus)
      // The determinant keeps its shape only where both degrees stay.
      if left.degree(in: variable) != m || right.degree(in: variable) != n { continue }
      guard let value = values(left, right, level: level - 1, modulus) else { return nil }
      points.append(point)
      images.append(value)
    }
    return Self.interpolate(points, images, modulus)
  }

  private func dense(_ terms: SparseResidues, _ modulus: WordModulus) -> ModularPolynomial {
    var coefficients = [UInt64](repeating: 0, count: terms.degree(in: variable) + 1)
    for (monomial, residue) in zip(terms.monomials, terms.residues) {
      coefficients[ring.exponent(monomial, of: variable)] = residue
    }
    return ModularPolynomial(coefficients, modulus)
  }

  /// The coefficients of the polynomials of lowest degree through points, many at once.
  private static func interpolate(
    _ points: [UInt64], _ images: [[UInt64]], _ modulus: WordModulus
  ) -> [UInt64] {
    let size = images[0].count
    WorkBudget.charge(8 * size * points.count * points.count)
    var table = images
    // Divided differences in place, then Newton's form expanded by Horner's scheme.
    for order in stride(from: 1, to: points.count, by: 1) {
      // Points mostly follow each other, so that all these differences are the same.
      var (difference, inverse): (UInt64, UInt64) = (1, 1)
      for index in (order..<points.count).reversed() {
        let next = modulus.subtract(points[index], points[index - order])
        if next != difference { (difference, inverse) = (next, modulus.inverse(next)) }
        for place in 0..<size {
          table[index][place] = modulus.multiply(
            modulus.subtract(table[index][place], table[index - 1][place]), inverse)
        }
      }
    }
    var result = [UInt64](repeating: 0, count: size * points.count)
    for index in points.indices.reversed() {
      let node = modulus.negate(points[index])
      for row in (0..<points.count).reversed() {
        for place in 0..<size {
          let current = modulus.multiply(result[row * size + place], node)
          let lower = row > 0 ? result[(row - 1) * size + place] : table[index][place]
          result[row * size + place] = modulus.add(current, lower)
        }
      }
    }
    return result
  }
}

extension SparseResidues {
  func occurs(_ variable: Int) -> Bool {
    monomials.contains { ring.exponent($0, of: variable) > 0 }
  }
}
