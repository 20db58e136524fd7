import Arbitrary
import Exact
import Foundation
import Symbolic

/// The integral of a program over finite segments, each by a Gauss–Legendre rule with a proved error or
/// by an enclosure of the integrand over the whole segment, cut in halves until one of the two is good
/// enough.
///
/// Let f be holomorphic on the ellipse with foci ±1 and sum of half-axes ρ, |f| ≤ M there. Its Chebyshev
/// coefficients have |a_k| ≤ 2Mρ^-k (Bernstein; Trefethen, Approximation Theory and Approximation
/// Practice, theorem 8.1). The rule with n points is exact to degree 2n - 1 and both it and the integral
/// vanish on odd T_k, while |∫T_k| ≤ 2/(k² - 1) for even k and the rule is at most 2 on T_k. So the error is
/// at most Σ_{k ≥ 2n, even} 2Mρ^-k(2 + 2/(k² - 1)) ≤ (64/15)·M·ρ^-2n/(1 - ρ^-2) for n ≥ 2. That f is
/// holomorphic, and M, come from one evaluation over the rectangle around the ellipse (Petras,
/// Principles of verified numerical integration, 2007; Johansson, Numerical integration in
/// arbitrary-precision ball arithmetic, 2018).
struct AdaptiveGauss {
  let program: Program
  /// Of the sums.
  let precision: Int
  /// The error allowed to a segment is 2^-tolerance.
  let tolerance: Int
  let limit: QuadratureLimit
  private(set) var segments = 0
  private(set) var evaluations = 0

  init(_ program: Program, precision: Int, tolerance: Int, limit: QuadratureLimit) {
    self.program = program
    self.precision = precision
    self.tolerance = tolerance
    self.limit = limit
  }

  private static let ellipses: [Double] = [1.5, 2, 3, 5, 9, 17, 40, 150, 1000]

  /// The integral from `start` to `end`, start ≤ end.
  mutating func integral(
    from start: Real, to end: Real
  ) throws(QuadratureError) -> ComplexInterval {
    var sum = ComplexInterval.zero
    var pending = [(start, end, 0)]
    let deepest = 3 * tolerance + 256
    while let (left, right, depth) = pending.popLast() {
      guard left < right else { continue }
      segments += 1
      if segments > limit.segments || evaluations > limit.evaluations {
        throw .undecided(near: describe(left), reason: "too many segments or evaluations")
      }
      if let value = try segment(left, right) {
        sum = ComplexInterval(
          re: Interval.add(sum.re, value.re, precision: precision),
          im: value.im.isZero ? sum.im : Interval.add(sum.im, value.im, precision: precision))
        continue
      }
      let middle = Interval(between: left, and: right).midpoint.rounded(precision: precision)
      guard depth < deepest, left < middle, middle < right else {
        throw .undecided(near: describe(left), reason: "no bound of the integrand")
      }
      pending.append((middle, right, depth + 1))
      pending.append((left, middle, depth + 1))
    }
    return sum
  }

  private func describe(_ x: Real) -> String { Decimal.digits(of: x, significant: 6) }

  /// The integral over one segment; nil where it must be cut.
  private mutating func segment(
    _ left: Real, _ right: Real
  ) throws(QuadratureError) -> ComplexInterval? {
    let whole = Interval(between: left, and: right)
    let width = Interval.sub(Interval(right), Interval(left), precision: precision)
    let crude = try? program.encloseDefined([whole], precision: 64).first
    if let crude, crude.re.isBounded, crude.im.isBounded {
      let value = scaled(crude, width)
      if isSmall(value.re.width), value.im.isZero || isSmall(value.im.width) { return value }
    }
    let half = Interval.scale(width, byPowerOfTwo: -1, precision: precision)
    guard let best = bestRule(whole, half) else { return nil }
    guard let rule = LegendreRule.rule(count: best.count, precision: precision) else { return nil }
    guard let sum = weightedSum(rule, whole, half) else { return nil }
    let spread = Interval(between: -best.error, and: best.error)
    return ComplexInterval(
      re: Interval.add(sum.re, spread, precision: precision),
      im: sum.im.isZero && crude?.isReal == true
        ? sum.im : Interval.add(sum.im, spread, precision: precision))
  }

  private func isSmall(_ width: Real) -> Bool {
    width.isZero || (width.isFinite && (width.exponent ?? .max) <= -tolerance)
  }

  private func scaled(_ box: ComplexInterval, _ factor: Interval) -> ComplexInterval {
    ComplexInterval(
      re: Interval.mul(box.re, factor, precision: precision),
      im: box.im.isZero ? box.im : Interval.mul(box.im, factor, precision: precision))
  }

  /// The smallest rule whose error is proved to be within the tolerance.
  private func bestRule(_ whole: Interval, _ half: Interval) -> (count: Int, error: Real)? {
    let largest = max(40, (tolerance * 6 / 10) + 24)
    let bits = 64
    let centre = middle(of: whole)
    let radius = half
    var best: (count: Int, error: Real)?
    for rho in Self.ellipses {
      let inverse = Interval.div(Interval.one, Interval(rho), precision: bits)
      let long = Interval.scale(
        Interval.add(Interval(rho), inverse, precision: bits), byPowerOfTwo: -1, precision: bits)
      let short = Interval.scale(
        Interval.sub(Interval(rho), inverse, precision: bits), byPowerOfTwo: -1, precision: bits)
      let a = Interval.mul(radius, long, precision: bits).upper
      let b = Interval.mul(radius, short, precision: bits).upper
      let box = ComplexInterval(
        re: Interval.add(centre, Interval(between: -a, and: a), precision: precision + 8),
        im: Interval(between: -b, and: b))
      guard let value = try? program.encloseAnalytic([box], precision: bits).first,
        value.re.isBounded, value.im.isBounded
      else { break }
      let bound = ComplexInterval.abs(value, precision: bits).upper
      guard bound.isFinite else { break }
      if bound.isZero { return (LegendreRule.sizes[0], Real.zero) }
      // (64/15)·M·r/(1 - ρ^-2) ≤ 2^size.
      let factor = Interval.div(
        Interval.mul(
          Interval.mul(Interval(64), Interval(bound), precision: bits), half, precision: bits),
        Interval.mul(
          Interval(15),
          Interval.sub(Interval.one, Interval.sqr(inverse, precision: bits), precision: bits),
          precision: bits), precision: bits)
      guard let size = factor.upper.exponent else { continue }
      let needed = Double(size + tolerance + 1) / (2 * log2(rho))
      guard needed < Double(min(largest, best?.count ?? .max)),
        let count = LegendreRule.sizes.first(where: { Double($0) >= needed }), count <= largest,
        count < best?.count ?? .max
      else { continue }
      let decay = Interval.powInt(inverse, 2 * count, precision: bits)
      best = (count, Interval.mul(factor, decay, precision: bits).upper)
    }
    return best
  }

  private func middle(of segment: Interval) -> Interval {
    let sum = Interval.add(
      Interval(segment.lower), Interval(segment.upper), precision: precision + 8)
    return Interval.scale(sum, byPowerOfTwo: -1, precision: precision + 8)
  }

  private mutating func weightedSum(
    _ rule: LegendreRule, _ whole: Interval, _ half: Interval
  ) -> ComplexInterval? {
    let p = precision
    let middle = middle(of: whole)
    var sum = ComplexInterval.zero
    evaluations += rule.count
    for (node, weight) in zip(rule.nodes, rule.weights) {
      let offset = Interval.mul(node, half, precision: p)
      let signs = node.isZero ? [1] : [1, -1]
      for sign in signs {
        let x =
          sign > 0
          ? Interval.add(middle, offset, precision: p)
          : Interval.sub(middle, offset, precision: p)
        guard let value = try? program.encloseDefined([x], precision: p).first,
          value.re.isBounded, value.im.isBounded
        else { return nil }
        let term = scaled(value, weight)
        sum = ComplexInterval(
          re: Interval.add(sum.re, term.re, precision: p),
          im: term.im.isZero ? sum.im : Interval.add(sum.im, term.im, precision: p))
      }
    }
    return scaled(sum, half)
  }
}
