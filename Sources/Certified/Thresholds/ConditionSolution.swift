import Algebra
import Arbitrary
import Exact

/// A set of real numbers, as intervals between roots, with what is not known of it.
public struct ConditionSolution: Sendable {
  /// An end of an interval.
  public enum End: Sendable {
    case unbounded
    /// `isIncluded` is nil where it was not decided whether the end belongs to the set.
    case at(RootValue, isIncluded: Bool?)
    /// The set goes on up to a part that is undecided, at this bound.
    case undecided(Rational)
  }

  /// An interval, or a single point where both ends are the same.
  public struct Piece: Sendable {
    public let lower: End
    public let upper: End
    /// Whether it is a single point.
    public let isPoint: Bool
  }

  /// A place at which membership changes, or may.
  public struct Threshold: Sendable {
    public let value: RootValue
    public let side: AlgebraicSolutionSet.Side
    /// Whether the place itself belongs to the set; nil where not decided.
    public let isIncluded: Bool?
  }

  public let pieces: [Piece]
  /// All places at which membership changes, but for those inside ``undecided``. An end of the range at
  /// which the set is merely cut off is none.
  public let thresholds: [Threshold]
  /// Parts of the range of which nothing is known, in increasing order.
  public let undecided: [FunctionRoots.Undecided]
  /// Parts of the range on which the two sides of the condition are equal throughout, as (lower, upper)
  /// enclosed ends in words of the pieces: the number of such parts.
  public let identicalParts: Int

  /// Whether everything in the range is decided.
  public var isComplete: Bool {
    undecided.isEmpty && thresholds.allSatisfy { $0.isIncluded != nil }
  }

  /// A set with algebraic ends, all of it known.
  public init(_ set: AlgebraicSolutionSet) {
    func end(_ end: AlgebraicSolutionSet.End) -> End {
      switch end {
      case .unbounded: .unbounded
      case .at(let number, let isIncluded): .at(RootValue(number), isIncluded: isIncluded)
      }
    }
    pieces = set.pieces.map {
      var isPoint = false
      if case .at(let a, _) = $0.lower, case .at(let b, _) = $0.upper { isPoint = a == b }
      return Piece(lower: end($0.lower), upper: end($0.upper), isPoint: isPoint)
    }
    thresholds = set.thresholds.map {
      Threshold(value: RootValue($0.value), side: $0.side, isIncluded: $0.isIncluded)
    }
    undecided = []
    identicalParts = 0
  }

  /// Thresholds that were found where nothing else is known.
  init(thresholds: [Threshold], undecided: [FunctionRoots.Undecided]) {
    pieces = []
    self.thresholds = thresholds
    self.undecided = undecided
    identicalParts = 0
  }

  /// A part of the line in increasing order.
  enum Cell {
    case point(RootValue, Bool?)
    case gap(Bool)
    case unknown(FunctionRoots.Undecided)
  }

  /// From cells of the whole range; between two points or undecided parts there is a gap.
  init(cells: [Cell], lower: Rational?, upper: Rational?, identicalParts: Int) {
    var pieces: [Piece] = []
    var thresholds: [Threshold] = []
    var undecided: [FunctionRoots.Undecided] = []
    var open: End?
    func gap(_ index: Int) -> Bool? {
      guard cells.indices.contains(index), case .gap(let isMember) = cells[index] else {
        return nil
      }
      return isMember
    }
    func rangeEnd(_ end: Rational?) -> End {
      end.map { .at(RootValue(AlgebraicNumber($0)), isIncluded: false) } ?? .unbounded
    }
    for (index, cell) in cells.enumerated() {
      switch cell {
      case .gap(let isMember):
        if isMember, open == nil {
          if index > 0, case .unknown(let part) = cells[index - 1], let end = part.upper {
            open = .undecided(end)
          } else {
            open = rangeEnd(lower)
          }
        }
      case .unknown(let part):
        undecided.append(part)
        if let start = open, let end = part.lower {
          pieces.append(Piece(lower: start, upper: .undecided(end), isPoint: false))
        }
        open = nil
      case .point(let value, let isMember):
        let (before, after) = (gap(index - 1), gap(index + 1))
        if before == true, isMember != true || after != true, let start = open {
          pieces.append(
            Piece(lower: start, upper: .at(value, isIncluded: isMember), isPoint: false))
          open = nil
        }
        if after == true, open == nil { open = .at(value, isIncluded: isMember) }
        if before != true, after != true, isMember != false {
          let end = End.at(value, isIncluded: isMember)
          pieces.append(Piece(lower: end, upper: end, isPoint: true))
        }
        let neighbours = [before, after].compactMap { $0 }
        if isMember == nil || neighbours.contains(where: { $0 != isMember }) {
          let side: AlgebraicSolutionSet.Side =
            switch (before == true, after == true) {
            case (true, true): .both
            case (true, false): .below
            case (false, true): .above
            case (false, false): .point
            }
          thresholds.append(Threshold(value: value, side: side, isIncluded: isMember))
        }
      }
    }
    if let start = open, case .gap(true)? = cells.last {
      pieces.append(Piece(lower: start, upper: rangeEnd(upper), isPoint: false))
    }
    self.pieces = pieces
    self.thresholds = thresholds
    self.undecided = undecided
    self.identicalParts = identicalParts
  }
}
