import Algebra
import Arbitrary
import Exact
import TestSupport
import Testing

@testable import Symbolic

@Suite struct SignProverTests {
  private func interval(_ lower: Domain.Bound, _ upper: Domain.Bound) throws -> Domain {
    try .interval(lower, upper)
  }

  /// The proved sign of a formula in x, y and z.
  private func sign(_ text: String, _ domains: Domain...) throws -> SignFact? {
    let symbols = zip(["x", "y", "z"], domains).map { Symbol($0, $1) }
    var normalizer = try Normalizer(symbols: symbols)
    let value = try normalizer.normalize(Expression(text, symbols: symbols))
    #expect(value.im.isZero)
    return SignProver(normalizer.basis).sign(of: try normalizer.lift(value).re)
  }

  // MARK: By hand

  @Test func wholeLineAndHalfLines() throws {
    #expect(try sign("x + y", .positive, .nonnegative) == .positive)
    #expect(try sign("x*y", .positive, .nonnegative) == .nonnegative)
    #expect(try sign("x*y", .negative, .negative) == .positive)
    #expect(try sign("-x - y^2", .positive, .real) == .negative)
    #expect(try sign("x^2", .real) == .nonnegative)
    #expect(try sign("x^2 + 1", .real) == .positive)
    #expect(try sign("-(x - y)^2", .real, .real) == .nonpositive)
    #expect(try sign("(x - y)^2*z", .real, .real, .positive) == .nonnegative)
    #expect(try sign("x/(1 + x)", .nonnegative) == .nonnegative)
    #expect(try sign("-1/x", .positive) == .negative)
    #expect(try sign("x - x", .real) == .zero)
    #expect(try sign("7/3", .real) == .positive)
  }

  @Test func ends() throws {
    #expect(try sign("x - 1", interval(.open(1), .unbounded)) == .positive)
    #expect(try sign("x - 1", interval(.closed(1), .unbounded)) == .nonnegative)
    #expect(try sign("x - 2", interval(.unbounded, .open(2))) == .negative)
    #expect(try sign("x - 2", interval(.unbounded, .closed(2))) == .nonpositive)
    #expect(try sign("2 - x", interval(.closed(0), .open(2))) == .positive)
    #expect(try sign("2 - x", interval(.closed(0), .closed(2))) == .nonnegative)
    #expect(try sign("x*(1 - x)", interval(.closed(0), .closed(1))) == .nonnegative)
    #expect(try sign("x*(1 - x)", interval(.open(0), .open(1))) == .positive)
    #expect(try sign("x*(1 - x) - 1/3", interval(.open(0), .open(1))) == .negative)
    let unit = try interval(.closed(0), .closed(1))
    #expect(try sign("x + y - x*y", unit, unit) == .nonnegative)
    #expect(try sign("2 - x - y", unit, unit) == .nonnegative)
    #expect(try sign("3 - x - y", unit, unit) == .positive)
    #expect(try sign("x - 3", .finite([4, 5])) != .negative)
  }

  @Test func rootsAreComparedBySquaring() throws {
    #expect(try sign("sqrt(x^2 + y^2) - x", .positive, .positive) == .positive)
    #expect(try sign("x - sqrt(x^2 + y^2)", .positive, .positive) == .negative)
    #expect(try sign("sqrt(x^2 + y^2) - x", .positive, .nonnegative) == .nonnegative)
    #expect(try sign("x + y - sqrt(x^2 + y^2)", .positive, .positive) == .positive)
    #expect(try sign("x + y - 2*sqrt(x^2 + y^2)", .positive, .positive) == .negative)
    #expect(try sign("x + y - 7/5*sqrt(x^2 + y^2)", .positive, .positive) == nil)
    #expect(try sign("x + sqrt(x^2 + y^2)", .positive, .positive) == .positive)
  }

  /// The closed end of one symbol is asked for over the whole domain of the others.
  @Test func closedEndsOfSeveralSymbols() throws {
    let first = try interval(.closed(1), .closed(2))
    // Zero at (2, -4), the corner of two closed ends.
    let second = try interval(.closed(-4), .closed(-3))
    #expect(try sign("6 - x + y", first, second) != .positive)
    #expect(try sign("6 - x + y", second, first) == .positive)
    let third = try interval(.closed(3), .closed(4))
    // Zero at (2, 4), where both are at their upper ends.
    #expect(try sign("6 - x - y", first, third) == .nonnegative)
    #expect(try sign("7 - x - y", first, third) == .positive)
    #expect(try sign("x + y - 7", first, third) == .negative)
    let open = try interval(.open(3), .open(4))
    #expect(try sign("6 - x - y", first, open) == .positive)
  }

  @Test func quadratics() throws {
    #expect(try sign("x^2 + x + 1", .real) == .positive)
    #expect(try sign("-x^2 + x - 1", .real) == .negative)
    #expect(try sign("x^2 - x*y + y^2", .real, .real) != .negative)
    // 4·1·1 > 3 and 4·1·1 > (√3)², 4·(3/4) = (√3)².
    #expect(try sign("x^2 + sqrt(3)*x + 1", .real) == .positive)
    #expect(try sign("x^2 + sqrt(3)*x + 3/4", .real)?.isNonnegative != false)
    #expect(try sign("x^2 + sqrt(3)*x + 1/2", .real) == nil)
    #expect(try sign("x^2 - sqrt(3)*x*y + y^2", .real, .positive) == .positive)
    #expect(try sign("sqrt(3) - 2", .real) == .negative)
    #expect(try sign("sqrt(2) + sqrt(3) - sqrt(10)", .real) == .negative)
  }

  @Test func undecided() throws {
    #expect(try sign("x", .real) == nil)
    #expect(try sign("x - y", .positive, .positive) == nil)
    #expect(try sign("x^2 + x - 1", .real) == nil)
    #expect(try sign("x^3 + 1", .real) == nil)
    #expect(try sign("x - 1", interval(.closed(0), .closed(2))) == nil)
    #expect(try sign("x - 1", .positive) == nil)
    #expect(try sign("1/x", .nonnegative) == nil)
    #expect(try sign("x^2 + y", .complex, .positive) == nil)
  }

  /// An assumption speaks of the symbol, not of its distance from an end.
  @Test func assumptions() throws {
    let x = Symbol("x", try interval(.closed(1), .unbounded))
    var normalizer = try Normalizer(symbols: [x])
    func polynomial(_ text: String) throws -> Polynomial {
      try normalizer.normalize(Expression(text, symbols: [x])).re.numerator
    }
    let assumed = try polynomial("x - 5")
    let moved = try polynomial("x - 6")
    let above = try polynomial("(x - 5)^3")
    let prover = SignProver(normalizer.basis).assuming(assumed, is: .positive)
    #expect(prover.sign(of: assumed) == .positive)
    #expect(prover.sign(of: -assumed) == .negative)
    #expect(prover.sign(of: above) == .positive)
    #expect(prover.sign(of: moved) == nil)
  }

  /// Degrees that moving to an end would lift beyond the ring decide nothing and do not trap.
  @Test func degreesBeyondTheRing() throws {
    var symbols = [Symbol("x", try interval(.closed(1), .closed(2))), Symbol("y", .real)]
    symbols += (0..<15).map { Symbol("v\($0)") }
    let normalizer = try Normalizer(symbols: symbols)
    let x = Polynomial.variable(0, of: normalizer.basis.ring)
    let y = Polynomial.variable(1, of: normalizer.basis.ring)
    let polynomial = x.power(30) - y.power(41)
    #expect(SignProver(normalizer.basis).sign(of: polynomial) == nil)
  }

  // MARK: Soundness

  private func randomDomain(_ random: inout SeededGenerator) throws -> Domain {
    let low = Rational(Int.random(in: -4...3, using: &random))
    let high = low + Rational(Int.random(in: 1...3, using: &random))
    let lower: Domain.Bound = Bool.random(using: &random) ? .open(low) : .closed(low)
    let upper: Domain.Bound = Bool.random(using: &random) ? .open(high) : .closed(high)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: return .real
    case 1: return try .interval(lower, .unbounded)
    case 2: return try .interval(.unbounded, upper)
    case 3: return Bool.random(using: &random) ? .positive : .nonnegative
    case 4: return try .finite([low, high])
    default: return try .interval(lower, upper)
    }
  }

  /// A value of the domain, its closed ends among them.
  private func value(of domain: Domain, _ random: inout SeededGenerator) throws -> Rational {
    let step = try Rational(
      Integer(Int.random(in: 1...60, using: &random)),
      Integer(Int.random(in: 1...12, using: &random)))
    let atEnd = Int.random(in: 0..<3, using: &random)
    switch domain.shape {
    case .complex: return 0
    case .finite(let values): return values[Int.random(in: 0..<values.count, using: &random)]
    case .interval(.unbounded, .unbounded): return Bool.random(using: &random) ? step : -step
    case .interval(let lower, .unbounded):
      let low = lower.value ?? 0
      return atEnd == 0 && lower == .closed(low) ? low : low + step
    case .interval(.unbounded, let upper):
      let high = upper.value ?? 0
      return atEnd == 0 && upper == .closed(high) ? high : high - step
    case .interval(let lower, let upper):
      let (low, high) = (lower.value ?? 0, upper.value ?? 0)
      if atEnd == 0 && lower == .closed(low) { return low }
      if atEnd == 1 && upper == .closed(high) { return high }
      return try low + (high - low) * (step / (step + 1))
    }
  }

  /// Sums of products of distances from ends, so that many vanish at ends and corners; half of them
  /// without any negative term.
  private func randomText(_ domains: [Domain], _ random: inout SeededGenerator) -> String {
    let isCoherent = Bool.random(using: &random)
    var terms: [String] = []
    for term in 0..<Int.random(in: isCoherent ? 2...3 : 1...3, using: &random) {
      var factors = ["\(Int.random(in: 1...4, using: &random))"]
      for _ in 0..<(isCoherent ? 1 : Int.random(in: 0...3, using: &random)) {
        let index = isCoherent ? term % 2 : Int.random(in: 0..<2, using: &random)
        let name = ["x", "y"][index]
        var distance = "\(name) + (\(Int.random(in: -3...3, using: &random)))"
        if case .interval(let lower, let upper) = domains[index].shape {
          let isUpper = upper.value != nil && (lower.value == nil || Bool.random(using: &random))
          if isUpper, let high = upper.value {
            distance = "\(high) - \(name)"
          } else if let low = lower.value {
            distance = "\(name) - (\(low))"
          }
        }
        factors.append("(\(distance))^\(Int.random(in: 1...2, using: &random))")
      }
      let isNegative = !isCoherent && Bool.random(using: &random)
      terms.append("(\(isNegative ? "-" : "")\(factors.joined(separator: "*")))")
    }
    return terms.joined(separator: " + ")
  }

  private func holds(_ claim: SignFact, _ value: Rational) -> Bool {
    switch claim {
    case .negative: value < 0
    case .nonpositive: value <= 0
    case .zero: value.isZero
    case .nonnegative: value >= 0
    case .positive: value > 0
    }
  }

  /// Whether 200 points of the domains, their closed ends among them, agree with a claim.
  private func agrees(
    _ claim: SignFact, _ polynomial: Polynomial, _ domains: [Domain],
    _ random: inout SeededGenerator
  ) throws -> Bool {
    for _ in 0..<200 {
      var point: [Rational] = []
      for domain in domains { point.append(try value(of: domain, &random)) }
      #expect(zip(domains, point).allSatisfy { $0.contains($1) })
      if !holds(claim, polynomial.evaluated(at: point)) { return false }
    }
    return true
  }

  @Test(arguments: 1...20) func claimsAreNeverContradicted(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var claims = 0
    var noticed = 0
    for _ in 0..<40 {
      let domains = [try randomDomain(&random), try randomDomain(&random)]
      let symbols = zip(["x", "y"], domains).map { Symbol($0, $1) }
      let text = randomText(domains, &random)
      var normalizer = try Normalizer(symbols: symbols)
      let form = try normalizer.normalize(Expression(text, symbols: symbols))
      let polynomial = try normalizer.lift(form).re.numerator
      guard let claim = SignProver(normalizer.basis).sign(of: polynomial) else { continue }
      claims += 1
      let isKept = try agrees(claim, polynomial, domains, &random)
      #expect(isKept, "\(text) \(claim) over \(domains)")
      // The opposite claim must be contradicted, except where the value is always zero.
      if claim != .zero, try !agrees(claim.negated, polynomial, domains, &random) { noticed += 1 }
    }
    #expect(claims >= 8, "\(claims)")
    #expect(noticed >= claims - 6)
  }
}
