import Algebra
import Exact

/// A number written with roots or cosines, proved equal to it.
public struct ClosedForm: Sendable, Hashable {
  /// How a form was found. The proof does not depend on it.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// A fraction.
    case rational
    /// a + b·√d.
    case quadratic
    /// A rational number plus a root of a rational number.
    case root
    /// A combination of square roots.
    case squareRoots
    /// A combination of cosines of 2πk/n, or a polynomial in one of them.
    case cyclotomic
    /// The polynomial is a polynomial of a simpler one.
    case decomposition
    /// A quadratic or cubic equation over a quadratic field.
    case quadraticSubfield
    /// Cardano's formula with real cube roots.
    case cubeRoots
    /// A cubic with three real roots, by a third of an angle (Viète).
    case thirdOfAngle
    /// A quartic by its resolvent cubic (Ferrari).
    case quartic
  }

  /// The form.
  public let expression: Expression
  public let method: Method
  /// Why the two are equal.
  public let proof: EqualityProof
}

/// How far a search for closed forms goes.
public struct ClosedFormLimit: Sendable, Hashable {
  /// The greatest degree of the number.
  public var degree = 20
  /// The greatest conductor of an abelian field.
  public var conductor = AlgebraicNumber.defaultConductorLimit
  /// The bits of digits that integer relations are looked for in.
  public var relationBits = 4096
  /// The bits of a proof.
  public var proofBits = AlgebraicZeroTest.defaultPrecisionLimit
  /// The candidates that are proved at most.
  public var candidates = 64

  public init() {}
  public static let standard = ClosedFormLimit()
}

extension AlgebraicNumber {
  /// The most compact closed form that is found; nil where none is.
  ///
  /// Fractions; a + b·√d; roots of rational numbers; sums of square roots; numbers of abelian fields
  /// as sums or products of cosines of fractions of π; polynomials that decompose; cubics and quartics
  /// by real roots or thirds of angles; quadratic and cubic equations over quadratic fields. Other
  /// solvable equations are not tried, so that nil does not mean that there is no form; the minimal
  /// polynomial and ``rootIndex`` then name the number.
  ///
  /// - Returns: proved equal to the number.
  /// - Throws: ``ArithmeticError/limit(_:)`` above the limit's degree. Other limits only leave forms
  ///   out.
  public func closedForm(
    limit: ClosedFormLimit = .standard
  ) throws(ArithmeticError) -> ClosedForm? {
    try closedForms(limit: limit, most: 1).first
  }

  /// Closed forms by every method that gives one, the most compact first.
  ///
  /// - Parameter most: the number of forms after which the proofs stop.
  /// - Throws: as ``closedForm(limit:)``.
  public func closedForms(
    limit: ClosedFormLimit = .standard, most: Int = 8
  ) throws(ArithmeticError) -> [ClosedForm] {
    if degree > limit.degree {
      throw .limit("a closed form of a number of degree \(degree) > \(limit.degree)")
    }
    var forms: [ClosedForm] = []
    for candidate in ClosedFormSearch(limit).candidates(for: self).prefix(limit.candidates) {
      if forms.count >= most { break }
      // A proof that reaches its limit leaves the form out.
      guard
        let proof = try? AlgebraicZeroTest.proof(
          that: candidate.expression, equals: self, precisionLimit: limit.proofBits)
      else { continue }
      forms.append(
        ClosedForm(expression: candidate.expression, method: candidate.method, proof: proof))
    }
    return forms
  }
}
