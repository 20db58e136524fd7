import Exact

/// A polynomial over the field of residues modulo a word-sized prime.
///
/// Invariant: coefficients from the constant term upward, each in [0, p), the last nonzero.
struct ModularPolynomial: Sendable, Equatable {
  let modulus: WordModulus
  private(set) var coefficients: [UInt64]

  init(_ coefficients: [UInt64], _ modulus: WordModulus) {
    self.modulus = modulus
    self.coefficients = coefficients
    Self.trim(&self.coefficients)
  }

  init(_ polynomial: IntegerPolynomial, _ modulus: WordModulus) {
    self.init(polynomial.coefficients.map { modulus.residue(of: $0) }, modulus)
  }

  var degree: Int { coefficients.count - 1 }
  var isZero: Bool { coefficients.isEmpty }
  var leadingCoefficient: UInt64 { coefficients.last ?? 0 }

  /// The polynomial over its leading coefficient.
  var monic: ModularPolynomial {
    if isZero || leadingCoefficient == 1 { return self }
    return scaled(by: modulus.inverse(leadingCoefficient))
  }

  func scaled(by factor: UInt64) -> ModularPolynomial {
    ModularPolynomial(coefficients.map { modulus.multiply($0, factor) }, modulus)
  }

  var derivative: ModularPolynomial {
    ModularPolynomial(
      coefficients.enumerated().dropFirst().map {
        modulus.multiply(modulus.reduce(UInt64($0.offset)), $0.element)
      }, modulus)
  }

  func callAsFunction(_ x: UInt64) -> UInt64 {
    coefficients.reversed().reduce(0) { modulus.add(modulus.multiply($0, x), $1) }
  }

  static func + (a: ModularPolynomial, b: ModularPolynomial) -> ModularPolynomial {
    var (sum, short) = (a.coefficients, b.coefficients)
    if sum.count < short.count { swap(&sum, &short) }
    for (index, value) in short.enumerated() { sum[index] = a.modulus.add(sum[index], value) }
    return ModularPolynomial(sum, a.modulus)
  }

  static func - (a: ModularPolynomial, b: ModularPolynomial) -> ModularPolynomial {
    var difference = a.coefficients
    if difference.count < b.coefficients.count {
      difference += Array(repeating: 0, count: b.coefficients.count - difference.count)
    }
    for (index, value) in b.coefficients.enumerated() {
      difference[index] = a.modulus.subtract(difference[index], value)
    }
    return ModularPolynomial(difference, a.modulus)
  }

  static func * (a: ModularPolynomial, b: ModularPolynomial) -> ModularPolynomial {
    var product: [UInt64] = []
    multiply(a.coefficients, b.coefficients, a.modulus, into: &product)
    return ModularPolynomial(product, a.modulus)
  }

  /// Euclidean division.
  ///
  /// - Precondition: the divisor is not zero.
  func quotientAndRemainder(
    by divisor: ModularPolynomial
  ) -> (quotient: ModularPolynomial, remainder: ModularPolynomial) {
    precondition(!divisor.isZero, "division by the zero polynomial")
    if degree < divisor.degree { return (ModularPolynomial([], modulus), self) }
    let inverse = modulus.inverse(divisor.leadingCoefficient)
    var rest = coefficients
    var quotient = [UInt64](repeating: 0, count: degree - divisor.degree + 1)
    Self.divide(&rest, by: divisor.coefficients, inverseLead: inverse, modulus) {
      quotient[$0] = $1
    }
    return (ModularPolynomial(quotient, modulus), ModularPolynomial(rest, modulus))
  }

  /// The monic greatest common divisor; zero for two zeros.
  static func gcd(_ a: ModularPolynomial, _ b: ModularPolynomial) -> ModularPolynomial {
    var x = a.coefficients
    var y = b.coefficients
    while !y.isEmpty {
      let inverse = a.modulus.inverse(y[y.count - 1])
      divide(&x, by: y, inverseLead: inverse, a.modulus) { _, _ in }
      trim(&x)
      swap(&x, &y)
    }
    return ModularPolynomial(x, a.modulus).monic
  }

  /// s and t with s·a + t·b = 1, deg s < deg b, deg t < deg a; nil where a and b are not coprime.
  static func bezout(
    _ a: ModularPolynomial, _ b: ModularPolynomial
  ) -> (s: ModularPolynomial, t: ModularPolynomial)? {
    let zero = ModularPolynomial([], a.modulus)
    let one = ModularPolynomial([1], a.modulus)
    var (r0, r1) = (a, b)
    var (s0, s1) = (one, zero)
    var (t0, t1) = (zero, one)
    while !r1.isZero {
      let (q, r) = r0.quotientAndRemainder(by: r1)
      (r0, r1) = (r1, r)
      (s0, s1) = (s1, s0 - q * s1)
      (t0, t1) = (t1, t0 - q * t1)
    }
    guard r0.degree == 0 else { return nil }
    let inverse = a.modulus.inverse(r0.leadingCoefficient)
    return (s0.scaled(by: inverse), t0.scaled(by: inverse))
  }

  /// Whether no square of a polynomial of positive degree divides the nonzero polynomial.
  var isSquareFree: Bool { Self.gcd(self, derivative).degree == 0 }

  /// The resultant, by Euclid's algorithm.
  ///
  /// - Source: res(f, g) = (-1)^(mn)·lc(g)^(m-deg r)·res(g, r) for r = f mod g.
  static func resultant(_ a: ModularPolynomial, _ b: ModularPolynomial) -> UInt64 {
    let modulus = a.modulus
    if a.isZero || b.isZero { return 0 }
    var x = a.coefficients
    var y = b.coefficients
    var result: UInt64 = 1
    while y.count > 1 {
      let m = x.count - 1
      let n = y.count - 1
      let lead = y[n]
      divide(&x, by: y, inverseLead: modulus.inverse(lead), modulus) { _, _ in }
      trim(&x)
      if x.isEmpty { return 0 }
      result = modulus.multiply(result, modulus.power(lead, UInt64(m - (x.count - 1))))
      if m * n % 2 == 1 { result = modulus.negate(result) }
      swap(&x, &y)
    }
    return modulus.multiply(result, modulus.power(y[0], UInt64(x.count - 1)))
  }
}

// MARK: Flat loops

extension ModularPolynomial {
  static func trim(_ coefficients: inout [UInt64]) {
    while let last = coefficients.last, last == 0 { coefficients.removeLast() }
  }

  /// The product of two coefficient arrays, written over `product`, whose storage is kept.
  static func multiply(
    _ a: [UInt64], _ b: [UInt64], _ modulus: WordModulus, into product: inout [UInt64]
  ) {
    product.removeAll(keepingCapacity: true)
    if a.isEmpty || b.isEmpty { return }
    product.reserveCapacity(a.count + b.count - 1)
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        for k in 0..<(a.count + b.count - 1) {
          var sum: UInt64 = 0
          var i = max(0, k - b.count + 1)
          let end = min(k, a.count - 1)
          while i <= end {
            sum = modulus.accumulate(sum, a[i], b[k - i])
            i += 1
          }
          product.append(modulus.reduce(sum))
        }
      }
    }
  }

  /// Replaces `rest` by its remainder (not trimmed below the divisor's degree) and reports each
  /// coefficient of the quotient.
  static func divide(
    _ rest: inout [UInt64], by divisor: [UInt64], inverseLead: UInt64, _ modulus: WordModulus,
    quotient: (Int, UInt64) -> Void
  ) {
    let n = divisor.count - 1
    if rest.count <= n { return }
    divisor.withUnsafeBufferPointer { divisor in
      rest.withUnsafeMutableBufferPointer { rest in
        for shift in (0...(rest.count - 1 - n)).reversed() {
          if rest[shift + n] == 0 { continue }
          let factor = modulus.multiply(rest[shift + n], inverseLead)
          quotient(shift, factor)
          let negative = modulus.negate(factor)
          var j = 0
          while j < n {
            rest[shift + j] = modulus.reduce(rest[shift + j] &+ negative &* divisor[j])
            j += 1
          }
          rest[shift + n] = 0
        }
      }
    }
    rest.removeLast(rest.count - n)
  }
}
