import Exact

/// The solutions of a system in its box, all of them.
public struct SolvedSystem: Sendable {
  public let id: String
  /// The names of the unknowns, in the order of the coordinates.
  public let unknowns: [String]
  public let points: [Point]
  /// Boxes of which nothing is known.
  public let undecided: [Box]
  /// Whether it is proved that all points are solutions, and that there is no other.
  public let isComplete: Bool

  /// A solution.
  public struct Point: Sendable {
    public let coordinates: [Coordinate]
    /// Whether it is the only zero near, the derivatives being regular; otherwise it is a multiple zero that
    /// elimination gave exactly.
    public let isSimple: Bool
    /// Why it is not decided whether the point lies in the box and satisfies the conditions; nil where it does.
    public let doubt: String?
  }

  /// A coordinate of a solution.
  public struct Coordinate: Sendable {
    /// The asked number of significant digits, all correct; nil where the number is not told from zero, or may be a
    /// tie of rounding.
    public let digits: String?
    /// Decimal bounds.
    public let lower: String
    public let upper: String
    /// The value where it is rational.
    public let exact: Rational?
    /// The minimal polynomial, coefficients from the constant term up, where the value is algebraic by proof.
    public let minimalPolynomial: [Integer]?
    /// A closed form that is proved to be the value.
    public let closedForm: String?
  }

  /// A box with decimal bounds, rounded outward.
  public struct Box: Sendable {
    public let sides: [(lower: String, upper: String)]
    public let reason: String
  }
}
