import Algebra
import Arbitrary
import Certified
import Exact
import OpenSystems
import Symbolic

/// Checks the claims, errata and cross-checks of a document.
struct ClaimChecker: Sendable {
  let document: Document
  let digits: Int
  /// How many instances of a campaign run at once.
  var jobs = 1

  /// The result of one check, without regard to what it builds on.
  func check(_ check: Document.Check) -> CheckResult {
    switch check {
    case .claim(let claim):
      let verdict = decide(claim)
      let holds =
        claim.isErratum
        ? verdict.status == .refuted
        : verdict.status != .refuted && verdict.status != .undecided
      return CheckResult(
        id: claim.id, kind: claim.isErratum ? .erratum : .claim, source: claim.source,
        text: claim.text, status: verdict.status, holds: holds, detail: verdict.detail,
        counterexample: verdict.counterexample, fallen: [], correctedBy: claim.correction)
    case .crosscheck(let crosscheck):
      let verdict = decide(crosscheck)
      return CheckResult(
        id: crosscheck.id, kind: .crosscheck, source: crosscheck.source, text: crosscheck.text,
        status: verdict.status, holds: verdict.status == .agrees, detail: verdict.detail,
        counterexample: verdict.counterexample, fallen: [], correctedBy: nil)
    case .campaign(let campaign): return campaign.result(jobs: jobs)
    case .certificate(let certificate): return certificate.result()
    case .simulation(let simulation):
      let verdict = SimulationCheck(simulation: simulation, digits: digits).verdict()
      return CheckResult(
        id: simulation.id, kind: .simulation, source: simulation.source, text: simulation.text,
        status: verdict.status, holds: verdict.status == .agrees, detail: verdict.detail,
        counterexample: verdict.counterexample, fallen: [], correctedBy: nil)
    }
  }

  // MARK: Claims

  private func decide(_ claim: ClaimDefinition) -> RelationVerdict {
    if let quadrature = claim.quadrature, let printed = claim.sides.last {
      return QuadratureClaim(quadrature, printed: printed, digits: digits).decide(claim)
    }
    if let failure = claim.failure { return .undecided(failure) }
    return claim.conditions.isEmpty ? decideAssuming(claim) : decideWhereDefined(claim)
  }

  /// A claim about names that are not defined everywhere: it says nothing elsewhere.
  private func decideWhereDefined(_ claim: ClaimDefinition) -> RelationVerdict {
    var plain = claim
    plain.conditions = []
    var restricted = plain
    let prover = RelationProver(digits: digits)
    switch claim.place {
    case .points(let points):
      for point in points {
        let values = point.mapValues { Expression.rational($0) }
        for condition in claim.conditions.map({ $0.substituting(values) })
        where condition.freeSymbols.isEmpty && !prover.holdsExactly(condition, at: [:]) {
          return .undecided(
            "the point is not known to lie where the names are defined: \(condition.text)")
        }
      }
      let given = Set(points.first.map { Array($0.keys) } ?? [])
      restricted.assumptions += claim.conditions.filter { !$0.freeSymbols.isSubset(of: given) }
      return decideAssuming(restricted)
    case .domain: restricted.assumptions += claim.conditions
    case .box(let box):
      restricted.assumptions += claim.conditions.filter { condition in
        let verdict = decide(
          plain, condition.left, condition.relation, condition.right, over: box, prover)
        return verdict.status != .proved && verdict.status != .certified
      }
    }
    // What holds without the conditions holds with them; their formulas may be long.
    let verdict = decideAssuming(plain)
    if verdict.status == .proved || verdict.status == .certified { return verdict }
    return decideAssuming(restricted)
  }

  private func decideAssuming(_ claim: ClaimDefinition) -> RelationVerdict {
    var verdicts: [RelationVerdict] = []
    for (index, relation) in claim.relations.enumerated() {
      verdicts.append(decide(claim, claim.sides[index], relation, claim.sides[index + 1]))
    }
    let verdict = RelationVerdict.all(verdicts)
    guard verdict.status == .proved || verdict.status == .certified,
      let doubt = vacuity(of: claim)
    else { return verdict }
    return .undecided(doubt)
  }

  /// Why what is shown may say nothing: under assumptions that nothing satisfies, everything holds.
  /// Nil where a point is found that satisfies them, at each of several places.
  private func vacuity(of claim: ClaimDefinition) -> String? {
    if claim.assumptions.isEmpty { return nil }
    let search = AssumptionWitness(RelationProver(digits: digits))
    func doubt(_ table: [Symbol: Expression]) -> String? {
      search.doubt(
        of: claim.assumptions.map {
          .init(
            left: $0.left.substituting(table), relation: $0.relation,
            right: $0.right.substituting(table))
        })
    }
    switch claim.place {
    case .domain: return doubt([:])
    case .box(let box): return doubt(Self.narrowed(to: box))
    case .points(let points):
      for point in points {
        if let text = doubt(point.mapValues { .rational($0) }) { return text }
      }
      return nil
    }
  }

  /// The symbols of a box with the box for their domain.
  private static func narrowed(
    to box: [(symbol: Symbol, lower: Rational, upper: Rational)]
  ) -> [Symbol: Expression] {
    var table: [Symbol: Expression] = [:]
    for side in box {
      // An end that the parameter's domain excludes stays excluded.
      let declared = side.symbol.domain
      guard
        let domain = try? Domain.interval(
          declared.contains(side.lower) ? .closed(side.lower) : .open(side.lower),
          declared.contains(side.upper) ? .closed(side.upper) : .open(side.upper))
      else { continue }
      table[side.symbol] = Symbol(side.symbol.name, domain).expression
    }
    return table
  }

  private func decide(
    _ claim: ClaimDefinition, _ left: ClaimDefinition.Side, _ relation: SyntaxNode.Relation,
    _ right: ClaimDefinition.Side
  ) -> RelationVerdict {
    if case .scalar(let l) = left.value, case .scalar(let r) = right.value {
      if relation == .approximately { return approximately(l, r, text: right.text, claim) }
      return decide(claim, l, relation, r)
    }
    guard relation == .equal else {
      return .undecided("'\(relation.rawValue)' relates numbers, not \(left.value.phrase)")
    }
    if let pairs = left.value.modePairs(with: right.value) {
      return .all(pairs.map { decide(claim, $0.0, .equal, $0.1) })
    }
    if case .spectrum(let l) = left.value, case .spectrum(let r) = right.value {
      return decideMultisets(l, r, claim)
    }
    let (l, r) = (left.value.rows, right.value.rows)
    guard l.count == r.count, zip(l, r).allSatisfy({ $0.count == $1.count }) else {
      return .undecided("\(left.value.phrase) cannot equal \(right.value.phrase)")
    }
    return .all(
      zip(l.flatMap { $0 }, r.flatMap { $0 }).map { decide(claim, $0, .equal, $1) })
  }

  private func decide(
    _ claim: ClaimDefinition, _ left: Expression, _ relation: SyntaxNode.Relation,
    _ right: Expression
  ) -> RelationVerdict {
    let prover = RelationProver(digits: digits)
    switch claim.place {
    case .domain: return prover.decide(left, relation, right, assuming: claim.assumptions)
    case .points(let points):
      return .all(
        points.map { point in
          let values = point.mapValues { Expression.rational($0) }
          let rest = left.substituting(values).freeSymbols
            .union(right.substituting(values).freeSymbols)
          if rest.isEmpty, claim.assumptions.isEmpty {
            return prover.decide(left, relation, right, at: point)
          }
          var verdict = prover.decide(
            left.substituting(values), relation, right.substituting(values),
            assuming: claim.assumptions.map {
              .init(
                left: $0.left.substituting(values), relation: $0.relation,
                right: $0.right.substituting(values))
            })
          if let found = verdict.counterexample {
            let all = (found.point + RelationProver.sorted(point)).sorted { $0.name < $1.name }
            verdict.counterexample = Counterexample(
              point: all, left: found.left, right: found.right)
          }
          return verdict
        })
    case .box(let box):
      return decide(claim, left, relation, right, over: box, prover)
    }
  }

  /// Over a box: the symbols get the box for their domain; where that is not proved, an enclosure of
  /// the difference may still decide.
  private func decide(
    _ claim: ClaimDefinition, _ left: Expression, _ relation: SyntaxNode.Relation,
    _ right: Expression, over box: [(symbol: Symbol, lower: Rational, upper: Rational)],
    _ prover: RelationProver
  ) -> RelationVerdict {
    let narrowed = Self.narrowed(to: box)
    var ranges: [Symbol: Interval] = [:]
    for side in box {
      guard let symbol = narrowed[side.symbol]?.freeSymbols.first,
        let range = try? Interval(lower: side.lower, upper: side.upper, precision: 64)
      else { continue }
      ranges[symbol] = range
    }
    let (l, r) = (left.substituting(narrowed), right.substituting(narrowed))
    let verdict = prover.decide(
      l, relation, r,
      assuming: claim.assumptions.map {
        .init(
          left: $0.left.substituting(narrowed), relation: $0.relation,
          right: $0.right.substituting(narrowed))
      })
    guard verdict.status == .undecided, claim.assumptions.isEmpty,
      (l - r).freeSymbols.allSatisfy({ ranges[$0] != nil }),
      let range = try? RangeEnclosure(of: l - r, over: ranges), !range.hasGaps,
      range.enclosure.im.isZero
    else { return verdict }
    return relation.holds(throughout: range.enclosure.re)
      ? RelationVerdict(
        status: .certified,
        detail: "enclosure of the difference over the box, in \(range.pieces) pieces")
      : verdict
  }

  /// Equality of multisets: of the monic polynomials whose roots they are.
  private func decideMultisets(
    _ left: [Value.Eigenvalue], _ right: [Value.Eigenvalue], _ claim: ClaimDefinition
  ) -> RelationVerdict {
    func substituted(
      _ list: [Value.Eigenvalue], _ table: [Symbol: Expression]
    ) -> [Value.Eigenvalue] {
      list.map { .init(value: $0.value.substituting(table), multiplicity: $0.multiplicity) }
    }
    switch claim.place {
    case .points(let points):
      return .all(
        points.map { point in
          let table = point.mapValues { Expression.rational($0) }
          let verdict = decideMultisets(substituted(left, table), substituted(right, table))
          let prover = RelationProver(digits: digits)
          if verdict.status == .refuted,
            !claim.assumptions.allSatisfy({ prover.holdsExactly($0, at: point) })
          {
            return .undecided("the point is not known to satisfy the assumptions")
          }
          return verdict
        })
    case .domain where claim.assumptions.isEmpty: return decideMultisets(left, right)
    case .domain, .box:
      // Only a proof is looked for: points outside the assumptions or the box refute nothing.
      let table = Slack.substitution(for: claim.assumptions)
      let verdict = decideMultisets(substituted(left, table), substituted(right, table))
      return verdict.status == .proved
        ? verdict : .undecided("the characteristic polynomials differ in normal form")
    }
  }

  private func decideMultisets(
    _ left: [Value.Eigenvalue], _ right: [Value.Eigenvalue]
  ) -> RelationVerdict {
    let counts = [left, right].map { $0.reduce(0) { $0 + $1.multiplicity } }
    guard counts[0] == counts[1] else {
      return RelationVerdict(
        status: .refuted, detail: "the sides have \(counts[0]) and \(counts[1]) elements",
        counterexample: Counterexample(
          point: [], left: "\(counts[0]) elements", right: "\(counts[1]) elements"))
    }
    let outcome = WorkBudget.limited(to: RelationProver(digits: digits).workLimit) {
      areEqual(left, right)
    }
    if outcome.isExhausted {
      return .undecided("limit: the characteristic polynomials are too large to compare")
    }
    if outcome.value {
      return RelationVerdict(
        status: .proved, detail: "equal characteristic polynomials in normal form")
    }
    // The polynomials differ at a generic point where the multisets do: one element of the left
    // side is then a root of the left polynomial and not of the right one.
    let symbols = (left + right).reduce(into: Set<Symbol>()) {
      $0.formUnion($1.value.freeSymbols)
    }.sorted { $0.precedes($1) }
    let prover = RelationProver(digits: digits)
    for point in SamplePoints(symbols, count: 20) {
      for item in left {
        var product = Expression.one
        for other in right { product = product * (item.value - other.value) }
        if prover.decide(product, .notEqual, .zero, at: point).status != .refuted,
          prover.decide(product, .notEqual, .zero, at: point).status != .undecided
        {
          let values = point.mapValues { Expression.rational($0) }
          return RelationVerdict(
            status: .refuted, detail: "an element of the left side is none of the right",
            counterexample: Counterexample(
              point: RelationProver.sorted(point),
              left: prover.text(item.value.substituting(values)), right: "no such element"))
        }
      }
    }
    return .undecided("the characteristic polynomials differ in normal form")
  }

  private func areEqual(_ left: [Value.Eigenvalue], _ right: [Value.Eigenvalue]) -> Bool {
    do {
      var normalizer = Normalizer()
      for item in left + right { _ = try normalizer.normalize(item.value) }
      func polynomial(_ items: [Value.Eigenvalue]) throws -> [Complex<RationalFunction>] {
        var coefficients: [Complex<RationalFunction>] = [.one]
        for item in items {
          let root = try normalizer.normalize(item.value)
          for _ in 0..<item.multiplicity {
            var next = [Complex<RationalFunction>.zero] + coefficients
            for index in coefficients.indices {
              next[index] = next[index] - (try normalizer.multiply(coefficients[index], root))
            }
            coefficients = next
          }
        }
        return try coefficients.map { try normalizer.reduced($0) }
      }
      return try polynomial(left) == polynomial(right)
    } catch {
      return false
    }
  }

  // MARK: Printed digits

  /// `value ≈ 0.092`: the printed digits are those of the value, rounded.
  private func approximately(
    _ left: Expression, _ right: Expression, text: String, _ claim: ClaimDefinition
  ) -> RelationVerdict {
    guard let printed = right.rationalValue, let unit = PrintedDecimal.unit(text) else {
      return .undecided("the right side of '≈' is a decimal number as printed")
    }
    guard claim.assumptions.isEmpty else {
      return .undecided("'≈' is decided at points; it takes no assumptions")
    }
    var points: [[Symbol: Rational]] = [[:]]
    if case .points(let list) = claim.place { points = list }
    let prover = RelationProver(digits: digits)
    let half = unit * (Rational("1/2") ?? 1)
    return .all(
      points.map { point in
        let value = left.substituting(point.mapValues { .rational($0) })
        guard value.freeSymbols.isEmpty else {
          return .undecided("the left side of '≈' still depends on parameters")
        }
        for (end, relation) in [
          (printed - half, SyntaxNode.Relation.greater), (printed + half, .less),
        ] {
          let side = prover.decide(value, relation, .rational(end), at: [:])
          if side.status == .undecided { return side }
          if side.status != .refuted { continue }
          // A tie is rounded to the even digit.
          let isTie = prover.decide(value, .equal, .rational(end), at: [:]).status == .proved
          let isEven = (try? printed / unit)?.numerator.isEven ?? false
          if isTie && isEven { continue }
          return RelationVerdict(
            status: .refuted, detail: "the digits differ",
            counterexample: Counterexample(
              point: RelationProver.sorted(point), left: prover.text(value), right: text))
        }
        return RelationVerdict(
          status: .certified, detail: "the value is \(prover.text(value))")
      })
  }

  // MARK: Cross-checks

  private func decide(_ check: CrosscheckDefinition) -> RelationVerdict {
    var symbols = Set<Symbol>()
    for element in check.value.rows.flatMap({ $0 }) { symbols.formUnion(element.freeSymbols) }
    // Parameters that cancel in the closed form still stand in the model. Of a driven model nothing cancels.
    if !check.roads.allSatisfy(\.isDriven) {
      for parameter in document.parameters { symbols.insert(parameter.symbol) }
    }
    let ordered = symbols.sorted { $0.precedes($1) }
    var worst = 0.0
    var roadNames = Set<String>()
    do {
      let tolerance = Real(Rational.tenth(power: check.digits), precision: 64)
      let prover = RelationProver(digits: digits)
      var left = check.points
      for point in SamplePoints(
        ordered, count: check.conditions.isEmpty ? check.points : 200 * check.points,
        seed: UInt64(check.seed.magnitude), within: check.ranges)
      where left > 0 && check.conditions.allSatisfy({ prover.holdsExactly($0, at: point) }) {
        left -= 1
        let values = point.mapValues { Expression.rational($0) }
        let expected = try check.value.rows.map { row in
          try row.map { element in
            let program = try Program([element.substituting(values)], inputs: [])
            return try program.enclose([Interval](), precision: 160)[0]
          }
        }
        for method in check.roads {
          roadNames.insert(method.rawValue)
          let road = NumericRoad(document: document, point: point, method: method)
          let found = try road.rows(of: check.syntax, value: check.value)
          for (a, b) in zip(expected.flatMap { $0 }, found.flatMap { $0 }) {
            let distance = Real.maximum(
              (a.re.midpoint - b.re).magnitude, (a.im.midpoint - b.im).magnitude)
            worst = max(worst, Double(distance))
            if !(distance <= tolerance) {
              return RelationVerdict(
                status: .refuted, detail: "the road '\(method.rawValue)' differs",
                counterexample: Counterexample(
                  point: RelationProver.sorted(point),
                  left: "\(Double(a.re.midpoint)) + \(Double(a.im.midpoint))*i",
                  right: "\(Double(b.re)) + \(Double(b.im))*i"))
            }
          }
        }
      }
      if left > 0 {
        return .undecided(
          "only \(check.points - left) of \(check.points) points were found where it is defined")
      }
    } catch {
      return .undecided("\(error)")
    }
    let roads = check.roads.map(\.rawValue).joined(separator: ", ")
    return RelationVerdict(
      status: .agrees,
      detail: "\(check.points) points by \(roads); greatest difference \(worst.shortText), "
        + "seed \(check.seed)")
  }
}

extension SyntaxNode.Relation {
  /// Whether every difference of the sides in an enclosure satisfies the relation.
  func holds(throughout difference: Interval) -> Bool {
    let zero = Real(0)
    switch self {
    case .less: return difference.upper < zero
    case .lessOrEqual: return difference.upper <= zero
    case .greater: return difference.lower > zero
    case .greaterOrEqual: return difference.lower >= zero
    case .notEqual: return !difference.containsZero
    case .equal, .approximately: return false
    }
  }
}

extension Normalizer {
  /// A value over the present basis with every relation used.
  mutating func reduced(
    _ value: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    try multiply(value, .one)
  }
}

extension Rational {
  /// 10 to the power `-power`.
  static func tenth(power: Int) -> Rational {
    (try? Rational(1, Integer.powerOfTen(UInt(max(0, power))))) ?? 1
  }
}

extension Double {
  /// Two significant digits.
  fileprivate var shortText: String {
    guard self > 0, isFinite else { return "\(self)" }
    guard let exact = Rational(exactly: self) else { return "\(self)" }
    return Arbitrary.Decimal.digits(of: exact, significant: 2)
  }
}
