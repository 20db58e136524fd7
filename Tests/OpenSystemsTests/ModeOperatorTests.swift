import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// Normal order against the truncated matrices of ladder operators, and the algebra's laws.
@Suite struct ModeOperatorTests {
  typealias Mode = ModeOperator<Complex<Rational>>

  static let a = Mode.annihilation(0)
  static let b = Mode.annihilation(1)

  /// A polynomial in two modes of low degree with small coefficients.
  static func sample(_ random: inout SeededGenerator, degree: Int = 3, terms: Int = 3) -> Mode {
    var sum = Mode.zero
    for _ in 0..<terms {
      var powers = [0, 0, 0, 0]
      for _ in 0..<Int.random(in: 0...degree, using: &random) {
        powers[Int.random(in: 0..<4, using: &random)] += 1
      }
      let value = Complex<Rational>(
        re: Rational(Integer(Int.random(in: -4...4, using: &random))),
        im: Rational(Integer(Int.random(in: -4...4, using: &random))))
      sum =
        sum
        + Mode([
          LadderMonomial(
            creation: Array(powers[0..<2]), annihilation: Array(powers[2..<4])): value
        ])
    }
    return sum
  }

  @Test func commutationRelations() throws {
    let (a, b) = (Self.a, Self.b)
    #expect(try Mode.commutator(a, a.adjoint) == Mode(.one))
    #expect(try Mode.commutator(a, b).isZero)
    #expect(try Mode.commutator(a, b.adjoint).isZero)
    // a²a†² = a†²a² + 4a†a + 2.
    let product = try a.power(2).times(a.adjoint.power(2))
    #expect(product[LadderMonomial(creation: [2], annihilation: [2])] == .one)
    #expect(product[LadderMonomial(creation: [1], annihilation: [1])] == Complex(Rational(4)))
    #expect(product[.one] == Complex(Rational(2)))
    #expect(product.terms.count == 3)
    #expect(product.degree == 4)
  }

  @Test(arguments: 0..<12)
  func laws(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let x = Self.sample(&random)
    let y = Self.sample(&random)
    let z = Self.sample(&random)
    let xy = try x.times(y)
    let (left, right) = (try xy.times(z), try x.times(try y.times(z)))
    #expect(left == right)
    let sum = try x.times(y + z)
    #expect(sum - xy == (try x.times(z)))
    let reversed = try y.adjoint.times(x.adjoint)
    #expect(xy.adjoint == reversed)
    // The Jacobi identity.
    let one = try Mode.commutator(x, try Mode.commutator(y, z))
    let two = try Mode.commutator(y, try Mode.commutator(z, x))
    let three = try Mode.commutator(z, try Mode.commutator(x, y))
    #expect((one + two + three).isZero)
  }

  /// A Bogoliubov transformation is a homomorphism; other substitutions are found out.
  @Test(arguments: 0..<6)
  func bogoliubov(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 100)
    let x = Self.sample(&random)
    let y = Self.sample(&random)
    // (5/3)² - (4/3)² = 1.
    let c = Complex(try Rational(5, 3))
    let s = Complex(re: Rational(0), im: try Rational(4, 3))
    let images = [0: c * Self.a + s * Self.b.adjoint, 1: c * Self.b + s * Self.a.adjoint]
    let defects = try Mode.canonicalDefect(of: [images[0] ?? .zero, images[1] ?? .zero])
    #expect(defects.allSatisfy { $0.isZero })
    let product = try x.times(y).substituting(images)
    let factors = (try x.substituting(images), try y.substituting(images))
    #expect(product == (try factors.0.times(factors.1)))
    #expect(factors.0.adjoint == (try x.adjoint.substituting(images)))
    let wrong = [c * Self.a + s * Self.b.adjoint, c * Self.b - s * Self.a.adjoint]
    let wrongDefects = try Mode.canonicalDefect(of: wrong)
    #expect(wrongDefects.contains { !$0.isZero })
  }

  @Test func limits() throws {
    let x = try (Self.a + Self.a.adjoint).power(6)
    #expect(throws: ArithmeticError.self) { try x.times(x, limit: 20) }
    #expect(throws: ArithmeticError.self) {
      try Self.a.power(50).times(Self.a.adjoint.power(50), limit: 20)
    }
  }
}
