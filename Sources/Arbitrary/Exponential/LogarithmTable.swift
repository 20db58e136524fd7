import CGMP
import CMPFR

/// What logarithms of a given number of limbs share: the factors that bring a significand close to
/// 1, and their logarithms.
///
/// For 1/2 ≤ m < 1, the first factor depends on the first byte of m, i: c = ⌊2^23/(i+1)⌋/2^15, so
/// that cm ≤ 1 and 1 - cm ≤ 1 - i/(i+1) + 2^-15 < 2^-7. The next ones are 1 + g, with g a multiple
/// j of 2^-16, 2^-24, …: with r = 1 - cm, (1 - r)(1 + g) = 1 - (r - g + rg) ≤ 1 as long as g ≤ r/(1
/// - r). With g the multiple below r + r² at 2^-16, and below r from then on, what remains of r is
/// below 2^-16·1.04, 2^-24·1.01, 2^-32·1.01 …: it is (1 - r)(r/(1 - r) - g), and r/(1 - r) is less
/// than 1.01·r³ < 2^-20.9 above r + r² or 1.01·r² above r.
///
/// Every logarithm is rounded down, by less than 1 unit of its last place.
final class LogarithmTable: @unchecked Sendable {
  // Unchecked: the limbs are written in the initialiser only.

  /// The number of limbs of an entry, F.
  let limbs: Int
  /// The number of factors, T.
  let levels: Int
  /// log 2, of F+1 limbs.
  let log2: Limbs
  /// c·2^15, for i within 128..<256, at place i - 128.
  let factors: Limbs
  /// log c for each of these, of F limbs.
  let leading: Limbs
  /// log(1 + j·2^-8(level+1)), of F limbs, for `counts` values of j of each level from 1; entries
  /// of one or two limbs are multiplied by 2^6.
  let trailing: Limbs

  static let shared = SharedTables { LogarithmTable(limbs: $0) }

  /// j at level 1 is at most 2^16·(2^-7 + 2^-14) = 516, at further levels at most 1.04·2^8 = 266.2.
  static let firstCount = 517
  static let furtherCount = 267

  /// Where the entries of a level of at least 1 begin, in entries.
  @inline(__always)
  static func start(level: Int) -> Int {
    level == 1 ? 0 : firstCount + (level - 2) * furtherCount
  }

  /// The number of factors used with a number of limbs.
  ///
  /// A further factor costs three passes over the limbs, much less than the terms that it saves,
  /// and memory; six leave 42 terms of the series enough up to 31 limbs.
  static func levels(limbs: Int) -> Int {
    limbs == 1 ? 2 : limbs == 2 ? 3 : limbs < 8 ? 5 : 6
  }

  private init(limbs: Int) {
    self.limbs = limbs
    levels = Self.levels(limbs: limbs)
    log2 = .allocate(capacity: limbs + 1)
    factors = .allocate(capacity: 128)
    leading = .allocate(capacity: 128 * limbs)
    trailing = .allocate(capacity: Self.start(level: levels) * limbs)

    withScratchNumbers(count: 1, precision: 64 * (limbs + 2)) { entry in
      mpfr_const_log2(entry, MPFR_RNDD)
      ExponentialTable.write(entry, to: log2, limbs: limbs + 1)
      for index in 128..<256 {
        let factor = UInt(1 << 23) / UInt(index + 1)
        factors[index - 128] = factor
        mpfr_set_ui_2exp(entry, factor, -15, MPFR_RNDD)
        mpfr_log(entry, entry, MPFR_RNDD)
        ExponentialTable.write(entry, to: leading + (index - 128) * limbs, limbs: limbs)
      }
    }
    fillTrailing()
  }

  /// Adds up the logarithms of (n+1)/n for successive n, on limbs + 2 limbs.
  ///
  /// log((n+1)/n) = 2·(z + z³/3 + z⁵/5 + …), z = 1/(2n+1). Every division is rounded down, by less
  /// than 1 unit of the last of these limbs, and there are fewer than 2^30 of them: far less than a
  /// unit of the entries, besides their own rounding.
  private func fillTrailing() {
    let count = limbs + 2
    let sum = Limbs.allocate(capacity: 3 * count + 2)
    defer { sum.deallocate() }
    let power = sum + count
    let term = power + count + 1
    for level in 1..<levels {
      let start = trailing + Self.start(level: level) * limbs
      let scale = UInt(1) << UInt(8 * (level + 1))
      sum.update(repeating: 0, count: count)
      for index in 0..<UInt(level == 1 ? Self.firstCount : Self.furtherCount) {
        let entry = start + Int(index) * limbs
        if limbs <= 2 {
          _ = __gmpn_lshift(term, sum, count, 6)
          entry.update(from: term + 2, count: limbs)
        } else {
          entry.update(from: sum + 2, count: limbs)
        }

        let divisor = 2 * (scale + index) + 1
        var numerator: UInt = 2
        _ = __gmpn_divrem_1(power, count, &numerator, 1, divisor)
        var used = count
        var k: UInt = 1
        while used > 0 {
          _ = __gmpn_divrem_1(term, 0, power, used, k)
          let carry = __gmpn_add_n(sum, sum, term, used)
          // The sum is below 2^-7, so that the carry ends within it.
          var place = used
          var rest = carry
          while rest != 0 && place < count {
            let (value, overflow) = sum[place].addingReportingOverflow(rest)
            sum[place] = value
            rest = overflow ? 1 : 0
            place += 1
          }
          if divisor >> 32 == 0 {
            _ = __gmpn_divrem_1(power, 0, power, used, divisor * divisor)
          } else {
            _ = __gmpn_divrem_1(power, 0, power, used, divisor)
            _ = __gmpn_divrem_1(power, 0, power, used, divisor)
          }
          while used > 0 && power[used - 1] == 0 { used -= 1 }
          k += 2
        }
      }
    }
  }

  deinit {
    log2.deallocate()
    factors.deallocate()
    leading.deallocate()
    trailing.deallocate()
  }
}
