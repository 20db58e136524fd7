import Exact

/// Polynomials whose roots are sums and products of the roots of others, with multiplicities.
///
/// They are the bivariate resultants res_y(f(y), g(x - y)) and the like, computed on power sums: those
/// of the products αβ are the products of the power sums, and those of the sums α + β a binomial
/// convolution. Roots are first scaled to algebraic integers, so everything stays in Z.
///
/// Source: Bostan, Flajolet, Salvy, Schost 2006.
enum ComposedPolynomials {
  /// The primitive polynomial with the roots α + β.
  static func sum(
    _ f: IntegerPolynomial, _ g: IntegerPolynomial
  ) throws(ArithmeticError) -> IntegerPolynomial {
    let scale = Integer.lcm(f.leadingCoefficient, g.leadingCoefficient)
    let count = f.degreeOrZero * g.degreeOrZero
    let p = powerSums(monic(f, scale: scale), count)
    let q = powerSums(monic(g, scale: scale), count)
    var sums: [Integer] = []
    var binomials: [Integer] = [.one]
    for k in 0...count {
      if k > 0 {
        var next = [Integer.one]
        for i in 1..<max(k, 1) { next.append(binomials[i - 1] + binomials[i]) }
        binomials = next + [.one]
      }
      var total = Integer.zero
      for i in 0...k { total += binomials[i] * p[i] * q[k - i] }
      sums.append(total)
    }
    return try unscale(polynomial(fromPowerSums: sums), scale)
  }

  /// The primitive polynomial with the roots α·β.
  static func product(
    _ f: IntegerPolynomial, _ g: IntegerPolynomial
  ) throws(ArithmeticError) -> IntegerPolynomial {
    let count = f.degreeOrZero * g.degreeOrZero
    let p = powerSums(monic(f, scale: f.leadingCoefficient), count)
    let q = powerSums(monic(g, scale: g.leadingCoefficient), count)
    let sums = (0...count).map { p[$0] * q[$0] }
    return try unscale(
      polynomial(fromPowerSums: sums), f.leadingCoefficient * g.leadingCoefficient)
  }

  /// The primitive polynomial with the roots α^k, for k > 0.
  static func power(
    _ f: IntegerPolynomial, _ k: Int
  ) throws(ArithmeticError) -> IntegerPolynomial {
    let n = f.degreeOrZero
    let p = powerSums(monic(f, scale: f.leadingCoefficient), n * k)
    return try unscale(
      polynomial(fromPowerSums: (0...n).map { p[$0 * k] }), f.leadingCoefficient.power(UInt(k)))
  }

  /// The primitive polynomial with the roots h(α).
  static func image(
    of f: IntegerPolynomial, under h: UnivariatePolynomial<Rational>
  ) throws(ArithmeticError) -> IntegerPolynomial {
    let n = f.degreeOrZero
    let modulus = try f.map { Rational($0) }.monic()
    let scaledSums = powerSums(monic(f, scale: f.leadingCoefficient), n)
    var traces: [Rational] = []
    for (i, sum) in scaledSums.enumerated() {
      traces.append(try Rational(sum, f.leadingCoefficient.power(UInt(i))))
    }
    // The k-th power sum is the trace of h^k mod f.
    var power = UnivariatePolynomial<Rational>.one
    var sums: [Rational] = []
    for _ in 0...n {
      sums.append(
        power.coefficients.enumerated().reduce(.zero) { $0 + $1.element * traces[$1.offset] })
      power = try (power * h).quotientAndRemainder(by: modulus).remainder
    }
    var coefficients = [Rational.one]
    for k in stride(from: 1, through: n, by: 1) {
      var total = sums[k]
      for i in 1..<max(k, 1) { total += coefficients[i] * sums[k - i] }
      coefficients.append(try -total / Rational(k))
    }
    return IntegerPolynomial(
      clearingDenominatorsOf: UnivariatePolynomial(coefficients.reversed()))
  }

  /// The monic integer polynomial whose roots are those of `f` times a multiple of lc(f).
  private static func monic(_ f: IntegerPolynomial, scale: Integer) -> IntegerPolynomial {
    let n = f.degreeOrZero
    let ratio = scale.exactQuotient(by: f.leadingCoefficient)
    // The coefficient is a_{n-i}·scale^i / a_n = a_{n-i}·ratio·scale^(i-1).
    var coefficients = f.coefficients
    var factor = ratio
    for i in stride(from: 1, through: n, by: 1) {
      coefficients[n - i] *= factor
      factor *= scale
    }
    coefficients[n] = .one
    return IntegerPolynomial(coefficients)
  }

  /// The sums of the powers 0 … count of the roots of a monic polynomial (Newton's identities).
  private static func powerSums(_ f: IntegerPolynomial, _ count: Int) -> [Integer] {
    let n = f.degreeOrZero
    var sums = [Integer(n)]
    for k in stride(from: 1, through: count, by: 1) {
      var total = k <= n ? f[n - k] * Integer(k) : .zero
      for i in 1..<max(k, 1) where i <= n { total += f[n - i] * sums[k - i] }
      sums.append(-total)
    }
    return sums
  }

  /// The monic polynomial with the given sums of powers of its roots, the zeroth being its degree.
  private static func polynomial(
    fromPowerSums sums: [Integer]
  ) throws(ArithmeticError) -> IntegerPolynomial {
    var coefficients = [Integer.one]
    for k in stride(from: 1, to: sums.count, by: 1) {
      var total = sums[k]
      for i in 1..<max(k, 1) { total += coefficients[i] * sums[k - i] }
      guard let quotient = total.dividedExactly(by: Integer(k)) else {
        throw .domain("power sums of no integer polynomial")
      }
      coefficients.append(-quotient)
    }
    return IntegerPolynomial(coefficients.reversed())
  }

  /// The primitive polynomial whose roots are those of a monic one over `scale`.
  private static func unscale(_ f: IntegerPolynomial, _ scale: Integer) -> IntegerPolynomial {
    f.withArgumentScaled(by: Rational(scale)).primitivePart
  }
}

extension UnivariatePolynomial {
  /// The degree, 0 for the zero polynomial.
  var degreeOrZero: Int { degree ?? 0 }
}
