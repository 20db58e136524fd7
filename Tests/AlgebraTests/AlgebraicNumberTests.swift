import Exact
import TestSupport
import Testing

@testable import Algebra

private func sqrt(_ value: Rational) throws -> AlgebraicNumber {
  try AlgebraicNumber(value).root(2)
}

private func number(_ value: Rational) -> AlgebraicNumber { AlgebraicNumber(value) }

@Suite("Real algebraic numbers")
struct AlgebraicNumberTests {
  @Test("square roots")
  func squareRoots() throws {
    let (two, three, six) = try (sqrt(2), sqrt(3), sqrt(6))
    #expect(try two * three == six)
    #expect(try two * three != two)
    #expect(try six / three == two)
    #expect(try two * two == number(2))
    #expect(try two - two == number(0))
    #expect(try two.negated() < two)
    #expect(try two.negated() + two == number(0))
    let sum = try two + three
    #expect(sum.minimalPolynomial == poly(1, 0, -10, 0, 1))
    #expect(sum.rootIndex == 4)
    let square = try sum.power(2)
    #expect(try square == number(5) + number(2) * six)
    #expect(try square != number(5) - number(2) * six)
    #expect(try sum * sum == square)
    #expect(try sum.inverse() == three - two)
    #expect(try square.root(2) == sum)
    #expect(try sqrt(8) == number(2) * two)
    #expect(try number(Rational(9, 4)).root(2) == number(Rational(3, 2)))
    #expect(try number(-8).root(3) == number(-2))
    #expect(try number(-2).root(3).power(3) == number(-2))
    #expect(throws: ArithmeticError.self) { try number(-2).root(2) }
    #expect(throws: ArithmeticError.divisionByZero) { try two / number(0) }
  }

  @Test("field laws on random numbers", arguments: 0..<12 as Range<UInt64>)
  func laws(seed: UInt64) throws {
    var g = SeededGenerator(seed: seed)
    func draw() throws -> AlgebraicNumber {
      while true {
        let degree = 1 + Int(g.next() % 3)
        let coefficients = (0...degree).map { _ in g.integer(bits: 4) }
        let f = IntegerPolynomial(coefficients)
        if f.degreeOrZero == 0 { continue }
        let roots = try AlgebraicNumber.roots(of: f)
        if let last = roots.last { return last.root }
      }
    }
    let (a, b) = (try draw(), try draw())
    let sum = try a + b
    let product = try a * b
    #expect(try sum == b + a)
    #expect(try product == b * a)
    #expect(try sum - b == a)
    if b.signum != 0 { #expect(try product / b == a) }
    #expect(abs(sum.approximateDouble - (a.approximateDouble + b.approximateDouble)) < 1e-12)
    #expect(abs(product.approximateDouble - a.approximateDouble * b.approximateDouble) < 1e-10)
    #expect((a < b) == (a.approximateDouble < b.approximateDouble))
    // (a + b)² = a² + 2ab + b², where the degrees allow it.
    if a.degree * b.degree <= 4 {
      let left = try sum.power(2)
      #expect(try left == (a.power(2) + number(2) * product) + b.power(2))
    }
    let shifted = try a + number(Rational(-7, 5))
    #expect(try shifted + number(Rational(7, 5)) == a)
    let scaled = try a * number(Rational(-7, 5))
    #expect(try scaled / number(Rational(-7, 5)) == a)
    #expect(scaled.signum == -a.signum)
    if a.signum != 0 { #expect(try a.inverse().inverse() == a) }
  }

  @Test("order of numbers that agree in many digits")
  func closeNumbers() throws {
    let two = try sqrt(2)
    // √2 to 40 digits, rounded down, as a rational and as the root of a near square.
    let below = try #require(Rational("1.4142135623730950488016887242096980785696"))
    #expect(number(below) < two)
    #expect(two < number(below + (try Rational(1, Integer.powerOfTen(40)))))
    let near = try sqrt(Rational(2) + Rational(1, Integer.powerOfTen(60)))
    #expect(two < near)
    #expect(!(near < two))
    #expect(two != near)
    // √10 + √11 against √5 + √18: they differ in the fifth digit.
    #expect(try sqrt(10) + sqrt(11) > sqrt(5) + sqrt(18))
    let near2 = try sqrt(2) + sqrt(3)
    let approximation = try #require(
      Rational("3.14626436994197234232913506571557044551247712918732870123"))
    #expect(near2.compare(to: approximation) == 1)
    #expect(near2.compare(to: approximation + (try Rational(1, Integer.powerOfTen(56)))) == -1)
    let sorted = try AlgebraicNumber.roots(of: chebyshev(12) * poly(1, 0, -2) * poly(4, -2)).map(
      \.root)
    #expect(sorted == sorted.sorted())
    #expect(Set(sorted).count == 15)
  }

  @Test("a thousand digits of 4·cos(2π/7)·(1 + cos(2π/7))")
  func thousandDigits() throws {
    let f = poly(1, -3, -4, -1)
    let root = try #require(AlgebraicNumber.roots(of: f).last).root
    #expect(root.degree == 3)
    #expect(abs(root.approximateDouble - 4.048917339522305) < 1e-14)
    // 2cos(2π/7) is the greatest root of x³ + x² - 2x - 1, and r = c·(2 + c) for it.
    let c = try #require(AlgebraicNumber.roots(of: poly(1, 1, -2, -1)).last).root
    #expect(try c.value(of: UnivariatePolynomial([0, 2, 1])) == root)
    #expect(try c * (c + number(2)) == root)
    #expect(root != c)
    let (lower, upper) = root.enclosure(bits: 3330)
    #expect(upper - lower <= (try Rational(1, Integer(1) << 3330)))
    // The decimal with 1000 digits after the point, rounded down, brackets the root exactly.
    let scale = Integer.powerOfTen(1000)
    let digits = (lower * Rational(scale)).floor
    #expect((upper * Rational(scale)).floor == digits)
    let below = try Rational(digits, scale)
    let above = try Rational(digits + 1, scale)
    #expect(f.sign(at: below) == -1 && f.sign(at: above) == 1)
    #expect(f.sign(at: try Rational(digits - 1, scale)) == -1)
    #expect(digits.description.hasPrefix("40489173395223"))
  }

  @Test("relative enclosures of very small and very large numbers")
  func relative() throws {
    for text in ["1e-40", "1e40", "3"] {
      let value = try #require(Rational(text))
      for number in [try sqrt(value * 2), try sqrt(value * 2).negated()] {
        let (lower, upper) = number.enclosure(significantBits: 100)
        #expect((upper - lower) * Rational(Integer(1) << 100) <= lower.magnitude * 2)
        #expect(number.compare(to: lower) > 0 && number.compare(to: upper) < 0)
        let double = number.approximateDouble
        #expect(abs(double * double / (2 * value.approximateDouble) - 1) < 1e-15)
      }
    }
  }

  @Test("radicals")
  func radicals() throws {
    let golden = try #require(AlgebraicNumber.roots(of: poly(1, -1, -1)).last).root
    let form = try #require(try golden.radicalForm())
    #expect(form.rationalPart == (try Rational(1, 2)))
    #expect(form.coefficient == (try Rational(1, 2)))
    #expect(form.radicand == 5)
    let roots = try AlgebraicNumber.roots(of: poly(9, 6, -71)).map(\.root)
    for (root, sign) in zip(roots, [-1, 1] as [Integer]) {
      let form = try #require(try root.radicalForm())
      #expect(form.rationalPart == (try Rational(-1, 3)))
      #expect(form.radicand == 2)
      #expect(form.coefficient == Rational(2 * sign))
      let rebuilt = try number(form.rationalPart) + number(form.coefficient) * sqrt(2)
      #expect(rebuilt == root)
    }
    #expect(try number(7).radicalForm()?.radicand == 1)
    #expect(try number(2).root(3).radicalForm() == nil)
    #expect(try Integer(1_000_003 * 1_000_003).squarePart() == (1_000_003, 1))
    #expect(throws: ArithmeticError.self) {
      try (Integer(1_000_003).power(2) * Integer(1_000_033)).squarePart()
    }
  }

  @Test("signs of polynomials at numbers")
  func signs() throws {
    let two = try sqrt(2)
    #expect(try two.sign(of: UnivariatePolynomial([-2, 0, 1])) == 0)
    #expect(try two.sign(of: UnivariatePolynomial([-4, 0, 0, 0, 1])) == 0)
    let near = try #require(Rational("1.41421356237309504880168872420969807857"))
    #expect(try two.sign(of: UnivariatePolynomial([-near, 1])) == -1 || two.compare(to: near) == 1)
    #expect(try two.sign(of: UnivariatePolynomial([-near, 1])) == two.compare(to: near))
    #expect(try number(3).sign(of: UnivariatePolynomial([-9, 0, 1])) == 0)
  }

  @Test("multiplicities, order and ranges of roots")
  func roots() throws {
    let f = poly(1, 0, -2).power(3) * poly(2, -3).power(2) * poly(1, 0, 1)
    let found = try AlgebraicNumber.roots(of: f)
    #expect(found.map(\.multiplicity) == [3, 3, 2])
    #expect(found.last?.root == number(try Rational(3, 2)))
    let positive = try AlgebraicNumber.roots(of: f, in: RationalRange(lower: .open(0)))
    #expect(positive.map(\.root) == found.dropFirst().map(\.root))
    let half = try Rational(3, 2)
    #expect(try AlgebraicNumber.roots(of: f, in: RationalRange(lower: .open(half))).isEmpty)
    #expect(try AlgebraicNumber.roots(of: f, in: RationalRange(lower: .closed(half))).count == 1)
    let rational = UnivariatePolynomial<Rational>([try Rational(-1, 2), 0, 1])
    #expect(try AlgebraicNumber.roots(of: rational).map(\.root).last == sqrt(Rational(1, 2)))
  }

  @Test("degrees beyond the limit are refused, not tried")
  func limits() throws {
    let a = try number(2).root(9)
    let b = try number(3).root(8)
    #expect(throws: ArithmeticError.self) { try a + b }
    #expect(throws: ArithmeticError.self) { try a.root(8) }
    #expect(throws: ArithmeticError.self) { try a.power(100_000) }
    #expect(try a.power(9) == number(2))
  }

  @Test("a sum of five square roots")
  func fiveSquareRoots() throws {
    var sum = number(0)
    for prime: Rational in [2, 3, 5, 7] { sum = try sum + sqrt(prime) }
    #expect(sum.minimalPolynomial == swinnertonDyer(4))
    #expect(sum.rootIndex == 16)
  }
}
