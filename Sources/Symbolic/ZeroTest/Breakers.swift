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

  /// The resultant with the relation of one generator: the product over its conjugates, up to powers
  /// of leading coefficients. Every zero of the polynomial is a zero of it.
  private static func eliminated(
    _ polynomial: Polynomial, _ index: Int, _ relation: KernelBasis.Relation, _ basis: KernelBasis,
    _ limits: ZeroTest.Limits
  ) throws(ArithmeticError) -> Polynomial {
    let parts = polynomial.coefficients(in: index)
    guard relation.isPure, parts.count <= relation.degree else {
      throw .limit("the norm of a radical")
    }
    let value = try basis.lift(relation.value)
    let degree = relation.degree
    let zero = Polynomial(0, ring: basis.ring)
    // The matrix of multiplication by the polynomial on 1, t, …, t^(d-1).
    var rows: [[Polynomial]] = []
    for shift in 0..<degree {
      var row = [Polynomial](repeating: zero, count: degree)
      for (place, part) in parts.enumerated() {
        let target = place + shift
        row[target % degree] =
          target < degree ? part : try basis.product(part, value)
      }
      rows.append(row)
    }
    let norm = try determinant(rows, basis)
    if norm.termCount > limits.terms { throw .limit("a norm of \(norm.termCount) terms") }
    return try basis.reduce(norm)
  }

  /// The determinant by fraction-free elimination (Bareiss 1968).
  private static func determinant(
    _ rows: [[Polynomial]], _ basis: KernelBasis
  ) throws(ArithmeticError) -> Polynomial {
    var matrix = rows
    var previous = Polynomial(1, ring: basis.ring)
    let zero = Polynomial(0, ring: basis.ring)
    var isNegative = false
    for step in matrix.indices.dropLast() {
      guard let pivot = matrix.indices.dropFirst(step).first(where: {
        !matrix[$0][step].isZero
      }) else { return zero }
      if pivot != step {
        matrix.swapAt(pivot, step)
        isNegative.toggle()
      }
      for row in matrix.indices.dropFirst(step + 1) {
        for column in matrix.indices.dropFirst(step + 1) {
          let cross =
            try basis.product(matrix[step][step], matrix[row][column])
            - (try basis.product(matrix[row][step], matrix[step][column]))
          guard let quotient = cross.divided(by: previous) else {
            throw .limit("an elimination")
          }
          matrix[row][column] = quotient
        }
      }
      previous = matrix[step][step]
    }
    let last = matrix.last?.last ?? Polynomial(1, ring: basis.ring)
    return isNegative ? -last : last
  }
}
