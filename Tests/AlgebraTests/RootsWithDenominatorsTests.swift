import Algebra
import Exact
import Testing

/// Roots that are proper fractions: the polynomial is made integral before they are sought.
@Suite struct RootsWithDenominatorsTests {
  private typealias Poly = UnivariatePolynomial<RationalFunction>

  private func symbols() throws -> (RationalFunction, RationalFunction) {
    let ring = try PolynomialRing(["x", "y"])
    return (
      RationalFunction(Polynomial.variable(0, of: ring)),
      RationalFunction(Polynomial.variable(1, of: ring))
    )
  }

  @Test func fractionsWithSharedAndRepeatedFactors() throws {
    let (x, y) = try symbols()
    let two = RationalFunction(Rational(2))
    let sum = x + y
    let roots = [try x / (sum * two), try y / sum]
    let product = roots.reduce(Poly.one) { $0 * Poly([-$1, .one]) }
    // A factor without a root in the field, with a denominator of its own.
    let rest = Poly([try -(x / sum), .zero, .one])
    let found = try PolynomialRoots.split(product * rest)
    #expect(found.isComplete)
    #expect(Set(found.roots.map(\.root)) == Set(roots))
    #expect(found.roots.allSatisfy { $0.multiplicity == 1 })
    #expect(found.cofactors.count == 1 && found.cofactors.first?.factor == rest)
    // A polynomial moved by one in its constant term loses them.
    let moved = try PolynomialRoots.split(product * rest + .one)
    #expect(Set(moved.roots.map(\.root)).isDisjoint(with: roots))
  }

  @Test func multiplicitiesSurvive() throws {
    let (x, y) = try symbols()
    let root = try x / (y * y)
    let factor = Poly([-root, .one])
    let found = try PolynomialRoots.split(factor * factor * factor)
    #expect(found.roots.count == 1 && found.roots.first?.multiplicity == 3)
    #expect(found.roots.first?.root == root)
  }
}
