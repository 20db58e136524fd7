import Algebra
import Arbitrary
import Dispatch
import Exact
import Synchronization

/// Points to the digits asked.
extension CurveBoundary {
  func compute(_ tasks: [Task]) throws -> [Boundary.Point?] {
    if tasks.isEmpty { return [] }
    let results = Mutex<[Boundary.Point?]>(Array(repeating: nil, count: tasks.count))
    let failure = Mutex<(any Error)?>(nil)
    let control = job.control
    control.begin(
      .points, total: tasks.count, curve: index + 1, curves: job.curves.count)
    // Neighbours cost about the same: each part takes every n-th.
    let parts = min(tasks.count, 64)
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      for task in stride(from: part, to: tasks.count, by: parts) {
        if control.isCancelled || failure.withLock({ $0 != nil }) { return }
        let memory = PlaceMemory(control.checkpoint, curve: index, task: task)
        do {
          let point =
            switch tasks[task] {
            case .node(let node): try self.point(at: nodes[node], memory)
            case .onArc(let arc, let t): try self.point(on: arcs[arc], near: t, memory)
            }
          results.withLock { $0[task] = point }
        } catch {
          failure.withLock { $0 = error }
        }
        control.advance(done: 1)
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    try control.throwIfCancelled()
    return results.withLock { $0 }
  }

  /// The point of an arc whose coordinate along is a short decimal near t in the asked coordinates.
  func point(
    on arc: CurveArc, near t: Double, _ memory: PlaceMemory
  ) throws -> Boundary.Point? {
    let along = frame.axis(arc.axis)
    func end(_ node: CurveNode) -> (lower: Double, upper: Double) {
      node.line == arc.axis ? (node.value, node.value) : (node.lower, node.upper)
    }
    let (a, b) = (end(nodes[arc.first]).upper, end(nodes[arc.last]).lower)
    guard a < b, let exact = decimal(along, a, b, near: t) else { return nil }
    let line = CurveRefinement<Curve>.Line(
      axis: arc.axis, exact: along.map == nil ? exact : nil
    ) { precision in
      let point = Interval(exact, precision: precision)
      return along.map?.forward(point, precision) ?? point
    }
    let across = arc.axis.other
    guard
      let place = try refinement.place(
        line, from: arc.cell.low(across), to: arc.cell.high(across), signBelow: -arc.slope,
        digits: job.digits, memory)
    else { return nil }
    return arc.axis == .x
      ? Boundary.Point(x: .exact(exact), y: place) : Boundary.Point(x: place, y: .exact(exact))
  }

  /// A short decimal of the asked coordinate whose image lies between a and b, near that of t.
  func decimal(_ axis: FrameAxis, _ a: Double, _ b: Double, near t: Double) -> Rational? {
    func ask(_ c: Double) -> Rational? {
      if let end = axis.asked(c) { return end }
      guard let map = axis.map else { return Rational(exactly: c) }
      return Rational(exactly: map.inverse(Interval(c, precision: 96), 96).midpoint)
    }
    guard let p = ask(a), let q = ask(b), let middle = ask(min(max(t, a), b)) else { return nil }
    let (low, high) = (min(p, q), max(p, q))
    var scale = Rational.one
    let ten = Rational(10)
    var rounds = 0
    while (high - low) * scale < Rational(20_000), rounds < 400 {
      scale = scale * ten
      rounds += 1
    }
    guard let short = try? Rational((middle * scale).floor) / scale else { return nil }
    let exact = short > low && short < high ? short : middle
    return exact >= low && exact <= high ? exact : nil
  }

  /// A node with all the digits asked.
  func point(at node: CurveNode, _ memory: PlaceMemory) throws -> Boundary.Point? {
    let fixed = frame.axis(node.line)
    let exact: CertifiedCoordinate =
      fixed.asked(node.value).map { .exact($0) }
      ?? inverse(fixed, node.value)
    let other = try place(of: node, memory)
    guard let other else { return nil }
    return node.line == .x
      ? Boundary.Point(x: exact, y: other) : Boundary.Point(x: other, y: exact)
  }

  func inverse(_ axis: FrameAxis, _ c: Double) -> CertifiedCoordinate {
    guard let map = axis.map else {
      return Rational(exactly: c).map { .exact($0) } ?? .enclosed(Interval(c))
    }
    let precision = job.digits * 10 / 3 + 96
    return .enclosed(map.inverse(Interval(c, precision: precision), precision))
  }

  func place(of node: CurveNode, _ memory: PlaceMemory) throws -> CertifiedCoordinate? {
    let free = frame.axis(node.line.other)
    if node.kind == .corner { return free.asked(node.lower).map { .exact($0) } }
    let fixed = frame.axis(node.line)
    if node.isOnEdge, let exact = fixed.exact(node.value), free.map == nil,
      let polynomial = try curve.restriction(fixing: node.line, at: exact),
      let a = free.exact(node.lower), let b = free.exact(node.upper)
    {
      return try algebraic(polynomial, a, b)
    }
    guard node.kind == .crossing else { return nil }
    let value = node.value
    let line = CurveRefinement<Curve>.Line(axis: node.line, exact: fixed.exact(value)) {
      fixed.interval(value, precision: $0)
    }
    return try refinement.place(
      line, from: node.lower, to: node.upper, signBelow: node.signBelow, digits: job.digits,
      memory)
  }

  /// The root of a polynomial between two numbers that isolate it.
  func algebraic(
    _ polynomial: IntegerPolynomial, _ a: Rational, _ b: Rational
  ) throws -> CertifiedCoordinate? {
    let squareFree = try polynomial.squareFreePart()
    let roots = try RealRootIsolation.isolate(
      squareFree, in: RationalRange(lower: .closed(a), upper: .closed(b)))
    guard let root = roots.first else { return nil }
    var bits = job.digits * 10 / 3 + 64
    for _ in 0..<6 {
      let fine = RealRootIsolation.refine(root, of: squareFree, toBits: bits)
      if fine.lower == fine.upper { return .exact(fine.lower) }
      let interval = try Interval(lower: fine.lower, upper: fine.upper, precision: bits + 64)
      if Decimal.digits(of: interval, significant: job.digits) != nil {
        return .enclosed(interval)
      }
      bits *= 2
    }
    return nil
  }

  /// An edge of the rectangle that lies on the curve.
  func straight(
    _ line: PlaneAxis, _ value: Double, _ spacing: Double
  ) throws -> Boundary.Component {
    let (fixed, free) = (frame.axis(line), frame.axis(line.other))
    let at = fixed.asked(value) ?? .zero
    let (a, b) = free.range
    let count = max(2, min(job.points, Int(min(1 / spacing, 1e6))))
    let points = try (0...count).map { k in
      let t = try a + (b - a) * Rational(Integer(k), Integer(count))
      return line == .x
        ? Boundary.Point(x: .exact(at), y: .exact(t)) : Boundary.Point(x: .exact(t), y: .exact(at))
    }
    return Boundary.Component(
      points: points, arcs: [], curve: index, isClosed: false, startsOnEdge: true, endsOnEdge: true,
      signOnLeft: nil, sides: nil)
  }
}
