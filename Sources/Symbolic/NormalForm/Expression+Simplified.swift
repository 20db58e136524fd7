import Algebra
import Arbitrary
import Exact

extension Expression {
  /// A form of the same value with as few parts as this library finds: the expression itself, its
  /// normal form, or that with its polynomials written as products of powers.
  ///
  /// Only proved identities are used, so that the result agrees with the expression wherever that is
  /// defined, for symbols in their domains. Where a limit is reached the expression itself returns.
  public func simplified() -> Expression {
    guard let form = try? NormalForm(self) else { return self }
    let candidates = [form.expression, form.factoredExpression]
    return candidates.reduce(self) { $1.treeSize < $0.treeSize ? $1 : $0 }
  }
}

extension NormalForm {
  /// The normal form with numerators and denominators as products of square-free powers.
  var factoredExpression: Expression {
    let re = factored(value.re)
    if value.im.isZero { return re }
    let im = .i * factored(value.im)
    return value.re.isZero ? im : re + im
  }

  private func factored(_ value: RationalFunction) -> Expression {
    if let constant = value.constantValue { return .rational(constant) }
    let top = factored(value.numerator)
    return value.denominator.isOne ? top : top / factored(value.denominator)
  }

  private func factored(_ polynomial: Polynomial) -> Expression {
    let unit = polynomial.leadingCoefficient.isNegative ? -polynomial.content : polynomial.content
    let factors = polynomial.squareFreeFactors()
    let product = factors.map { basis.expression($0.factor).power($0.multiplicity) }
    // A number before a sum of several terms is multiplied into it.
    if factors.count == 1, factors[0].multiplicity == 1 { return basis.expression(polynomial) }
    return .product(unit.isOne ? product : [.rational(Rational(unit))] + product)
  }
}
