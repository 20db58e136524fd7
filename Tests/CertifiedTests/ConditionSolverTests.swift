import Algebra
import Arbitrary
import Exact
import Symbolic
import TestSupport
import Testing

@testable import Certified

/// What is expected of a condition f > 0: the thresholds to ten digits, whether all is decided.
struct SolverCase: Sendable, CustomTestStringConvertible {
  let formula: String
  let lower: Rational?
  let upper: Rational?
  let roots: [String]
  var isComplete = true
  var domain = Domain.real
  var testDescription: String { formula }

  init(
    _ formula: String, _ lower: Rational?, _ upper: Rational?, _ roots: [String],
    complete: Bool = true, _ domain: Domain = .real
  ) {
    self.formula = formula
    self.lower = lower
    self.upper = upper
    self.roots = roots
    isComplete = complete
    self.domain = domain
  }
}

@Suite("Conditions in one unknown")
struct ConditionSolverTests {
  static func solve(
    _ formula: String, _ condition: SignCondition = .positive, from lower: Rational?,
    to upper: Rational?, _ domain: Domain = .real
  ) throws -> ConditionSolution {
    let x = Symbol("x", domain)
    let range = RationalRange(
      lower: lower.map { domain.contains($0) ? .closed($0) : .open($0) }
        ?? (domain.isPositive ? .open(0) : .unbounded),
      upper: upper.map { .closed($0) } ?? .unbounded)
    return try ConditionSolver(
      try Expression(formula, symbols: [x]), condition, in: x, over: range
    ).solve()
  }

  // Reference values: mpmath's findroot at 40 digits, and closed forms.
  @Test(
    "all thresholds, each to its digits",
    arguments: [
      // Rational in one kernel.
      SolverCase("1 - 6*exp(-1/x) + exp(-2/x)", nil, nil, ["0.5672963286"], .positive),
      SolverCase("exp(-1/x) - 10^-40", nil, nil, ["0.01085736205"], .positive),
      SolverCase("exp(-x^2) - 1/2", nil, nil, ["-0.8325546112", "0.8325546112"]),
      SolverCase("2^x - 5", nil, nil, ["2.321928095"]),
      SolverCase("exp(3*x) - 2*exp(x) - pi", nil, nil, ["0.6467355021"]),
      SolverCase("1/(exp(x) - 2)^2 - 1", nil, nil, ["0", "0.6931471806", "1.098612289"]),
      // Algebraic.
      SolverCase("sqrt(x) - x/3 - 1/7", nil, nil, ["0.02261922264", "8.120237920"]),
      SolverCase("sqrt(x + sqrt(x)) - sqrt(2)*x", nil, nil, ["0", "1.000000000"]),
      SolverCase("pi*exp(10)*(x^2 - 2)", nil, nil, ["-1.414213562", "1.414213562"]),
      // Neither.
      SolverCase("besselj(0, x) - 1/sqrt(2)", 0, 10, ["1.126364239"]),
      SolverCase("sin(x)/x - 1/sqrt(2)", 0, 10, ["0", "1.391557378"]),
      SolverCase("exp(x) - x^3 - 10", nil, nil, ["-2.146002981", "4.782191190"]),
      SolverCase("x*log(x) + 1/3", nil, 4, ["0", "0.2204389371", "0.5384496503"]),
      SolverCase("log(x)/x - 1/3", nil, nil, ["1.857183860", "4.536403655"]),
      SolverCase("x^2*exp(-1/x) + x", -1, 5, ["0"]),
      SolverCase(
        "besselj(0, x)*besselj(1, x)", 0, 9,
        ["0", "2.404825558", "3.831705970", "5.520078110", "7.015586670", "8.653727913"]),
      SolverCase("tan(x) - x", 0, 7, ["0", "1.570796327", "4.493409458", "4.712388980"]),
      // Multiple roots, corners, poles, ends of the domain.
      SolverCase("(x - 1)^2*(exp(x) + x)", 0, 3, ["1.000000000"]),
      SolverCase("exp(x) - 1 - x", -1, 2, ["0"]),
      SolverCase("abs(sin(x)) - x/2", 0, 3, ["0", "1.895494267"]),
      SolverCase("abs(exp(x) - 2)", 0, 3, ["0.6931471806"]),
      SolverCase("(exp(x) - 2)/(x - 1)", 0, 3, ["0.6931471806", "1.000000000"]),
      SolverCase("sqrt(x - 1) - sqrt(3 - x)", 0, 5, ["2.000000000", "3.000000000"]),
      SolverCase("asin(x) - 1/2", -2, 2, ["0.4794255386", "1.000000000"]),
      SolverCase("exp(x) - 1", 0, 3, ["0"]),
      SolverCase("abs(x) - x", -1, 3, ["0"]),
      SolverCase("exp(x) + 1", nil, nil, []),
      SolverCase("(x - 1)*(x - 1 - 10^-12)*exp(x)", 0, 3, ["1.000000000", "1.000000000"]),
      SolverCase(
        "cos(x)*(sin(x) - 1 + 10^-24)", 0, 3, ["1.570796327", "1.570796327", "1.570796327"]),
      // Roots without end near 0: what is found is right, the rest is named.
      SolverCase("x^2*sin(1/x)", try? Rational(1, 5), 1, ["0.3183098862"]),
    ])
  func thresholds(_ item: SolverCase) throws {
    let solution = try Self.solve(item.formula, from: item.lower, to: item.upper, item.domain)
    let digits = try solution.thresholds.map { try $0.value.decimal(digits: 10).digits }
    #expect(digits == item.roots)
    #expect(solution.undecided.isEmpty == item.isComplete)
  }

  @Test("closed forms and minimal polynomials are given where a road has them")
  func closedForms() throws {
    let bound = try Self.solve("1 - 6*exp(-1/x) + exp(-2/x)", from: nil, to: nil, .positive)
    let root = try #require(bound.thresholds.first)
    let text = try root.value.decimal(digits: 40).digits
    #expect(text == "0.5672963285532554920286227025766431189315")
    let form = try #require(root.value.closedForm())
    let difference = (form - (try Expression("1/log(3 + 2*sqrt(2))"))).simplified()
    #expect(difference.isLiteralZero)
    guard case .preimage(let preimage) = root.value.origin else {
      Issue.record("the root is not known by its kernel")
      return
    }
    #expect(preimage.value.minimalPolynomial.coefficients == [1, -6, 1])
    // Coefficients with a square root of a number, and pi as a common factor.
    let algebraic = try Self.solve(
      "pi*(sqrt(18^2 - 4*(9/5)^2)*x - 3)*(x + 1) - 5*pi*sqrt(18^2 - 4*(9/5)^2)", from: 0, to: 10)
    #expect(algebraic.thresholds.count == 1)
    let number = try #require(algebraic.thresholds.first?.value.algebraic)
    #expect(number.degree == 4)
  }

  @Test(
    "the smallest eigenvalue of the two-bath qubits, down to temperature zero and up to infinity")
  func twoBath() throws {
    var values: [String: Expression] = [
      "x2": try Expression("exp(-10)"), "J1": 1, "J2": 50, "K1": 0, "K2": 50,
    ]
    let x = Symbol("x", .positive)
    values["x1"] = exp(-1 / Expression.symbol(x))
    func define(_ name: String, _ text: String) throws {
      let raw = try Expression(text)
      var map: [Symbol: Expression] = [:]
      for symbol in raw.freeSymbols { map[symbol] = values[symbol.name] }
      values[name] = raw.substituting(map)
    }
    try define("gp", "J1/(1 - x1) + J2/(1 - x2)")
    try define("gm", "J1*x1/(1 - x1) + J2*x2/(1 - x2)")
    try define("bp", "K1/(1 - x1) + K2/(1 - x2)")
    try define("bm", "K1*x1/(1 - x1) + K2*x2/(1 - x2)")
    try define("e", "gm/gp")
    try define("f", "bm/bp")
    try define("r", "gp/bp")
    try define(
      "c",
      "r*(f - e)*(1 - e^2)/(4*(f - e)^2 + r^2*(1 + e)^4 - (1 + f)*(1 + 3*e^2 + 3*f + f*e^2))")
    try define("z", "1 + e")
    try define("s", "f*e + f - e - 1")
    try define("b", "c*bp/gp")
    try define("p1", "1/z^2 + b/z^3*(z*(e + f) - 2*s)")
    try define("p4", "e^2/z^2 + b/z^3*(z*(e + f) + 2*e*s)")
    try define("l", "(p1 + p4)/2 - sqrt((p1 - p4)^2 + 4*c^2)/2")
    let formula = try #require(values["l"])
    let solution = try ConditionSolver(
      formula, .negative, in: x, over: RationalRange(lower: .open(0))
    ).solve()
    #expect(solution.isComplete)
    let digits = try solution.thresholds.map { try $0.value.decimal(digits: 50).digits }
    #expect(
      digits == [
        "0.11295143706563821330469199639173603890680500164430",
        "7.9966225272200641802075555149889573407024213278585",
      ])
  }

  @Test("what vanishes on a whole part is said so, and included by the condition")
  func identical() throws {
    let strict = try Self.solve("abs(x) - x", from: -1, to: 3)
    #expect(strict.identicalParts == 1)
    let weak = try Self.solve("exp(2*x) - exp(x)^2", .nonnegative, from: 0, to: 3)
    #expect(weak.identicalParts == 1 && weak.thresholds.isEmpty && weak.pieces.count == 1)
  }

  @Test("infinitely many roots are not passed over in silence")
  func accumulation() throws {
    let x = Symbol("x", .real)
    var solver = ConditionSolver(
      try Expression("x*sin(1/x) + x^2", symbols: [x]), .positive, in: x,
      over: RationalRange(lower: .closed(0), upper: .closed(1)))
    solver.limits.boxes = 500
    let solution = try solver.solve()
    #expect(!solution.isComplete)
    #expect(!solution.undecided.isEmpty)
    // The undecided parts reach down to the end.
    #expect(solution.undecided.first?.lower == 0)
  }

  @Test("signs at random places agree with the solution", arguments: 0..<12)
  func samples(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    func number() -> Int { Int.random(in: -9...9, using: &random) }
    let kernels = ["exp(x)", "sin(x)", "sqrt(x + 1)", "log(x + 2)", "besselj(1, x)", "x"]
    let parts = (0..<3).map { _ in
      let pair = (0..<2).map { _ in kernels.randomElement(using: &random) ?? "x" }
      return "\(number())*\(pair[0])*\(pair[1])"
    }
    let text = parts.joined(separator: " + ") + " + (\(number()))/3"
    let solution = try Self.solve(text, from: 0, to: 4)
    let x = Symbol("x", .real)
    let function = try CompiledFunction(try Expression(text, symbols: [x]), of: [x])
    for _ in 0..<60 {
      let place = try Rational(Integer(Int.random(in: 1..<4000, using: &random)), 1000)
      let at = Interval(place, precision: 200)
      guard let sign = function.values(over: [at], precision: 200)[0].certainSign, sign != 0 else {
        continue
      }
      if solution.undecided.contains(where: {
        ($0.lower ?? place) <= place && place <= ($0.upper ?? place)
      }) {
        continue
      }
      func isAbove(_ end: ConditionSolution.End) throws -> Bool {
        guard case .at(let value, _) = end else { return true }
        return try value.interval(precision: 128).upper < at.lower
      }
      func isBelow(_ end: ConditionSolution.End) throws -> Bool {
        guard case .at(let value, _) = end else { return true }
        return try at.upper < value.interval(precision: 128).lower
      }
      let isMember = try solution.pieces.contains {
        let (low, high) = (try isAbove($0.lower), try isBelow($0.upper))
        return !$0.isPoint && low && high
      }
      #expect(isMember == (sign > 0), "\(text) at \(place)")
    }
  }

  @Test("a wrong root would be noticed: the roots found are zeros to many digits")
  func residuals() throws {
    let text = "exp(x) - x^3 - 10"
    let solution = try Self.solve(text, from: nil, to: nil)
    let x = Symbol("x", .real)
    let function = try CompiledFunction(try Expression(text, symbols: [x]), of: [x])
    for threshold in solution.thresholds {
      let place = try threshold.value.interval(precision: 400)
      let value = function.values(over: [place], precision: 500)[0]
      #expect(value.containsZero)
      #expect((value.width.exponent ?? 0) < -380)
      let shifted = Interval.add(
        place, Interval(try Rational(1, Integer.one << 380), precision: 500), precision: 500)
      #expect(!function.values(over: [shifted], precision: 500)[0].containsZero)
    }
  }
}
