import Exact

/// A field of algebraic functions: Q(x₁, …, xₙ) with roots of polynomials adjoined one after another.
///
/// The tower of level 0 is the field of rational functions itself. Each further level adjoins a root
/// of a polynomial over the level below. Elements are ``AlgebraicElement`` values; those of lower
/// levels belong to the higher ones.
public final class AlgebraicTower: Sendable {
  /// The field below; nil at level 0.
  public let below: AlgebraicTower?
  /// The monic polynomial over the field below whose root is adjoined; zero at level 0.
  public let relation: UnivariatePolynomial<AlgebraicElement>
  /// How many roots are adjoined.
  public let level: Int

  private init(below: AlgebraicTower?, relation: UnivariatePolynomial<AlgebraicElement>) {
    self.below = below
    self.relation = relation
    level = below.map { $0.level + 1 } ?? 0
  }

  /// The field of rational functions.
  public static let rationalFunctions = AlgebraicTower(below: nil, relation: .zero)

  /// The field with a root of a polynomial adjoined, without a check that it is irreducible: over a
  /// reducible one divisions may throw.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` for a polynomial of degree below two or with
  ///   coefficients that do not belong to this field.
  public func adjoiningRoot(
    ofIrreducible polynomial: UnivariatePolynomial<AlgebraicElement>
  ) throws(ArithmeticError) -> AlgebraicTower {
    guard let degree = polynomial.degree, degree > 1 else {
      throw .domain("a root to adjoin needs a polynomial of degree two or more")
    }
    for coefficient in polynomial.coefficients { try check(coefficient) }
    return AlgebraicTower(below: self, relation: try polynomial.monic())
  }

  /// The field with a root of a polynomial adjoined.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where the polynomial is not irreducible;
  ///   ``ArithmeticError/limit(_:)``.
  public func adjoiningRoot(
    of polynomial: UnivariatePolynomial<AlgebraicElement>
  ) throws(ArithmeticError) -> AlgebraicTower {
    guard try isIrreducible(polynomial) else {
      throw .domain("a root to adjoin needs an irreducible polynomial")
    }
    return try adjoiningRoot(ofIrreducible: polynomial)
  }

  /// The adjoined root; zero at level 0.
  public var generator: AlgebraicElement {
    level == 0 ? .zero : AlgebraicElement(self, [.zero, .one])
  }

  /// The levels from the first adjoined root up to this one.
  var levels: [AlgebraicTower] { level == 0 ? [] : (below?.levels ?? []) + [self] }

  /// - Throws: ``ArithmeticError/domain(_:)`` for an element of another tower.
  func check(_ element: AlgebraicElement) throws(ArithmeticError) {
    guard let other = element.tower else { return }
    var current: AlgebraicTower? = self
    while let tower = current {
      if tower === other { return }
      current = tower.below
    }
    throw .domain("an element of another field")
  }
}
