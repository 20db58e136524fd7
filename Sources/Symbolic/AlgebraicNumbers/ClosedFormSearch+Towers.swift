import Algebra
import Arbitrary
import Exact

// Numbers that are quadratic or cubic over a number that is written already.
extension ClosedFormSearch {
  /// f = g(h): h(x) is a root of g, and x one of h - h(x).
  ///
  /// h is monic without constant term, and for a divisor of the degree it is determined by the upper
  /// coefficients of f (Kozen, Landau 1989).
  func decompositions(_ number: AlgebraicNumber) throws -> [Expression] {
    let n = number.degree
    var forms: [Expression] = []
    for s in 2..<n where n % s == 0 {
      guard let h = try Self.inner(number.minimalPolynomial, degree: s) else { continue }
      let value = try number.value(of: h)
      if value.degree * s != n { continue }
      let h0 = try value.negated()
      if s == 2 {
        forms += try roots(AlgebraicNumber(h[1]), h0)
      } else if (2..<s).allSatisfy({ h[$0].isZero }), h[1].isZero {
        if let root = try root(value, s) { forms += [root, -root] }
      } else if s == 3 {
        let (h2, h1) = (AlgebraicNumber(h[2]), AlgebraicNumber(h[1]))
        forms += try cubicByRoots(h2, h1, h0)
        forms += try cubicByAngle(h2, h1, h0)
      }
    }
    return forms
  }

  /// The h of degree s for which f may be a polynomial in h; nil where f is none.
  private static func inner(
    _ f: IntegerPolynomial, degree s: Int
  ) throws -> UnivariatePolynomial<Rational>? {
    let monic = try f.map { Rational($0) }.monic()
    let n = f.coefficients.count - 1
    let r = n / s
    // The coefficients of h from above: those of h^r agree with those of f down to x^(n-s+1).
    var h = UnivariatePolynomial<Rational>.monomial(.one, degree: s)
    for j in stride(from: 1, to: s, by: 1) {
      let power = (0..<r).reduce(UnivariatePolynomial<Rational>.one) { product, _ in product * h }
      let missing = try (monic[n - j] - power[n - j]) / Rational(r)
      h = h + .monomial(missing, degree: s - j)
    }
    var rest = monic
    while let degree = rest.degree, degree > 0 {
      let (quotient, digit) = try rest.quotientAndRemainder(by: h)
      if digit.coefficients.count > 1 { return nil }
      rest = quotient
    }
    return h
  }

  /// The roots of x² + bx + c: -b/2 ± √(b²/4 - c).
  private func roots(_ b: AlgebraicNumber, _ c: AlgebraicNumber) throws -> [Expression] {
    let middle = try b / Rational(-2)
    let square = try middle * middle - c
    guard let shift = write(middle) else { return [] }
    var forms: [Expression] = []
    let scale = middle.rational?.denominator ?? 1
    for k in Set([Rational.one, Rational(scale), Rational(2)]).sorted() {
      guard let side = try root(square * (k * k), 2) else { continue }
      for sign in [k, -k] {
        let term = (try sign.inverse(), side)
        if let value = shift.rationalValue {
          forms += Self.sums([(value, .one), term])
        } else {
          forms += Self.sums([(.one, shift), term])
        }
      }
    }
    return forms
  }

  /// A quadratic or cubic equation over Q(√d), for the quadratic fields within that of the number. Its
  /// coefficients are an integer relation among the digits.
  func overQuadraticFields(_ number: AlgebraicNumber) throws -> [Expression] {
    let m = number.degree / 2
    guard number.degree % 2 == 0, m == 2 || m == 3 else { return [] }
    var forms: [Expression] = []
    for d in try number.quadraticSubfields() {
      let found = try IntegerRelations.combination(
        count: 2 * m + 1, limit: limit.relationBits
      ) { (precision) throws(ArithmeticError) in
        let x = number.interval(precision: precision)
        let root = Interval.sqrt(Interval(d, precision: precision), precision: precision)
        var powers = [Interval(1)]
        for _ in 0..<m {
          powers.append(Interval.mul(powers[powers.count - 1], x, precision: precision))
        }
        return [powers[m]]
          + powers.dropLast().flatMap { [$0, Interval.mul($0, root, precision: precision)] }
      }
      guard let found else { continue }
      let root = try AlgebraicNumber(Rational(d)).root(2)
      var h: [AlgebraicNumber] = []
      for i in 0..<m { h.append(try (root * -found[2 * i + 1]) - found[2 * i]) }
      if m == 2 {
        forms += try roots(h[1], h[0])
      } else {
        forms += try cubicByRoots(h[2], h[1], h[0])
        forms += try cubicByAngle(h[2], h[1], h[0])
      }
    }
    return forms
  }

  /// Ferrari: with y = x + b/4 and y⁴ + py² + qy + r, each root z > 0 of z³ + 2pz² + (p² - 4r)z - q²
  /// gives y = (±√z ± √(-z - 2p ∓ 2q/√z))/2.
  func quartic(_ number: AlgebraicNumber) throws -> [Expression] {
    let f = number.minimalPolynomial
    let shift = try Rational(-f[3], 4 * f[4])
    let moved = try number - shift
    let g = try moved.minimalPolynomial.map { Rational($0) }.monic()
    let (p, q, r) = (g[2], g[1], g[0])
    if q.isZero { return [] }
    let resolvent = UnivariatePolynomial<Rational>([
      -(q * q), p * p - r * 4, p * 2, 1,
    ])
    var forms: [Expression] = []
    for (z, _) in try AlgebraicNumber.roots(of: resolvent) where z.signum > 0 {
      guard let written = write(z), let s = try root(z, 2) else { continue }
      for sign in [Rational.one, -1] {
        var radicands: [Expression] = []
        if let value = z.rational {
          let inner =
            try AlgebraicNumber(-value - p * 2)
            - AlgebraicNumber(value).root(2).inverse() * (q * 2 * sign)
          if inner.signum >= 0, let form = write(inner) { radicands = [form] }
        } else {
          let quotient = Self.multiple(s.power(-1), q * -2 * sign)
          radicands = [.sum([.rational(p * -2), -written, quotient])]
          if let rest = write(try (z + p * 2).negated()) { radicands.append(rest + quotient) }
        }
        for radicand in radicands {
          for side in [Rational.half, -.half] {
            forms += Self.sums([(shift, .one), (sign * .half, s), (side, sqrt(radicand))])
          }
        }
      }
    }
    return forms
  }
}
