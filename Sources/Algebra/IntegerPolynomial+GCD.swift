import Exact

extension UnivariatePolynomial where Coefficient == Integer {
  /// The greatest common divisor over the integers, with a positive leading coefficient;
  /// gcd(0, 0) is 0.
  ///
  /// Images modulo primes are joined by Chinese remainders until the result divides both sides,
  /// which proves it: an image's degree is never too low.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` after 100 000 primes, far beyond what any input that
  ///   fits the memory needs.
  /// - Complexity: O(n²) word operations a prime, about one prime for 30 bits of the result.
  /// - Source: Brown 1971; Collins 1971.
  public static func gcd(_ a: Self, _ b: Self) throws(ArithmeticError) -> Self {
    if a.isZero { return b.leadingCoefficient.isNegative ? -b : b }
    if b.isZero { return a.leadingCoefficient.isNegative ? -a : a }
    let common = Integer.gcd(a.content, b.content)
    let f = a.primitivePart
    let g = b.primitivePart
    return try gcdOfPrimitives(f, g).scaled(by: common)
  }

  private static func gcdOfPrimitives(_ f: Self, _ g: Self) throws(ArithmeticError) -> Self {
    if f.degree == 0 || g.degree == 0 { return .one }
    if f == g { return f }
    // The leading coefficient of the gcd divides this; scaling images by it makes them images of
    // one integer polynomial.
    let lead = Integer.gcd(f.leadingCoefficient, g.leadingCoefficient)
    var image = ChineseRemainder(count: 0)
    var degree = Int.max
    var tried = 0
    for prime in WordPrimes.Descending() {
      tried += 1
      if tried > 100_000 { break }
      let modulus = WordModulus(prime)
      let scale = modulus.residue(of: lead)
      if scale == 0 { continue }
      let residue = ModularPolynomial.gcd(
        ModularPolynomial(f, modulus), ModularPolynomial(g, modulus))
      if residue.degree == 0 { return .one }
      if residue.degree > degree { continue }
      if residue.degree < degree {
        // Every prime before this one was unlucky.
        degree = residue.degree
        image = ChineseRemainder(count: degree + 1)
      }
      let changed = image.join(residue.scaled(by: scale).coefficients, modulus)
      if changed { continue }
      let candidate = Self(image.values).primitivePart
      if f.dividedExactly(by: candidate) != nil && g.dividedExactly(by: candidate) != nil {
        return candidate
      }
    }
    throw .limit("gcd of integer polynomials of degrees \(f.degree ?? 0) and \(g.degree ?? 0)")
  }

  /// Whether no square of a polynomial of positive degree divides the polynomial. False for zero,
  /// true for other constants.
  public func isSquareFree() throws(ArithmeticError) -> Bool {
    guard let degree else { return false }
    if degree < 2 { return true }
    // Square-free modulo one prime that keeps the degree is square-free.
    for prime in WordPrimes.Descending().prefix(3) {
      let residue = ModularPolynomial(self, WordModulus(prime))
      if residue.degree == degree && residue.isSquareFree { return true }
    }
    return try Self.gcd(self, derivative).degree == 0
  }

  /// The square-free decomposition of the primitive part, `self = c · Π factor^multiplicity`: the
  /// factors are primitive with positive leading coefficients, square-free, pairwise coprime and of
  /// positive degree, in the order of their multiplicities. Empty for constants.
  ///
  /// - Source: Yun 1976.
  public func squareFreeDecomposition() throws(ArithmeticError) -> [(
    factor: Self, multiplicity: Int
  )] {
    guard let degree, degree > 0 else { return [] }
    let f = primitivePart
    if try f.isSquareFree() { return [(f, 1)] }
    var factors: [(factor: Self, multiplicity: Int)] = []
    let common = try Self.gcd(f, f.derivative)
    var base = try Self.exactly(f, common)
    var rest = try Self.exactly(f.derivative, common) - base.derivative
    var multiplicity = 1
    while let remaining = base.degree, remaining > 0 {
      let factor = try Self.gcd(base, rest)
      if let d = factor.degree, d > 0 { factors.append((factor.primitivePart, multiplicity)) }
      base = try Self.exactly(base, factor)
      rest = try Self.exactly(rest, factor) - base.derivative
      multiplicity += 1
    }
    return factors
  }

  /// The product of the distinct irreducible factors of positive degree.
  public func squareFreePart() throws(ArithmeticError) -> Self {
    try squareFreeDecomposition().reduce(Self.one) { $0.multiplied(by: $1.factor) }
  }

  /// A quotient that mathematics says is exact; an error rather than a wrong value if it is not.
  static func exactly(_ a: Self, _ b: Self) throws(ArithmeticError) -> Self {
    guard let quotient = a.dividedExactly(by: b) else {
      throw .domain("a division of integer polynomials that must be exact was not")
    }
    return quotient
  }
}

/// Integers known by their residues, joined prime by prime.
struct ChineseRemainder {
  /// Signed residues modulo ``modulus``.
  private(set) var values: [Integer]
  private(set) var modulus = Integer.one

  init(count: Int) { values = Array(repeating: .zero, count: count) }

  /// Takes in residues modulo one prime more; whether any value changed.
  ///
  /// - Precondition: the prime is new and there are as many residues as values, or fewer where the
  ///   last ones are zero.
  mutating func join(_ residues: [UInt64], _ prime: WordModulus) -> Bool {
    let inverse = prime.inverse(prime.residue(of: modulus))
    let half = prime.value / 2
    var changed = false
    for index in values.indices {
      let target = index < residues.count ? residues[index] : 0
      let difference = prime.subtract(target, prime.residue(of: values[index]))
      if difference == 0 { continue }
      changed = true
      let digit = prime.multiply(difference, inverse)
      let signed = digit > half ? Int(digit) - Int(prime.value) : Int(digit)
      values[index] += modulus * Integer(signed)
    }
    modulus *= Integer(Int(prime.value))
    return changed
  }
}
