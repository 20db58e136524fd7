import Algebra
import Exact

/// The least upper bound of an expression over the domains of its symbols, exact, in any number of
/// symbols, and whether it is attained.
///
/// The expression is made of rational operations, square roots, abs, min and max. Its value v is one
/// more variable: over an open interval of v that the projection of the polynomials of f - v does not
/// meet, the truth of "f > v somewhere" does not change (Collins 1975). So the supremum is one of the
/// finitely many algebraic numbers at which it may change, behaviour at infinity and at the ends of
/// the domain included, and one rational v between each two tells which. No point, direction or value
/// has to be guessed.
public struct Supremum: Sendable {
  /// The bound; nil where the expression is unbounded.
  public let number: AlgebraicNumber?
  /// The bound as an expression: rational, a + b·√d, or infinity; nil for algebraic numbers of higher
  /// degree.
  public let value: Expression?
  /// Whether the expression takes the bound; nil where that is not decided.
  public let isAttained: Bool?
  /// A point at which the bound is taken.
  public let place: [Symbol: AlgebraicNumber]?
  /// A point of the domain at which the expression exceeds ``exceeded``, and with that, by the
  /// decomposition, values come as near to the bound as one likes.
  public let near: [Symbol: Rational]
  /// A number below the bound such that no candidate lies between the two.
  public let exceeded: Rational
  /// How `f <= bound` is proved, and `f < bound` where it is not attained; nil for an infinite bound.
  public let certificate: SignCertificate?

  /// The supremum over the domains of the symbols and the assumptions; the maximum where
  /// ``isAttained``.
  ///
  /// - Returns: exact.
  /// - Throws: ``LimitError/unsupported(_:)`` for other functions, for expressions that are defined on
  ///   no open set and for such as are not real everywhere; ``LimitError/arithmetic(_:)`` at limits.
  /// - Complexity: of a decomposition with one variable more than there are symbols.
  public static func of(
    _ expression: Expression, assuming assumptions: [SignAssumption] = [],
    limits: SignLimits = SignLimits()
  ) throws(LimitError) -> Supremum {
    try WorkBudget.limited(to: limits.work) {
      Result { () throws(LimitError) in
        try SupremumSearch(assumptions: assumptions, limits: limits).supremum(of: expression)
      }
    }.value.get()
  }

  /// The infimum, minus the supremum of -f: of the result, ``exceeded`` is a number that -f exceeds.
  ///
  /// - Throws: as ``of(_:assuming:limits:)``.
  public static func infimum(
    of expression: Expression, assuming assumptions: [SignAssumption] = [],
    limits: SignLimits = SignLimits()
  ) throws(LimitError) -> Supremum {
    let above = try of(-expression, assuming: assumptions, limits: limits)
    let number = try LimitError.arithmetic { () throws(ArithmeticError) in
      try above.number?.negated()
    }
    return Supremum(
      number: number, infinity: -.infinity, isAttained: above.isAttained, place: above.place,
      near: above.near, exceeded: above.exceeded, certificate: above.certificate)
  }

  init(
    number: AlgebraicNumber?, infinity: Expression, isAttained: Bool?,
    place: [Symbol: AlgebraicNumber]?, near: [Symbol: Rational], exceeded: Rational,
    certificate: SignCertificate?
  ) {
    self.number = number
    value = number.map(Extremum.radicals) ?? infinity
    self.isAttained = isAttained
    self.place = place
    self.near = near
    self.exceeded = exceeded
    self.certificate = certificate
  }
}

/// Finds suprema under given assumptions.
struct SupremumSearch {
  let assumptions: [SignAssumption]
  let limits: SignLimits

  /// No document can declare a name with a space.
  private static let level = Symbol("value of the function")

  func supremum(of f: Expression) throws(LimitError) -> Supremum {
    var budget = 64
    return try supremum(of: f, assumptions, &budget)
  }

  private func supremum(
    of f: Expression, _ assumptions: [SignAssumption], _ budget: inout Int
  ) throws(LimitError) -> Supremum {
    var free = f.freeSymbols
    for assumption in assumptions { free.formUnion(assumption.expression.freeSymbols) }
    let symbols = free.sorted { $0.precedes($1) }
    for symbol in symbols {
      guard let values = symbol.domain.finitelyMany else { continue }
      return try greatest(f, assumptions, symbol, values, &budget)
    }
    do {
      return try search(f, assumptions, symbols)
    } catch {
      switch error {
      case .unsupported(let what): throw .unsupported("the supremum: " + what)
      case .arithmetic(let error): throw .arithmetic(error)
      }
    }
  }

  /// The greatest of the suprema for finitely many values of a symbol.
  private func greatest(
    _ f: Expression, _ assumptions: [SignAssumption], _ symbol: Symbol, _ values: [Rational],
    _ budget: inout Int
  ) throws(LimitError) -> Supremum {
    budget -= values.count
    if budget < 0 { throw .arithmetic(.limit("the supremum over so many cases")) }
    var best: (value: Rational, supremum: Supremum)?
    for value in values {
      let place: [Symbol: Expression] = [symbol: .rational(value)]
      let next = try supremum(
        of: f.substituting(place),
        assumptions.map { SignAssumption($0.expression.substituting(place), $0.relation) },
        &budget)
      if let (_, present) = best, let number = present.number {
        guard let other = next.number else {
          best = (value, next)
          continue
        }
        if other < number || (other == number && next.isAttained != true) { continue }
        best = (value, next)
      } else if best == nil {
        best = (value, next)
      }
    }
    guard let (value, found) = best else { throw .unsupported("the supremum over no point") }
    return Supremum(
      number: found.number, infinity: .infinity, isAttained: found.isAttained,
      place: found.place?.merging([symbol: AlgebraicNumber(value)]) { $1 },
      near: found.near.merging([symbol: value]) { $1 }, exceeded: found.exceeded,
      certificate: found.certificate)
  }

  private func search(
    _ f: Expression, _ assumptions: [SignAssumption], _ symbols: [Symbol]
  ) throws(SignFailure) -> Supremum {
    let level = SupremumSearch.level
    let place = symbols.count
    let problem = try SignProblem(
      f - level, assuming: assumptions, symbols: symbols + [level], limits: limits,
      keeping: [place])
    let order = [place] + problem.order.filter { $0 != place }
    let cells = try problem.openCells(order)
    let marks = try SignFailure.arithmetic { () throws(ArithmeticError) in try cells.marks() }
    let gaps = RationalSample.gaps(between: marks, in: .line)
    var count = 0
    /// A point at which f exceeds the sample of a gap.
    func excess(_ gap: Int) throws(SignFailure) -> [Rational]? {
      var found: [Rational]?
      var strange = false
      _ = try SignFailure.arithmetic { () throws(ArithmeticError) in
        try cells.visit(first: gaps[gap].sample) { sample throws(ArithmeticError) in
          count += 1
          if count > limits.cells { throw .limit("\(limits.cells) cells") }
          let point = problem.completed(sample, keeping: place)
          switch problem.outcome(at: point) {
          case .sign(1):
            found = point
            return false
          case .notReal: strange = true
          default: break
          }
          return true
        }
      }
      if strange && found == nil { throw .unsupported("a function that is not real everywhere") }
      return found
    }
    guard var best = try excess(0) else {
      throw .unsupported("a function that is defined on no open set")
    }
    // f exceeds the sample of gap `low`, and not that of gap `high`.
    var (low, high) = (0, gaps.count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if let point = try excess(middle) {
        low = middle
        best = point
      } else {
        high = middle
      }
    }
    let near = Dictionary(zip(symbols, best)) { first, _ in first }
    guard let bound = gaps[low].upper else {
      return Supremum(
        number: nil, infinity: .infinity, isAttained: false, place: nil, near: near,
        exceeded: gaps[low].sample, certificate: nil)
    }
    return try settle(
      f, assumptions, bound, near, gaps[low].sample,
      isProved: problem.followsFromOpenCells(.nonpositive), count)
  }

  /// Whether a bound is attained, and the proof that it is one.
  private func settle(
    _ f: Expression, _ assumptions: [SignAssumption], _ bound: AlgebraicNumber,
    _ near: [Symbol: Rational], _ exceeded: Rational, isProved: Bool, _ count: Int
  ) throws(SignFailure) -> Supremum {
    let decision = SignDecision(assuming: assumptions, limits: limits)
    var certificate = SignCertificate(method: .cells(count), hasUndefinedPoints: false)
    var place: [Symbol: AlgebraicNumber]?
    var isAttained: Bool?
    switch decision.decide(f, .negative, minus: bound) {
    case .proved(let proof):
      certificate = proof
      isAttained = false
    case .refuted(let witness):
      guard witness.sign == 0 else {
        throw .unsupported("a function that exceeds its values on open sets at \(witness)")
      }
      if !isProved {
        guard case .proved(let proof) = decision.decide(f, .nonpositive, minus: bound) else {
          throw .unsupported("a function whose bound \(bound) is not proved")
        }
        certificate = proof
      }
      isAttained = true
      place = witness.point
    case .undecided(let remainder):
      if !isProved { throw .unsupported(remainder.description) }
    }
    return Supremum(
      number: bound, infinity: .infinity, isAttained: isAttained, place: place, near: near,
      exceeded: exceeded, certificate: certificate)
  }
}
