import Algebra
import Arbitrary
import Exact

/// A rational function of x as a polynomial and fractions with denominators of degree one and two, the
/// coefficients free of x.
struct PartialFractions {
  /// (numerator)/(factor^power), the numerator of lower degree than the factor.
  struct Part {
    /// Coefficients of x⁰, x¹, (x²).
    let factor: [Expression]
    let power: Int
    let numerator: [Expression]
  }

  /// Coefficients by rising powers.
  let polynomial: [Expression]
  let parts: [Part]

  private typealias Univariate = UnivariatePolynomial<RationalFunction>

  /// The most unknowns of the linear system.
  private static let sizeLimit = 24

  /// Nil where `f` is no rational function of `x` with real coefficients free of it.
  ///
  /// - Throws: ``IntegrationFailure`` where a factor of the denominator has a higher degree in x.
  init?(_ f: Expression, _ x: Symbol) throws {
    var normalizer = try Normalizer(symbols: [x])
    let normal = try normalizer.normalize(f)
    let candidates = Self.denominators(f).compactMap { try? normalizer.normalize($0) }
    let value = try normalizer.lift(normal)
    let basis = normalizer.basis
    guard value.im.isZero, basis.isReal(value.re.numerator), basis.isReal(value.re.denominator)
    else { return nil }
    for index in Set(
      value.re.numerator.occurringVariables + value.re.denominator.occurringVariables)
    where index != 0 && basis.generators[index].kernel.expression.contains(x) { return nil }

    let written = candidates.compactMap { try? normalizer.lift($0).re.numerator }
    var factors: [(Polynomial, Int)] = []
    for (factor, multiplicity) in value.re.denominator.squareFreeFactors() {
      for piece in try Self.split(factor, by: written) where piece.degree(in: 0) > 0 {
        factors.append((piece, multiplicity))
      }
    }
    for (factor, _) in factors where factor.degree(in: 0) > 2 {
      throw IntegrationFailure(
        reason: "the denominator has the factor \(basis.expression(factor)) of degree above two")
    }
    let numerator = try Self.univariate(value.re.numerator)
    let denominator = try Self.univariate(value.re.denominator)
    let (quotient, rest) = try numerator.quotientAndRemainder(by: denominator)
    polynomial = quotient.coefficients.map { basis.expression($0) }
    parts = try Self.solve(rest, denominator, factors, basis)
    // The proof that nothing went wrong on the way.
    guard Facts.isZero(f - expression(x)) else {
      throw IntegrationFailure(reason: "the partial fractions are not proved")
    }
  }

  /// The bases of negative powers as they are written.
  private static func denominators(_ f: Expression) -> [Expression] {
    var found: [Expression] = []
    for part in f.postorder() {
      guard case .power(let base, let exponent) = part.kind, let n = exponent.rationalValue,
        n.isNegative, n.isInteger
      else { continue }
      if case .product(let items) = base.kind { found += items } else { found.append(base) }
    }
    return Array(found.prefix(16))
  }

  /// Splits a square-free polynomial by common divisors with written denominators, by its contents in
  /// the other variables, and by factorisation over Q where it is univariate.
  private static func split(_ factor: Polynomial, by written: [Polynomial]) throws -> [Polynomial] {
    if let whole = factor.univariate(in: 0) {
      return try IntegerFactorization(whole).factors.map { item in
        let x = Polynomial.variable(0, of: factor.ring)
        var sum = Polynomial(0, ring: factor.ring)
        for coefficient in item.polynomial.coefficients.reversed() {
          sum = sum * x + Polynomial(coefficient, ring: factor.ring)
        }
        return sum
      }
    }
    var pieces = [factor]
    func refine(by divisor: Polynomial) {
      pieces = pieces.flatMap { (piece: Polynomial) -> [Polynomial] in
        let common = Polynomial.gcd(piece, divisor)
        guard common.totalDegree > 0, common.totalDegree < piece.totalDegree,
          let rest = piece.divided(by: common)
        else { return [piece] }
        return [common, rest]
      }
    }
    for divisor in written { refine(by: divisor) }
    for variable in factor.occurringVariables where variable != 0 {
      var content = Polynomial(0, ring: factor.ring)
      for part in factor.coefficients(in: variable) { content = Polynomial.gcd(content, part) }
      refine(by: content)
    }
    return pieces
  }

  private static func univariate(_ polynomial: Polynomial) throws -> Univariate {
    if polynomial.isConstant { return Univariate([RationalFunction(polynomial)]) }
    return Univariate(polynomial.coefficients(in: 0).map { RationalFunction($0) })
  }

  /// The numerators, from the equations for the coefficients of each power of x.
  private static func solve(
    _ rest: Univariate, _ denominator: Univariate, _ factors: [(Polynomial, Int)],
    _ basis: KernelBasis
  ) throws -> [Part] {
    if rest.isZero { return [] }
    let size = denominator.coefficients.count - 1
    guard size <= sizeLimit else {
      throw IntegrationFailure(reason: "a denominator of degree \(size)")
    }
    var columns: [(factor: Int, power: Int, degree: Int, polynomial: Univariate)] = []
    for (index, (factor, multiplicity)) in factors.enumerated() {
      let d = try univariate(factor)
      var cofactor = denominator
      for power in 1...max(multiplicity, 1) {
        cofactor = try cofactor.quotientAndRemainder(by: d).quotient
        for degree in 0..<factor.degree(in: 0) {
          columns.append(
            (index, power, degree, cofactor * Univariate.monomial(.one, degree: degree)))
        }
      }
    }
    var entries: [(row: Int, column: Int, value: RationalFunction)] = []
    for (column, item) in columns.enumerated() {
      for (row, value) in item.polynomial.coefficients.enumerated() where !value.isZero {
        entries.append((row, column, value))
      }
    }
    guard columns.count == size, entries.allSatisfy({ $0.row < size }) else {
      throw IntegrationFailure(reason: "the denominator is not factored")
    }
    let right = (0..<size).map {
      $0 < rest.coefficients.count ? rest.coefficients[$0] : RationalFunction.zero
    }
    let solution = try SparseMatrix(rows: size, columns: size, entries: entries).solve(right)
    var parts: [Part] = []
    for (index, (factor, multiplicity)) in factors.enumerated() {
      let coefficients = factor.coefficients(in: 0).map { basis.expression($0) }
      for power in 1...max(multiplicity, 1) {
        var numerator = [Expression](repeating: .zero, count: factor.degree(in: 0))
        for (column, item) in columns.enumerated()
        where item.factor == index && item.power == power {
          numerator[item.degree] = basis.expression(solution[column])
        }
        if numerator.allSatisfy({ Facts.isZero($0) }) { continue }
        parts.append(Part(factor: coefficients, power: power, numerator: numerator))
      }
    }
    return parts
  }

  private static func sum(_ coefficients: [Expression], _ x: Symbol) -> Expression {
    .sum(
      coefficients.enumerated().map { degree, coefficient in
        degree == 0 ? coefficient : coefficient * x.expression.power(degree)
      })
  }

  /// The rational function again.
  func expression(_ x: Symbol) -> Expression {
    Self.sum(polynomial, x)
      + .sum(
        parts.map { part in
          Self.sum(part.numerator, x) * Self.sum(part.factor, x).power(-part.power)
        })
  }

  /// Whether the function falls off faster than 1/x; nil where that is not known. The coefficient of 1/x
  /// at infinity is the sum of those of the simple fractions.
  func decays() -> Bool? {
    for coefficient in polynomial {
      if Facts.isZero(coefficient) { continue }
      return Facts.sign(coefficient)?.isNonzero == true ? false : nil
    }
    let residues = parts.filter { $0.power == 1 }.map { part in
      part.numerator[part.factor.count - 2] / part.factor[part.factor.count - 1]
    }
    let sum = Expression.sum(residues)
    if Facts.isZero(sum) { return true }
    return Facts.sign(sum)?.isNonzero == true ? false : nil
  }
}
