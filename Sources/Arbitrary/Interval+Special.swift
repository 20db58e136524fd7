import CMPFR
import Exact

// MARK: - Digamma and dilogarithm

extension Interval {
  /// The digamma function ψ over the reals that are not its poles 0, -1, -2, ….
  ///
  /// ψ'(x) = Σ 1/(x + k)² > 0 (DLMF 5.15.1): between two poles ψ rises from -∞ to +∞, so that the range
  /// over a set without a pole inside is had from its ends, and over any other is the whole line.
  /// Tightest; empty for a set that is one pole.
  public static func digamma(_ x: Interval, precision p: Int) -> Interval {
    if x.isEmpty { return .empty }
    let startsAtPole = isPoleOfDigamma(x.lower)
    if x.isPoint { return startsAtPole ? .empty : point(mpfr_digamma, x.lower, p) }
    // The first pole above the lower end, where poles are left there.
    if x.lower.signum < 0, x.lower.isInfinite || isPole(above: x.lower, before: x.upper) {
      return .entire
    }
    return Interval(
      uncheckedLower: startsAtPole
        ? .negativeInfinity : Real.apply(mpfr_digamma, x.lower, p, .down),
      upper: isPoleOfDigamma(x.upper) ? .infinity : Real.apply(mpfr_digamma, x.upper, p, .up))
  }

  private static func isPoleOfDigamma(_ x: Real) -> Bool { x.signum <= 0 && x.isInteger }

  /// Whether floor(a) + 1, the least integer above the negative number `a`, is below `b`.
  private static func isPole(above a: Real, before b: Real) -> Bool {
    // The floor needs no more bits than the number; a difference rounded up exceeds 1 if it does.
    let floor = Real.apply(mpfr_rint_floor, a, a.precision, .down)
    return Real.sub(b, floor, precision: 64, rounding: .up) > Real.one
  }

  /// The dilogarithm Li₂ over x ≤ 1: increasing there, since Li₂'(x) = -log(1 - x)/x > 0. Tightest.
  public static func dilog(_ x: Interval, precision: Int) -> Interval {
    increasing(
      mpfr_li2, x.intersection(Interval(uncheckedLower: .negativeInfinity, upper: .one)), precision)
  }
}

// MARK: - Bessel functions

extension Interval {
  /// The Bessel function J_n of integer order.
  ///
  /// From J_n(x) = (1/π)∫₀^π cos(nθ - x sin θ) dθ (DLMF 10.9.2) follow, for all real x,
  ///
  ///     |J_n| ≤ 1,   |J_n'| ≤ (1/π)∫ sin θ dθ = 2/π,   |J_n''| ≤ (1/π)∫ sin² θ dθ = 1/2,
  ///
  /// and |J_n| ≤ 1/√2 for n ≠ 0 (DLMF 10.14.1). J_n rises on [0, n] for n ≥ 1, because its first extremum
  /// is beyond n (DLMF 10.21.3), and J_0 falls on [0, 3], because J_1 has no zero in (0, 3.83). So:
  ///
  /// - at a point, and over a box inside [-n, n] (for J_0, [-3, 3]): the tightest enclosure;
  /// - over a box of width h ≤ 8: the box is cut into pieces of width w ≤ 1/8. On a piece on which J_n'
  ///   is shown not to vanish the range is that of its ends; on any other the chord is off by at most
  ///   max|J_n''|·w²/8 = w²/16;
  /// - over a wider box, and where the value at an end would take too long, the bounds above.
  public static func besselJ(order n: Int, _ x: Interval, precision p: Int) -> Interval {
    if x.isEmpty { return .empty }
    // J_{-n} = (-1)^n J_n.
    if n < 0 {
      guard n > Int.min else { return besselBound(1, p) }
      let value = besselJ(order: -n, x, precision: p)
      return n % 2 == 0 ? value : -value
    }
    let bound = besselBound(n, p)
    guard isBesselFeasible(n, x.lower, p), isBesselFeasible(n, x.upper, p) else { return bound }
    let f: UnaryMPFR = { mpfr_jn($0, n, $1, $2) }
    if x.isPoint { return point(f, x.lower, p) }
    let size = x.magnitude
    if n == 0 {
      if size <= Real(3) { return decreasing(f, abs(x), p) }
    } else if size <= Real(n) {
      return increasing(f, n % 2 == 0 ? abs(x) : x, p)
    }
    return besselPieces(n, f, x, p).intersection(bound)
  }

  /// [-1, 1] for n = 0, else [-1/√2, 1/√2].
  private static func besselBound(_ n: Int, _ p: Int) -> Interval {
    if n == 0 {
      return Interval(uncheckedLower: Real(-1, precision: p), upper: Real(1, precision: p))
    }
    let root = Real.sqrt(Real(0.5), precision: p, rounding: .up)
    return Interval(uncheckedLower: -root, upper: root)
  }

  /// Whether MPFR finds the value in reasonable time: by the asymptotic expansion, which needs x > n²
  /// and x > p/2, or by a power series of some ten thousand terms.
  private static func isBesselFeasible(_ n: Int, _ x: Real, _ p: Int) -> Bool {
    guard n.magnitude <= Real.largestBesselOrder, x.isFinite else { return false }
    guard let exponent = x.exponent, exponent >= 13 else { return true }
    if exponent > Real.largestCircularExponent { return false }
    return x.magnitude > Real(n * n) || exponent < p.bitWidth - p.leadingZeroBitCount
  }

  private static func besselPieces(_ n: Int, _ f: UnaryMPFR, _ x: Interval, _ p: Int) -> Interval {
    let width = x.width
    guard width <= Real(8),
      let eighths = Real.scale(
        width, byPowerOfTwo: 3, precision: 64, rounding: .up
      ).floor?.word
    else { return .entire }
    let count = eighths + 1
    let step = Real.div(width, Real(count), precision: 64, rounding: .up)
    var result = Interval.empty
    var left = x.lower
    var leftValue = point(f, left, p)
    for index in 1...count {
      // The ends are numbers of one more bit than needed; the last is the box's own.
      let next = Real.add(
        x.lower, Real.mul(step, Real(index), precision: 64), precision: max(64, x.precision) + 1)
      let right = index == count ? x.upper : Real.maximum(left, Real.minimum(next, x.upper))
      let rightValue = point(f, right, p)
      let piece = Interval(uncheckedLower: left, upper: right)
      var range = leftValue.union(rightValue)
      if !isBesselMonotone(n, piece) {
        let w = Real.sub(right, left, precision: 64, rounding: .up)
        let slack = Real.scale(
          Real.mul(w, w, precision: 64, rounding: .up), byPowerOfTwo: -4, precision: 64,
          rounding: .up)
        range = add(range, Interval(uncheckedLower: -slack, upper: slack), precision: p)
      }
      result = result.union(range)
      (left, leftValue) = (right, rightValue)
    }
    return result
  }

  /// Whether J_n' = (J_{n-1} - J_{n+1})/2 is shown not to vanish in the piece: at its middle it is more
  /// than max|J_n''| = 1/2 times the distance to the ends away from zero.
  private static func isBesselMonotone(_ n: Int, _ piece: Interval) -> Bool {
    let middle = piece.midpoint
    // For n = 0 the same by J_{-1} = -J_1.
    let below: UnaryMPFR = { mpfr_jn($0, Swift.abs(n - 1), $1, $2) }
    let above: UnaryMPFR = { mpfr_jn($0, n + 1, $1, $2) }
    let first = point(below, middle, 64)
    let twice = sub(n == 0 ? -first : first, point(above, middle, 64), precision: 64)
    // Twice the derivative against twice the bound: radius.
    return twice.mignitude > piece.radius
  }
}
