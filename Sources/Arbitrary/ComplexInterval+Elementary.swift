import Exact

// Intermediate results carry a few bits more than asked for. The loss that is left is that of
// rectangles: the real and imaginary parts of f(z) are bounded apart.
private let guardBits = 16

// MARK: - Exponential and logarithm

extension Complex where F == Interval {
  /// e^z = e^x (cos y + i sin y).
  public static func exp(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isEmpty { return .empty }
    if z.isReal { return ComplexInterval(real: Interval.exp(z.re, precision: p)) }
    let q = p + guardBits
    let size = Interval.exp(z.re, precision: q)
    return ComplexInterval(
      re: Interval.mul(size, Interval.cos(z.im, precision: q), precision: p),
      im: Interval.mul(size, Interval.sin(z.im, precision: q), precision: p))
  }

  /// log|z| + i·arg z, the principal logarithm; empty for the point 0.
  public static func log(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isEmpty || z.isZero { return .empty }
    if z.isReal && z.re.isNonnegative {
      return ComplexInterval(real: Interval.log(z.re, precision: p))
    }
    let size = ComplexInterval.abs(z, precision: p + guardBits)
    return ComplexInterval(
      re: Interval.log(size, precision: p), im: arg(z, precision: p))
  }
}

// MARK: - Square root

extension Complex where F == Interval {
  /// The principal square root, with real part ≥ 0, and on the negative axis imaginary part ≥ 0.
  ///
  /// Exactly real arguments: real where nonnegative, exactly imaginary where nonpositive, and the box
  /// [0, √upper] + i[0, √-lower] where the sign is open. Rectangles across the negative axis enclose
  /// both sides of the cut.
  ///
  /// Tight for bounded rectangles: for r = |z|, Re √z = √((r + x)/2) rises with x and |y|, and
  /// |Im √z| = √((r - x)/2) falls with x and rises with |y|, so that bounds are at corners.
  public static func sqrt(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isEmpty { return .empty }
    let x = z.re
    let y = z.im
    if z.isReal {
      let re = x.upper.signum > 0 ? Interval.sqrt(x, precision: p) : Interval(0, precision: p)
      let im = x.lower.signum < 0 ? Interval.sqrt(-x, precision: p) : Interval(0, precision: p)
      if x.lower.signum >= 0 || x.upper.signum <= 0 { return ComplexInterval(re: re, im: im) }
      return ComplexInterval(
        re: Interval(0, precision: p).union(re), im: Interval(0, precision: p).union(im))
    }
    guard x.isBounded && y.isBounded else {
      let half = Interval(uncheckedLower: Real(0, precision: p), upper: .infinity)
      let im = y.isNonnegative ? half : y.upper.signum < 0 ? -half : .entire
      return ComplexInterval(re: half, im: im)
    }
    let q = p + guardBits
    let re = Interval(
      uncheckedLower: halfSum(x.lower, y.mignitude, q).lower,
      upper: halfSum(x.upper, y.magnitude, q).upper)
    return ComplexInterval(
      re: re.rounded(precision: p), im: sqrtImaginary(x, y, q).rounded(precision: p))
  }

  private static func sqrtImaginary(_ x: Interval, _ y: Interval, _ q: Int) -> Interval {
    if y.isNonnegative {
      return Interval(
        uncheckedLower: halfSum(-x.upper, y.lower, q).lower,
        upper: halfSum(-x.lower, y.upper, q).upper)
    }
    // Strictly below the axis the values mirror those above it. A box that reaches the axis from below
    // has the cut's own values, from above, as well.
    if y.upper.signum < 0 { return -sqrtImaginary(x, -y, q) }
    return Interval(
      uncheckedLower: -halfSum(-x.lower, y.lower.magnitude, q).upper,
      upper: halfSum(-x.lower, y.upper, q).upper)
  }

  /// An enclosure of √((√(x² + y²) + x)/2) at one point, for y ≥ 0.
  ///
  /// For x < 0 the sum cancels; there it is |y| / (2 √((r - x)/2)).
  private static func halfSum(_ x: Real, _ y: Real, _ q: Int) -> Interval {
    if x.signum < 0 && y.isZero { return Interval(0, precision: q) }
    let size = Interval { Real.hypot(x, y, precision: q, rounding: $0) }
    let sum = Interval.add(size, Interval(x.magnitude), precision: q)
    let root = Interval.sqrt(
      Interval.scale(sum, byPowerOfTwo: -1, precision: q), precision: q)
    if x.signum >= 0 { return root }
    return Interval.div(
      Interval(y), Interval.scale(root, byPowerOfTwo: 1, precision: q), precision: q)
  }
}

// MARK: - Circular and hyperbolic functions

extension Complex where F == Interval {
  /// sin x cosh y + i cos x sinh y.
  public static func sin(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isEmpty { return .empty }
    if z.isReal { return ComplexInterval(real: Interval.sin(z.re, precision: p)) }
    let q = p + guardBits
    return ComplexInterval(
      re: Interval.mul(
        Interval.sin(z.re, precision: q), Interval.cosh(z.im, precision: q), precision: p),
      im: Interval.mul(
        Interval.cos(z.re, precision: q), Interval.sinh(z.im, precision: q), precision: p))
  }

  /// cos x cosh y - i sin x sinh y.
  public static func cos(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isEmpty { return .empty }
    if z.isReal { return ComplexInterval(real: Interval.cos(z.re, precision: p)) }
    let q = p + guardBits
    return ComplexInterval(
      re: Interval.mul(
        Interval.cos(z.re, precision: q), Interval.cosh(z.im, precision: q), precision: p),
      im: -Interval.mul(
        Interval.sin(z.re, precision: q), Interval.sinh(z.im, precision: q), precision: p))
  }

  /// (sin 2x + i sinh 2y)/(cos 2x + cosh 2y); the whole plane where a pole may be inside.
  public static func tan(_ z: ComplexInterval, precision p: Int) -> ComplexInterval {
    if z.isEmpty { return .empty }
    if z.isReal { return ComplexInterval(real: Interval.tan(z.re, precision: p)) }
    // cos 2x + cosh 2y = 2(cos²x + sinh²y), a sum that is never negative and does not cancel.
    let q = p + guardBits
    let x = z.re
    let y = z.im
    let cosine = Interval.cos(x, precision: q)
    let hyperbolic = Interval.sinh(y, precision: q)
    let divisor = Interval.add(
      Interval.sqr(cosine, precision: q), Interval.sqr(hyperbolic, precision: q), precision: q)
    if divisor.containsZero { return .entire }
    let re = Interval.mul(Interval.sin(x, precision: q), cosine, precision: q)
    let im = Interval.mul(hyperbolic, Interval.cosh(y, precision: q), precision: q)
    return ComplexInterval(
      re: Interval.div(re, divisor, precision: p), im: Interval.div(im, divisor, precision: p))
  }

  /// -i sin(iz).
  public static func sinh(_ z: ComplexInterval, precision: Int) -> ComplexInterval {
    if z.isReal { return ComplexInterval(real: Interval.sinh(z.re, precision: precision)) }
    return -sin(z.timesI, precision: precision).timesI
  }

  /// cos(iz).
  public static func cosh(_ z: ComplexInterval, precision: Int) -> ComplexInterval {
    if z.isReal { return ComplexInterval(real: Interval.cosh(z.re, precision: precision)) }
    return cos(z.timesI, precision: precision)
  }

  /// -i tan(iz).
  public static func tanh(_ z: ComplexInterval, precision: Int) -> ComplexInterval {
    if z.isReal { return ComplexInterval(real: Interval.tanh(z.re, precision: precision)) }
    return -tan(z.timesI, precision: precision).timesI
  }
}

// MARK: - Powers

extension Complex where F == Interval {
  /// z^n; 1 for n = 0, and for negative n the inverse, with the conventions of ``Interval``'s division.
  public static func powInt(_ z: ComplexInterval, _ n: Int, precision p: Int) -> ComplexInterval {
    if z.isEmpty { return .empty }
    if z.isReal { return ComplexInterval(real: Interval.powInt(z.re, n, precision: p)) }
    if z.re.isZero {
      // (iy)^n = i^n y^n.
      let size = Interval.powInt(z.im, n, precision: p)
      switch ((n % 4) + 4) % 4 {
      case 0: return ComplexInterval(real: size)
      case 1: return ComplexInterval(imaginary: size)
      case 2: return ComplexInterval(real: -size)
      default: return ComplexInterval(imaginary: -size)
      }
    }
    // Squaring loses about a bit a step.
    let q = p + guardBits + (Int.bitWidth - n.magnitude.leadingZeroBitCount) * 2
    var result = ComplexInterval.one
    var square = z.rounded(precision: q)
    var rest = n.magnitude
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square.squared(precision: q) }
    }
    return n >= 0 ? result.rounded(precision: p) : div(.one, result, precision: p)
  }

  /// z² of one and the same point: (x + y)(x - y) + 2ixy would widen, x² - y² does not.
  func squared(precision: Int) -> ComplexInterval {
    let product = Interval.mul(re, im, precision: precision)
    return ComplexInterval(
      re: Interval.sub(
        Interval.sqr(re, precision: precision), Interval.sqr(im, precision: precision),
        precision: precision),
      im: Interval.scale(product, byPowerOfTwo: 1, precision: precision))
  }

  /// The principal power e^(w log z), and 0^w = 0 where Re w > 0.
  ///
  /// Exactly real z ≥ 0 with exactly real w gives an exactly real result, and so do exact integer
  /// exponents; of the point 0 with Re w not surely positive, the result is empty or the whole plane.
  public static func pow(
    _ z: ComplexInterval, _ w: ComplexInterval, precision p: Int
  ) -> ComplexInterval {
    if z.isEmpty || w.isEmpty { return .empty }
    if w.isReal, w.re.isPoint, w.re.lower.isInteger, let n = w.re.lower.floor?.word {
      return powInt(z, n, precision: p)
    }
    // 1788's power leaves out 0^0, which is 1 here.
    if w.isReal && z.isReal && z.re.isNonnegative && !z.isZero {
      return ComplexInterval(real: Interval.pow(z.re, w.re, precision: p))
    }
    // 0^w: zero for Re w > 0, not defined for Re w ≤ 0 (w = 0, where it is 1, is inside the plane).
    if z.isZero {
      if w.re.lower.signum > 0 { return .zero }
      return w.re.upper.signum < 0 ? .empty : .entire
    }
    if z.containsZero && w.re.lower.signum <= 0 { return .entire }
    let q = p + guardBits
    let exponent = w.rounded(precision: q) * log(z, precision: q)
    let power = exp(exponent, precision: p)
    return z.containsZero ? power.union(.zero) : power
  }

  /// The principal power z^r; the integer power where `r` is an integer, the exact roads of real
  /// arguments where z is exactly real.
  public static func pow(_ z: ComplexInterval, _ r: Rational, precision p: Int) -> ComplexInterval {
    if r.isInteger, let n = r.numerator.word { return powInt(z, n, precision: p) }
    if z.isReal && z.re.isNonnegative {
      return ComplexInterval(real: Interval.pow(z.re, r, precision: p))
    }
    // Half-integers by the square root: of a surely negative number exactly imaginary or real.
    if r.denominator == 2, let n = r.numerator.word, n.magnitude <= 1 << 12 {
      return powInt(sqrt(z, precision: p + guardBits), n, precision: p)
    }
    let exponent = ComplexInterval(real: Interval(r, precision: p + 2 * guardBits))
    return pow(z, exponent, precision: p)
  }
}
