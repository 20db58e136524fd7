import Exact
import TestSupport
import Testing

@testable import Algebra

@Suite("Lattices and integer relations")
struct LatticeTests {
  @Test(
    "a reduced basis spans the lattice and bounds its shortest vector",
    arguments: 0..<6 as Range<UInt64>)
  func reduction(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let n = 3 + Int(seed % 3)
    let rows = (0..<n).map { i in
      (0..<n).map { j in g.integer(bits: 20) + (i == j ? 3_000_000 : 0) }
    }
    let reduced = try LatticeReduction(rows)
    let square: ([Integer]) -> Integer = { $0.reduce(.zero) { $0 + $1 * $1 } }
    #expect(square(reduced.basis[0]) <= rows.map(square).min()!)
    // Every small combination is at least as long as the bound says.
    for _ in 0..<200 {
      let factors = (0..<n).map { _ in Integer(Int(g.next() % 5) - 2) }
      if factors.allSatisfy(\.isZero) { continue }
      var v = [Integer](repeating: .zero, count: n)
      for (factor, row) in zip(factors, rows) {
        for j in v.indices { v[j] += factor * row[j] }
      }
      #expect(Rational(square(v)) >= reduced.shortestSquare)
    }
    #expect(Rational(square(reduced.basis[0])) >= reduced.shortestSquare)
    #expect(reduced.shortestSquare > 0)
    // The same lattice: the determinants agree up to sign.
    #expect(determinant(rows).magnitude == determinant(reduced.basis).magnitude)
  }

  private func determinant(_ rows: [[Integer]]) -> Integer {
    if rows.isEmpty { return 1 }
    var total = Integer.zero
    for (j, x) in rows[0].enumerated() {
      let minor = rows.dropFirst().map { row in
        row.enumerated().filter { $0.offset != j }.map(\.element)
      }
      total += (j % 2 == 0 ? x : -x) * determinant(minor)
    }
    return total
  }

  @Test("dependent, ragged and too many vectors are refused")
  func refused() {
    #expect(throws: ArithmeticError.self) { try LatticeReduction([[1, 2], [2, 4]]) }
    #expect(throws: ArithmeticError.self) { try LatticeReduction([[1, 2], [2]]) }
    #expect(throws: ArithmeticError.self) {
      try LatticeReduction((0..<60).map { i in (0..<60).map { i == $0 ? 1 : 0 } })
    }
    #expect(throws: ArithmeticError.self) {
      try LatticeReduction([[1, 0, 100_000_000_007], [0, 1, 31_415_926_535]], exchangeLimit: 2)
    }
    #expect(throws: ArithmeticError.self) { try IntegerRelations(among: [5]) }
  }

  @Test(
    "the relation of the powers of an algebraic number is its polynomial", arguments: [3, 6, 10])
  func powers(degree: Int) throws {
    // x^n - 3x - 1 is irreducible; its greatest root to 40 bits a coefficient.
    var coefficients = [Integer](repeating: .zero, count: degree + 1)
    coefficients[0] = -1
    coefficients[1] = -3
    coefficients[degree] = 1
    let root = try #require(AlgebraicNumber.roots(of: IntegerPolynomial(coefficients)).last).root
    let bits = 40 * (degree + 1)
    let value = root.enclosure(bits: bits + 60).lower
    var power = Rational.one
    var scaled: [Integer] = []
    for _ in 0...degree {
      scaled.append((power * Rational(Integer(1) << bits)).floor)
      power = power * value
    }
    let relations = try IntegerRelations(among: scaled)
    let found = IntegerPolynomial(relations.vectors[0]).primitivePart
    #expect(found == IntegerPolynomial(coefficients))
    // Perturbed in the last third, nothing small is left.
    scaled[degree] += Integer(1) << (bits / 3)
    let perturbed = try IntegerRelations(among: scaled)
    #expect(perturbed.shortestSquare > Rational(1 << 20))
  }
}
