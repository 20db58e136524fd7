import Symbolic

extension Quadrature {
  /// The integral where symbols other than its variable stand for formulas.
  public func substituting(_ table: [Symbol: Expression]) -> Quadrature {
    let others = table.filter { $0.key != variable }
    return Quadrature(
      integrand.substituting(others), over: variable, from: from.substituting(others),
      to: to.substituting(others), principalValuesAt: poles.map { $0.substituting(others) })
  }
}
