import Algebra
import Exact
import TestSupport
import Testing

@testable import Symbolic

/// Verdicts recorded by `Tests/Oracles/generate_signs.py`.
@Suite struct RecordedSignsTests {
  struct Line: Decodable, Sendable {
    let text: String
    let lower: String?
    let upper: String?
    let closed: Bool
    let positive: Bool
    let nonnegative: Bool
  }
  struct Plane: Decodable, Sendable {
    let text: String
    let positive: Bool
    let nonnegative: Bool
  }
  struct Recorded: Decodable { let one: [Line], two: [Plane] }

  private func bound(_ text: String?, _ closed: Bool) throws -> Domain.Bound {
    guard let text else { return .unbounded }
    let value = try #require(Rational(text))
    return closed ? .closed(value) : .open(value)
  }

  private func check(_ expression: Expression, _ relation: SignRelation, _ expected: Bool) throws {
    let verdict = SignDecision().decide(expression, relation)
    #expect(verdict.isProved == expected, "\(expression) \(relation): \(verdict)")
    #expect(verdict.isRefuted == !expected, "\(expression) \(relation): \(verdict)")
    guard let witness = verdict.witness else { return }
    for (symbol, number) in witness.point { #expect(symbol.domain.contains(algebraic: number)) }
    #expect(!relation.holds(forSign: witness.sign))
    if let point = witness.rationalPoint {
      let value = try expression.substituting(point.mapValues { .rational($0) }).exactValue()
      #expect(value?.re.signum == witness.sign)
    }
  }

  @Test func oneVariable() throws {
    let cases = try Oracle.load("signs", as: Recorded.self).one
    #expect(cases.count > 100)
    for line in cases {
      let domain = try Domain.interval(
        bound(line.lower, line.closed), bound(line.upper, line.closed))
      let expression = try Expression(line.text, symbols: [Symbol("x", domain)])
      try check(expression, .positive, line.positive)
      try check(expression, .nonnegative, line.nonnegative)
    }
  }

  @Test func twoVariables() throws {
    let cases = try Oracle.load("signs", as: Recorded.self).two
    #expect(cases.count > 20)
    for plane in cases {
      let expression = try Expression(plane.text, symbols: [Symbol("x"), Symbol("y")])
      try check(expression, .positive, plane.positive)
      try check(expression, .nonnegative, plane.nonnegative)
    }
  }
}
