import Exact
import Foundation
import TestSupport
import Testing

@testable import Algebra

@Suite("Factorisation in several variables")
struct PolynomialFactorizationTests {
  static let ring = (try? PolynomialRing(["x", "y", "z", "u", "v"])) ?? .constants
  static func variable(_ index: Int) -> Polynomial { .variable(index, of: ring) }
  static var x: Polynomial { variable(0) }
  static var y: Polynomial { variable(1) }
  static var z: Polynomial { variable(2) }
  static var u: Polynomial { variable(3) }
  static var v: Polynomial { variable(4) }

  /// A random polynomial in some of the variables.
  static func random(
    _ generator: inout SeededGenerator, variables: Int, terms: Int, degree: Int, size: Int = 9
  ) throws -> Polynomial {
    while true {
      var list: [(exponents: [Int], coefficient: Integer)] = []
      for _ in 0..<terms {
        var exponents = [Int](repeating: 0, count: 5)
        for index in 0..<variables {
          exponents[index] = Int.random(in: 0...degree, using: &generator)
        }
        list.append((exponents, Integer(Int.random(in: -size...size, using: &generator))))
      }
      let f = try Polynomial(ring: ring, terms: list)
      if !f.isConstant { return f }
    }
  }

  /// The parts multiply to the polynomial and are normalised.
  static func check(_ f: Polynomial, _ found: PolynomialFactorization) {
    #expect(found.product == f)
    for factor in found.factors {
      #expect(!factor.polynomial.isConstant)
      #expect(factor.polynomial.content.isOne)
      #expect(!factor.polynomial.leadingCoefficient.isNegative)
    }
    #expect(Set(found.factors.map(\.polynomial)).count == found.factors.count)
  }

  @Test("products of random polynomials split at least into those", arguments: 0..<40)
  func products(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let variables = 2 + seed % 4
    let count = variables > 3 ? 2 : 2 + seed % 3
    var f = Polynomial(Integer(seed % 7 - 3 == 0 ? 5 : seed % 7 - 3), ring: Self.ring)
    var parts = 0
    for _ in 0..<count {
      let g = try Self.random(
        &generator, variables: variables, terms: 3 + seed % 5, degree: 1 + seed % 3)
      let multiplicity = seed % 5 == 0 ? 2 : 1
      parts += multiplicity
      f = f * g.power(UInt(multiplicity))
    }
    let found = try f.factorization()
    Self.check(f, found)
    #expect(found.factors.reduce(0) { $0 + $1.multiplicity } >= parts)
    // Each factor is its own factorisation.
    for factor in found.factors {
      #expect(try factor.polynomial.isIrreducible())
    }
  }

  @Test("constants, zero, signs, monomials, variables of a larger ring")
  func edges() throws {
    #expect(throws: ArithmeticError.self) { try Polynomial(0, ring: Self.ring).factorization() }
    let constant = try Polynomial(-12, ring: Self.ring).factorization()
    #expect(constant.content == -12 && constant.factors.isEmpty)
    let f = (Self.x.power(3) * Self.v.power(2)).scaled(by: -4)
    let found = try f.factorization()
    #expect(found.content == -4)
    #expect(found.factors.map(\.multiplicity).sorted() == [2, 3])
    Self.check(f, found)
    let g = Self.y * Self.y - Self.u * Self.u
    Self.check(-g, try (-g).factorization())
    #expect(try g.factorization().factors.count == 2)
    #expect(try (-g).factorization().content == -1)
    // A power of another variable, and a factor in one variable only.
    let h = (Self.z.power(4) - Polynomial(4, ring: Self.ring)) * (Self.x + Self.y) * Self.u
    Self.check(h, try h.factorization())
    #expect(try h.factorization().factors.count == 4)
  }

  @Test("irreducible by construction", arguments: 2..<9)
  func irreducible(degree: Int) throws {
    // Eisenstein at the prime y, and at the prime y + z of Q[y, z].
    let n = UInt(degree)
    #expect(try (Self.x.power(n) + Self.y * (Self.x + Polynomial(1))).isIrreducible())
    let p = Self.y + Self.z
    #expect(try (Self.x.power(n) + p * Self.x * Self.u.scaled(by: 3) - p).isIrreducible())
    // Not divisible, yet with images that split often: x^4 - 10x²y + y² and the like.
    #expect(
      try (Self.x.power(4) - (Self.x * Self.x * Self.y).scaled(by: 10) + Self.y.power(2))
        .isIrreducible())
  }

  @Test("x^n - y^n has a factor for every divisor", arguments: [1, 2, 6, 8, 12, 24])
  func differencesOfPowers(n: Int) throws {
    let f = Self.x.power(UInt(n)) - Self.y.power(UInt(n))
    let found = try f.factorization()
    Self.check(f, found)
    #expect(found.factors.count == (1...n).filter { n % $0 == 0 }.count)
  }

  @Test("large coefficients need several primes")
  func largeCoefficients() throws {
    var generator = SeededGenerator(seed: 42)
    func random() throws -> Polynomial {
      var list: [(exponents: [Int], coefficient: Integer)] = [([3, 0, 0, 0, 0], 1)]
      for _ in 0..<5 {
        let exponents = (0..<5).map { $0 < 3 ? Int.random(in: 0...2, using: &generator) : 0 }
        list.append((exponents, generator.integer(bits: 150)))
      }
      return try Polynomial(ring: Self.ring, terms: list)
    }
    let f = try random() * random()
    let found = try f.factorization()
    Self.check(f, found)
    #expect(found.factors.count >= 2)
  }

  @Test("where an image splits further, sets of its factors are searched")
  func search() throws {
    // At y = 4, z = 9 both x² - y and x² - yz + … split into linear factors.
    let a = Self.x.power(2) - Self.y
    let b =
      Self.x.power(2) * (Self.z + Polynomial(1)).scaled(by: 1) - Self.y * Self.z.scaled(by: 10)
    let f = a * b
    let point = EvaluationPoint(others: [1, 2], values: [4, 9])
    let image = try IntegerFactorization(point.image(of: f, main: 0))
    #expect(image.factors.count == 4)
    var engine = FactorizationEngine(budget: 1_000_000_000)
    let factorizer = SquareFreeFactorizer(f, main: 0)
    let found = try factorizer.search((point, image), engine: &engine)
    #expect(Set(try #require(found)) == [a, b])
    let alone = SquareFreeFactorizer(a, main: 0)
    let single = EvaluationPoint(others: [1], values: [4])
    let parts = try IntegerFactorization(single.image(of: a, main: 0))
    #expect(parts.factors.count == 2)
    #expect(try alone.search((single, parts), engine: &engine) == [a])
  }

  @Test("sets that belong to no factor are proved not to", arguments: [false, true])
  func wrongSets(isRight: Bool) throws {
    let one = Polynomial(1, ring: Self.ring)
    let a = Self.x.power(2) * Self.y - Self.z
    let b = Self.x.power(2) + Self.x * Self.y + one
    let c = Self.x.power(3) * Self.z + Self.y + one
    let f = a * b * c
    let point = EvaluationPoint(others: [1, 2], values: [3, 5])
    func image(_ p: Polynomial) -> IntegerPolynomial { point.image(of: p, main: 0) }
    let sets =
      isRight
      ? [image(a).multiplied(by: image(b)), image(c)] : [image(a), image(b) + image(c)]
    let reconstruction = FactorReconstruction(
      imposing: f.coefficients(in: 0)[7], on: f, main: 0, point: point, images: sets)
    var budget = 1_000_000_000
    switch try reconstruction.run(budget: &budget) {
    case .factors(let found): #expect(isRight && Set(found) == [a * b, c])
    default: #expect(!isRight)
    }
  }

  @Test("a limit is kept")
  func limits() throws {
    let squares = [Self.x, Self.y, Self.z, Self.u].map { $0 * $0 }
    let one = Polynomial(1, ring: Self.ring)
    let f =
      (squares[0] + squares[1] * Self.x + squares[2] * squares[3] + one)
      * (squares[0] * squares[1] + squares[2] + squares[3] * Self.z + one)
    #expect(throws: ArithmeticError.self) { try f.factorization(limit: 10) }
    #expect(throws: ArithmeticError.self) {
      try Polynomial.resultant(f, f.derivative(in: 0), in: 0, limit: 10)
    }
  }

  @Test("a changed coefficient is noticed")
  func perturbed() throws {
    let a = Self.x.power(2) + Self.y * Self.z + Polynomial(1)
    let b = Self.x * Self.y.power(2) - Self.z.power(3) + Polynomial(2)
    let good = try (a * b).factorization()
    let changed = try (a * b + Self.x).factorization()
    #expect(good.factors.count == 2)
    #expect(changed.factors.count == 1)
    #expect(good.product != a * b + Self.x)
  }
}
