import CMPFR

/// Natural logarithms at one precision, several times faster than `mpfr_log`, with a proved bound
/// on the error instead of correct rounding.
///
/// Up to a few thousand bits, log x = e·log 2 - Y for x = m·2^e, 1/2 ≤ m < 1, with Y = -log m the
/// sum of a few table entries and of a series, on fixed-point fractions of F limbs; beyond, by
/// Newton's iteration on an ``ExponentialKernel`` (``LogarithmIteration``).
///
/// The derivations of the errors are with the roads, ``narrowLogarithm1(_:_:)``,
/// ``narrowLogarithm2(_:_:)`` and ``wideLogarithm(_:_:)``. Each proves that e·log 2 - Y is wrong by
/// less than E units of 2^(-64F) (``absoluteError(limbs:)``). The result is shifted to its place,
/// 2^(q-p) for an MPFR exponent q, and rounded: the bound is 1/2 + E·2^(p-q-64F). F is chosen so
/// that this is at most 3/4 for q ≥ -6, that is outside of 1 ± 2^-6 at least; closer to 1, where
/// the absolute error is no longer small against the result, and for x that is zero, negative,
/// infinite, NaN, or outside 2^(±2^30), `mpfr_log` is called, which rounds correctly.
///
/// A kernel owns its workspace: it is for one thread at a time. Tables are shared between kernels
/// of the same number of limbs. A call does not allocate, except within MPFR.
public final class LogarithmKernel {
  /// The precision of results, in bits.
  public let precision: Int
  /// F, the number of limbs of the fixed-point fractions.
  let limbs: Int
  /// Whether anything but `mpfr_log` is used.
  let isFast: Bool
  let table: LogarithmTable?
  let log2: Limbs
  let factors: Limbs
  let leading: Limbs
  let trailing: Limbs
  /// The number of tables, T.
  let levels: Int
  let series: SplitSeries?
  let newton: LogarithmIteration?
  let workspace: Limbs
  /// E·2^(p-64F), the absolute error in units of 2^-p.
  let error: Double
  /// The least exponent of a result for which the bound is at most 3/4.
  let leastExponent: Int

  /// The greatest number of limbs for which the series is used; beyond, Newton's iteration is
  /// faster.
  static let mostLimbs = 31

  /// With fewer calls than this, making the tables takes longer than `mpfr_log` does.
  static let leastCalls = 500

  /// - Parameters:
  ///   - precision: the precision of results in bits, moved into ``Real/precisions``.
  ///   - calls: how many calls are expected at least. For few, no tables are made and `mpfr_log` is
  ///     used: the choice is the caller's, so that results do not depend on what was computed
  ///     before.
  public init(precision: Int, calls: Int = .max) {
    let precision = min(max(precision, Real.precisions.lowerBound), Real.precisions.upperBound)
    self.precision = precision
    var limbs = (precision + 63) / 64
    while Self.absoluteError(limbs: limbs) * Double.exp2(precision + 6 - 64 * limbs) > 0.25 {
      limbs += 1
    }
    self.limbs = limbs
    error = Self.absoluteError(limbs: limbs) * Double.exp2(max(precision - 64 * limbs, -600))
    var least = -6
    while error * Double.exp2(1 - least) <= 0.25 && least > -62 { least -= 1 }
    leastExponent = least
    isFast = calls >= Self.leastCalls && precision <= ExponentialKernel.mostPrecision
    workspace = .allocate(capacity: isFast ? 3 * limbs + 4 : 1)
    if !isFast {
      (table, series, newton) = (nil, nil, nil)
      levels = 0
      (log2, factors, leading, trailing) = (workspace, workspace, workspace, workspace)
    } else if limbs > Self.mostLimbs {
      table = nil
      levels = 0
      (log2, factors, leading, trailing) = (workspace, workspace, workspace, workspace)
      series = nil
      newton = LogarithmIteration(precision: precision)
    } else {
      let table = LogarithmTable.shared[limbs]
      self.table = table
      levels = table.levels
      log2 = table.log2
      factors = table.factors
      leading = table.leading
      trailing = table.trailing
      newton = nil
      series =
        limbs > 2 ? SplitSeries.logarithm(limbs: limbs, bits: 8 * table.levels - 1) : nil
    }
  }

  deinit {
    series?.deallocate()
    workspace.deallocate()
  }

  /// E: how far e·log 2 - Y may be from log x, in units of 2^(-64F).
  static func absoluteError(limbs: Int) -> Double {
    limbs <= 2 ? 6 : 15 + 2 * Double(LogarithmTable.levels(limbs: limbs))
  }

  /// Sets `result` to log x.
  ///
  /// - Parameters:
  ///   - result: an initialised number of precision ``precision``; it may be the argument.
  ///   - x: a number of any precision.
  /// - Returns: a bound on |result - log x| in units of 2^(q-p), where p is the precision and q MPFR's
  ///   exponent of the result, 2^(q-1) ≤ |result| < 2^q. Proved; at least 1/2 and at most 0.7501. A
  ///   result that is NaN, an infinity, or zero is what `mpfr_log` gives.
  @inline(__always)
  public func log(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double {
    if let bound = fastLogarithm(result, x) { return bound }
    mpfr_log(result, x, MPFR_RNDN)
    return 0.5
  }

  /// The bound, or nil, `result` unchanged, where the fast roads do not reach.
  @inline(__always)
  private func fastLogarithm(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ x: UnsafePointer<__mpfr_struct>
  ) -> Double? {
    // Zero, infinities and NaN have exponents far below any number's.
    let exponent = x.pointee._mpfr_exp
    guard isFast && exponent.magnitude <= 1 << 30 && x.pointee._mpfr_sign > 0 else { return nil }
    switch limbs {
    case 1: return narrowLogarithm1(result, x)
    case 2: return narrowLogarithm2(result, x)
    default:
      if let newton { return newton.log(result, x) }
      return wideLogarithm(result, x)
    }
  }

  /// Rounds a value given in fixed point, an integer limb before `limbs` limbs of fraction, to the
  /// result; nil where its exponent is below ``leastExponent``, or where it is negative modulo
  /// 2^64.
  ///
  /// The limbs are shifted in place, exactly.
  @inline(__always)
  func finish(
    _ result: UnsafeMutablePointer<__mpfr_struct>, _ value: Limbs, limbs: Int, sign: Int32
  ) -> Double? {
    let integer = value[limbs]
    if integer >> 62 != 0 { return nil }
    // The leading bit is in the integer limb or in the first of the fraction.
    let zeros = integer != 0 ? integer.leadingZeroBitCount : value[limbs - 1].leadingZeroBitCount
    let exponent = integer != 0 ? 64 - zeros : -zeros
    if exponent < leastExponent { return nil }
    let top = integer != 0 ? limbs : limbs - 1
    let up = UInt(truncatingIfNeeded: zeros)
    let down = 63 &- up
    var index = top
    while index > 0 {
      value[index] = (value[index] &<< up) | ((value[index - 1] &>> 1) &>> down)
      index -= 1
    }
    value[0] = value[0] &<< up
    result.setRounded(value, count: top + 1, exponent: exponent, sign: sign)
    return (0.5 + error * Double.exp2(-exponent)).nextUp
  }
}
