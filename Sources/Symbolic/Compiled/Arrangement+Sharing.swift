import Exact

/// Pairs of operands that several products, or several sums, have in common become nodes of their own:
/// the most frequent pair first, until none is in two.
///
/// This is the greedy algorithm of code optimisation by common subexpressions among n-ary operations
/// (Breuer, CACM 12 (1969) 333).
extension Arrangement {
  /// Above so many operands in all, pairs are not sought: their number grows with the square of the
  /// lengths.
  private static let largestSize = 20_000

  mutating func sharePairs() {
    let live = reachable(outputs)
    guard live.reduce(0, { $0 + operands(of: $1).count }) <= Self.largestSize else { return }
    shareFactors(live)
    shareTerms(live)
  }

  private struct Pair<Element: Hashable>: Hashable {
    let first: Element
    let second: Element
  }

  private mutating func shareFactors(_ live: [Int]) {
    var products: [(place: Int, factors: [Factor])] = []
    for place in live {
      if case .product(let factors, _) = nodes[place], factors.count > 1 {
        products.append((place, factors))
      }
    }
    while true {
      var counts: [Pair<Factor>: Int] = [:]
      var order: [Pair<Factor>] = []
      for (_, factors) in products {
        for i in factors.indices {
          for j in factors.indices where j > i {
            let pair = Pair(first: factors[i], second: factors[j])
            if counts[pair] == nil { order.append(pair) }
            counts[pair, default: 0] += 1
          }
        }
      }
      guard let best = order.max(by: { (counts[$0] ?? 0) < (counts[$1] ?? 0) }),
        let count = counts[best], count > 1
      else { break }
      let shared = intern(.product([best.first, best.second], guards: []))
      for index in products.indices where products[index].place != shared {
        var factors = products[index].factors
        guard let i = factors.firstIndex(of: best.first),
          let j = factors.firstIndex(of: best.second)
        else { continue }
        factors.remove(at: max(i, j))
        factors.remove(at: min(i, j))
        // At the front, so that pairs are found in the same order in all products.
        factors.insert(Factor(node: shared, exponent: 1), at: 0)
        products[index].factors = factors
      }
    }
    for (place, factors) in products {
      guard case .product(_, let guards) = nodes[place] else { continue }
      arranged[place] = .product(factors, guards: guards)
    }
  }

  private mutating func shareTerms(_ live: [Int]) {
    var sums: [(place: Int, terms: [Term])] = []
    for place in live {
      if case .sum(let terms) = nodes[place], terms.count > 1 { sums.append((place, terms)) }
    }
    while true {
      var counts: [Pair<Term>: Int] = [:]
      var order: [Pair<Term>] = []
      for (_, terms) in sums {
        for i in terms.indices {
          for j in terms.indices where j != i {
            guard let pair = Self.pair(terms[i], terms[j]) else { continue }
            if counts[pair] == nil { order.append(pair) }
            counts[pair, default: 0] += 1
          }
        }
      }
      guard let best = order.max(by: { (counts[$0] ?? 0) < (counts[$1] ?? 0) }),
        let count = counts[best], count > 1
      else { break }
      let shared = intern(.sum([best.first, best.second]))
      for index in sums.indices where sums[index].place != shared {
        var terms = sums[index].terms
        guard let i = terms.firstIndex(where: { $0.node == best.first.node }),
          let j = terms.firstIndex(where: { $0.node == best.second.node }),
          Self.pair(terms[i], terms[j]) == best
        else { continue }
        let coefficient = terms[i].coefficient
        terms.remove(at: max(i, j))
        terms.remove(at: min(i, j))
        terms.insert(Term(coefficient: coefficient, node: shared), at: 0)
        sums[index].terms = terms
      }
    }
    for (place, terms) in sums { arranged[place] = .sum(terms) }
  }

  /// Two terms up to a common coefficient, in the order of their nodes.
  private static func pair(_ a: Term, _ b: Term) -> Pair<Term>? {
    guard a.node < b.node, let ratio = try? b.coefficient / a.coefficient else { return nil }
    return Pair(
      first: Term(coefficient: 1, node: a.node), second: Term(coefficient: ratio, node: b.node))
  }
}
