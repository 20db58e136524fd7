import Algebra
import Exact
import Symbolic

/// Turns assumptions such as `g <= gamma` into substitutions such as `gamma = g + u` with u ≥ 0.
///
/// Every point that satisfies the assumptions is reached by the substitution, so what is proved after
/// it holds under them. Assumptions that cannot be brought to this form are not used: the proof is
/// then attempted without them, which is sound and may fail.
enum Slack {
  static func substitution(
    for assumptions: [ClaimDefinition.Assumption]
  ) -> [Symbol: Expression] {
    var table: [Symbol: Expression] = [:]
    for (index, assumption) in assumptions.enumerated() {
      let isStrict: Bool
      var gap: Expression
      switch assumption.relation {
      case .less, .lessOrEqual:
        gap = assumption.right - assumption.left
        isStrict = assumption.relation == .less
      case .greater, .greaterOrEqual:
        gap = assumption.left - assumption.right
        isStrict = assumption.relation == .greater
      default: continue
      }
      gap = gap.substituting(table)
      guard let (symbol, slope, rest) = linear(gap) else { continue }
      // A name with a space, which no document can declare.
      let slack = Symbol("slack \(index)", isStrict ? .positive : .nonnegative)
      // slope·symbol + rest = slack.
      let value = (slack.expression - rest) / .rational(slope)
      table = table.mapValues { $0.substituting([symbol: value]) }
      table[symbol] = value
    }
    return table
  }

  /// A parameter in which the gap is linear with a positive rational slope, and the rest of the gap.
  /// Only a positive parameter without an upper end loses nothing that the slack does not give back.
  private static func linear(_ gap: Expression) -> (Symbol, Rational, Expression)? {
    for symbol in gap.freeSymbols.sorted(by: { $0.precedes($1) }) {
      guard symbol.domain.isReal, let slope = try? NormalForm(gap.derivative(by: symbol)),
        let value = slope.constantValue, value.im.isZero, value.re > 0
      else { continue }
      let rest = gap.substituting([symbol: .zero])
      guard let form = try? NormalForm(rest) else { continue }
      return (symbol, value.re, form.expression)
    }
    return nil
  }
}
