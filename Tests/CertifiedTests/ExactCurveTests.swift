import Algebra
import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

@Suite("Exact answers about algebraic curves")
struct ExactCurveTests {
  struct Recorded: Decodable {
    struct Line: Decodable {
      let axis: String
      let at: String
      let roots: [String]
    }
    struct Curve: Decodable, Sendable, CustomStringConvertible {
      let equation: String
      let isRational: Bool
      let lines: [Line]
      enum CodingKeys: String, CodingKey {
        case equation, lines
        case isRational = "genus_zero"
      }
      var description: String { equation }
    }
    let curves: [Curve]
  }

  static let recorded: [Recorded.Curve] =
    (try? Oracle.load("exact_curves", as: Recorded.self).curves) ?? []

  static let tiny = Rational("1e-18") ?? .zero

  static let symbols = (x: Symbol("x"), y: Symbol("y"))

  static func formula(_ text: String) throws -> Expression {
    try Expression(text, symbols: [symbols.x, symbols.y, Symbol("t")])
  }

  static func curve(_ text: String) throws -> PlanePolynomial {
    var normalizer = try Normalizer(symbols: [symbols.x, symbols.y])
    let value = try normalizer.normalize(formula(text))
    return try PlanePolynomial(value.re.numerator, x: symbols.x, y: symbols.y)
  }

  /// Worked out once for all tests.
  static let exact: [String: ExactCurve] = Dictionary(
    uniqueKeysWithValues: recorded.compactMap { recorded in
      (try? curve(recorded.equation)).map { (recorded.equation, ExactCurve($0)) }
    })

  private func exact(_ recorded: Recorded.Curve) throws -> ExactCurve {
    try #require(Self.exact[recorded.equation])
  }

  private func number(
    _ value: Expression, _ point: [Symbol: Rational]
  ) throws -> Rational {
    let value = try value.value(at: point, digits: 50)
    #expect(value.im == nil)
    return try #require(Rational(value.re))
  }

  private func contains(_ branch: ExplicitBranches.Branch, _ at: Rational) -> Bool {
    branch.domain.contains { part in
      (part.lower.map { $0.compare(to: at) < 0 } ?? true)
        && (part.upper.map { $0.compare(to: at) > 0 } ?? true)
    }
  }

  @Test("the recorded curves are there")
  func oracle() { #expect(Self.recorded.count > 20) }

  @Test("branches are all points over a place", arguments: recorded)
  func branches(_ recorded: Recorded.Curve) throws {
    let exact = try exact(recorded)
    let curve = exact.curve
    guard let solved = exact.branches else {
      #expect(min(curve.degree(.x), curve.degree(.y)) > 2)
      return
    }
    let symbol = curve.symbol(solved.unknown.other)
    for line in recorded.lines where line.axis == solved.unknown.other.rawValue {
      let at = try #require(Rational(line.at))
      let found = try solved.branches.filter { contains($0, at) }
        .map { try number($0.value, [symbol: at]) }.sorted()
      let expected = line.roots.compactMap { Rational($0) }
      try #require(found.count == expected.count, "\(recorded.equation) at \(line.at)")
      for (a, b) in zip(found, expected) {
        #expect((a - b).magnitude <= (b.magnitude + 1) * Self.tiny)
      }
    }
  }

  @Test("asymptotes are all branches far out, and near them", arguments: recorded)
  func asymptotes(_ recorded: Recorded.Curve) throws {
    let curve = try exact(recorded).curve
    let found = try #require(exact(recorded).asymptotes)
    #expect(found.open.isEmpty)
    let thousand = Rational(1000)
    let thousandth = try Rational(1, 1000)
    let small = try Rational(1, thousand.power(12).numerator)
    for direction in CurveAsymptotes.Direction.allCases {
      let far = direction.unknown.other
      for line in recorded.lines where line.axis == far.rawValue {
        let at = try #require(Rational(line.at))
        guard at.magnitude > thousand * thousand, at.signum == direction.sign else { continue }
        let roots = line.roots.compactMap { Rational($0) }
          .filter { direction.unknown == .y || $0.magnitude < thousand }
        let own = found.asymptotes.filter { $0.direction == direction }
        try #require(own.count == roots.count, "\(recorded.equation), \(direction.rawValue)")
        var left = roots
        for asymptote in own {
          let point = [curve.symbol(far): at]
          let value = try number(asymptote.value, point)
          let difference = try asymptote.difference.map { try number($0, point) } ?? .zero
          #expect(difference.signum == asymptote.side)
          let bound =
            difference.magnitude * thousandth + (value.magnitude + 1) * small
          let place = left.firstIndex { ($0 - value - difference).magnitude <= bound }
          try #require(place != nil, "\(recorded.equation), \(asymptote.value)")
          left.remove(at: place ?? 0)
        }
      }
    }
  }

  @Test("each point has its parameter, and comes back from it", arguments: recorded)
  func parametrisations(_ recorded: Recorded.Curve) throws {
    let curve = try exact(recorded).curve
    let found = try exact(recorded).parametrisation
    #expect((found != nil) == recorded.isRational)
    guard let found else { return }
    var count = 0
    for line in recorded.lines {
      let at = try #require(Rational(line.at))
      if at.magnitude > 1000 { continue }
      for root in line.roots.compactMap({ Rational($0) }) {
        let (x, y) = line.axis == "x" ? (at, root) : (root, at)
        let t = try number(found.inverse, [curve.x: x, curve.y: y])
        let tolerance = Self.tiny
        let (p, q) = (
          try number(found.x, [found.parameter: t]), try number(found.y, [found.parameter: t])
        )
        #expect((p - x).magnitude <= tolerance && (q - y).magnitude <= tolerance)
        count += 1
      }
    }
    #expect(count > 0 || recorded.equation.contains("1/1000"))
  }

  @Test("known forms")
  func known() throws {
    func asymptotes(_ text: String) throws -> Set<String> {
      Set(
        CurveAsymptotes(try Self.curve(text)).asymptotes.map {
          "\($0.direction.rawValue): \($0.value)"
        })
    }
    // Reset qubits: the right arm comes near to g = r - gamma.
    #expect(
      try asymptotes("4*x^2*y - 4*x*y^2 - 4*x^2 + 4*x*y - 4*y^2 - 4*x - 1").isSuperset(of: [
        "x -> infinity: x - 1", "x -> infinity: 1", "y -> infinity: -1",
      ]))
    #expect(
      try asymptotes("x^3 + y^3 - 3*x*y") == ["x -> infinity: -x - 1", "x -> -infinity: -x - 1"])
    #expect(try asymptotes("x^2 + y^2 - 1").isEmpty)
    #expect(
      try asymptotes("x^2 - 2*y^2 - 1").contains("x -> infinity: sqrt(2)/2*x"))
    #expect(try asymptotes("y^2 - x^3").contains("x -> infinity: x^(3/2)"))
    let folium = try #require(RationalParametrisation(try Self.curve("x^3 + y^3 - 3*x*y")))
    #expect("\(folium.x)" == "3*t/(t^3 + 1)" && "\(folium.y)" == "3*t^2/(t^3 + 1)")
    #expect("\(folium.inverse)" == "y/x")
    let summary = ExactCurve(try Self.curve("x^2 + y^2 - 1")).summary
    #expect(summary.contains("x^2 + y^2 - 1 = 0\n"))
    #expect(summary.contains("y = sqrt(-x^2 + 1) for x in -1..1"))
    let hyperbola = ExactCurve(try Self.curve("x*y - 1")).summary
    #expect(hyperbola.contains("x -> -infinity: y comes near to 0 from below"))
    let lemniscate = try #require(ExplicitBranches(try Self.curve("(x^2+y^2)^2 - x^2 + y^2")))
    #expect(lemniscate.branches.filter { !$0.domain.isEmpty }.count == 2)
  }

  @Test("a branch, a parametrisation or an inverse that is not right is no proof")
  func wrong() throws {
    let curve = try Self.curve("x^2 + y^2 - 1")
    let (x, y) = (try Self.formula("2*t/(1 + t^2)"), try Self.formula("(1 - t^2)/(1 + t^2)"))
    let inverse = try Self.formula("(1 - y)/x")
    let t = Symbol("t")
    func holds(_ x: Expression, _ y: Expression, _ inverse: Expression) -> Bool {
      RationalParametrisation.isProved(curve, x: x, y: y, inverse: inverse, parameter: t)
    }
    #expect(holds(x, y, inverse))
    #expect(!holds(try Self.formula("(2 + 1e-20)*t/(1 + t^2)"), y, inverse))
    #expect(!holds(x, try Self.formula("(1 - t^2)/(1 + t^2) + 1e-20"), inverse))
    #expect(!holds(x, y, try Self.formula("(1 - y)/x + 1e-20")))
    // Twice around: on the circle, but no parametrisation.
    let twice = try Self.formula("t^2")
    #expect(!holds(x.substituting([t: twice]), y.substituting([t: twice]), inverse))
    // A point alone, and the circle of another radius.
    #expect(!holds(.zero, .one, inverse))
    let other = try Self.curve("x^2 + y^2 - 2")
    #expect(!RationalParametrisation.isProved(other, x: x, y: y, inverse: inverse, parameter: t))

    let lead = Polynomial(1, ring: curve.polynomial.ring)
    func isProved(_ texts: String...) throws -> Bool {
      ExplicitBranches.isProved(try texts.map { try Self.formula($0) }, curve, .y, lead)
    }
    #expect(try isProved("sqrt(1 - x^2)", "-sqrt(1 - x^2)"))
    #expect(try !isProved("sqrt(1 - x^2)", "sqrt(1 - x^2)"))
    #expect(try !isProved("sqrt(1 - x^2)"))
    #expect(try !isProved("sqrt(1 - x^2) + 1e-20", "-sqrt(1 - x^2)"))
    #expect(try !isProved("sqrt(1 - (1 + 1e-20)*x^2)", "-sqrt(1 - (1 + 1e-20)*x^2)"))
  }

  @Test("formulas are read back as they are printed", arguments: recorded)
  func texts(_ recorded: Recorded.Curve) throws {
    let exact = try exact(recorded)
    var formulas = [exact.equation]
    formulas += exact.branches?.branches.map { exact.value(of: $0) } ?? []
    if let found = exact.parametrisation { formulas += [found.x, found.y, found.inverse] }
    for asymptote in exact.asymptotes?.asymptotes ?? [] {
      formulas += [asymptote.value] + (asymptote.difference.map { [$0] } ?? [])
    }
    for formula in formulas {
      #expect(try Self.formula(formula.description) == formula)
      #expect(throws: Never.self) { try formula.latex() }
    }
  }

  @Test("through kernels: branches by inverse kernels lie on the curve")
  func kernels() throws {
    let ring = try PolynomialRing(["x", "y"])
    let (u, v) = (Polynomial.variable(0, of: ring), Polynomial.variable(1, of: ring))
    // v = 2u, u = exp(-1/x), v = exp((y + 3)/(2y + 1)).
    let curves = [try PolynomialCurve(v - u.scaled(by: 2))]
    let found = try ExactCurve.curves(
      curves, xMap: .exponential(0, -1, 1, 0), yMap: .exponential(1, 3, 2, 1),
      unknowns: Self.symbols)
    let exact = try #require(found.first)
    #expect("\(exact.equation)".contains("exp("))
    #expect(exact.asymptotes == nil)
    let branch = try #require(exact.branches?.branches.first)
    let third = try Rational(1, 3)
    let y = try number(exact.value(of: branch), [Self.symbols.x: third])
    let rest = try number(exact.equation, [Self.symbols.x: third, Self.symbols.y: y])
    #expect(rest.magnitude < Self.tiny)
    let point = try #require(exact.parametrisedPoint)
    let t = try #require(exact.parametrisation?.parameter)
    let place = [t: try Rational(1, 5)]
    let (a, b) = (try number(point.x, place), try number(point.y, place))
    let gap = try number(exact.equation, [Self.symbols.x: a, Self.symbols.y: b])
    #expect(gap.magnitude < Self.tiny)
  }

  @Test("square parts", arguments: [(72, 6, 2), (-12, 2, -3), (1, 1, 1), (49, 7, 1), (-1, 1, -1)])
  func squareParts(_ n: Int, _ root: Int, _ rest: Int) throws {
    let split = try #require(SquarePart.split(Integer(n)))
    #expect(split.root == Integer(root) && split.rest == Integer(rest))
    #expect(SquarePart.split(Integer(0)) == nil)
  }
}
