import CGMP

/// A power series without constant term on fractions of F limbs, by rectangular splitting.
///
/// For 0 ≤ u < 2^-r, the sum of a_k·u^k for k from 1 to N, a_k > 0, is taken in groups of m terms:
/// within a group, integer multiples of the powers u … u^m, which cost one pass each, are added up;
/// from group to group the sum is multiplied by u^m.
///
/// The integers c_k come from common denominators. The indices are cut into blocks, each with a
/// denominator D equal to the greatest c of the block, its first, and a_k = c_k/(D₀D₁…D) up to the
/// D of k's own block, D₀ being that of the lowest. Passing downwards from one block to the next,
/// the sum is divided by the upper block's D.
///
/// A sum that is still to be multiplied by u^k is kept only to the limbs that matter then.
///
/// A value of pointers, so that evaluating counts no references; the kernel that makes one frees
/// it.
///
/// Errors, in units of 2^(-64F), all to the side of a smaller value. ``exponential(limbs:bits:)``
/// and ``logarithm(limbs:bits:)`` add them up:
/// 1. remainder: below 1, by the choice of N;
/// 2. powers u^i, 2 ≤ i ≤ m: below 1.01, which counts a_i;
/// 3. powers cut off to the limbs kept for group g, where a unit times u^(gm) is at most 2^(-64F):
///    a_k for each term, k from 1 to N;
/// 4. each multiplication by u^m: the cut-off product, which counts 1/D₀ at most, and the cut-off
///    factor, which counts the sum divided by its denominators;
/// 5. each division but the last: 1/D₀ at most; the last: 1.
struct SplitSeries {
  /// `coefficient`·u^k, and whether the sum is then divided by the coefficient.
  struct Term {
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
  ///   - terms: of index 0 (not used), 1 … N. Coefficients stay below 2^63; the sum of a block's terms,
  ///     divided by u to the first index of the block and less, below 2^64.
  init(limbs: Int, bits: Int, terms list: [Term]) {
    self.limbs = limbs
    self.bits = bits
    last = list.count - 1
    groupSize = Self.groupSize(limbs: limbs, bits: bits, last: last)
    terms = .allocate(capacity: list.count)
    for (index, term) in list.enumerated() { (terms + index).initialize(to: term) }
    powers = .allocate(capacity: max(groupSize - 1, 1) * limbs)
    sum = .allocate(capacity: limbs + 2)
    product = .allocate(capacity: 2 * limbs + 2)
  }

  /// Frees the memory, which the value owns; no copy may be used afterwards.
  func deallocate() {
    terms.deallocate()
    powers.deallocate()
    sum.deallocate()
    product.deallocate()
  }

  /// The group size of least cost.
  private static func groupSize(limbs: Int, bits: Int, last: Int) -> Int {
    var best = (cost: Double.infinity, size: 1)
    for m in 1...max(1, min(last, 64)) {
      var cost = 0.0
      for j in stride(from: 2, through: m, by: 1) {
        let half = limbs - bits * (j / 2) / 64
        if half <= 0 { break }
        cost +=
          j & 1 == 0
          ? 0.65 * productCost(half, half)
          : productCost(limbs - bits / 64, max(1, limbs - bits * (j - 1) / 64))
      }
      for g in stride(from: 1, through: (last - 1) / m, by: 1) {
        let kept = max(1, limbs - bits * g * m / 64)
        cost += productCost(kept + 1, max(1, limbs - bits * (g - 1) * m / 64 - bits * m / 64))
      }
      if cost < best.cost { best = (cost, m) }
    }
    return best.size
  }

  /// The cost of a product of numbers of a and b limbs, in products of limbs, with a constant for
  /// the call: quadratic up to 24 limbs, and like Toom and Cook's methods beyond.
  private static func productCost(_ a: Int, _ b: Int) -> Double {
    let (long, short) = (Double(max(a, b)), Double(min(a, b)))
    return 20 + long * (short <= 24 ? short : 24 * (short / 24).squareRoot())
  }

  /// Sets ``sum`` to the value of the series at u.
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

  /// Adds u^index times an integer to the sum, which has `kept` limbs after the point and one
  /// before.
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
