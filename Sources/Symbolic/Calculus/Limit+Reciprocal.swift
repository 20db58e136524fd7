import Exact

extension Limit {
  /// ±∞ for a product with a factor exp(u), u → ∞, where the product of the reciprocals tends to 0
  /// and the sign of every factor is proved; nil where this shows nothing.
  static func reciprocal(_ f: Expression, _ expansion: SeriesExpansion) -> Expression? {
    let factors: [Expression] =
      if case .product(let factors) = f.kind { factors } else { [f] }
    var inverses: [Expression] = []
    var isNegative = false
    for factor in factors {
      if case .function(.exp, let arguments) = factor.kind {
        var trial = expansion
        // exp of something real is positive.
        guard let argument = try? trial.expand(arguments[0]), argument.isReal else { return nil }
        inverses.append(exp(-arguments[0]))
        continue
      }
      var trial = expansion
      guard let series = try? trial.expand(factor), let lead = series.terms.first,
        series.isReal, let sign = trial.arithmetic.eventualSign(lead.coefficient), sign.isNonzero
      else { return nil }
      if sign == .negative { isNegative.toggle() }
      inverses.append(factor.power(-1))
    }
    var trial = expansion
    guard let series = try? trial.expand(.product(inverses)) else { return nil }
    if let valuation = series.valuation, valuation.signum <= 0 { return nil }
    return isNegative ? -.infinity : .infinity
  }
}
