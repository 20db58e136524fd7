import Algebra
import Arbitrary
import Exact
import Symbolic

/// Looks for a point that satisfies all assumptions of a claim.
///
/// Under assumptions that no point satisfies every relation holds, and a proof of one says nothing.
/// Three roads, each of which shows a point or shows nothing:
/// - the question whether -1 > 0 under the assumptions: a refutation is a point that satisfies them,
///   exact, and a proof shows that there is none;
/// - rational points, with each equation solved for a parameter that it holds linearly;
/// - the first road again with all parameters but two at rational points, where it is complete for
///   algebraic assumptions.
struct AssumptionWitness {
  private let prover: RelationProver
  /// How many points leave a question in two parameters to the exact decision.
  private static let slices = 12

  init(_ prover: RelationProver) { self.prover = prover }

  /// Nil where a point is found; otherwise what is known.
  func doubt(of assumptions: [Assumption]) -> String? {
    let outcome = WorkBudget.limited(to: prover.workLimit) { search(assumptions) }
    switch outcome.value {
    case true: return nil
    case false: return "no point satisfies the assumptions"
    default: return "no point is known to satisfy the assumptions"
    }
  }

  /// Whether a point satisfies the assumptions; nil where that is not found out.
  private func search(_ assumptions: [Assumption]) -> Bool? {
    let symbols = AssumptionWitness.symbols(of: assumptions)
    if symbols.isEmpty {
      return assumptions.allSatisfy { prover.holdsExactly($0, at: [:]) } ? true : nil
    }
    if holdsAtSample(assumptions, symbols, count: 40) { return true }
    if let answer = decide(assumptions) { return answer }
    if holdsAtSample(assumptions, symbols, count: prover.sampleCount) { return true }
    let (rest, solutions) = AssumptionWitness.solved(assumptions)
    if !solutions.isEmpty, holdsAtSample(rest, solutions) { return true }
    guard symbols.count > 2 else { return nil }
    for point in SamplePoints(Array(symbols.dropLast(2)), count: AssumptionWitness.slices) {
      let table = point.mapValues { Expression.rational($0) }
      if decide(assumptions.map { $0.substituting(table) }) == true { return true }
    }
    return nil
  }

  private static func symbols(of assumptions: [Assumption]) -> [Symbol] {
    assumptions.reduce(into: Set<Symbol>()) {
      $0.formUnion($1.left.freeSymbols)
      $0.formUnion($1.right.freeSymbols)
    }.sorted { $0.precedes($1) }
  }

  private func holdsAtSample(
    _ assumptions: [Assumption], _ symbols: [Symbol], count: Int
  ) -> Bool {
    for point in SamplePoints(symbols, count: count) {
      if WorkBudget.isExhausted { return false }
      if assumptions.allSatisfy({ prover.holdsExactly($0, at: point) }) { return true }
    }
    return false
  }

  /// By signs: true with a point, false where there is none, nil where undecided.
  private func decide(_ assumptions: [Assumption]) -> Bool? {
    var list: [SignAssumption] = []
    for assumption in assumptions {
      guard let relation = assumption.relation.ofSign else { return nil }
      list.append(SignAssumption(assumption.left - assumption.right, relation))
    }
    let limits = SignLimits(
      cells: 5000, degree: 40, terms: 500, boxes: 500, work: prover.workLimit / 4)
    switch SignDecision(assuming: list, limits: limits).decide(-1, .positive) {
    case .refuted: return true
    case .proved: return false
    case .undecided: return nil
    }
  }

  // MARK: Equations

  /// Equations solved for parameters that they hold linearly, and the assumptions with the solutions
  /// put in. The solutions are free of the parameters solved for.
  private static func solved(
    _ assumptions: [Assumption]
  ) -> (rest: [Assumption], solutions: [Symbol: Expression]) {
    var rest = assumptions
    var solutions: [Symbol: Expression] = [:]
    var index = 0
    while index < rest.count {
      guard rest[index].relation == .equal,
        let (symbol, value) = solution(of: rest[index].left - rest[index].right)
      else {
        index += 1
        continue
      }
      rest.remove(at: index)
      rest = rest.map { $0.substituting([symbol: value]) }
      solutions = solutions.mapValues { $0.substituting([symbol: value]) }
      solutions[symbol] = value
      index = 0
    }
    return (rest, solutions)
  }

  /// A real parameter in which the normal form is linear with a constant slope, and where it vanishes.
  private static func solution(of gap: Expression) -> (Symbol, Expression)? {
    guard let form = try? NormalForm(gap), form.value.im.isZero else { return nil }
    let (value, basis) = (form.value.re, form.basis)
    let occurring = value.numerator.occurringVariables
    for symbol in gap.freeSymbols.sorted(by: { $0.precedes($1) }) where symbol.domain.isReal {
      guard let index = basis.index(of: .symbol(symbol)), value.denominator.isConstant,
        !occurring.contains(where: {
          $0 != index && basis.generators[$0].kernel.expression.contains(symbol)
        })
      else { continue }
      let parts = value.numerator.coefficients(in: index)
      guard parts.count == 2, let lead = parts[1].constantValue else { continue }
      return (symbol, -basis.expression(parts[0]) / .rational(Rational(lead)))
    }
    return nil
  }

  /// Whether, at some rational point, all assumptions hold and every solution lies in the domain of
  /// its parameter.
  private func holdsAtSample(
    _ assumptions: [Assumption], _ solutions: [Symbol: Expression]
  ) -> Bool {
    var all = assumptions
    for (symbol, value) in solutions {
      guard case .interval(let lower, let upper) = symbol.domain.shape else { return false }
      if let end = lower.value {
        all.append(
          .init(
            left: value, relation: lower == .closed(end) ? .greaterOrEqual : .greater,
            right: .rational(end)))
      }
      if let end = upper.value {
        all.append(
          .init(
            left: value, relation: upper == .closed(end) ? .lessOrEqual : .less,
            right: .rational(end)))
      }
      // Without an end still real and defined: its square is not below zero.
      all.append(.init(left: value * value, relation: .greaterOrEqual, right: .zero))
    }
    let symbols = AssumptionWitness.symbols(of: all)
    if symbols.isEmpty { return all.allSatisfy { prover.holdsExactly($0, at: [:]) } }
    return holdsAtSample(all, symbols, count: prover.sampleCount)
  }
}
