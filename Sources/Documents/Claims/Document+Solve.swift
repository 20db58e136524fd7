import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

extension Document {
  /// All thresholds in the asked range, exact, to any number of digits.
  ///
  /// - Parameter at: values that replace or add to those the document gives.
  /// - Throws: ``DocumentError``.
  public func solve(
    _ id: String, at point: [Symbol: Rational], digits: Int
  ) throws(DocumentError) -> ThresholdSolution {
    guard let threshold = thresholds.first(where: { $0.id == id }) else {
      throw unanswered[id].map { .stopped($0) }
        ?? .unknown(
          what: "threshold or system", name: id, known: thresholds.map(\.id) + systems.map(\.id))
    }
    var bindings = threshold.bindings
    for (symbol, value) in point { bindings[symbol] = .rational(value) }
    for symbol in [threshold.unknown, threshold.witness].compactMap({ $0 })
    where bindings[symbol] != nil {
      throw .question("'\(symbol.name)' is sought and cannot be given a value", hint: nil)
    }
    let symbols = [threshold.unknown] + [threshold.witness].compactMap { $0 }
    for symbol in symbols {
      guard case .interval = symbol.domain.shape else {
        throw .question(
          "'\(symbol.name)' does not run through an interval (\(symbol.domain))",
          hint: "evaluate the condition at its values")
      }
    }
    let range = RationalRange(threshold.unknown.domain, threshold.range)
    let asked = try threshold.condition.whereDefined(
      bindings,
      seeking: [(threshold.unknown, threshold.range)]
        + (threshold.witness.map { [($0, threshold.witnessRange)] } ?? []))
    let solution: ConditionSolution
    do {
      if let witness = threshold.witness {
        let condition = try SolvableCondition(
          asked, bindings: bindings, seeking: symbols)
        solution = ConditionSolution(
          try ProjectedThreshold(
            numerator: condition.numerator, denominator: condition.denominator,
            condition.relation, in: condition.places[0], over: range,
            existsIn: condition.places[1],
            within: RationalRange(witness.domain, threshold.witnessRange)
          ).solutions)
      } else {
        solution = try ConditionSolver(
          try SolvableCondition.difference(
            asked, bindings: bindings, seeking: symbols),
          SignCondition(asked.relation), in: threshold.unknown, over: range
        ).solve()
      }
      return try ThresholdSolution(solution, threshold, digits: digits)
    } catch let error as DocumentError {
      throw error
    } catch {
      throw .stopped("\(error)")
    }
  }
}

extension SignCondition {
  init(_ relation: SyntaxNode.Relation) {
    switch relation {
    case .greater: self = .positive
    case .greaterOrEqual: self = .nonnegative
    case .less: self = .negative
    default: self = .nonpositive
    }
  }
}

extension ThresholdSolution {
  init(
    _ solution: ConditionSolution, _ threshold: ThresholdDefinition, digits: Int
  ) throws {
    id = threshold.id
    unknown = threshold.unknown.name
    roots = try solution.thresholds.map { try Root($0, digits: digits) }
    region = try solution.described(unknown)
    isComplete = solution.undecided.isEmpty
    undecided = solution.undecided.map { part in
      func bound(_ value: Rational?, _ rounding: Rounding) -> String? {
        guard let value else { return nil }
        let text = Arbitrary.Decimal.enclosure(
          of: Interval(value, precision: 64), significant: max(digits, 6))
        return rounding == .down ? text.lower : text.upper
      }
      return Part(
        lower: bound(part.lower, .down), upper: bound(part.upper, .up), reason: part.reason)
    }
    if solution.identicalParts > 0 {
      remarks.append("both sides of the condition are equal on a whole part of the range")
    }
  }
}

extension ThresholdSolution.Root {
  fileprivate init(_ threshold: ConditionSolution.Threshold, digits count: Int) throws {
    let decimal = try threshold.value.decimal(digits: count)
    digits = decimal.digits
    lower = decimal.lower
    upper = decimal.upper
    exact = threshold.value.rational
    minimalPolynomial = threshold.value.algebraic?.minimalPolynomial.coefficients
    let form = threshold.value.closedForm()
    closedForm = form?.description
    switch threshold.value.origin {
    case .algebraic:
      kernel = nil
      proof = form == nil ? nil : "equal to the root of its minimal polynomial"
    case .preimage(let preimage):
      kernel = Kernel(
        formula: preimage.kernel.description,
        minimalPolynomial: preimage.value.minimalPolynomial.coefficients,
        closedForm: (try? preimage.value.closedForm())?.expression.description)
      proof =
        form == nil
        ? nil : "the only place at which \(preimage.kernel) has its algebraic value"
    case .formula:
      kernel = nil
      proof = "the condition is equal there, and nowhere else near"
    case .isolated:
      kernel = nil
      proof = nil
    }
    change =
      switch threshold.side {
      case .above: "begins"
      case .below: "ceases"
      case .both: "is interrupted"
      case .point: "holds only here"
      }
  }
}

extension ConditionSolution {
  /// The set in words, ends to six digits.
  fileprivate func described(_ name: String) throws -> String {
    if pieces.isEmpty { return undecided.isEmpty ? "nowhere" : "nowhere outside what is undecided" }
    func text(_ end: End) throws -> (text: String, isIncluded: Bool)? {
      switch end {
      case .unbounded: nil
      case .at(let value, let isIncluded): (try value.decimal(digits: 6).digits, isIncluded == true)
      case .undecided(let value): (Arbitrary.Decimal.digits(of: value, significant: 6), false)
      }
    }
    return try pieces.map { piece in
      switch (try text(piece.lower), try text(piece.upper)) {
      case (nil, nil): return "all \(name)"
      case (let low?, nil): return "\(name) \(low.isIncluded ? ">=" : ">") \(low.text)"
      case (nil, let high?): return "\(name) \(high.isIncluded ? "<=" : "<") \(high.text)"
      case (let low?, let high?):
        if piece.isPoint { return "\(name) = \(low.text)" }
        return "\(low.text) \(low.isIncluded ? "<=" : "<") \(name) "
          + "\(high.isIncluded ? "<=" : "<") \(high.text)"
      }
    }.joined(separator: " or ")
  }
}
