import Algebra
import Arbitrary
import Exact

/// Decides relations such as A > 0 over the domains of symbols, under assumptions.
///
/// The domain is the set of the points whose coordinates lie in the domains of their symbols and
/// which satisfy the assumptions; a point at which an assumption has no value is not in it. A relation
/// is **proved** where it holds at every point of the domain at which the expression is defined (no
/// divisor vanishes), and **refuted** by one point of the domain at which the expression is defined
/// and the relation fails. Where a square root has a negative radicand somewhere in the domain, the
/// expression is not real there and nothing is proved.
///
/// For expressions made of rational operations, square roots, abs, sign, min and max with at most two
/// symbols the answer is complete up to the limits: the zeros of finitely many polynomials cut the
/// plane into cells in which all signs are constant (Collins 1975), and every cell is looked at in an
/// exact point. With more symbols >= and <= are decided in the same way from the open cells, since
/// they follow on the boundaries by continuity. Everything else is left to rules (``SignProver``) and
/// to enclosures over boxes.
public struct SignDecision: Sendable {
  public let assumptions: [SignAssumption]
  public let limits: SignLimits

  public init(assuming assumptions: [SignAssumption] = [], limits: SignLimits = SignLimits()) {
    self.assumptions = assumptions
    self.limits = limits
  }

  /// Decides whether an expression satisfies a relation over the whole domain.
  ///
  /// - Parameter threshold: subtracted from the expression, exact.
  /// - Returns: exact or certified; see ``SignVerdict``.
  /// - Complexity: doubly exponential in the number of symbols in the worst case; bounded by the
  ///   limits.
  public func decide(
    _ expression: Expression, _ relation: SignRelation, minus threshold: AlgebraicNumber? = nil
  ) -> SignVerdict {
    let outcome = WorkBudget.limited(to: limits.work) {
      var budget = 256
      return decide(expression, relation, threshold, assumptions, &budget)
    }
    return outcome.value
  }

  private func decide(
    _ expression: Expression, _ relation: SignRelation, _ threshold: AlgebraicNumber?,
    _ assumptions: [SignAssumption], _ budget: inout Int
  ) -> SignVerdict {
    var free = expression.freeSymbols
    for assumption in assumptions { free.formUnion(assumption.expression.freeSymbols) }
    let symbols = free.sorted { $0.precedes($1) }
    for symbol in symbols {
      guard let values = symbol.domain.finitelyMany else { continue }
      budget -= values.count
      if budget < 0 { return .undecided(SignRemainder(reason: "too many cases", boxes: [])) }
      return decide(expression, relation, threshold, assumptions, symbol, values, &budget)
    }
    // Each road leaves work for those after it.
    let rules = WorkBudget.limited(to: limits.work / 8) {
      threshold == nil ? byRules(expression, relation) : nil
    }
    if let certificate = rules.value { return .proved(certificate) }
    let signs = WorkBudget.limited(to: limits.work / 4 * 3) {
      Result { () throws(SignFailure) in
        try bySigns(
          SignProblem(
            expression, minus: threshold, assuming: assumptions, symbols: symbols, limits: limits),
          expression, relation, threshold)
      }
    }
    do {
      return try signs.value.get()
    } catch {
      var isUnsupported = signs.isExhausted
      if case .unsupported = error { isUnsupported = true }
      if threshold == nil, isUnsupported,
        let verdict = byEnclosures(expression, relation, assumptions, symbols)
      {
        return verdict
      }
      return .undecided(SignRemainder(reason: error.description, boxes: []))
    }
  }

  /// The decision by enclosures, for any expression; nil where it cannot be compiled.
  private func byEnclosures(
    _ expression: Expression, _ relation: SignRelation, _ assumptions: [SignAssumption],
    _ symbols: [Symbol]
  ) -> SignVerdict? {
    guard
      let boxes = try? EnclosureBoxes(
        expression, relation, assuming: assumptions, symbols: symbols, limits: limits),
      let result = try? boxes.run()
    else { return nil }
    switch result {
    case .proved(let count):
      return .proved(SignCertificate(method: .enclosures(count), hasUndefinedPoints: false))
    case .refuted(let point, let value):
      let exact = point.map { AlgebraicNumber($0) }
      return .refuted(
        SignWitness(
          point: Dictionary(zip(symbols, exact)) { first, _ in first },
          sign: value.certainSign ?? 0, value: value))
    case .open(let boxes, let reason):
      return .undecided(
        SignRemainder(
          reason: reason,
          boxes: boxes.map { box in
            Dictionary(zip(symbols, symbols.indices.map(box.range))) { first, _ in first }
          }))
    }
  }

  /// One symbol takes finitely many values.
  private func decide(
    _ expression: Expression, _ relation: SignRelation, _ threshold: AlgebraicNumber?,
    _ assumptions: [SignAssumption], _ symbol: Symbol, _ values: [Rational], _ budget: inout Int
  ) -> SignVerdict {
    var cells = 0
    var isPartial = false
    var isVacuous = true
    var left: SignRemainder?
    for value in values {
      let place: [Symbol: Expression] = [symbol: .rational(value)]
      let verdict = decide(
        expression.substituting(place), relation, threshold,
        assumptions.map { SignAssumption($0.expression.substituting(place), $0.relation) },
        &budget)
      switch verdict {
      case .refuted(let witness):
        var point = witness.point
        point[symbol] = AlgebraicNumber(value)
        return .refuted(SignWitness(point: point, sign: witness.sign, value: witness.value))
      case .undecided(let remainder): left = left ?? remainder
      case .proved(let certificate):
        if case .cells(let count) = certificate.method { cells += count } else { cells += 1 }
        isPartial = isPartial || certificate.hasUndefinedPoints
        isVacuous = isVacuous && certificate.isVacuous
      }
    }
    if let left { return .undecided(left) }
    return .proved(
      SignCertificate(
        method: .cells(cells), hasUndefinedPoints: isPartial, isVacuous: isVacuous))
  }

  /// The rules on the normal form, without the assumptions.
  private func byRules(_ expression: Expression, _ relation: SignRelation) -> SignCertificate? {
    guard let form = try? NormalForm(expression), form.value.im.isZero,
      let sign = SignProver(form.basis).sign(of: form.value.re), relation.holds(for: sign)
    else { return nil }
    return SignCertificate(method: .rules, hasUndefinedPoints: false)
  }

  // MARK: Cells

  private func bySigns(
    _ problem: SignProblem, _ expression: Expression, _ relation: SignRelation,
    _ threshold: AlgebraicNumber?
  ) throws(SignFailure) -> SignVerdict {
    var failure: SignProblem.Place?
    var strange: SignProblem.Place?
    var hasUndefinedPoints = false
    var isVacuous = true
    func look(_ place: SignProblem.Place) -> Bool {
      if place.outcome != .outside { isVacuous = false }
      switch place.outcome {
      case .outside: break
      case .undefined: hasUndefinedPoints = true
      case .notReal: strange = strange ?? place
      case .sign(let sign):
        if !relation.holds(forSign: sign) {
          failure = place
          return false
        }
      }
      return true
    }
    let isSmall = problem.active.count <= 2
    var count = 0
    var isComplete = problem.followsFromOpenCells(relation)
    var reason = "the boundaries of the open cells are not decided"
    if !isSmall {
      // Boxes first: where they do, they do with much less than an elimination.
      let boxes = byBoxes(problem, expression, relation, threshold)
      guard case .undecided(let remainder) = boxes else { return boxes }
      do { count = try problem.visitOpen(look) } catch {
        if failure == nil { return boxes }
      }
      if !isComplete, failure == nil { return boxes }
      reason = remainder.reason
    } else if isComplete || problem.active.count == 2 {
      count = try problem.visitOpen(look)
    }
    if failure == nil, !isComplete, isSmall {
      count = try problem.visitAll(look)
      isComplete = true
    }
    if let failure {
      return .refuted(witness(failure, problem.symbols, expression, threshold))
    }
    if let strange {
      let place = zip(problem.symbols, strange.point).map { "\($0) = \($1)" }
        .joined(separator: ", ")
      return .undecided(
        SignRemainder(reason: "a square root has a negative radicand at \(place)", boxes: []))
    }
    guard isComplete else { return .undecided(SignRemainder(reason: reason, boxes: [])) }
    return .proved(
      SignCertificate(
        method: .cells(count), hasUndefinedPoints: hasUndefinedPoints, isVacuous: isVacuous))
  }

  /// The decision by boxes, for any number of symbols.
  private func byBoxes(
    _ problem: SignProblem, _ expression: Expression, _ relation: SignRelation,
    _ threshold: AlgebraicNumber?
  ) -> SignVerdict {
    do {
      switch try BernsteinBoxes(problem, relation).run() {
      case .proved(let boxes, let hasUndefinedPoints):
        return .proved(
          SignCertificate(method: .boxes(boxes), hasUndefinedPoints: hasUndefinedPoints))
      case .refuted(let point):
        let place = SignProblem.Place(
          point: point.map { AlgebraicNumber($0) }, isOpen: true,
          outcome: problem.outcome(at: point))
        return .refuted(witness(place, problem.symbols, expression, threshold))
      case .open(let boxes, let reason):
        return .undecided(
          SignRemainder(
            reason: reason,
            boxes: boxes.map { box in
              Dictionary(zip(problem.symbols, box)) { first, _ in first }
            }))
      }
    } catch {
      return .undecided(SignRemainder(reason: error.description, boxes: []))
    }
  }

  private func witness(
    _ place: SignProblem.Place, _ symbols: [Symbol], _ expression: Expression,
    _ threshold: AlgebraicNumber?
  ) -> SignWitness {
    let sign = if case .sign(let sign) = place.outcome { sign } else { 0 }
    return SignWitness(
      point: Dictionary(zip(symbols, place.point)) { first, _ in first }, sign: sign,
      value: SignDecision.enclose(expression, symbols, place.point, sign, threshold))
  }

  /// Bounds of the value at an algebraic point, of the given sign.
  private static func enclose(
    _ expression: Expression, _ symbols: [Symbol], _ point: [AlgebraicNumber], _ sign: Int,
    _ threshold: AlgebraicNumber?
  ) -> Interval {
    if sign == 0 { return .zero }
    guard let program = try? Program([expression], inputs: symbols) else { return .entire }
    var best = Interval.entire
    for bits in [64, 128, 256, 512, 1024, 4096] {
      func interval(_ number: AlgebraicNumber) -> Interval {
        let (lower, upper) = number.enclosure(significantBits: bits)
        return (try? Interval(lower: lower, upper: upper, precision: bits)) ?? .entire
      }
      guard
        let value = try? program.enclose(point.map(interval), precision: bits).first
      else { continue }
      best = value.re
      if let threshold { best = best - interval(threshold) }
      if best.certainSign == sign { return best }
    }
    return best
  }
}

extension Domain {
  /// The values where there are finitely many; nil for an interval with more than a point.
  var finitelyMany: [Rational]? {
    switch shape {
    case .complex: nil
    case .finite(let values): values
    case .interval(let lower, let upper):
      if let value = lower.value, value == upper.value { [value] } else { nil }
    }
  }
}
