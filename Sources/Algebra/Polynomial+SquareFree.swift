extension Polynomial {
  /// The factors of `self = content · Π factor^multiplicity`: primitive, square-free, pairwise
  /// coprime, each with a positive leading coefficient (up to the sign in the content).
  ///
  /// - Source: Musser 1971, variable by variable.
  public func squareFreeFactors() -> [(factor: Polynomial, multiplicity: Int)] {
    var result: [(factor: Polynomial, multiplicity: Int)] = []
    collectSquareFree(primitivePart, times: 1, into: &result)
    return result
  }

  private func collectSquareFree(
    _ f: Polynomial, times: Int, into result: inout [(factor: Polynomial, multiplicity: Int)]
  ) {
    guard let variable = f.occurringVariables.first else { return }
    let content = Polynomial.gcd(f.coefficients(in: variable), with: Polynomial(0, ring: f.ring))
    collectSquareFree(content, times: times, into: &result)
    let p = f.exactQuotient(by: content)
    var common = Polynomial.gcd(p, p.derivative(in: variable))
    var base = p.exactQuotient(by: common)
    var multiplicity = 1
    while !base.isConstant {
      let next = Polynomial.gcd(base, common)
      let factor = base.exactQuotient(by: next).primitivePart
      if !factor.isConstant { result.append((factor, multiplicity * times)) }
      common = common.exactQuotient(by: next)
      base = next
      multiplicity += 1
    }
  }
}
