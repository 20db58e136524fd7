import Algebra
import Arbitrary
import Exact

/// Where kernels may fail to be analytic.
///
/// A kernel is a tree of functions, each analytic off the zeros of one quantity made from its
/// argument: a root off the zeros of the radicand, a quotient off those of the divisor, log u off
/// u = 0 (for real u: it is log|u| or log|u| + iπ), arcsin u off u² = 1. Off the zeros of all these
/// *breakers* the kernel is analytic.
enum Breakers {
  /// The breakers of a generator; nil where a function in it has none that is known.
  static func of(_ generator: KernelBasis.Generator) -> [Expression]? {
    var result: [Expression] = []
    for part in generator.kernel.expression.postorder() where !part.freeSymbols.isEmpty {
      switch part.kind {
      case .rational, .imaginaryUnit, .constant, .symbol, .sum, .product: continue
      case .power(let base, let exponent):
        if let value = exponent.rationalValue, value.isInteger, value.signum >= 0 { continue }
        result.append(base)
      case .function(let function, let arguments):
        guard let x = arguments.first else { return nil }
        switch function {
        case .exp, .expm1, .sin, .cos, .sinh, .cosh, .tanh, .atan, .asinh, .besselj: continue
        case .sqrt, .cbrt, .log, .abs: result.append(x)
        case .log1p: result.append(1 + x)
        case .asin, .acos, .atanh: result.append(1 - x.power(2))
        default: return nil
        }
      case .procedure: return nil
      }
    }
    return result
  }

  /// Polynomials without square factors in the symbols, one of which vanishes wherever a breaker
  /// vanishes inside the domain; none where it vanishes nowhere.
  ///
  /// - Throws: ``ArithmeticError/limit(_:)`` where the zeros are not algebraic or too involved.
  static func polynomials(
    _ breaker: Expression, _ limits: ZeroTest.Limits
  ) throws(ArithmeticError) -> [Expression] {
    let form = try NormalForm(breaker)
    let basis = form.basis
    guard form.value.im.isZero else { throw .limit("\(breaker) is not known to be real") }
    let numerator = form.value.re.numerator
    let prover = SignProver(basis)
    if numerator.isConstant || prover.sign(of: numerator)?.isNonzero ?? false { return [] }
    if isThin(numerator, basis) { return [] }
    var norm = numerator
    for index in basis.generators.indices.reversed() where norm.degree(in: index) > 0 {
      guard let relation = basis.generators[index].relation else { continue }
      norm = try eliminated(norm, index, relation, basis, limits)
    }
    if norm.isZero { throw .limit("the zeros of \(breaker)") }
    let isAlgebraic = norm.occurringVariables.allSatisfy {
      if case .symbol = basis.generators[$0].kernel { true } else { false }
    }
    var result: [Expression] = []
    for (factor, _) in norm.squareFreeFactors() {
      if !isAlgebraic, prover.sign(of: factor)?.isNonzero ?? false { continue }
      guard isAlgebraic else { throw .limit("the zeros of \(breaker) are not algebraic") }
      result.append(basis.expression(factor))
    }
    return result
  }

  /// Whether the zeros are surely of codimension two at least: the polynomial is a sum of terms of one
  /// sign in radicals that are not negative, and the term without radicals, which has to vanish with
  /// it, keeps its sign in each of its factors.
  private static func isThin(_ polynomial: Polynomial, _ basis: KernelBasis) -> Bool {
    guard weakSign(polynomial, basis) != nil else { return false }
    var free = polynomial
    while let index = free.occurringVariables.last(where: {
      basis.generators[$0].relation != nil
    }) {
      free = free.coefficients(in: index)[0]
    }
    if free.isZero { return false }
    return free.squareFreeFactors().allSatisfy { weakSign($0.factor, basis) != nil }
  }

  /// The sign up to zeros of a sum of terms of one sign.
  private static func weakSign(_ polynomial: Polynomial, _ basis: KernelBasis) -> SignFact? {
    if polynomial.isZero { return .zero }
    guard
      let index = polynomial.occurringVariables.last(where: {
        basis.generators[$0].relation != nil
      })
    else {
      if let sign = SignProver(basis).sign(of: polynomial) { return sign }
      var product = SignFact(signum: polynomial.leadingCoefficient.signum)
      for (factor, multiplicity) in polynomial.squareFreeFactors() {
        let sign = try? DefiniteSign.sign(
          of: factor,
          { place in
            if case .symbol(let symbol) = basis.generators[place].kernel {
              symbol.domain
            } else {
              nil
            }
          }, degree: 12)
        if multiplicity % 2 == 0 {
          product = SignFact.product(product, .nonnegative)
        } else if let sign {
          product = SignFact.product(product, sign)
        } else {
          return nil
        }
      }
      return product
    }
    guard basis.generators[index].sign?.isNonnegative ?? false else { return nil }
    var total = SignFact.zero
    for part in polynomial.coefficients(in: index) {
      guard let sign = weakSign(part, basis), let sum = SignFact.sum(total, sign) else {
        return nil
      }
      total = sum
    }
    return total
  }

  /// Word operations for one norm, about.
  private static let eliminationLimit = 1_000_000_000

  /// The resultant with the relation of one generator, the product over its conjugates. Every zero of
  /// the polynomial is a zero of it.
  private static func eliminated(
    _ polynomial: Polynomial, _ index: Int, _ relation: KernelBasis.Relation, _ basis: KernelBasis,
    _ limits: ZeroTest.Limits
  ) throws(ArithmeticError) -> Polynomial {
    guard relation.isPure else { throw .limit("the norm of a radical") }
    let root = try Polynomial.variable(index, of: basis.ring).checkedPower(UInt(relation.degree))
    let norm = try Polynomial.resultant(
      root - basis.lift(relation.value), polynomial, in: index, limit: eliminationLimit)
    if norm.termCount > limits.terms { throw .limit("a norm of \(norm.termCount) terms") }
    return try basis.reduce(norm)
  }
}
