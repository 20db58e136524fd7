import Algebra
import Arbitrary
import Exact
import Symbolic
import Testing

@testable import Certified

/// Curves by name, for tests of what is found on them.
enum SampleCurves {
  static func curve(_ make: (Polynomial, Polynomial) -> Polynomial) throws -> PolynomialCurve {
    let ring = try PolynomialRing(["x", "y"])
    return try PolynomialCurve(
      make(Polynomial.variable(0, of: ring), Polynomial.variable(1, of: ring)))
  }

  static func square(_ a: Rational) -> PlaneBox { PlaneBox(x: -a, a, y: -a, a) }

  static func lemniscate() throws -> PolynomialCurve {
    try curve { x, y in
      let s = x * x + y * y
      return s * s - x * x + y * y
    }
  }

  static func folium() throws -> PolynomialCurve {
    try curve { x, y in x * x * x + y * y * y - (x * y).scaled(by: 3) }
  }

  static func number(_ text: String) throws -> AlgebraicNumber {
    try AlgebraicNumber(Expression(text, symbols: []))
  }
}

@Suite("Tips of boundaries")
struct BoundaryTipTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let half: Rational
    let make: @Sendable (Polynomial, Polynomial) -> Polynomial
    /// Axis, whether a maximum, x and y.
    let tips: [(PlaneAxis, Bool, String, String)]
  }

  static let cases: [Case] = [
    Case(
      description: "ellipse", half: 3, make: { x, y in (x * x).scaled(by: 2) + y * y - .one },
      tips: [
        (.x, false, "-sqrt(1/2)", "0"), (.x, true, "sqrt(1/2)", "0"), (.y, false, "0", "-1"),
        (.y, true, "0", "1"),
      ]),
    Case(
      description: "lemniscate", half: 2,
      make: { x, y in
        let s = x * x + y * y
        return s * s - x * x + y * y
      },
      tips: [
        (.x, false, "-1", "0"), (.x, true, "1", "0"),
        (.y, true, "-sqrt(3/8)", "sqrt(1/8)"), (.y, false, "-sqrt(3/8)", "-sqrt(1/8)"),
        (.y, true, "sqrt(3/8)", "sqrt(1/8)"), (.y, false, "sqrt(3/8)", "-sqrt(1/8)"),
      ]),
    Case(
      description: "folium", half: 2,
      make: { x, y in x * x * x + y * y * y - (x * y).scaled(by: 3) },
      tips: [
        (.x, true, "4^(1/3)", "2^(1/3)"), (.y, true, "2^(1/3)", "4^(1/3)"),
      ]),
    // An inflection is no tip.
    Case(description: "cubic", half: 2, make: { x, y in y - x * x * x }, tips: []),
    Case(description: "line", half: 2, make: { x, y in x - .one }, tips: []),
    Case(
      description: "wave", half: 2, make: { x, y in y - x * x * x + x },
      tips: [
        (.y, true, "-sqrt(1/3)", "sqrt(1/3)*2/3"), (.y, false, "sqrt(1/3)", "-sqrt(1/3)*2/3"),
      ]),
  ]

  @Test("all tips, as exact numbers", arguments: cases)
  func algebraic(sample: Case) throws {
    var trace = try BoundaryTrace(
      SampleCurves.curve(sample.make), in: SampleCurves.square(sample.half), digits: 25)
    trace.details = .all
    let boundary = try trace.trace()
    #expect(boundary.undecided.isEmpty)
    #expect(boundary.tips.count == sample.tips.count)
    for (axis, isMaximum, x, y) in sample.tips {
      let (x, y) = (try SampleCurves.number(x), try SampleCurves.number(y))
      let tip = try #require(
        boundary.tips.first { $0.axis == axis && $0.point.exactX == x && $0.point.exactY == y })
      #expect(tip.isMaximum == isMaximum && tip.isOnEdge == false)
      for (coordinate, exact) in [(tip.point.x, x), (tip.point.y, y)] {
        #expect(coordinate.text(digits: 25) != nil)
        let bounds = coordinate.interval(precision: 200)
        #expect(!bounds.isDisjoint(from: exact.interval(precision: 200)))
      }
    }
  }

  @Test("a tip on an edge of the box is named as such")
  func edge() throws {
    let circle = try SampleCurves.curve { x, y in x * x + y * y - .one }
    var trace = try BoundaryTrace(circle, in: PlaneBox(x: 0, 2, y: -2, 2), digits: 20)
    trace.details = .tips
    let tips = try trace.trace().tips
    #expect(tips.count == 3)
    #expect(tips.filter { $0.axis == .y }.map(\.isOnEdge) == [true, true])
    #expect(tips.filter { $0.axis == .x }.map(\.isOnEdge) == [false])
    // Just beyond the edge there is none.
    let shifted = try BoundaryTrace(
      circle, in: PlaneBox(x: try Rational(1, 1_000_000_000_000), 2, y: -2, 2), digits: 20)
    var inside = shifted
    inside.details = .tips
    let found = try inside.trace()
    #expect(found.tips.map(\.axis) == [.x] && found.undecided.isEmpty)
  }

  @Test("tips of formulas: y = sin x, and the corner of |x| is told from them")
  func formulas() throws {
    let (x, y) = (Symbol("x"), Symbol("y"))
    let wave = try FormulaCurve(Expression("y - sin(x)", symbols: [x, y]), x: x, y: y)
    var trace = try BoundaryTrace(wave, in: PlaneBox(x: 0, 7, y: -2, 2), digits: 20)
    trace.details = .all
    let boundary = try trace.trace()
    #expect(boundary.undecided.isEmpty)
    #expect(
      boundary.tips.map { $0.point.x.text(digits: 20) }.sorted { $0 ?? "" < $1 ?? "" } == [
        "1.5707963267948966192", "4.7123889803846898577",
      ])
    let corner = try FormulaCurve(Expression("y - abs(x - 1/3)", symbols: [x, y]), x: x, y: y)
    var second = try BoundaryTrace(corner, in: PlaneBox(x: -1, 1, y: -1, 2), digits: 20)
    second.details = .all
    let found = try second.trace()
    #expect(found.tips.isEmpty && found.undecided.count == 1)
    let place = try #require(found.undecided.first)
    #expect(place.kind == .tips(.y, isProved: true))
    let third = try Rational(1, 3)
    #expect(place.box.xLower <= third && third <= place.box.xUpper)
  }

  @Test("crossings of curves, as exact numbers")
  func crossings() throws {
    let circle = try SampleCurves.curve { x, y in x * x + y * y - .one }
    let line = try SampleCurves.curve { x, y in x - y.scaled(by: 2) }
    var trace = try BoundaryTrace(
      [circle, line], in: SampleCurves.square(2), digits: 30, points: 40)
    trace.details = .all
    let boundary = try trace.trace()
    #expect(boundary.crossings.count == 2 && boundary.undecided.isEmpty)
    let y = try SampleCurves.number("sqrt(1/5)")
    #expect(boundary.crossings.contains { $0.point.exactY == y && $0.curves == (0, 1) })
    // A tangent is not claimed to cross.
    let tangent = try SampleCurves.curve { x, y in y - .one }
    var second = try BoundaryTrace(
      [circle, tangent], in: SampleCurves.square(2), digits: 30, points: 40)
    second.details = .all
    let touching = try second.trace()
    #expect(touching.crossings.isEmpty)
    #expect(touching.undecided.contains { $0.kind == .crossings(0, 1) })
  }
}
