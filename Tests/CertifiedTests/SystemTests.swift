import Algebra
import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

@Suite("Systems of equations")
struct SystemTests {
  /// A system with all its solutions, from `generate_systems.py`.
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let equations: [String]
    let unknowns: [String]
    let box: [[String]]
    let points: [[String]]
    var testDescription: String { name }
  }

  private struct Recorded: Decodable {
    let cases: [Case]
  }

  static let cases: [Case] =
    (try? Oracle.load("systems", as: Recorded.self).cases) ?? []

  static func system(
    _ equations: [String], _ names: [String], _ box: [[String]], where conditions: [String] = []
  ) throws -> EquationSystem {
    let unknowns = names.map { Symbol($0, .real) }
    return try EquationSystem(
      equations.map { try Expression($0, symbols: Set(unknowns)) }, in: unknowns,
      over: box.map {
        RationalRange(
          lower: .closed(try #require(Rational($0[0]))),
          upper: .closed(try #require(Rational($0[1]))))
      },
      where: conditions.map {
        SystemCondition(try Expression($0, symbols: Set(unknowns)), .positive)
      })
  }

  @Test("all solutions, and no others, each digit right", arguments: cases)
  func recorded(_ item: Case) throws {
    let solution = try Self.system(item.equations, item.unknowns, item.box).solve()
    #expect(solution.isComplete)
    try #require(solution.points.count == item.points.count)
    for (point, expected) in zip(solution.points, item.points) {
      for (coordinate, text) in zip(point.coordinates, expected) {
        let found = try coordinate.decimal(digits: 25)
        let value = try #require(Rational(text))
        #expect(try #require(Rational(found.lower)) <= value + Rational(text).slack)
        #expect(try #require(Rational(found.upper)) >= value - Rational(text).slack)
        let digits = try #require(Rational(found.digits))
        #expect((digits - value).magnitude <= value.magnitude * (try Rational(1, 2)) * .tenth(23))
      }
    }
  }

  @Test("there are recorded systems")
  func isRecorded() { #expect(Self.cases.count >= 15) }

  @Test("a double zero that elimination does not give stays a box around it")
  func doubleZero() throws {
    // exp(x) = 1 + x only at 0, where both sides have one slope.
    let solution = try Self.system(
      ["exp(x) - 1 - x - y", "y + x^2*sin(x)/9"], ["x", "y"], [["-1", "2"], ["-1", "1"]]
    ).solve()
    #expect(!solution.isComplete && solution.points.isEmpty)
    let box = try #require(solution.undecided.first)
    #expect(solution.undecided.count == 1)
    #expect(box.lower.allSatisfy { $0 <= 0 } && box.upper.allSatisfy { $0 >= 0 })
    #expect((box.upper[0] - box.lower[0]).magnitude < (try Rational(1, 1000)))
    #expect(box.reason.contains("multiple"))
  }

  @Test("a double zero of polynomials is exact by elimination")
  func tangentCircles() throws {
    let solution = try Self.system(
      ["x^2 + y^2 - 1", "(x - 3/5*2)^2 + (y - 4/5*2)^2 - 1"], ["x", "y"],
      [["-3", "3"], ["-3", "3"]]
    ).solve()
    #expect(solution.isComplete)
    let point = try #require(solution.points.first)
    #expect(solution.points.count == 1 && !point.isSimple)
    #expect(point.coordinates.map(\.rational) == [try Rational(3, 5), try Rational(4, 5)])
    // Apart, there is no zero; nearer, there are two.
    for (shift, count) in [("10^-9", 0), ("-10^-9", 2)] {
      let near = try Self.system(
        ["x^2 + y^2 - 1", "(x - 3/5*2)^2 + (y - 4/5*2)^2 - 1 + (\(shift))"], ["x", "y"],
        [["-3", "3"], ["-3", "3"]]
      ).solve()
      #expect(near.isComplete && near.points.count == count)
    }
  }

  @Test("coordinates that are algebraic have their minimal polynomials")
  func algebraic() throws {
    let solution = try Self.system(
      ["x^2 + y^2 - 3", "x*y - 1"], ["x", "y"], [["0", "2"], ["0", "2"]]
    ).solve()
    #expect(solution.points.count == 2)
    for point in solution.points {
      #expect(
        point.coordinates.allSatisfy {
          $0.algebraic?.minimalPolynomial.coefficients == [-1, -1, 1]
            || $0.algebraic?.minimalPolynomial.coefficients == [-1, 1, 1]
        })
    }
  }

  @Test("conditions drop solutions, also where they are not told by enclosures")
  func conditions() throws {
    func count(_ conditions: [String]) throws -> Int {
      let solution = try Self.system(
        ["x^2 + y^2 - 1", "x - y"], ["x", "y"], [["-2", "2"], ["-2", "2"]], where: conditions
      ).solve()
      #expect(solution.isComplete)
      return solution.points.count
    }
    #expect(try count([]) == 2)
    #expect(try count(["x + 1/2"]) == 1)
    #expect(try count(["x + y - sqrt(2)"]) == 0)
    #expect(try count(["x + y - sqrt(2) + 10^-30"]) == 1)
  }

  @Test("zeros on the edge of the box belong to it, zeros beyond it do not")
  func edges() throws {
    for (upper, count) in [("1", 2), ("999999999/1000000000", 0), ("1000000001/1000000000", 2)] {
      let solution = try Self.system(
        ["x*y", "x^2 + y^2 - 1"], ["x", "y"], [["0", upper], ["0", upper]]
      ).solve()
      #expect(solution.isComplete && solution.points.count == count)
    }
    let x = Symbol("x", .real)
    let open = try EquationSystem(
      [try Expression("x^2 - 1", symbols: [x])], in: [x],
      over: [RationalRange(lower: .open(-1), upper: .closed(1))]
    ).solve()
    #expect(open.isComplete && open.points.map { $0.coordinates[0].rational } == [1])
  }

  @Test("a curve of zeros ends at the limit and says so")
  func continuum() throws {
    var system = try Self.system(
      ["x^2 + y^2 - 1", "(x^2 + y^2 - 1)*x"], ["x", "y"], [["-2", "2"], ["-2", "2"]])
    system.boxLimit = 2000
    let solution = try system.solve()
    #expect(!solution.isComplete)
    #expect(solution.undecided.contains { $0.reason.contains("2000") })
  }

  @Test("a coordinate that an equation gives alone is exact beside one that is not algebraic")
  func settled() throws {
    let solution = try Self.system(
      ["exp(x) - 3 + y", "y*(x + 7)"], ["x", "y"], [["0", "2"], ["0", "1"]]
    ).solve()
    #expect(solution.isComplete && solution.points.count == 1)
    #expect(solution.points[0].coordinates[1].rational == 0)
    #expect(try solution.points[0].coordinates[0].decimal(digits: 10).digits == "1.098612289")
  }

  @Test("open boxes are covered by boxes near them")
  func cover() {
    let frame = [DoubleInterval(0, 1), DoubleInterval(0, 1)]
    let boxes = (0..<64).map { k in
      let (a, b) = (Double(k) / 64, Double(k + 1) / 64)
      return [DoubleInterval(a, b), DoubleInterval(a, b)]
    }
    let clusters = BoxClusters.merged(boxes)
    #expect(clusters.count == 1 && clusters[0].boxes.count == 64)
    let cover = BoxClusters.cover(boxes, in: frame, count: 16)
    #expect(cover.count == 16)
    #expect(cover.allSatisfy { $0[0].width < 0.2 })
    for box in boxes {
      #expect(cover.contains { SystemSearch.isInside(box, $0) })
    }
  }

  @Test("where the equations are flat, boxes stay open")
  func flat() throws {
    var system = try Self.system(
      ["max(0, 1 - x^2 - y^2)", "max(0, x)"], ["x", "y"], [["-2", "2"], ["-2", "2"]])
    system.boxLimit = 1000
    let solution = try system.solve()
    #expect(!solution.isComplete)
    #expect(solution.undecided.count <= 24)
    #expect(solution.undecided.contains { $0.lower[0] < -1 && $0.reason.contains("1000") })
  }

  @Test("many digits")
  func digits() throws {
    let solution = try Self.system(
      ["exp(x) - y", "x^2 + y^2 - 4"], ["x", "y"], [["0", "3"], ["0", "3"]]
    ).solve()
    let point = try #require(solution.points.first)
    let values = try point.coordinates.map { try $0.interval(precision: 3400) }
    let (x, y) = (values[0], values[1])
    let left = Interval.sub(Interval.exp(x, precision: 3600), y, precision: 3600)
    #expect(left.containsZero && (left.width.exponent ?? 0) < -3380)
    #expect(try point.coordinates[0].decimal(digits: 1000).digits.count >= 1000)
  }

  @Test("a wrong equation has other solutions")
  func perturbed() throws {
    let item = try #require(Self.cases.first { $0.name.hasPrefix("Himmelblau") })
    var equations = item.equations
    equations[0] += " + 10^-12"
    let solution = try Self.system(equations, item.unknowns, item.box).solve()
    #expect(solution.points.count == item.points.count)
    let isSame = try zip(solution.points, item.points).allSatisfy { point, expected in
      try zip(point.coordinates, expected).allSatisfy {
        try $0.decimal(digits: 20).digits
          == Decimal.digits(of: #require(Rational($1)), significant: 20)
      }
    }
    #expect(!isSame)
  }

  @Test("as many equations as unknowns, and ranges with an interior")
  func input() {
    #expect(throws: RootError.self) {
      try Self.system(["x + y"], ["x", "y"], [["0", "1"], ["0", "1"]])
    }
    #expect(throws: RootError.self) { try Self.system(["x"], ["x"], [["1", "1"]]) }
  }
}

extension Rational {
  /// 10^-n.
  fileprivate static func tenth(_ n: Int) -> Rational {
    (try? Rational(1, 10).power(n)) ?? 0
  }
}

extension Rational? {
  /// A unit in the thirtieth digit.
  fileprivate var slack: Rational { (self ?? 0).magnitude * .tenth(29) }
}
