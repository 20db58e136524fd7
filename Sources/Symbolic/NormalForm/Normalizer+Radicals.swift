import Algebra
import Arbitrary
import Exact

extension Normalizer {
  /// The principal square root.
  ///
  /// With a radicand N/D of real kernels, √(N/D) = √(N·D)/|D|; squares f² leave the root as |f|;
  /// factors proved nonnegative become roots of their own, so that √(ab) and √a·√b meet; what remains
  /// stays under one root, which is imaginary where the remainder is negative.
  mutating func squareRoot(
    _ value: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    if value.re.isZero && value.im.isZero { return .zero }
    guard value.im.isZero, isRealForm(value) else {
      if let root = try complexRoot(of: value) { return root }
      return Complex(try opaque(sqrt(basis.expression(value)), isReal: false))
    }
    let radicand = try basis.reduce(
      try basis.product(value.re.numerator, value.re.denominator))
    let outside = try absolute(RationalFunction(value.re.denominator))
    if let root = try denestedRoot(of: radicand) {
      return try divide(Complex(root), Complex(outside))
    }
    let root = try squareRoot(ofPolynomial: radicand)
    return try divide(root, Complex(outside))
  }

  private mutating func squareRoot(
    ofPolynomial radicand: Polynomial
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let unit = radicand.leadingCoefficient.isNegative ? -radicand.content : radicand.content
    var isNegative = unit.isNegative
    var result = Complex(RationalFunction.one)
    let (square, primes, rest) = Normalizer.squareParts(unit.magnitude)
    result = try multiply(result, Complex(RationalFunction(Rational(square))))
    var undecided = Polynomial(1, ring: basis.ring)
    for (factor, multiplicity) in radicand.squareFreeFactors() {
      if multiplicity >= 2 {
        let outside = try absolute(RationalFunction(factor))
        result = try multiply(
          result, try integerPower(Complex(outside), multiplicity / 2))
      }
      if multiplicity % 2 == 0 { continue }
      switch sign(of: RationalFunction(factor)) {
      case .positive, .nonnegative:
        result = try multiply(result, Complex(try rootKernel(factor)))
      case .negative, .nonpositive:
        isNegative.toggle()
        result = try multiply(result, Complex(try rootKernel(-factor)))
      default:
        undecided = try basis.product(try basis.lift(undecided), try basis.lift(factor))
      }
    }
    for prime in primes + (rest.isOne ? [] : [rest]) {
      result = try multiply(
        result, Complex(try rootKernel(Polynomial(prime, ring: basis.ring))))
    }
    if undecided.isOne {
      return isNegative ? try multiply(result, .i) : result
    }
    let signed = isNegative ? -undecided : undecided
    let kernel = try generator(
      .squareRoot(basis.expression(signed)), isReal: false, sign: nil,
      relation: .init(degree: 2, value: signed))
    return try multiply(result, Complex(kernel))
  }

  /// The root of a nonnegative polynomial without square factors; roots of its divisors that the
  /// basis already has are used.
  private mutating func rootKernel(
    _ radicand: Polynomial
  ) throws(ArithmeticError) -> RationalFunction {
    var rest = try basis.lift(radicand)
    if let index = rest.generatorIndex, hasRootOfItsOwn(index) {
      return try positivePower(RationalFunction(rest), 1, 2)
    }
    var result = RationalFunction.one
    for (index, generator) in basis.generators.enumerated() {
      guard case .squareRoot = generator.kernel, generator.isReal,
        let relation = generator.relation, !relation.value.isConstant || rest.isConstant
      else { continue }
      if let quotient = rest.divided(by: try basis.lift(relation.value)) {
        result = result * basis.variable(index)
        rest = quotient
        if rest.isOne { return result }
      }
    }
    let chain = try root(rest, degree: 2)
    let kernel = try integerPower(Complex(basis.variable(chain.index)), chain.denominator / 2).re
    return try basis.reduce(try basis.lift(result) * (try basis.lift(kernel)))
  }

  /// Whether a generator is an exponential or a root, the root of which is another of its kind.
  private func hasRootOfItsOwn(_ index: Int) -> Bool {
    if known.exponents[index] != nil { return true }
    if case .absolute = basis.generators[index].kernel { return false }
    return basis.generators[index].relation?.isPure ?? false
  }

  /// The absolute value of a real rational function, as a product over its square-free factors.
  mutating func absolute(_ value: RationalFunction) throws(ArithmeticError) -> RationalFunction {
    if value.isZero { return .zero }
    let top = try absolute(value.numerator)
    let bottom = try absolute(value.denominator)
    return try divide(Complex(top), Complex(bottom)).re
  }

  private mutating func absolute(_ polynomial: Polynomial) throws(ArithmeticError)
    -> RationalFunction
  {
    var result = Complex(RationalFunction(Rational(polynomial.content)))
    for (factor, multiplicity) in polynomial.squareFreeFactors() {
      let positive: RationalFunction
      switch sign(of: RationalFunction(factor)) {
      case .positive, .nonnegative: positive = RationalFunction(factor)
      case .negative, .nonpositive: positive = RationalFunction(-factor)
      case .zero: return .zero
      case nil where multiplicity % 2 == 0: positive = RationalFunction(factor)
      case nil:
        positive = try generator(
          .absolute(basis.expression(factor)), isReal: true, sign: .nonnegative,
          relation: .init(degree: 2, value: try basis.product(factor, factor)))
      }
      result = try multiply(result, try integerPower(Complex(positive), multiplicity))
    }
    return result.re
  }

  /// `value = square² · Π primes · rest` with distinct primes below a thousand and a rest without
  /// such divisors that is no perfect square.
  static func squareParts(_ value: Integer) -> (square: Integer, primes: [Integer], rest: Integer) {
    if value.bitWidth > Normalizer.largestFactoredWidth {
      return value.exactRoot(2).map { ($0, [], 1) } ?? (1, [], value)
    }
    var rest = value
    var square = Integer(1)
    var primes: [Integer] = []
    var divisor = 2
    while divisor < 1000 && Integer(divisor * divisor) <= rest {
      var exponent = 0
      while let quotient = rest.dividedExactly(by: Integer(divisor)) {
        rest = quotient
        exponent += 1
      }
      if exponent > 0 {
        square = square * Integer(divisor).power(UInt(exponent / 2))
        if exponent % 2 == 1 { primes.append(Integer(divisor)) }
      }
      divisor += divisor == 2 ? 1 : 2
    }
    if let root = rest.exactRoot(2) { return (square * root, primes, 1) }
    return (square, primes, rest)
  }
}
