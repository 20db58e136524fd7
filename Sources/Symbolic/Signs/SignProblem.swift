import Algebra
import Exact

/// A sign question over the domains of symbols, brought down to the signs of polynomials.
struct SignProblem {
  /// What a point has to say.
  enum Outcome: Equatable {
    /// An assumption does not hold, or a part of one has no value.
    case outside
    /// A divisor of the expression vanishes.
    case undefined
    /// A radicand of the expression is negative.
    case notReal
    case sign(Int)
  }

  /// Where an outcome is found.
  struct Place {
    /// By symbol, in the order of ``symbols``.
    let point: [AlgebraicNumber]
    /// Whether the point stands for an open set.
    let isOpen: Bool
    let outcome: Outcome
  }

  let symbols: [Symbol]
  let ranges: [RationalRange]
  /// The polynomials whose signs decide, in the symbols, those set to a number replaced.
  let base: [Polynomial]
  /// Their signs where they are the same everywhere in the domain.
  let known: [Int?]
  /// The symbols in polynomials of unknown sign.
  let active: [Int]
  /// Symbols that are set to a number, which loses no sign; see ``Scalings``.
  let fixed: [Int: Rational]
  /// Whether every part is continuous where it is defined.
  let isContinuous: Bool
  private let program: SignProgram
  private let guardProgram: SignProgram
  private let target: Int
  private let assumptions: [(node: Int, relation: SignRelation)]
  private let guardPlaces: [Int]
  let limits: SignLimits

  /// - Parameters:
  ///   - symbols: at least those that occur, with intervals as domains.
  ///   - threshold: subtracted from the expression.
  ///   - keeping: symbols that no scaling may set to a number.
  init(
    _ expression: Expression, minus threshold: AlgebraicNumber? = nil,
    assuming list: [SignAssumption], symbols: [Symbol], limits: SignLimits,
    keeping: Set<Int> = []
  ) throws(SignFailure) {
    self.symbols = symbols
    self.limits = limits
    var ranges: [RationalRange] = []
    for symbol in symbols {
      guard case .interval(let lower, let upper) = symbol.domain.shape else {
        throw .unsupported("the domain \(symbol.domain) of \(symbol)")
      }
      ranges.append(RationalRange(lower: lower.rangeBound, upper: upper.rangeBound))
    }
    self.ranges = ranges
    // Assumptions are computed apart: where a part of one has no value, a point is outside, and the
    // expression's own divisors do not matter there.
    let parts = list.map(\.expression)
    var guardProgram = try SignProgram(
      try RadicalTower(parts, symbols: symbols, limits: limits), limits: limits)
    var nodes: [(node: Int, relation: SignRelation)] = []
    for assumption in list {
      nodes.append((try guardProgram.add(assumption.expression), assumption.relation))
    }
    var program = try SignProgram(
      try RadicalTower([expression], symbols: symbols, limits: limits), limits: limits)
    target = try program.add(expression, minus: threshold)
    self.program = program
    self.guardProgram = guardProgram
    assumptions = nodes
    isContinuous = !(parts + [expression]).contains { part in
      part.postorder().contains { if case .function(.sign, _) = $0.kind { true } else { false } }
    }
    var base = program.base
    var guardPlaces: [Int] = []
    for polynomial in guardProgram.base {
      if let place = base.firstIndex(of: polynomial) {
        guardPlaces.append(place)
      } else {
        guardPlaces.append(base.count)
        base.append(polynomial)
      }
    }
    self.guardPlaces = guardPlaces
    let prover = try SignProblem.prover(symbols)
    let known = base.map { prover($0) }
    func occurring() -> [Int] {
      var active: Set<Int> = []
      for (polynomial, sign) in zip(base, known) where sign == nil {
        active.formUnion(polynomial.occurringVariables)
      }
      return active.sorted()
    }
    let unknown = zip(base, known).filter { $1 == nil }.map(\.0)
    fixed =
      Scalings(unknown, active: occurring(), ranges: ranges, keeping: keeping).fixed
    for (variable, value) in fixed {
      base = base.map { $0.composed(variable, numerator: (value, 0), denominator: (1, 0)) }
    }
    self.base = base
    self.known = known
    active = occurring()
  }

  /// Answers 1 or -1 for polynomials that a rule proves to have that sign over the whole domain.
  static func prover(
    _ symbols: [Symbol]
  ) throws(SignFailure) -> (Polynomial) -> Int? {
    let normalizer = try SignFailure.arithmetic { () throws(ArithmeticError) in
      try Normalizer(symbols: symbols)
    }
    let basis = normalizer.basis
    let prover = SignProver(basis)
    return { polynomial in
      guard polynomial.termCount <= 200,
        let own = try? polynomial.embedded(in: basis.ring, position: { $0 })
      else { return nil }
      switch prover.sign(of: own) {
      case .positive: return 1
      case .negative: return -1
      default: return nil
      }
    }
  }

  /// Whether what holds in every open cell holds everywhere by continuity: the domain lies in the
  /// closure of its interior.
  func followsFromOpenCells(_ relation: SignRelation) -> Bool {
    relation.isClosed && isContinuous && assumptions.allSatisfy { $0.relation.isOpen }
  }

  // MARK: Outcomes

  /// The outcome where the base has these signs.
  func outcome(_ signs: [Int]) -> Outcome {
    if !assumptions.isEmpty {
      let found = guardProgram.outcomes(
        of: assumptions.map(\.node), signs: guardPlaces.map { signs[$0] })
      for (outcome, assumption) in zip(found, assumptions) {
        guard case .sign(let sign) = outcome, assumption.relation.holds(forSign: sign) else {
          return .outside
        }
      }
    }
    switch program.outcomes(of: [target], signs: signs).first {
    case .sign(let sign): return .sign(sign)
    case .notReal: return .notReal
    default: return .undefined
    }
  }

  /// The outcome at a rational point.
  func outcome(at point: [Rational]) -> Outcome {
    outcome(zip(base, known).map { $1 ?? $0.evaluated(at: point).signum })
  }

  // MARK: Cells

  private var unknown: [Polynomial] { zip(base, known).filter { $1 == nil }.map(\.0) }

  /// The base signs from those of the unknown polynomials.
  private func completed(_ signs: [Int]) -> [Int] {
    var next = 0
    return known.map { sign in
      if let sign { return sign }
      defer { next += 1 }
      return signs[next]
    }
  }

  /// Values for symbols that decide nothing.
  private var samplePoint: [Rational] {
    ranges.enumerated().map { index, range in
      fixed[index]
        ?? RationalSample.between(
          range.lower.value.map { AlgebraicNumber($0) },
          range.upper.value.map { AlgebraicNumber($0) })
    }
  }

  /// A point with the coordinates of the active symbols, and one more, from another.
  func completed(_ sample: [Rational], keeping variable: Int? = nil) -> [Rational] {
    let rest = samplePoint
    return symbols.indices.map {
      $0 == variable || active.contains($0) ? sample[$0] : rest[$0]
    }
  }

  /// The active symbols, those first that are best eliminated last.
  var order: [Int] {
    func cost(_ variable: Int) -> (Int, Int) {
      let degrees = unknown.map { $0.degree(in: variable) }
      return (degrees.max() ?? 0, degrees.reduce(0, +))
    }
    return active.sorted { cost($0) > cost($1) }
  }

  /// A decomposition with the active symbols in an order.
  func openCells(_ order: [Int]) throws(SignFailure) -> OpenCells {
    let prover = try SignProblem.prover(symbols)
    return try SignFailure.arithmetic { () throws(ArithmeticError) in
      try OpenCells(
        unknown, order: order, ranges: ranges, limits: limits, dropping: { prover($0) != nil })
    }
  }

  /// Visits a rational point of every open cell until `body` answers false.
  ///
  /// - Returns: the number of cells visited.
  func visitOpen(_ body: (Place) -> Bool) throws(SignFailure) -> Int {
    let cells = try openCells(order)
    let rest = samplePoint
    let active = Set(active)
    var count = 0
    _ = try SignFailure.arithmetic { () throws(ArithmeticError) in
      try cells.visit { sample throws(ArithmeticError) in
        count += 1
        if count > limits.cells { throw .limit("\(limits.cells) cells") }
        let point = symbols.indices.map { active.contains($0) ? sample[$0] : rest[$0] }
        return body(
          Place(
            point: point.map { AlgebraicNumber($0) }, isOpen: true, outcome: outcome(at: point)))
      }
    }
    return count
  }

  /// Visits every cell, of any dimension, for at most two active symbols, until `body` answers false.
  ///
  /// - Returns: the number of cells visited.
  func visitAll(_ body: (Place) -> Bool) throws(SignFailure) -> Int {
    let order = order
    var point = samplePoint.map { AlgebraicNumber($0) }
    guard let last = order.last else {
      _ = body(Place(point: point, isOpen: true, outcome: outcome(completed([]))))
      return 1
    }
    let x = order[0]
    let unknown = unknown
    var count = 0
    var isDone = false
    func visit(_ place: AlgebraicNumber, isOpen: Bool) throws(SignFailure) {
      let cells = try SignFailure.arithmetic { () throws(ArithmeticError) in
        try Fiber(unknown, x: x, at: place, y: last, over: ranges[last], limits: limits).cells()
      }
      if order.count > 1 { point[x] = place }
      for cell in cells where !isDone {
        count += 1
        if count > limits.cells { throw .arithmetic(.limit("\(limits.cells) cells")) }
        point[last] = cell.y
        let place = Place(
          point: point, isOpen: isOpen && !cell.isPoint, outcome: outcome(completed(cell.signs)))
        if !body(place) { isDone = true }
      }
    }
    if order.count == 1 {
      try visit(AlgebraicNumber(Rational.zero), isOpen: true)
      return count
    }
    let range = ranges[x]
    let cells = try openCells(order)
    let marks = try SignFailure.arithmetic { () throws(ArithmeticError) in try cells.marks() }
    for gap in RationalSample.gaps(between: marks, in: range) where !isDone {
      try visit(AlgebraicNumber(gap.sample), isOpen: true)
    }
    var lines = marks
    if case .closed(let end) = range.lower { lines.append(AlgebraicNumber(end)) }
    if case .closed(let end) = range.upper, range.lower != range.upper {
      lines.append(AlgebraicNumber(end))
    }
    for mark in lines where !isDone { try visit(mark, isOpen: false) }
    return count
  }
}

extension Domain.Bound {
  /// The same end of a range.
  var rangeBound: RationalRange.Bound {
    switch self {
    case .unbounded: .unbounded
    case .open(let value): .open(value)
    case .closed(let value): .closed(value)
    }
  }
}
