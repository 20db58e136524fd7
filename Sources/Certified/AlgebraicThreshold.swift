import Algebra
import Exact

/// A condition on the sign of a function.
public enum SignCondition: String, Sendable, Hashable, CaseIterable {
  case positive = ">"
  case nonnegative = ">="
  case negative = "<"
  case nonpositive = "<="

  /// Whether a value of the given sign meets the condition.
  public func holds(forSign sign: Int) -> Bool {
    switch self {
    case .positive: sign > 0
    case .nonnegative: sign >= 0
    case .negative: sign < 0
    case .nonpositive: sign <= 0
    }
  }

  /// Whether the value zero fails the condition.
  public var isStrict: Bool { self == .positive || self == .negative }
}

/// A set of real numbers with algebraic ends, as intervals in increasing order, with its thresholds.
public struct AlgebraicSolutionSet: Sendable, Hashable {
  /// An end of an interval.
  public enum End: Sendable, Hashable {
    case unbounded
    /// `isIncluded` is nil where it was not decided whether the end belongs to the set.
    case at(AlgebraicNumber, isIncluded: Bool?)
  }

  /// An interval, or a single point where both ends are the same number.
  public struct Piece: Sendable, Hashable {
    public let lower: End
    public let upper: End
  }

  /// Where the set lies next to a threshold.
  public enum Side: String, Sendable, Hashable {
    /// The set begins here and lies above.
    case above
    /// The set lies below and ends here.
    case below
    /// The set lies on both sides, the point itself is missing (or not decided).
    case both
    /// The point alone belongs to the set (or may, if not decided).
    case point
  }

  /// A point of the range at which membership changes.
  public struct Threshold: Sendable, Hashable {
    /// The number, exact, with its minimal polynomial.
    public let value: AlgebraicNumber
    public let side: Side
    /// Whether the threshold itself belongs to the set; nil where not decided.
    public let isIncluded: Bool?
  }

  /// The range that was asked; the set is a part of it.
  public let range: RationalRange
  /// The set, exact but for ends marked as not decided.
  public let pieces: [Piece]
  /// All points of the range at which membership changes. An end of the range at which the set is
  /// merely cut off is none.
  public let thresholds: [Threshold]

  /// Whether the set has no point for certain.
  public var isEmpty: Bool { pieces.isEmpty }

  /// A part of the line on which membership is known.
  enum Cell {
    case point(AlgebraicNumber, Bool?)
    case piece(Bool)
  }

  /// From the cells of the range in increasing order; pieces and points alternate, and an end of the
  /// range without a point cell is an open end or no end.
  init(range: RationalRange, cells: [Cell]) {
    self.range = range
    var pieces: [Piece] = []
    var thresholds: [Threshold] = []
    var open: End?
    for (index, cell) in cells.enumerated() {
      switch cell {
      case .piece(let isMember):
        // A piece after a point has been opened by it.
        if isMember, open == nil { open = Self.end(range.lower) }
      case .point(let value, let isMember):
        let before = Self.piece(cells, index - 1)
        let after = Self.piece(cells, index + 1)
        if before == true, isMember != true || after != true {
          pieces.append(
            Piece(lower: open ?? .unbounded, upper: .at(value, isIncluded: isMember)))
          open = nil
        }
        if after == true, open == nil { open = .at(value, isIncluded: isMember) }
        if before != true, after != true, isMember != false {
          let end = End.at(value, isIncluded: isMember)
          pieces.append(Piece(lower: end, upper: end))
        }
        let neighbours = [before, after].compactMap { $0 }
        if isMember == nil || neighbours.contains(where: { $0 != isMember }) {
          let side: Side =
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
    if let open, case .piece(true)? = cells.last {
      pieces.append(Piece(lower: open, upper: Self.end(range.upper)))
    }
    self.pieces = pieces
    self.thresholds = thresholds
  }

  private static func piece(_ cells: [Cell], _ index: Int) -> Bool? {
    guard cells.indices.contains(index), case .piece(let isMember) = cells[index] else { return nil }
    return isMember
  }

  private static func end(_ bound: RationalRange.Bound) -> End {
    bound.number.map { .at(AlgebraicNumber($0), isIncluded: false) } ?? .unbounded
  }

  /// The points at which membership must be decided: those given and the closed ends of the range.
  static func places(_ points: [AlgebraicNumber], in range: RationalRange) -> [AlgebraicNumber] {
    var places = points
    if case .closed(let a) = range.lower, range.contains(a) { places.append(AlgebraicNumber(a)) }
    if case .closed(let b) = range.upper, range.contains(b) { places.append(AlgebraicNumber(b)) }
    return Set(places).sorted()
  }
}

/// The solutions of f > 0 (or ≥, <, ≤) for a rational function of one variable on a range.
///
/// **Guarantee:** exact and complete; every threshold in the range is found, each as an algebraic number
/// with its minimal polynomial. A pole belongs to no set.
public struct AlgebraicThreshold: Sendable {
  public let condition: SignCondition
  /// The zeros, poles and signs of the function.
  public let regions: SignRegions
  /// The solutions.
  public let solutions: AlgebraicSolutionSet

  /// All thresholds in the range, in increasing order.
  public var thresholds: [AlgebraicSolutionSet.Threshold] { solutions.thresholds }

  /// - Throws: as ``SignRegions``.
  public init(
    numerator: IntegerPolynomial, denominator: IntegerPolynomial = .one,
    _ condition: SignCondition, in range: RationalRange = .line
  ) throws(ArithmeticError) {
    self.condition = condition
    let regions = try SignRegions(numerator: numerator, denominator: denominator, in: range)
    self.regions = regions
    let kinds = Dictionary(
      regions.points.map { ($0.location, $0.kind) }, uniquingKeysWith: { a, _ in a })
    let places = AlgebraicSolutionSet.places(regions.points.map(\.location), in: range)
    var cells: [AlgebraicSolutionSet.Cell] = []
    var gaps = regions.pieces[...]
    for place in places {
      if let gap = gaps.first, let upper = gap.upper, upper <= place {
        cells.append(.piece(condition.holds(forSign: gap.sign)))
        gaps.removeFirst()
      }
      switch kinds[place] {
      case .pole?: cells.append(.point(place, false))
      case .crossing?, .touching?: cells.append(.point(place, !condition.isStrict))
      case nil:
        let sign = place.rational.flatMap { regions.sign(at: $0) }
        cells.append(.point(place, sign.map { condition.holds(forSign: $0) } ?? false))
      }
    }
    for gap in gaps { cells.append(.piece(condition.holds(forSign: gap.sign))) }
    solutions = AlgebraicSolutionSet(range: range, cells: cells)
  }
}
