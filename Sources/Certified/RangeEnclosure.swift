import Arbitrary
import Exact
import Symbolic

/// Certified outer bounds of the values of an expression over a box.
///
/// **Guarantee:** at every point of the box at which the expression is defined, its value lies in
/// `enclosure`. The bounds are not the range itself, but come near it as the number of pieces grows:
/// the box is cut where the bounds come from, until there are so many pieces.
public struct RangeEnclosure: Sendable, Equatable {
  /// The bounds of the values.
  public let enclosure: ComplexInterval
  /// The number of pieces that the bounds come from.
  public let pieces: Int
  /// Whether the expression surely has no value on some piece of the box.
  public let hasGaps: Bool

  /// Encloses the values over a box.
  ///
  /// - Parameters:
  ///   - box: an interval for each parameter, which should lie in its domain; a point stays a point.
  ///   - pieces: the greatest number of pieces.
  ///   - precision: the precision of bounds, in bits.
  /// - Throws: ``CertifiedError/missingParameters(_:)``;
  ///   ``CertifiedError/outsideDomain(parameter:value:)`` for an interval without a point of the
  ///   parameter's domain; ``CertifiedError/domain(what:place:)`` where the expression has no value
  ///   anywhere in the box.
  /// - Complexity: at most 2·`pieces` evaluations.
  public init(
    of expression: Expression, over box: [Symbol: Interval], pieces: Int = 4096,
    precision: Int = 64
  ) throws(CertifiedError) {
    let parameters = expression.freeSymbols.sorted { $0.precedes($1) }
    let missing = parameters.filter { box[$0] == nil }
    guard missing.isEmpty else { throw .missingParameters(missing.map(\.name)) }
    let sides = parameters.map { box[$0] ?? .empty }
    for (parameter, side) in zip(parameters, sides) where !parameter.domain.meets(side) {
      throw .outsideDomain(parameter: parameter, value: side.description)
    }
    let program: Program
    do { program = try Program([expression], inputs: parameters) } catch {
      throw CertifiedError(error)
    }
    var search = BoxSearch(program: program, box: sides, precision: max(precision, 2))
    do { try search.add(sides) } catch {
      let place = zip(parameters, sides).map { "\($0.name) in \($1)" }.joined(separator: ", ")
      throw CertifiedError(error, place: place)
    }
    search.refine(pieces: pieces)
    guard let enclosure = search.hull else {
      let place = zip(parameters, sides).map { "\($0.name) in \($1)" }.joined(separator: ", ")
      throw .domain(what: "the expression is nowhere defined", place: place)
    }
    self.enclosure = enclosure
    self.pieces = search.pieces.count
    hasGaps = search.hasGaps
  }
}

extension RangeEnclosure: CustomStringConvertible {
  /// `[lower, upper]` in decimals rounded outward; of complex values `[a, b] + [c, d]*i`.
  public var description: String {
    enclosure.isReal ? "\(enclosure.re)" : "\(enclosure.re) + \(enclosure.im)*i"
  }
}

extension Domain {
  /// Whether some point of the interval is in the domain.
  func meets(_ side: Interval) -> Bool {
    if side.isEmpty { return false }
    switch shape {
    case .complex: return true
    case .finite(let values): return values.contains { side.contains($0) }
    case .interval(let lower, let upper):
      if let low = lower.value {
        guard let order = side.upper.isInfinite ? 1 : side.upper.compare(low) else { return false }
        if order < 0 || (order == 0 && lower == .open(low)) { return false }
      }
      if let high = upper.value {
        guard let order = side.lower.isInfinite ? -1 : side.lower.compare(high) else {
          return false
        }
        if order > 0 || (order == 0 && upper == .open(high)) { return false }
      }
      return true
    }
  }
}

/// The pieces of a box with the values over each, cut where the hull of the values has its ends.
struct BoxSearch {
  struct Piece {
    var box: [Interval]
    var value: ComplexInterval
    /// The ends of the value in doubles, to choose by: -re.lower, re.upper, -im.lower, im.upper.
    var reach: [Double]
  }

  let program: Program
  let precision: Int
  /// The widths of the whole box, by which those of pieces are measured.
  private let widths: [Double]
  private(set) var pieces: [Piece] = []
  private(set) var hasGaps = false

  init(program: Program, box: [Interval], precision: Int) {
    self.program = program
    self.precision = precision
    widths = box.map { $0.width.approximateDouble }
  }

  /// The hull of the values; nil where there is none.
  var hull: ComplexInterval? {
    guard let first = pieces.first else { return nil }
    return pieces.dropFirst().reduce(first.value) { $0.union($1.value) }
  }

  /// Adds a piece with its values.
  mutating func add(_ box: [Interval]) throws(ArithmeticError) {
    let value = try program.enclose(box, precision: precision)[0]
    let reach = [
      -value.re.lower.approximateDouble, value.re.upper.approximateDouble,
      -value.im.lower.approximateDouble, value.im.upper.approximateDouble,
    ]
    pieces.append(Piece(box: box, value: value, reach: reach))
  }

  /// Cuts pieces, round by round those that reach farthest to each side, until there are `limit` or
  /// none can be cut. A round cuts an eighth of the pieces at most for each side: enough to get
  /// through many pieces, few enough to stay with those that matter.
  mutating func refine(pieces limit: Int) {
    while pieces.count < limit {
      let share = max(1, min(pieces.count / 8, (limit - pieces.count) / 4))
      var chosen: Set<Int> = []
      for side in 0..<4 {
        let farthest = pieces.indices.sorted { pieces[$0].reach[side] > pieces[$1].reach[side] }
        // Where all reach equally far, as the exactly real do to the imaginary sides, nothing is won.
        guard let first = farthest.first, let last = farthest.last,
          pieces.count == 1 || pieces[first].reach[side] > pieces[last].reach[side]
        else { continue }
        chosen.formUnion(farthest.prefix(share))
      }
      if chosen.isEmpty { chosen = Set(pieces.indices) }
      let cuts = chosen.sorted(by: >).prefix(limit - pieces.count).compactMap { index in
        cut(pieces[index].box).map { (index, $0) }
      }
      if cuts.isEmpty { return }
      // From the last, so that the places of the others stay.
      for (index, _) in cuts { pieces.remove(at: index) }
      for (_, halves) in cuts {
        for half in halves {
          do { try add(half) } catch { hasGaps = true }
        }
      }
      if pieces.isEmpty { return }
    }
  }

  /// The two halves of a piece along its relatively widest side; nil where every side is a point or
  /// cannot be cut at this precision.
  private func cut(_ box: [Interval]) -> [[Interval]]? {
    var best: (index: Int, size: Double)?
    for (index, side) in box.enumerated() where !side.isPoint {
      let ratio = side.width.approximateDouble / widths[index]
      // An unbounded side is wider than any bounded one.
      let size = ratio.isNaN ? .infinity : ratio
      if size > best?.size ?? -1 { best = (index, size) }
    }
    guard let index = best?.index else { return nil }
    let side = box[index]
    let middle = Self.middle(of: side)
    guard middle.isFinite, side.lower < middle, middle < side.upper else { return nil }
    return [Interval(between: side.lower, and: middle), Interval(between: middle, and: side.upper)]
      .map { half in
        var piece = box
        piece[index] = half
        return piece
      }
  }

  /// Where to cut a side: its middle; of an unbounded one, 0 or beyond its end by as much as the end.
  private static func middle(of side: Interval) -> Real {
    switch (side.lower.isInfinite, side.upper.isInfinite) {
    case (false, false): side.midpoint
    case (true, true): Real(0)
    case (false, true): side.lower + Real.maximum(side.lower.magnitude, Real(1))
    case (true, false): side.upper - Real.maximum(side.upper.magnitude, Real(1))
    }
  }
}
