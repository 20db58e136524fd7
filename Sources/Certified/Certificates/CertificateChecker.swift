import Algebra
import Arbitrary
import Exact
import Symbolic

/// Proves again what a ``CurveCertificate`` says, from it alone: it shares with the tracer the evaluation of F by
/// enclosures and exact root counts on edges, and none of its decisions.
///
/// What is shown for each curve:
/// 1. the cells tile the rectangle;
/// 2. in every cell F has the sign that is said, or is strictly monotone as is said;
/// 3. the places are all zeros of F on the sides of monotone cells;
/// 4. the arcs are all pieces of the curve in monotone cells: a graph over the other axis, from place to place;
/// 5. the components are the arcs, joined at places that they share, each arc once;
/// 6. at every point F changes its sign between the bounds, inside the arc's cell.
///
/// So all of the curve outside cells of the test `unknown` is as the components say.
public struct CertificateChecker {
  /// What a certificate was found to prove.
  public struct Summary: Sendable {
    public let curves: Int
    public let cells: Int
    /// Cells about which nothing is proved.
    public let unknownCells: Int
    public let components: Int
    public let points: Int
  }

  /// - Throws: ``CertificateError`` that says what does not hold; ``RootError``.
  public static func check(_ certificate: CurveCertificate) throws -> Summary {
    guard certificate.format == CurveCertificate.currentFormat else {
      throw CertificateError("unknown format '\(certificate.format)'")
    }
    guard certificate.digest == certificate.computedDigest else {
      throw CertificateError("it was altered: the digest is that of other contents")
    }
    guard certificate.x.count == 2, certificate.y.count == 2,
      let x0 = Rational(certificate.x[0]), let x1 = Rational(certificate.x[1]),
      let y0 = Rational(certificate.y[0]), let y1 = Rational(certificate.y[1]), x0 < x1, y0 < y1
    else { throw CertificateError("the rectangle is not two ranges") }
    var cells = 0
    var unknown = 0
    for curve in certificate.curves {
      let symbols = [Symbol(certificate.horizontal), Symbol(certificate.vertical)]
      let expression: Expression
      do { expression = try Expression(curve.function, symbols: symbols) } catch {
        throw CertificateError("the function cannot be read: \(error)")
      }
      let frame = CurveFrame(
        x: try FrameAxis(x0, x1, map: try Self.map(curve.xKernel)),
        y: try FrameAxis(y0, y1, map: try Self.map(curve.yKernel)))
      if let polynomial = Self.polynomial(expression, symbols) {
        try CurveCheck(curve, try PolynomialCurve(polynomial), frame).run()
      } else {
        try CurveCheck(curve, try FormulaCurve(expression, x: symbols[0], y: symbols[1]), frame)
          .run()
      }
      cells += curve.cells.count
      unknown += curve.cells.count { $0.test == "unknown" }
    }
    return Summary(
      curves: certificate.curves.count, cells: cells, unknownCells: unknown,
      components: certificate.curves.reduce(0) { $0 + $1.components.count },
      points: certificate.curves.reduce(0) { $0 + $1.points.count })
  }

  private static func polynomial(_ expression: Expression, _ symbols: [Symbol]) -> Polynomial? {
    guard var normalizer = try? Normalizer(symbols: symbols),
      let value = try? normalizer.normalize(expression), value.im.isZero,
      normalizer.basis.generators.count == 2, value.re.denominator.isConstant
    else { return nil }
    return try? value.re.numerator.embedded(in: normalizer.basis.ring) { $0 }
  }

  private static func map(_ kernel: [String]?) throws -> CoordinateMap? {
    guard let kernel else { return nil }
    let numbers = kernel.compactMap { Integer($0) }
    guard kernel.count == 4, numbers.count == 4,
      let map = CoordinateMap.exponential(numbers[0], numbers[1], numbers[2], numbers[3])
    else { throw CertificateError("a kernel is not four integers of a monotone function") }
    return map
  }
}

/// The check of one curve.
struct CurveCheck<Curve: PlaneCurve> {
  let data: CurveCertificate.Curve
  let curve: Curve
  let frame: CurveFrame
  let boxes: [CurveCell]
  let places: [CurveNode]

  init(_ data: CurveCertificate.Curve, _ curve: Curve, _ frame: CurveFrame) throws {
    self.data = data
    self.curve = curve
    self.frame = frame
    func number(_ text: String, _ axis: PlaneAxis) throws -> Double {
      let side = frame.axis(axis)
      if text == "low" { return side.low }
      if text == "high" { return side.high }
      guard let value = Double(text), value.isFinite, value > side.low, value < side.high else {
        throw CertificateError("'\(text)' is no coordinate inside the rectangle")
      }
      return value
    }
    boxes = try data.cells.map { cell in
      guard cell.box.count == 4 else { throw CertificateError("a cell without four bounds") }
      let box = CurveCell(
        x0: try number(cell.box[0], .x), x1: try number(cell.box[1], .x),
        y0: try number(cell.box[2], .y), y1: try number(cell.box[3], .y))
      guard box.x0 < box.x1, box.y0 < box.y1 else { throw CertificateError("an empty cell") }
      return box
    }
    places = try data.places.map { place in
      guard let line = PlaneAxis(rawValue: place.line), place.between.count == 2 else {
        throw CertificateError("a place without a line and two bounds")
      }
      let value = try number(place.at, line)
      let lower = try number(place.between[0], line.other)
      let upper = try number(place.between[1], line.other)
      let kind: CurveNode.Kind
      switch place.kind {
      case "crossing": kind = .crossing
      case "touching": kind = .touching
      case "corner": kind = .corner
      default: throw CertificateError("a place of unknown kind '\(place.kind)'")
      }
      guard kind == .corner ? lower == upper : lower < upper else {
        throw CertificateError("the bounds of a place are not in order")
      }
      return CurveNode(
        line: line, value: value, lower: lower, upper: upper, signBelow: 0, kind: kind,
        isOnEdge: frame.axis(line).isEnd(value))
    }
  }

  func run() throws {
    for arc in data.arcs {
      guard boxes.indices.contains(arc.cell), places.indices.contains(arc.from),
        places.indices.contains(arc.to), data.cells[arc.cell].test == "monotone"
      else { throw CertificateError("an arc of a cell or place that is not there") }
    }
    try tile(
      Array(boxes.indices),
      CurveCell(x0: frame.x.low, x1: frame.x.high, y0: frame.y.low, y1: frame.y.high))
    for index in boxes.indices { try test(index) }
    var used = Set<Int>()
    for index in boxes.indices where data.cells[index].test == "monotone" {
      used.formUnion(try pieces(index))
    }
    guard used.count == data.arcs.count else {
      throw CertificateError("an arc that no monotone cell has")
    }
    try components()
    for point in data.points { try check(point) }
  }

  // MARK: 1. The cells tile the rectangle

  /// Cuts the part along lines that no cell crosses until each part is one cell.
  private func tile(_ cells: [Int], _ whole: CurveCell) throws {
    var stack = [(cells, whole)]
    while let (cells, part) = stack.popLast() {
      guard cells.count > 1 else {
        guard let only = cells.first, boxes[only] == part else {
          throw CertificateError("the cells do not tile the rectangle")
        }
        continue
      }
      guard let (axis, cut, below) = gap(cells, part) else {
        throw CertificateError("the cells do not tile the rectangle")
      }
      let (a, b) = part.parts(at: cut, axis)
      stack.append((below, a))
      stack.append((cells.filter { boxes[$0].low(axis) >= cut }, b))
    }
  }

  private func gap(_ cells: [Int], _ part: CurveCell) -> (PlaneAxis, Double, [Int])? {
    for axis in [PlaneAxis.x, .y] {
      let order = cells.sorted { boxes[$0].low(axis) < boxes[$1].low(axis) }
      var reach = -Double.infinity
      for (position, cell) in order.enumerated() {
        let low = boxes[cell].low(axis)
        if position > 0, low >= reach, low > part.low(axis), low < part.high(axis) {
          return (axis, low, Array(order.prefix(position)))
        }
        reach = max(reach, boxes[cell].high(axis))
      }
    }
    return nil
  }

  // MARK: 2. The tests

  private func test(_ index: Int) throws {
    let claim = data.cells[index]
    switch claim.test {
    case "unknown": return
    case "positive", "negative":
      let sign = claim.test == "positive" ? 1 : -1
      guard claim.dx == 0, claim.dy == 0, holds(boxes[index], value: sign, dx: 0, dy: 0) else {
        throw CertificateError("F is not \(claim.test) in cell \(index)")
      }
    case "monotone":
      guard claim.dx != 0 || claim.dy != 0, abs(claim.dx) <= 1, abs(claim.dy) <= 1,
        holds(boxes[index], value: 0, dx: claim.dx, dy: claim.dy)
      else { throw CertificateError("F is not monotone as said in cell \(index)") }
    default: throw CertificateError("an unknown test '\(claim.test)'")
    }
  }

  /// Whether values and slopes have these signs on all of a cell, where they are not 0.
  private func holds(_ cell: CurveCell, value: Int, dx: Int, dy: Int) -> Bool {
    var stack = [(cell, 0)]
    while let (part, depth) = stack.popLast() {
      if holdsAtOnce(part, value: value, dx: dx, dy: dy) { continue }
      let axis: PlaneAxis =
        (part.x1 - part.x0) / frame.x.size >= (part.y1 - part.y0) / frame.y.size ? .x : .y
      let cut = part.low(axis) + (part.high(axis) - part.low(axis)) / 2
      guard depth < 12, cut > part.low(axis), cut < part.high(axis) else { return false }
      let (a, b) = part.parts(at: cut, axis)
      stack.append((a, depth + 1))
      stack.append((b, depth + 1))
    }
    return true
  }

  /// The same without cutting the part.
  private func holdsAtOnce(_ part: CurveCell, value: Int, dx: Int, dy: Int) -> Bool {
    for precision in [64, 320] {
      let x = frame.x.interval(part.x0, part.x1, precision: precision)
      let y = frame.y.interval(part.y0, part.y1, precision: precision)
      let (cx, cy) = (Interval(x.midpoint), Interval(y.midpoint))
      guard let all = try? curve.enclose(x: x, y: y, precision: precision),
        let middle = try? curve.value(x: cx, y: cy, precision: precision)
      else { continue }
      let values = all.value.intersection(middle + all.dx * (x - cx) + all.dy * (y - cy))
      if value == 0 || (!values.isEmpty && values.certainSign == value),
        dx == 0 || (CertifiedRoots.isDefinite(all.dx) && all.dx.certainSign == dx),
        dy == 0 || (CertifiedRoots.isDefinite(all.dy) && all.dy.certainSign == dy)
      {
        return true
      }
    }
    return false
  }

  // MARK: 3. and 4. Places and pieces

  private func sign(_ line: PlaneAxis, _ value: Double, _ t: Double) -> Int? {
    let (x, y) = line == .x ? (value, t) : (t, value)
    for precision in [64, 256, 1024] {
      let all = try? curve.value(
        x: frame.x.interval(x, precision: precision), y: frame.y.interval(y, precision: precision),
        precision: precision)
      if let sign = all?.certainSign, sign != 0 { return sign }
    }
    guard let a = frame.x.exact(x), let b = frame.y.exact(y) else { return nil }
    return curve.exactSign(x: a, y: b)
  }

  /// The number of zeros on a part of a line whose ends are no zeros, or corners.
  private func count(_ line: PlaneAxis, _ value: Double, _ a: Double, _ b: Double) throws -> Int {
    let free = frame.axis(line.other)
    var zeros = 0
    for end in [a, b] where sign(line, value, end) == 0 {
      guard free.isEnd(end) else { throw CertificateError("a zero at a corner of a cell") }
      zeros += 1
    }
    var stack = [(a, b, 0)]
    while let (p, q, depth) = stack.popLast() {
      let part =
        line == .x
        ? CurveCell(x0: value, x1: value, y0: p, y1: q)
        : CurveCell(x0: p, x1: q, y0: value, y1: value)
      guard let low = sign(line, value, p), let high = sign(line, value, q) else {
        throw CertificateError("a sign on a line is not decided")
      }
      if low != 0, low == high, holdsAtOnce(part, value: low, dx: 0, dy: 0) { continue }
      let slopes = (holds(part, line, 1) || holds(part, line, -1))
      if slopes {
        // The zero of a monotone function at an end is its only one, and counted.
        if low * high < 0 { zeros += 1 }
        continue
      }
      let cut = p + (q - p) * 0.5041
      guard depth < 60, cut > p, cut < q, sign(line, value, cut) != 0 else {
        throw CertificateError("the zeros on a line cannot be counted")
      }
      stack.append((p, cut, depth + 1))
      stack.append((cut, q, depth + 1))
    }
    return zeros
  }

  private func holds(_ part: CurveCell, _ line: PlaneAxis, _ slope: Int) -> Bool {
    line == .x
      ? holdsAtOnce(part, value: 0, dx: 0, dy: slope)
      : holdsAtOnce(part, value: 0, dx: slope, dy: 0)
  }

  /// Shows that the places on the sides of a cell are all there, and the arcs between them.
  private func pieces(_ index: Int) throws -> Set<Int> {
    let cell = boxes[index]
    let claim = data.cells[index]
    // Where a side of the rectangle lies on the curve, monotony across makes it all there is.
    for axis in [PlaneAxis.x, .y] where (axis == .x ? claim.dx : claim.dy) != 0 {
      for value in [cell.low(axis), cell.high(axis)] where frame.axis(axis).isEnd(value) {
        if let exact = frame.axis(axis).exact(value), curve.vanishes(fixing: axis, at: exact) {
          return []
        }
      }
    }
    var own: [Int] = []
    var corners = 0
    for axis in [PlaneAxis.x, .y] {
      for value in [cell.low(axis), cell.high(axis)] {
        let (a, b) = (cell.low(axis.other), cell.high(axis.other))
        let here = places.indices.filter {
          let place = places[$0]
          return place.line == axis && place.value == value && place.lower >= a
            && place.upper <= b
        }
        let fromOther = places.indices.filter {
          let place = places[$0]
          return place.kind == .corner && place.line == axis.other && place.lower == value
            && (place.value == a || place.value == b)
        }
        corners += fromOther.count
        try checkSide(axis, value, a, b, here, extra: fromOther.count)
        own += here
      }
    }
    let isAlongX = claim.dy != 0
    let axis: PlaneAxis = isAlongX ? .x : .y
    let order = own.sorted {
      let (p, q) = (places[$0].bounds(axis), places[$1].bounds(axis))
      return p.lower + p.upper < q.lower + q.upper
    }
    for (p, q) in zip(order, order.dropFirst())
    where places[p].bounds(axis).upper >= places[q].bounds(axis).lower {
      throw CertificateError("places of cell \(index) are not told apart")
    }
    var expected: [(Int, Int)] = []
    for (p, q) in zip(order, order.dropFirst()) {
      let t = (places[p].bounds(axis).upper + places[q].bounds(axis).lower) / 2
      guard let low = sign(axis, t, cell.low(axis.other)),
        let high = sign(axis, t, cell.high(axis.other)), low != 0, high != 0
      else { throw CertificateError("a sign in cell \(index) is not decided") }
      if low != high { expected.append((p, q)) }
    }
    var found: Set<Int> = []
    for (p, q) in expected {
      guard
        let arc = data.arcs.firstIndex(where: { $0.cell == index && $0.from == p && $0.to == q })
      else { throw CertificateError("a piece of the curve in cell \(index) is missing") }
      found.insert(arc)
    }
    guard data.arcs.count(where: { $0.cell == index }) == expected.count else {
      throw CertificateError("an arc in cell \(index) is no piece of the curve")
    }
    return found
  }

  private func checkSide(
    _ axis: PlaneAxis, _ value: Double, _ a: Double, _ b: Double, _ here: [Int], extra: Int
  ) throws {
    for place in here where places[place].kind == .crossing {
      let node = places[place]
      guard let low = sign(axis, value, node.lower), let high = sign(axis, value, node.upper),
        low * high < 0
      else { throw CertificateError("place \(place) is no change of sign") }
    }
    for place in here where places[place].kind == .corner {
      guard sign(axis, value, places[place].lower) == 0 else {
        throw CertificateError("corner \(place) does not lie on the curve")
      }
    }
    if here.contains(where: { places[$0].kind == .touching }) {
      guard try countExactly(axis, value, a, b, here) == here.count + extra else {
        throw CertificateError("the places on a side are not all the zeros there")
      }
      return
    }
    guard try count(axis, value, a, b) == here.count + extra else {
      throw CertificateError("the places on a side are not all the zeros there")
    }
  }

  /// By Descartes' rule on the polynomial along an edge; each touching place has one zero between its bounds.
  private func countExactly(
    _ axis: PlaneAxis, _ value: Double, _ a: Double, _ b: Double, _ here: [Int]
  ) throws -> Int {
    let free = frame.axis(axis.other)
    guard let fixed = frame.axis(axis).exact(value),
      let polynomial = try curve.restriction(fixing: axis, at: fixed), !polynomial.isZero,
      let low = free.exact(a), let high = free.exact(b)
    else { throw CertificateError("a touching place is not on a polynomial edge") }
    let squareFree = try polynomial.squareFreePart()
    func zeros(_ low: Rational, _ high: Rational) throws -> Int {
      try RealRootIsolation.isolate(
        squareFree, in: RationalRange(lower: .closed(low), upper: .closed(high))
      ).count
    }
    for place in here {
      guard let p = free.exact(places[place].lower), let q = free.exact(places[place].upper),
        try zeros(p, q) == 1
      else { throw CertificateError("place \(place) is not one zero") }
    }
    return try zeros(low, high)
  }

  // MARK: 5. Components

  private func components() throws {
    var seen = Set<Int>()
    for component in data.components {
      guard !component.arcs.isEmpty, component.places.count == component.arcs.count + 1 else {
        throw CertificateError("a component without arcs, or with too few places")
      }
      for (position, arc) in component.arcs.enumerated() {
        guard data.arcs.indices.contains(arc), seen.insert(arc).inserted else {
          throw CertificateError("an arc is in no component or in two")
        }
        let ends = (component.places[position], component.places[position + 1])
        guard
          ends == (data.arcs[arc].from, data.arcs[arc].to)
            || ends == (data.arcs[arc].to, data.arcs[arc].from)
        else { throw CertificateError("arcs of a component do not meet") }
      }
      guard component.closed == (component.places.first == component.places.last) else {
        throw CertificateError("a component is not closed, or open, as said")
      }
    }
    guard seen.count == data.arcs.count else {
      throw CertificateError("an arc belongs to no component")
    }
    // Nothing goes on beyond the ends of an open component.
    var meeting: [Int: Int] = [:]
    for arc in data.arcs {
      meeting[arc.from, default: 0] += 1
      meeting[arc.to, default: 0] += 1
    }
    for component in data.components where !component.closed {
      for end in [component.places[0], component.places[component.places.count - 1]]
      where meeting[end] != 1 {
        throw CertificateError("an open component ends where the curve goes on")
      }
    }
  }

  // MARK: 6. Points

  private func check(_ point: CurveCertificate.Point) throws {
    guard data.arcs.indices.contains(point.arc) else { throw CertificateError("a point on no arc") }
    let arc = data.arcs[point.arc]
    let claim = data.cells[arc.cell]
    // The exact coordinate runs along the arc: F is monotone across.
    let axis: PlaneAxis = point.x.count == 1 && claim.dy != 0 ? .x : .y
    guard axis == .x || claim.dx != 0 else {
      throw CertificateError("a point without an exact coordinate")
    }
    let (exact, bounds) = axis == .x ? (point.x, point.y) : (point.y, point.x)
    guard exact.count == 1, let t = Rational(exact[0]),
      let low = bounds.first.flatMap({ Rational($0) }),
      let high = bounds.last.flatMap({ Rational($0) }), low <= high
    else { throw CertificateError("a point is not a number and bounds") }
    let precision = max(128, bounds.map(\.utf8.count).max() ?? 0) * 4 + 64
    func own(_ value: Rational, _ axis: PlaneAxis) -> Interval {
      let value = Interval(value, precision: precision)
      return frame.axis(axis).map?.forward(value, precision) ?? value
    }
    let along = own(t, axis)
    // Inside the part of the cell over which the arc runs, and between its sides.
    let ends = [places[arc.from], places[arc.to]].map { $0.bounds(axis) }
    let (first, last) = (
      ends.map(\.lower).min() ?? .infinity, ends.map(\.upper).max() ?? -.infinity
    )
    let cell = boxes[arc.cell]
    let (p, q) = (own(low, axis.other), own(high, axis.other))
    guard along.isSubset(of: frame.axis(axis).interval(first, last, precision: precision)),
      p.union(q).isSubset(
        of: frame.axis(axis.other).interval(
          cell.low(axis.other), cell.high(axis.other), precision: precision))
    else { throw CertificateError("a point outside its arc") }
    func value(_ across: Interval) throws -> Int? {
      axis == .x
        ? try curve.value(x: along, y: across, precision: precision).certainSign
        : try curve.value(x: across, y: along, precision: precision).certainSign
    }
    if low == high {
      guard try value(p) == 0 else { throw CertificateError("a point does not lie on the curve") }
      return
    }
    guard let a = try value(p), let b = try value(q), a * b < 0 else {
      throw CertificateError("F does not change its sign between the bounds of a point")
    }
  }
}
