import Exact

extension Arrangement {
  /// The terms of a node as a sum.
  func terms(of place: Int) -> [Term] {
    if case .sum(let terms) = nodes[place] { return terms }
    return [Term(coefficient: 1, node: place)]
  }

  mutating func add(_ a: Int, _ b: Int, _ sign: Rational) -> Int {
    sum(terms(of: a) + terms(of: b).map { Term(coefficient: $0.coefficient * sign, node: $0.node) })
  }

  /// A node as a number times a node whose coefficients are coprime integers, the first positive.
  mutating func split(_ place: Int) -> (content: Rational, primitive: Int) {
    guard case .sum(let terms) = nodes[place] else { return (1, place) }
    guard let first = terms.first else { return (0, place) }
    if terms.count == 1 { return (first.coefficient, first.node) }
    var numerator = Integer(0)
    var denominator = Integer(1)
    for term in terms {
      numerator = Integer.gcd(numerator, term.coefficient.numerator)
      denominator = Integer.lcm(denominator, term.coefficient.denominator)
    }
    guard let size = try? Rational(numerator, denominator) else { return (1, place) }
    let content = first.coefficient.isNegative ? -size : size
    if content == 1 { return (1, place) }
    let primitive = terms.map {
      Term(coefficient: (try? $0.coefficient / content) ?? $0.coefficient, node: $0.node)
    }
    return (content, intern(.sum(primitive)))
  }

  /// A node as ± a power of two times a node, where more of its coefficients are ±1 then than the one
  /// scaling in front costs, and with a positive first coefficient; a multiple of one node with all of
  /// its coefficient in front.
  mutating func splitDyadic(_ place: Int) -> (content: Rational, primitive: Int) {
    guard case .sum(let terms) = nodes[place], terms.count > 1, let first = terms.first else {
      return split(place)
    }
    var content: Rational = first.coefficient.isNegative ? -1 : 1
    let size = first.coefficient.magnitude
    if size != 1, size.isDyadicPower {
      let drawn = terms.count { $0.coefficient.magnitude == size }
      let unit = terms.count { $0.coefficient.magnitude == 1 }
      if drawn > unit + 1 { content *= size }
    }
    if content == 1 { return (1, place) }
    let primitive = terms.map {
      Term(coefficient: (try? $0.coefficient / content) ?? $0.coefficient, node: $0.node)
    }
    return (content, intern(.sum(primitive)))
  }

  /// The sum of terms, those of equal nodes together, with the factors that all have in common drawn out.
  mutating func sum(_ terms: [Term]) -> Int {
    var order: [Int] = []
    var coefficients: [Int: Rational] = [:]
    for term in terms {
      // A sum of one term is a multiple of its node.
      let inner = self.terms(of: term.node)
      let flat =
        inner.count == 1 || term.coefficient == 1 || term.coefficient == -1
        ? inner : [Term(coefficient: 1, node: term.node)]
      for part in flat {
        if coefficients[part.node] == nil { order.append(part.node) }
        coefficients[part.node, default: 0] += part.coefficient * term.coefficient
      }
    }
    let collected = order.compactMap { node -> Term? in
      guard let coefficient = coefficients[node] else { return nil }
      // What cancels must have a value all the same.
      if coefficient.isZero, isTotal(node) { return nil }
      return Term(coefficient: coefficient, node: node)
    }
    if collected.count == 1, collected[0].coefficient == 1 { return collected[0].node }
    if collected.count < 2 { return intern(.sum(collected)) }
    return factored(collected)
  }

  /// Factors of a node as a product; none for 1.
  func factors(of place: Int) -> [Factor] {
    if case .product(let factors, let guards) = nodes[place], guards.isEmpty { return factors }
    return [Factor(node: place, exponent: 1)]
  }

  /// Draws common factors out of a sum, again and again the one that most terms have.
  private mutating func factored(_ terms: [Term]) -> Int {
    let split = terms.map { factors(of: $0.node) }
    var counts: [Factor: Int] = [:]
    var order: [Factor] = []
    for factors in split {
      for factor in factors {
        let unit = Factor(node: factor.node, exponent: factor.exponent.signum())
        if counts[unit] == nil { order.append(unit) }
        counts[unit, default: 0] += 1
      }
    }
    guard
      let best = order.max(by: { (counts[$0] ?? 0) < (counts[$1] ?? 0) }),
      let count = counts[best], count > 1
    else { return intern(.sum(terms)) }
    var inside: [Term] = []
    var outside: [Term] = []
    for (term, factors) in zip(terms, split) {
      if let index = factors.firstIndex(where: {
        $0.node == best.node && $0.exponent.signum() == best.exponent
      }) {
        var rest = factors
        rest[index].exponent -= best.exponent
        inside.append(Term(coefficient: term.coefficient, node: product(rest)))
      } else {
        outside.append(term)
      }
    }
    let (content, primitive) = splitDyadic(sum(inside))
    let drawn = product([best, Factor(node: primitive, exponent: 1)])
    let merged = Term(coefficient: content, node: drawn)
    if outside.isEmpty { return sum([merged]) }
    return sum(outside + [merged])
  }
}

extension Rational {
  /// Whether it is a power of two or one over such.
  fileprivate var isDyadicPower: Bool {
    let (p, q) = (numerator, denominator)
    return p.signum > 0 && p.trailingZeroBitCount == p.bitWidth - 1
      && q.trailingZeroBitCount == q.bitWidth - 1
  }
}
