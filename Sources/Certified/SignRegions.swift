import Algebra
import Exact

/// The sign of a rational function of one variable everywhere on a range, exact and complete.
///
/// **Guarantee:** ``points`` are all points of the range at which the function vanishes or has a pole;
/// on each of ``pieces``, the open intervals between them, the sign is constant and known, since a
/// continuous function without a zero keeps its sign. Common factors of numerator and denominator are
/// cancelled first: the function is the element of Q(x), not its spelling.
///
/// Source: intermediate value theorem; roots by ``AlgebraicNumber/roots(of:in:)-(IntegerPolynomial,_)``.
public struct SignRegions: Sendable {
  /// What happens at a point.
  public enum Kind: String, Sendable, Hashable {
    /// A zero of odd order.
    case crossing
    /// A zero of even order: the sign is the same on both sides.
    case touching
    /// The function is not defined.
    case pole
  }

  /// A zero or a pole.
  public struct Point: Sendable, Hashable {
    /// The place, exact.
    public let location: AlgebraicNumber
    public let kind: Kind
    /// The order of the zero or of the pole.
    public let multiplicity: Int
  }

  /// An open interval without zeros and poles.
  public struct Piece: Sendable, Hashable {
    /// The lower end; nil for an unbounded interval.
    public let lower: AlgebraicNumber?
    /// The upper end; nil for an unbounded interval.
    public let upper: AlgebraicNumber?
    /// A rational number inside.
    public let sample: Rational
    /// -1 or 1; 0 for the zero function.
    public let sign: Int
  }

  public let numerator: IntegerPolynomial
  public let denominator: IntegerPolynomial
  public let range: RationalRange
  /// All zeros and poles in the range, in increasing order.
  public let points: [Point]
  /// The open intervals between them and to the ends of the range, in increasing order.
  public let pieces: [Piece]

  /// - Throws: ``ArithmeticError/divisionByZero`` for the zero denominator;
  ///   ``ArithmeticError/limit(_:)`` as the factorization.
  public init(
    numerator: IntegerPolynomial, denominator: IntegerPolynomial = .one,
    in range: RationalRange = .line
  ) throws(ArithmeticError) {
    try self.init(numerator, denominator, range, cancels: true)
  }

  /// - Parameter cancels: whether common factors are removed; if not, their roots are poles.
  init(
    _ top: IntegerPolynomial, _ bottom: IntegerPolynomial, _ range: RationalRange, cancels: Bool
  ) throws(ArithmeticError) {
    if bottom.isZero { throw .divisionByZero }
    var (n, d) = (top, bottom)
    if cancels {
      let common = try IntegerPolynomial.gcd(n, d)
      if let a = n.dividedExactly(by: common), let b = d.dividedExactly(by: common) { (n, d) = (a, b) }
    }
    numerator = n
    denominator = d
    self.range = range
    var points = try AlgebraicNumber.roots(of: d, in: range).map {
      Point(location: $0.root, kind: .pole, multiplicity: $0.multiplicity)
    }
    if !n.isZero {
      let poles = Set(points.map(\.location))
      for (root, multiplicity) in try AlgebraicNumber.roots(of: n, in: range)
      where !poles.contains(root) {
        points.append(
          Point(
            location: root, kind: multiplicity % 2 == 1 ? .crossing : .touching,
            multiplicity: multiplicity))
      }
    }
    points.sort { $0.location < $1.location }
    self.points = points
    pieces = RationalSample.gaps(between: points.map(\.location), in: range).map {
      Piece(
        lower: $0.lower, upper: $0.upper, sample: $0.sample,
        sign: n.sign(at: $0.sample) * d.sign(at: $0.sample))
    }
  }

  /// The sign at a rational number, exact; nil at a pole.
  public func sign(at x: Rational) -> Int? {
    let below = denominator.sign(at: x)
    return below == 0 ? nil : below * numerator.sign(at: x)
  }
}

/// Rational numbers between algebraic ones.
enum RationalSample {
  /// The nonempty open intervals between the points and to the ends of the range, with a number inside.
  ///
  /// - Parameter points: increasing, inside the range.
  static func gaps(
    between points: [AlgebraicNumber], in range: RationalRange
  ) -> [(lower: AlgebraicNumber?, upper: AlgebraicNumber?, sample: Rational)] {
    if let a = range.lower.number, let b = range.upper.number, a >= b { return [] }
    let ends: [AlgebraicNumber?] =
      [range.lower.number.map { AlgebraicNumber($0) }] + points.map { $0 }
      + [range.upper.number.map { AlgebraicNumber($0) }]
    var result: [(lower: AlgebraicNumber?, upper: AlgebraicNumber?, sample: Rational)] = []
    for (a, b) in zip(ends, ends.dropFirst()) {
      if let a, let b, a == b { continue }
      result.append((a, b, between(a, b)))
    }
    return result
  }

  /// A simple rational number strictly between two numbers, nil for no bound.
  static func between(_ a: AlgebraicNumber?, _ b: AlgebraicNumber?) -> Rational {
    switch (a, b) {
    case (nil, nil): return .zero
    case (nil, let b?): return Swift.min(Rational(b.location.lower.floor - 1), .zero)
    case (let a?, nil): return Swift.max(Rational(a.location.upper.ceiling + 1), .zero)
    case (let a?, let b?):
      var bits = 4
      var (low, high) = (a.location.upper, b.location.lower)
      // Different numbers: refined intervals part.
      while low >= high {
        low = a.enclosure(bits: bits).upper
        high = b.enclosure(bits: bits).lower
        bits *= 2
      }
      return simplest(between: low, and: high)
    }
  }

  /// The fraction of least denominator strictly between low < high.
  ///
  /// - Source: the Stern–Brocot tree, walked by continued fractions.
  static func simplest(between low: Rational, and high: Rational) -> Rational {
    if low.isNegative && high.signum > 0 { return .zero }
    if high.signum <= 0 { return -simplest(between: -high, and: -low) }
    let floor = Rational(low.floor)
    let next = floor + Rational.one
    if next < high { return next }
    // low and high lie in [floor, floor + 1].
    guard let flipped = try? (high - floor).inverse() else { return (low + high) * half }
    if low == floor {
      let k = Rational(flipped.floor + 1)
      return floor + ((try? k.inverse()) ?? .zero)
    }
    guard let far = try? (low - floor).inverse(),
      let inner = try? simplest(between: flipped, and: far).inverse()
    else { return (low + high) * half }
    return floor + inner
  }

  static let half = (try? Rational(1, 2)) ?? .zero
}

extension RationalRange.Bound {
  /// The end; nil where there is none.
  var number: Rational? {
    switch self {
    case .unbounded: nil
    case .open(let x), .closed(let x): x
    }
  }
}
