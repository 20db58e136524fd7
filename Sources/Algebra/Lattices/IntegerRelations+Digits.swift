import Arbitrary
import Exact

/// A relation Σ mᵢ·xᵢ ≈ 0 between real numbers, and what speaks for it.
public struct RelationEvidence: Sendable, Hashable {
  /// m, with the first nonzero entry from the left positive and without a common factor.
  public let relation: [Integer]
  /// The binary digits after the point to which the numbers were compared.
  public let bits: Int
  /// The binary digits of the agreement beyond those that chance gives: with n numbers and entries up
  /// to M there are (2M + 1)^n relations to try, so that agreement to n·log₂(2M + 1) digits says
  /// nothing. A random real has evidence e with a probability of about 2^-e.
  public let significance: Int
}

extension IntegerRelations {
  /// The bits of significance below which an agreement counts as chance unless told otherwise.
  public static let defaultSignificance = 40

  /// The shortest relation that the digits of some real numbers show, confirmed at twice the digits and
  /// at the limit.
  ///
  /// - Parameters:
  ///   - count: the number of values.
  ///   - values: enclosures of the values at a precision in bits; wider ones mean that no more is
  ///     known, and end the search.
  ///   - first: the bits to begin with, from the leading one of the least value; doubled while nothing
  ///     shows.
  ///   - limit: the greatest bits after the point, of the confirmation.
  ///   - significance: the least evidence to accept.
  /// - Returns: nil where no relation is significant; heuristic otherwise: the relation holds to the
  ///   digits that its evidence says.
  /// - Throws: what `values` throws; as ``init(among:exchangeLimit:)``.
  public static func relation(
    count: Int, first: Int, limit: Int, significance: Int = defaultSignificance,
    among values: (Int) throws(ArithmeticError) -> [Interval]
  ) throws(ArithmeticError) -> RelationEvidence? {
    // Digits are counted from the leading one of the least value: a small number is not zero.
    let offset = leadingZeros(try values(64))
    var bits = Swift.min(first + offset, (limit - 2) / 2)
    if bits < 1 { return nil }
    while 2 * bits <= limit {
      guard let digits = scaled(try values(bits + 64), bits: bits) else { return nil }
      guard let finer = scaled(try values(2 * bits + 64), bits: 2 * bits) else { return nil }
      if digits.contains(where: { !$0.isZero }) {
        let found = try IntegerRelations(among: digits).vectors.first ?? []
        if evidence(for: found, finer, bits: 2 * bits, significance + offset) != nil {
          // What holds to so many digits is looked at once more, with all that are allowed.
          let last = Swift.max(limit, 2 * bits)
          guard let all = scaled(try values(last + 64), bits: last) else { return nil }
          return evidence(for: found, all, bits: last, significance + offset)
        }
      }
      bits *= 2
    }
    return nil
  }

  /// The binary zeros after the point of the least of some values.
  public static func leadingZeros(_ values: [Interval]) -> Int {
    values.map { -(Swift.min($0.mignitude.exponent ?? 0, 0)) }.max() ?? 0
  }

  /// The evidence that digits give for a relation; nil below `significance`.
  static func evidence(
    for found: [Integer], _ digits: [Integer], bits: Int, _ significance: Int
  ) -> RelationEvidence? {
    guard found.contains(where: { !$0.isZero }), found.count == digits.count else { return nil }
    let common = found.reduce(Integer.zero) { Integer.gcd($0, $1) }
    let isNegative = found.first { !$0.isZero }?.isNegative ?? false
    let relation = found.map { $0.exactQuotient(by: isNegative ? -common : common) }
    let size = relation.map(\.bitWidth).max() ?? 0
    // Each digit is off by at most 1, the true sum by at most Σ|mᵢ|.
    var sum = Integer.zero
    var slack = Integer.zero
    for (m, x) in zip(relation, digits) {
      sum += m * x
      slack += m.magnitude
    }
    if sum.magnitude > 2 * slack { return nil }
    let agreement = bits - slack.bitWidth - 1
    let excess = agreement - relation.count * (size + 1)
    if excess < significance { return nil }
    return RelationEvidence(relation: relation, bits: bits, significance: excess)
  }

  /// round(2^bits·x), up to one unit; nil where an enclosure is wider than one.
  static func scaled(_ values: [Interval], bits: Int) -> [Integer]? {
    var digits: [Integer] = []
    for value in values {
      guard value.isBounded, !value.isEmpty else { return nil }
      let precision = value.precision + 8
      let wide = Real.scale(value.width, byPowerOfTwo: bits, precision: 64, rounding: .up)
      guard wide <= 1,
        let digit = Real.scale(value.midpoint, byPowerOfTwo: bits, precision: precision).floor
      else { return nil }
      digits.append(digit)
    }
    return digits
  }

  /// A number as a rational combination of others, as their digits propose; nil where none shows.
  ///
  /// - Parameter values: the number first, then the others.
  /// - Throws: as ``relation(count:first:limit:significance:among:)``.
  public static func combination(
    count: Int, limit: Int, of values: (Int) throws(ArithmeticError) -> [Interval]
  ) throws(ArithmeticError) -> [Rational]? {
    let evidence = try relation(
      count: count, first: 48 + 12 * count, limit: limit, among: values)
    guard let relation = evidence?.relation, let lead = relation.first, !lead.isZero else {
      return nil
    }
    var coefficients: [Rational] = []
    for value in relation.dropFirst() { coefficients.append(try Rational(-value, lead)) }
    return coefficients
  }
}
