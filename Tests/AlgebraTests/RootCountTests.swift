import Exact
import Foundation
import TestSupport
import Testing

@testable import Algebra

/// What python-flint counted; see Tests/Oracles/generate_root_counts.py.
private struct Recorded: Decodable {
  struct Entry: Decodable {
    let family: String
    let degree: Int
    let parameter: Int
    let counts: [Int]
  }
  let polynomials: [Entry]
}

@Suite("Counts of real roots")
struct RootCountTests {
  private static let recorded = try? Oracle.load("root_counts", as: Recorded.self)

  /// The polynomial of a family.
  private static func polynomial(_ entry: Recorded.Entry) -> IntegerPolynomial {
    let n = entry.degree
    func power(_ k: Int, _ factor: Integer = 1) -> IntegerPolynomial {
      IntegerPolynomial(Array(repeating: Integer.zero, count: k) + [factor])
    }
    func chebyshev(_ second: IntegerPolynomial) -> IntegerPolynomial {
      var (a, b) = (power(0), second)
      for _ in 1..<n { (a, b) = (b, power(1, 2) * b - a) }
      return b
    }
    switch entry.family {
    case "wilkinson", "moved wilkinson":
      let product = (1...n).reduce(power(0)) { $0 * IntegerPolynomial([Integer(-$1), 1]) }
      return entry.family == "wilkinson"
        ? product : product.scaled(by: Integer(1 << 23)) + power(n - 1)
    case "chebyshev": return chebyshev(power(1))
    case "chebyshev second": return chebyshev(power(1, 2))
    case "chebyshev moved": return chebyshev(power(1)) + power(0)
    default:
      let line = IntegerPolynomial([-1, Integer(entry.parameter)])
      return power(n) - (line * line).scaled(by: 2)
    }
  }

  @Test("Wilkinson, Mignotte and Chebyshev polynomials of degree 50 and 51")
  func counts() throws { try Self.check(degrees: 50...51) }

  /// The counts of isolated roots are the recorded ones.
  static func check(degrees: ClosedRange<Int>) throws {
    let entries = try #require(Self.recorded).polynomials.filter { degrees.contains($0.degree) }
    #expect(!entries.isEmpty)
    let bound = try Rational(7, 10)
    for entry in entries {
      let polynomial = Self.polynomial(entry)
      let roots = try RealRootIsolation.isolate(polynomial)
      let positive = roots.filter { $0.lower.signum >= 0 && $0.upper.signum > 0 }
      let below = try RealRootIsolation.count(
        polynomial, in: RationalRange(lower: .open(0), upper: .open(bound)))
      #expect(
        [roots.count, positive.count, below] == entry.counts,
        "\(entry.family) \(entry.degree) \(entry.parameter)")
      // In order, each apart from the next.
      #expect(zip(roots, roots.dropFirst()).allSatisfy { $0.upper <= $1.lower })
    }
  }

  @Test("a root that is left out is noticed")
  func missing() throws {
    let entry = try #require(Self.recorded?.polynomials.first { $0.family == "chebyshev" })
    let roots = try RealRootIsolation.isolate(
      Self.polynomial(entry),
      in: RationalRange(lower: .open(-1), upper: .open(try Rational(999, 1000))))
    #expect(roots.count < entry.counts[0])
  }
}

@Suite(
  "Campaign: counts of real roots",
  .enabled(if: ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] != nil))
struct RootCountCampaignTests {
  @Test(
    "Wilkinson, Mignotte and Chebyshev polynomials of degree 100 to 200", arguments: [100, 200])
  func counts(degree: Int) throws { try RootCountTests.check(degrees: degree...degree) }
}
