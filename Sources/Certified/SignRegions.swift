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
      if let a = n.dividedExactly(by: common), let b = d.dividedExactly(by: common) {
        (n, d) = (a, b)
      }
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

extension RationalRange.Bound {
  /// The end; nil where there is none.
  var number: Rational? {
    switch self {
    case .unbounded: nil
    case .open(let x), .closed(let x): x
    }
  }
}
