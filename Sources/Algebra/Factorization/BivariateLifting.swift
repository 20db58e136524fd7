import Exact

/// A polynomial in two variables over the residues modulo a prime, dense: row k holds the
/// coefficients of y^k as a polynomial in x, from the constant term upward.
struct DenseBivariate: Sendable {
  /// The degree in x plus one: the length of a row.
  let width: Int
  var coefficients: [UInt64]

  init(width: Int, rows: Int) {
    self.width = width
    coefficients = Array(repeating: 0, count: width * rows)
  }

  init(width: Int, coefficients: [UInt64]) {
    self.width = width
    self.coefficients = coefficients
  }

  var rowCount: Int { coefficients.count / width }

  func row(_ index: Int) -> [UInt64] {
    Array(coefficients[(index * width)..<((index + 1) * width)])
  }

  /// The degree in y; -1 for zero.
  var degreeInY: Int {
    guard let last = coefficients.lastIndex(where: { $0 != 0 }) else { return -1 }
    return last / width
  }

  /// Drops the rows above the degree in y, keeping one.
  mutating func trim() {
    let rows = max(degreeInY + 1, 1)
    coefficients.removeLast((rowCount - rows) * width)
  }

  /// y replaced by y + `shift`, by Horner's scheme on whole rows.
  mutating func translate(by shift: UInt64, _ modulus: WordModulus) {
    if shift == 0 { return }
    let rows = rowCount
    let width = width
    coefficients.withUnsafeMutableBufferPointer { values in
      for start in 0..<max(rows - 1, 0) {
        for row in (start..<(rows - 1)).reversed() {
          let low = row * width
          for column in 0..<width {
            let term = modulus.multiply(values[low + width + column], shift)
            values[low + column] = modulus.add(values[low + column], term)
          }
        }
      }
    }
  }

  /// The product with a polynomial in y alone.
  func multiplied(byPolynomialInY factor: [UInt64], _ modulus: WordModulus) -> DenseBivariate {
    var product = DenseBivariate(width: width, rows: rowCount + max(factor.count - 1, 0))
    for (k, value) in factor.enumerated() where value != 0 {
      for index in coefficients.indices {
        let place = index + k * width
        product.coefficients[place] = modulus.reduce(
          product.coefficients[place] &+ coefficients[index] &* value)
      }
    }
    return product
  }
}

/// Hensel lifting of factors in x to factors in x and y over the residues modulo a prime, the
/// leading coefficients given.
///
/// Source: Geddes, Czapor, Labahn, Algorithms for Computer Algebra, 6.6, linear lifting.
enum BivariateLifting {
  enum Failure: Error {
    /// Factors at y = 0 are not coprime: another prime or point may do.
    case notCoprime
    /// There are no such factors: those that y = 0 determines do not multiply to the polynomial.
    case impossible
  }

  /// The factors f_i with f_i(x, 0) and leading coefficients in x as given, and the polynomial as
  /// their product.
  ///
  /// - Parameters:
  ///   - polynomial: its degree in x the sum of those of the factors, its leading coefficient in x
  ///     the product of `leads`.
  ///   - images: the factors at y = 0, from the constant term upward.
  ///   - leads: the leading coefficients as polynomials in y, not zero at 0.
  /// - Throws: ``Failure/impossible`` as a proof: factors that multiply to the polynomial are unique
  ///   modulo each power of y, and their degrees in y have its degree as sum.
  static func factors(
    of polynomial: DenseBivariate, images: [[UInt64]], leads: [[UInt64]], _ modulus: WordModulus
  ) throws(Failure) -> [DenseBivariate] {
    if images.count == 1 { return [polynomial] }
    let middle = images.count / 2
    let (g, leadG) = product(images[..<middle], leads[..<middle], modulus)
    let (h, leadH) = product(images[middle...], leads[middle...], modulus)
    let (left, right) = try pair(polynomial, g, h, leadG, leadH, modulus)
    return try factors(
      of: left, images: Array(images[..<middle]), leads: Array(leads[..<middle]), modulus)
      + factors(
        of: right, images: Array(images[middle...]), leads: Array(leads[middle...]), modulus)
  }

  private static func product(
    _ images: ArraySlice<[UInt64]>, _ leads: ArraySlice<[UInt64]>, _ modulus: WordModulus
  ) -> (image: [UInt64], lead: [UInt64]) {
    (multiplied(images, modulus), multiplied(leads, modulus))
  }

  static func multiplied(_ factors: ArraySlice<[UInt64]>, _ modulus: WordModulus) -> [UInt64] {
    var result: [UInt64] = [1]
    var scratch: [UInt64] = []
    for factor in factors {
      ModularPolynomial.multiply(result, factor, modulus, into: &scratch)
      swap(&result, &scratch)
    }
    return result
  }

  private static func pair(
    _ polynomial: DenseBivariate, _ g: [UInt64], _ h: [UInt64], _ leadG: [UInt64],
    _ leadH: [UInt64], _ modulus: WordModulus
  ) throws(Failure) -> (DenseBivariate, DenseBivariate) {
    let rows = polynomial.degreeInY + 1
    let width = polynomial.width
    let base = ModularPolynomial(g, modulus)
    let cobase = ModularPolynomial(h, modulus)
    guard g.count + h.count == width + 1, base.degree == g.count - 1, cobase.degree == h.count - 1,
      let t = ModularPolynomial.bezout(base, cobase)?.t
    else { throw .notCoprime }
    // The y-degree of each factor is that of the polynomial less that of the other, at least the
    // degree of the other's leading coefficient.
    if leadG.count > rows || leadH.count > rows { throw .impossible }
    var left = DenseBivariate(width: g.count, rows: rows)
    var right = DenseBivariate(width: h.count, rows: rows)
    left.coefficients.replaceSubrange(0..<g.count, with: g)
    right.coefficients.replaceSubrange(0..<h.count, with: h)
    for (k, value) in leadG.enumerated() { left.coefficients[(k + 1) * g.count - 1] = value }
    for (k, value) in leadH.enumerated() { right.coefficients[(k + 1) * h.count - 1] = value }
    let inverseLead = modulus.inverse(g[g.count - 1])
    var error = [UInt64](repeating: 0, count: width)
    var product: [UInt64] = []
    for k in stride(from: 1, to: rows, by: 1) {
      convolve(left, right, k, modulus, into: &error)
      for index in 0..<width {
        error[index] = modulus.subtract(
          polynomial.coefficients[k * width + index], modulus.reduce(error[index]))
      }
      if error[width - 1] != 0 { throw .impossible }
      if error.allSatisfy({ $0 == 0 }) { continue }
      // σ·h + τ·g = error with deg σ < deg g.
      ModularPolynomial.multiply(t.coefficients, error, modulus, into: &product)
      ModularPolynomial.divide(&product, by: g, inverseLead: inverseLead, modulus) { _, _ in }
      let sigma = product
      for (index, value) in sigma.enumerated() where index < g.count - 1 {
        left.coefficients[k * g.count + index] = value
      }
      ModularPolynomial.multiply(sigma, h, modulus, into: &product)
      var rest = error
      for (index, value) in product.enumerated() where value != 0 && index < width {
        rest[index] = modulus.subtract(rest[index], value)
      }
      ModularPolynomial.divide(&rest, by: g, inverseLead: inverseLead, modulus) { index, value in
        right.coefficients[k * h.count + index] = value
      }
    }
    if left.degreeInY + right.degreeInY != rows - 1 { throw .impossible }
    left.trim()
    right.trim()
    return (left, right)
  }

  /// The coefficient of y^k in the product, unreduced sums of words.
  private static func convolve(
    _ left: DenseBivariate, _ right: DenseBivariate, _ k: Int, _ modulus: WordModulus,
    into sums: inout [UInt64]
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      left.coefficients.withUnsafeBufferPointer { a in
        right.coefficients.withUnsafeBufferPointer { b in
          for index in sums.indices { sums[index] = 0 }
          for i in 0...k {
            let start = i * left.width
            let other = (k - i) * right.width
            for x in 0..<left.width {
              let value = a[start + x]
              if value == 0 { continue }
              for y in 0..<right.width {
                sums[x + y] = modulus.accumulate(sums[x + y], value, b[other + y])
              }
            }
          }
        }
      }
    }
  }
}
