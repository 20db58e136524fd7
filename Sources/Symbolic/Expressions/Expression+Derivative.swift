import Exact

extension Expression {
  /// The derivative by a symbol, exactly.
  ///
  /// Where a real function has corners, the derivative is that of the pieces, and at the corner the
  /// mean of both sides, as `sign(0)` is 0:
  ///
  ///     abs(u)'    = sign(u) u'                         for u without anything complex in it
  ///                = re(conj(u) u') / abs(u)            otherwise, for a real symbol
  ///     max(u, v)' = (u' + v')/2 + sign(u - v) (u' - v')/2,  min with -, more arguments from the left
  ///     sign(u)'   = 0                                  away from the jump
  ///
  /// `re`, `im`, `conj` and `arg` have derivatives by symbols with real values only.
  ///
  /// - Returns: an expression equal to the derivative wherever both are defined; terms that are zero
  ///   because a part does not contain the symbol are left out, nothing else is simplified.
  /// - Throws: `SymbolicError.notDifferentiable` for a function that is not holomorphic, applied to
  ///   something that depends on a complex symbol; `SymbolicError.noDerivative` for `digamma`, whose
  ///   derivative is none of the functions here.
  /// - Complexity: O(number of distinct parts); a product of n factors gives O(n log n) parts.
  public func derivative(by symbol: Symbol) throws(SymbolicError) -> Expression {
    var differential = Differential(symbol: symbol)
    for part in postorder() { try differential.visit(part) }
    return differential.derivative(of: self) ?? .zero
  }

  /// The derivative of the given order (0 is the expression itself).
  ///
  /// - Throws: as `derivative(by:)`; ``SymbolicError/tooLarge(_:)`` where one of the derivatives before
  ///   the last has more than 20 000 different parts, since each order may multiply them.
  public func derivative(by symbol: Symbol, order: Int) throws(SymbolicError) -> Expression {
    var result = self
    for step in 0..<max(0, order) {
      if step > 0, result.postorder().count > 20_000 {
        throw .tooLarge("the derivative of order \(step)")
      }
      result = try result.derivative(by: symbol)
    }
    return result
  }
}

/// Derivatives of the parts of one expression, found from the inside out.
private struct Differential {
  let symbol: Symbol
  /// Only of parts that contain the symbol; the others' derivative is 0.
  private var derivatives: [ObjectIdentifier: Expression] = [:]
  /// The parts that may have values off the real line even where all symbols are real.
  private var complexParts: Set<ObjectIdentifier> = []

  init(symbol: Symbol) { self.symbol = symbol }

  /// Nil for a derivative that is identically zero.
  func derivative(of part: Expression) -> Expression? { derivatives[part.identity] }

  mutating func visit(_ part: Expression) throws(SymbolicError) {
    if mayBeComplex(part) { complexParts.insert(part.identity) }
    if let derivative = try differentiate(part), !derivative.isLiteralZero {
      derivatives[part.identity] = derivative
    }
  }

  private func differentiate(_ part: Expression) throws(SymbolicError) -> Expression? {
    switch part.kind {
    case .rational, .imaginaryUnit, .constant: return nil
    case .symbol(let other): return other == symbol ? .one : nil
    case .sum(let terms):
      let parts = terms.compactMap(derivative)
      return parts.isEmpty ? nil : .sum(parts)
    case .product(let factors): return product(factors[...]).derivative
    case .power(let base, let exponent): return power(part, base, exponent)
    case .function(let function, let arguments):
      guard arguments.contains(where: { derivative(of: $0) != nil }) else { return nil }
      if !function.isHolomorphic, !symbol.domain.isReal {
        throw .notDifferentiable(function: function, by: symbol)
      }
      return try self.function(part, function, arguments)
    case .procedure(let component, let arguments):
      guard arguments.contains(where: { derivative(of: $0) != nil }) else { return nil }
      throw .noFormula(component.name)
    }
  }

  /// The product rule by halves, `(u v)' = u' v + u v'`: both halves are shared by their terms, so
  /// that a long product does not give a term of full length for each factor.
  private func product(
    _ factors: ArraySlice<Expression>
  ) -> (value: Expression, derivative: Expression?) {
    if factors.count <= 4 {
      let terms = factors.indices.compactMap { index -> Expression? in
        guard let inner = derivative(of: factors[index]) else { return nil }
        var term = Array(factors)
        term[index - factors.startIndex] = inner
        return .product(term)
      }
      return (.product(Array(factors)), terms.isEmpty ? nil : .sum(terms))
    }
    let middle = factors.startIndex + factors.count / 2
    let left = product(factors[..<middle])
    let right = product(factors[middle...])
    let terms = [
      left.derivative.map { $0 * right.value }, right.derivative.map { left.value * $0 },
    ].compactMap { $0 }
    return (left.value * right.value, terms.isEmpty ? nil : .sum(terms))
  }

  private func power(
    _ whole: Expression, _ base: Expression, _ exponent: Expression
  ) -> Expression? {
    switch (derivative(of: base), derivative(of: exponent)) {
    case (nil, nil): return nil
    case (let inner?, nil):
      return .product([exponent, base.power(exponent - 1), inner])
    case (nil, let outer?): return .product([whole, log(base), outer])
    case (let inner?, let outer?):
      return .product([whole, .sum([outer * log(base), .product([exponent, inner]) / base])])
    }
  }

  private func function(
    _ whole: Expression, _ function: Function, _ arguments: [Expression]
  ) throws(SymbolicError) -> Expression? {
    let u = arguments[0]
    let inner = derivative(of: u) ?? .zero
    switch function {
    case .sqrt: return chain(1 / (2 * whole), inner)
    case .cbrt: return chain(1 / (3 * whole.power(2)), inner)
    case .exp: return chain(whole, inner)
    case .expm1: return chain(exp(u), inner)
    case .log: return chain(1 / u, inner)
    case .log1p: return chain(1 / (1 + u), inner)
    case .sin: return chain(cos(u), inner)
    case .cos: return -chain(sin(u), inner)
    case .tan: return chain(1 / cos(u).power(2), inner)
    case .asin: return chain(1 / sqrt(1 - u.power(2)), inner)
    case .acos: return -chain(1 / sqrt(1 - u.power(2)), inner)
    case .atan: return chain(1 / (1 + u.power(2)), inner)
    case .sinh: return chain(cosh(u), inner)
    case .cosh: return chain(sinh(u), inner)
    case .tanh: return chain(1 / cosh(u).power(2), inner)
    case .asinh: return chain(1 / sqrt(1 + u.power(2)), inner)
    // Two roots, not sqrt(u^2 - 1): the principal branch has its cut up to 1.
    case .acosh: return chain(1 / (sqrt(u - 1) * sqrt(u + 1)), inner)
    case .atanh: return chain(1 / (1 - u.power(2)), inner)
    case .atan2:
      // The angle of the point (x, y) = (v, u).
      let v = arguments[1]
      let turning = v * inner - u * (derivative(of: v) ?? .zero)
      return turning / (v.power(2) + u.power(2))
    case .abs:
      return complexParts.contains(u.identity)
        ? Expression.apply(.re, Expression.apply(.conj, u) * inner) / whole
        : chain(Expression.apply(.sign, u), inner)
    case .sign:
      if complexParts.contains(u.identity) {
        throw .notDifferentiable(function: .sign, by: symbol)
      }
      return nil
    case .min, .max: return extremum(function, arguments)
    case .re, .im, .conj: return .apply(function, inner)
    case .arg: return .apply(.im, inner / u)
    case .besselj: return try bessel(arguments)
    case .digamma: throw .noDerivative(function: .digamma, by: symbol)
    case .dilog: return chain(-log(1 - u) / u, inner)
    }
  }

  /// J_n' = (J_{n-1} - J_{n+1})/2 (DLMF 10.6.1), and J_0' = -J_1.
  private func bessel(_ arguments: [Expression]) throws(SymbolicError) -> Expression? {
    guard let (order, x) = Function.besselParts(arguments), let inner = derivative(of: x) else {
      return nil
    }
    if order == 0 { return -chain(.besselJ(1, x), inner) }
    if abs(order) >= Function.largestBesselOrder {
      throw .noDerivative(function: .besselj, by: symbol)
    }
    return chain((.besselJ(order - 1, x) - .besselJ(order + 1, x)) / 2, inner)
  }

  /// The outer derivative times the inner one. The inner one comes last, where a product stays a
  /// part of its own: in front its factors would be copied at each level of a deep formula.
  private func chain(_ outer: Expression, _ inner: Expression) -> Expression {
    inner.rationalValue == nil ? .product([outer, inner]) : .product([inner, outer])
  }

  private func extremum(_ function: Function, _ arguments: [Expression]) -> Expression? {
    var value = arguments[0]
    var slope = derivative(of: value) ?? .zero
    for next in arguments.dropFirst() {
      let nextSlope = derivative(of: next) ?? .zero
      let side = Expression.apply(.sign, value - next) * (slope - nextSlope) / 2
      let mean = (slope + nextSlope) / 2
      slope = function == .max ? mean + side : mean - side
      value = Expression(raw: .function(function, [value, next]))
    }
    return slope
  }

  /// Whether the part may be off the real line, judged by its form alone and from its operands'
  /// answers: a root, a logarithm or a fractional power of a real number may be.
  private func mayBeComplex(_ part: Expression) -> Bool {
    let isAnyOperandComplex = part.operands.contains { complexParts.contains($0.identity) }
    switch part.kind {
    case .rational, .constant: return false
    case .imaginaryUnit: return true
    case .symbol(let symbol): return !symbol.domain.isReal
    case .sum, .product: return isAnyOperandComplex
    case .power(_, let exponent):
      return isAnyOperandComplex || !(exponent.rationalValue?.isInteger ?? false)
    case .function(let function, _):
      switch function {
      case .abs, .re, .im, .arg: return false
      case .sqrt, .log, .log1p, .asin, .acos, .acosh, .atanh: return true
      default: return isAnyOperandComplex
      }
    case .procedure(let component, _): return !component.isReal
    }
  }
}
