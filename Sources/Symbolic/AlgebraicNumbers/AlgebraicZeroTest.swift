import Algebra
import Arbitrary
import Exact

/// Why a formula is equal to a number: their difference is smaller than any difference of such a
/// formula and such a number that is not zero.
public struct EqualityProof: Sendable, Hashable {
  /// The bound that a nonzero difference keeps.
  public let bound: SeparationBound
  /// The bits of the interval arithmetic that showed the difference to be below it.
  public let precision: Int
}

/// The exact sign of constants made of roots and of cosines of fractions of π.
///
/// Enclosures of rising precision decide what is not zero; what lies below the ``SeparationBound`` is
/// zero. Both answers are proofs.
public enum AlgebraicZeroTest {
  /// The bits up to which a test computes unless told otherwise.
  public static let defaultPrecisionLimit = 1 << 17

  /// The sign of a formula without symbols, with a real value.
  ///
  /// - Returns: -1, 0 or 1, exact.
  /// - Throws: ``ArithmeticError/domain(_:)`` for formulas that ``SeparationBound`` does not know,
  ///   and where the value is not real or not defined; ``ArithmeticError/limit(_:)`` where
  ///   `precisionLimit` bits do not decide, also for values that are not defined for a hidden reason.
  public static func sign(
    of expression: Expression, precisionLimit: Int = defaultPrecisionLimit
  ) throws(ArithmeticError) -> Int {
    var result = 0
    _ = try decide(
      bound: { () throws(ArithmeticError) in try SeparationBound(expression) },
      precisionLimit, expression
    ) { value, _ in
      guard let sign = value.certainSign, sign != 0 else { return false }
      result = sign
      return true
    }
    return result
  }

  /// The proof that a formula is equal to a number; nil where it is proved to differ.
  ///
  /// - Throws: as ``sign(of:precisionLimit:)``.
  public static func proof(
    that expression: Expression, equals number: AlgebraicNumber,
    precisionLimit: Int = defaultPrecisionLimit
  ) throws(ArithmeticError) -> EqualityProof? {
    try decide(
      bound: { () throws(ArithmeticError) in try SeparationBound(expression, minus: number) },
      precisionLimit, expression, minus: number
    ) { difference, _ in !difference.containsZero }
  }

  /// Rises in precision until the value, less the number, excludes zero, which `isNonzero` says, or
  /// lies below the bound.
  private static func decide(
    bound: () throws(ArithmeticError) -> SeparationBound, _ limit: Int, _ expression: Expression,
    minus number: AlgebraicNumber? = nil, _ isNonzero: (Interval, Int) -> Bool
  ) throws(ArithmeticError) -> EqualityProof? {
    var separation: SeparationBound?
    var precision = 64
    while precision <= limit {
      let value = try enclosure(of: expression, precision: precision)
      if !value.im.containsZero { throw .domain("the value of \(expression) is not real") }
      var re = value.re
      if let number {
        re = Interval.sub(re, number.interval(precision: precision), precision: precision)
      }
      if isNonzero(re, precision) { return nil }
      let known: SeparationBound
      if let separation { known = separation } else { known = try bound() }
      separation = known
      if isBelow(re, known.exponent) && isBelow(value.im, known.exponent) {
        return EqualityProof(bound: known, precision: precision)
      }
      // One more round is enough once the enclosure has shrunk as expected.
      precision = min(2 * precision, max(known.exponent + 64, precision + precision / 4 + 64))
    }
    throw .limit("a zero test of more than \(limit) bits")
  }

  /// Whether every number of the interval has a magnitude below 2^-exponent.
  private static func isBelow(_ interval: Interval, _ exponent: Int) -> Bool {
    guard interval.isBounded, !interval.isEmpty else { return false }
    let magnitude = interval.magnitude
    if magnitude.isZero { return true }
    // |x| < 2^e for MPFR's exponent e.
    return (magnitude.exponent ?? .max) <= -exponent
  }

  /// The value of a formula without symbols.
  ///
  /// - Throws: ``ArithmeticError/domain(_:)`` where symbols or infinity occur or the value is not
  ///   defined; ``ArithmeticError/divisionByZero``.
  static func enclosure(
    of expression: Expression, precision: Int
  ) throws(ArithmeticError) -> ComplexInterval {
    let program: Program
    do {
      program = try Program([expression], inputs: [])
    } catch {
      throw .domain("\(error)")
    }
    return try program.enclose([Interval](), precision: precision)[0]
  }
}
