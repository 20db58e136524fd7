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
        ?? .unknown(what: "threshold", name: id, known: thresholds.map(\.id))
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
    let condition = try SolvableCondition(
      threshold.condition, bindings: bindings, seeking: symbols)
    let range = RationalRange(threshold.unknown.domain, threshold.range)
    let solutions: AlgebraicSolutionSet
    do {
      if let witness = threshold.witness {
        solutions = try ProjectedThreshold(
          numerator: condition.numerator, denominator: condition.denominator, condition.relation,
          in: condition.places[0], over: range, existsIn: condition.places[1],
          within: RationalRange(witness.domain, threshold.witnessRange)
        ).solutions
      } else {
        guard let numerator = condition.numerator.univariate(in: 0),
          let denominator = condition.denominator.univariate(in: 0)
        else { throw ArithmeticError.domain("more than one symbol is left") }
        solutions = try AlgebraicThreshold(
          numerator: numerator, denominator: denominator, condition.relation, in: range
        ).solutions
      }
      return ThresholdSolution(
        id: id, unknown: threshold.unknown.name,
        roots: try solutions.thresholds.map { try $0.described(digits: digits) },
        region: try solutions.described(threshold.unknown.name), isComplete: true)
    } catch {
      throw .stopped("\(error)")
    }
  }
}

extension AlgebraicNumber {
  /// N significant digits, all correct; an exact rational may need none of the rising precision.
  func digits(_ significant: Int) throws -> String {
    if let rational { return Arbitrary.Decimal.digits(of: rational, significant: significant) }
    // An irrational number is no rounding tie, so that the rising ends.
    var bits = significant * 7 / 2 + 32
    while true {
      let (lower, upper) = enclosure(significantBits: bits)
      let interval = try Interval(lower: lower, upper: upper, precision: bits + 64)
      if let text = Arbitrary.Decimal.digits(of: interval, significant: significant) {
        return text
      }
      if bits > 64 * (significant + 1024) {
        throw ArithmeticError.limit("\(significant) digits at \(bits) bits")
      }
      bits *= 2
    }
  }
}

extension AlgebraicSolutionSet.Threshold {
  fileprivate func described(digits: Int) throws -> ThresholdSolution.Root {
    let bits = digits * 7 / 2 + 32
    let bounds: (lower: Rational, upper: Rational)
    if let rational = value.rational {
      bounds = (rational, rational)
    } else {
      bounds = value.enclosure(significantBits: bits)
    }
    let interval = try Interval(lower: bounds.lower, upper: bounds.upper, precision: bits + 64)
    let text = Arbitrary.Decimal.enclosure(of: interval, significant: digits + 2)
    let change =
      switch side {
      case .above: "begins"
      case .below: "ceases"
      case .both: "is interrupted"
      case .point: "holds only here"
      }
    return ThresholdSolution.Root(
      digits: try value.digits(digits), exact: value.rational,
      minimalPolynomial: value.minimalPolynomial.coefficients,
      closedForm: (try? value.closedForm())?.expression.description, lower: text.lower,
      upper: text.upper,
      change: change)
  }
}

extension AlgebraicSolutionSet {
  /// The set in words, ends to six digits.
  fileprivate func described(_ name: String) throws -> String {
    if pieces.isEmpty { return "nowhere" }
    return try pieces.map { piece in
      switch (piece.lower, piece.upper) {
      case (.unbounded, .unbounded): return "all \(name)"
      case (.at(let low, let included), .unbounded):
        return "\(name) \(included == true ? ">=" : ">") \(try low.digits(6))"
      case (.unbounded, .at(let high, let included)):
        return "\(name) \(included == true ? "<=" : "<") \(try high.digits(6))"
      case (.at(let low, let includesLow), .at(let high, let includesHigh)):
        if low == high { return "\(name) = \(try low.digits(6))" }
        return "\(try low.digits(6)) \(includesLow == true ? "<=" : "<") \(name) "
          + "\(includesHigh == true ? "<=" : "<") \(try high.digits(6))"
      }
    }.joined(separator: " or ")
  }
}
