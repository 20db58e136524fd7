import Algebra
import Arbitrary
import Exact

/// Cosines and sines of rational multiples of π, which are algebraic numbers.
extension Normalizer {
  /// The largest prime power in the denominator of an angle over π that becomes algebraic.
  static let largestAnglePart = 127

  /// cos(πc) + i·sin(πc) as a pair; nil where the denominator is too large.
  ///
  /// c is a sum of fractions over prime powers, and the pairs of π/2^k, π/3 and π/5 are known by
  /// radicals; 2·cos(π/m) of another prime power m is a kernel with its minimal polynomial.
  mutating func rotor(
    piTimes coefficient: Rational
  ) throws(ArithmeticError) -> Complex<RationalFunction>? {
    guard let q = coefficient.denominator.word, q <= 1_000_000,
      let p = try coefficient.numerator.floorQuotientAndRemainder(by: Integer(2 * q))
        .remainder.word
    else { return nil }
    let parts = Normalizer.primePowers(q)
    guard parts.allSatisfy({ $0 <= Normalizer.largestAnglePart }) else { return nil }
    // p/q = Σ a_m/m + whole, with a_m ≡ p·(q/m)^(-1) modulo m.
    var result = Complex<RationalFunction>.one
    var whole = Rational(p) * Rational(reciprocalOf: Integer(q))
    for m in parts {
      guard let inverse = Integer(q / m).inverse(modulo: Integer(m)) else { return nil }
      let residue = try (Integer(p) * inverse).floorQuotientAndRemainder(by: Integer(m)).remainder
      guard var a = residue.word else { return nil }
      if 2 * a > m { a -= m }
      whole = whole - Rational(a) * Rational(reciprocalOf: Integer(m))
      let pair = try unitRotor(m)
      result = try multiply(result, try integerPower(a < 0 ? pair.conj : pair, abs(a)))
    }
    return whole.numerator.isEven ? result : -result
  }

  /// The prime powers whose product is the number.
  private static func primePowers(_ q: Int) -> [Int] {
    var rest = q
    var result: [Int] = []
    var p = 2
    while rest > 1 {
      if p * p > rest { p = rest }
      var power = 1
      while rest % p == 0 {
        power *= p
        rest /= p
      }
      if power > 1 { result.append(power) }
      p += 1
    }
    return result
  }

  /// The pair of π/m for a prime power m.
  private mutating func unitRotor(_ m: Int) throws(ArithmeticError) -> Complex<RationalFunction> {
    let half = RationalFunction(Rational(reciprocalOf: 2))
    func root(_ normalizer: inout Normalizer, _ value: RationalFunction)
      throws(ArithmeticError) -> RationalFunction
    { try normalizer.squareRoot(Complex(value)).re }
    switch m {
    case 2: return .i
    case 3:
      let three = try root(&self, RationalFunction(Rational(3)))
      return Complex(re: try basis.lift(half), im: try product(half, three))
    case 5:
      let quarter = RationalFunction(Rational(reciprocalOf: 4))
      let five = try root(&self, RationalFunction(Rational(5)))
      let cosine = try product(quarter, try sum(.one, five))
      let radicand = try sum(
        RationalFunction(Rational(10)), try product(RationalFunction(Rational(-2)), five))
      let sine = try product(quarter, try root(&self, radicand))
      return Complex(re: try basis.lift(cosine), im: try basis.lift(sine))
    case let m where m & (m - 1) == 0:
      // Half of the angle π/(m/2), in the first quadrant.
      let whole = try unitRotor(m / 2)
      let up = try product(half, try sum(.one, whole.re))
      let down = try product(half, try sum(.one, -whole.re))
      let (cosine, sine) = (try root(&self, up), try root(&self, down))
      return Complex(re: try basis.lift(cosine), im: try basis.lift(sine))
    default:
      guard let minimal = MultipleAngle.minimalPolynomial(m) else {
        throw .limit("the cosine of pi/\(m)")
      }
      let argument = Expression.pi * .rational(Rational(reciprocalOf: Integer(m)))
      let degree = minimal.count - 1
      let double = try generator(
        .opaque(2 * cos(argument)), isReal: true, sign: .positive,
        relation: .init(
          degree: degree, value: Polynomial(0, ring: basis.ring),
          lower: minimal.dropLast().map { -$0 }))
      let cosine = try product(half, double)
      let square = try sum(.one, -(try product(cosine, cosine)))
      let sine = try root(&self, square)
      return Complex(re: try basis.lift(cosine), im: try basis.lift(sine))
    }
  }
}
