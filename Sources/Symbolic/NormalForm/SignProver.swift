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
/// - `a + b√c` with a and b of opposite signs has the sign of the greater of a² and b²c;
/// - `a·x² + b·x + c` with a > 0 and 4ac > b² is positive for all real x;
/// - a symbol with a finite end is written as that end plus a nonnegative variable, one with two
///   ends as (a + b·t)/(1 + t); so is exp(u) for a u of known sign, which lies beyond or below 1.
///
/// Nil means that none of them answers, never that the sign varies.
public struct SignProver: Sendable {
  private let basis: KernelBasis
  /// The sign of each generator, some replaced while a domain is being shifted to its end.
  private var signs: [SignFact?]
  /// Signs that are assumed: of primitive polynomials with positive leading coefficients.
  private var assumptions: [Polynomial: SignFact] = [:]

  private static let depthLimit = 12
  /// The work on one sign, in the units of ``WorkBudget``: the rules branch at every depth.
  private static let workLimit = 100_000_000

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
    return WorkBudget.limited(to: SignProver.workLimit) {
      prove(polynomial, depth: 0) ?? shifted(polynomial)
    }.value
  }

  // MARK: Rules

  private func prove(_ polynomial: Polynomial, depth: Int) -> SignFact? {
    if let constant = polynomial.constantValue { return SignFact(signum: constant.signum) }
    WorkBudget.charge(2048 + 256 * polynomial.termCount)
    if WorkBudget.isExhausted { return nil }
    if basis.isConstant(polynomial) { return enclosedSign(polynomial) }
    if depth > SignProver.depthLimit { return nil }
    if let assumed = assumptions[polynomial.primitivePart] {
      return polynomial.leadingCoefficient.isNegative ? assumed.negated : assumed
    }
    if let sign = byTerms(polynomial, depth: depth) { return sign }
    if let sign = bySquaring(polynomial, depth: depth) { return sign }
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

  /// a + b·√c for a and b of opposite signs: the greater of a² and b²c has the say.
  private func bySquaring(_ polynomial: Polynomial, depth: Int) -> SignFact? {
    for variable in polynomial.occurringVariables where polynomial.degree(in: variable) == 1 {
      guard let root = signs[variable], root.isNonnegative,
        let relation = basis.generators[variable].relation, relation.degree == 2
      else { continue }
      let parts = polynomial.coefficients(in: variable)
      guard let a = prove(parts[0], depth: depth + 2), let b = prove(parts[1], depth: depth + 2)
      else { continue }
      if let sum = SignFact.sum(a, SignFact.product(b, root)) { return sum }
      guard let square = try? basis.lift(relation.value),
        let left = try? basis.product(parts[0], parts[0]),
        let factor = try? basis.product(parts[1], parts[1]),
        let right = try? basis.product(factor, square),
        let difference = try? basis.reduce(left - right),
        let sign = prove(difference, depth: depth + 2)
      else { continue }
      switch sign {
      case .zero: return .zero
      case .positive: return a
      case .negative: return b
      case .nonnegative: return a.isNonnegative ? .nonnegative : .nonpositive
      case .nonpositive: return b.isNonnegative ? .nonnegative : .nonpositive
      }
    }
    return nil
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

  /// Beyond this many symbols with a closed upper end, the faces of the box are too many to ask for.
  private static let closedEndLimit = 6

  /// Moves every symbol with a finite end other than zero to that end, then tries again.
  private func shifted(_ polynomial: Polynomial) -> SignFact? {
    let occurring = polynomial.occurringVariables
    let movable = occurring.filter { endsToMove($0, among: occurring) != nil }
    guard !movable.isEmpty else { return nil }
    return shifted(polynomial, movable[...], closedEnds: 0)
  }

  /// The ends of a symbol that has a finite end other than zero, and on which no other kernel that
  /// occurs depends: such kernels would have to move with it.
  private func endsToMove(
    _ variable: Int, among occurring: [Int]
  ) -> (lower: Domain.Bound, upper: Domain.Bound)? {
    let (lower, upper): (Domain.Bound, Domain.Bound)
    switch basis.generators[variable].kernel {
    case .symbol(let symbol):
      guard case .interval(let low, let high) = symbol.domain.shape else { return nil }
      let isOccupied = occurring.contains { other in
        other != variable && basis.generators[other].kernel.expression.contains(symbol)
      }
      if isOccupied { return nil }
      (lower, upper) = (low, high)
    case .opaque(let expression):
      guard let ends = endsOfExponential(expression), !isInside(expression, among: occurring) else {
        return nil
      }
      (lower, upper) = ends
    default: return nil
    }
    switch (lower.value, upper.value) {
    case (nil, nil): return nil
    case (let end?, nil), (nil, let end?): return end.isZero ? nil : (lower, upper)
    default: return (lower, upper)
    }
  }

  /// Where exp(u) lies for an exponent of proved sign. Its exponent stays what it is: what is proved for
  /// all values of both holds for those that belong together.
  private func endsOfExponential(
    _ expression: Expression
  ) -> (lower: Domain.Bound, upper: Domain.Bound)? {
    guard case .function(.exp, let arguments) = expression.kind, let exponent = arguments.first,
      let form = try? NormalForm(exponent), form.value.im.isZero,
      let sign = SignProver(form.basis).sign(of: form.value.re)
    else { return nil }
    switch sign {
    case .positive: return (.open(1), .unbounded)
    case .nonnegative: return (.closed(1), .unbounded)
    case .negative: return (.open(0), .open(1))
    case .nonpositive: return (.open(0), .closed(1))
    case .zero: return nil
    }
  }

  /// Whether another kernel that occurs is made of this one.
  private func isInside(_ expression: Expression, among occurring: [Int]) -> Bool {
    func contains(_ whole: Expression) -> Bool {
      whole == expression || whole.operands.contains(where: contains)
    }
    return occurring.contains { other in
      let kernel = basis.generators[other].kernel.expression
      return kernel != expression && contains(kernel)
    }
  }

  /// Moves the given symbols in turn. A closed upper end of an interval is the limit t → ∞ of the
  /// substitution, and is asked for itself, with the symbols after it still to be moved.
  private func shifted(
    _ polynomial: Polynomial, _ movable: ArraySlice<Int>, closedEnds: Int
  ) -> SignFact? {
    guard let variable = movable.first,
      let (lower, upper) = endsToMove(variable, among: polynomial.occurringVariables)
    else {
      return prove(polynomial, depth: 0)
    }
    let rest = movable.dropFirst()
    switch (lower.value, upper.value) {
    case (let low?, nil):
      let sign: SignFact = lower == .open(low) ? .positive : .nonnegative
      guard let (moved, prover) = moving(polynomial, variable, (low, 1), (1, 0), sign) else {
        return nil
      }
      return prover.shifted(moved, rest, closedEnds: closedEnds)
    case (nil, let high?):
      let sign: SignFact = upper == .open(high) ? .positive : .nonnegative
      guard let (moved, prover) = moving(polynomial, variable, (high, -1), (1, 0), sign) else {
        return nil
      }
      return prover.shifted(moved, rest, closedEnds: closedEnds)
    case (let low?, let high?):
      let sign: SignFact = lower == .open(low) ? .positive : .nonnegative
      guard let (moved, prover) = moving(polynomial, variable, (low, high), (1, 1), sign),
        let inside = prover.shifted(moved, rest, closedEnds: closedEnds + 1)
      else { return nil }
      guard upper == .closed(high) else { return inside }
      guard closedEnds < SignProver.closedEndLimit,
        let (end, atEnd) = moving(polynomial, variable, (high, 0), (1, 0), sign),
        let there = atEnd.shifted(end, rest, closedEnds: closedEnds + 1)
      else { return nil }
      return SignFact.common(inside, there)
    case (nil, nil): return prove(polynomial, depth: 0)
    }
  }

  /// A positive multiple of the polynomial with one variable replaced, and what is known then: the
  /// sign of the new variable, and the assumptions, which speak of the old one.
  private func moving(
    _ polynomial: Polynomial, _ variable: Int, _ numerator: (Rational, Rational),
    _ denominator: (Rational, Rational), _ sign: SignFact
  ) -> (Polynomial, SignProver)? {
    func composed(_ polynomial: Polynomial) -> Polynomial? {
      // The denominators raise the degree of the other terms.
      guard polynomial.totalDegree + polynomial.degree(in: variable) <= basis.ring.maximumDegree
      else { return nil }
      return polynomial.composed(variable, numerator: numerator, denominator: denominator)
    }
    guard let moved = composed(polynomial) else { return nil }
    var prover = self
    prover.signs[variable] = sign
    prover.assumptions = [:]
    for (assumed, sign) in assumptions {
      if assumed.degree(in: variable) == 0 {
        prover.assumptions[assumed] = sign
      } else if let other = composed(assumed), !other.isConstant {
        prover = prover.assuming(other, is: sign)
      }
    }
    return (moved, prover)
  }
}

extension Polynomial {
  /// A positive multiple of the polynomial with `variable` replaced by
  /// (n₀ + n₁·variable)/(d₀ + d₁·variable), for a denominator positive where it is used.
  func composed(
    _ variable: Int, numerator: (Rational, Rational), denominator: (Rational, Rational)
  ) -> Polynomial {
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
