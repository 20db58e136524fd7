import CMPFR

/// Exponentials at one precision, several times faster than `mpfr_exp`, with a proved bound on the
/// error instead of correct rounding.
///
/// x = n·log 2 + t with 0 ≤ t < log 2, on fixed-point fractions of F limbs. Up to 22 limbs, e^t is
/// a product of one entry from each of a few tables, for the first bytes of t, and of a Taylor
/// series for the rest; beyond, of powers of small primes and of a Taylor series. The derivations
/// of the errors are with the roads: ``narrowExponential1(_:_:)``, ``narrowExponential2(_:_:)``,
/// ``wideExponential(_:_:)`` and ``primeExponential(_:_:)``. Each proves that the fraction that is
/// rounded differs from e^t/2 by less than E units of 2^(-64F), for its E (``fractionError``). The
/// fraction is at least 1/2, so that a unit is 2^(p-64F) of the last place of the result, and
/// rounding adds half a place: the bound is 1/2 + E·2^(p-64F), and F is chosen so that it is at
/// most 3/4.
///
/// What is outside the proven range (x zero, infinite or NaN, |x| ≥ 2^29, |x| < 2^(-p-3)) goes to
/// `mpfr_exp`, which rounds correctly.
///
/// A kernel owns its workspace: it is for one thread at a time. Tables are shared between kernels
/// of the same number of limbs. A call does not allocate, except within MPFR.
///
/// Source: tables and rectangular splitting as surveyed by Johansson, "Efficient implementation of
/// elementary functions in the medium-precision range" (2015).
public final class ExponentialKernel {
  /// The precision of results, in bits.
  public let precision: Int
  /// The error that is returned for arguments within the proven range, in units of the last place.
  let bound: Double
  /// F, the number of limbs of the fixed-point fractions.
  let limbs: Int
  /// Whether anything but `mpfr_exp` is used.
  let isFast: Bool
  /// The tables of up to ``mostTableLimbs`` limbs.
  let table: ExponentialTable?
  /// log 2, of F+1 limbs.
  let log2: Limbs
  let leading: Limbs
  let trailing: Limbs
  /// The number of tables, T.
  let levels: Int
  let series: SplitSeries?
  let primes: PrimeReduction?
  let workspace: Limbs

  /// The greatest number of limbs that is reduced by tables; beyond, primes win.
  static let mostTableLimbs = 22
  /// The greatest precision for which `mpfr_exp`, which splits the argument's bits, does not win.
  static let mostPrecision = 1 << 16

  /// With fewer calls than this, making the tables takes longer than `mpfr_exp` does.
  static let leastCalls = 100

  /// - Parameters:
  ///   - precision: the precision of results in bits, moved into ``Real/precisions``.
  ///   - calls: how many calls are expected at least. For few, no tables are made and `mpfr_exp` is
  ///     used: the choice is the caller's, so that results do not depend on what was computed
  ///     before.
  public init(precision: Int, calls: Int = .max) {
    let precision = min(max(precision, Real.precisions.lowerBound), Real.precisions.upperBound)
    self.precision = precision
    var limbs = (precision + 63) / 64
    while Self.fractionError(limbs: limbs) * Double.exp2(precision - 64 * limbs) > 0.25 {
      limbs += 1
    }
    self.limbs = limbs
    let isFast = calls >= Self.leastCalls && precision <= Self.mostPrecision
    self.isFast = isFast
    bound = (0.5 + Self.fractionError(limbs: limbs) * Double.exp2(precision - 64 * limbs)).nextUp
    if isFast && limbs <= Self.mostTableLimbs {
      let table = ExponentialTable.shared[limbs]
      self.table = table
      levels = table.levels
      log2 = table.log2
      leading = table.leading
      trailing = table.trailing
      primes = nil
      series = limbs > 2 ? SplitSeries.exponential(limbs: limbs, bits: 8 * table.levels) : nil
      workspace = .allocate(capacity: 3 * limbs + 2)
    } else if isFast {
      let primes = PrimeReduction(limbs: limbs)
      table = nil
      levels = 0
      log2 = primes.table.log2
      (leading, trailing) = (log2, log2)
      self.primes = primes
      series = SplitSeries.exponential(limbs: limbs, bits: primes.table.bits)
      workspace = .allocate(capacity: Self.primeWorkspace(limbs: limbs))
    } else {
      table = nil
      levels = 0
      workspace = .allocate(capacity: 1)
      (log2, leading, trailing) = (workspace, workspace, workspace)
      primes = nil
      series = nil
    }
  }

  deinit {
    series?.deallocate()
    workspace.deallocate()
  }

  /// E: how far the fraction that is rounded may be from e^t/2, in its units.
  static func fractionError(limbs: Int) -> Double {
    if limbs <= 2 { return 6 }
    if limbs <= mostTableLimbs { return 10 + 2 * Double(ExponentialTable.levels(limbs: limbs)) }
    return 8020
  }

  /// Sets `result` to e^x.
  ///
  /// - Parameters:
  ///   - result: an initialised number of precision ``precision``; it may be the argument.
  ///   - x: a number of any precision.
  /// - Returns: a bound on |result - e^x| in units of 2^(e-p), where p is the precision and e MPFR's
  ///   exponent of the result, 2^(e-1) ≤ |result| < 2^e. Proved; at least 1/2 and at most
  ///   0.7501. A result that is NaN, an infinity, or zero is what `mpfr_exp` gives.
  @inline(__always)
  public func exp(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double {
    // Zero, infinities and NaN have exponents far below any number's.
    let exponent = x.pointee._mpfr_exp
    guard exponent <= 29 && exponent >= -precision - 2 && isFast else {
      mpfr_exp(result, x, MPFR_RNDN)
      return 0.5
    }
    switch limbs {
    case 1: narrowExponential1(result, x)
    case 2: narrowExponential2(result, x)
    default:
      if limbs <= Self.mostTableLimbs {
        wideExponential(result, x)
      } else if !primeExponential(result, x) {
        mpfr_exp(result, x, MPFR_RNDN)
        return 0.5
      }
    }
    return bound
  }

  /// An n with 2^-23 < x - n·log 2 < log 2 + 2^-19, for |x| < 2^29.
  ///
  /// The first limb gives |x| with a relative error below 2^-52 (rounding to a double, and what it
  /// leaves out, below 2^-63), or, for |x| < 2^-65, with an error below 2^-64; the constant and the
  /// product add 2^-53 each: in all below 2^-51. As |x/log 2| < 2^29.6, the quotient is wrong by
  /// less than 2^-21.4, and by the rounding of the subtraction by less than 2^-22.4 more. 2^-20 is
  /// subtracted before its floor: x/log 2 - n is above 2^-20 - 2^-21.4 - 2^-22.4 > 2^-22.4 and
  /// below 1 + 2^-20 + 2^-21.4 + 2^-22.4 < 1 + 2^-19.
  @inline(__always)
  static func multiple(_ x: UnsafePointer<__mpfr_struct>) -> Int {
    let first = x.pointee._mpfr_d[x.limbCount - 1]
    let magnitude = Double(first) * Double.exp2(max(x.pointee._mpfr_exp, -64) - 64)
    let quotient = (x.pointee._mpfr_sign < 0 ? -magnitude : magnitude) * 0x1.71547652b82fep+0
    return Int((quotient - 0x1p-20).rounded(.down))
  }
}

extension Double {
  /// 2^exponent, and 0 below the normal range.
  ///
  /// - Precondition: `exponent` ≤ 1023.
  @inline(__always)
  static func exp2(_ exponent: Int) -> Double {
    exponent < -1022 ? 0 : Double(bitPattern: UInt64(truncatingIfNeeded: exponent &+ 1023) &<< 52)
  }
}
