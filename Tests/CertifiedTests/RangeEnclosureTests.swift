import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

@Suite("Ranges over boxes")
struct RangeEnclosureTests {
  let x = Symbol("x")
  let y = Symbol("y")

  func interval(_ low: Rational, _ high: Rational) throws -> Interval {
    try Interval(lower: low, upper: high, precision: 64)
  }

  @Test("a range with dependence: pieces bring the bounds near x - x^2 in [0, 1/4]")
  func dependence() throws {
    let f = x - x * x
    let box = [x: try interval(0, 1)]
    let coarse = try RangeEnclosure(of: f, over: box, pieces: 1)
    let fine = try RangeEnclosure(of: f, over: box, pieces: 512)
    #expect(coarse.enclosure.re == (try interval(-1, 1)))
    #expect(fine.enclosure.isSubset(of: coarse.enclosure))
    #expect(fine.pieces <= 512)
    let range = try interval(0, Rational(1, 4))
    #expect(range.isSubset(of: fine.enclosure.re))
    #expect(fine.enclosure.re.lower > Real(-0.02) && fine.enclosure.re.upper < Real(0.27))
  }

  @Test("values at random points of the box are inside, for every count of pieces")
  func containment() throws {
    var random = SeededGenerator(seed: 3)
    let formulas = ["x*y - x", "1/(1 + x^2) + y", "sqrt(x)*y", "max(x, y) - x", "exp(x) - y^3"]
    for text in formulas {
      let f = try Symbolic.Expression(text)
      let box = [x: try interval(-1, 2), y: try interval(0, Rational(1, 3))]
      for pieces in [1, 7, 100] {
        let range = try RangeEnclosure(of: f, over: box, pieces: pieces)
        #expect(range.pieces <= max(pieces, 1))
        for _ in 0..<40 {
          let point = [
            x: try Rational(Integer(Int.random(in: -100...200, using: &random)), 100),
            y: try Rational(Integer(Int.random(in: 0...100, using: &random)), 300),
          ]
          let value = try f.value(
            at: point, digits: 10, limit: EvaluationLimit(bits: 400), exactForm: { _ in 0 })
          #expect(!range.enclosure.re.isDisjoint(from: value.enclosure.re), "\(text) \(point)")
          #expect(!range.enclosure.im.isDisjoint(from: value.enclosure.im), "\(text) \(point)")
        }
      }
    }
  }

  @Test("points, unbounded sides, gaps and errors")
  func edges() throws {
    let point = try RangeEnclosure(of: x * x, over: [x: Interval(3)])
    #expect(point.enclosure.re == Interval(9) && point.pieces == 1)
    let half = try Interval(lower: Real(1), upper: .infinity)
    let decay = try RangeEnclosure(of: exp(-x.expression), over: [x: half], pieces: 64)
    #expect(decay.enclosure.re.lower.isZero || decay.enclosure.re.lower.signum == 0)
    #expect(decay.enclosure.re.upper < Real(0.37))
    // max takes real arguments: over x < 0 the root has none.
    let gap = try RangeEnclosure(
      of: max(sqrt(x.expression), 0), over: [x: interval(-2, 1)], pieces: 64)
    #expect(gap.hasGaps)
    let positive = Symbol("p", .positive)
    #expect(throws: CertifiedError.missingParameters(["x"])) {
      try RangeEnclosure(of: x.expression, over: [:])
    }
    #expect(throws: CertifiedError.self) {
      try RangeEnclosure(of: positive.expression, over: [positive: interval(-1, 0)])
    }
    #expect(throws: CertifiedError.self) {
      try RangeEnclosure(of: log(x.expression), over: [x: Interval(0)])
    }
    #expect(throws: CertifiedError.self) {
      try RangeEnclosure(of: x.expression, over: [x: .empty])
    }
    let certified = try RangeEnclosure(of: x.expression, over: [x: interval(1, 2)], pieces: 8)
    #expect(certified.description == "[1, 2]")
  }
}
