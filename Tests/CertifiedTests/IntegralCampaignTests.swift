import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

import class Foundation.ProcessInfo

@testable import Certified

/// Random integrals by both roads: closed form and certified quadrature.
@Suite struct IntegralCampaignTests {
  private static let rounds =
    ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == nil ? 6 : 400

  private let x = Symbol("x", .real)

  private func number(_ range: ClosedRange<Int>, _ generator: inout SeededGenerator) -> Expression {
    let p = Int.random(in: range, using: &generator)
    let q = Int.random(in: 1...3, using: &generator)
    return .rational((try? Rational(Integer(p), Integer(q))) ?? 1)
  }

  /// A proper fraction with some simple poles, those on (0, ∞) listed.
  private func fraction(
    _ generator: inout SeededGenerator
  ) -> (f: Expression, poles: [Expression], degree: Int) {
    let t = x.expression
    var f = Expression.one
    var poles: [Expression] = []
    var degree = 0
    for _ in 0..<Int.random(in: 2...3, using: &generator) {
      let p = number(1...9, &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        f = f / (t + p)
        degree += 1
      case 1:
        f = f / (t * t + p)
        degree += 2
      default:
        guard poles.isEmpty else { continue }
        f = f / (t - p)
        poles.append(p)
        degree += 1
      }
    }
    return (f, poles, degree)
  }

  private func compare(_ f: Expression, _ poles: [Expression]) throws {
    let closed = DefiniteIntegral.closedForm(
      of: f, over: x, from: 0, to: .infinity, principalValuesAt: poles)
    let quadrature = Quadrature(
      f, over: x, from: 0, to: .infinity, principalValuesAt: poles)
    switch closed {
    case .value(let value):
      let exact = try value.value(digits: 20)
      let numeric = try quadrature.enclose(tolerance: 44)
      #expect(!numeric.enclosure.re.isDisjoint(from: exact.enclosure.re), "\(f)")
      #expect(numeric.enclosure.re.width.exponent ?? 0 < -36, "\(f)")
    case .divergent:
      #expect(throws: QuadratureError.self, "\(f)") { _ = try quadrature.enclose(tolerance: 44) }
    case .notFound: break
    }
  }

  @Test func rationalFunctions() throws {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<Self.rounds {
      let (f, poles, degree) = fraction(&generator)
      try compare(degree > 2 ? f * x.expression : f, poles)
      if degree > 1 { try compare(f * log(x.expression), poles) }
    }
  }

  @Test func laplaceTransforms() throws {
    var generator = SeededGenerator(seed: 22)
    for _ in 0..<Self.rounds {
      let t = x.expression
      let n = Int.random(in: 0...3, using: &generator)
      let wave = cos(number(0...6, &generator) * t) * sin(number(1...6, &generator) * t)
      try compare(t.power(n) * exp(-number(1...4, &generator) * t) * wave, [])
    }
  }
}
