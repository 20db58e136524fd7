import Algebra
import Arbitrary
import Exact
import Symbolic

/// As many equations as unknowns: all solutions in a box, each isolated and proved, or the boxes named in which something
/// stayed open.
///
/// `SystemSearch` finds boxes with exactly one zero and boxes that stay open; `SystemElimination`, where the equations are
/// algebraic, the numbers that coordinates can be. With these a coordinate is exact where only one of them is near, a box
/// that stayed open is decided where only some exactly known points of it could be zeros.
///
/// **Guarantee:** every point of the ranges at which all formulas are defined, the equations hold and the conditions
/// hold is one of ``SystemSolution/points`` or lies in a box of ``SystemSolution/undecided``.
public struct EquationSystem: Sendable {
  /// Formulas that are to be zero.
  public let equations: [Expression]
  public let unknowns: [Symbol]
  /// For each unknown the bounded range in which it is sought.
  public let ranges: [RationalRange]
  public let conditions: [SystemCondition]
  /// The greatest number of boxes that are examined.
  public var boxLimit = 60_000
  /// Whether also places count at which the first equation holds and another formula has no value or a jump: these stay in
  /// undecided boxes then.
  public var isStrict = false

  private let function: SystemFunction
  private let frame: [DoubleInterval]
  private let bounds: [(lower: Rational, upper: Rational)]

  /// - Throws: ``RootError/badInput(_:)`` for another number of equations than of unknowns, and for a range
  ///   without ends or interior; ``CertifiedError`` for a formula that cannot be compiled.
  public init(
    _ equations: [Expression], in unknowns: [Symbol], over ranges: [RationalRange],
    where conditions: [SystemCondition] = []
  ) throws {
    guard equations.count == unknowns.count, ranges.count == unknowns.count, !unknowns.isEmpty
    else {
      throw RootError.badInput(
        "\(equations.count) equations in \(unknowns.count) unknowns")
    }
    bounds = try ranges.map { range in
      guard let lower = range.lower.value, let upper = range.upper.value, lower < upper else {
        throw RootError.badInput("a range without ends or interior")
      }
      return (lower, upper)
    }
    frame = try bounds.map { lower, upper in
      let side = DoubleInterval(DoubleInterval(lower).lower, DoubleInterval(upper).upper)
      guard side.isBounded, side.width.isFinite,
        side.width > 0x1p-30 * side.magnitude
      else { throw RootError.badInput("the ends of a range are too near or too far for doubles") }
      return side
    }
    self.equations = equations
    self.unknowns = unknowns
    self.ranges = ranges
    self.conditions = conditions
    function = try SystemFunction(equations, of: unknowns, where: conditions)
  }

  /// - Throws: ``RootError/cancelled``.
  public func solve() throws -> SystemSolution {
    let search = try SystemSearch(
      function, in: frame, limit: boxLimit, isStrict: isStrict)
    let clusters = BoxClusters.merged(search.open).flatMap { cluster in
      BoxClusters.cover(cluster.boxes, in: frame)
    }
    let elimination =
      search.roots.isEmpty && clusters.isEmpty
      ? nil : SystemElimination(equations, of: unknowns, in: ranges)
    var points: [SystemSolution.Point] = []
    for root in search.roots {
      if let point = try point(root, elimination) { points.append(point) }
    }
    var undecided: [SystemSolution.Undecided] = []
    for (number, cluster) in clusters.enumerated() {
      if number < 16, let found = singular(cluster, elimination, points) {
        points += found
        continue
      }
      undecided.append(
        described(
          cluster,
          search.isLimited
            ? "not decided with \(boxLimit) boxes"
            : "a multiple root, a place without derivatives or a point outside the domain"))
    }
    return SystemSolution(points: try sorted(points), undecided: undecided)
  }

  private func sorted(_ points: [SystemSolution.Point]) throws -> [SystemSolution.Point] {
    try points.map { point in
      (point, try point.coordinates.map { try $0.interval(precision: 64).midpoint })
    }.sorted { a, b in
      for (x, y) in zip(a.1, b.1) where x != y { return x < y }
      return false
    }.map(\.0)
  }

  private func described(_ box: [DoubleInterval], _ reason: String) -> SystemSolution.Undecided {
    SystemSolution.Undecided(
      lower: zip(box, bounds).map { max(Rational(exactly: $0.lower) ?? $1.lower, $1.lower) },
      upper: zip(box, bounds).map { min(Rational(exactly: $0.upper) ?? $1.upper, $1.upper) },
      reason: reason)
  }

  // MARK: Proved zeros

  /// The point in the asked ranges; nil where it lies outside, or a condition fails.
  private func point(
    _ found: SystemSearch.Root, _ elimination: SystemElimination?
  ) throws -> SystemSolution.Point? {
    let root = SystemRoot(function, in: found.box, frame: frame)
    var exact: [AlgebraicNumber?] = unknowns.map { _ in nil }
    if let rational = rational(root) {
      exact = rational.map { AlgebraicNumber($0) }
    } else if let elimination {
      for index in unknowns.indices {
        guard let numbers = elimination.candidates[index] else { continue }
        let near = coordinates(index, root, numbers)
        // None that lies in the range.
        if near.isEmpty { return nil }
        if near.count == 1 { exact[index] = near[0] }
      }
    }
    for index in unknowns.indices where exact[index] == nil {
      exact[index] = rational(index, found, root).map { AlgebraicNumber($0) }
    }
    var reason: String?
    for index in unknowns.indices {
      switch lies(index, root, exact[index]) {
      case false?: return nil
      case nil: reason = "whether \(unknowns[index].name) lies in its range is not decided"
      case true?: break
      }
    }
    switch holds(root, exact) {
    case false?: return nil
    case nil: reason = reason ?? "whether the conditions hold is not decided"
    case true?: break
    }
    return SystemSolution.Point(
      coordinates: unknowns.indices.map { index in
        exact[index].map { RootValue($0) }
          ?? RootValue(isolated: { try root.box(bits: $0)[index] })
      }, isAdmitted: reason == nil ? true : nil, reason: reason, isSimple: true)
  }

  /// The zero where its coordinates are fractions of small denominators, by exact evaluation.
  private func rational(_ root: SystemRoot) -> [Rational]? {
    guard let box = try? root.box(bits: 72) else { return nil }
    let place = box.compactMap { Self.simplest(in: $0) }
    guard place.count == unknowns.count else { return nil }
    return vanish(at: place.map { .rational($0) }) == true ? place : nil
  }

  /// A coordinate of the zero where that is a fraction of small denominator and an equation is satisfied by it alone.
  ///
  /// With it the other equations are a system in the other unknowns. A zero of that in the region in which the whole system
  /// has one only is that one.
  private func rational(
    _ index: Int, _ found: SystemSearch.Root, _ root: SystemRoot
  ) -> Rational? {
    guard unknowns.count > 1, let box = try? root.box(bits: 72),
      let value = Self.simplest(in: box[index]),
      DoubleInterval(value).lower >= found.region[index].lower,
      DoubleInterval(value).upper <= found.region[index].upper
    else { return nil }
    let given = equations.map { $0.substituting([unknowns[index]: .rational(value)]) }
    guard
      let settled = given.firstIndex(where: { equation in
        if let number = equation.rationalValue { return number.isZero }
        return WorkBudget.limited(to: 20_000_000) {
          (try? NormalForm(equation))?.isZero ?? false
        }.value
      })
    else { return nil }
    let others = unknowns.indices.filter { $0 != index }
    let rest = given.indices.filter { $0 != settled }.map { given[$0] }
    guard
      let part = try? SystemFunction(rest, of: others.map { unknowns[$0] }, where: []),
      SystemSearch.prove(
        others.map { box[$0].midpoint.approximateDouble }, of: part,
        in: others.map { found.region[$0] }, precision: 192) != nil
    else { return nil }
    return value
  }

  /// The fraction of least denominator in an interval, if that is small; zero where it cannot be told from it.
  private static func simplest(in side: Interval) -> Rational? {
    if side.containsZero { return 0 }
    guard let low = Rational(exactly: side.lower), let high = Rational(exactly: side.upper)
    else { return nil }
    // The number may be an end, which is not strictly between.
    let simplest =
      low == high
      ? low : RationalSample.simplest(between: low - (high - low), and: high + (high - low))
    return simplest.denominator.bitWidth < 24 && low <= simplest && simplest <= high
      ? simplest : nil
  }

  /// Whether all equations hold at an exactly known point; nil where that is open.
  private func vanish(at place: [Expression]) -> Bool? {
    let table = Dictionary(zip(unknowns, place), uniquingKeysWith: { first, _ in first })
    var isOpen = false
    for equation in equations {
      switch Self.sign(equation.substituting(table)) {
      case 0?: continue
      case nil: isOpen = true
      default: return false
      }
    }
    return isOpen ? nil : true
  }

  /// The sign of a formula without symbols; nil where it has no real value or stays open.
  private static func sign(_ value: Expression) -> Int? {
    if let exact = try? value.exactValue() { return exact.isReal ? exact.re.signum : nil }
    guard let function = try? CompiledFunction(value, of: []) else { return nil }
    for precision in [96, 320] {
      let enclosure = function.values(over: [], precision: precision)[0]
      if enclosure.isEmpty { return nil }
      if let sign = enclosure.certainSign, sign != 0 { return sign }
    }
    return WorkBudget.limited(to: 50_000_000) {
      ZeroTest().proof(that: value) != nil ? 0 : nil
    }.value
  }

  /// Those of some numbers that a coordinate can be.
  private func coordinates(
    _ index: Int, _ root: SystemRoot, _ numbers: [AlgebraicNumber]
  ) -> [AlgebraicNumber] {
    var near = numbers
    for bits in [48, 128, 512, 2048] {
      guard let side = try? root.box(bits: bits)[index] else { return near }
      near = near.filter { !$0.interval(precision: bits + 16).isDisjoint(from: side) }
      if near.count <= 1 { break }
    }
    return near
  }

  /// Whether a coordinate lies in its range.
  private func lies(_ index: Int, _ root: SystemRoot, _ exact: AlgebraicNumber?) -> Bool? {
    if let exact { return exact.lies(in: ranges[index]) }
    for bits in [48, 192, 768] {
      guard let side = try? root.box(bits: bits)[index], let low = Rational(exactly: side.lower),
        let high = Rational(exactly: side.upper)
      else { return nil }
      let (a, b) = bounds[index]
      if high < a || low > b { return false }
      if low > a, high < b { return true }
    }
    return nil
  }

  private func holds(_ root: SystemRoot, _ exact: [AlgebraicNumber?]) -> Bool? {
    if conditions.isEmpty { return true }
    for bits in [48, 192, 768] {
      guard let box = try? root.box(bits: bits) else { return nil }
      if let answer = function.holds(box, precision: bits + 32) { return answer }
    }
    return holds(at: exact.map { $0.flatMap(Self.form) })
  }

  private static func form(_ number: AlgebraicNumber) -> Expression? {
    if let rational = number.rational { return .rational(rational) }
    return (try? number.closedForm())?.expression
  }

  /// Whether the conditions hold at a point of which all coordinates have closed forms.
  private func holds(at forms: [Expression?]) -> Bool? {
    let place = forms.compactMap { $0 }
    guard place.count == unknowns.count else { return nil }
    let table = Dictionary(zip(unknowns, place), uniquingKeysWith: { first, _ in first })
    var isOpen = false
    for condition in conditions {
      guard let sign = Self.sign(condition.formula.substituting(table)) else {
        isOpen = true
        continue
      }
      if !condition.sign.admits(sign) { return false }
    }
    return isOpen ? nil : true
  }

  // MARK: Open boxes

  /// All zeros in a box that stayed open, where elimination leaves few places and each is decided; nil otherwise.
  private func singular(
    _ box: [DoubleInterval], _ elimination: SystemElimination?, _ known: [SystemSolution.Point]
  ) -> [SystemSolution.Point]? {
    // Strictly, more than zeros may be in the box.
    guard let elimination, !isStrict || function.isSmooth(box) else { return nil }
    var places: [[AlgebraicNumber]] = [[]]
    for (side, numbers) in zip(box, elimination.candidates) {
      // What lies outside the range is not listed, and not asked for.
      guard let numbers else { return nil }
      let near = numbers.filter {
        !$0.interval(precision: 96).isDisjoint(from: side.interval(precision: 53))
      }
      places = places.flatMap { place in near.map { place + [$0] } }
      if places.count > 24 { return nil }
    }
    var points: [SystemSolution.Point] = []
    for place in places {
      // Known already, as the box around several cells may hold a zero that was isolated.
      let near = known.filter { isNear($0, place) }
      if near.contains(where: { zip($0.coordinates, place).allSatisfy { $0.algebraic == $1 } }) {
        continue
      }
      if !near.isEmpty { return nil }
      switch isZero(place) {
      case false?: continue
      case nil: return nil
      case true?:
        let forms = place.map { Self.form($0) }
        let admitted = conditions.isEmpty ? true : holds(at: forms)
        if admitted == false { continue }
        points.append(
          SystemSolution.Point(
            coordinates: place.map { RootValue($0) }, isAdmitted: admitted,
            reason: admitted == nil ? "whether the conditions hold is not decided" : nil,
            isSimple: false))
      }
    }
    return points
  }

  private func isNear(_ point: SystemSolution.Point, _ place: [AlgebraicNumber]) -> Bool {
    zip(point.coordinates, place).allSatisfy { value, number in
      guard let side = try? value.interval(precision: 256) else { return true }
      return !side.isDisjoint(from: number.interval(precision: 288))
    }
  }

  private func isZero(_ place: [AlgebraicNumber]) -> Bool? {
    let near = place.map { $0.interval(precision: 256) }
    let values = function.compiled.values(over: near, precision: 256)
    if values.contains(where: { !$0.containsZero || $0.isEmpty }) { return false }
    let forms = place.compactMap { Self.form($0) }
    return forms.count == place.count ? vanish(at: forms) : nil
  }
}
