import Algebra
import Arbitrary
import Certified
import Exact
import Symbolic

/// A kernel exp(m(t)) with m a fraction (a·t + b)/(c·t + d), strictly monotone and bounded on a range of t: a coordinate
/// in which a condition is polynomial that t enters only through it.
///
/// Where a kernel grows beyond bounds at an end of the range its reciprocal takes its place. An end at which
/// the kernel has no value is its limit 0.
struct MonotoneKernel {
  /// Whether it is the reciprocal of the kernel in the basis.
  let isReciprocal: Bool
  let map: CoordinateMap

  /// - Returns: nil where the expression is no such kernel, or not monotone on the range.
  init?(_ kernel: Expression, of symbol: Symbol, over range: (lower: Rational, upper: Rational)) {
    guard case .function(.exp, let arguments) = kernel.kind, let argument = arguments.first,
      let form = try? NormalForm(argument), form.value.im.isZero,
      form.basis.generators.count == 1, form.basis.generators[0].kernel == .symbol(symbol),
      let top = form.value.re.numerator.univariate(in: 0),
      let bottom = form.value.re.denominator.univariate(in: 0),
      max(top.degree ?? 0, bottom.degree ?? 0) == 1
    else { return nil }
    var (a, b) = (top[1], top[0])
    let (c, d) = (bottom[1], bottom[0])
    let determinant = a * d - b * c
    if determinant.isZero { return nil }
    // The pole -d/c may lie at an end of the range, and goes to minus infinity there.
    var isReciprocal = false
    var goesToLimit = false
    if !c.isZero {
      guard let pole = try? Rational(-d, c) else { return nil }
      if pole > range.lower && pole < range.upper { return nil }
      if pole == range.lower || pole == range.upper {
        goesToLimit = true
        // m' = determinant/(c·t + d)²: increasing functions come from minus infinity after a pole.
        let increases = determinant.signum > 0
        isReciprocal = increases != (pole == range.lower)
      }
    }
    if !goesToLimit {
      // Small rather than large.
      let middle = range.lower + range.upper
      let value =
        (Rational(a) * middle + Rational(b + b)).signum
        * (Rational(c) * middle + Rational(d + d)).signum
      isReciprocal = value > 0
    }
    if isReciprocal { (a, b) = (-a, -b) }
    self.isReciprocal = isReciprocal
    guard let map = CoordinateMap.exponential(a, b, c, d) else { return nil }
    self.map = map
  }
}
