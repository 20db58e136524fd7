import CMPFR

/// What exponentials reduced by primes share, for a number of limbs: the logarithms of the primes,
/// and the sums of the relations between them.
final class PrimeTable: @unchecked Sendable {
  // Unchecked: the memory is written in the initialiser only.

  /// The number of limbs of a logarithm, F.
  let limbs: Int
  /// log 2, of F+1 limbs.
  let log2: Limbs
  /// log p mod 1 for each prime, of F limbs, wrong by less than 1 + 2^-100 units.
  let logarithms: Limbs
  /// The primes.
  let primes: Limbs
  /// The relations' coefficients, row by row.
  let coefficients: UnsafeMutablePointer<Int>
  /// The sum of each relation, of three limbs, less than 1 of their units too small.
  let sums: Limbs
  /// The same in doubles.
  let approximations: UnsafeMutablePointer<Double>
  /// The number of relations that are used.
  let relationCount: Int
  /// r: the last sum is below 2^-r·(1 - 2^-7).
  let bits: Int

  static let primeCount = PrimeRelations.primes.count

  static let shared = SharedTables { PrimeTable(limbs: $0) }

  private init(limbs: Int) {
    self.limbs = limbs
    let primes = PrimeRelations.primes
    self.primes = .allocate(capacity: primes.count)
    self.primes.initialize(from: primes, count: primes.count)
    let rows = PrimeRelations.rows
    let log2 = Limbs.allocate(capacity: limbs + 1)
    let logarithms = Limbs.allocate(capacity: primes.count * limbs)
    let coefficients = UnsafeMutablePointer<Int>.allocate(capacity: rows.count * primes.count)
    let sums = Limbs.allocate(capacity: rows.count * 3)
    let approximations = UnsafeMutablePointer<Double>.allocate(capacity: rows.count)
    (self.log2, self.logarithms, self.sums) = (log2, logarithms, sums)
    (self.coefficients, self.approximations) = (coefficients, approximations)
    // A longer reduction saves terms of the series and costs larger products of primes.
    let wanted = limbs < 48 ? 64.0 : limbs < 96 ? 96.0 : 128.0

    var count = 0
    var bits = 0
    withScratchNumbers(count: primes.count + 3, precision: 64 * limbs + 128) { numbers in
      let (whole, sum, term) = (
        numbers + primes.count, numbers + (primes.count + 1), numbers + (primes.count + 2)
      )
      PrimeLogarithms.fill(numbers, primes: primes)
      for index in primes.indices {
        mpfr_frac(whole, numbers + index, MPFR_RNDD)
        ExponentialTable.write(whole, to: logarithms + index * limbs, limbs: limbs)
      }
      ExponentialTable.write(numbers, to: log2, limbs: limbs + 1)
      for row in rows {
        mpfr_set_ui(sum, 0, MPFR_RNDD)
        for (index, coefficient) in row.enumerated() {
          mpfr_mul_si(term, numbers + index, Int(coefficient), MPFR_RNDD)
          mpfr_add(sum, sum, term, MPFR_RNDD)
          coefficients[count * primes.count + index] = Int(coefficient)
        }
        ExponentialTable.write(sum, to: sums + 3 * count, limbs: 3)
        approximations[count] = mpfr_get_d(sum, MPFR_RNDN)
        count += 1
        mpfr_mul_d(sum, sum, 1 + 0x1p-6, MPFR_RNDU)
        bits = -Int(sum.pointee._mpfr_exp)
        if Double(bits) >= wanted - 2 { break }
      }
    }
    relationCount = count
    self.bits = bits
  }

  deinit {
    log2.deallocate()
    primes.deallocate()
    logarithms.deallocate()
    coefficients.deallocate()
    sums.deallocate()
    approximations.deallocate()
  }
}
