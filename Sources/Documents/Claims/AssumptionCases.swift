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
    for assumptions: [Assumption], lowering: Bool = false
  ) -> [[Symbol: Expression]] {
    let forms = linearForms(of: assumptions)
    let rewritten = assumptions.map { assumption in
      Assumption(
        left: simplified(assumption.left.substituting(forms)), relation: assumption.relation,
        right: simplified(assumption.right.substituting(forms)))
    }
    let tables = cases(of: forms.isEmpty ? assumptions : rewritten, lowering)
    if forms.isEmpty { return tables }
    return tables.map { table in
      forms.mapValues { simplified($0.substituting(table)) }.merging(table) { form, _ in form }
    }
  }

  private static func cases(
    of assumptions: [Assumption], _ lowering: Bool
  ) -> [[Symbol: Expression]] {
    signCases(of: assumptions).compactMap { table in
      let cased = assumptions.map { assumption in
        Assumption(
          left: simplified(assumption.left.substituting(table)), relation: assumption.relation,
          right: simplified(assumption.right.substituting(table)))
      }
      if cased.contains(where: isContradicted) { return nil }
      let slack = Slack.substitution(for: cased, lowering: lowering)
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

  /// Symbols written by what stands inside an absolute value with others: where an assumption has
  /// `abs(a + b - 2*c)`, `a` becomes `s - b + 2*c` with a real s, whose sign can then be split.
  ///
  /// The domain of `a` is lost, so that what is proved holds for more than is claimed.
  private static func linearForms(of assumptions: [Assumption]) -> [Symbol: Expression] {
    var table: [Symbol: Expression] = [:]
    for assumption in assumptions {
      for side in [assumption.left, assumption.right] {
        for argument in absoluteArguments(side) where !table.keys.contains(where: argument.contains)
        {
          guard let (symbol, value) = linearForm(argument, place: table.count) else { continue }
          table = table.mapValues { $0.substituting([symbol: value]) }
          table[symbol] = value
        }
      }
    }
    return table
  }

  private static func absoluteArguments(_ expression: Expression) -> [Expression] {
    if case .function(.abs, let items) = expression.kind { return items }
    return expression.operands.flatMap(absoluteArguments)
  }

  /// A symbol of a linear form in several real symbols, and its value by that of the form.
  private static func linearForm(
    _ argument: Expression, place: Int
  ) -> (symbol: Symbol, value: Expression)? {
    guard argument.freeSymbols.count > 1, argument.freeSymbols.allSatisfy(\.domain.isReal),
      let form = try? NormalForm(argument), form.value.im.isZero,
      form.basis.generators.count == argument.freeSymbols.count,
      let divisor = form.value.re.denominator.constantValue, !divisor.isZero
    else { return nil }
    let numerator = form.value.re.numerator
    guard numerator.totalDegree == 1 else { return nil }
    for symbol in argument.freeSymbols.sorted(by: { $0.precedes($1) }) {
      guard let index = form.basis.index(of: .symbol(symbol)) else { continue }
      let parts = numerator.coefficients(in: index)
      guard parts.count == 2, let lead = parts[1].constantValue,
        let slope = try? Rational(lead) / Rational(divisor), !slope.isZero,
        let rest = try? RationalFunction(parts[0], form.value.re.denominator)
      else { continue }
      // A name with a space, which no document can declare.
      let size = Symbol("form \(place)", .real).expression
      return (symbol, (size - form.basis.expression(rest)) / .rational(slope))
    }
    return nil
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
