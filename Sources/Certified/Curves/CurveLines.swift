import Algebra
import Arbitrary
import Exact

/// A line of cuts met the curve in a place that is not simple; other cuts will not.
struct DegenerateCuts: Error {
  /// Where that is, if on a line.
  var part: CurveCell?

  init(_ part: CurveCell? = nil) { self.part = part }

  init(_ line: PlaneAxis, _ value: Double, _ a: Double, _ b: Double) {
    part =
      line == .x
      ? CurveCell(x0: value, x1: value, y0: a, y1: b)
      : CurveCell(x0: a, x1: b, y0: value, y1: value)
  }
}

/// A place of the curve on a side of a cell.
struct CurveNode: Sendable {
  enum Kind: Sendable {
    /// The function changes its sign along the line.
    case crossing
    /// The function vanishes and keeps its sign along the line, at an edge of the rectangle.
    case touching
    /// A corner of the rectangle.
    case corner
  }

  /// The axis whose coordinate is fixed.
  let line: PlaneAxis
  /// The fixed coordinate.
  let value: Double
  /// Bounds of the other coordinate: between them there is exactly one place of the curve on the line.
  var lower: Double
  var upper: Double
  /// The sign at the lower bound, of a crossing.
  var signBelow: Int
  let kind: Kind
  let isOnEdge: Bool

  /// Bounds of the coordinate along an axis.
  func bounds(_ axis: PlaneAxis) -> (lower: Double, upper: Double) {
    line == axis ? (value, value) : (lower, upper)
  }
}

/// Signs at points and roots on lines across the rectangle.
struct CurveLines<Curve: PlaneCurve>: Sendable {
  let curve: Curve
  let frame: CurveFrame
  var control = WorkControl()

  /// The sign at a point; nil where it was not decided.
  func sign(x: Double, y: Double) -> Int? {
    let rough = curve.value(x: frame.x.bounds(x), y: frame.y.bounds(y))
    if let sign = rough.sign { return sign }
    for precision in [128, 640] {
      let value = try? curve.value(
        x: frame.x.interval(x, precision: precision), y: frame.y.interval(y, precision: precision),
        precision: precision)
      if let sign = value?.certainSign, sign != 0 { return sign }
      if precision == 128, let a = frame.x.exact(x), let b = frame.y.exact(y),
        let sign = curve.exactSign(x: a, y: b)
      {
        return sign
      }
    }
    return nil
  }

  func sign(_ line: PlaneAxis, _ value: Double, at t: Double) -> Int? {
    line == .x ? sign(x: value, y: t) : sign(x: t, y: value)
  }

  /// The crossings on a part of a line, none of them at its ends.
  ///
  /// - Parameter isMonotone: whether the function is known to be strictly monotone along the part.
  /// - Throws: ``DegenerateCuts`` where a place cannot be told to be simple.
  func crossings(
    _ line: PlaneAxis, _ value: Double, from a: Double, to b: Double, isMonotone: Bool
  ) throws -> [CurveNode] {
    guard let first = sign(line, value, at: a), first != 0 else {
      throw DegenerateCuts(line, value, a, a)
    }
    guard let last = sign(line, value, at: b), last != 0 else {
      throw DegenerateCuts(line, value, b, b)
    }
    let isOnEdge = frame.axis(line).isEnd(value)
    var found: [CurveNode] = []
    func add(_ a: Double, _ b: Double, _ sign: Int) {
      found.append(
        CurveNode(
          line: line, value: value, lower: a, upper: b, signBelow: sign, kind: .crossing,
          isOnEdge: isOnEdge))
    }
    if isMonotone {
      if first != last { add(a, b, first) }
      return found
    }
    let test = CellTest(curve: curve, frame: frame)
    var stack = [(a, b, first, last, 0)]
    while let (a, b, first, last, depth) = stack.popLast() {
      let part =
        line == .x
        ? CurveCell(x0: value, x1: value, y0: a, y1: b)
        : CurveCell(x0: a, x1: b, y0: value, y1: value)
      let share = (b - a) / frame.axis(line.other).size
      switch test.kind(part, depth: 2 * max(0, -share.exponent), along: line.other) {
      case .excluded: continue
      case .monotone:
        if first != last { add(a, b, first) }
        continue
      default: break
      }
      let cut = a + (b - a) * (depth % 2 == 0 ? 0.4871 : 0.5093)
      guard depth < 70, cut > a, cut < b, let middle = sign(line, value, at: cut), middle != 0
      else { throw DegenerateCuts(line, value, a, b) }
      stack.append((cut, b, middle, last, depth + 1))
      stack.append((a, cut, first, middle, depth + 1))
    }
    return found
  }

  /// Halves the bounds of a crossing; false where doubles are too coarse.
  func halve(_ node: inout CurveNode) -> Bool {
    guard node.kind == .crossing else { return false }
    let middle = node.lower + (node.upper - node.lower) * 0.5093
    guard middle > node.lower, middle < node.upper else { return false }
    switch sign(node.line, node.value, at: middle) {
    case nil, 0?: return false
    case let sign?:
      if sign == node.signBelow { node.lower = middle } else { node.upper = middle }
      return true
    }
  }

  /// All places of the curve on an edge of the rectangle, by exact root isolation; nil where the function
  /// has no polynomial there, or vanishes on all of it.
  func exactPlaces(onEdge line: PlaneAxis, _ value: Double) throws -> [CurveNode]? {
    let free = frame.axis(line.other)
    let (lowest, highest) = (free.bounds(free.low), free.bounds(free.high))
    guard let fixed = frame.axis(line).exact(value),
      let a = free.exact(free.low) ?? Rational(exactly: lowest.lower),
      let b = free.exact(free.high) ?? Rational(exactly: highest.upper),
      let polynomial = try curve.restriction(fixing: line, at: fixed),
      !polynomial.isZero
    else { return nil }
    let squareFree = try polynomial.squareFreePart()
    let range = RationalRange(lower: .closed(a), upper: .closed(b))
    let roots = try RealRootIsolation.isolate(squareFree, in: range).map {
      RealRootIsolation.refine($0, of: squareFree, toBits: 80)
    }
    // An end that is no rational number is tried by its bounds: a root there is not told from it.
    func meets(_ root: IsolatedRoot, _ end: Double, _ bounds: DoubleInterval) -> Bool {
      guard free.exact(end) == nil, let p = Rational(exactly: bounds.lower),
        let q = Rational(exactly: bounds.upper)
      else { return false }
      return root.lower <= q && p <= root.upper
    }
    if roots.contains(where: { meets($0, free.low, lowest) || meets($0, free.high, highest) }) {
      return nil
    }
    var nodes: [CurveNode] = []
    for (index, root) in roots.enumerated() {
      let isCorner = root.lower == root.upper && (root.lower == a || root.lower == b)
      func sample(_ below: IsolatedRoot?, _ above: IsolatedRoot?) throws -> Rational {
        try ((below?.upper ?? a) + (above?.lower ?? b)) / Rational(2)
      }
      var node: CurveNode
      if isCorner {
        let end = root.lower == a ? free.low : free.high
        node = CurveNode(
          line: line, value: value, lower: end, upper: end, signBelow: 0, kind: .corner,
          isOnEdge: true)
      } else {
        let before = polynomial.sign(at: try sample(index > 0 ? roots[index - 1] : nil, root))
        let after = polynomial.sign(
          at: try sample(root, index + 1 < roots.count ? roots[index + 1] : nil))
        let bounds = DoubleInterval(
          try Interval(lower: root.lower, upper: root.upper, precision: 120))
        node = CurveNode(
          line: line, value: value, lower: max(bounds.lower.nextDown, free.low),
          upper: min(bounds.upper.nextUp, free.high), signBelow: before,
          kind: before == after ? .touching : .crossing, isOnEdge: true)
      }
      // The polynomial may have the other sign than the function.
      if node.kind == .crossing {
        guard let below = sign(line, value, at: node.lower), below != 0 else { return nil }
        node.signBelow = below
      }
      nodes.append(node)
    }
    return nodes
  }
}
