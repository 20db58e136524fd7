import Algebra
import Arbitrary
import Exact

/// Places on the sides of cells, and the pieces between them.
extension CurveCheck {
  func sign(_ line: PlaneAxis, _ value: Double, _ t: Double) -> Int? {
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
  func count(_ line: PlaneAxis, _ value: Double, _ a: Double, _ b: Double) throws -> Int {
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

  func holds(_ part: CurveCell, _ line: PlaneAxis, _ slope: Int) -> Bool {
    line == .x
      ? holdsAtOnce(part, value: 0, dx: 0, dy: slope)
      : holdsAtOnce(part, value: 0, dx: slope, dy: 0)
  }

  /// Shows that the places on the sides of a cell are all there, and the arcs between them.
  func pieces(_ index: Int) throws -> Set<Int> {
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

  func checkSide(
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
  func countExactly(
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
}
