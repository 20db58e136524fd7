import Exact
import TestSupport
import Testing

@testable import Algebra

@Suite struct PolynomialTests {
  private struct Recorded: Decodable {
    struct Product: Decodable {
      let a: String
      let b: String
      let product: String
    }
    struct Divisor: Decodable {
      let label: String
      let a: String
      let b: String
      let gcd: String
    }
    let products: [Product]
    let gcds: [Divisor]
  }

  /// The polynomial in x, y, z, w that a recorded text says: terms `3*x^2*y` with spaced signs.
  private func parse(_ text: String, _ ring: PolynomialRing) throws -> Polynomial {
    var terms: [(exponents: [Int], coefficient: Integer)] = []
    var isNegative = false
    for word in text.split(separator: " ") {
      if word == "+" || word == "-" {
        isNegative = word == "-"
        continue
      }
      var body = word
      if body.hasPrefix("-") {
        isNegative.toggle()
        body = body.dropFirst()
      }
      var coefficient = Integer(1)
      var exponents = [Int](repeating: 0, count: ring.variables.count)
      for factor in body.split(separator: "*") {
        let parts = factor.split(separator: "^")
        if let variable = ring.variables.firstIndex(of: String(parts[0])) {
          exponents[variable] += parts.count > 1 ? try #require(Int(parts[1])) : 1
        } else {
          coefficient *= try #require(Integer(String(factor)))
        }
      }
      terms.append((exponents, isNegative ? -coefficient : coefficient))
      isNegative = false
    }
    return try Polynomial(ring: ring, terms: terms)
  }

  // MARK: Rings

  @Test(arguments: 1...20) func ringLaws(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let (a, b, c) = (try random.nonzero(), try random.nonzero(), try random.nonzero())
    #expect(a + b == b + a)
    #expect((a + b) + c == a + (b + c))
    #expect(a * b == b * a)
    #expect((a * b) * c == a * (b * c))
    #expect(a * (b + c) == a * b + a * c)
    #expect((a - a).isZero && a + .zero == a && a * .one == a && (a * .zero).isZero)
    let middle = (a * a * b + a * b * b).scaled(by: 3)
    #expect((a + b).power(3) == a.power(3) + middle + b.power(3))
    // Shown to fail: one coefficient off.
    #expect(a * (b + c) + .one != a * b + a * c)
    let point = try random.point()
    let left = (a * b + c).evaluated(at: point)
    let right = a.evaluated(at: point) * b.evaluated(at: point) + c.evaluated(at: point)
    #expect(left == right)
    // The invariants of the representation.
    let product = a * b - c
    #expect(zip(product.monomials, product.monomials.dropFirst()).allSatisfy { $0 > $1 })
    #expect(product.coefficients.allSatisfy { !$0.isZero })
  }

  @Test(arguments: 1...10) func derivatives(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let (a, b) = (try random.nonzero(), try random.nonzero())
    for variable in 0..<3 {
      let expected = a.derivative(in: variable) * b + a * b.derivative(in: variable)
      #expect((a * b).derivative(in: variable) == expected)
      let x = Polynomial.variable(variable, of: random.ring)
      #expect((a * b + x).derivative(in: variable) != expected)
    }
  }

  @Test func recordedProducts() throws {
    let ring = try PolynomialRing(["x", "y", "z", "w"])
    let cases = try Oracle.load("polynomials", as: Recorded.self).products
    #expect(cases.count == 40)
    for item in cases {
      let (a, b) = (try parse(item.a, ring), try parse(item.b, ring))
      let expected = try parse(item.product, ring)
      #expect(a * b == expected, "\(item.a) times \(item.b)")
      #expect(a * (b + .one) != expected || a.isZero)
      if !b.isZero { #expect(expected.divided(by: b) == a) }
    }
  }

  @Test func recordedDivisors() throws {
    let ring = try PolynomialRing(["x", "y", "z", "w"])
    let cases = try Oracle.load("polynomials", as: Recorded.self).gcds
    #expect(cases.count == 83)
    for item in cases {
      let (a, b) = (try parse(item.a, ring), try parse(item.b, ring))
      let recorded = try parse(item.gcd, ring)
      // Which unit a divisor has is a convention: here the graded leading coefficient is positive.
      let expected = recorded.leadingCoefficient.isNegative ? -recorded : recorded
      #expect(Polynomial.gcd(a, b) == expected, "\(item.label)")
      #expect(Polynomial.gcd(b, a) == expected, "\(item.label)")
      #expect(Polynomial.gcd(a, b) != expected + .one)
    }
  }

  // MARK: Divisions

  @Test(arguments: 1...20) func exactDivision(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let (a, b) = (try random.nonzero(), try random.nonzero(terms: 4))
    #expect((a * b).divided(by: b) == a)
    #expect(a.divided(by: .zero) == nil)
    #expect(Polynomial.zero.divided(by: a)?.isZero == true)
    if !b.isConstant { #expect((a * b + .one).divided(by: b) == nil) }
    // Over Z, 2 divides only even polynomials.
    let odd = a.scaled(by: 2) + .one
    #expect(odd.divided(by: Polynomial(2, ring: random.ring)) == nil)
    #expect(a.scaled(by: 2).divided(by: Polynomial(2, ring: random.ring)) == a)
  }

  @Test(arguments: 1...20) func commonDivisors(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let (a, b) = (try random.nonzero(terms: 4), try random.nonzero(terms: 4))
    let k = try random.nonzero(terms: 3)
    let common = Polynomial.gcd(a, b)
    let wide = Polynomial.gcd(k * a, k * b)
    let expected = common * k
    #expect(wide == (expected.leadingCoefficient.isNegative ? -expected : expected))
    #expect((k * a).divided(by: wide) != nil && (k * b).divided(by: wide) != nil)
    #expect(!wide.leadingCoefficient.isNegative)
    let (left, right) = (try #require(a.divided(by: common)), try #require(b.divided(by: common)))
    #expect(Polynomial.gcd(left, right).isOne)
    #expect(Polynomial.gcd(k * a, .zero).primitivePart == (k * a).primitivePart)
    if !k.isConstant { #expect(!Polynomial.gcd(k * a, k * b).isConstant) }
  }

  @Test(arguments: 1...20) func squareRoots(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let a = try random.nonzero()
    let root = try #require((a * a).squareRoot())
    #expect(root == (a.leadingCoefficient.isNegative ? -a : a))
    #expect((a * a).scaled(by: 2).squareRoot() == nil)
    #expect((-(a * a)).squareRoot() == nil)
    let x = Polynomial.variable(0, of: random.ring)
    #expect((a * a * x).squareRoot() == nil)
    // a² + 1 = b² would need (b - a)(b + a) = 1.
    if !a.isConstant { #expect((a * a + .one).squareRoot() == nil) }
  }

  @Test(arguments: 1...20) func squareFreeFactors(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed)
    let a = try random.nonzero(terms: 3, degree: 2)
    let b = try random.nonzero(terms: 3, degree: 1)
    let c = try random.nonzero(terms: 2, degree: 1)
    let f = a * b * b * c * c * c
    let factors = f.squareFreeFactors()
    let product = factors.reduce(Polynomial(1, ring: f.ring)) {
      $0 * $1.factor.power(UInt($1.multiplicity))
    }
    #expect(product == f.primitivePart)
    #expect(product.scaled(by: 2) != f.primitivePart)
    for (index, (factor, _)) in factors.enumerated() {
      #expect(factor.content.isOne && !factor.leadingCoefficient.isNegative)
      // Without squares: no common part with all derivatives.
      let common = factor.occurringVariables.reduce(factor) {
        Polynomial.gcd($0, factor.derivative(in: $1))
      }
      #expect(common.isConstant, "\(factor)")
      for other in factors[(index + 1)...] {
        #expect(Polynomial.gcd(factor, other.factor).isConstant)
      }
    }
    if !c.primitivePart.isConstant { #expect(factors.contains { $0.multiplicity >= 3 }) }
  }

  // MARK: Limits

  @Test func limitsAreErrors() throws {
    let ring = try PolynomialRing(["x", "y"])
    let x = Polynomial.variable(0, of: ring)
    #expect(throws: ArithmeticError.self) { try (x + .one).checkedPower(UInt(1) << 62) }
    #expect(throws: ArithmeticError.self) {
      try Polynomial(2, ring: ring).checkedPower(UInt(1) << 60)
    }
    #expect(throws: ArithmeticError.self) { try PolynomialRing((0..<18).map { "x\($0)" }) }
    #expect(throws: ArithmeticError.self) {
      try Polynomial(ring: ring, terms: [(exponents: [Int.max, Int.max], coefficient: 1)])
    }
    #expect(try PolynomialRing((0..<17).map { "x\($0)" }).maximumDegree >= 63)
  }

  // MARK: Fields

  @Test(arguments: 1...20) func fieldLaws(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["x", "y"])
    let (a, b, c) = (try random.function(), try random.function(), try random.function())
    #expect(a + b == b + a && a * b == b * a)
    #expect((a + b) + c == a + (b + c))
    #expect((a * b) * c == a * (b * c))
    #expect(a * (b + c) == a * b + a * c)
    #expect((a - a).isZero)
    if !a.isZero {
      #expect(a * (try a.inverse()) == .one)
      #expect(try b / a * a == b)
      #expect(try a.power(-2) * a * a == .one)
    }
    #expect(a * (b + c) + .one != a * b + a * c)
    #expect(throws: ArithmeticError.divisionByZero) { try a / .zero }
    #expect(throws: ArithmeticError.divisionByZero) { try RationalFunction.zero.power(-1) }
    #expect((a * a).squareRoot().map { $0 == a || $0 == -a } == true)
  }

  @Test(arguments: 1...20) func lowestTerms(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["x", "y"])
    let (a, b) = (try random.function(), try random.function())
    let k = try random.nonzero(terms: 2, degree: 1)
    for value in [a + b, a - b, a * b, b.isZero ? a : try a / b, a.derivative(in: 0)] {
      #expect(Polynomial.gcd(value.numerator, value.denominator).isOne)
      #expect(value.denominator.leadingCoefficient.signum > 0)
    }
    let same = try RationalFunction(a.numerator * k, a.denominator * k)
    #expect(same == a && same.hashValue == a.hashValue)
    #expect(try RationalFunction(a.numerator * k + .one, a.denominator * k) != a)
    #expect(throws: ArithmeticError.divisionByZero) { try RationalFunction(k, .zero) }
  }

  @Test(arguments: 1...20) func quotientRule(seed: UInt64) throws {
    var random = try RandomAlgebra(seed: seed, ["x", "y"])
    let (f, g) = (try random.nonzero(), try random.nonzero())
    let quotient = try RationalFunction(f, g)
    for variable in 0..<2 {
      let derivative = quotient.derivative(in: variable)
      let point = try random.point()
      let (u, v) = (f.evaluated(at: point), g.evaluated(at: point))
      if v.isZero { continue }
      let du = f.derivative(in: variable).evaluated(at: point)
      let dv = g.derivative(in: variable).evaluated(at: point)
      let expected = try (du * v - u * dv) / (v * v)
      #expect(try derivative.evaluated(at: point) == expected)
      #expect(try (derivative + .one).evaluated(at: point) != expected)
    }
  }
}
