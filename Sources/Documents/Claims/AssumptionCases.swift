import Algebra
import Exact
import Symbolic

/// Splits the domain of a claim by the signs of the parameters that its assumptions leave open.
///
/// `S*kappa > 0` and `abs(S) > 2*abs(kappa)` say nothing linear about `S`; where S > 0 and κ > 0 they
/// say `S > 2*kappa`, where both are negative `-S > -2*kappa`, and elsewhere they do not hold. The cases
/// cover the domain, so that what is proved in each of them holds on all of it.
enum AssumptionCases {
  /// With more parameters of open sign than this there would be too many cases: 3ⁿ.
  static let symbolLimit = 3

  /// Substitutions that together reach every point that satisfies the assumptions: parameters of open
  /// sign are written as x, -x and 0 with a positive x, cases that contradict an assumption are left
  /// out, and ``Slack`` uses what is linear then.
  ///
  /// Without anything to split there is one case. An empty list says that nothing satisfies the
  /// assumptions.
  static func substitutions(
    for assumptions: [Assumption]
  ) -> [[Symbol: Expression]] {
    signCases(of: assumptions).compactMap { table in
      let cased = assumptions.map { assumption in
        Assumption(
          left: simplified(assumption.left.substituting(table)), relation: assumption.relation,
          right: simplified(assumption.right.substituting(table)))
      }
      if cased.contains(where: isContradicted) { return nil }
      let slack = Slack.substitution(for: cased)
      return table.mapValues { $0.substituting(slack) }.merging(slack) { split, _ in split }
    }
  }

  private static func signCases(
    of assumptions: [Assumption]
  ) -> [[Symbol: Expression]] {
    var open = Set<Symbol>()
    for assumption in assumptions {
      let symbols = assumption.left.freeSymbols.union(assumption.right.freeSymbols)
      open.formUnion(symbols.filter { $0.domain.isReal && SignFact($0.domain) == nil })
    }
    guard open.count <= symbolLimit else { return [[:]] }
    var cases: [[Symbol: Expression]] = [[:]]
    for symbol in open.sorted(by: { $0.precedes($1) }) {
      // A name with a space, which no document can declare.
      let magnitude = Symbol("size of \(symbol.name)", .positive).expression
      cases = cases.flatMap { table in
        [magnitude, -magnitude, .zero].map { value in
          table.merging([symbol: value]) { _, new in new }
        }
      }
    }
    return cases
  }

  private static func simplified(_ expression: Expression) -> Expression {
    (try? NormalForm(expression))?.expression ?? expression
  }

  /// Whether the assumption is proved to hold nowhere.
  private static func isContradicted(_ assumption: Assumption) -> Bool {
    guard let form = try? NormalForm(assumption.left - assumption.right), form.value.im.isZero,
      let sign = SignProver(form.basis).sign(of: form.value.re)
    else { return false }
    switch assumption.relation {
    case .less: return sign.isNonnegative
    case .lessOrEqual: return sign == .positive
    case .greater: return sign.isNonpositive
    case .greaterOrEqual: return sign == .negative
    case .equal: return sign.isNonzero
    case .notEqual: return sign == .zero
    case .approximately: return false
    }
  }
}
