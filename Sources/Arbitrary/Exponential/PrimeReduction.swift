import CGMP

/// Writes e^t as a rational product of small primes times e^u with a tiny u.
///
/// t is brought close to 0 by multiples of sums of d_i·log p_i (``PrimeRelations``), each the
/// greatest or nearest that fits, on the first three limbs. The multiples add up to one exponent
/// e_i for each prime, and u = t - Σ e_i·log p_i. The product of p_i^e_i needs no table and costs
/// little: P/Q with P and Q of at most a few tens of limbs.
final class PrimeReduction {
  let table: PrimeTable
  private let limbs: Int
  private let primeCount = PrimeTable.primeCount
  private let exponents: UnsafeMutablePointer<Int>

  /// What Σ |e_i| may be at most: the error of u that comes from the logarithms is below it.
  static let mostFactors = 8000
  /// Limbs enough for a product of odd primes with that many factors, each below 2^6.5.
  static let productLimbs = mostFactors * 13 / 128 + 2

  /// P and Q, and the number of their limbs.
  let numerator: Limbs
  let denominator: Limbs
  private(set) var numeratorCount = 0
  private(set) var denominatorCount = 0

  init(limbs: Int) {
    self.limbs = limbs
    table = PrimeTable.shared[limbs]
    exponents = .allocate(capacity: primeCount)
    numerator = .allocate(capacity: Self.productLimbs)
    denominator = .allocate(capacity: Self.productLimbs)
  }

  deinit {
    exponents.deallocate()
    numerator.deallocate()
    denominator.deallocate()
  }

  /// Replaces the fraction t by u, 0 ≤ u < 2^-r with r the table's bits, and sets P/Q, such that
  /// e^t = 2^k·P/Q·e^u.
  ///
  /// u is wrong by less than 8001 units of the last place: Σ |e_i| ≤ 8000, and each logarithm is
  /// wrong by less than 1 + 2^-100.
  ///
  /// - Returns: k; nil where rounding left u outside, or with too many factors, t then being lost.
  func reduce(_ t: Limbs) -> Int? {
    chooseExponents(t)
    var factors = 0
    var index = 0
    while index < primeCount {
      let exponent = exponents[index]
      let log = table.logarithms + index * limbs
      if exponent > 0 {
        _ = __gmpn_submul_1(t, log, limbs, exponent.magnitude)
      } else if exponent < 0 {
        _ = __gmpn_addmul_1(t, log, limbs, exponent.magnitude)
      }
      factors += Int(exponent.magnitude)
      index += 1
    }
    // Whether r zeros lead.
    let bits = table.bits
    var place = limbs - 1
    var rest = bits
    while rest >= 64 {
      if t[place] != 0 { return nil }
      place -= 1
      rest -= 64
    }
    if rest > 0 && t[place] &>> UInt(64 - rest) != 0 { return nil }
    if factors > Self.mostFactors { return nil }

    numeratorCount = writeProduct(to: numerator, sign: 1)
    denominatorCount = writeProduct(to: denominator, sign: -1)
    return exponents[0]
  }

  /// The exponents of the primes, from the first three limbs of t.
  ///
  /// Every multiple is that of the value that is left, as a double; only the last is rounded down,
  /// so that u ends above 0. As sums fall by less than a factor of 2^4 from row to row, multiples
  /// are small. What rounding does here can cost time, but not correctness: u is computed anew.
  private func chooseExponents(_ t: Limbs) {
    exponents.update(repeating: 0, count: primeCount)
    var (high, middle, low) = (t[limbs - 1], t[limbs - 2], t[limbs - 3])
    var row = 0
    while row < table.relationCount {
      // |t| and its sign: t is kept modulo 1, and is below 1/2 in magnitude but at first.
      let isNegative = row > 0 && high >> 63 != 0
      let flip: UInt = isNegative ? ~0 : 0
      let value =
        Double(high ^ flip) * 0x1p-64 + Double(middle ^ flip) * 0x1p-128
        + Double(low ^ flip) * 0x1p-192
      let quotient = (isNegative ? -value : value) / table.approximations[row]
      let multiple =
        row == table.relationCount - 1
        ? Int((quotient - 0x1p-20).rounded(.down)) : Int(quotient.rounded())
      if multiple != 0 {
        let sum = table.sums + 3 * row
        let magnitude = multiple.magnitude
        let p0 = sum[0].multipliedFullWidth(by: magnitude)
        let p1 = sum[1].multipliedFullWidth(by: magnitude)
        let (q1, carry1) = p1.low.addingReportingOverflow(p0.high)
        let q2 = sum[2] &* magnitude &+ p1.high &+ (carry1 ? 1 : 0)
        if multiple > 0 {
          let (r0, borrow0) = low.subtractingReportingOverflow(p0.low)
          let (s1, borrow1) = middle.subtractingReportingOverflow(q1)
          let (r1, borrow2) = s1.subtractingReportingOverflow(borrow0 ? 1 : 0)
          high = high &- q2 &- (borrow1 ? 1 : 0) &- (borrow2 ? 1 : 0)
          (middle, low) = (r1, r0)
        } else {
          let (r0, carry0) = low.addingReportingOverflow(p0.low)
          let (s1, carry1) = middle.addingReportingOverflow(q1)
          let (r1, carry2) = s1.addingReportingOverflow(carry0 ? 1 : 0)
          high = high &+ q2 &+ (carry1 ? 1 : 0) &+ (carry2 ? 1 : 0)
          (middle, low) = (r1, r0)
        }
        let coefficients = table.coefficients + row * primeCount
        var index = 0
        while index < primeCount {
          exponents[index] &+= multiple &* coefficients[index]
          index += 1
        }
      }
      row += 1
    }
  }

  /// The product of the odd primes to the powers whose exponents have the given sign.
  ///
  /// - Returns: the number of limbs.
  private func writeProduct(to target: Limbs, sign: Int) -> Int {
    target[0] = 1
    var count = 1
    var word: UInt = 1
    for index in 1..<primeCount {
      let prime = table.primes[index]
      var rest = exponents[index] &* sign
      while rest > 0 {
        let (next, overflow) = word.multipliedReportingOverflow(by: prime)
        if overflow {
          let carry = __gmpn_mul_1(target, target, count, word)
          target[count] = carry
          if carry != 0 { count += 1 }
          word = prime
        } else {
          word = next
        }
        rest -= 1
      }
    }
    let carry = __gmpn_mul_1(target, target, count, word)
    target[count] = carry
    return carry != 0 ? count + 1 : count
  }
}
