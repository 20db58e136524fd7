import Algebra
import Arbitrary
import Exact

/// Conjugates, and real and imaginary parts and absolute values through them.
extension Normalizer {
  /// The conjugate: of a sum, product or quotient it is taken part by part, down to the kernels.
  ///
  /// A kernel that is not known to be real has a kernel conj(…) of its own; a conjugate of that is the
  /// kernel again.
  mutating func conjugate(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    if isRealForm(x) { return x.conj }
    let re = try conjugate(x.re)
    let im = try conjugate(x.im)
    return try add(try lift(re), -(try multiply(.i, im)))
  }

  private mutating func conjugate(
    _ x: RationalFunction
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let top = try conjugate(x.numerator)
    let bottom = try conjugate(x.denominator)
    return try divide(top, bottom)
  }

  private mutating func conjugate(
    _ polynomial: Polynomial
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    var result = Complex<RationalFunction>.zero
    for (exponents, coefficient) in polynomial.terms {
      var term = Complex(RationalFunction(Rational(coefficient)))
      for (index, exponent) in exponents.enumerated() where exponent > 0 {
        term = try multiply(term, try integerPower(try conjugateKernel(index), exponent))
      }
      result = try add(try lift(result), term)
    }
    return result
  }

  private mutating func conjugateKernel(
    _ index: Int
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let generator = basis.generators[index]
    if generator.isReal { return Complex(basis.variable(index)) }
    if let exponent = known.exponents[index] {
      return try exponential(try conjugate(Complex(try basis.lift(exponent))))
    }
    let expression = generator.kernel.expression
    if case .function(.conj, let arguments) = expression.kind, let inner = arguments.first {
      return try normalize(inner)
    }
    if case .function(let function, let arguments) = expression.kind, arguments.count == 1,
      function == .sin || function == .cos
    {
      return try circular(function, try conjugate(try normalize(arguments[0])))
    }
    return Complex(try opaque(conj(expression), isReal: false))
  }

  /// (x + conj x)/2 or (x - conj x)/(2i).
  mutating func part(
    _ function: Function, _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    if isRealForm(x) { return Complex(function == .re ? x.re : x.im) }
    let other = try conjugate(x)
    let half = RationalFunction(Rational(reciprocalOf: 2))
    if function == .re {
      return Complex(half) * (try add(try lift(x), try lift(other)))
    }
    let difference = try add(try lift(x), -(try lift(other)))
    return try multiply(Complex(re: .zero, im: -half), difference)
  }

  /// |x| of a complex value: a kernel whose square is x·conj x.
  mutating func modulus(
    _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    if isRealForm(x) {
      if x.im.isZero { return Complex(try absolute(x.re)) }
      return try squareRoot(try multiply(x, x.conj))
    }
    let square = try multiply(x, try conjugate(x))
    var relation: KernelBasis.Relation?
    if square.im.isZero {
      relation = .init(
        degree: 2, value: square.re.numerator,
        lead: square.re.denominator.isOne ? nil : square.re.denominator)
    }
    return Complex(
      try generator(
        .opaque(abs(basis.expression(try lift(x)))), isReal: true, sign: .nonnegative,
        relation: relation))
  }
}

func conj(_ x: Expression) -> Expression { .apply(.conj, x) }
