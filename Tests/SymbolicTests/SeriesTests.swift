import Algebra
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite struct SeriesTests {
  private struct Recorded: Decodable {
    struct Item: Decodable {
      let expression: String
      let point: String
      let order: String
      let terms: [[String]]
    }
    struct Limit: Decodable {
      let expression: String
      let to: String
      let value: String
    }
    let series: [Item]
    let limits: [Limit]
  }

  private let x = Symbol("x", .positive)
  private let a = Symbol("a", .positive)

  private func parse(_ text: String) throws -> Expression {
    if text == "oo" { return .infinity }
    if text == "-oo" { return -.infinity }
    return try Expression(text, symbols: [x, a])
  }

  private func rational(_ text: String) throws -> Rational {
    try #require(try Expression(text).rationalValue)
  }

  /// Every term below the recorded order agrees with SymPy's, and none is missing.
  @Test func recordedSeries() throws {
    let items = try Oracle.load("series", as: Recorded.self).series
    #expect(items.count == 17)
    for item in items {
      let series = try Series(
        of: try parse(item.expression), in: x, at: item.point == "oo" ? .infinity : .fromRight(0),
        terms: 12)
      let end = try rational(item.order)
      if let order = series.order { #expect(order >= end, "\(item.expression) \(order)") }
      var expected: [String: Expression] = [:]
      for term in item.terms {
        expected["\(try rational(term[0]))|\(term[1])"] = try parse(term[2])
      }
      for term in series.terms where term.exponent < end {
        // log(1/x) is -log x, so at infinity log t = -log x as SymPy has it for t = 1/x.
        let key = "\(term.exponent)|\(term.logarithms)"
        let value = expected.removeValue(forKey: key) ?? 0
        #expect(try NormalForm(term.coefficient - value).isZero, "\(item.expression) \(key)")
        #expect(try !NormalForm(term.coefficient - value - 1).isZero)
      }
      #expect(expected.isEmpty, "\(item.expression) \(expected)")
    }
  }

  /// The remainder is of the order stated: divided by the last power it tends to zero.
  @Test(arguments: ["exp(a*x)/(1+x)", "sqrt(x+a*x^2)", "log(a+x)*sin(x)", "x*log(x)/(1+x)"])
  func remainders(_ text: String) throws {
    let f = try parse(text)
    let series = try Series(of: f, in: x, at: .fromRight(0), terms: 3)
    let last = try #require(series.terms.last)
    let rest = (f - series.sum) * x.expression.power(.rational(-last.exponent))
    #expect(try Limit.of(rest, as: x, to: .fromRight(0)).isLiteralZero)
    let next = try #require(series.order)
    let wrong = (f - series.sum) * x.expression.power(.rational(-next))
    #expect(try !Limit.of(wrong, as: x, to: .fromRight(0)).isLiteralZero)
  }

  @Test func recordedLimits() throws {
    let items = try Oracle.load("series", as: Recorded.self).limits
    #expect(items.count == 17)
    for item in items {
      let f = try parse(item.expression)
      guard
        let value = try? Limit.of(f, as: x, to: item.to == "oo" ? .infinity : .fromRight(0))
      else {
        Issue.record("\(item.expression) has no limit")
        continue
      }
      let expected = try parse(item.value)
      let isInfinite = expected == .infinity || expected == -.infinity
      #expect(
        isInfinite ? value == expected : try NormalForm(value - expected).isZero,
        "\(item.expression): \(value)")
    }
  }

  @Test func taylorOnBothSides() throws {
    let real = Symbol("x", .real)
    let series = try Series.taylor(of: exp(real.expression) * sin(real.expression), in: real)
    #expect(series.terms.map(\.exponent) == [1, 2, 3, 5, 6, 7])
    #expect(throws: LimitError.self) { _ = try Series.taylor(of: abs(real.expression), in: real) }
    #expect(throws: LimitError.self) { _ = try Series.taylor(of: sqrt(real.expression), in: real) }
  }

  /// A divisor that may vanish is an error, not a guess.
  @Test func undecidedCoefficients() {
    let p = Symbol("p", .real)
    let f = 1 / (p.expression + x.expression)
    #expect(throws: LimitError.self) { _ = try Series(of: f, in: x, at: .fromRight(0)) }
  }

  @Test func twoSidedLimits() throws {
    let real = Symbol("x", .real)
    let t = real.expression
    #expect(Limit.twoSided(sin(t) / t, as: real, to: 0) == .value(1))
    #expect(Limit.twoSided(1 / (t * t), as: real, to: 0) == .infinite(1))
    #expect(Limit.twoSided(abs(t) / t, as: real, to: 0) == .differs(left: -1, right: 1))
    #expect(
      Limit.twoSided(1 / t, as: real, to: 0) == .differs(left: -.infinity, right: .infinity))
    #expect(Limit.twoSided(exp(1 / t), as: real, to: 0) == .differs(left: 0, right: .infinity))
    guard case .undecided = Limit.twoSided(sin(1 / t), as: real, to: 0) else {
      Issue.record("sin(1/x) has a limit")
      return
    }
  }

  @Test func iteratedLimits() throws {
    let (p, q) = (Symbol("p", .positive), Symbol("q", .positive))
    let f = p.expression / (p.expression + q.expression)
    #expect(try Limit.iterated(f, [(p, .fromRight(0)), (q, .fromRight(0))]).isLiteralZero)
    #expect(try Limit.iterated(f, [(q, .fromRight(0)), (p, .fromRight(0))]) == .one)
  }

  /// What oscillates has no limit by this method.
  @Test(arguments: ["sin(x)", "x*sin(x)*exp(x)", "cos(exp(x))"])
  func oscillation(_ text: String) throws {
    let f = try parse(text)
    #expect(throws: LimitError.self) { _ = try Limit.of(f, as: x, to: .infinity) }
  }
}

@Suite struct ScalingTests {
  private let g = Symbol("g", .positive)
  private let r = Symbol("r", .positive)

  @Test func largeCouplingAndReset() throws {
    // √(g² + r) - g with g ~ 1/t, r ~ 1/t: r/(2g).
    let f = sqrt(g.expression * g.expression + r.expression) - g.expression
    let scaling = try Scaling(of: f, weights: [g: -1, r: -1])
    #expect(scaling.exponent == 0)
    #expect(try NormalForm(scaling.coefficient - r.expression / (2 * g.expression)).isZero)
    #expect(scaling.isProvedNonzero)
    // With r ~ g² both stay: √(g² + r) - g grows like 1/t.
    let other = try Scaling(of: f, weights: [g: -1, r: -2])
    #expect(other.exponent == -1)
    #expect(try other.limit() == .infinity)
    // Of a coefficient that may vanish no sign is claimed.
    let p = Symbol("p", .real)
    let open = try Scaling(of: p.expression * g.expression, weights: [g: -1])
    #expect(!open.isProvedNonzero)
    #expect(throws: LimitError.self) { _ = try open.limit() }
  }

  /// Eq. (26) of the two-bath qubits: σ = 1/((1 + 2τ)³ - k²), c = -σkτ and its eigenvalue λ₋ for
  /// τ → 0 with k = 1 - κ·τ^w at related rates.
  @Test func twoBathBoundary() throws {
    let (tau, kappa) = (Symbol("tau", .positive), Symbol("kappa", .positive))
    let (t, k) = (tau.expression, 1 - kappa.expression)
    let sigma = 1 / ((1 + 2 * t).power(3) - k * k)
    let c = -sigma * k * t
    let p1 = sigma * ((1 + t).power(2) * (1 + 2 * t) - k * k)
    let p4 = sigma * t * t * (1 + 2 * t)
    // τ, κ → 0 alike: p1 → (4τ + 2κ)/(6τ + 2κ), c → -τ/(6τ + 2κ).
    let first = try Scaling(of: p1, weights: [tau: 1, kappa: 1])
    #expect(first.exponent == 0)
    let expected = (4 * t + 2 * kappa.expression) / (6 * t + 2 * kappa.expression)
    #expect(try NormalForm(first.coefficient - expected).isZero)
    #expect(try !NormalForm(first.coefficient - 2 * expected).isZero)
    let second = try Scaling(of: c, weights: [tau: 1, kappa: 1])
    #expect(
      try NormalForm(second.coefficient + t / (6 * t + 2 * kappa.expression)).isZero)
    #expect(try Scaling(of: p4, weights: [tau: 1, kappa: 1]).exponent == 1)
    // The negativity survives: λ₋ = (p1 + p4)/2 - √((p1 - p4)² + 4c²)/2 < 0 at leading order.
    let lambda = (p1 + p4) / 2 - sqrt((p1 - p4).power(2) + 4 * c * c) / 2
    let eigenvalue = try Scaling(of: lambda, weights: [tau: 1, kappa: 1])
    #expect(eigenvalue.exponent == 0)
    // κ ≪ τ: p1 → 2/3, c → -1/6, λ₋ → (2 - √5)/6, the supremum (√5 - 2)/6 of the negativity.
    let limit = try Scaling(of: lambda, weights: [tau: 1, kappa: 2]).limit()
    #expect(try NormalForm(limit - (2 - sqrt(5)) / 6).isZero)
  }

  @Test func fractionalWeightsAndLogarithms() throws {
    let f = log(g.expression) * sqrt(r.expression) / (1 + g.expression)
    let scaling = try Scaling(of: f, weights: [g: try Rational(1, 3), r: try Rational(1, 2)])
    let quarter = try Rational(1, 4)
    #expect(scaling.exponent == quarter)
    #expect(scaling.logarithms == 1)
    #expect(try NormalForm(scaling.coefficient - sqrt(r.expression) / 3).isZero)
    #expect(throws: LimitError.self) {
      let bounded = Symbol("b", try Domain.interval(.open(0), .open(1)))
      _ = try Scaling(of: bounded.expression, weights: [bounded: -1])
    }
  }
}

@Suite struct PuiseuxBranchTests {
  private let x = Symbol("x", .real)
  private let y = Symbol("y", .real)

  private func branches(_ text: String, terms: Int = 3) throws -> PuiseuxBranches {
    try PuiseuxBranches(of: try Expression(text), x: x, y: y, terms: terms)
  }

  private func leading(_ branches: PuiseuxBranches) -> [String] {
    branches.branches.map { branch in
      branch.terms.map { "\($0.coefficient.rational.map(\.description) ?? "?")x^\($0.exponent)" }
        .joined(separator: " ")
    }
  }

  @Test func cusps() throws {
    let cusp = try branches("y^2-x^3")
    #expect(leading(cusp) == ["-1x^3/2", "1x^3/2"])
    #expect(cusp.complexCount == 0)
    #expect(cusp.branches.allSatisfy { $0.order == nil })
    // From the right of x = 0 the other cusp has no real point.
    #expect(try branches("y^2+x^3").branches.isEmpty)
    #expect(try branches("y^2+x^3").complexCount == 2)
  }

  @Test func nodesAndTangents() throws {
    let node = try branches("y^2-x^2*(1+x)")
    #expect(leading(node) == ["-1x^1 -1/2x^2 1/8x^3", "1x^1 1/2x^2 -1/8x^3"])
    #expect(node.branches.allSatisfy { $0.order == 4 })
    // Branches that agree to x and part at x^(7/2).
    #expect(leading(try branches("(y-x)^2-x^7")) == ["1x^1 -1x^7/2", "1x^1 1x^7/2"])
    // The same with complex branches: nothing real.
    #expect(try branches("(y-x)^2+x^10", terms: 1).branches.isEmpty)
    // Unbounded branches.
    #expect(leading(try branches("x*y^2-1")) == ["-1x^-1/2", "1x^-1/2"])
  }

  @Test func squareFactors() throws {
    let found = try branches("(y-x)^2*(y+1)")
    #expect(found.branches.map(\.multiplicity).sorted() == [1, 2])
    #expect(found.complexCount == 0)
  }

  /// y³ = 2x has the irrational coefficient 2^(1/3), and the remainder of y³ - xy - 2 is of the order stated.
  @Test func algebraicCoefficients() throws {
    let root = try branches("y^3-2*x")
    #expect(root.complexCount == 2)
    let number = try #require(root.branches.first?.terms.first?.coefficient)
    #expect(try number.power(3).rational == 2)
    let found = try branches("y^3-x*y-2", terms: 3)
    let branch = try #require(found.branches.first)
    #expect(branch.terms.map(\.exponent) == [0, 1, 3])
    // c + x/(3c): by hand.
    let c = branch.terms[0].coefficient
    let expected = try (AlgebraicNumber(Rational(3)) * c).inverse()
    #expect(branch.terms[1].coefficient == expected)
  }

  @Test func refusals() {
    #expect(throws: LimitError.self) { _ = try branches("y-sin(x)") }
    #expect(throws: LimitError.self) { _ = try branches("x^2+1") }
    #expect(throws: LimitError.self) { _ = try branches("(y^2-2)^2-x") }
  }
}
