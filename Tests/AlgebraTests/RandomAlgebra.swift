import Exact
import TestSupport

@testable import Algebra

/// Random elements for the tests of polynomials and matrices.
struct RandomAlgebra {
  var generator: SeededGenerator
  let ring: PolynomialRing

  init(seed: UInt64, _ variables: [String] = ["x", "y", "z"]) throws {
    generator = SeededGenerator(seed: seed)
    ring = try PolynomialRing(variables)
  }

  mutating func integer(_ range: ClosedRange<Int> = -6...6) -> Integer {
    Integer(Int.random(in: range, using: &generator))
  }

  mutating func rational() throws -> Rational { try Rational(integer(-9...9), integer(1...7)) }

  /// A point at which denominators with small coefficients seldom vanish.
  mutating func point() throws -> [Rational] {
    var values: [Rational] = []
    for _ in ring.variables { values.append(try Rational(integer(-999...999), integer(1...97))) }
    return values
  }

  mutating func polynomial(terms: Int = 5, degree: Int = 3) throws -> Polynomial {
    var list: [(exponents: [Int], coefficient: Integer)] = []
    for _ in 0..<terms {
      let exponents = ring.variables.map { _ in Int.random(in: 0...degree, using: &generator) }
      list.append((exponents, integer()))
    }
    return try Polynomial(ring: ring, terms: list)
  }

  mutating func nonzero(terms: Int = 5, degree: Int = 3) throws -> Polynomial {
    while true {
      let f = try polynomial(terms: terms, degree: degree)
      if !f.isZero { return f }
    }
  }

  mutating func function(terms: Int = 3, degree: Int = 2) throws -> RationalFunction {
    try RationalFunction(
      try polynomial(terms: terms, degree: degree), try nonzero(terms: terms, degree: degree))
  }

  mutating func matrix(_ rows: Int, _ columns: Int) throws -> Matrix<Rational> {
    var result = Matrix<Rational>(rows: rows, columns: columns)
    for index in result.elements.indices { result.elements[index] = try rational() }
    return result
  }
}
