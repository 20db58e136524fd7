extension SplitSeries {
  /// e^u - 1, the sum of u^k/k!, below its value by less than 5 units.
  ///
  /// c_k is the product of the integers above k up to the end of k's block; blocks are cut from
  /// below, so that D₀ = min(N, 20)!. The errors of ``SplitSeries``: 1. below 1; 2. 1.01 times the
  /// sum of 1/i! for i ≥ 2, 0.73; 3. e - 1 < 1.72; 4. and 5. the sum is at most 1.01·D of its
  /// block, so 2.01/D₀ for each multiplication and 1/D₀ for each division, fewer than 3N/D₀ in all,
  /// which N ≥ 6 makes less than 0.03; the last division 1. In all below 4.5.
  static func exponential(limbs: Int, bits: Int) -> SplitSeries {
    // The least N ≥ 6 with 1.01·u^(N+1)/(N+1)! < 2^(-64F); the logarithm of a factorial is rounded
    // down.
    var last = 0
    var factorialBits = 0
    repeat {
      last += 1
      factorialBits += Int.bitWidth - 1 - (last + 1).leadingZeroBitCount
    } while last < 6 || bits * (last + 1) + factorialBits < 64 * limbs + 1

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
    var terms = [Term](repeating: Term(coefficient: 0, endsBlock: false), count: last + 1)
    var coefficient: UInt = 1
    for k in stride(from: last, to: 0, by: -1) {
      let endsBlock = ends.contains(k)
      terms[k] = Term(coefficient: coefficient, endsBlock: endsBlock)
      coefficient = (endsBlock ? 1 : coefficient) * UInt(k)
    }
    return SplitSeries(limbs: limbs, bits: bits, terms: terms)
  }

  /// The most terms that ``logarithm(limbs:bits:)`` has: the least common multiple of 1 … 42 is
  /// below 2^58, that of 1 … 43 is not below 2^63.
  static let logarithmTerms = 42

  /// -log(1 - u), the sum of u^k/k, below its value by less than 11 units; nil where it would take
  /// more than 42 terms.
  ///
  /// One block: c_k = D/k, D the least common multiple of 1 … N. The errors of ``SplitSeries``: 1.
  /// below 1; 2. 1.01 times the sum of 1/i for 2 ≤ i ≤ 42, which is below 3.4; 3. the sum of 1/k,
  /// below 4.4;
  /// 4. the cut-off factors count at most the sum of 1.01/(gm) over the groups, g from 1, below
  /// 1.01·(1 + 1/2 + …)/m with N/m terms, which is greatest, with 2. taken together, below 4.5 for
  /// every m ≤ N ≤ 42 (m = 1: no power in 2., at most 4.4); the cut-off products 42/D < 0.1, as D ≥
  /// 420 with N ≥ 7; 5. 1. In all below 11.
  static func logarithm(limbs: Int, bits: Int) -> SplitSeries? {
    var last = 7
    while bits * (last + 1) < 64 * limbs + 1 { last += 1 }
    if last > logarithmTerms { return nil }
    var denominator: UInt = 1
    for k in 1...UInt(last) {
      var (a, b) = (denominator, k)
      while b != 0 { (a, b) = (b, a % b) }
      denominator *= k / a
    }
    let terms = (0...UInt(last)).map {
      Term(coefficient: denominator / max($0, 1), endsBlock: $0 == 1)
    }
    return SplitSeries(limbs: limbs, bits: bits, terms: terms)
  }
}
