import Algebra
import Exact
import Foundation
import TestSupport
import Testing

@testable import Symbolic

/// Verdicts on random expressions against values at many points.
@Suite struct SignPropertyTests {
  private func randomText(_ random: inout SeededGenerator, depth: Int) -> String {
    if depth == 0 {
      return ["x", "y", "\(Int.random(in: -2...3, using: &random))"][
        Int.random(in: 0..<3, using: &random)]
    }
    let a = randomText(&random, depth: depth - 1)
    let b = randomText(&random, depth: depth - 1)
    switch Int.random(in: 0..<9, using: &random) {
    case 0, 1: return "(\(a) + \(b))"
    case 2: return "(\(a) - \(b))"
    case 3, 4: return "(\(a))*(\(b))"
    case 5: return "abs(\(a))"
    case 6: return "sqrt((\(a))^2 + 1)"
    case 7: return "max(\(a), \(b))"
    default: return "(\(a))/(1 + (\(b))^2)"
    }
  }

  @Test(arguments: 0..<12)
  func agreesWithSamples(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(4100 + seed))
    let isCampaign = ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"
    let domains: [Domain] = [.real, .positive, try .interval(.closed(0), .open(2))]
    for _ in 0..<(isCampaign ? 60 : 3) {
      let x = Symbol("x", domains[Int.random(in: 0..<3, using: &random)])
      let y = Symbol("y", domains[Int.random(in: 0..<3, using: &random)])
      let text = randomText(&random, depth: 2)
      let expression = try Expression(text, symbols: [x, y])
      let limits = SignLimits(cells: 5000, degree: 40, terms: 400, boxes: 500)
      var verdicts: [SignRelation: SignVerdict] = [:]
      for relation in [SignRelation.positive, .nonnegative, .nonpositive] {
        verdicts[relation] = SignDecision(limits: limits).decide(expression, relation)
      }
      let program = try Program([expression], inputs: [x, y])
      for i in -8...8 {
        for j in -8...8 {
          let point = [Rational(i), Rational(j)].map { $0 * Rational(reciprocalOf: 3) }
          guard x.domain.contains(point[0]), y.domain.contains(point[1]) else { continue }
          let value = program.evaluate(point.map(\.approximateDouble))[0]
          guard value.isFinite, abs(value) > 1e-9 else { continue }
          for (relation, verdict) in verdicts where verdict.isProved {
            #expect(relation.holds(forSign: value > 0 ? 1 : -1), "\(text) \(relation) \(point)")
          }
        }
      }
      for (relation, verdict) in verdicts {
        guard let witness = verdict.witness else { continue }
        #expect(!relation.holds(forSign: witness.sign), "\(text) \(relation)")
        let at = [x, y].map { witness.point[$0]?.approximateDouble ?? 0.5 }
        let value = program.evaluate(at)[0]
        if witness.sign == 0 {
          #expect(abs(value) < 1e-6, "\(text) \(relation) \(witness)")
        } else if abs(value) > 1e-9 {
          #expect((value > 0 ? 1 : -1) == witness.sign, "\(text) \(relation) \(witness)")
        }
      }
    }
  }
}
