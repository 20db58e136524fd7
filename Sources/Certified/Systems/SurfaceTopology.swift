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

  /// A symbol and its range, or the image of both under a strictly monotone change of coordinate.
  public struct Axis: Sendable {
    /// The coordinate in which the formula is given.
    public let symbol: Symbol
    /// The range that is asked for.
    let asked: (lower: Rational, upper: Rational)
    /// The range of the coordinate, a little wider than the image where that has no rational ends.
    let lower: Rational
    let upper: Rational
    /// The ends of the image, and the asked numbers that they belong to.
    let ends: [(value: Expression, asked: Rational)]
    let map: CoordinateMap?

    public init(_ symbol: Symbol, _ lower: Rational, _ upper: Rational) {
      self.symbol = symbol
      asked = (lower, upper)
      self.lower = lower
      self.upper = upper
      ends = [(.rational(lower), lower), (.rational(upper), upper)]
      map = nil
    }

    /// The coordinate k = `image` of a symbol, on a range of the symbol.
    ///
    /// - Returns: nil where the image has no bounds that can be told apart.
    public init?(
      _ symbol: Symbol, of original: Symbol, _ image: Expression, _ lower: Rational,
      _ upper: Rational, map: CoordinateMap
    ) {
      self.symbol = symbol
      asked = (lower, upper)
      self.map = map
      var ends: [(value: Expression, asked: Rational)] = []
      var bounds: [Rational] = []
      for end in [lower, upper] {
        let place = map.forward(Interval(end, precision: 160), 160)
        guard let low = Rational(exactly: place.lower), let high = Rational(exactly: place.upper)
        else { return nil }
        bounds += [low, high]
        // At an end where the formula has no value the image is its limit, a number.
        ends.append(
          (
            low == high
              ? .rational(low) : image.substituting([original: .rational(end)]), end
          ))
      }
      guard let low = bounds.min(), let high = bounds.max(), low < high else { return nil }
      self.lower = low
      self.upper = high
      self.ends = ends
    }

    fileprivate var range: RationalRange {
      RationalRange(lower: .closed(lower), upper: .closed(upper))
    }

    /// The asked coordinate of a place.
    fileprivate func original(_ value: RootValue) -> RootValue {
      guard let map else { return value }
      return RootValue(isolated: { precision in
        map.inverse(try value.interval(precision: precision + 32), precision + 32)
      })
    }

    /// Bounds of the asked coordinate over a range of the other.
    fileprivate func original(_ low: Rational, _ high: Rational) -> (Rational, Rational) {
      guard let map else { return (low, high) }
      guard let box = try? Interval(lower: low, upper: high, precision: 160) else { return asked }
      let place = map.inverse(box, 160)
      return (
        max(Rational(exactly: place.lower) ?? asked.lower, asked.lower),
        min(Rational(exactly: place.upper) ?? asked.upper, asked.upper)
      )
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
      // On the whole line, edge or corner: no search is needed to say so.
      if equations.contains(where: { $0.rationalValue?.isZero == true }) {
        undecided.append(
          Undecided(
            lower: z.asked.lower, upper: z.asked.upper, kind: kind,
            reason: "an equation holds identically"))
        return
      }
      if kind != .critical, !Self.hasValues(equations[0], over: axes) {
        undecided.append(
          Undecided(
            lower: z.asked.lower, upper: z.asked.upper, kind: kind,
            reason: "the formula has no value on an edge of the rectangle; the surface may reach it"
          ))
        return
      }
      var system = try EquationSystem(
        equations, in: axes.map(\.symbol), over: axes.map(\.range))
      system.boxLimit = boxLimit
      system.isStrict = true
      let solution = try system.solve()
      for point in solution.points {
        guard let value = point.coordinates.last else { continue }
        let (a, b) = place(point.coordinates)
        found.append(
          Change(z: z.original(value), kind: kind, x: a, y: b, isSimple: point.isSimple))
      }
      for box in solution.undecided {
        guard let low = box.lower.last, let high = box.upper.last else { continue }
        let (lower, upper) = z.original(low, high)
        undecided.append(Undecided(lower: lower, upper: upper, kind: kind, reason: box.reason))
      }
    }
    func derivative(_ formula: Expression, _ axis: Axis) throws(CertifiedError) -> Expression {
      do { return try formula.derivative(by: axis.symbol) } catch { throw .symbolic(error) }
    }
    func number(_ value: Rational) -> RootValue { RootValue(AlgebraicNumber(value)) }
    try solve(
      [formula, try derivative(formula, x), try derivative(formula, y)], [x, y, z], .critical
    ) { (x.original($0[0]), y.original($0[1])) }
    for end in x.ends {
      let line = formula.substituting([x.symbol: end.value])
      try solve([line, try derivative(line, y)], [y, z], .edge) {
        (number(end.asked), y.original($0[0]))
      }
    }
    for end in y.ends {
      let line = formula.substituting([y.symbol: end.value])
      try solve([line, try derivative(line, x)], [x, z], .edge) {
        (x.original($0[0]), number(end.asked))
      }
    }
    for a in x.ends {
      for b in y.ends {
        let line = formula.substituting([x.symbol: a.value, y.symbol: b.value])
        try solve([line], [z], .corner) { _ in (number(a.asked), number(b.asked)) }
      }
    }
    changes = try Self.grouped(found)
    undecided = Self.joined(undecided)
  }

  /// Whether a formula has a value at one of some places inside. On an edge at which it has none, as at the
  /// temperature 0 of exp(-1/T), nothing is found, whatever the surface does there.
  private static func hasValues(_ formula: Expression, over axes: [Axis]) -> Bool {
    guard let program = try? Program([formula], inputs: axes.map(\.symbol)) else { return false }
    return [(1, 2), (1, 3), (4, 7)].contains { part in
      let share = (try? Rational(Integer(part.0), Integer(part.1))) ?? 0
      let point = axes.map {
        Interval($0.lower + ($0.upper - $0.lower) * share, precision: 96)
      }
      guard let value = try? program.enclose(point, precision: 96).first else { return false }
      return !value.isEmpty
    }
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

  /// Whether a formula is proved to have no zero over a box, by enclosures of it and of its slopes.
  public static func isZeroFree(
    _ formula: Expression, over axes: [Axis], limit: Int = 3000
  ) -> Bool {
    guard let function = try? CompiledFunction(formula, of: axes.map(\.symbol)) else {
      return false
    }
    var boxes = [
      axes.map { DoubleInterval(DoubleInterval($0.lower).lower, DoubleInterval($0.upper).upper) }
    ]
    var examined = 0
    while let box = boxes.popLast() {
      examined += 1
      if examined > limit { return false }
      let wide = box.map { $0.interval(precision: 53) }
      guard function.isContinuous(over: wide, precision: 96) else { return false }
      let all = function.enclose(wide, precision: 96)
      if !all.value.isEmpty, !all.value.containsZero { continue }
      let middle = wide.map { Interval($0.midpoint) }
      var form = function.values(over: middle, precision: 96)[0]
      for (slope, (side, place)) in zip(all.gradient, zip(wide, middle)) {
        form = form + slope * (side - place)
      }
      if !form.isEmpty, !form.containsZero { continue }
      guard
        let axis = box.indices.max(by: {
          all.gradient[$0].magnitude * Real(box[$0].width)
            < all.gradient[$1].magnitude * Real(box[$1].width)
        })
      else { return false }
      let cut = box[axis].midpoint
      guard box[axis].lower < cut, cut < box[axis].upper else { return false }
      var (low, high) = (box, box)
      low[axis] = DoubleInterval(box[axis].lower, cut)
      high[axis] = DoubleInterval(cut, box[axis].upper)
      boxes += [low, high]
    }
    return true
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
