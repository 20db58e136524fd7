import Exact
import TestSupport
import Testing

/// Values recorded from Python's integers and FLINT.
@Suite("Exact numbers against recorded oracles")
struct ExactOracleTests {
  struct Case: Decodable { let op, a, b, result: String }
  struct Decimals: Decodable { let text, value: String }
  struct Integers: Decodable { let cases: [Case] }
  struct Rationals: Decodable {
    let arithmetic: [Case]
    let decimals: [Decimals]
  }

  static func answer(_ c: Case) throws -> String? {
    guard let a = Integer(c.a) else { return nil }
    let b = Integer(c.b) ?? 0
    switch c.op {
    case "add": return (a + b).description
    case "sub": return (a - b).description
    case "mul": return (a * b).description
    case "compare": return (a < b ? -1 : a == b ? 0 : 1).description
    case "gcd": return Integer.gcd(a, b).description
    case "floordiv": return try a.floorQuotientAndRemainder(by: b).quotient.description
    case "floormod": return try a.floorQuotientAndRemainder(by: b).remainder.description
    case "truncdiv": return try a.quotientAndRemainder(by: b).quotient.description
    case "truncmod": return try a.quotientAndRemainder(by: b).remainder.description
    case "pow": return a.power(UInt(b.word ?? 0)).description
    case "isqrt": return try a.squareRoot().root.description
    case "bitlength": return a.bitWidth.description
    case "parse": return a.description
    default: return nil
    }
  }

  static func rationalAnswer(_ c: Case) throws -> String? {
    guard let a = Rational(c.a) else { return nil }
    let b = Rational(c.b) ?? 0
    switch c.op {
    case "add": return (a + b).description
    case "sub": return (a - b).description
    case "mul": return (a * b).description
    case "div": return try (a / b).description
    case "compare": return (a < b ? -1 : a == b ? 0 : 1).description
    case "floor": return a.floor.description
    case "ceil": return a.ceiling.description
    case "pow": return try a.power(b.numerator.word ?? 0).description
    default: return nil
    }
  }

  @Test("integers")
  func integers() throws {
    let cases = try Oracle.load("integers", as: Integers.self).cases
    #expect(cases.count >= 300)
    for c in cases { #expect(try Self.answer(c) == c.result, "\(c)") }
  }

  @Test("rationals")
  func rationals() throws {
    let cases = try Oracle.load("rationals", as: Rationals.self).arithmetic
    var skipped = 0
    for c in cases {
      guard let answer = try Self.rationalAnswer(c) else {
        skipped += 1
        // The one operation of the recording that the library has no use for.
        #expect(c.op == "round_half_even", "\(c)")
        continue
      }
      #expect(answer == c.result, "\(c)")
    }
    #expect(skipped < cases.count / 4)
  }

  @Test("decimals are read exactly")
  func decimals() throws {
    for c in try Oracle.load("rationals", as: Rationals.self).decimals {
      #expect(Rational(c.text)?.description == c.value, "\(c.text)")
    }
  }

  @Test("a wrong recording would be noticed")
  func canFail() throws {
    let wrong = Case(op: "mul", a: "3", b: "7", result: "22")
    #expect(try Self.answer(wrong) != wrong.result)
  }
}
