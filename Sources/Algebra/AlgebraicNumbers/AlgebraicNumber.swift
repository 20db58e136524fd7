import Exact

/// A real root of an integer polynomial, exact.
///
/// Two numbers are equal exactly where their minimal polynomials and the places of the roots on the
/// real line are, so equality and hashing cost no arithmetic. Order is decided by refining the
/// isolating intervals, which ends since different numbers are apart.
///
/// Invariant: the minimal polynomial is irreducible and primitive with a positive leading
/// coefficient; for degree 1 the location is the rational number, otherwise an open interval with
/// one root inside and opposite signs at its ends, which does not hold zero.
public struct AlgebraicNumber: Sendable {
  /// The irreducible primitive integer polynomial with a positive leading coefficient that vanishes
  /// at the number.
  public let minimalPolynomial: IntegerPolynomial
  /// The place among the real roots of the minimal polynomial, from 1 for the least.
  public let rootIndex: Int
  /// The isolating interval, or the number itself if it is rational.
  public let location: IsolatedRoot

  /// - Precondition: the invariant.
  init(minimalPolynomial: IntegerPolynomial, rootIndex: Int, location: IsolatedRoot) {
    self.minimalPolynomial = minimalPolynomial
    self.rootIndex = rootIndex
    self.location = location
  }

  /// A rational number.
  public init(_ value: Rational) {
    self.init(
      minimalPolynomial: IntegerPolynomial([-value.numerator, value.denominator]), rootIndex: 1,
      location: .exact(value))
  }

  /// An integer.
  public init(_ value: Integer) { self.init(Rational(value)) }

  /// The degree of the minimal polynomial.
  public var degree: Int { minimalPolynomial.coefficients.count - 1 }

  /// The number where it is rational; nil otherwise.
  public var rational: Rational? {
    if case .exact(let value) = location { value } else { nil }
  }

  /// -1, 0 or 1.
  public var signum: Int {
    switch location {
    case .exact(let value): value.signum
    case .interval(let i): i.numerator.isNegative ? -1 : 1
    }
  }

  // MARK: Enclosures

  /// The number with an isolating interval of width at most 2^-`bits`.
  ///
  /// - Complexity: see ``RealRootIsolation/refine(_:of:toBits:)``; what is refined is not kept in
  ///   `self`.
  public func refined(toBits bits: Int) -> AlgebraicNumber {
    AlgebraicNumber(
      minimalPolynomial: minimalPolynomial, rootIndex: rootIndex,
      location: RealRootIsolation.refine(location, of: minimalPolynomial, toBits: bits))
  }

  /// Rational bounds at most 2^-`bits` apart, with the number between them; both are the number
  /// itself where it is rational, and otherwise neither is.
  public func enclosure(bits: Int) -> (lower: Rational, upper: Rational) {
    let location = RealRootIsolation.refine(location, of: minimalPolynomial, toBits: bits)
    return (location.lower, location.upper)
  }

  /// Rational bounds whose distance is at most 2^-`bits` times the number's magnitude.
  public func enclosure(significantBits bits: Int) -> (lower: Rational, upper: Rational) {
    guard case .interval(var interval) = location else { return enclosure(bits: 0) }
    // An interval with zero as an end says nothing about the magnitude; it is halved until none is.
    // A root of the reversed polynomial is below 2^b, so this one is above 2^-b.
    let least = minimalPolynomial.reversed.rootBoundExponent ?? 0
    if interval.numerator.isZero || (interval.numerator + 1).isZero {
      if case .interval(let finer) = refined(toBits: least + 1).location { interval = finer }
    }
    // |number| ≥ 2^(width of the numerator - 1 - exponent) up to one unit of the end nearer zero.
    let near = interval.numerator.isNegative ? interval.numerator + 1 : interval.numerator
    return enclosure(bits: bits + interval.exponent - near.bitWidth + 1)
  }

  /// The double nearest to the number, or the neighbour of that one; 0 or infinite beyond the range
  /// of doubles.
  public var approximateDouble: Double {
    let (lower, upper) = enclosure(significantBits: 64)
    return ((lower + upper) * Self.half).approximateDouble
  }

  static let half = DyadicInterval.value(1, 1)
}

extension AlgebraicNumber: Hashable {
  /// Whether the numbers are equal, exactly: the same root of the same minimal polynomial.
  public static func == (a: AlgebraicNumber, b: AlgebraicNumber) -> Bool {
    a.rootIndex == b.rootIndex && a.minimalPolynomial == b.minimalPolynomial
  }

  /// Equal numbers give the same hash, however their roots are isolated.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rootIndex)
    hasher.combine(minimalPolynomial.coefficients)
  }
}

extension AlgebraicNumber: Comparable {
  /// Whether a is less than b, exactly.
  ///
  /// - Complexity: refinement to about the bits in which the numbers agree.
  public static func < (a: AlgebraicNumber, b: AlgebraicNumber) -> Bool {
    if a.minimalPolynomial == b.minimalPolynomial { return a.rootIndex < b.rootIndex }
    return a.compare(to: b) < 0
  }

  /// The sign of self - x, by one exact evaluation of the minimal polynomial.
  public func compare(to x: Rational) -> Int {
    RealRootIsolation.position(of: location, of: minimalPolynomial, against: x)
  }

  /// The sign of self - other.
  ///
  /// - Complexity: refinement to about the bits in which the numbers agree.
  private func compare(to other: AlgebraicNumber) -> Int {
    if let x = other.rational { return compare(to: x) }
    if let x = rational { return -other.compare(to: x) }
    var (a, b) = (self, other)
    var bits = 16
    // The roots of the product of the two minimal polynomials are apart by Mahler's bound, so the
    // intervals part before `limit`.
    let n = degree + other.degree
    let norm = minimalPolynomial.euclideanNormBits + other.minimalPolynomial.euclideanNormBits
    let limit = 2 * (n * (norm + n) + n * (Int.bitWidth - n.leadingZeroBitCount) + 64)
    while bits < 2 * limit {
      guard case .interval(let i) = a.location, case .interval(let j) = b.location else { break }
      if i.isBelow(j) { return -1 }
      if j.isBelow(i) { return 1 }
      a = a.refined(toBits: bits)
      b = b.refined(toBits: bits)
      bits *= 2
    }
    return a.location.lower < b.location.lower ? -1 : 1
  }
}

extension DyadicInterval {
  /// Whether every number of the interval is below every number of the other.
  func isBelow(_ other: DyadicInterval) -> Bool {
    let scale = max(exponent, other.exponent)
    return (numerator + 1) << (scale - exponent) <= other.numerator << (scale - other.exponent)
  }
}

extension AlgebraicNumber: ExpressibleByIntegerLiteral {
  /// The integer.
  public init(integerLiteral value: StaticBigInt) { self.init(Integer(integerLiteral: value)) }
}

extension AlgebraicNumber: CustomStringConvertible {
  /// The rational number, or which root of which polynomial.
  public var description: String {
    if let rational { return rational.description }
    return "root \(rootIndex) of \(minimalPolynomial)"
  }
}
