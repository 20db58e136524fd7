import Arbitrary
import Certified
import Exact
import Symbolic

extension Document {
  /// A point from names and values.
  ///
  /// - Throws: ``DocumentError/unknown(what:name:known:)``, or ``DocumentError/question(_:hint:)``
  ///   for a value outside its parameter's domain.
  public func point(_ values: [String: Rational]) throws(DocumentError) -> [Symbol: Rational] {
    var point: [Symbol: Rational] = [:]
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      guard let symbol = parameter(named: name)?.symbol else {
        throw .unknown(what: "parameter", name: name, known: parameters.map(\.symbol.name))
      }
      guard symbol.domain.contains(value) else {
        throw .question(
          "\(name) = \(value) is outside the domain of '\(name)' (\(symbol.domain))", hint: nil)
      }
      point[symbol] = value
    }
    return point
  }

  /// Where the value of a name is defined.
  public func conditions(of name: String) -> [Assumption] {
    definitions.last { $0.name == name }?.conditions ?? []
  }

  /// What a table of values of the name has to satisfy; nil where it is defined everywhere.
  ///
  /// - Parameter at: the values that are the same for all rows.
  public func pointDomain(of name: String, at fixed: [Symbol: Rational]) -> PointDomain? {
    let conditions = conditions(of: name)
    if conditions.isEmpty { return nil }
    let symbols = conditions.reduce(into: Set<Symbol>()) { $0.formUnion($1.freeSymbols) }
      .subtracting(fixed.keys).sorted { $0.precedes($1) }
    return PointDomain(symbols) { (point) throws(CertifiedError) in
      do throws(DocumentError) {
        try requireDefined(name, at: point.merging(fixed) { own, _ in own })
      } catch {
        throw .notDefined(error.description)
      }
    }
  }

  /// - Throws: ``DocumentError/question(_:hint:)`` where the name is not proved to be defined
  ///   everywhere in a box of parameters.
  public func requireDefined(
    _ name: String, over box: [Symbol: Interval]
  ) throws(DocumentError) {
    for condition in conditions(of: name) {
      let missing = condition.freeSymbols.filter { box[$0] == nil }.map(\.name).sorted()
      guard missing.isEmpty else {
        throw .question("no value is given for " + missing.joined(separator: ", "), hint: nil)
      }
      guard
        let range = try? RangeEnclosure(of: condition.left - condition.right, over: box),
        !range.hasGaps, range.enclosure.im.isZero,
        condition.relation.holds(throughout: range.enclosure.re)
      else {
        throw .question(
          "the range is not known to lie in the domain of '\(name)', which is defined where "
            + condition.text, hint: "take a smaller range")
      }
    }
  }

  /// - Throws: ``DocumentError/question(_:hint:)`` where the name is not defined at the point,
  ///   ``DocumentError/stopped(_:)`` where that cannot be decided.
  func requireDefined(_ name: String, at point: [Symbol: Rational]) throws(DocumentError) {
    let conditions = conditions(of: name)
    let missing = conditions.reduce(into: Set<Symbol>()) { $0.formUnion($1.freeSymbols) }
      .filter { point[$0] == nil }.map(\.name).sorted()
    guard missing.isEmpty else {
      throw .question(
        "no value is given for " + missing.joined(separator: ", "),
        hint: "add it to the point: --at " + missing.map { "\($0)=…" }.joined(separator: ","))
    }
    let prover = RelationProver(digits: 6)
    for condition in conditions {
      let verdict = prover.decide(
        condition.left, condition.relation, condition.right, at: point)
      switch verdict.status {
      case .proved, .certified, .agrees: continue
      case .refuted:
        let sides = verdict.counterexample.map { " (the sides are \($0.left) and \($0.right))" }
        throw .question(
          "the point is outside the domain of '\(name)', which is defined where "
            + condition.text + (sides ?? ""), hint: nil)
      case .undecided:
        throw .stopped(
          "it is not decided whether the point lies in the domain of '\(name)', which is defined where "
            + condition.text + ": " + verdict.detail)
      }
    }
  }

  /// The parameters of a point in which neither the value of a name nor where it is defined depends, as
  /// those that a `with` has bound.
  public func parametersWithoutInfluence(
    on name: String, among point: [Symbol: Rational]
  ) -> [Symbol] {
    guard let value = value(named: name) else { return [] }
    var used = value.rows.joined().reduce(into: Set<Symbol>()) { $0.formUnion($1.freeSymbols) }
    for condition in conditions(of: name) { used.formUnion(condition.freeSymbols) }
    return point.keys.filter { !used.contains($0) }.sorted { $0.precedes($1) }
  }

  /// The values of a name at a point, row by row; a scalar is one row of one.
  ///
  /// - Throws: ``DocumentError``: an unknown name, a missing parameter, a point where the value is not
  ///   defined, or digits that the precision limit does not reach.
  public func evaluate(
    _ name: String, at point: [Symbol: Rational], digits: Int
  ) throws(DocumentError) -> [[PointValue]] {
    guard let value = value(named: name) else {
      if thresholds.contains(where: { $0.id == name }) {
        throw .question("'\(name)' is a threshold", hint: "find its values with 'solve'")
      }
      throw .unknown(what: "value", name: name, known: definedNames)
    }
    if case .model = value {
      throw .question(
        "'\(name)' is a model and has no value", hint: "evaluate a steady state of it")
    }
    try requireDefined(name, at: point)
    let hook: PointEvaluator.ExactForm = { (try? NormalForm($0))?.expression }
    do throws(CertifiedError) {
      var rows: [[PointValue]] = []
      for row in value.rows {
        var cells: [PointValue] = []
        for cell in row { cells.append(try cell.value(at: point, digits: digits, exactForm: hook)) }
        rows.append(cells)
      }
      return rows
    } catch {
      switch error {
      case .undecided, .tooManyDigits: throw .stopped(error.description)
      case .missingParameters(let names):
        throw .question(
          "\(error.description)",
          hint: "add it to the point: --at " + names.map { "\($0)=…" }.joined(separator: ","))
      default: throw .question(error.description, hint: nil)
      }
    }
  }
}
