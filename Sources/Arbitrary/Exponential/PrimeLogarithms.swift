import CMPFR
import Exact

/// The logarithms of the first primes, each from those before.
///
/// log p = (log(p-1) + log(p+1))/2 + atanh(1/(2p²-1)): the neighbours of an odd prime are products
/// of smaller primes, and p² = (p²-1)·(1 + N⁻¹)/(1 - N⁻¹) for N = 2p²-1. The series of atanh(1/N)
/// is summed exactly by binary splitting.
enum PrimeLogarithms {
  /// Sets numbers of one precision P to the logarithms of `primes`, which begin with 2 and leave
  /// none out.
  ///
  /// For primes up to 89 the errors are below 2^(20-P). p²-1 has at most 8 prime factors there,
  /// whose logarithms add up to less than 2^4: the additions and what comes with the inverse
  /// tangent make log p wrong by less than 2^(7-P), and the errors of the earlier logarithms,
  /// halved, by at most 4 times the greatest of them. As these are logarithms of primes up to
  /// (p+1)/2, log 2 is reached in at most five such steps: 89, 45, 23, 12, 6, 3.
  static func fill(_ numbers: UnsafeMutablePointer<__mpfr_struct>, primes: [UInt]) {
    guard !primes.isEmpty else { return }
    let precision = Int(numbers.pointee._mpfr_prec)
    mpfr_const_log2(numbers, MPFR_RNDN)
    withScratchNumbers(count: 2, precision: precision) { scratch in
      for index in 1..<primes.count {
        let prime = primes[index]
        let target = numbers + index
        mpfr_set_ui(target, 0, MPFR_RNDN)
        var rest = prime * prime - 1
        for (smaller, factor) in primes[..<index].enumerated() {
          while rest % factor == 0 {
            mpfr_add(target, target, numbers + smaller, MPFR_RNDN)
            rest /= factor
          }
        }
        mpfr_div_2ui(target, target, 1, MPFR_RNDN)
        setInverseTangent(scratch, scratch + 1, of: 2 * prime * prime - 1, bits: precision)
        mpfr_add(target, target, scratch, MPFR_RNDN)
      }
    }
  }

  /// Sets a number to atanh(1/n) = Σ 1/((2k+1)·n^(2k+1)), with a relative error below 2^(2-bits), n
  /// ≥ 17.
  private static func setInverseTangent(
    _ target: UnsafeMutablePointer<__mpfr_struct>, _ scratch: UnsafeMutablePointer<__mpfr_struct>,
    of n: UInt, bits: Int
  ) {
    // n^(2k+1) ≥ 2^(2k·⌊log₂ n⌋): what is left out is below 2^(-bits-2) of the first term.
    let step = 2 * (UInt.bitWidth - 1 - n.leadingZeroBitCount)
    let sum = partialSum(0..<(bits + 2) / step + 1, square: Integer(n * n))
    let denominator = sum.factors * sum.power * Integer(n)
    sum.numerator.withGMP { _ = mpfr_set_z(target, $0, MPFR_RNDN) }
    denominator.withGMP { _ = mpfr_set_z(scratch, $0, MPFR_RNDN) }
    mpfr_div(target, target, scratch, MPFR_RNDN)
  }

  /// Σ n^(-2(k-a))/(2k+1) for k from a, as numerator/(factors·power): the product of the 2k+1, and
  /// n² to the number of terms.
  private static func partialSum(
    _ range: Range<Int>, square: Integer
  ) -> (numerator: Integer, factors: Integer, power: Integer) {
    if range.count == 1 { return (square, Integer(2 * range.lowerBound + 1), square) }
    let middle = range.lowerBound + range.count / 2
    let low = partialSum(range.lowerBound..<middle, square: square)
    let high = partialSum(middle..<range.upperBound, square: square)
    return (
      low.numerator * high.factors * high.power + low.factors * high.numerator,
      low.factors * high.factors, low.power * high.power
    )
  }
}
