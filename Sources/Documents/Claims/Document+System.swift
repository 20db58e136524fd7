import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

extension Document {
  /// All solutions of a system in its box, to any number of digits.
  ///
  /// - Parameter at: values that replace or add to those the document gives.
  /// - Throws: ``DocumentError``.
  public func solveSystem(
    _ id: String, at point: [Symbol: Rational], digits: Int
  ) throws(DocumentError) -> SolvedSystem {
    guard let system = systems.first(where: { $0.id == id }) else {
      throw unanswered[id].map { .stopped($0) }
        ?? .unknown(what: "system", name: id, known: systems.map(\.id))
    }
    var bindings = system.bindings
    for (symbol, value) in point { bindings[symbol] = .rational(value) }
    let symbols = system.unknowns.map(\.symbol)
    for symbol in symbols where bindings[symbol] != nil {
      throw .question("'\(symbol.name)' is sought and cannot be given a value", hint: nil)
    }
    let equations = system.equations.map { $0.substituting(bindings) }
    let assumptions = system.assumptions.map { $0.substituting(bindings) }
    let missing = Set(equations.flatMap(\.freeSymbols))
      .union(assumptions.flatMap(\.freeSymbols)).subtracting(symbols).map(\.name).sorted()
    guard missing.isEmpty else {
      throw .question(
        "no value is given for " + missing.joined(separator: ", "),
        hint: "add it: --at " + missing.map { "\($0)=…" }.joined(separator: ","))
    }
    var ranges: [RationalRange] = []
    for axis in system.unknowns { ranges.append(try RationalRange(sought: axis)) }
    let open = try Condition.open(
      system.conditions, of: system.text, bindings,
      seeking: system.unknowns.map { ($0.symbol, ($0.lower, $0.upper)) })
    var conditions: [SystemCondition] = []
    for item in assumptions + open { conditions.append(try SystemCondition(item)) }
    do {
      let solution = try EquationSystem(
        conditions.isEmpty ? equations : equations.map { $0.assuming(&conditions) }, in: symbols,
        over: ranges, where: conditions
      ).solve()
      return try SolvedSystem(solution, id, symbols.map(\.name), digits: digits)
    } catch {
      throw .stopped("\(error)")
    }
  }
}

extension SystemCondition {
  /// - Throws: ``DocumentError/question(_:hint:)`` for an equation.
  init(_ assumption: Assumption) throws(DocumentError) {
    let sign: Sign
    switch assumption.relation {
    case .greater: sign = .positive
    case .greaterOrEqual: sign = .nonnegative
    case .less: sign = .negative
    case .lessOrEqual: sign = .nonpositive
    case .notEqual: sign = .nonzero
    case .equal, .approximately:
      throw .question(
        "a condition on solutions is an inequality, not \(assumption.text)",
        hint: "put in what follows from it, with 'with'")
    }
    self.init(assumption.left - assumption.right, sign)
  }
}

extension Expression {
  /// The formula where the conditions hold: `max(0, u)` is u where u is positive, and `sign(u)` is 1, as derivatives of the
  /// former have it.
  ///
  /// - Parameter conditions: those that say max(0, u) > 0 say u > 0 afterwards.
  fileprivate func assuming(_ conditions: inout [SystemCondition]) -> Expression {
    var positive: [Expression] = []
    for (index, condition) in conditions.enumerated() {
      switch condition.sign {
      case .positive:
        let part = SolvableCondition.positivePart(condition.formula)
        conditions[index] = SystemCondition(part, .positive)
        positive.append(part)
      case .negative: positive.append(-condition.formula)
      default: continue
      }
    }
    return map { part in
      guard case .function(let function, let operands) = part.kind else { return part }
      switch function {
      case .sign where operands.count == 1:
        if positive.contains(operands[0]) { return 1 }
        return positive.contains(-operands[0]) ? -1 : part
      case .abs where operands.count == 1:
        if positive.contains(operands[0]) { return operands[0] }
        return positive.contains(-operands[0]) ? -operands[0] : part
      case .max where operands.count == 2:
        for (one, other) in [(0, 1), (1, 0)]
        where operands[other].rationalValue?.isZero == true && positive.contains(operands[one]) {
          return operands[one]
        }
        return part
      default: return part
      }
    }
  }
}

extension RationalRange {
  /// The part of a range that lies in the symbol's domain.
  ///
  /// - Throws: ``DocumentError/question(_:hint:)`` where that is not an interval with an interior.
  init(sought axis: AxisDefinition) throws(DocumentError) {
    let (symbol, domain) = (axis.symbol, axis.symbol.domain)
    guard case .interval(let low, let high) = domain.shape else {
      throw .question("'\(symbol.name)' does not run through an interval (\(domain))", hint: nil)
    }
    let lower = max(axis.lower, low.value ?? axis.lower)
    let upper = min(axis.upper, high.value ?? axis.upper)
    guard lower < upper else {
      throw .question(
        "'\(symbol.name)' has no values between \(axis.lower) and \(axis.upper) (\(domain))",
        hint: nil)
    }
    self.init(domain, (lower, upper))
  }
}

extension SolvedSystem {
  init(
    _ solution: SystemSolution, _ id: String, _ unknowns: [String], digits: Int
  ) throws {
    self.id = id
    self.unknowns = unknowns
    isComplete = solution.isComplete
    points = try solution.points.map { point in
      Point(
        coordinates: try point.coordinates.map { try Coordinate($0, digits: digits) },
        isSimple: point.isSimple, doubt: point.isAdmitted == true ? nil : point.reason)
    }
    undecided = solution.undecided.map { box in
      Box(
        sides: zip(box.lower, box.upper).map { lower, upper in
          func text(_ value: Rational) -> (lower: String, upper: String) {
            Arbitrary.Decimal.enclosure(
              of: Interval(value, precision: 96), significant: max(digits, 6))
          }
          return (text(lower).lower, text(upper).upper)
        }, reason: box.reason)
    }
  }
}

extension SolvedSystem.Coordinate {
  init(_ value: RootValue, digits count: Int) throws {
    exact = value.rational
    minimalPolynomial = value.algebraic?.minimalPolynomial.coefficients
    closedForm = value.closedForm()?.description
    if let decimal = try? value.decimal(digits: count) {
      digits = decimal.digits
      lower = decimal.lower
      upper = decimal.upper
    } else {
      digits = nil
      let bounds = Arbitrary.Decimal.enclosure(
        of: try value.interval(precision: count * 4 + 64), significant: 6)
      lower = bounds.lower
      upper = bounds.upper
    }
  }
}
