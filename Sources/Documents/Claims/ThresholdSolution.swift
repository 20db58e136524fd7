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
  /// Parts of the range about which nothing is known.
  public var undecided: [Part] = []
  /// What else there is to say, as that both sides of the condition agree on a part of the range.
  public var remarks: [String] = []

  /// A part of the range, decimal bounds rounded outward; nil where it goes on without end.
  public struct Part: Sendable {
    public let lower: String?
    public let upper: String?
    public let reason: String
  }

  /// One threshold.
  public struct Root: Sendable {
    /// The asked number of significant digits, all correct, the last one rounded.
    public let digits: String
    /// The value where it is rational.
    public let exact: Rational?
    /// The minimal polynomial, coefficients from the constant term up; nil where the value is only
    /// enclosed.
    public let minimalPolynomial: [Integer]?
    /// A closed form that is proved to be the value, where one is found.
    public let closedForm: String?
    /// How the closed form is proved.
    public let proof: String?
    /// A part of the condition of which the value is algebraic at the root, where the root itself is
    /// not known to be.
    public let kernel: Kernel?
    /// Decimal bounds.
    public let lower: String
    public let upper: String
    /// `begins` or `ceases`: what the condition does as the symbol grows through the value.
    public let change: String

    /// A part of the condition with its value.
    public struct Kernel: Sendable {
      public let formula: String
      /// The minimal polynomial of the value, from the constant term up.
      public let minimalPolynomial: [Integer]
      /// The value as a closed form.
      public let closedForm: String?
    }
  }
}
