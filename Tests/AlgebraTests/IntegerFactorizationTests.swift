import Exact
import TestSupport
import Testing

@testable import Algebra

/// A polynomial with the given coefficients, highest power first.
func poly(_ coefficients: Integer...) -> IntegerPolynomial {
  IntegerPolynomial(coefficients.reversed())
}

private let x = IntegerPolynomial.variable

/// The polynomial whose roots are ±√p₁ ± √p₂ … for the first primes.
func swinnertonDyer(_ count: Int) -> IntegerPolynomial {
  var result = IntegerPolynomial.variable
  for prime: Integer in [2, 3, 5, 7, 11, 13].prefix(count) {
    // f(x + √p)·f(x - √p) = A² - p·B², where f(x + s) = A(x) + s·B(x) for s² = p.
    var a = IntegerPolynomial.zero
    var b = IntegerPolynomial.zero
    for coefficient in result.coefficients.reversed() {
      (a, b) = (
        a * .variable + b.scaled(by: prime) + IntegerPolynomial([coefficient]), b * .variable + a
      )
    }
    result = a * a - (b * b).scaled(by: prime)
  }
  return result
}

@Suite("Factorisation over the integers")
struct IntegerFactorizationTests {
  @Test("known small factorisations")
  func small() throws {
    let f = try IntegerFactorization((x.power(4) + poly(4)).scaled(by: -6))
    #expect(f.content == -6)
    #expect(f.factors.map(\.polynomial) == [poly(1, -2, 2), poly(1, 2, 2)])
    #expect(try IntegerFactorization(poly(7)).factors.isEmpty)
    #expect(try IntegerFactorization(poly(7)).content == 7)
    #expect(throws: ArithmeticError.self) { try IntegerFactorization(.zero) }
    let powers = try IntegerFactorization(x.power(3) * poly(2, 3).power(2) * poly(1, 0, 1))
    #expect(powers.factors.map(\.multiplicity) == [3, 2, 1])
    #expect(powers.factors.map(\.polynomial) == [x, poly(2, 3), poly(1, 0, 1)])
  }

  @Test(
    "x^n - 1 is the product of the cyclotomic polynomials", arguments: [1, 2, 12, 30, 105, 120])
  func cyclotomic(n: Int) throws {
    let f = x.power(UInt(n)) - poly(1)
    let expected = (1...n).filter { n % $0 == 0 }.compactMap { IntegerPolynomial.cyclotomic($0) }
    // Times x + 5, so that the shape is not recognised and the general road is taken.
    let general = n <= 30 ? try IntegerFactorization(f * poly(1, 5)) : nil
    let direct = try IntegerFactorization(f)
    #expect(direct.product == f)
    #expect(direct.factors.count == expected.count)
    for phi in expected { #expect(direct.factors.contains { $0.polynomial == phi }) }
    if let general {
      #expect(general.factors.count == expected.count + 1)
      for phi in expected { #expect(general.factors.contains { $0.polynomial == phi }) }
    }
  }

  @Test("a cyclotomic polynomial is irreducible", arguments: [15, 16, 24, 35, 60, 77])
  func cyclotomicIrreducible(n: Int) throws {
    let phi = try #require(IntegerPolynomial.cyclotomic(n))
    #expect(try IntegerFactorization(phi).factors.map(\.polynomial) == [phi])
  }

  @Test("Swinnerton-Dyer polynomials are irreducible though they split modulo every prime")
  func swinnertonDyers() throws {
    for count in 1...6 {
      let f = swinnertonDyer(count)
      #expect(f.degree == 1 << count)
      #expect(try IntegerFactorization(f).factors == [.init(polynomial: f, multiplicity: 1)])
    }
    let product = swinnertonDyer(3) * swinnertonDyer(4)
    #expect(try IntegerFactorization(product).factors.map(\.polynomial.degree) == [8, 16])
    // Sets too large to be tried one by one, found by meeting in the middle.
    let shifted = swinnertonDyer(4).shifted(by: 1) * swinnertonDyer(4) * swinnertonDyer(5)
    #expect(
      try IntegerFactorization(shifted).factors.map(\.polynomial)
        == [swinnertonDyer(4), swinnertonDyer(4).shifted(by: 1), swinnertonDyer(5)].sorted {
          IntegerFactorization.precedes($0, $1)
        })
    #expect(throws: ArithmeticError.self) {
      try IntegerFactorization(swinnertonDyer(5), subsetLimit: 100)
    }
  }

  @Test("random products are taken apart again", arguments: 0..<24 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var product = IntegerPolynomial([random.integer(bits: 20) + (1 << 21)])
    var degrees = 0
    for _ in 0..<(2 + seed % 4) {
      let degree = 1 + Int(random.next() % 7)
      let bits = 2 + Int(random.next() % 40)
      var coefficients = (0..<degree).map { _ in random.integer(bits: bits) }
      coefficients.append(random.integer(bits: bits).magnitude + 1)
      let multiplicity = 1 + Int(random.next() % 2)
      product *= IntegerPolynomial(coefficients).power(UInt(multiplicity))
      degrees += degree * multiplicity
    }
    let factorization = try IntegerFactorization(product)
    #expect(factorization.product == product)
    #expect(
      factorization.factors.reduce(0) { $0 + $1.multiplicity * ($1.polynomial.degree ?? 0) }
        == degrees)
    for factor in factorization.factors {
      #expect(factor.polynomial.content == 1)
      #expect(factor.polynomial.leadingCoefficient > 0)
      let again = try IntegerFactorization(factor.polynomial)
      #expect(again.factors == [.init(polynomial: factor.polynomial, multiplicity: 1)])
    }
  }

  @Test("polynomials made irreducible by Eisenstein's criterion come back whole")
  func eisenstein() throws {
    var random = SeededGenerator(seed: 77)
    var product = IntegerPolynomial.one
    var parts: [IntegerPolynomial] = []
    for degree in [3, 5, 8, 11, 14] {
      var coefficients = (0..<degree).map { _ in random.integer(bits: 30) * 7 }
      coefficients[0] = 7 * (random.integer(bits: 30) * 7 + 1)
      let f = IntegerPolynomial(coefficients + [1])
      parts.append(f)
      product *= f
    }
    #expect(try IntegerFactorization(product).factors.map(\.polynomial) == parts)
  }

  @Test("coefficients far above the roots need the whole of Mignotte's bound")
  func mignotteBound() throws {
    // Eisenstein at 3; the roots are below 2^17, the constant terms have 300 bits.
    let a = (Integer(1) << 300) + 1
    let b = (Integer(1) << 299) + 3
    func eisenstein(_ degree: Int, _ constant: Integer) -> IntegerPolynomial {
      x.power(UInt(degree)) + x.power(UInt(degree - 1)).scaled(by: 3)
        + IntegerPolynomial([constant * 3])
    }
    let parts = [eisenstein(18, b), eisenstein(20, a)]
    #expect(try IntegerFactorization(parts[0] * parts[1]).factors.map(\.polynomial) == parts)
  }

  @Test("a perturbed factor is detected")
  func perturbed() throws {
    let f = try IntegerFactorization(poly(1, 0, -2) * poly(1, 0, -3))
    let first = try #require(f.factors.first).polynomial
    #expect(f.product.dividedExactly(by: first) != nil)
    #expect(f.product.dividedExactly(by: first + x) == nil)
    #expect(f.product != f.product + poly(1))
  }

  @Test("lifting keeps the congruence")
  func hensel() throws {
    let f = poly(3, 1, -4, 1, -5, 9, 2, 6)
    var prime = WordModulus(3)
    for p in WordPrimes.odd(below: 200) {
      prime = WordModulus(p)
      let residue = ModularPolynomial(f, prime)
      if residue.degree == 7, residue.isSquareFree, try residue.irreducibleFactors().count > 2 {
        break
      }
    }
    let local = try ModularPolynomial(f, prime).irreducibleFactors()
    var tree = try HenselTree(local, prime)
    let (factors, modulus) = try tree.factors(of: f, exponent: 37)
    #expect(modulus == Integer(Int(prime.value)).power(37))
    let product = factors.reduce(IntegerPolynomial([f.leadingCoefficient])) { $0 * $1 }
    #expect((product - f).reduced(modulo: modulus).isZero)
    #expect(!(product + poly(1) - f).reduced(modulo: modulus).isZero)
  }
}
