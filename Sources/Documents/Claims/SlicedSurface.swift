import Exact

/// A surface as boundaries at values of a third parameter, with the values at which their topology changes.
public struct SlicedSurface: Sendable {
  public let id: String
  public let condition: String
  public let horizontal: String
  public let vertical: String
  /// The name of the parameter that is swept.
  public let sweep: String
  /// The slices asked for, in increasing order of the parameter.
  public let slices: [Slice]
  /// The values at which something happens, in increasing order.
  public let changes: [Change]
  /// One sample for each part between neighbouring changes: within a part, the topology is one.
  public let parts: [Part]
  /// Ranges of the parameter in which more may happen.
  public let undecided: [Range]

  /// Whether ``changes`` are proved to be all.
  public var isComplete: Bool { undecided.isEmpty && parts.allSatisfy { $0.count != nil } }

  /// The boundary at one value.
  public struct Slice: Sendable {
    /// The value, a decimal number.
    public let value: String
    public let boundary: TracedBoundary
  }

  /// How many pieces a slice has.
  public struct Count: Sendable, Hashable {
    /// Closed loops.
    public let closed: Int
    /// Pieces with ends, on the edge of the rectangle.
    public let open: Int
  }

  /// A part of the range of the parameter.
  public struct Part: Sendable {
    /// The value at which the slice was looked at.
    public let sample: Rational
    /// Its pieces; nil where some of that slice stayed uncertain.
    public let count: Count?
  }

  /// A value at which the topology of the slices may change.
  public struct Change: Sendable {
    public let value: SolvedSystem.Coordinate
    /// What happens there, at which points: one, as a rule.
    public let events: [Event]
    /// The pieces below and above; nil where there is no such part of the range, or it is not known.
    public let before: Count?
    public let after: Count?

    /// Whether the number of pieces changes; nil where that is not known.
    public var changesCount: Bool? {
      guard let before, let after else { return nil }
      return before != after
    }
  }

  /// What happens at a point.
  public struct Event: Sendable {
    /// `critical` for a singular point of the slice, `edge` where it touches an edge of the rectangle, `corner` where it goes
    /// through a corner.
    public let kind: String
    public let x: SolvedSystem.Coordinate
    public let y: SolvedSystem.Coordinate
  }

  /// A range with decimal bounds, rounded outward.
  public struct Range: Sendable {
    public let lower: String
    public let upper: String
    /// As in ``Event``.
    public let kind: String
    public let reason: String
  }
}
