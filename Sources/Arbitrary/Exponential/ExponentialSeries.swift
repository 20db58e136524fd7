import CGMP

/// The Taylor series of e^u - 1 on fractions of F limbs, for 0 ≤ u < 2^-r, by rectangular splitting.
///
/// The series up to u^N/N! is taken in groups of m terms: within a group, integer multiples of the
/// powers u … u^m, which cost one pass each, are added up; from group to group the sum is multiplied
/// by u^m. The integers come from common denominators: the indices are cut into blocks (0, k₁],
/// (k₁, k₂] … whose products D₀, D₁ … stay below 2^63, and with c the product of the integers above k
/// up to the end of k's block, 1/k! = c/(D₀D₁…D) up to the D of k's own block. Passing downwards from
/// one block to the next, the sum is divided by the upper block's D.
///
/// A sum that is still to be multiplied by u^k is kept only to the limbs that matter then.
///
/// Error, in units of 2^(-64F), always to the side of a smaller value, below 5:
/// - remainder: below 1, by the choice of N;
/// - powers u^i, i ≥ 2: wrong by less than 1.01 each, which counts 1/i!: 0.75 in all; cut off to the
///   limbs kept for group g, where a unit times u^(gm) is at most 2^(-64F): 1/k! for each term, so
///   1.72 in all;
/// - each multiplication by u^m, 1 for the cut-off product and 1 for the cut-off factor (the sum
///   divided by the D of its block is at most 1); each division but the last, 1: all these are divided
///   by D₀ = min(N, 20)! afterwards, and they are fewer than 3N: with N ≥ 6 below 0.03;
/// - the last division: 1.
final class ExponentialSeries {
  /// `coefficient`·u^k, and whether the sum is then divided by the coefficient.
  private struct Term {
    var coefficient: UInt
    var endsBlock: Bool
  }

  private let limbs: Int
  private let bits: Int
  private let last: Int
  private let groupSize: Int
  private let terms: UnsafeMutablePointer<Term>
  /// u^2 … u^m, of F limbs each.
  private let powers: Limbs
  private let product: Limbs
  /// The value of the series, of F limbs; valid after ``evaluate(_:)``.
  let sum: Limbs

  /// - Parameters:
  ///   - limbs: F.
  ///   - bits: r; u < 2^-r.
  init(limbs: Int, bits: Int) {
    self.limbs = limbs
    self.bits = bits
    last = Self.lastTerm(limbs: limbs, bits: bits)
    groupSize = Self.groupSize(limbs: limbs, bits: bits, last: last)

    // Blocks are cut from below, so that the first is as long as can be.
    var ends: Set<Int> = [1]
    var denominator: UInt = 1
    for k in 1...last {
      let (next, overflow) = denominator.multipliedReportingOverflow(by: UInt(k))
      if overflow || next >> 63 != 0 {
        ends.insert(k - 1)
        denominator = UInt(k)
      } else {
        denominator = next
      }
    }
    terms = .allocate(capacity: last + 1)
    var coefficient: UInt = 1
    for k in stride(from: last, through: 0, by: -1) {
      let endsBlock = ends.contains(k)
      (terms + k).initialize(to: Term(coefficient: coefficient, endsBlock: endsBlock))
      coefficient = (endsBlock ? 1 : coefficient) * UInt(max(k, 1))
    }
    powers = .allocate(capacity: max(groupSize - 1, 1) * limbs)
    sum = .allocate(capacity: limbs + 2)
    product = .allocate(capacity: 2 * limbs + 2)
  }

  deinit {
    terms.deallocate()
    powers.deallocate()
    sum.deallocate()
    product.deallocate()
  }

  /// The least N ≥ 6 with 1.01·u^(N+1)/(N+1)! < 2^(-64F).
  private static func lastTerm(limbs: Int, bits: Int) -> Int {
    var factorial = 0.0
    var n = 0
    repeat {
      n += 1
      // The logarithm of n!, rounded down so far that no rounding of doubles matters.
      factorial += Double(Int.bitWidth - 1 - n.leadingZeroBitCount)
    } while n < 7 || Double(bits * n) + factorial < Double(64 * limbs + 1)
    return n - 1
  }

  /// The group size of least cost, in products of limbs, with a constant for each call.
  private static func groupSize(limbs: Int, bits: Int, last: Int) -> Int {
    var best = (cost: Int.max, size: 1)
    for m in 1...max(1, min(last, 64)) {
      var cost = 0
      for j in stride(from: 2, through: m, by: 1) {
        let n = limbs - bits * (j / 2) / 64
        cost += 20 + (j & 1 == 0 ? n * n * 2 / 3 : n * (limbs - bits * (j - 1) / 64))
      }
      for g in stride(from: 1, through: (last - 1) / m, by: 1) {
        let kept = max(1, limbs - bits * g * m / 64)
        cost += 20 + (kept + 1) * max(1, limbs - bits * (g - 1) * m / 64 - bits * m / 64)
      }
      if cost < best.cost { best = (cost, m) }
    }
    return best.size
  }

  /// Sets ``sum`` to e^u - 1.
  ///
  /// - Parameter u: a fraction of F limbs below 2^-r.
  func evaluate(_ u: Limbs) {
    let limbs = limbs
    let groupSize = groupSize
    fillPowers(u)
    var group = (last - 1) / groupSize
    var kept = max(1, limbs - bits * group * groupSize / 64)
    var k = last
    sum.update(repeating: 0, count: kept + 1)
    while true {
      let first = group * groupSize
      while k > first {
        let term = terms[k]
        add(u, power: k - first, times: term.coefficient, kept: kept)
        if term.endsBlock { _ = __gmpn_divrem_1(sum, 0, sum, kept + 1, term.coefficient) }
        k -= 1
      }
      if group == 0 { return }
      let term = terms[first]
      sum[kept] &+= term.coefficient
      if term.endsBlock { _ = __gmpn_divrem_1(sum, 0, sum, kept + 1, term.coefficient) }
      group -= 1
      let wanted = max(1, limbs - bits * group * groupSize / 64)
      multiplyByStep(u, kept: kept, wanted: wanted)
      kept = wanted
      k = first - 1
    }
  }

  private func fillPowers(_ u: Limbs) {
    var j = 2
    while j <= groupSize {
      let target = powers + (j - 2) * limbs
      // u^i has at least bits·i/64 zero limbs in front.
      let half = j >> 1
      let count: Int
      if j & 1 == 0 {
        let n = limbs - bits * half / 64
        __gmpn_sqr(product, power(half, of: u), n)
        count = 2 * n
      } else {
        let long = limbs - bits / 64
        let short = limbs - bits * (j - 1) / 64
        _ = __gmpn_mul(product, u, long, power(j - 1, of: u), short)
        count = long + short
      }
      let nonzero = max(0, count - limbs)
      target.update(from: product + limbs, count: nonzero)
      (target + nonzero).update(repeating: 0, count: limbs - nonzero)
      j += 1
    }
  }

  @inline(__always)
  private func power(_ index: Int, of u: Limbs) -> Limbs {
    index == 1 ? u : powers + (index - 2) * limbs
  }

  /// Adds u^index times an integer to the sum, which has `kept` limbs after the point and one before.
  @inline(__always)
  private func add(_ u: Limbs, power index: Int, times coefficient: UInt, kept: Int) {
    var place = kept - bits * index / 64
    if place <= 0 { return }
    var carry = __gmpn_addmul_1(sum, power(index, of: u) + (limbs - kept), place, coefficient)
    while carry != 0 && place <= kept {
      let (value, overflow) = sum[place].addingReportingOverflow(carry)
      sum[place] = value
      carry = overflow ? 1 : 0
      place += 1
    }
  }

  /// Multiplies the sum of `kept` limbs after the point by u^m; of the product `wanted` are kept.
  private func multiplyByStep(_ u: Limbs, kept: Int, wanted: Int) {
    let count = wanted - bits * groupSize / 64
    if count <= 0 {
      sum.update(repeating: 0, count: wanted + 1)
      return
    }
    let factor = power(groupSize, of: u) + (limbs - wanted)
    if count > kept {
      _ = __gmpn_mul(product, factor, count, sum, kept + 1)
    } else {
      _ = __gmpn_mul(product, sum, kept + 1, factor, count)
    }
    sum.update(from: product + kept, count: count + 1)
    if count < wanted { (sum + count + 1).update(repeating: 0, count: wanted - count) }
  }
}
