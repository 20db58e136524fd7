import Exact

/// The values at which a condition begins or ceases to hold, all of them in the asked range.
public struct ThresholdSolution: Sendable {
  /// The threshold's name and the symbol that it is a value of.
  public let id: String
  public let unknown: String
  public let roots: [Root]
  /// Where the condition holds, in words: `r > 4.1987…`.
  public let region: String
  /// Whether it is proved that there is no other.
  public let isComplete: Bool

  /// One threshold.
  public struct Root: Sendable {
    /// The asked number of significant digits, all correct, the last one rounded.
    public let digits: String
    /// The value where it is rational.
    public let exact: Rational?
    /// The minimal polynomial, coefficients from the constant term up; nil where the value is only
    /// enclosed.
    public let minimalPolynomial: [Integer]?
    /// A closed form in radicals, where there is one of degree two or less.
    public let closedForm: String?
    /// Decimal bounds.
    public let lower: String
    public let upper: String
    /// `begins` or `ceases`: what the condition does as the symbol grows through the value.
    public let change: String
  }
}
