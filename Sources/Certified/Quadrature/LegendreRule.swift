import Arbitrary
import Exact
import Synchronization

/// The Gauss–Legendre rule with n points on [-1, 1], its nodes and weights enclosed.
///
/// Nodes come from Newton's method; each is proved by a change of sign of P_n, worked out in interval
/// arithmetic, between two numbers around it. n disjoint such brackets hold all n zeros, one each. With
/// P_n = 0 the weight is 2(1 - x²)/(n·P_{n-1}(x))² (DLMF 3.5.22 with 18.9.17); P_{n-1} over the bracket is
/// its value in the middle up to the half-width times max|P'_{n-1}| = n(n-1)/2.
public struct LegendreRule: Sendable {
  /// The nodes that are not negative, from the greatest; the others mirror them.
  public let nodes: [Interval]
  /// Their weights.
  public let weights: [Interval]
  /// The number of points.
  public let count: Int

  /// The sizes that are used; each is kept once made.
  static let sizes = [6, 10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320, 448]

  private struct Key: Hashable {
    let count: Int
    let precision: Int
  }

  private static let made = Mutex<[Key: LegendreRule]>([:])
  /// The most rules that are kept.
  private static let keptLimit = 96

  /// The rule with nodes and weights to about `precision` bits.
  ///
  /// - Returns: nil where the brackets could not be separated, which larger guards would mend.
  public static func rule(count: Int, precision: Int) -> LegendreRule? {
    let key = Key(count: count, precision: (precision + 63) / 64 * 64)
    if let rule = made.withLock({ $0[key] }) { return rule }
    for guardBits in [64, 256] {
      guard
        let rule = LegendreRule(count: count, precision: key.precision, guardBits: guardBits)
      else { continue }
      made.withLock {
        if $0.count >= keptLimit { $0.removeAll() }
        $0[key] = rule
      }
      return rule
    }
    return nil
  }

  init?(count n: Int, precision: Int, guardBits: Int) {
    guard (2...1024).contains(n) else { return nil }
    // A step of the recurrence multiplies the width of an interval by at most 1 + √2 < 2^1.28.
    let loss = n * 13 / 10 + 1
    let bits = precision + loss + guardBits
    let step = Real.scale(
      Real.one, byPowerOfTwo: -(precision + guardBits - 16), precision: bits)
    var nodes: [Interval] = []
    var weights: [Interval] = []
    let slope = Interval(n * (n - 1) / 2)
    let spread = Interval.mul(Interval(between: -step, and: step), slope, precision: 64)
    for k in 0..<(n + 1) / 2 {
      let isMiddle = 2 * k + 1 == n
      let x = isMiddle ? Real(0, precision: bits) : Self.approximation(n, k, bits)
      let bracket: Interval
      if isMiddle {
        bracket = Interval(x)
      } else {
        let below = Real.sub(x, step, precision: bits, rounding: .down)
        let above = Real.add(x, step, precision: bits, rounding: .up)
        let left = Self.polynomials(n, Interval(below), bits).last.certainSign
        let right = Self.polynomials(n, Interval(above), bits).last.certainSign
        guard let left, let right, left * right == -1 else { return nil }
        bracket = Interval(between: below, and: above)
      }
      if let previous = nodes.last, !bracket.isCertainlyLess(than: previous) { return nil }
      guard bracket.upper < Real.one, isMiddle || bracket.lower.signum > 0 else { return nil }
      let middle = Self.polynomials(n, Interval(x), bits).before
      let value = Interval.add(middle, spread, precision: bits)
      let square = Interval.sqr(
        Interval.mul(Interval(n), value, precision: bits), precision: bits)
      let top = Interval.sub(
        Interval.one, Interval.sqr(bracket, precision: bits), precision: bits)
      weights.append(
        Interval.div(Interval.mul(Interval(2), top, precision: bits), square, precision: bits)
          .rounded(precision: precision))
      nodes.append(bracket.rounded(precision: precision))
    }
    self.nodes = nodes
    self.weights = weights
    self.count = n
  }

  /// P_n and P_{n-1} by (k + 1)P_{k+1} = (2k + 1)x·P_k - k·P_{k-1} (DLMF 18.9.1).
  private static func polynomials(
    _ n: Int, _ x: Interval, _ bits: Int
  ) -> (last: Interval, before: Interval) {
    var before = Interval.one
    var last = x
    for k in 1..<n {
      let first = Interval.mul(
        Interval(2 * k + 1), Interval.mul(x, last, precision: bits), precision: bits)
      let second = Interval.mul(Interval(k), before, precision: bits)
      let next = Interval.div(
        Interval.sub(first, second, precision: bits), Interval(k + 1), precision: bits)
      (before, last) = (last, next)
    }
    return (last, before)
  }

  /// A zero of P_n by Newton's method from cos π(k + 3/4)/(n + 1/2); nothing is claimed of it.
  private static func approximation(_ n: Int, _ k: Int, _ bits: Int) -> Real {
    let angle = (Double(k) + 0.75) / (Double(n) + 0.5)
    var x = Real.cos(
      Real.mul(Real.pi(precision: 64), Real(angle), precision: 64), precision: 64)
    var correct = 8
    while correct < bits {
      correct = min(2 * correct, 2 * bits)
      let p = min(2 * correct + 32, bits)
      var before = Real(1, precision: p)
      var last = x
      for j in 1..<n {
        let first = Real.mul(
          Real(2 * j + 1), Real.mul(x, last, precision: p), precision: p)
        let second = Real.mul(Real(j), before, precision: p)
        let next = Real.div(
          Real.sub(first, second, precision: p), Real(j + 1), precision: p)
        (before, last) = (last, next)
      }
      // P'_n = n(x·P_n - P_{n-1})/(x² - 1).
      let square = Real.sub(Real.mul(x, x, precision: p), Real.one, precision: p)
      let top = Real.sub(Real.mul(x, last, precision: p), before, precision: p)
      let slope = Real.div(Real.mul(Real(n), top, precision: p), square, precision: p)
      x = Real.sub(x, Real.div(last, slope, precision: p), precision: p)
    }
    return x.rounded(precision: bits)
  }
}
