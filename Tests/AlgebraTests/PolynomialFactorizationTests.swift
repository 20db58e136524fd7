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
        for index in 0..<variables { exponents[index] = Int.random(in: 0...degree, using: &generator) }
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

  @Test("products of random polynomials split at least into those", arguments: 0..<60)
  func products(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let variables = 2 + seed % 4
    let count = 2 + seed % 3
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
}
