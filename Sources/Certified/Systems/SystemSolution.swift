import Exact

/// The solutions of a system of equations in a box, all of them, with what is not known.
public struct SystemSolution: Sendable {
  /// A point at which all equations hold.
  public struct Point: Sendable {
    /// The coordinates in the order of the unknowns.
    public let coordinates: [RootValue]
    /// Whether it is proved to lie in the asked ranges and to satisfy the conditions; nil where one of both was
    /// not decided.
    public let isAdmitted: Bool?
    /// Why that was not decided.
    public let reason: String?
    /// Whether it is proved to be a zero at which the derivatives are regular, the only one near. Otherwise it
    /// was found by elimination.
    public let isSimple: Bool
  }

  /// A box of which nothing is known.
  public struct Undecided: Sendable, Hashable {
    /// For each unknown a lower and an upper bound.
    public let lower: [Rational]
    public let upper: [Rational]
    public let reason: String
  }

  /// In increasing order of the first coordinate, and so on.
  public let points: [Point]
  public let undecided: [Undecided]

  /// Whether it is proved that ``points`` are solutions, and that there are no others.
  public var isComplete: Bool {
    undecided.isEmpty && points.allSatisfy { $0.isAdmitted == true }
  }
}
