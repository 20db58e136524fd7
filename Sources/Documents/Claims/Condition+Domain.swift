import Exact
import Symbolic

extension Condition {
  /// The condition together with where its names are defined, so that it holds nowhere else.
  ///
  /// What the given values decide is decided; what is proved over the whole range needs no more; the rest
  /// is taken into the condition by a minimum: `d > 0` where `c > 0` is `min(d, c) > 0`. A condition that is
  /// not strict becomes strict then at the ends of its domain, which changes no boundary.
  ///
  /// - Parameters:
  ///   - bindings: the values of all other parameters.
  ///   - ranges: the sought parameters and what they run through; nil for their domains.
  /// - Throws: ``DocumentError/question(_:hint:)`` where the values lie outside the domain.
  func whereDefined(
    _ bindings: [Symbol: Expression],
    seeking ranges: [(symbol: Symbol, range: (lower: Rational, upper: Rational)?)]
  ) throws(DocumentError) -> Condition {
    let open = try Self.open(conditions, of: text, bindings, seeking: ranges)
    if open.isEmpty { return self }
    var parts = [
      relation == .less || relation == .lessOrEqual ? -difference : difference
    ]
    for condition in open {
      switch condition.relation {
      case .greater, .greaterOrEqual: parts.append(condition.left - condition.right)
      case .less, .lessOrEqual: parts.append(condition.right - condition.left)
      // Away from single points an inequation excludes nothing.
      case .notEqual: continue
      case .equal, .approximately:
        throw .question(
          "'\(text)' is defined only where \(condition.text)",
          hint: "put in what follows from it, with 'with'")
      }
    }
    let isStrict = relation == .less || relation == .greater
    return Condition(
      difference: parts.count == 1 ? parts[0] : .minimum(parts),
      relation: isStrict ? .greater : .greaterOrEqual, text: text)
  }

  /// Those of some conditions, with the given values put in, that are not proved over the whole range.
  ///
  /// - Parameters:
  ///   - text: of what the conditions are.
  ///   - bindings: the values of all other parameters.
  ///   - ranges: the sought parameters and what they run through; nil for their domains.
  /// - Throws: ``DocumentError/question(_:hint:)`` where the values lie outside the domain.
  static func open(
    _ conditions: [Assumption], of text: String, _ bindings: [Symbol: Expression],
    seeking ranges: [(symbol: Symbol, range: (lower: Rational, upper: Rational)?)]
  ) throws(DocumentError) -> [Assumption] {
    if conditions.isEmpty { return [] }
    let prover = RelationProver(digits: 6)
    var narrowed: [Symbol: Expression] = [:]
    for (symbol, range) in ranges {
      guard let range,
        let domain = try? Domain.interval(
          symbol.domain.contains(range.lower) ? .closed(range.lower) : .open(range.lower),
          symbol.domain.contains(range.upper) ? .closed(range.upper) : .open(range.upper))
      else { continue }
      narrowed[symbol] = Symbol(symbol.name, domain).expression
    }
    let sought = ranges.map(\.symbol)
    var open: [Assumption] = []
    for condition in conditions {
      let given = condition.substituting(bindings)
      let missing = given.freeSymbols.subtracting(sought).map(\.name).sorted()
      guard missing.isEmpty else {
        throw .question(
          "no value is given for " + missing.joined(separator: ", "),
          hint: "add it: --at " + missing.map { "\($0)=…" }.joined(separator: ","))
      }
      let inside = given.substituting(narrowed)
      let verdict = prover.decide(inside.left, inside.relation, inside.right)
      if verdict.status == .proved || verdict.status == .certified { continue }
      if given.freeSymbols.isEmpty {
        let place = "where '\(text)' is defined: \(condition.text)"
        guard verdict.status == .refuted else {
          throw .stopped("it is not decided whether the values lie \(place)")
        }
        throw .question("the values do not lie \(place)", hint: nil)
      }
      open.append(given)
    }
    return open
  }
}
