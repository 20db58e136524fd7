import CMPFR

/// What exponentials of a given number of limbs share: log 2, and tables of e^(i/256),
/// e^(i/256²)-1, …
///
/// Every entry is rounded down, by less than 1 unit of its last place.
final class ExponentialTable: @unchecked Sendable {
  // Unchecked: the limbs are written in the initialiser only.

  /// The number of limbs of an entry, F.
  let limbs: Int
  /// The number of tables, T: entries cover the first 8T bits of a fraction.
  let levels: Int
  /// log 2, of F+1 limbs.
  let log2: Limbs
  /// e^(i/256)/2 for i within 0..<178, of F limbs each; the last is the first above log 2.
  let leading: Limbs
  /// e^(i/256^(level+1)) - 1 for i within 0..<256 and level within 1..<T, one level after another;
  /// entries of one or two limbs are multiplied by 2^7.
  let trailing: Limbs

  /// The least factor 256·log 2 = 177.4… rounded up: one more than the last index that is looked
  /// up.
  static let leadingCount = 178

  static let shared = SharedTables { ExponentialTable(limbs: $0) }

  /// The number of tables used with a number of limbs.
  ///
  /// One limb's remainder below 2^-16 needs four terms and two limbs' below 2^-24 six. Beyond, a
  /// further table costs as much as it saves, over a wide range.
  static func levels(limbs: Int) -> Int { limbs == 1 ? 2 : limbs < 12 ? 3 : 4 }

  private init(limbs: Int) {
    self.limbs = limbs
    levels = Self.levels(limbs: limbs)
    log2 = .allocate(capacity: limbs + 1)
    leading = .allocate(capacity: Self.leadingCount * limbs)
    trailing = .allocate(capacity: 256 * limbs * (levels - 1))

    // At P = 64(F+2) bits, each product rounded down: after 256 of them a factor above 1 - 2^(9-P),
    // far less than a unit's error more.
    withScratchNumbers(count: 3, precision: 64 * (limbs + 2)) { numbers in
      let (power, factor, entry) = (numbers, numbers + 1, numbers + 2)
      mpfr_const_log2(entry, MPFR_RNDD)
      Self.write(entry, to: log2, limbs: limbs + 1)
      for level in 0..<levels {
        mpfr_set_ui_2exp(factor, 1, -8 * (level + 1), MPFR_RNDD)
        mpfr_exp(factor, factor, MPFR_RNDD)
        mpfr_set_ui(power, 1, MPFR_RNDD)
        for index in 0..<(level == 0 ? Self.leadingCount : 256) {
          if level == 0 {
            mpfr_div_2ui(entry, power, 1, MPFR_RNDD)
            Self.write(entry, to: leading + index * limbs, limbs: limbs)
          } else {
            mpfr_sub_ui(entry, power, 1, MPFR_RNDD)
            if limbs <= 2 { mpfr_mul_2ui(entry, entry, 7, MPFR_RNDD) }
            Self.write(entry, to: trailing + ((level - 1) * 256 + index) * limbs, limbs: limbs)
          }
          mpfr_mul(power, power, factor, MPFR_RNDD)
        }
      }
    }
  }

  /// Writes a number of [0, 1) as a fraction, rounded down.
  static func write(_ number: UnsafePointer<__mpfr_struct>, to target: Limbs, limbs: Int) {
    if mpfr_regular_p(number) == 0 {
      target.update(repeating: 0, count: limbs)
    } else {
      number.writeFraction(to: target, count: limbs)
    }
  }

  deinit {
    log2.deallocate()
    leading.deallocate()
    trailing.deallocate()
  }
}
