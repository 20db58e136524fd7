import Algebra
import Arbitrary
import Exact

/// Exponentials and logarithms.
extension Normalizer {
  /// The largest denominator q of a coefficient in exp(p·u/q).
  static let largestExponentDenominator = 720

  /// exp(a + i·b) = exp(a)·(cos b + i·sin b), which holds for complex a and b too.
  mutating func exponential(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let size = try exponential(x.re)
    if x.im.isZero { return size }
    return try multiply(size, try rotor(x.im))
  }

  /// The product over the terms of the exponent: exp(c·log b) = b^c, by the definition of the
  /// principal power, and exp(p·u/q) is the p-th power of exp(u/q).
  private mutating func exponential(
    _ x: RationalFunction
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    var result = Complex<RationalFunction>.one
    for (coefficient, unit) in try x.units() {
      if let index = unit.generatorIndex, let base = known.logarithms[index] {
        let power = try power(Complex(try basis.lift(base)), Complex(RationalFunction(coefficient)))
        result = try multiply(result, power)
      } else {
        result = try multiply(result, Complex(try exponential(unit, times: coefficient)))
      }
    }
    return result
  }

  private mutating func exponential(
    _ unit: RationalFunction, times coefficient: Rational
  ) throws(ArithmeticError) -> RationalFunction {
    guard let p = coefficient.numerator.word, p.magnitude <= Normalizer.largestPower.magnitude
    else { throw .limit("exp of \(coefficient) times something") }
    let unit = try basis.lift(unit)
    guard let q = coefficient.denominator.word, q <= Normalizer.largestExponentDenominator else {
      // A kernel of its own, outside the chain.
      let part = Rational(reciprocalOf: coefficient.denominator)
      let isReal = basis.isReal(unit.numerator) && basis.isReal(unit.denominator)
      let kernel = try opaque(
        exponentialExpression(unit, part), isReal: isReal, sign: isReal ? .positive : nil)
      if let index = kernel.generatorIndex {
        known.exponents[index] = try product(unit, RationalFunction(part))
      }
      return try integerPower(Complex(kernel), p).re
    }
    let key = basis.expression(unit)
    let isReal = basis.isReal(unit.numerator) && basis.isReal(unit.denominator)
    let chain: KernelFacts.Chain
    if let finest = known.exponentials[key], finest.denominator % q == 0 {
      chain = finest
    } else {
      let coarser = known.exponentials[key]
      let common =
        coarser.map { $0.denominator / Totient.gcd($0.denominator, q) * q } ?? q
      let part = Rational(reciprocalOf: Integer(common))
      let relation = coarser.map {
        KernelBasis.Relation(
          degree: common / $0.denominator, value: basis.variable($0.index).numerator)
      }
      let kernel = try generator(
        .opaque(exponentialExpression(unit, part)), isReal: isReal,
        sign: isReal ? .positive : nil, relation: relation)
      guard let index = kernel.generatorIndex else { return kernel }
      chain = .init(denominator: common, index: index)
      known.exponentials[key] = chain
      known.exponents[index] = try product(unit, RationalFunction(part))
    }
    return try integerPower(
      Complex(basis.variable(chain.index)), p * (chain.denominator / q)
    ).re
  }

  /// exp(c·u), written as a power of b where u has a factor log b.
  private func exponentialExpression(_ unit: RationalFunction, _ part: Rational) -> Expression {
    for index in unit.numerator.occurringVariables
    where unit.numerator.degree(in: index) == 1 {
      guard let base = known.logarithms[index],
        let cofactor = unit.numerator.divided(by: Polynomial.variable(index, of: basis.ring)),
        let rest = try? RationalFunction(cofactor, unit.denominator)
      else { continue }
      return basis.expression(base).power(basis.expression(rest) * .rational(part))
    }
    return exp(basis.expression(unit) * .rational(part))
  }

  // MARK: Logarithms

  /// The principal logarithm: log|z| + i·arg z.
  mutating func logarithm(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    if x == .one { return .zero }
    if x == .zero { throw .domain("log of zero") }
    let written = log(basis.expression(x))
    guard isRealForm(x) else {
      return Complex(try opaqueLogarithm(x.im.isZero ? x.re : nil, written))
    }
    if x.im.isZero {
      guard let sign = sign(of: x.re) else {
        return Complex(try opaqueLogarithm(x.re, written))
      }
      if sign == .zero { throw .domain("log of zero") }
      if sign.isNonnegative { return Complex(try logarithm(ofPositive: x.re)) }
      let size = try logarithm(ofPositive: -x.re)
      let angle = try piKernel()
      return try lift(Complex(re: size, im: angle))
    }
    guard let angle = try angle(of: x) else {
      return Complex(try opaqueLogarithm(nil, written))
    }
    let norm = try multiply(x, x.conj).re
    let size = try product(
      try logarithm(ofPositive: norm), RationalFunction(Rational(reciprocalOf: 2)))
    return try lift(Complex(re: size, im: angle))
  }

  private mutating func opaqueLogarithm(
    _ argument: RationalFunction?, _ written: Expression
  ) throws(ArithmeticError) -> RationalFunction {
    let kernel = try opaque(written, isReal: false)
    if let index = kernel.generatorIndex, let argument { known.logarithms[index] = argument }
    return kernel
  }

  /// The logarithm of a value that is positive wherever the expression is defined, as a sum over its
  /// primes and over its factors of known sign.
  mutating func logarithm(
    ofPositive value: RationalFunction
  ) throws(ArithmeticError) -> RationalFunction {
    if value.constantValue == 1 { return .zero }
    var result = RationalFunction.zero
    var undecided = RationalFunction.one
    var isNegative = value.numerator.leadingCoefficient.isNegative
    for (part, orientation) in [(value.numerator, 1), (value.denominator, -1)] {
      for (prime, multiplicity) in Normalizer.primeParts(part.content) {
        let kernel = try logarithmKernel(RationalFunction(Rational(prime)))
        result = try sum(result, RationalFunction(Rational(multiplicity * orientation)) * kernel)
      }
      for (factor, multiplicity) in try logarithmParts(part) {
        let weight = RationalFunction(Rational(multiplicity * orientation))
        let size: RationalFunction
        switch sign(of: RationalFunction(factor)) {
        case .positive, .nonnegative: size = RationalFunction(factor)
        case .negative, .nonpositive:
          size = RationalFunction(-factor)
          if multiplicity % 2 == 1 { isNegative.toggle() }
        case .zero: throw .domain("log of zero")
        case nil where multiplicity % 2 == 0 && basis.isReal(factor):
          size = try absolute(RationalFunction(factor))
        case nil:
          let power = try integerPower(
            Complex(RationalFunction(factor)), multiplicity * orientation)
          undecided = try product(undecided, power.re)
          continue
        }
        result = try sum(result, try product(weight, try logarithm(ofFactor: size)))
      }
    }
    if undecided.constantValue != 1 {
      let kernel = try logarithmKernel(isNegative ? -undecided : undecided)
      result = try sum(result, kernel)
    }
    return result
  }

  /// The square-free factors, further split by the factors chosen in advance.
  private mutating func logarithmParts(
    _ polynomial: Polynomial
  ) throws(ArithmeticError) -> [(Polynomial, Int)] {
    var result: [(Polynomial, Int)] = []
    var members: [Polynomial] = []
    for member in factorBasis { members.append(try basis.lift(member)) }
    for (factor, multiplicity) in try basis.lift(polynomial).squareFreeFactors() {
      let parts = members.parts(of: factor)
      for part in parts {
        if !known.requestedFactors.contains(part) { known.requestedFactors.append(part) }
        // Dividing by a primitive factor keeps the product, up to a sign that leads settle.
        result.append((part, multiplicity))
      }
    }
    return result
  }

  /// log of a positive value without further factors; exponentials and roots lose their power.
  private mutating func logarithm(
    ofFactor factor: RationalFunction
  ) throws(ArithmeticError) -> RationalFunction {
    if let index = factor.generatorIndex {
      if let exponent = known.exponents[index] { return try basis.lift(exponent) }
      if case .absolute = basis.generators[index].kernel {
        return try logarithmKernel(factor)
      }
      if let relation = basis.generators[index].relation, relation.isPure {
        let value = try logarithm(ofPositive: RationalFunction(try basis.lift(relation.value)))
        return try product(
          value, RationalFunction(Rational(reciprocalOf: Integer(relation.degree))))
      }
    }
    return try logarithmKernel(factor)
  }

  private mutating func logarithmKernel(
    _ value: RationalFunction
  ) throws(ArithmeticError) -> RationalFunction {
    if value.constantValue == 1 { return .zero }
    let kernel = try opaque(log(basis.expression(value)), isReal: true)
    if let index = kernel.generatorIndex { known.logarithms[index] = value }
    return kernel
  }

  /// Longer integers are not looked into: a division takes time, and there may be one for each bit.
  static let largestFactoredWidth = 1 << 14

  /// The primes below a thousand with their exponents, and what remains; the value is positive.
  static func primeParts(_ value: Integer) -> [(prime: Integer, multiplicity: Int)] {
    var rest = value.magnitude
    if rest.bitWidth > largestFactoredWidth { return [(rest, 1)] }
    var result: [(Integer, Int)] = []
    var divisor = 2
    while divisor < 1000, Integer(divisor * divisor) <= rest {
      var exponent = 0
      while let quotient = rest.dividedExactly(by: Integer(divisor)) {
        rest = quotient
        exponent += 1
      }
      if exponent > 0 { result.append((Integer(divisor), exponent)) }
      divisor += divisor == 2 ? 1 : 2
    }
    if rest.isOne || rest.isZero { return result }
    for degree in [7, 5, 3, 2] {
      if let root = rest.exactRoot(UInt(degree)) {
        return result + primeParts(root).map { ($0.prime, $0.multiplicity * degree) }
      }
    }
    return result + [(rest, 1)]
  }
}
