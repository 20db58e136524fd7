import Exact
import TestSupport
import Testing

@testable import Algebra

@Suite("Algebraic towers")
struct AlgebraicTowerTests {
  typealias Univariate = UnivariatePolynomial<AlgebraicElement>
  static let ring = (try? PolynomialRing(["a", "b"])) ?? .constants
  static let a = AlgebraicElement(RationalFunction(.variable(0, of: ring)))
  static let b = AlgebraicElement(RationalFunction(.variable(1, of: ring)))

  static func square(minus value: AlgebraicElement) -> Univariate {
    Univariate([-value, .zero, .one])
  }

  @Test("square roots over the rational functions: which are new, which are there")
  func radicals() throws {
    let field = try AlgebraicTower.rationalFunctions.adjoiningRoot(of: Self.square(minus: Self.a))
    let both = try field.adjoiningRoot(of: Self.square(minus: Self.b))
    #expect(try both.isIrreducible(Self.square(minus: Self.a + Self.b)))
    #expect(try !both.isIrreducible(Self.square(minus: Self.a * Self.b)))
    let roots = try both.roots(of: Self.square(minus: Self.a * Self.b))
    #expect(roots.count == 2)
    for root in roots { #expect(root * root == Self.a * Self.b) }
    // (√a + √b)² = a + b + 2√a√b, with a coefficient from the tower.
    let sum = field.generator + both.generator
    let nested = try both.roots(of: Self.square(minus: sum * sum))
    #expect(Set(nested) == [sum, -sum])
    #expect(try both.isIrreducible(Self.square(minus: sum)))
    // A field with √(ab) over √a has √b.
    let other = try field.adjoiningRoot(of: Self.square(minus: Self.a * Self.b))
    #expect(try !other.isIrreducible(Self.square(minus: Self.b)))
  }

  @Test("a reducible relation is refused, and a division by its zero divisor throws")
  func reducible() throws {
    let four = Univariate([AlgebraicElement(-4), .zero, .one])
    #expect(throws: ArithmeticError.self) {
      try AlgebraicTower.rationalFunctions.adjoiningRoot(of: four)
    }
    let unchecked = try AlgebraicTower.rationalFunctions.adjoiningRoot(ofIrreducible: four)
    #expect(throws: ArithmeticError.self) {
      try (unchecked.generator - AlgebraicElement(2)).inverse()
    }
    #expect(throws: ArithmeticError.self) {
      try AlgebraicTower.rationalFunctions.factorization(
        of: Univariate([unchecked.generator, .one]))
    }
    #expect(throws: ArithmeticError.self) {
      try AlgebraicTower.rationalFunctions.factorization(of: .zero)
    }
  }

  @Test("laws of a field, and products split", arguments: 0..<4)
  func products(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed) + 77)
    let field = try AlgebraicTower.rationalFunctions.adjoiningRoot(of: Self.square(minus: Self.a))
    func random() -> AlgebraicElement {
      let c = { AlgebraicElement(Integer(Int.random(in: -4...4, using: &generator))) }
      return c() + c() * Self.a + c() * field.generator + c() * Self.b * field.generator
    }
    let (x, y, z) = (random(), random(), random())
    #expect(x * (y + z) == x * y + x * z)
    #expect((x * y) * z == x * (y * z))
    if !y.isZero { #expect(try (x / y) * y == x) }
    let f = Univariate([x, .one]) * Univariate([y, z, .one])
    let found = try field.factorization(of: f)
    #expect(found.factors.reduce(0) { $0 + $1.multiplicity } >= 2)
  }

  @Test("cube roots of unity split x³ - a only with them")
  func cubes() throws {
    let unity = try AlgebraicTower.rationalFunctions.adjoiningRoot(
      of: Univariate([.one, .one, .one]))
    let cube = Univariate([-Self.a, .zero, .zero, .one])
    let root = try unity.adjoiningRoot(of: cube)
    #expect(try root.roots(of: cube).count == 3)
    let alone = try AlgebraicTower.rationalFunctions.adjoiningRoot(of: cube)
    #expect(try alone.roots(of: cube) == [alone.generator])
    #expect(try alone.factorization(of: cube * cube).factors.map(\.multiplicity) == [2, 2])
  }
}
