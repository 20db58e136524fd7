import Exact
import TestSupport
import Testing

@testable import Algebra

/// A polynomial of the given degree, or of a degree below a bound, with coefficients of some bits.
private func random(
  _ generator: inout SeededGenerator, degree: Int? = nil, degreeBelow: UInt64 = 1, bits: Int? = nil,
  bitsBelow: UInt64 = 1
) -> IntegerPolynomial {
  let degree = degree ?? Int(generator.next() % degreeBelow)
  let bits = bits ?? 1 + Int(generator.next() % bitsBelow)
  return IntegerPolynomial(
    (0..<degree).map { _ in generator.integer(bits: bits) }
      + [generator.integer(bits: bits).magnitude + 1])
}

@Suite("Polynomials over the integers")
struct IntegerPolynomialTests {
  @Test("the packed product is the product", arguments: 0..<40 as Range<UInt64>)
  func packedProduct(seed: UInt64) {
    var g = SeededGenerator(seed: seed)
    let a = random(&g, degreeBelow: 30, bitsBelow: 200)
    let b = random(&g, degreeBelow: 30, bitsBelow: 200)
    #expect(a.multiplied(by: b) == a * b)
    #expect((-a).multiplied(by: b) == -(a * b))
    // Extreme coefficients fill their slots.
    let full = IntegerPolynomial(a.coefficients.map { _ in (Integer(1) << 64) - 1 })
    #expect(full.multiplied(by: -full) == -(full * full))
  }

  @Test(
    "shifts, scalings and reversal against their definitions", arguments: 0..<20 as Range<UInt64>)
  func transforms(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let f = random(&g, degreeBelow: 40, bits: 60)
    let at = g.integer(bits: 20)
    #expect(f.shiftedByOne()(at) == f(at + 1))
    #expect(f.shiftedByOne() == f.shifted(by: 1))
    #expect(f.shifted(by: -7)(at) == f(at - 7))
    #expect(f.withNegatedArgument(at) == f(-at))
    #expect(f.withArgumentRaised(to: 3)(at) == f(at * at * at))
    #expect(f.withArgumentScaled(byPowerOfTwo: 5)(at) == f(at * 32))
    let degree = try #require(f.degree)
    #expect(
      f.withArgumentScaled(byPowerOfTwo: -3)(at * 8) == f(at) << (3 * degree))
    let x = try Rational(at, 12345)
    let exact = f.map { Rational($0) }(x)
    #expect(try f.value(at: x) == exact)
    #expect(f.sign(at: x) == exact.signum)
    if let bound = f.rootBoundExponent {
      // No real root beyond the bound: the sign is that at infinity.
      let far = try Rational(2).power(bound)
      #expect(f.sign(at: far) == f.signAtInfinity(1))
      #expect(f.sign(at: -far) == f.signAtInfinity(-1))
    }
  }

  @Test("pseudo-division and exact division", arguments: 0..<20 as Range<UInt64>)
  func division(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let f = random(&g, degreeBelow: 20, bits: 30)
    let d = random(&g, degreeBelow: 10, bits: 30)
    let (q, r) = try f.pseudoQuotientAndRemainder(by: d)
    let steps = max(0, (f.degree ?? 0) - (d.degree ?? 0) + 1)
    #expect(f.scaled(by: d.leadingCoefficient.power(UInt(steps))) == q * d + r)
    #expect(r.coefficients.count < d.coefficients.count)
    #expect((f * d).dividedExactly(by: d) == f)
    if d.degree != 0 { #expect((f * d + poly(1)).dividedExactly(by: d) == nil) }
    #expect(throws: ArithmeticError.divisionByZero) { try f.pseudoQuotientAndRemainder(by: .zero) }
    #expect(f.dividedExactly(by: .zero) == nil)
  }

  @Test("gcd against what was put in", arguments: 0..<20 as Range<UInt64>)
  func gcd(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let c = random(&g, degreeBelow: 8, bitsBelow: 90).primitivePart
    let a = random(&g, degree: 5, bits: 40)
    let b = random(&g, degree: 6, bits: 40)
    let common = try IntegerPolynomial.gcd(a * c, b * c)
    #expect(common.dividedExactly(by: c) != nil)
    #expect((a * c).dividedExactly(by: common) != nil)
    let rational = try UnivariatePolynomial<Rational>.gcd(
      (a * c).map { Rational($0) }, (b * c).map { Rational($0) })
    #expect(IntegerPolynomial(clearingDenominatorsOf: rational) == common.primitivePart)
    #expect(try IntegerPolynomial.gcd(poly(6), poly(4, 10)) == poly(2))
    #expect(try IntegerPolynomial.gcd(.zero, -c) == c)
  }

  @Test("square-free decomposition")
  func squareFree() throws {
    let f = poly(2, 1).power(3) * poly(1, 0, -2) * poly(1, -5).power(3) * poly(3, 1).power(2)
    let parts = try f.squareFreeDecomposition()
    #expect(parts.map(\.multiplicity) == [1, 2, 3])
    #expect(parts.map(\.factor) == [poly(1, 0, -2), poly(3, 1), poly(2, 1) * poly(1, -5)])
    #expect(try !f.isSquareFree())
    #expect(try f.squareFreePart().isSquareFree())
  }

  @Test("resultants and discriminants of known polynomials")
  func resultants() throws {
    // res(x² - 2, x² - 3) = Π (±√2 ± √3) = 1; disc(x³ + p·x + q) = -4p³ - 27q².
    #expect(try IntegerPolynomial.resultant(poly(1, 0, -2), poly(1, 0, -3)) == 1)
    #expect(try poly(1, 0, 5, 7).discriminant() == -4 * 125 - 27 * 49)
    #expect(try poly(3, 5, -7).discriminant() == 25 + 84)
    #expect(try IntegerPolynomial.resultant(poly(1, -3), poly(2, 0, 0, 1)) == 55)
    #expect(try IntegerPolynomial.resultant(poly(2, 0, 0, 1), poly(1, -3)) == -55)
    #expect(try IntegerPolynomial.resultant(poly(1, -3), poly(1, -3) * poly(7, 1)) == 0)
    #expect(try IntegerPolynomial.resultant(poly(5), poly(1, 1, 1)) == 25)
    // Wilkinson: disc Π (x - k) = Π_{i<j} (i - j)².
    let wilkinson = (1...12).reduce(IntegerPolynomial.one) { $0 * poly(1, Integer(-$1)) }
    var product = Integer(1)
    for i in 1...12 { for j in 1..<max(i, 1) { product *= Integer((i - j) * (i - j)) } }
    #expect(try wilkinson.discriminant() == product)
  }

  @Test("a resultant is multiplicative", arguments: 0..<10 as Range<UInt64>)
  func multiplicative(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    let a = random(&g, degree: 4, bits: 70)
    let b = random(&g, degree: 3, bits: 70)
    let c = random(&g, degree: 5, bits: 70)
    let ab = try IntegerPolynomial.resultant(a * b, c)
    let separate = try (
      IntegerPolynomial.resultant(a, c), IntegerPolynomial.resultant(b, c)
    )
    #expect(ab == separate.0 * separate.1)
    #expect(ab != separate.0 * separate.1 + 1)
  }

  @Test("word primes against trial division")
  func primes() {
    func isPrime(_ n: UInt64) -> Bool {
      n > 1 && !(2..<max(n, 2)).prefix { $0 * $0 <= n }.contains { n % $0 == 0 }
    }
    for n: UInt64 in 0..<2000 { #expect(WordPrimes.isPrime(n) == isPrime(n)) }
    #expect(
      WordPrimes.Descending().prefix(3).map { $0 } == [2_147_483_647, 2_147_483_629, 2_147_483_587])
  }

  @Test("Barrett's remainder at the ends of its range")
  func barrett() {
    for p: UInt64 in [2, 3, 5, 65537, 2_147_483_629, 2_147_483_647] {
      let modulus = WordModulus(p)
      for x: UInt64 in [0, 1, p - 1, p, p + 1, p * p - 1, p * p, UInt64.max - 1, UInt64.max] {
        #expect(modulus.reduce(x) == x % p)
      }
    }
  }
}
