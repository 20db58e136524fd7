import Exact

extension Arrangement {
  /// The product of powers, flattened, with divisors that cancel kept as guards and numbers in front.
  ///
  /// - Parameter keepsGuards: false where the caller guards what cancels.
  mutating func product(_ factors: [Factor], keepsGuards: Bool = true) -> Int {
    var coefficient: Rational = 1
    var exponents: [Int: Int] = [:]
    var divisors: Set<Int> = []
    var order: [Int] = []
    var guards: [Int] = []

    func note(_ node: Int, _ exponent: Int) {
      if exponents[node] == nil { order.append(node) }
      exponents[node, default: 0] += exponent
      if exponent < 0 { divisors.insert(node) }
    }

    var pending = Array(factors.reversed())
    while let factor = pending.popLast() {
      if factor.exponent == 0 { continue }
      switch nodes[factor.node] {
      case .product(let inner, let innerGuards):
        guards += innerGuards
        for part in inner {
          note(part.node, part.exponent * factor.exponent)
        }
        if factor.exponent < 0 {
          // One over a quotient: what it divides by must not be zero, nor what divided it.
          for part in inner where part.exponent < 0 { divisors.insert(part.node) }
        }
      case .sum(let terms) where terms.isEmpty:
        // Zero times a product that has a value is zero; times one that may have none, it is kept.
        if factors.allSatisfy({ isTotal($0.node) && ($0.exponent > 0 || isNonzero($0.node)) }) {
          return intern(.sum([]))
        }
        note(factor.node, factor.exponent)
      case .sum(let terms):
        let (content, primitive) = splitDyadic(factor.node)
        if content != 1, factor.exponent.magnitude <= 64,
          let power = content.power(factor.exponent)
        {
          coefficient *= power
          if terms.count == 1 {
            pending.append(Factor(node: primitive, exponent: factor.exponent))
          } else {
            note(primitive, factor.exponent)
          }
        } else {
          note(factor.node, factor.exponent)
        }
      case .apply(.sqrt, let argument) where factor.exponent.magnitude > 1:
        // The square of a root is what is under it, real or not.
        let half = factor.exponent / 2
        pending.append(Factor(node: argument, exponent: half))
        if factor.exponent - 2 * half != 0 { note(factor.node, factor.exponent - 2 * half) }
      default: note(factor.node, factor.exponent)
      }
    }
    clearDenominators(&exponents, &order, &divisors, &guards)
    if keepsGuards {
      for node in order where divisors.contains(node) && exponents[node, default: 0] >= 0 {
        guards.append(node)
      }
    }
    let needed = Set(guards).filter {
      !(isNonzero($0) && isTotal($0)) && exponents[$0, default: 0] >= 0
    }.sorted()
    let flat = order.compactMap { node -> Factor? in
      guard let exponent = exponents[node], exponent != 0 else { return nil }
      return Factor(node: node, exponent: exponent)
    }.sorted { $0.node < $1.node }
    let node: Int
    if flat.count == 1, flat[0].exponent == 1, needed.isEmpty {
      node = flat[0].node
    } else {
      node = intern(.product(flat, guards: needed))
    }
    return coefficient == 1 ? node : sum([Term(coefficient: coefficient, node: node)])
  }

  /// Moves denominators out of sums that are divisors: 1/(a/d + b) = d/(a + bd).
  ///
  /// It is done where it saves a division: for the powers of one exponential, and for a sum of two
  /// fractions one of whose denominators divides the product already, as in (a/d)/(a/d - b/e).
  private mutating func clearDenominators(
    _ exponents: inout [Int: Int], _ order: inout [Int], _ divisors: inout Set<Int>,
    _ guards: inout [Int]
  ) {
    for node in order {
      guard let exponent = exponents[node], exponent < 0, case .sum(let terms) = nodes[node],
        terms.count > 1
      else { continue }
      // The greatest power of each denominator.
      var denominators: [Int: Int] = [:]
      var fractions = 0
      for term in terms {
        var isFraction = false
        for factor in factors(of: term.node) where factor.exponent < 0 {
          isFraction = true
          denominators[factor.node] = max(denominators[factor.node] ?? 0, -factor.exponent)
        }
        if isFraction { fractions += 1 }
      }
      let isExponential =
        denominators.count == 1 && denominators.keys.allSatisfy { isExponentialNode($0) }
      let isCancelling =
        denominators.count == 2 && terms.count == 2 && fractions == 2
        && denominators.keys.contains { exponents[$0, default: 0] < 0 }
      guard isExponential || isCancelling else { continue }
      let cleared = sum(
        terms.map { term in
          let raised =
            factors(of: term.node)
            + denominators.map { Factor(node: $0, exponent: $1) }
            .sorted { $0.node < $1.node }
          return Term(coefficient: term.coefficient, node: product(raised, keepsGuards: false))
        })
      // What replaces it divides as it did, and is zero where it was.
      exponents[node] = 0
      divisors.remove(node)
      let parts = factors(of: cleared)
      for part in parts {
        if exponents[part.node] == nil { order.append(part.node) }
        exponents[part.node, default: 0] += part.exponent * exponent
        divisors.insert(part.node)
      }
      for (denominator, power) in denominators.sorted(by: { $0.key < $1.key }) {
        if exponents[denominator] == nil { order.append(denominator) }
        exponents[denominator, default: 0] -= power * exponent
        guards.append(denominator)
      }
    }
  }

  private func isExponentialNode(_ place: Int) -> Bool {
    if case .apply(.exp, _) = nodes[place] { true } else { false }
  }
}

extension Rational {
  /// The power; nil for a power of zero with a negative exponent.
  fileprivate func power(_ exponent: Int) -> Rational? {
    var result: Rational = 1
    for _ in 0..<exponent.magnitude { result = result * self }
    return exponent >= 0 ? result : try? 1 / result
  }
}
