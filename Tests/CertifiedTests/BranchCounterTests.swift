import Algebra
import Arbitrary
import Exact
import Foundation
import Testing

@testable import Certified

@Suite("Branches at singular points")
struct BranchCounterTests {
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    let make: @Sendable (Polynomial, Polynomial) -> Polynomial
    /// x, y and the number of branches.
    let points: [(String, String, Int)]
  }

  private static func two() -> Polynomial { Polynomial.one.scaled(by: 2) }

  static let cases: [Case] = [
    Case(description: "cusp", make: { x, y in y * y - x * x * x }, points: [("0", "0", 2)]),
    Case(
      description: "cusps at irrational places",
      make: { x, y in
        let u = x * x - two()
        return y * y - u * u * u
      }, points: [("sqrt(2)", "0", 2), ("-sqrt(2)", "0", 2)]),
    // (x² - 2)² + (y² - 3)² - 2·…: an irreducible quartic whose nodes are (±√2, 0).
    Case(
      description: "nodes at irrational places",
      make: { x, y in
        let u = x * x - two()
        return y * y + (y * y * y) - u * u
      }, points: [("sqrt(2)", "0", 4), ("-sqrt(2)", "0", 4)]),
    Case(
      description: "isolated points at irrational places",
      make: { x, y in
        let u = x * x - two()
        return y * y + (y * y * y) + u * u
      }, points: [("sqrt(2)", "0", 0), ("-sqrt(2)", "0", 0)]),
  ]

  @Test(
    "the singular points and all of the curve near them are proved",
    .enabled(if: ProcessInfo.processInfo.environment["SEPARATRIX_CAMPAIGN"] == "1"),
    arguments: cases)
  func proved(sample: Case) throws {
    let curve = try SampleCurves.curve(sample.make)
    let boundary = try BoundaryTrace(curve, in: SampleCurves.square(3), digits: 25).trace()
    #expect(boundary.uncertain.isEmpty)
    #expect(boundary.singularPoints.count == sample.points.count)
    for (x, y, branches) in sample.points {
      let (x, y) = (try SampleCurves.number(x), try SampleCurves.number(y))
      let point = try #require(
        boundary.singularPoints.first { $0.exactX == x && $0.exactY == y })
      #expect(point.branches == branches && point.isProved)
      #expect(point.x.text(digits: 25) != nil)
    }
  }

  @Test("a box with two critical points, or on a side of which the curve leaves, proves nothing")
  func fails() throws {
    let whole = PlaneBox(x: -9, 9, y: -9, 9)
    let lemniscate = try #require(BranchCounter(SampleCurves.lemniscate()))
    let tenth = try Rational(1, 10)
    let found = lemniscate.find(x: (-tenth, tenth), y: (-tenth, tenth), within: whole)
    #expect(found?.branches == 4 && found?.isSingular == true)
    // Its tips at x = ±1 are zeros of the resultant as well.
    #expect(lemniscate.find(x: (-2, 2), y: (-tenth, tenth), within: whole) == nil)
    // A smooth point is not called singular.
    let circle = try #require(
      BranchCounter(SampleCurves.curve { x, y in x * x + y * y - .one }))
    let tip = circle.find(x: (1 - tenth, 1 + tenth), y: (-tenth, tenth), within: whole)
    #expect(tip?.branches == 2 && tip?.isSingular == false)
    // No point at all.
    #expect(
      circle.find(x: (-tenth, tenth), y: (-tenth, tenth), within: whole)?.isSingular != true)
  }
}
