import Algebra
import Exact
import Testing

@testable import Certified

func poly(_ coefficients: Integer...) -> IntegerPolynomial { IntegerPolynomial(coefficients) }

func rational(_ p: Integer, _ q: Integer) throws -> Rational { try Rational(p, q) }

@Suite("Sign regions")
struct SignRegionsThresholdTests {
  @Test("crossing, touching, pole and cancelled factor")
  func kinds() throws {
    // (x - 1)²(x + 2)(x - 5) / ((x - 3)(x - 5))
    let n = poly(-1, 1) * poly(-1, 1) * poly(2, 1) * poly(-5, 1)
    let d = poly(-3, 1) * poly(-5, 1)
    let regions = try SignRegions(numerator: n, denominator: d)
    #expect(regions.points.map(\.location) == [-2, 1, 3])
    #expect(regions.points.map(\.kind) == [.crossing, .touching, .pole])
    #expect(regions.pieces.map(\.sign) == [1, -1, -1, 1])
  }

  @Test("irrational places stay exact, ends count as the range says")
  func ends() throws {
    let range = RationalRange(lower: .closed(0), upper: .open(2))
    let regions = try SignRegions(numerator: poly(0, -2, 0, 1) * poly(-2, 1), in: range)
    #expect(regions.points.count == 2)
    #expect(regions.points.last?.location.minimalPolynomial == poly(-2, 0, 1))
    #expect(regions.pieces.map(\.sign) == [1, -1])
    #expect(throws: ArithmeticError.self) {
      try SignRegions(numerator: poly(1), denominator: .zero)
    }
  }

  @Test("the simplest fraction lies strictly between")
  func simplest() throws {
    #expect(RationalSample.simplest(between: 0, and: try rational(1, 3)) == (try rational(1, 4)))
    #expect(
      RationalSample.simplest(between: try rational(313, 100), and: try rational(63, 20))
        == (try rational(22, 7)))
    #expect(RationalSample.simplest(between: -3, and: -2) == (try rational(-5, 2)))
  }
}
