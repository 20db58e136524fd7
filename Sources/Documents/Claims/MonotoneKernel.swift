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
    var limit: Rational?
    if !c.isZero {
      guard let pole = try? Rational(-d, c) else { return nil }
      if pole > range.lower && pole < range.upper { return nil }
      if pole == range.lower || pole == range.upper {
        limit = pole
        // m' = determinant/(c·t + d)²: increasing functions come from minus infinity after a pole.
        let increases = determinant.signum > 0
        isReciprocal = increases != (pole == range.lower)
      }
    }
    if limit == nil {
      // Small rather than large.
      let middle = range.lower + range.upper
      let value =
        (Rational(a) * middle + Rational(b + b)).signum
        * (Rational(c) * middle + Rational(d + d)).signum
      isReciprocal = value > 0
    }
    if isReciprocal { (a, b) = (-a, -b) }
    self.isReciprocal = isReciprocal
    map = Self.map(a, b, c, d, limit)
  }

  private static func map(
    _ a: Integer, _ b: Integer, _ c: Integer, _ d: Integer, _ limit: Rational?
  ) -> CoordinateMap {
    let increases = (a * d - b * c).signum > 0
    @Sendable func image(_ t: Real, _ precision: Int) -> Interval {
      if let limit, t.compare(limit) == 0 { return .zero }
      let p = precision + 32
      let t = Interval(t)
      func linear(_ m: Integer, _ n: Integer) -> Interval {
        Interval.add(
          Interval.mul(Interval(m, precision: p), t, precision: p), Interval(n, precision: p),
          precision: p)
      }
      return Interval.exp(
        Interval.div(linear(a, b), linear(c, d), precision: p), precision: precision)
    }
    @Sendable func preimage(_ k: Real, _ precision: Int) -> Interval {
      if k.signum <= 0 {
        return limit.map { Interval($0, precision: precision) } ?? .entire
      }
      let p = precision + 32
      let l = Interval.log(Interval(k), precision: p)
      func linear(_ m: Integer, _ n: Integer) -> Interval {
        Interval.add(
          Interval.mul(Interval(m, precision: p), l, precision: p), Interval(n, precision: p),
          precision: p)
      }
      return Interval.div(linear(d, -b), linear(-c, a), precision: precision)
    }
    return CoordinateMap(
      isDecreasing: !increases,
      forward: { t, precision in
        image(t.lower, precision).union(t.isPoint ? .empty : image(t.upper, precision))
      },
      inverse: { k, precision in
        preimage(k.lower, precision).union(k.isPoint ? .empty : preimage(k.upper, precision))
      })
  }
}
