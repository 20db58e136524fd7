import Exact

/// A polynomial over the integers as a constant times powers of irreducible polynomials.
///
/// Guarantee: the product of the parts is the polynomial (checked), each factor is irreducible over
/// the rationals, primitive, of positive degree and with a positive leading coefficient, and the
/// factors are distinct, ordered by degree and then by coefficients from the highest down.
public struct IntegerFactorization: Sendable, Equatable {
  /// The content with the sign of the leading coefficient.
  public let content: Integer
  /// The irreducible factors and how often each divides.
  public let factors: [Factor]

  public struct Factor: Sendable, Equatable {
    public let polynomial: IntegerPolynomial
    public let multiplicity: Int
  }

  /// The product of the parts.
  public var product: IntegerPolynomial {
    factors.reduce(IntegerPolynomial([content])) { total, factor in
      (0..<factor.multiplicity).reduce(total) { value, _ in value.multiplied(by: factor.polynomial)
      }
    }
  }

  /// The sets of modular factors that ``init(_:subsetLimit:)`` looks at unless told otherwise: some
  /// seconds of work.
  public static let defaultSubsetLimit = 4_000_000_000

  /// Factors a polynomial.
  ///
  /// - Parameter subsetLimit: how many sets of modular factors may be examined.
  /// - Throws: ``ArithmeticError/domain(_:)`` for the zero polynomial;
  ///   ``ArithmeticError/limit(_:)`` where the recombination needs more sets than the limit, which
  ///   takes more than thirty factors modulo every prime tried.
  /// - Complexity: polynomial but for the recombination, which is exponential in the least number of
  ///   modular factors.
  /// - Source: Zassenhaus 1969 (lifting and recombination); Mignotte 1974 (bound).
  public init(
    _ polynomial: IntegerPolynomial, subsetLimit: Int = defaultSubsetLimit
  ) throws(ArithmeticError) {
    guard !polynomial.isZero else { throw .domain("factorisation of the zero polynomial") }
    let content = polynomial.content
    self.content = polynomial.leadingCoefficient.isNegative ? -content : content
    var factors: [Factor] = []
    var rest = polynomial.primitivePart
    let low = rest.coefficients.prefix { $0.isZero }.count
    if low > 0 {
      factors.append(Factor(polynomial: .variable, multiplicity: low))
      rest = IntegerPolynomial(Array(rest.coefficients.dropFirst(low)))
    }
    for (part, multiplicity) in try rest.squareFreeDecomposition() {
      for factor in try Self.factorsOfSquareFree(part, subsetLimit: subsetLimit) {
        factors.append(Factor(polynomial: factor, multiplicity: multiplicity))
      }
    }
    self.factors = factors.sorted { Self.precedes($0.polynomial, $1.polynomial) }
    guard product == polynomial else {
      throw .domain("the factors found do not multiply to the polynomial")
    }
  }

  /// The order of factors: by degree, then by coefficients from the highest down.
  static func precedes(_ a: IntegerPolynomial, _ b: IntegerPolynomial) -> Bool {
    if a.coefficients.count != b.coefficients.count {
      return a.coefficients.count < b.coefficients.count
    }
    for (x, y) in zip(a.coefficients.reversed(), b.coefficients.reversed()) where x != y {
      return x < y
    }
    return false
  }

  // MARK: Square-free polynomials

  /// The irreducible factors of a square-free primitive polynomial with a positive leading
  /// coefficient that x does not divide.
  private static func factorsOfSquareFree(
    _ polynomial: IntegerPolynomial, subsetLimit: Int
  ) throws(ArithmeticError) -> [IntegerPolynomial] {
    guard let degree = polynomial.degree, degree > 1 else { return [polynomial] }
    if let parts = polynomial.cyclotomicFactorsOfBinomial() { return parts }
    let choice = try PrimeChoice(polynomial)
    if choice.isIrreducible { return [polynomial] }
    let local = try ModularPolynomial(polynomial, choice.prime).irreducibleFactors()
    // A factor g has ‖lc(f)/lc(g)·g‖ ≤ 2^deg(g)·‖f‖₂; signed residues need twice that.
    let mignotte = degree + polynomial.euclideanNormBits + 2
    let powerSums = powerSumPlan(polynomial, local)
    let bits = max(mignotte, powerSums.bits)
    var exponent = 1
    var power = Integer(Int(choice.prime.value))
    while power.bitWidth <= bits + 1 {
      power *= Integer(Int(choice.prime.value))
      exponent += 1
    }
    var tree = try HenselTree(local, choice.prime)
    let (factors, modulus) = try tree.factors(of: polynomial, exponent: exponent)
    var recombination = FactorRecombination(
      polynomial, factors: factors, modulus: modulus, powerSums: powerSums.exponents,
      possibleDegrees: choice.possibleDegrees, subsetLimit: subsetLimit)
    return try recombination.irreducibleFactors()
  }

  /// Which power sums to test, and the bits of the modulus that make the test sharp.
  ///
  /// The first few that do not vanish for every modular factor: those of g(x^16), say, vanish but
  /// for multiples of 16.
  private static func powerSumPlan(
    _ polynomial: IntegerPolynomial, _ local: [ModularPolynomial]
  ) -> (exponents: [Int], bits: Int) {
    guard let degree = polynomial.degree, let bound = polynomial.rootBoundExponent,
      let p = local.first?.modulus
    else { return ([], 0) }
    let modulus = Integer(Int(p.value))
    let sums = local.map { factor in
      IntegerPolynomial(factor.coefficients.map { Integer(Int($0)) })
        .powerSumsOfMonic(upTo: min(degree, 64), modulo: modulus)
    }
    let useful = (1...min(degree, 64)).filter { j in sums.contains { !$0[j - 1].isZero } }
    var exponents: [Int] = []
    var bits = 0
    let logDegree = Int.bitWidth - degree.leadingZeroBitCount
    for j in useful.prefix(3) {
      // |Σ lc^j·root^j| < deg·2^(j·(bits of lc + bound)); weights are below 2^5, and 64 bits more
      // bring the value below one unit of the fraction.
      let size = logDegree + j * (polynomial.leadingCoefficient.bitWidth + max(bound, 0)) + 8 + 64
      if !exponents.isEmpty && size > 4 * (degree + polynomial.coefficientBits) + 256 { break }
      exponents.append(j)
      bits = max(bits, size)
    }
    return (exponents, bits)
  }
}

/// The prime for a factorisation, and what the primes looked at say about degrees.
private struct PrimeChoice {
  private(set) var prime = WordModulus(3)
  private(set) var factorCount = Int.max
  /// For each degree whether every prime allows a factor of it.
  private(set) var possibleDegrees: [Bool]

  var isIrreducible: Bool {
    factorCount == 1 || !possibleDegrees.dropFirst().dropLast().contains(true)
  }

  /// Looks at a few primes that keep degree and square-freeness, and at more where all of them give
  /// many factors.
  init(_ polynomial: IntegerPolynomial) throws(ArithmeticError) {
    let degree = polynomial.degree ?? 0
    possibleDegrees = Array(repeating: true, count: degree + 1)
    var good = 0
    for candidate in WordPrimes.odd(below: 1 << 20) {
      let modulus = WordModulus(candidate)
      let residue = ModularPolynomial(polynomial, modulus)
      if residue.degree < degree || !residue.isSquareFree { continue }
      good += 1
      var reachable = Array(repeating: false, count: degree + 1)
      reachable[0] = true
      var count = 0
      for (product, d) in residue.monic.distinctDegreeFactors() {
        for _ in 0..<(product.degree / d) {
          count += 1
          for total in stride(from: degree - d, through: 0, by: -1) where reachable[total] {
            reachable[total + d] = true
          }
        }
      }
      for index in reachable.indices where !reachable[index] { possibleDegrees[index] = false }
      if count < factorCount {
        factorCount = count
        prime = modulus
      }
      if isIrreducible || good >= 24 || (good >= 6 && factorCount <= 10) { return }
    }
    if good == 0 {
      throw .limit("no prime below 2^20 keeps a polynomial of degree \(degree) square-free")
    }
  }
}

extension UnivariatePolynomial where Coefficient == Integer {
  /// The cyclotomic factors where the polynomial is x^n - 1 or x^n + 1; nil otherwise.
  ///
  /// They are known, and many primes split them all into small parts, which is hard for the
  /// recombination.
  func cyclotomicFactorsOfBinomial() -> [IntegerPolynomial]? {
    guard let n = degree, n > 1, leadingCoefficient.isOne, self[0].magnitude.isOne,
      coefficients.dropFirst().dropLast().allSatisfy(\.isZero)
    else { return nil }
    let isMinus = self[0].isNegative
    // x^n + 1 = (x^2n - 1)/(x^n - 1).
    let divisors = (1...(2 * n)).filter {
      isMinus ? n % $0 == 0 : (2 * n) % $0 == 0 && n % $0 != 0
    }
    return divisors.compactMap { IntegerPolynomial.cyclotomic($0) }
  }

  /// The n-th cyclotomic polynomial, the minimal polynomial of a primitive n-th root of unity; nil
  /// for n < 1.
  ///
  /// - Source: Φ_{mp}(x) = Φ_m(x^p) where p divides m, else Φ_m(x^p)/Φ_m(x).
  public static func cyclotomic(_ n: Int) -> Self? {
    guard n > 0 else { return nil }
    var result = Self([-1, 1])
    var current = 1
    var rest = n
    var p = 2
    while rest > 1 {
      if p * p > rest { p = rest }
      while rest % p == 0 {
        let raised = result.withArgumentRaised(to: p)
        if current % p == 0 {
          result = raised
        } else {
          guard let quotient = raised.dividedExactly(by: result) else { return nil }
          result = quotient
        }
        current *= p
        rest /= p
      }
      p += 1
    }
    return result
  }
}
