import Algebra
import Arbitrary
import Exact

/// Proves signs of polynomials over the domains of the symbols in a basis of kernels.
///
/// The rules, each a proof where it answers:
/// - a quantity without symbols is decided by an enclosure that excludes zero;
/// - a product has the product of its factors' signs, a square is not negative;
/// - a sum of terms of one sign has that sign, the terms taken as a polynomial in any one variable of
///   known sign with coefficients whose signs are proved in turn;
/// - `a·x² + b·x + c` with a > 0 and 4ac > b² is positive for all real x;
/// - a symbol with a finite end is written as that end plus a nonnegative variable, one with two
///   ends as (a + b·t)/(1 + t).
///
/// Nil means that none of them answers, never that the sign varies.
public struct SignProver: Sendable {
  private let basis: KernelBasis
  /// The sign of each generator, some replaced while a domain is being shifted to its end.
  private var signs: [SignFact?]
  /// Signs that are assumed: of primitive polynomials with positive leading coefficients.
  private var assumptions: [Polynomial: SignFact] = [:]

  private static let depthLimit = 12

  public init(_ basis: KernelBasis) {
    self.basis = basis
    signs = basis.generators.map(\.sign)
  }

  /// The same prover where the sign of a polynomial is given.
  public func assuming(_ polynomial: Polynomial, is sign: SignFact) -> SignProver {
    var result = self
    result.assumptions[polynomial.primitivePart] =
      polynomial.leadingCoefficient.isNegative ? sign.negated : sign
    return result
  }

  /// The proved sign of a real rational function.
  public func sign(of value: RationalFunction) -> SignFact? {
    guard let top = sign(of: value.numerator) else { return nil }
    if value.denominator.isOne { return top }
    guard let bottom = sign(of: value.denominator), bottom.isNonzero else { return nil }
    return SignFact.product(top, bottom)
  }

  /// The proved sign of a real polynomial.
  public func sign(of polynomial: Polynomial) -> SignFact? {
    guard basis.isReal(polynomial) else { return nil }
    if let direct = prove(polynomial, depth: 0) { return direct }
    return shifted(polynomial)
  }

  // MARK: Rules

  private func prove(_ polynomial: Polynomial, depth: Int) -> SignFact? {
    if let constant = polynomial.constantValue { return SignFact(signum: constant.signum) }
    if basis.isConstant(polynomial) { return enclosedSign(polynomial) }
    if depth > SignProver.depthLimit { return nil }
    if let assumed = assumptions[polynomial.primitivePart] {
      return polynomial.leadingCoefficient.isNegative ? assumed.negated : assumed
    }
    if let sign = byTerms(polynomial, depth: depth) { return sign }
    let factors = polynomial.squareFreeFactors()
    if factors.count > 1 || (factors.first?.multiplicity ?? 1) > 1 {
      var product = SignFact(signum: polynomial.leadingCoefficient.signum)
      for (factor, multiplicity) in factors {
        let sign = prove(factor, depth: depth + 1)
        if multiplicity % 2 == 0 {
          product = SignFact.product(product, sign?.isNonzero == true ? .positive : .nonnegative)
        } else {
          guard let sign else { return nil }
          product = SignFact.product(product, sign)
        }
      }
      return product
    }
    return byQuadratic(polynomial, depth: depth)
  }

  /// Decides a quantity that depends on no symbol.
  private func enclosedSign(_ polynomial: Polynomial) -> SignFact? {
    guard let program = try? Program([basis.expression(polynomial)], inputs: []) else { return nil }
    for precision in [64, 256, 1024] {
      guard let value = try? program.enclose([Interval](), precision: precision).first else {
        return nil
      }
      guard value.im.isZero else { return nil }
      if let sign = value.re.certainSign, sign != 0 { return SignFact(signum: sign) }
    }
    return nil
  }

  /// As a polynomial in the variables of known sign: coefficients in the others must have signs.
  private func byTerms(_ polynomial: Polynomial, depth: Int) -> SignFact? {
    let variables = polynomial.occurringVariables.filter { !basis.generators[$0].isConstant }
    guard let variable = variables.first(where: { signs[$0] != nil }) else {
      return byEvenTerms(polynomial, variables)
    }
    var total = SignFact.zero
    for (exponent, part) in polynomial.coefficients(in: variable).enumerated() where !part.isZero {
      guard let coefficient = prove(part, depth: depth + 1) else { return nil }
      var term = coefficient
      if exponent > 0, let sign = signs[variable] {
        let power: SignFact =
          exponent % 2 == 0 ? (sign.isNonzero ? .positive : .nonnegative) : sign
        term = SignFact.product(coefficient, power)
      }
      guard let sum = SignFact.sum(total, term) else { return nil }
      total = sum
    }
    return total
  }

  /// Only even powers of variables of unknown sign, with coefficients of one sign.
  private func byEvenTerms(_ polynomial: Polynomial, _ variables: [Int]) -> SignFact? {
    guard let variable = variables.first else { return nil }
    var total = SignFact.zero
    for (exponent, part) in polynomial.coefficients(in: variable).enumerated() where !part.isZero {
      guard exponent % 2 == 0, let sign = prove(part, depth: SignProver.depthLimit - 2) else {
        return nil
      }
      let term = exponent == 0 ? sign : SignFact.product(sign, .nonnegative)
      guard let sum = SignFact.sum(total, term) else { return nil }
      total = sum
    }
    return total
  }

  private func byQuadratic(_ polynomial: Polynomial, depth: Int) -> SignFact? {
    for variable in polynomial.occurringVariables
    where !basis.generators[variable].isConstant && polynomial.degree(in: variable) == 2 {
      let parts = polynomial.coefficients(in: variable)
      guard let lead = prove(parts[2], depth: depth + 2), lead.isNonzero else { continue }
      let four = Polynomial(4, ring: polynomial.ring)
      guard let product = try? basis.product(parts[2], parts[0]),
        let square = try? basis.product(parts[1], parts[1]),
        let discriminant = try? basis.reduce(four * product - square),
        let sign = prove(discriminant, depth: depth + 2), sign.isNonnegative
      else { continue }
      if sign == .positive { return lead }
      return lead == .positive ? .nonnegative : .nonpositive
    }
    return nil
  }

  // MARK: Ends of domains

  /// One way to write a symbol: as a fraction of linear forms of a variable of known sign, or as a
  /// closed end of its domain.
  private struct Substitution {
    let variable: Int
    let numerator: (Rational, Rational)
    let denominator: (Rational, Rational)
    let sign: SignFact?
  }

  /// More combinations of closed ends than this are not tried.
  private static let cornerLimit = 64

  /// Moves every symbol with a finite end other than zero to that end, then tries again.
  ///
  /// (a + b·t)/(1 + t) reaches b only in the limit. Where b belongs to the domain it is a case of its
  /// own, and every combination of such ends is asked: the sign that holds in all cases is proved.
  private func shifted(_ polynomial: Polynomial) -> SignFact? {
    var cases: [[Substitution]] = [[]]
    for variable in polynomial.occurringVariables {
      let ways = substitutions(for: variable)
      if ways.isEmpty { continue }
      cases = cases.flatMap { chosen in ways.map { chosen + [$0] } }
      if cases.count > SignProver.cornerLimit { return nil }
    }
    if cases.count == 1 && cases[0].isEmpty { return nil }
    var common: SignFact?
    for substitutions in cases {
      var moved = polynomial
      var prover = self
      for item in substitutions {
        guard
          let next = moved.composed(
            item.variable, numerator: item.numerator, denominator: item.denominator)
        else { return nil }
        moved = next
        prover.signs[item.variable] = item.sign
      }
      guard let sign = prover.prove(moved, depth: 0) else { return nil }
      guard let both = SignFact.common(common ?? sign, sign) else { return nil }
      common = both
    }
    return common
  }

  /// The ways to write the symbol of a variable; none where its domain has no end to move to.
  private func substitutions(for variable: Int) -> [Substitution] {
    guard case .symbol(let symbol) = basis.generators[variable].kernel,
      case .interval(let lower, let upper) = symbol.domain.shape
    else { return [] }
    // Kernels that depend on the symbol would have to move with it.
    let isOccupied = basis.generators.contains { generator in
      generator.kernel != .symbol(symbol) && generator.kernel.expression.contains(symbol)
    }
    if isOccupied { return [] }
    switch (lower.value, upper.value) {
    case (nil, nil): return []
    case (let low?, nil):
      return low.isZero
        ? []
        : [
          Substitution(
            variable: variable, numerator: (low, 1), denominator: (1, 0),
            sign: lower == .open(low) ? .positive : .nonnegative)
        ]
    case (nil, let high?):
      return high.isZero
        ? []
        : [
          Substitution(
            variable: variable, numerator: (high, -1), denominator: (1, 0),
            sign: upper == .open(high) ? .positive : .nonnegative)
        ]
    case (let low?, let high?):
      var ways = [
        Substitution(
          variable: variable, numerator: (low, high), denominator: (1, 1),
          sign: lower == .open(low) ? .positive : .nonnegative)
      ]
      if upper == .closed(high) {
        ways.append(
          Substitution(
            variable: variable, numerator: (high, 0), denominator: (1, 0), sign: signs[variable]))
      }
      return ways
    }
  }
}

extension Polynomial {
  /// A positive multiple of the polynomial with `variable` replaced by
  /// (n₀ + n₁·variable)/(d₀ + d₁·variable), for a denominator positive where it is used; nil beyond
  /// the degrees that the ring holds.
  func composed(
    _ variable: Int, numerator: (Rational, Rational), denominator: (Rational, Rational)
  ) -> Polynomial? {
    if totalDegree + degree(in: variable) > ring.maximumDegree { return nil }
    let scale = Integer.lcm(
      Integer.lcm(numerator.0.denominator, numerator.1.denominator),
      Integer.lcm(denominator.0.denominator, denominator.1.denominator))
    func linear(_ pair: (Rational, Rational)) -> Polynomial {
      let factor = Rational(scale)
      let x = Polynomial.variable(variable, of: ring)
      return Polynomial((pair.0 * factor).numerator, ring: ring)
        + x.scaled(by: (pair.1 * factor).numerator)
    }
    let top = linear(numerator)
    let bottom = linear(denominator)
    let parts = coefficients(in: variable)
    var result = Polynomial(0, ring: ring)
    var power = Polynomial(1, ring: ring)
    for part in parts.reversed() {
      result = result * top + part * power
      power = power * bottom
    }
    return result
  }
}
