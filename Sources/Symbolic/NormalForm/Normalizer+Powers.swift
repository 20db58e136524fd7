import Algebra
import Arbitrary
import Exact

/// Powers and roots.
extension Normalizer {
  /// The largest degree of a root.
  static let largestRootDegree = 64

  /// The principal power.
  mutating func power(
    _ base: Complex<RationalFunction>, _ exponent: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    guard exponent.im.isZero, let value = exponent.re.constantValue else {
      if base.isZero {
        return Complex(
          try opaque(basis.expression(base).power(basis.expression(exponent)), isReal: false))
      }
      // b^e = exp(e·log b) is what a principal power means.
      return try exponential(try multiply(exponent, try logarithm(base)))
    }
    guard let n = value.numerator.word, n.magnitude <= Normalizer.largestPower.magnitude else {
      throw .limit("the power \(value)")
    }
    if value.isInteger { return try integerPower(base, n) }
    if value.denominator == 2 { return try integerPower(try squareRoot(base), n) }
    guard let degree = value.denominator.word else { throw .limit("the power \(value)") }
    if base.isZero {
      if n < 0 { throw .divisionByZero }
      return .zero
    }
    if base.im.isZero, let sign = sign(of: base.re), degree <= Normalizer.largestRootDegree {
      if sign.isNonnegative {
        return Complex(try positivePower(try basis.lift(base.re), n, degree))
      }
      // (-a)^(n/q) = a^(n/q)·exp(iπn/q) for a ≥ 0.
      let size = Complex(try positivePower(-base.re, n, degree))
      let angle = try product(try piKernel(), RationalFunction(value))
      return try multiply(size, try rotor(angle))
    }
    // The n-th power of one kernel b^(1/q), of which the q-th power is b.
    let root = Rational(reciprocalOf: value.denominator)
    let kernel = basis.expression(base).power(.rational(root))
    let variable = try generator(
      .opaque(kernel), isReal: false, sign: nil, relation: rootRelation(base, degree))
    return try integerPower(Complex(variable), n)
  }

  /// `D·t^q = N` for a q-th root t of N/D.
  private func rootRelation(
    _ base: Complex<RationalFunction>, _ degree: Int
  ) -> KernelBasis.Relation? {
    guard base.im.isZero, (2...Normalizer.largestRootDegree).contains(degree) else { return nil }
    return .init(
      degree: degree, value: base.re.numerator,
      lead: base.re.denominator.isOne ? nil : base.re.denominator)
  }

  /// The real cube root.
  mutating func cubeRoot(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    guard x.im.isZero, isRealForm(x) else {
      throw .domain("cbrt of a value that is not known to be real")
    }
    if x.isZero { return .zero }
    if let sign = sign(of: x.re) {
      return Complex(
        sign.isNonnegative
          ? try positivePower(x.re, 1, 3) : -(try positivePower(-x.re, 1, 3)))
    }
    let isFlipped = x.re.numerator.leadingCoefficient.isNegative
    let argument = isFlipped ? -x : x
    let kernel = try generator(
      .opaque(cbrt(basis.expression(argument))), isReal: true, sign: nil,
      relation: rootRelation(argument, 3))
    return Complex(isFlipped ? -kernel : kernel)
  }

  /// a^(n/q) of a value a ≥ 0, as a product over its primes and its factors of known sign.
  mutating func positivePower(
    _ value: RationalFunction, _ n: Int, _ q: Int
  ) throws(ArithmeticError) -> RationalFunction {
    var result = RationalFunction.one
    var undecided = RationalFunction.one
    var isNegative = value.numerator.leadingCoefficient.isNegative
    for (part, orientation) in [(value.numerator, 1), (value.denominator, -1)] {
      for (prime, multiplicity) in Normalizer.primeParts(part.content) {
        let base = Polynomial(prime, ring: basis.ring)
        result = try product(result, try factorPower(base, multiplicity * orientation * n, q))
      }
      for (factor, multiplicity) in part.squareFreeFactors() {
        switch sign(of: RationalFunction(factor)) {
        case .positive, .nonnegative:
          result = try product(result, try factorPower(factor, multiplicity * orientation * n, q))
        case .negative, .nonpositive:
          if multiplicity % 2 == 1 { isNegative.toggle() }
          result = try product(result, try factorPower(-factor, multiplicity * orientation * n, q))
        default:
          let power = try integerPower(
            Complex(RationalFunction(factor)), multiplicity * orientation)
          undecided = try product(undecided, power.re)
        }
      }
    }
    if undecided.constantValue != 1 {
      let base = Complex(isNegative ? -undecided : undecided)
      let kernel = basis.expression(base).power(.rational(Rational(reciprocalOf: Integer(q))))
      let variable = try generator(
        .opaque(kernel), isReal: true, sign: .nonnegative, relation: rootRelation(base, q))
      result = try product(result, try integerPower(Complex(variable), n).re)
    }
    return result
  }

  /// p^(n/q) of a nonnegative factor p that is no proper power.
  private mutating func factorPower(
    _ factor: Polynomial, _ n: Int, _ q: Int
  ) throws(ArithmeticError) -> RationalFunction {
    let common = Totient.gcd(abs(n), q)
    let (n, q) = (n / common, q / common)
    let factor = try basis.lift(factor)
    if q == 1 { return try integerPower(Complex(RationalFunction(factor)), n).re }
    if let index = factor.generatorIndex {
      if let exponent = known.exponents[index] {
        let part = RationalFunction(try Rational(Integer(n), Integer(q)))
        return try exponential(Complex(try product(exponent, part))).re
      }
      let generator = basis.generators[index]
      if let relation = generator.relation, relation.isPure, !isAbsolute(generator.kernel),
        relation.degree * q <= Normalizer.largestRootDegree
      {
        return try positivePower(
          RationalFunction(try basis.lift(relation.value)), n, relation.degree * q)
      }
    }
    // Whole powers stay outside, so that what is under the root is a power below 1.
    let whole = Int((Double(n) / Double(q)).rounded(.down))
    let outside = try integerPower(Complex(RationalFunction(factor)), whole).re
    let root = try root(factor, degree: q)
    let inside = try integerPower(
      Complex(basis.variable(root.index)), (n - whole * q) * (root.denominator / q)
    ).re
    return try product(outside, inside)
  }

  private func isAbsolute(_ kernel: Kernel) -> Bool {
    if case .absolute = kernel { true } else { false }
  }

  /// The chain of roots of a nonnegative polynomial, with a member of at least the given degree.
  mutating func root(
    _ radicand: Polynomial, degree: Int
  ) throws(ArithmeticError) -> KernelFacts.Chain {
    let key = basis.expression(radicand)
    let finest = known.roots[key]
    if let finest, finest.denominator % degree == 0 { return finest }
    let common =
      finest.map { $0.denominator / Totient.gcd($0.denominator, degree) * degree }
      ?? degree
    guard common <= Normalizer.largestRootDegree else {
      throw .limit("a root of degree \(common)")
    }
    let sign = sign(of: RationalFunction(radicand))
    let relation =
      finest.map {
        KernelBasis.Relation(
          degree: common / $0.denominator, value: basis.variable($0.index).numerator)
      } ?? .init(degree: degree, value: radicand)
    let kernel: Kernel =
      common == 2
      ? .squareRoot(key) : .opaque(key.power(.rational(Rational(reciprocalOf: Integer(common)))))
    let variable = try generator(
      kernel, isReal: true, sign: sign == .positive ? .positive : .nonnegative,
      relation: relation)
    let chain = KernelFacts.Chain(
      denominator: common, index: variable.generatorIndex ?? basis.generators.count - 1)
    known.roots[key] = chain
    return chain
  }
}
