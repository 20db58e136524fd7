import Algebra
import Arbitrary
import Exact
import Symbolic

/// The values of z at which the curve F(x, y, z) = 0 in a rectangle of x and y may change its topology.
///
/// Let S be the part of F = 0 over the closed rectangle Q and an open range of z, F being continuously differentiable. Q has nine
/// strata: its interior, four edges, four corners. The range holds no *change* where
///
/// - no point of S has F_x = F_y = 0 (in the interior, and on edges all the more);
/// - on an edge x = const no point of S has F_y = 0, on an edge y = const none has F_x = 0;
/// - no corner lies on S.
///
/// Then the gradient of F along each stratum, without z, is not zero on S, so S meets each stratum times the range in a manifold
/// (implicit function theorem), these form a Whitney stratification, as S crosses the edges transversally, and z has no critical
/// point on any of them. z is proper on S, Q being compact. So by Thom's first isotopy lemma (in the interior that is
/// Ehresmann's theorem) S is a product: all slices in the range are isotopic in Q, edges kept. The values z of points at which
/// one of the three fails are solutions of systems in three, two and one unknowns, which ``EquationSystem`` isolates.
///
/// A box is dropped only where F has one sign, or where F and the derivatives are all proved continuous and one of them is not zero.
/// So F is continuously differentiable near all of S outside the boxes that stay open, and where it has corners on S, or ends there,
/// boxes do stay open.
///
/// **Guarantee:** between neighbouring values of ``changes``, away from ``undecided``, all slices have one topology. A change need
/// not change it.
///
/// Source: Mather 1970 (notes on topological stability, first isotopy lemma); Goresky, MacPherson 1988.
public struct SurfaceTopology: Sendable {
  /// What happens at a value of z.
  public enum Kind: Sendable, Hashable {
    /// The slice has a singular point: F = F_x = F_y = 0.
    case critical
    /// The slice touches an edge of the rectangle.
    case edge
    /// The slice passes through a corner.
    case corner
  }

  /// A value of z, and where in the rectangle something happens.
  public struct Change: Sendable {
    public let z: RootValue
    public let kind: Kind
    public let x: RootValue
    public let y: RootValue
    /// Whether it is a point at which the system is regular: of critical points, a nondegenerate one.
    public let isSimple: Bool
  }

  /// A range of z in which there may be others.
  public struct Undecided: Sendable, Hashable {
    public let lower: Rational
    public let upper: Rational
    public let kind: Kind
    public let reason: String
  }

  /// A symbol and its range.
  public struct Axis: Sendable {
    public let symbol: Symbol
    public let lower: Rational
    public let upper: Rational

    public init(_ symbol: Symbol, _ lower: Rational, _ upper: Rational) {
      self.symbol = symbol
      self.lower = lower
      self.upper = upper
    }

    fileprivate var range: RationalRange {
      RationalRange(lower: .closed(lower), upper: .closed(upper))
    }
  }

  /// In groups of increasing z; the values in a group are equal, or not told apart.
  public private(set) var changes: [[Change]] = []
  public private(set) var undecided: [Undecided] = []

  /// - Throws: ``RootError``, ``CertifiedError``.
  public init(
    of formula: Expression, x: Axis, y: Axis, sweep z: Axis, boxLimit: Int = 60_000
  ) throws {
    var found: [Change] = []
    func solve(
      _ equations: [Expression], _ axes: [Axis], _ kind: Kind,
      _ place: ([RootValue]) -> (x: RootValue, y: RootValue)
    ) throws {
      var system = try EquationSystem(
        equations, in: axes.map(\.symbol), over: axes.map(\.range))
      system.boxLimit = boxLimit
      system.isStrict = true
      let solution = try system.solve()
      for point in solution.points {
        guard let value = point.coordinates.last else { continue }
        let (a, b) = place(point.coordinates)
        found.append(Change(z: value, kind: kind, x: a, y: b, isSimple: point.isSimple))
      }
      for box in solution.undecided {
        guard let lower = box.lower.last, let upper = box.upper.last else { continue }
        undecided.append(Undecided(lower: lower, upper: upper, kind: kind, reason: box.reason))
      }
    }
    func derivative(_ formula: Expression, _ axis: Axis) throws(CertifiedError) -> Expression {
      do { return try formula.derivative(by: axis.symbol) } catch { throw .symbolic(error) }
    }
    func number(_ value: Rational) -> RootValue { RootValue(AlgebraicNumber(value)) }
    try solve(
      [formula, try derivative(formula, x), try derivative(formula, y)], [x, y, z], .critical
    ) { ($0[0], $0[1]) }
    for value in [x.lower, x.upper] {
      let line = formula.substituting([x.symbol: .rational(value)])
      try solve([line, try derivative(line, y)], [y, z], .edge) { (number(value), $0[0]) }
    }
    for value in [y.lower, y.upper] {
      let line = formula.substituting([y.symbol: .rational(value)])
      try solve([line, try derivative(line, x)], [x, z], .edge) { ($0[0], number(value)) }
    }
    for a in [x.lower, x.upper] {
      for b in [y.lower, y.upper] {
        let line = formula.substituting([x.symbol: .rational(a), y.symbol: .rational(b)])
        try solve([line], [z], .corner) { _ in (number(a), number(b)) }
      }
    }
    changes = try Self.grouped(found)
    undecided = Self.joined(undecided)
  }

  /// In order, those of one kind and reason that meet put together.
  private static func joined(_ parts: [Undecided]) -> [Undecided] {
    var result: [Undecided] = []
    for part in parts.sorted(by: { ($0.lower, $0.upper) < ($1.lower, $1.upper) }) {
      if let index = result.firstIndex(where: {
        $0.kind == part.kind && $0.reason == part.reason && part.lower <= $0.upper
      }) {
        result[index] = Undecided(
          lower: result[index].lower, upper: max(result[index].upper, part.upper),
          kind: part.kind, reason: part.reason)
      } else {
        result.append(part)
      }
    }
    return result
  }

  /// In order of z, those together that are equal or not told apart.
  private static func grouped(_ changes: [Change]) throws -> [[Change]] {
    var sorted: [(Change, Real)] = []
    for change in changes { sorted.append((change, try change.z.interval(precision: 96).midpoint)) }
    sorted.sort { $0.1 < $1.1 }
    var groups: [[Change]] = []
    for (change, _) in sorted {
      if let last = groups.last?.last, try last.z.compare(to: change.z, precisionLimit: 512) != -1 {
        groups[groups.count - 1].append(change)
      } else {
        groups.append([change])
      }
    }
    return groups
  }

  /// Rational numbers, one in each part into which the changes and undecided ranges divide the range of z; nothing for parts
  /// that are not told from nothing.
  ///
  /// - Returns: the parts in order, the sample of each, and how many groups of changes lie below it.
  /// - Throws: what refinement throws.
  public func samples(
    from lower: Rational, to upper: Rational
  ) throws -> [(sample: Rational, groupsBelow: Int)] {
    /// What divides: bounds around it.
    var cuts: [(low: Rational, high: Rational, groups: Int)] = []
    for group in changes {
      var low = upper
      var high = lower
      for change in group {
        let value = try change.z.interval(precision: 128)
        low = min(low, change.z.rational ?? Rational(exactly: value.lower) ?? lower)
        high = max(high, change.z.rational ?? Rational(exactly: value.upper) ?? upper)
      }
      cuts.append((low, high, 1))
    }
    for part in undecided { cuts.append((part.lower, part.upper, 0)) }
    cuts.sort { $0.low < $1.low }
    var result: [(sample: Rational, groupsBelow: Int)] = []
    var place = lower
    var below = 0
    func add(_ end: Rational) {
      guard place < end else { return }
      // From the middle half, so that slices are not nearly singular.
      let quarter = (end - place) * Self.quarter
      result.append(
        (RationalSample.simplest(between: place + quarter, and: end - quarter), below))
    }
    for cut in cuts {
      add(cut.low)
      place = max(place, cut.high)
      below += cut.groups
    }
    add(upper)
    return result
  }

  private static let quarter = (try? Rational(1, 4)) ?? 0
}
