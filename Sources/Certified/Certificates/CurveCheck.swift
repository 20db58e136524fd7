import Arbitrary
import Exact

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
  func tile(_ cells: [Int], _ whole: CurveCell) throws {
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

  func gap(_ cells: [Int], _ part: CurveCell) -> (PlaneAxis, Double, [Int])? {
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

  func test(_ index: Int) throws {
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
  func holds(_ cell: CurveCell, value: Int, dx: Int, dy: Int) -> Bool {
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
  func holdsAtOnce(_ part: CurveCell, value: Int, dx: Int, dy: Int) -> Bool {
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
}
