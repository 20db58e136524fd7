import Algebra
import Arbitrary
import Exact

/// The eigenvalues of a matrix over Q(x₁, …, xₙ), with algebraic multiplicities.
///
/// Those that lie in the field stand as values; the others as monic polynomials without roots there
/// (for complex pairs, square roots and the like), pairwise coprime.
///
/// At a rational point the same road runs over `Rational`: `characteristicPolynomial()` of the exact
/// matrix there is an exact polynomial, whose real roots can be isolated with certainty. That, and not
/// a numeric eigenvalue, is what a certified verdict at a point rests on.
public struct Spectrum: Sendable, Equatable {
  /// An eigenvalue in the field.
  public struct Root: Sendable, Hashable {
    public let value: RationalFunction
    public let multiplicity: Int

    public init(value: RationalFunction, multiplicity: Int) {
      self.value = value
      self.multiplicity = multiplicity
    }
  }

  /// A monic polynomial whose roots are eigenvalues, each with the given multiplicity.
  public struct Cofactor: Sendable, Equatable {
    public let polynomial: UnivariatePolynomial<RationalFunction>
    public let multiplicity: Int

    public init(polynomial: UnivariatePolynomial<RationalFunction>, multiplicity: Int) {
      self.polynomial = polynomial
      self.multiplicity = multiplicity
    }
  }

  public let rationalRoots: [Root]
  public let cofactors: [Cofactor]

  /// Whether the cofactors are known to have no root in the field.
  public let isComplete: Bool

  /// The number of eigenvalues, with multiplicities: the size of the matrix.
  public var count: Int {
    rationalRoots.reduce(0) { $0 + $1.multiplicity }
      + cofactors.reduce(0) { $0 + $1.multiplicity * ($1.polynomial.degree ?? 0) }
  }

  /// The eigenvalues of a square matrix, block by block of its triangular form.
  ///
  /// - Throws: ``OpenSystemError/arithmetic(_:)``.
  public init(of matrix: SparseMatrix<RationalFunction>) throws(OpenSystemError) {
    let scale = try Spectrum.commonDenominator(matrix.rows.joined().map(\.value))
    let factor = RationalFunction(scale)
    let scaled = matrix.map { factor * $0 }
    var bound = DegreeBound()
    for row in scaled.rows { for entry in row { bound.add(entry.value) } }
    // A coefficient is a sum of products of as many elements as the matrix has rows.
    try bound.check(products: matrix.rowCount)
    let factors: [UnivariatePolynomial<RationalFunction>]
    do throws(ArithmeticError) {
      factors = try scaled.boundedCharacteristicFactors()
    } catch {
      throw .arithmetic(error)
    }
    try self.init(factors: factors, scale: factor)
  }

  /// The eigenvalues of a Hermitian matrix.
  ///
  /// - Throws: ``OpenSystemError/notHermitian(what:row:column:)`` unless element (i, j) is exactly the
  ///   conjugate of (j, i); ``OpenSystemError/arithmetic(_:)``.
  public init(
    ofHermitian matrix: Matrix<Complex<RationalFunction>>
  ) throws(OpenSystemError) {
    if let (row, column) = matrix.hermitianDefect() {
      throw .notHermitian(what: "the matrix", row: row, column: column)
    }
    let scale = try Spectrum.commonDenominator(matrix.elements.flatMap { [$0.re, $0.im] })
    let factor = RationalFunction(scale)
    let scaled = Complex(factor) * matrix
    var bound = DegreeBound()
    bound.add(scaled)
    try bound.check(products: matrix.rowCount)
    try self.init(factors: Spectrum.realFactors(of: scaled), scale: factor)
  }

  /// The least common multiple of the denominators.
  ///
  /// Eigenvalues are sought of the matrix times this, whose characteristic polynomial has polynomial
  /// coefficients of far lower degree, and divided by it in the end.
  private static func commonDenominator(
    _ values: [RationalFunction]
  ) throws(OpenSystemError) -> Polynomial {
    var common = Polynomial.one
    for value in values where common.divided(by: value.denominator) == nil {
      let shared = Polynomial.gcd(common, value.denominator)
      let missing = value.denominator.divided(by: shared) ?? value.denominator
      let degree = common.totalDegree + missing.totalDegree
      guard missing.isConstant || degree <= missing.ring.maximumDegree else {
        throw .arithmetic(.overflow("a common denominator of degree \(degree)"))
      }
      common = common * missing
    }
    return common
  }

  /// The characteristic polynomials of the blocks of a matrix, proved to be real.
  ///
  /// - Throws: ``OpenSystemError/domain(_:)`` where an imaginary part does not vanish exactly;
  ///   ``OpenSystemError/arithmetic(_:)`` where a ``WorkBudget`` is used up.
  static func realFactors<F: Field>(
    of matrix: Matrix<Complex<F>>
  ) throws(OpenSystemError) -> [UnivariatePolynomial<F>] {
    var factors: [UnivariatePolynomial<F>] = []
    let found: [UnivariatePolynomial<Complex<F>>]
    do throws(ArithmeticError) {
      found = try SparseMatrix(matrix).boundedCharacteristicFactors()
    } catch {
      throw .arithmetic(error)
    }
    for factor in found {
      factors.append(
        try factor.map { coefficient throws(OpenSystemError) -> F in
          guard coefficient.isReal else {
            throw .domain("the characteristic polynomial of this matrix is not real")
          }
          return coefficient.re
        })
    }
    return factors
  }

  private init(
    factors: [UnivariatePolynomial<RationalFunction>], scale: RationalFunction
  ) throws(OpenSystemError) {
    do {
      // Blocks that symmetry makes equal are split once.
      var distinct: [(factor: UnivariatePolynomial<RationalFunction>, multiplicity: Int)] = []
      for factor in factors {
        if let place = distinct.firstIndex(where: { $0.factor == factor }) {
          distinct[place].multiplicity += 1
        } else {
          distinct.append((factor, 1))
        }
      }
      var order: [RationalFunction] = []
      var multiplicities: [RationalFunction: Int] = [:]
      var rest: [(factor: UnivariatePolynomial<RationalFunction>, multiplicity: Int)] = []
      var isComplete = true
      for (factor, times) in distinct {
        let parts = try PolynomialRoots.split(factor)
        if !parts.isComplete { isComplete = false }
        for (scaledRoot, multiplicity) in parts.roots {
          let root = try scaledRoot / scale
          if multiplicities[root] == nil { order.append(root) }
          multiplicities[root, default: 0] += multiplicity * times
        }
        for (cofactor, multiplicity) in parts.cofactors {
          try Spectrum.insert(cofactor.monic(), multiplicity * times, into: &rest)
        }
      }
      rationalRoots = order.map { Root(value: $0, multiplicity: multiplicities[$0] ?? 0) }
      var cofactors: [Cofactor] = []
      for (factor, multiplicity) in rest {
        let polynomial = try Spectrum.unscaled(factor, by: scale)
        cofactors.append(Cofactor(polynomial: polynomial, multiplicity: multiplicity))
      }
      self.cofactors = cofactors
      self.isComplete = isComplete
    } catch { throw .arithmetic(error) }
  }

  /// The monic polynomial whose roots are those of a monic one divided by `scale`.
  private static func unscaled(
    _ polynomial: UnivariatePolynomial<RationalFunction>, by scale: RationalFunction
  ) throws(ArithmeticError) -> UnivariatePolynomial<RationalFunction> {
    if scale.isOne { return polynomial }
    var coefficients: [RationalFunction] = []
    var power = RationalFunction.one
    for coefficient in polynomial.coefficients.reversed() {
      coefficients.append(try coefficient / power)
      power = power * scale
    }
    return UnivariatePolynomial(coefficients.reversed())
  }

  /// Adds a monic square-free polynomial to a list that stays pairwise coprime.
  private static func insert(
    _ polynomial: UnivariatePolynomial<RationalFunction>, _ multiplicity: Int,
    into list: inout [(factor: UnivariatePolynomial<RationalFunction>, multiplicity: Int)]
  ) throws(ArithmeticError) {
    var rest = polynomial
    for (index, entry) in list.enumerated() {
      if rest.degree == 0 { return }
      let common = try UnivariatePolynomial.gcd(rest, entry.factor)
      guard let degree = common.degree, degree > 0 else { continue }
      rest = try rest.quotientAndRemainder(by: common).quotient
      if degree == entry.factor.degree {
        list[index].multiplicity += multiplicity
      } else {
        list[index].factor = try entry.factor.quotientAndRemainder(by: common).quotient
        list.append((common, entry.multiplicity + multiplicity))
      }
    }
    if let degree = rest.degree, degree > 0 { list.append((rest, multiplicity)) }
  }
}

extension Matrix {
  /// The characteristic polynomial of a Hermitian matrix over any exact field, which is real.
  ///
  /// - Throws: ``OpenSystemError/notHermitian(what:row:column:)``.
  /// - Complexity: O(n⁴) operations in blocks of size n.
  public func hermitianCharacteristicPolynomial<F: Field>() throws(OpenSystemError)
    -> UnivariatePolynomial<F> where Element == Complex<F>
  {
    if let (row, column) = hermitianDefect() {
      throw .notHermitian(what: "the matrix", row: row, column: column)
    }
    return try Spectrum.realFactors(of: self).reduce(.one) { $0 * $1 }
  }
}
