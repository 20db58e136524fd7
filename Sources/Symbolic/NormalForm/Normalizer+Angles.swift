import Algebra
import Arbitrary
import Exact

/// Cosines and sines. The pair of an angle is kept as the formal complex number cos + i·sin, so that
/// the addition theorems are its multiplication; both parts may themselves be complex.
extension Normalizer {
  /// cos(x) + i·sin(x) as a formal pair, for an angle of any kind.
  ///
  /// Multiples of π become algebraic numbers, arcsines and arctangents what their cosine and sine are,
  /// the rest a combination of the angles chosen in advance, or a pair of kernels of its own.
  mutating func rotor(_ angle: RationalFunction) throws(ArithmeticError) -> Complex<
    RationalFunction
  > {
    var result = Complex<RationalFunction>.one
    var rest = RationalFunction.zero
    for (coefficient, unit) in try angle.units() {
      if let index = unit.generatorIndex {
        if basis.generators[index].kernel == .opaque(.pi),
          let constant = try rotor(piTimes: coefficient)
        {
          result = try multiply(result, constant)
          continue
        }
        if let known = known.angles[index], let inverse = try rotor(known, index, coefficient) {
          result = try multiply(result, inverse)
          continue
        }
      }
      rest = try sum(rest, try product(RationalFunction(coefficient), unit))
    }
    if rest.isZero { return result }
    return try multiply(result, try kernelRotor(rest))
  }

  /// cos and sin of a general argument; sin(a + i·b) = sin a·cosh b + i·cos a·sinh b.
  mutating func circular(
    _ function: Function, _ x: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let pair = try rotor(x.re)
    if x.im.isZero { return Complex(function == .cos ? pair.re : pair.im) }
    let up = try exponential(Complex(x.im))
    let down = try divide(.one, up)
    let half = Complex(RationalFunction(Rational(reciprocalOf: 2)))
    let cosh = half * (try lift(up) + (try lift(down)))
    let sinh = half * (try lift(up) - (try lift(down)))
    let (cosine, sine) = (Complex(pair.re), Complex(pair.im))
    if function == .cos {
      let imaginary = try multiply(try multiply(sine, sinh), .i)
      return try lift(try multiply(cosine, cosh)) - (try lift(imaginary))
    }
    let imaginary = try multiply(try multiply(cosine, sinh), .i)
    return try lift(try multiply(sine, cosh)) + (try lift(imaginary))
  }

  // MARK: Kernels

  private mutating func kernelRotor(
    _ angle: RationalFunction
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let angle = try basis.lift(angle)
    if angle.numerator.leadingCoefficient.isNegative { return try kernelRotor(-angle).conj }
    let isOwn = angleBasis.contains { (try? basis.lift($0)) == angle }
    if !isOwn, !angleBasis.isEmpty {
      var chosen: [RationalFunction] = []
      for one in angleBasis { chosen.append(try basis.lift(one)) }
      if let parts = try LinearSpan.coordinates(of: angle, in: chosen, over: basis),
        parts.allSatisfy({ $0.isInteger && $0.magnitude <= Rational(AngleBasis.largestMultiple) })
      {
        var result = Complex<RationalFunction>.one
        for (part, one) in zip(parts, chosen) {
          guard let n = part.numerator.word, n != 0 else { continue }
          let pair = try kernelPair(one)
          // The conjugate pair belongs to the opposite angle.
          result = try multiply(result, try integerPower(n < 0 ? pair.conj : pair, abs(n)))
        }
        return result
      }
    }
    if !known.requestedAngles.contains(where: { (try? basis.lift($0)) == angle }) {
      known.requestedAngles.append(angle)
    }
    return try kernelPair(angle)
  }

  /// The two kernels of an angle, with sin² = 1 - cos².
  private mutating func kernelPair(
    _ angle: RationalFunction
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let angle = try basis.lift(angle)
    if angle.numerator.leadingCoefficient.isNegative { return try kernelPair(-angle).conj }
    let argument = basis.expression(angle)
    let isReal = basis.isReal(angle.numerator) && basis.isReal(angle.denominator)
    let cosine = try opaque(cos(argument), isReal: isReal)
    let square = Polynomial(1, ring: basis.ring) - cosine.numerator * cosine.numerator
    let sine = try generator(
      .opaque(sin(argument)), isReal: isReal, sign: nil,
      relation: .init(degree: 2, value: square))
    return Complex(re: try basis.lift(cosine), im: sine)
  }

  // MARK: Inverse functions

  /// cos and sin of c·θ, where θ is an arcsine or arctangent, for c = p/q with small q.
  private mutating func rotor(
    _ angle: KernelFacts.Angle, _ index: Int, _ coefficient: Rational
  ) throws(ArithmeticError) -> Complex<RationalFunction>? {
    guard let p = coefficient.numerator.word, abs(p) <= AngleBasis.largestMultiple,
      let q = coefficient.denominator.word, q <= 16, q == 1 || basis.generators[index].isReal
    else { return nil }
    var pair: Complex<RationalFunction>
    switch angle {
    case .arcsine(let u):
      let square = try multiply(Complex(u), Complex(u))
      let cosine = try squareRoot(.one - square)
      guard cosine.im.isZero else { return nil }
      pair = Complex(re: try basis.lift(cosine.re), im: try basis.lift(u))
    case .arctangent(let u):
      let square = try multiply(Complex(u), Complex(u))
      let secant = try squareRoot(.one + square)
      let cosine = try divide(.one, secant)
      guard cosine.im.isZero else { return nil }
      pair = Complex(re: try basis.lift(cosine.re), im: try product(u, cosine.re))
    }
    var rest = q
    // |θ| ≤ π/2, so that the halved angles have positive cosines.
    while rest % 2 == 0 {
      pair = try halved(pair)
      rest /= 2
    }
    if rest > 1 { pair = try divided(pair, by: rest, angle: index, part: q) }
    return try integerPower(p < 0 ? pair.conj : pair, abs(p))
  }

  /// The pair of half an angle in [-π/2, π/2]: cos(θ/2) = √((1 + cos θ)/2), sin(θ/2) = sin θ/(2·cos(θ/2)).
  private mutating func halved(
    _ pair: Complex<RationalFunction>
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let half = RationalFunction(Rational(reciprocalOf: 2))
    let square = try product(half, try sum(.one, pair.re))
    let cosine = try positivePower(square, 1, 2)
    let sine = try quotient(try product(half, pair.im), cosine)
    return Complex(re: try basis.lift(cosine), im: try basis.lift(sine))
  }

  /// The pair of θ/n for odd n, as kernels C = 2·cos(θ/n), S = 2·sin(θ/n): the multiple-angle polynomial
  /// of C is 2·cos θ, and S² = 4 - C².
  private mutating func divided(
    _ pair: Complex<RationalFunction>, by n: Int, angle index: Int, part: Int
  ) throws(ArithmeticError) -> Complex<RationalFunction> {
    let argument =
      basis.generators[index].kernel.expression * .rational(Rational(reciprocalOf: Integer(part)))
    let isReal = basis.isReal(pair.re.numerator) && basis.isReal(pair.re.denominator)
    let multiple = MultipleAngle.polynomial(n)
    // D·(C^n + …) = N where 2·cos θ = N/D with a number D.
    let target = try product(RationalFunction(Rational(2)), pair.re)
    let relation = target.denominator.constantValue.map { divisor in
      KernelBasis.Relation(
        degree: n, value: target.numerator, lower: multiple.dropLast().map { -$0 * divisor },
        lead: target.denominator.isOne ? nil : target.denominator)
    }
    let cosine = try generator(
      .opaque(2 * cos(argument)), isReal: isReal, sign: isReal ? .nonnegative : nil,
      relation: relation)
    let square = Polynomial(4, ring: basis.ring) - cosine.numerator * cosine.numerator
    let sine = try generator(
      .opaque(2 * sin(argument)), isReal: isReal, sign: nil,
      relation: .init(degree: 2, value: square))
    let half = RationalFunction(Rational(reciprocalOf: 2))
    return Complex(re: try product(half, cosine), im: try product(half, sine))
  }
}

/// The polynomials C_n with C_n(2·cos θ) = 2·cos(nθ): C_0 = 2, C_1 = y, C_{n+1} = y·C_n - C_{n-1}.
enum MultipleAngle {
  /// The coefficients from the constant term upward.
  static func polynomial(_ n: Int) -> [Integer] {
    var (previous, current): ([Integer], [Integer]) = ([2], [0, 1])
    if n == 0 { return previous }
    for _ in 1..<max(n, 1) {
      var next = [Integer.zero] + current
      for (k, coefficient) in previous.enumerated() { next[k] = next[k] - coefficient }
      (previous, current) = (current, next)
    }
    return current
  }

  /// The coefficients of the minimal polynomial of 2·cos(π/m), from the constant term upward, for
  /// m ≥ 2: with Φ the 2m-th cyclotomic polynomial, of degree 2d and palindromic,
  /// Φ(z) = z^d·ψ(z + 1/z).
  static func minimalPolynomial(_ m: Int) -> [Integer]? {
    guard m >= 2, let cyclotomic = UnivariatePolynomial<Integer>.cyclotomic(2 * m),
      let degree = cyclotomic.degree, degree % 2 == 0
    else { return nil }
    let d = degree / 2
    var result = [Integer](repeating: 0, count: d + 1)
    result[0] = cyclotomic[d]
    for k in 1...d {
      for (place, coefficient) in polynomial(k).enumerated() {
        result[place] = result[place] + cyclotomic[d + k] * coefficient
      }
    }
    return result
  }
}
