import Algebra
import Arbitrary
import Exact

/// Exact forms for numbers of which digits are known.
///
/// A form is proposed by an integer relation among digits, confirmed at twice the digits, and accepted
/// where the agreement goes ``leastSignificance`` bits beyond what chance gives. It is proved where the
/// number has a definition to prove from, and otherwise said to be a guess. For a number without such a
/// form nothing is proposed, but for a probability of about 2^-significance.
///
/// Source: Ferguson, Bailey, Arno 1999 for the use; the relations by Lenstra, Lenstra, Lovász 1982.
public struct Recognition: Sendable {
  public let source: RealSource
  /// The bits of agreement beyond chance below which nothing is proposed.
  public var leastSignificance = IntegerRelations.defaultSignificance
  /// The bits after the point that a relation is confirmed with at most.
  public var precisionLimit = 2048
  /// How far closed forms of algebraic numbers are sought, and the bits of proofs.
  public var closedFormLimit = ClosedFormLimit.standard

  public init(_ source: RealSource) { self.source = source }

  /// The number as a fraction.
  ///
  /// - Returns: nil where none is significant.
  /// - Throws: as the source.
  public func rational() throws(ArithmeticError) -> RecognisedForm? {
    try combination(of: [.one])
  }

  /// The number as a root of an integer polynomial, of the least degree that shows.
  ///
  /// - Returns: nil where no degree up to the greatest shows a significant polynomial.
  /// - Throws: ``ArithmeticError/limit(_:)`` for degrees above ``AlgebraicNumber/degreeLimit`` or the
  ///   dimension of a lattice; as the source.
  public func algebraic(degree greatest: Int) throws(ArithmeticError) -> RecognisedForm? {
    if greatest >= LatticeReduction.dimensionLimit {
      throw .limit("a polynomial of degree \(greatest)")
    }
    for degree in stride(from: 1, through: greatest, by: 1) {
      let evidence = try relation(count: degree + 1) { (precision) throws(ArithmeticError) in
        let x = try source.interval(precision: precision + 8)
        var powers = [Interval(1)]
        for _ in 0..<degree {
          powers.append(Interval.mul(powers[powers.count - 1], x, precision: precision + 8))
        }
        return powers
      }
      guard let evidence, let number = try root(of: IntegerPolynomial(evidence.relation)) else {
        continue
      }
      let form = try? number.closedForm(limit: closedFormLimit)
      return RecognisedForm(
        expression: form?.expression, number: number, evidence: evidence,
        status: try status(of: number))
    }
    return nil
  }

  /// The number as a combination Σ cᵢ·bᵢ of the numbers of a basis, with rational coefficients.
  ///
  /// - Parameter basis: formulas without symbols, linearly independent over the rational numbers.
  /// - Returns: nil where none is significant.
  /// - Throws: ``ArithmeticError/domain(_:)`` where the digits show a relation among the basis alone;
  ///   ``ArithmeticError/limit(_:)`` for more than ``LatticeReduction/dimensionLimit`` numbers; as the
  ///   source.
  public func combination(
    of basis: [Expression]
  ) throws(ArithmeticError) -> RecognisedForm? {
    let evidence = try relation(count: basis.count + 1) { (precision) throws(ArithmeticError) in
      var values = [try source.interval(precision: precision + 8)]
      for part in basis { values.append(try Self.real(part, precision + 8)) }
      return values
    }
    guard let evidence else { return nil }
    var terms: [(Rational, Expression)] = []
    for (coefficient, part) in try Self.solved(evidence.relation).enumerated().map({
      ($0.element, basis[$0.offset])
    }) where !coefficient.isZero {
      terms.append((coefficient, part))
    }
    let form = ClosedFormSearch.sums(terms).first ?? .zero
    return RecognisedForm(
      expression: form, number: nil, evidence: evidence, status: try status(of: form))
  }

  /// The number as a product ±Π bᵢ^cᵢ of powers, with rational exponents, of positive numbers.
  ///
  /// - Parameter basis: formulas without symbols with positive values, multiplicatively independent.
  /// - Returns: nil where none is significant, and where the sign of the number does not show.
  /// - Throws: as ``combination(of:)``.
  public func product(of basis: [Expression]) throws(ArithmeticError) -> RecognisedForm? {
    guard let sign = try source.interval(precision: 256).certainSign, sign != 0 else { return nil }
    let evidence = try relation(count: basis.count + 1) { (precision) throws(ArithmeticError) in
      let x = try source.interval(precision: precision + 8)
      var values = [Interval.log(Interval.abs(x), precision: precision + 8)]
      for part in basis {
        values.append(
          Interval.log(try Self.real(part, precision + 8), precision: precision + 8))
      }
      return values
    }
    guard let evidence else { return nil }
    var factors: [Expression] = sign < 0 ? [.integer(-1)] : []
    for (part, exponent) in zip(basis, try Self.solved(evidence.relation)) where !exponent.isZero {
      factors.append(part.power(.rational(exponent)))
    }
    let form = Expression.product(factors)
    return RecognisedForm(
      expression: form, number: nil, evidence: evidence, status: try status(of: form))
  }

  // MARK: Parts

  private func relation(
    count: Int, among values: (Int) throws(ArithmeticError) -> [Interval]
  ) throws(ArithmeticError) -> RelationEvidence? {
    var first = 40 + 12 * count
    var limit = 0
    if let known = source.knownBits {
      // All that is known of the least known value, half of it to find the relation.
      let widths = try values(known + 64).map { -1 - ($0.width.exponent ?? -1 - known) }
      limit = widths.min() ?? known
      first = Swift.max((limit - 2) / 2, 1)
    } else {
      let zeros = IntegerRelations.leadingZeros(try values(64))
      limit = Swift.min(precisionLimit, 8 * first) + 2 * Swift.min(zeros, precisionLimit)
    }
    return try IntegerRelations.relation(
      count: count, first: first, limit: limit, significance: leastSignificance, among: values)
  }

  private static func real(
    _ part: Expression, _ precision: Int
  ) throws(ArithmeticError) -> Interval {
    let value = try AlgebraicZeroTest.enclosure(of: part, precision: precision)
    if !value.im.containsZero { throw .domain("the value of \(part) is not real") }
    return value.re
  }

  /// The first number by the others.
  private static func solved(_ relation: [Integer]) throws(ArithmeticError) -> [Rational] {
    guard let lead = relation.first, !lead.isZero else {
      throw .domain("a relation among the numbers of the basis: \(relation.dropFirst())")
    }
    var coefficients: [Rational] = []
    for value in relation.dropFirst() { coefficients.append(try Rational(-value, lead)) }
    return coefficients
  }

  /// The root that the digits close in on.
  private func root(
    of polynomial: IntegerPolynomial
  ) throws(ArithmeticError) -> AlgebraicNumber? {
    if polynomial.degree ?? 0 < 1 { return nil }
    var roots = try AlgebraicNumber.roots(of: polynomial).map(\.root)
    var precision = 64
    while precision <= precisionLimit {
      let value = try source.interval(precision: precision)
      roots = roots.filter { !$0.interval(precision: precision).isDisjoint(from: value) }
      if roots.count <= 1 { return roots.first }
      precision *= 2
    }
    return nil
  }

  private func status(
    of number: AlgebraicNumber
  ) throws(ArithmeticError) -> RecognisedForm.Status {
    switch source.definition {
    case .digits: return .guess
    case .number(let known): return known == number ? .proved(.minimalPolynomial) : .guess
    case .formula(let formula):
      // A formula beyond the zero test, as one with a logarithm, leaves a guess.
      guard
        let proof = try? AlgebraicZeroTest.proof(
          that: formula, equals: number, precisionLimit: closedFormLimit.proofBits)
      else { return .guess }
      return .proved(.separation(proof.bound))
    }
  }

  private func status(of form: Expression) throws(ArithmeticError) -> RecognisedForm.Status {
    let limit = closedFormLimit.proofBits
    switch source.definition {
    case .digits: return .guess
    case .number(let known):
      guard
        let proof = try? AlgebraicZeroTest.proof(
          that: form, equals: known, precisionLimit: limit)
      else { return .guess }
      return .proved(.separation(proof.bound))
    case .formula(let formula):
      let difference = formula - form
      guard let bound = try? SeparationBound(difference),
        (try? AlgebraicZeroTest.sign(of: difference, precisionLimit: limit)) == 0
      else { return .guess }
      return .proved(.separation(bound))
    }
  }
}
