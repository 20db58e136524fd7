import Algebra
import Exact
import Symbolic

/// Turns assumptions such as `g <= gamma` into substitutions such as `gamma = g + u` with u ≥ 0.
///
/// Every point that satisfies the assumptions is reached by the substitution, so what is proved after
/// it holds under them. Assumptions that cannot be brought to this form are not used: the proof is
/// then attempted without them, which is sound and may fail.
enum Slack {
  /// - Parameter lowering: whether a parameter may also be bounded from above, `x = rest - u`, where no other
  ///   can be bounded from below. What its domain says of it is lost then.
  static func substitution(
    for assumptions: [Assumption], lowering: Bool = false
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
      let rising = linear(gap, where: { $0 > 0 })
      let falling = lowering && rising == nil ? linear(gap, where: { $0 < 0 }) : nil
      guard let (symbol, slope, rest) = rising ?? falling else { continue }
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
  ///
  /// The normal form has to be linear: that the derivative is constant is not enough, as `x + sign(x)`
  /// jumps where it has none.
  private static func linear(
    _ gap: Expression, where isWanted: (Rational) -> Bool
  ) -> (Symbol, Rational, Expression)? {
    guard let form = try? NormalForm(gap), form.value.im.isZero else { return nil }
    let (value, basis) = (form.value.re, form.basis)
    guard let divisor = value.denominator.constantValue, !divisor.isZero else { return nil }
    let occurring = value.numerator.occurringVariables
    for symbol in gap.freeSymbols.sorted(by: { $0.precedes($1) }) {
      guard symbol.domain.isReal, let index = basis.index(of: .symbol(symbol)),
        !occurring.contains(where: { other in
          other != index && basis.generators[other].kernel.expression.contains(symbol)
        })
      else { continue }
      let parts = value.numerator.coefficients(in: index)
      guard parts.count == 2, let lead = parts[1].constantValue,
        let slope = try? Rational(lead) / Rational(divisor), isWanted(slope),
        let rest = try? RationalFunction(parts[0], value.denominator)
      else { continue }
      return (symbol, slope, basis.expression(rest))
    }
    return nil
  }
}
