import Algebra
import Arbitrary
import Exact
import OpenSystems
import TestSupport
import Testing

/// The conditions of stability against polynomials whose roots are known.
@Suite struct StabilityTests {
  static func number(_ random: inout SeededGenerator) -> Rational {
    (try? Rational(Integer(Int.random(in: -9...9, using: &random)), 4)) ?? 0
  }

  static func agrees(_ roots: [Complex<Rational>]) throws -> Bool {
    var polynomial = UnivariatePolynomial<Complex<Rational>>([.one])
    for root in roots { polynomial = polynomial * UnivariatePolynomial([-root, .one]) }
    let conditions = try StabilityConditions.conditions(of: polynomial)
    return conditions.allSatisfy { $0 > 0 } == roots.allSatisfy { $0.re < 0 }
  }

  @Test(arguments: 0..<40)
  func complexRoots(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let count = 1 + seed % 4
    var roots: [Complex<Rational>] = []
    for index in 0..<count {
      let re = Self.number(&random)
      // Mostly stable, so that both answers occur.
      roots.append(
        Complex(re: index == 0 && seed % 3 == 0 ? re : -re.magnitude, im: Self.number(&random)))
    }
    #expect(try Self.agrees(roots))
  }

  @Test(arguments: 0..<40)
  func realPolynomials(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed) + 1000)
    var roots: [Complex<Rational>] = []
    for index in 0..<(1 + seed % 3) {
      let re = Self.number(&random)
      let root = Complex(
        re: index == 0 && seed % 3 == 0 ? re : -re.magnitude, im: Self.number(&random))
      roots += [root, root.conj]
    }
    if seed % 2 == 0 { roots.append(Complex(-Self.number(&random).magnitude)) }
    #expect(try Self.agrees(roots))
  }
}
