import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Certified

struct ResetQubits: Decodable {
  struct Onset: Decodable {
    let g: String
    let gamma: String
    let minimalPolynomial: [String]
    let onset: String

    enum CodingKeys: String, CodingKey {
      case g, gamma, onset
      case minimalPolynomial = "minimal_polynomial"
    }
  }
  struct Smallest: Decodable {
    let minimalPolynomial: [String]
    let value: String

    enum CodingKeys: String, CodingKey {
      case value
      case minimalPolynomial = "minimal_polynomial"
    }
  }
  struct BoundaryPoint: Decodable {
    let r: String
    let g: [String]
  }
  let onsetInR: [Onset]
  let smallestR: Smallest
  let boundaryPoints: [BoundaryPoint]

  enum CodingKeys: String, CodingKey {
    case onsetInR = "onset_in_r"
    case smallestR = "smallest_r"
    case boundaryPoints = "boundary_points"
  }

  static func load() throws -> ResetQubits {
    try Oracle.load("reset_qubits", as: ResetQubits.self)
  }

  /// 4·(r g (r + c) - c (r + c/2)² - g² (r + c)) for c = 1, in Z[r, g].
  static func numerator() throws -> Polynomial {
    let ring = try PolynomialRing(["r", "g"])
    let r = Polynomial.variable(0, of: ring)
    let g = Polynomial.variable(1, of: ring)
    let half = r.scaled(by: 2) + Polynomial.one
    return (r * g * (r + .one) - g * g * (r + .one)).scaled(by: 4) - half * half
  }
}

@Suite("Exact thresholds")
struct ThresholdTests {
  @Test("onset in r against 1000 digits and the minimal polynomials")
  func onset() throws {
    for record in try ResetQubits.load().onsetInR {
      let g = try #require(Rational(record.g))
      let c = try #require(Rational(record.gamma))
      let half = try c / 2
      // In powers of r.
      let f = UnivariatePolynomial<Rational>([
        -c * half * half - g * g * c, g * c - c * c - g * g, g - c,
      ])
      let common = f.coefficients.reduce(Integer.one) { Integer.lcm($0, $1.denominator) }
      let n = IntegerPolynomial(f.coefficients.map { ($0 * Rational(common)).numerator })
      let result = try AlgebraicThreshold(
        numerator: n, .positive, in: RationalRange(lower: .open(0)))
      #expect(result.thresholds.count == 1)
      let threshold = try #require(result.thresholds.first)
      #expect(threshold.side == .above && threshold.isIncluded == false)
      #expect(
        threshold.value.minimalPolynomial.coefficients.map(\.description)
          == record.minimalPolynomial)
      let (low, high) = threshold.value.enclosure(significantBits: 3400)
      let digits = record.onset.filter(\.isNumber).count
      #expect(digits >= 1000)
      let box = try Interval(lower: low, upper: high, precision: 3600)
      // The recorded number is rounded at its last digit.
      let recorded = try #require(Interval(record.onset, precision: 3600))
      let error = Interval.div(recorded - box, box, precision: 3600)
      let bound = try #require(Real("1e-990", precision: 64))
      #expect(error.magnitude < bound)
    }
  }

  @Test("sets, sides and included ends")
  func sets() throws {
    // x(x - 1)²(x - 2) ≥ 0: (-∞, 0], {1}, [2, ∞).
    let f = poly(0, 1) * poly(-1, 1) * poly(-1, 1) * poly(-2, 1)
    let weak = try AlgebraicThreshold(numerator: f, .nonnegative).solutions
    #expect(weak.pieces.count == 3)
    #expect(weak.thresholds.map(\.side) == [.below, .point, .above])
    #expect(weak.thresholds.allSatisfy { $0.isIncluded == true })
    let strict = try AlgebraicThreshold(numerator: f, .negative).solutions
    #expect(strict.thresholds.map(\.side) == [.above, .both, .below])
    #expect(
      strict.pieces == [
        .init(lower: .at(0, isIncluded: false), upper: .at(1, isIncluded: false)),
        .init(lower: .at(1, isIncluded: false), upper: .at(2, isIncluded: false)),
      ])
    // A pole belongs to no set; the closed ends of the range belong to theirs.
    let range = RationalRange(lower: .closed(-1), upper: .closed(1))
    let pole = try AlgebraicThreshold(
      numerator: poly(1), denominator: poly(0, 0, 1), .positive, in: range
    ).solutions
    #expect(pole.thresholds.map(\.value) == [0])
    #expect(pole.pieces.first?.lower == .at(-1, isIncluded: true))
  }
}

@Suite("Projected thresholds")
struct ProjectedThresholdTests {
  private let positive = RationalRange(lower: .open(0))

  @Test("the smallest r at which some g entangles")
  func smallestReset() throws {
    let record = try ResetQubits.load().smallestR
    let result = try ProjectedThreshold(
      numerator: ResetQubits.numerator(), .positive, in: 0, over: positive, existsIn: 1,
      within: positive)
    #expect(result.thresholds.count == 1)
    let threshold = try #require(result.thresholds.first)
    #expect(threshold.value.minimalPolynomial == poly(-1, -4, -3, 1))
    #expect(record.minimalPolynomial == ["-1", "-4", "-3", "1"])
    #expect(threshold.side == .above && threshold.isIncluded == false)
    let (low, high) = threshold.value.enclosure(significantBits: 400)
    let box = try Interval(lower: low, upper: high, precision: 420)
    let ours = try #require(Decimal.digits(of: box, significant: 100))
    #expect(record.value.hasPrefix(ours.dropLast(2)))
  }

  @Test("a weak condition attains its threshold, a circle both")
  func attained() throws {
    let weak = try ProjectedThreshold(
      numerator: ResetQubits.numerator(), .nonnegative, in: 0,
      over: RationalRange(lower: .closed(0)), existsIn: 1,
      within: RationalRange(lower: .closed(0)))
    #expect(weak.thresholds.map(\.isIncluded) == [true])
    let ring = try PolynomialRing(["x", "y"])
    let x = Polynomial.variable(0, of: ring)
    let y = Polynomial.variable(1, of: ring)
    let disc = Polynomial(2, ring: ring) - x * x - y * y
    let all = try ProjectedThreshold(numerator: disc, .positive, in: 0, existsIn: 1)
    #expect(all.thresholds.map(\.side) == [.above, .below])
    #expect(all.thresholds.allSatisfy { $0.value.minimalPolynomial == poly(-2, 0, 1) })
    // With y ≥ 1 the ends are where the circle meets y = 1.
    let part = try ProjectedThreshold(
      numerator: disc, .nonnegative, in: 0, existsIn: 1, within: RationalRange(lower: .closed(1)))
    #expect(part.thresholds.map(\.value) == [-1, 1])
    #expect(part.thresholds.allSatisfy { $0.isIncluded == true })
    let none = try ProjectedThreshold(
      numerator: disc, .nonnegative, in: 0, existsIn: 1, within: RationalRange(lower: .closed(2)))
    #expect(none.thresholds.isEmpty && none.solutions.isEmpty)
  }
}
