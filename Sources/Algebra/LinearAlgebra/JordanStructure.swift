import Exact

/// The sizes of the Jordan blocks of a matrix over an exact field, from ranks alone: the number of
/// blocks of at least k rows for the roots of p is dim ker p(A)^k - dim ker p(A)^(k-1) over deg p.
///
/// Over rational functions this is the structure for generic parameters.
public struct JordanStructure<F: Field>: Sendable, Equatable {
  /// The blocks that belong to the roots of one polynomial.
  public struct Part: Sendable, Equatable {
    /// Monic, square-free, coprime to those of the other parts.
    public let polynomial: UnivariatePolynomial<F>
    /// The eigenvalue where it lies in the field, that is where the polynomial is linear.
    public var eigenvalue: F? { polynomial.degree == 1 ? -polynomial[0] : nil }
    /// The sizes of the blocks of all roots together, decreasing.
    public let blockSizes: [Int]
    /// The sizes of the blocks of each root, decreasing, where all roots are known to have the same:
    /// roots of an irreducible polynomial are conjugate.
    public let blockSizesOfEachRoot: [Int]?

    /// Whether some root has fewer eigenvectors than its multiplicity.
    public var isDefective: Bool { (blockSizes.first ?? 0) > 1 }
    /// The size of the largest block.
    public var index: Int { blockSizes.first ?? 0 }
  }

  public let parts: [Part]

  /// Whether some eigenvalue is defective: the matrix then has no basis of eigenvectors.
  public var isDefective: Bool { parts.contains(where: \.isDefective) }

  /// The structure with respect to given factors of the characteristic polynomial.
  ///
  /// - Parameter factors: monic, square-free and pairwise coprime; together with their
  ///   multiplicities all of the characteristic polynomial.
  /// - Throws: ``ArithmeticError/domain(_:)`` over fields that are not exact, and where the factors do
  ///   not account for all eigenvalues; ``ArithmeticError/limit(_:)``.
  public init(
    of matrix: Matrix<F>,
    factors: [(polynomial: UnivariatePolynomial<F>, multiplicity: Int, isIrreducible: Bool)],
    limit: EliminationLimit = .standard
  ) throws(ArithmeticError) {
    guard F.isExact else { throw .domain("a Jordan structure is exact or unknown") }
    precondition(matrix.isSquare, "a square matrix")
    var parts: [Part] = []
    var total = 0
    for factor in factors {
      guard let degree = factor.polynomial.degree, degree > 0 else { continue }
      let base = matrix.value(of: factor.polynomial)
      var power = base
      // Nullities of the powers, up to that of the whole generalised eigenspace.
      var nullities = [0]
      while nullities[nullities.count - 1] < factor.multiplicity * degree {
        let nullity = matrix.rowCount - (try power.rank(limit: limit))
        if nullity <= nullities[nullities.count - 1] {
          throw .domain("a factor does not have the stated multiplicity in this matrix")
        }
        nullities.append(nullity)
        if nullity < factor.multiplicity * degree { power = power * base }
      }
      guard nullities[nullities.count - 1] == factor.multiplicity * degree else {
        throw .domain("a factor does not have the stated multiplicity in this matrix")
      }
      total += factor.multiplicity * degree
      // atLeast[k - 1]: how many blocks, of all roots, have at least k rows.
      var atLeast: [Int] = []
      for k in 1..<max(nullities.count, 1) { atLeast.append(nullities[k] - nullities[k - 1]) }
      let sizes = JordanStructure.conjugate(atLeast)
      var each: [Int]?
      if factor.isIrreducible || degree == 1 {
        each = JordanStructure.conjugate(atLeast.map { $0 / degree })
      }
      parts.append(
        Part(polynomial: factor.polynomial, blockSizes: sizes, blockSizesOfEachRoot: each))
    }
    guard total == matrix.rowCount else {
      throw .domain("the factors account for \(total) of \(matrix.rowCount) eigenvalues")
    }
    self.parts = parts
  }

  /// The conjugate partition.
  private static func conjugate(_ partition: [Int]) -> [Int] {
    guard let first = partition.first, first > 0 else { return [] }
    return (1...first).map { size in partition.prefix { $0 >= size }.count }
  }

  /// The product of the powers of the parts' polynomials that the matrix is a root of: the minimal
  /// polynomial where each part's roots have equal largest blocks, in particular for irreducible parts.
  public var annihilatingPolynomial: UnivariatePolynomial<F> {
    parts.reduce(.one) { product, part in
      (0..<part.index).reduce(product) { value, _ in value * part.polynomial }
    }
  }
}

extension JordanStructure where F == Rational {
  /// The structure of a rational matrix, with irreducible factors over Q.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public init(
    of matrix: Matrix<Rational>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) {
    var factors:
      [(polynomial: UnivariatePolynomial<Rational>, multiplicity: Int, isIrreducible: Bool)] = []
    for block in SparseMatrix(matrix).characteristicFactors() {
      let common = block.coefficients.reduce(Integer.one) { Integer.lcm($0, $1.denominator) }
      let integral = IntegerPolynomial(
        block.coefficients.map { $0.numerator * common.exactQuotient(by: $0.denominator) })
      for factor in try IntegerFactorization(integral).factors {
        let polynomial = try UnivariatePolynomial(
          factor.polynomial.coefficients.map { Rational($0) }
        ).monic()
        if let place = factors.firstIndex(where: { $0.polynomial == polynomial }) {
          factors[place].multiplicity += factor.multiplicity
        } else {
          factors.append((polynomial, factor.multiplicity, true))
        }
      }
    }
    try self.init(of: matrix, factors: factors, limit: limit)
  }
}

extension JordanStructure where F == RationalFunction {
  /// The structure of a matrix of rational functions for generic parameters: eigenvalues in the field
  /// one by one, the others together by square-free factors.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)``.
  public init(
    of matrix: Matrix<RationalFunction>, limit: EliminationLimit = .standard
  ) throws(ArithmeticError) {
    var list: [(polynomial: UnivariatePolynomial<F>, multiplicity: Int, isIrreducible: Bool)] = []
    for block in SparseMatrix(matrix).characteristicFactors() {
      let split = try PolynomialRoots.split(block)
      for (root, multiplicity) in split.roots {
        try JordanStructure.insert(
          UnivariatePolynomial([-root, .one]), multiplicity, isIrreducible: true, into: &list)
      }
      for (factor, multiplicity) in split.cofactors {
        // Without a root in the field, a polynomial of degree two or three is irreducible.
        let isSmall = (factor.degree ?? 0) <= 3 && split.isComplete
        try JordanStructure.insert(
          factor.monic(), multiplicity, isIrreducible: isSmall, into: &list)
      }
    }
    try self.init(of: matrix, factors: list, limit: limit)
  }

  /// Adds a factor to a list that stays pairwise coprime.
  private static func insert(
    _ polynomial: UnivariatePolynomial<F>, _ multiplicity: Int, isIrreducible: Bool,
    into list: inout [(polynomial: UnivariatePolynomial<F>, multiplicity: Int, isIrreducible: Bool)]
  ) throws(ArithmeticError) {
    var rest = polynomial
    for (index, entry) in list.enumerated() {
      guard let degree = rest.degree, degree > 0 else { return }
      let common = try UnivariatePolynomial.gcd(rest, entry.polynomial)
      guard let shared = common.degree, shared > 0 else { continue }
      rest = try rest.quotientAndRemainder(by: common).quotient.monic()
      if shared == entry.polynomial.degree {
        list[index].multiplicity += multiplicity
        list[index].isIrreducible = entry.isIrreducible || (isIrreducible && rest.degree == 0)
      } else {
        list[index].polynomial =
          try entry.polynomial.quotientAndRemainder(by: common).quotient.monic()
        list.append((common, entry.multiplicity + multiplicity, isIrreducible && rest.degree == 0))
      }
    }
    if let degree = rest.degree, degree > 0 { list.append((rest, multiplicity, isIrreducible)) }
  }
}
