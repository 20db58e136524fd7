import Algebra
import Arbitrary
import Exact
import Symbolic

extension ValueReader {
  /// The same value in another form: simplify, factor, partial_fractions.
  func rewritten(
    _ name: SyntaxNode.Name, _ nodes: [SyntaxNode], _ node: SyntaxNode
  ) throws(Diagnostic) -> Expression {
    try count(nodes, name.text == "partial_fractions" ? 2 : 1, name)
    let body = try formula(nodes[0])
    if name.text == "simplify" { return body.simplified() }
    let form: NormalForm
    do throws(ArithmeticError) {
      form = try NormalForm(body)
      guard form.value.im.isZero else { throw .domain("it is not a real formula") }
      if name.text == "factor" { return try form.factored }
      let variable = try parameterIndex(nodes[1], in: form)
      return try form.partialFractions(in: variable)
    } catch {
      throw unanswered(error.description, node)
    }
  }

  private func parameterIndex(
    _ node: SyntaxNode, in form: NormalForm
  ) throws(ArithmeticError) -> Int {
    let symbol: Symbol
    do throws(Diagnostic) { symbol = try parameter(node) } catch { throw .domain(error.message) }
    guard let index = form.basis.index(of: .symbol(symbol)) else {
      throw .domain("it does not depend on \(symbol.name)")
    }
    let isAlone = form.basis.generators.enumerated().allSatisfy { place, generator in
      place == index || !generator.kernel.expression.contains(symbol)
    }
    guard isAlone else { throw .domain("it is no rational function of \(symbol.name)") }
    return index
  }
}

extension NormalForm {
  /// The real part as a quotient of products of irreducible polynomials in the kernels.
  fileprivate var factored: Expression {
    get throws(ArithmeticError) {
      let top = try basis.product(of: try value.re.numerator.factorization())
      if value.re.denominator.isOne { return top }
      return top / (try basis.product(of: try value.re.denominator.factorization()))
    }
  }

  /// The real part as a polynomial and proper fractions with powers of irreducible denominators.
  fileprivate func partialFractions(in variable: Int) throws(ArithmeticError) -> Expression {
    let parts = try value.re.partialFractions(in: variable)
    let x = basis.generators[variable].kernel.expression
    func polynomial(_ coefficients: [RationalFunction]) throws(ArithmeticError) -> Expression {
      var terms: [Expression] = []
      for (degree, coefficient) in coefficients.enumerated().reversed()
      where !coefficient.isZero {
        let factor = basis.expression(try basis.lift(coefficient))
        terms.append(degree == 0 ? factor : factor * x.power(degree))
      }
      return .sum(terms)
    }
    var terms = parts.polynomialPart.isEmpty ? [] : [try polynomial(parts.polynomialPart)]
    for part in parts.parts {
      let denominator = basis.expression(try basis.lift(RationalFunction(part.denominator)))
      terms.append(try polynomial(part.numerator) / denominator.power(part.power))
    }
    return .sum(terms)
  }
}

extension KernelBasis {
  fileprivate func product(
    of factors: PolynomialFactorization
  ) throws(ArithmeticError) -> Expression {
    var items: [Expression] = []
    if !factors.content.isOne { items.append(.rational(Rational(factors.content))) }
    for factor in factors.factors {
      let base = expression(try lift(RationalFunction(factor.polynomial)))
      items.append(base.power(factor.multiplicity))
    }
    return .product(items)
  }
}
