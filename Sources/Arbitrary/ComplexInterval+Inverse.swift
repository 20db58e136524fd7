import Exact

// Inverse functions by their logarithms, as in DLMF 4.23 and 4.37, whose principal values they have. On
// a cut the value is what the formula gives with the root and the logarithm taken from above their own
// cuts. Exactly real arguments of the real domain go by the real function.
private let guardBits = 24

extension Complex where F == Interval {
  private static func unit(_ p: Int) -> ComplexInterval {
    ComplexInterval(real: Interval(1, precision: p))
  }

  private static func half(_ z: ComplexInterval, _ p: Int) -> ComplexInterval {
    ComplexInterval(
      re: Interval.scale(z.re, byPowerOfTwo: -1, precision: p),
      im: Interval.scale(z.im, byPowerOfTwo: -1, precision: p))
  }

  private static func isReal(_ z: ComplexInterval, from low: Int, to high: Int) -> Bool {
    z.isReal && z.re.lower >= Real(low) && z.re.upper <= Real(high)
  }

  /// -i log(iz + √(1 - z²)); real on [-1, 1].
  public static func asin(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if isReal(z, from: -1, to: 1) {
      return ComplexInterval(real: Interval.asin(z.re, precision: p))
    }
    let q = p + guardBits
    let z = z.rounded(precision: q)
    let root = sqrt(unit(q) - z.squared(precision: q), precision: q)
    return -log(z.timesI + root, precision: p).timesI
  }

  /// π/2 - asin z; real on [-1, 1].
  public static func acos(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if isReal(z, from: -1, to: 1) {
      return ComplexInterval(real: Interval.acos(z.re, precision: p))
    }
    let q = p + guardBits
    let quarter = Interval.scale(Interval.pi(precision: q), byPowerOfTwo: -1, precision: q)
    return (ComplexInterval(real: quarter) - asin(z, precision: q)).rounded(precision: p)
  }

  /// (i/2)(log(1 - iz) - log(1 + iz)); real on the real axis.
  public static func atan(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isReal { return ComplexInterval(real: Interval.atan(z.re, precision: p)) }
    let q = p + guardBits
    let turned = z.rounded(precision: q).timesI
    let difference = log(unit(q) - turned, precision: q) - log(unit(q) + turned, precision: q)
    return half(difference.timesI, p)
  }

  /// -i asin(iz); real on the real axis.
  public static func asinh(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isReal { return ComplexInterval(real: Interval.asinh(z.re, precision: p)) }
    return -asin(z.timesI, precision: p).timesI
  }

  /// log(z + √(z + 1) √(z - 1)); real on [1, ∞).
  public static func acosh(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isReal && z.re.lower >= Real.one {
      return ComplexInterval(real: Interval.acosh(z.re, precision: p))
    }
    let q = p + guardBits
    let z = z.rounded(precision: q)
    let product = sqrt(z + unit(q), precision: q) * sqrt(z - unit(q), precision: q)
    return log(z + product, precision: p)
  }

  /// (log(1 + z) - log(1 - z))/2; real on (-1, 1).
  public static func atanh(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if isReal(z, from: -1, to: 1) {
      return ComplexInterval(real: Interval.atanh(z.re, precision: p))
    }
    let q = p + guardBits
    let z = z.rounded(precision: q)
    return half(log(unit(q) + z, precision: q) - log(unit(q) - z, precision: q), p)
  }
}
