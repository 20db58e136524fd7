import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Certified

@Suite("Boundaries")
struct BoundaryTests {
  private func curve(_ make: (Polynomial, Polynomial) -> Polynomial) throws -> PolynomialCurve {
    let ring = try PolynomialRing(["x", "y"])
    return try PolynomialCurve(
      make(Polynomial.variable(0, of: ring), Polynomial.variable(1, of: ring)))
  }

  private func square(_ a: Rational) -> PlaneBox { PlaneBox(x: -a, a, y: -a, a) }

  /// Opposite signs of the function at the ends of the enclosed coordinate, the other one exact.
  private func check(_ boundary: Boundary, _ polynomial: Polynomial, digits: Int) throws {
    for point in boundary.components.flatMap(\.points) {
      #expect(point.x.text(digits: digits) != nil && point.y.text(digits: digits) != nil)
      var signs: [Int] = []
      switch (point.x, point.y) {
      case (.exact(let x), .enclosed(let y)):
        for end in [y.lower, y.upper] {
          let value = try #require(Rational(exactly: end))
          signs.append(polynomial.evaluated(at: [x, value]).signum)
        }
      case (.enclosed(let x), .exact(let y)):
        for end in [x.lower, x.upper] {
          let value = try #require(Rational(exactly: end))
          signs.append(polynomial.evaluated(at: [value, y]).signum)
        }
      default: Issue.record("a point without exactly one exact coordinate")
      }
      #expect(signs.count == 2 && signs[0] * signs[1] <= 0)
    }
  }

  @Test("a circle is one closed component")
  func circle() throws {
    let circle = try curve { $0 * $0 + $1 * $1 - .one - .one }
    let boundary = try BoundaryTrace(circle, in: square(3), digits: 40).trace()
    #expect(boundary.uncertain.isEmpty)
    #expect(boundary.components.map(\.isClosed) == [true])
    let count = boundary.components[0].points.count
    #expect(count > 150 && count < 250)
    try check(boundary, circle.polynomial, digits: 40)
    // The order: neighbours are near each other, all the way round.
    let points = boundary.components[0].points
    for (p, q) in zip(points, points.dropFirst() + [points[0]]) {
      let dx = p.x.approximateDouble - q.x.approximateDouble
      let dy = p.y.approximateDouble - q.y.approximateDouble
      #expect(dx * dx + dy * dy < 0.02)
    }
  }

  @Test("loops, pairs and bundles that lines of a grid would miss", arguments: cases.indices)
  func defeating(index: Int) throws {
    let (name, make, half, expected) = Self.cases[index]
    let boundary = try BoundaryTrace(
      PolynomialCurve.factors(of: curve(make).polynomial), in: square(half)
    ).trace()
    #expect(boundary.components.count == expected, "\(name)")
  }

  typealias Make = (Polynomial, Polynomial) -> Polynomial
  static var cases: [(String, Make, Rational, Int)] {
    let billion = Integer(10).power(9)
    let fine = Integer(10).power(12)
    return [
      ("cusp", { $1 * $1 - $0 * $0 * $0 }, 1, 2),
      ("isolated", { $0 * $0 * ($0 - .one) - $1 * $1 }, 2, 1),
      (
        "tiny loop",
        { x, y in
          let one = Polynomial.one
          let (u, v) = (
            (x.scaled(by: 10) - one.scaled(by: 3)).scaled(by: billion),
            (y.scaled(by: 10) - one.scaled(by: 7)).scaled(by: billion)
          )
          return (u * u + v * v - one.scaled(by: 100)) * (x * x + y * y - one.scaled(by: 2))
        }, 2, 2
      ),
      (
        "two branches",
        { x, y in
          let u = (y - x * x).scaled(by: fine)
          return u * (u - .one)
        }, 1, 2
      ),
      (
        "bundle",
        { x, y in
          var p = Polynomial.one
          for k in 1...8 { p = p * (x * y - Polynomial.one.scaled(by: Integer(k))) }
          return p
        }, 4, 16
      ),
      ("diagonal", { $0 - $1 }, 1, 1),
      ("edge", { ($1 - .one) * ($0 - $1.scaled(by: 3)) }, 1, 2),
    ]
  }

  @Test("a hyperbola is two open components")
  func hyperbola() throws {
    let hyperbola = try curve { $0 * $1 - .one }
    let boundary = try BoundaryTrace(hyperbola, in: square(5)).trace()
    #expect(boundary.uncertain.isEmpty)
    #expect(boundary.components.count == 2)
    #expect(boundary.components.allSatisfy { !$0.isClosed && $0.startsOnEdge && $0.endsOnEdge })
    try check(boundary, hyperbola.polynomial, digits: 15)
  }

  @Test("the singular point of a lemniscate is named")
  func lemniscate() throws {
    let lemniscate = try curve {
      let s = $0 * $0 + $1 * $1
      return s * s - $0 * $0 + $1 * $1
    }
    let boundary = try BoundaryTrace(lemniscate, in: square(2)).trace()
    #expect(boundary.uncertain.isEmpty)
    #expect(boundary.singularPoints.count == 1)
    #expect(boundary.singularPoints.allSatisfy { $0.branches == 4 && $0.isProved })
    #expect(boundary.singularPoints.allSatisfy { $0.x == .exact(0) && $0.y == .exact(0) })
    #expect(boundary.components.count == 2)
    #expect(boundary.components.allSatisfy { !$0.isClosed && !$0.startsOnEdge && !$0.endsOnEdge })
    try check(boundary, lemniscate.polynomial, digits: 15)
  }

  @Test("an isolated point and a cusp are told from each other")
  func singular() throws {
    let isolated = try BoundaryTrace(
      try curve { $0 * $0 * ($0 - .one) - $1 * $1 }, in: square(2)
    ).trace()
    #expect(isolated.singularPoints.map(\.branches) == [0] && isolated.uncertain.isEmpty)
    #expect(isolated.components.count == 1)
    let cusp = try BoundaryTrace(try curve { $1 * $1 - $0 * $0 * $0 }, in: square(1)).trace()
    #expect(cusp.singularPoints.map(\.branches) == [2] && cusp.uncertain.isEmpty)
    #expect(cusp.singularPoints.map(\.isProved) == [true])
  }

  @Test("the boundary of Eq. (3) passes where the oracle says")
  func resetQubits() throws {
    let curve = try PolynomialCurve(ResetQubits.numerator())
    let box = PlaneBox(x: 0, 20, y: 0, 20)
    let boundary = try BoundaryTrace(curve, in: box, digits: 30).trace()
    #expect(boundary.uncertain.isEmpty)
    #expect(boundary.components.count == 1)
    #expect(boundary.components.allSatisfy { !$0.isClosed && $0.startsOnEdge && $0.endsOnEdge })
    try check(boundary, curve.polynomial, digits: 30)
    let records = try ResetQubits.load().boundaryPoints
    #expect(!records.isEmpty)
    let arcs = boundary.components.flatMap(\.arcs)
    for record in records {
      let r = try #require(Rational(record.r))
      for text in record.g {
        let g = try #require(Interval(text, precision: 250))
        #expect(
          arcs.contains { $0.box.contains(Interval(r, precision: 250), g) },
          "no arc holds r = \(r), g = \(text)")
      }
      // Far from both branches no arc may claim the curve: the check can fail.
      let middle = Interval(r, precision: 250)
      if r > Rational(8) {
        let half = Interval.scale(middle, byPowerOfTwo: -1, precision: 250)
        #expect(!arcs.contains { $0.box.contains(middle, half) })
      }
    }
  }
}
