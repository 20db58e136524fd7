import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite struct SignDecisionTests {
  /// `proved`, `refuted` or `undecided` for a formula in x, y, z and w.
  private func decide(
    _ text: String, _ relation: SignRelation, _ domains: Domain...,
    assuming assumptions: [(String, SignRelation)] = []
  ) throws -> SignVerdict {
    let symbols = zip(["x", "y", "z", "w"], domains).map { Symbol($0, $1) }
    let list = try assumptions.map {
      SignAssumption(try Expression($0.0, symbols: symbols), $0.1)
    }
    return SignDecision(assuming: list).decide(try Expression(text, symbols: symbols), relation)
  }

  @Test(arguments: [
    ("x^2 - 2*x + 1", SignRelation.nonnegative, true),
    ("x^2 - 2*x + 1", .positive, false),
    ("x^4 - 2*x^2 + 2", .positive, true),
    ("x^4 - 2*x^2 + 1", .positive, false),
    ("(x^2 - 2)^2", .positive, false),
    ("(x^2 - 2)^2 + 1e-30", .positive, true),
    ("(x^2 - 2)^2 - 1e-30", .nonnegative, false),
    ("x^2 - 2", .nonzero, false),
    ("x^2 + 2", .nonzero, true),
    ("1/x^2", .positive, true),
    ("1/x", .nonnegative, false),
    ("x^2 + sqrt(3)*x + 1", .positive, true),
    ("x^2 + sqrt(3)*x + 3/4", .nonnegative, true),
    ("x^2 + sqrt(3)*x + 3/4", .positive, false),
    ("x^2 + sqrt(3)*x + 1/2", .nonnegative, false),
    ("abs(x) - x", .nonnegative, true),
    ("max(x, 1 - x) - 1/2", .nonnegative, true),
    ("max(x, 1 - x) - 1/2", .positive, false),
    ("sqrt(x^2 + 1) - x", .positive, true),
    ("sqrt(x^2 + 1) - abs(x) - 1", .nonpositive, true),
    ("sqrt(x^2 + 1) - sqrt(x^2)", .positive, true),
    ("sqrt(2 + sqrt(2)) - 1847/1000", .positive, true),
  ])
  func oneVariable(text: String, relation: SignRelation, holds: Bool) throws {
    let verdict = try decide(text, relation, .real)
    #expect(verdict.isProved == holds, "\(text) \(verdict)")
    #expect(verdict.isRefuted == !holds, "\(text) \(verdict)")
  }

  static let motzkin = "x^4*y^2 + x^2*y^4 - 3*x^2*y^2 + 1"

  @Test(arguments: [
    (motzkin, SignRelation.nonnegative, true),
    (motzkin, .positive, false),
    (motzkin + " + 1e-30", .positive, true),
    (motzkin + " - 1e-30", .nonnegative, false),
    ("x^2 + y^2 - 2*x*y", .nonnegative, true),
    ("x^2 + y^2 - 2*x*y", .positive, false),
    ("x^2 + y^2 - 2*x*y + 1e-30*x^2", .positive, false),
    ("x^2 + y^2 - 2*x*y - 1e-30*x^2", .nonnegative, false),
    ("x^4 + y^4 - 2*x^2*y^2", .nonnegative, true),
    ("(x^2 - 2)^2 + (y^2 - 3)^2", .nonnegative, true),
    ("(x^2 - 2)^2 + (y^2 - 3)^2", .positive, false),
    ("(x^2 + y^2 - 2)^2 + (x - y)^2 + 1/1000", .positive, true),
    ("(x^3 - 2)^2 + (y - x)^2", .positive, false),
    ("sqrt(x^2 + y^2) - abs(x)", .nonnegative, true),
    ("abs(x) + abs(y) - abs(x + y)", .nonnegative, true),
    ("abs(x) + abs(y) - abs(x + y)", .positive, false),
    ("sqrt(2)*sqrt(x^2 + y^2) - abs(x) - abs(y)", .nonnegative, true),
    ("sqrt(2)*sqrt(x^2 + y^2) - abs(x) - abs(y) + 1e-9", .positive, true),
    ("7/5*sqrt(x^2 + y^2) - abs(x) - abs(y)", .nonnegative, false),
  ])
  func twoVariables(text: String, relation: SignRelation, holds: Bool) throws {
    let verdict = try decide(text, relation, .real, .real)
    #expect(verdict.isProved == holds, "\(text) \(verdict)")
    #expect(verdict.isRefuted == !holds, "\(text) \(verdict)")
  }

  @Test func assumptions() throws {
    let opposite = try decide(
      "x*abs(y) - abs(x)*y", .zero, .real, .real, assuming: [("x*y", .positive)])
    #expect(opposite.isProved)
    let refuted = try decide(
      "x*abs(y) - abs(x)*y", .zero, .real, .real, assuming: [("x*y", .negative)])
    #expect(refuted.isRefuted)
    let root = try decide(
      "abs(x) - sqrt(x^2 - 4*y^2)", .positive, .real, .real,
      assuming: [("abs(x) - 2*abs(y)", .positive), ("x*y", .positive)])
    #expect(root.isProved)
    let touching = try decide(
      "abs(x) - sqrt(x^2 - 4*y^2)", .positive, .real, .real,
      assuming: [("abs(x) - 2*abs(y)", .positive)])
    #expect(touching.isRefuted)
  }
}

extension SignDecisionTests {
  private func verdict(
    _ text: String, _ relation: SignRelation, _ domains: [Domain], limits: SignLimits = SignLimits()
  ) throws -> SignVerdict {
    let symbols = zip(["x", "y", "z", "w"], domains).map { Symbol($0, $1) }
    return SignDecision(limits: limits).decide(try Expression(text, symbols: symbols), relation)
  }

  /// A zero inside the domain, where a cut falls on it.
  @Test func transcendentalOnTheLine() throws {
    #expect(try verdict("exp(x) - 1 - x", .nonnegative, [.real]).isProved)
    let limits = SignLimits(boxes: 300)
    #expect(!(try verdict("exp(x) - 1 - x", .positive, [.real], limits: limits).isProved))
  }

  /// Limits end what would take too long, and say so.
  @Test func limits() throws {
    let text = "(x^3 + 3*x*y^2 - 7*y + 2)^2 + (y^3 - x*y + 1)^2"
    for limits in [SignLimits(cells: 3), SignLimits(degree: 5), SignLimits(terms: 4)] {
      guard
        case .undecided(let left) = try verdict(text, .positive, [.real, .real], limits: limits)
      else {
        Issue.record("decided")
        return
      }
      #expect(left.reason.contains("limit"))
    }
  }

  /// Boxes, scalings and open cells with more than two symbols.
  @Test(arguments: [
    ("x^3 + y^3 + z^3 - 3*x*y*z", SignRelation.nonnegative, true),
    ("x^3 + y^3 + z^3 - 3*x*y*z", .positive, false),
    ("x^2 + y^2 + z^2 - x*y - y*z - z*x", .nonnegative, true),
    ("x/(y + z) + y/(z + x) + z/(x + y) - 3/2", .nonnegative, true),
    ("x/(y + z) + y/(z + x) + z/(x + y) - 3/2 - 1e-12", .nonnegative, false),
    ("(x + y + z)^3 - 27*x*y*z", .nonnegative, true),
    ("x + y + z + 1 - x*y*z", .positive, false),
  ])
  func threePositiveVariables(text: String, relation: SignRelation, holds: Bool) throws {
    let verdict = try verdict(text, relation, [.positive, .positive, .positive])
    #expect(verdict.isProved == holds, "\(text) \(verdict)")
    #expect(verdict.isRefuted == !holds, "\(text) \(verdict)")
  }

  @Test func boxesOfThree() throws {
    let unit = try Domain.interval(.closed(0), .closed(1))
    let open = try Domain.interval(.open(0), .open(1))
    let text = "x*(1 - y)*(2 - z) + (1 - x)*y*z + x*y*(1 - z)*(1 - x)"
    #expect(try verdict(text, .nonnegative, [unit, unit, unit]).isProved)
    #expect(try verdict(text, .positive, [unit, unit, unit]).isRefuted == false)
    #expect(try verdict(text, .positive, [open, open, open]).isProved)
    #expect(
      try verdict("2 + x*y*z - x^2 - y^2 - z^2 + 1.01", .positive, [unit, unit, unit]).isProved)
  }

  @Test func remainingBoxesAreNamed() throws {
    let unit = try Domain.interval(.closed(0), .closed(1))
    let text = "(3*x - 1)^2 + (3*y - 1)^2 + (3*z - 1)^2"
    let limits = SignLimits(boxes: 200)
    guard
      case .undecided(let left) = try verdict(text, .positive, [unit, unit, unit], limits: limits)
    else {
      Issue.record("decided")
      return
    }
    #expect(!left.boxes.isEmpty)
    let third = try Rational(1, 3)
    #expect(
      left.boxes.contains { box in
        box.count == 3 && box.values.allSatisfy { $0.contains(third) }
      })
    #expect(left.description.contains("x in ["))
  }

  @Test(arguments: [
    ("exp(x) - x", SignRelation.positive, true), ("exp(x) - 1 - x", .positive, true),
    ("exp(x) - 1 - x - x^2", .positive, false), ("x - sin(x)", .positive, true),
    ("x - tanh(x)", .positive, true), ("exp(-x) - 1", .negative, true),
    ("tan(x) - x", .positive, false),
  ])
  func transcendental(text: String, relation: SignRelation, holds: Bool) throws {
    let domain = try Domain.interval(.open(0), .open(3))
    let verdict = try verdict(text, relation, [domain], limits: SignLimits(boxes: 400))
    #expect(verdict.isProved == holds, "\(text) \(verdict)")
    #expect(verdict.isRefuted == !holds, "\(text) \(verdict)")
  }
}

/// The Bogoliubov coefficients of two driven modes, with S the sum of the detunings and k the
/// coupling: al = i·x, be = -i·y as printed.
@Suite struct DrivenModesSignTests {
  private let symbols = [Symbol("S"), Symbol("k")]
  private let x = "sqrt(abs(S)/(2*sqrt(S^2 - 4*k^2)) + 1/2)"
  private let y = "sqrt(abs(S)/(2*sqrt(S^2 - 4*k^2)) - 1/2)"

  private func decide(_ text: String, _ sign: SignRelation) throws -> SignVerdict {
    let domain = [
      SignAssumption(try Expression("S*k", symbols: symbols), sign),
      SignAssumption(try Expression("abs(S) - 2*abs(k)", symbols: symbols), .positive),
    ]
    return SignDecision(assuming: domain).decide(try Expression(text, symbols: symbols), .zero)
  }

  @Test func normalization() throws {
    for sign in [SignRelation.positive, .negative] {
      #expect(try decide("\(x)^2 - \(y)^2 - 1", sign).isProved)
    }
  }

  /// D1·conj(al)·be + D2·al·conj(be) + k(x² + y²) with D1 + D2 = S.
  @Test func offDiagonalTerm() throws {
    let term = "-S*\(x)*\(y) + k*(\(x)^2 + \(y)^2)"
    #expect(try decide(term, .positive).isProved)
    let printed = try decide(term, .negative)
    #expect(printed.isRefuted)
    #expect(printed.witness?.rationalPoint != nil)
    #expect(try decide("S*\(x)*\(y) + k*(\(x)^2 + \(y)^2)", .negative).isProved)
  }
}
