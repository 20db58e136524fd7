import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

/// What became of one relation between two formulas.
struct RelationVerdict {
  var status: Status
  var detail: String
  var counterexample: Counterexample?

  static func undecided(_ reason: String) -> RelationVerdict {
    RelationVerdict(status: .undecided, detail: reason)
  }

  /// Nothing was shown with the work that one relation is allowed.
  static let outOfWork = RelationVerdict.undecided(
    "limit: the work allowed for one relation is done; state it in parts, for fewer parameters, "
      + "or at points")

  /// The verdict on all of several relations.
  static func all(_ list: [RelationVerdict]) -> RelationVerdict {
    if let refuted = list.first(where: { $0.status == .refuted }) { return refuted }
    if let open = list.first(where: { $0.status == .undecided }) { return open }
    if let certified = list.first(where: { $0.status == .certified }) { return certified }
    return list.first ?? RelationVerdict(status: .proved, detail: "nothing to show")
  }
}

/// Proves or refutes a relation between two formulas over the domains of their symbols.
///
/// A proof is the normal form of the difference: zero, or of a proved sign. A refutation is a rational
/// point of the domain at which enclosures, or exact values, show that the relation fails. Nothing
/// else decides.
struct RelationProver {
  /// Significant digits of the sides of a counterexample.
  let digits: Int
  /// How many points are tried for a counterexample.
  var sampleCount = 300
  /// The work on each of three roads (proof, signs, counterexample), in the units of ``WorkBudget``.
  var workLimit = 400_000_000

  typealias Relation = SyntaxNode.Relation

  // MARK: Over the domain

  func decide(
    _ left: Expression, _ relation: Relation, _ right: Expression,
    assuming assumptions: [Assumption] = []
  ) -> RelationVerdict {
    let symbols = left.freeSymbols.union(right.freeSymbols)
    if symbols.isEmpty {
      let verdict = decide(left, relation, right, at: [:])
      if assumptions.isEmpty || verdict.status != .refuted { return verdict }
      // What fails everywhere is refuted by a point that satisfies the assumptions.
      guard let counterexample = refute(left, relation, right, assumptions) else {
        return .undecided(
          "the relation fails, but no point was found that satisfies the assumptions")
      }
      return RelationVerdict(
        status: .refuted, detail: "certified counterexample", counterexample: counterexample)
    }
    let proof = WorkBudget.limited(to: workLimit) {
      prove(left, relation, right, assuming: assumptions)
    }
    if let proof = proof.value { return RelationVerdict(status: .proved, detail: proof) }
    let signs = WorkBudget.limited(to: workLimit) {
      decideSign(left, relation, right, assumptions)
    }
    let (verdict, open) = signs.value
    if let verdict { return verdict }
    let search = WorkBudget.limited(to: workLimit) {
      refute(left, relation, right, assumptions)
    }
    if let counterexample = search.value {
      return RelationVerdict(
        status: .refuted, detail: "certified counterexample", counterexample: counterexample)
    }
    if proof.isExhausted || signs.isExhausted || search.isExhausted { return .outOfWork }
    return .undecided(
      reason(left - right) + (open.map { "; " + $0 } ?? "")
        + "; no counterexample was found among \(sampleCount) points")
  }

  /// The relation as one of signs, decided exactly where it can be; otherwise what is left open.
  private func decideSign(
    _ left: Expression, _ relation: Relation, _ right: Expression,
    _ assumptions: [Assumption]
  ) -> (verdict: RelationVerdict?, open: String?) {
    guard let sign = relation.ofSign else { return (nil, nil) }
    var list: [SignAssumption] = []
    for assumption in assumptions {
      guard let relation = assumption.relation.ofSign else { return (nil, nil) }
      list.append(SignAssumption(assumption.left - assumption.right, relation))
    }
    let limits = SignLimits(
      cells: 20_000, degree: 60, terms: 1000, boxes: 1500, work: workLimit)
    switch SignDecision(assuming: list, limits: limits).decide(left - right, sign) {
    case .proved(let certificate):
      if certificate.isVacuous { return (nil, "no point satisfies the assumptions") }
      let isExact = if case .enclosures = certificate.method { false } else { true }
      return (
        RelationVerdict(
          status: isExact ? .proved : .certified, detail: certificate.description), nil
      )
    case .refuted(let witness):
      guard let point = witness.rationalPoint else {
        let detail = "fails at \(witness)"
        return (RelationVerdict(status: .refuted, detail: detail), nil)
      }
      // By the other road: both sides evaluated at the point.
      let verdict = decide(left, relation, right, at: point)
      return verdict.status == .refuted ? (verdict, nil) : (nil, nil)
    case .undecided(let remainder):
      return (nil, remainder.description)
    }
  }

  /// Why there is no proof.
  private func reason(_ difference: Expression) -> String {
    do throws(ArithmeticError) {
      _ = try NormalForm(difference)
      return "the normal forms of the sides differ and no rule proves the relation"
    } catch {
      return "the difference of the sides has no normal form (\(error.description))"
    }
  }

  /// How it is proved under the assumptions; nil where it is not.
  private func prove(
    _ left: Expression, _ relation: Relation, _ right: Expression,
    assuming assumptions: [Assumption]
  ) -> String? {
    if assumptions.contains(where: { $0.says(left, relation, right) }) { return "assumed" }
    let slack = Slack.substitution(for: assumptions)
    if let proof = prove(left.substituting(slack), relation, right.substituting(slack)) {
      return proof
    }
    let cases = AssumptionCases.substitutions(for: assumptions)
    // Where nothing is substituted, that was this one already.
    let isKnown = slack.isEmpty && cases == [[:]]
    if !isKnown, let proof = prove(left, relation, right, in: cases) { return proof }
    let lowered = AssumptionCases.substitutions(for: assumptions, lowering: true)
    return lowered == cases ? nil : prove(left, relation, right, in: lowered)
  }

  /// How it is proved in every one of some cases; nil where it is not.
  private func prove(
    _ left: Expression, _ relation: Relation, _ right: Expression,
    in cases: [[Symbol: Expression]]
  ) -> String? {
    var proofs: [String] = []
    for table in cases {
      guard let proof = prove(left.substituting(table), relation, right.substituting(table))
      else { return nil }
      if !proofs.contains(proof) { proofs.append(proof) }
    }
    if proofs.isEmpty { return nil }
    let text = proofs.joined(separator: ", ")
    return cases.count == 1 ? text : "\(text), in \(cases.count) cases of signs"
  }

  /// How it is proved; nil where it is not.
  private func prove(_ left: Expression, _ relation: Relation, _ right: Expression) -> String? {
    guard let form = try? NormalForm(left - right) else {
      return relation == .equal ? ZeroTest().proof(that: left - right)?.description : nil
    }
    if form.isZero {
      switch relation {
      case .equal, .lessOrEqual, .greaterOrEqual, .approximately: return "equal normal forms"
      default: return nil
      }
    }
    if relation == .equal, !WorkBudget.isExhausted,
      let proof = ZeroTest().proof(that: left - right)
    {
      return proof.description
    }
    guard form.value.im.isZero, let sign = CaseProver(form.basis).sign(of: form.value.re) else {
      return nil
    }
    let holds: Bool =
      switch relation {
      case .less: sign == .negative
      case .lessOrEqual: sign.isNonpositive
      case .greater: sign == .positive
      case .greaterOrEqual: sign.isNonnegative
      case .notEqual: sign.isNonzero
      case .equal: sign == .zero
      case .approximately: false
      }
    return holds ? "sign of the difference" : nil
  }

  // MARK: At points

  /// The relation at one point, the symbols of both sides all given.
  func decide(
    _ left: Expression, _ relation: Relation, _ right: Expression, at point: [Symbol: Rational]
  ) -> RelationVerdict {
    let values = point.mapValues { Expression.rational($0) }
    let (l, r) = (left.substituting(values), right.substituting(values))
    let outcome = WorkBudget.limited(to: workLimit) { decide(l, relation, r, point) }
    if outcome.value.status == .undecided, outcome.isExhausted { return .outOfWork }
    return outcome.value
  }

  private func decide(
    _ l: Expression, _ relation: Relation, _ r: Expression, _ point: [Symbol: Rational]
  ) -> RelationVerdict {
    let difference = l - r
    let exact: (sign: Int, isExact: Bool)?
    do {
      exact = try differenceSign(difference)
    } catch {
      return .undecided("a side is not defined: \(error)")
    }
    guard let exact else {
      if relation == .equal || relation == .notEqual, isSurelyNonzero(difference) {
        return verdict(relation == .notEqual, isExact: false, l, r, point)
      }
      return .undecided("the difference of the sides cannot be told from zero")
    }
    let holds: Bool =
      switch relation {
      case .equal, .approximately: exact.sign == 0
      case .notEqual: exact.sign != 0
      case .less: exact.sign < 0
      case .lessOrEqual: exact.sign <= 0
      case .greater: exact.sign > 0
      case .greaterOrEqual: exact.sign >= 0
      }
    return verdict(holds, isExact: exact.isExact, l, r, point)
  }

  private func verdict(
    _ holds: Bool, isExact: Bool, _ l: Expression, _ r: Expression, _ point: [Symbol: Rational]
  ) -> RelationVerdict {
    if holds {
      return isExact
        ? RelationVerdict(status: .proved, detail: "exact values")
        : RelationVerdict(status: .certified, detail: "enclosures of the sides")
    }
    return RelationVerdict(
      status: .refuted, detail: "certified counterexample",
      counterexample: Counterexample(
        point: Self.sorted(point), left: text(l), right: text(r)))
  }

  /// The sign of a number without symbols; nil where it cannot be decided or is not real.
  private func differenceSign(
    _ difference: Expression
  ) throws(ArithmeticError) -> (sign: Int, isExact: Bool)? {
    if let value = try difference.exactValue() {
      return value.im.isZero ? (value.re.signum, true) : nil
    }
    if let form = try? NormalForm(difference) {
      if form.isZero { return (0, true) }
      if form.value.im.isZero, let sign = SignProver(form.basis).sign(of: form.value.re),
        sign.isNonzero
      {
        return (sign == .positive ? 1 : -1, false)
      }
    }
    for precision in [64, 256, 1024, 4096] {
      guard let value = try enclose(difference, precision) else { return nil }
      guard value.im.isZero else { continue }
      // Zero where both bounds are: as of a maximum with zero whose other side is negative.
      if let sign = value.re.certainSign { return (sign, false) }
    }
    return nil
  }

  private func enclose(
    _ expression: Expression, _ precision: Int
  ) throws(ArithmeticError) -> ComplexInterval? {
    guard let program = try? Program([expression], inputs: []) else { return nil }
    return try program.enclose([Interval](), precision: precision).first
  }

  private func isSurelyNonzero(_ expression: Expression) -> Bool {
    [64, 256, 1024].contains { precision in
      guard let value = try? enclose(expression, precision) else { return false }
      return !value.containsZero && !value.isEmpty
    }
  }

  /// A side at a point: exact where it is rational, otherwise digits.
  func text(_ expression: Expression) -> String {
    if let exact = try? expression.exactValue(), exact.im.isZero { return exact.re.description }
    let hook: PointEvaluator.ExactForm = { (try? NormalForm($0))?.expression }
    if let value = try? expression.value(digits: digits, exactForm: hook) {
      return value.description
    }
    return expression.description
  }

  static func sorted(_ point: [Symbol: Rational]) -> [(name: String, value: Rational)] {
    point.map { ($0.key.name, $0.value) }.sorted { $0.0 < $1.0 }
  }

  // MARK: Counterexamples

  private func refute(
    _ left: Expression, _ relation: Relation, _ right: Expression,
    _ assumptions: [Assumption]
  ) -> Counterexample? {
    var symbols = left.freeSymbols.union(right.freeSymbols)
    for assumption in assumptions {
      symbols.formUnion(assumption.left.freeSymbols)
      symbols.formUnion(assumption.right.freeSymbols)
    }
    let ordered = symbols.sorted { $0.precedes($1) }
    guard let screen = try? Program([left, right], inputs: ordered) else { return nil }
    // Doubles choose what is worth a certified look first; they cannot see a small difference, so
    // that a few points are looked at whatever they say.
    var unscreened: [[Symbol: Rational]] = []
    for point in SamplePoints(ordered, count: sampleCount) {
      if WorkBudget.isExhausted { return nil }
      guard assumptions.allSatisfy({ holdsExactly($0, at: point) }) else { continue }
      let values = screen.evaluate(ordered.map { (point[$0] ?? 0).approximateDouble })
      if values.allSatisfy(\.isFinite), plainlyHolds(values[0], relation, values[1]) {
        if unscreened.count < 12 { unscreened.append(point) }
        continue
      }
      let verdict = decide(left, relation, right, at: point)
      if verdict.status == .refuted { return verdict.counterexample }
    }
    for point in unscreened {
      let verdict = decide(left, relation, right, at: point)
      if verdict.status == .refuted { return verdict.counterexample }
    }
    return nil
  }

  private func plainlyHolds(_ l: Double, _ relation: Relation, _ r: Double) -> Bool {
    let scale = 1e-9 * max(abs(l), abs(r), 1e-300)
    switch relation {
    case .equal, .approximately: return abs(l - r) <= scale * 1e-4
    case .notEqual: return abs(l - r) > scale
    case .less, .lessOrEqual: return r - l > scale
    case .greater, .greaterOrEqual: return l - r > scale
    }
  }

  func holdsExactly(
    _ assumption: Assumption, at point: [Symbol: Rational]
  ) -> Bool {
    let verdict = decide(assumption.left, assumption.relation, assumption.right, at: point)
    return verdict.status == .proved || verdict.status == .certified
  }
}

extension Assumption {
  /// Whether it is this relation or a stronger one between the same formulas.
  fileprivate func says(
    _ left: Expression, _ relation: SyntaxNode.Relation, _ right: Expression
  ) -> Bool {
    if self.left == left, self.right == right { return self.relation.implies(relation) }
    if self.left == right, self.right == left { return self.relation.reversed.implies(relation) }
    return false
  }
}

extension SyntaxNode.Relation {
  /// The relation with its sides exchanged.
  fileprivate var reversed: SyntaxNode.Relation {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    case .equal, .notEqual, .approximately: self
    }
  }

  /// Whether the other relation holds wherever this one does.
  fileprivate func implies(_ other: SyntaxNode.Relation) -> Bool {
    switch (self, other) {
    case (.less, .lessOrEqual), (.less, .notEqual), (.greater, .greaterOrEqual),
      (.greater, .notEqual), (.equal, .lessOrEqual), (.equal, .greaterOrEqual):
      true
    default: self == other && self != .approximately
    }
  }

  /// What the relation says of the difference of its sides; nil for an approximate one.
  var ofSign: SignRelation? {
    switch self {
    case .equal: .zero
    case .notEqual: .nonzero
    case .less: .negative
    case .lessOrEqual: .nonpositive
    case .greater: .positive
    case .greaterOrEqual: .nonnegative
    case .approximately: nil
    }
  }
}
