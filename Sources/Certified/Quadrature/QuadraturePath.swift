import Arbitrary
import Exact
import Symbolic

/// One run of a quadrature at one precision: the special points, what is proved near each, and the
/// segments between.
struct QuadraturePath {
  /// A point at which the path is cut.
  private enum Mark {
    case end(Expression, Interval)
    case pole(Expression, Interval)
    case infinity(Int)

    var place: Interval? {
      switch self {
      case .end(_, let place), .pole(_, let place): place
      case .infinity: nil
      }
    }
  }

  private let f: Expression
  private let x: Symbol
  private var marks: [Mark] = []
  private var isReversed = false
  private let precision: Int
  private let tolerance: Int
  private let program: Program
  private var gauss: AdaptiveGauss

  init(
    _ quadrature: Quadrature, values: [Symbol: Expression], precision: Int, tolerance: Int,
    limit: QuadratureLimit
  ) throws(QuadratureError) {
    // Declared without a sign: the path need not lie in the domain of the variable.
    let free = Symbol("integration variable", .real)
    var substitution = values
    substitution[quadrature.variable] = free.expression
    f = quadrature.integrand.substituting(substitution)
    x = free
    self.precision = precision
    self.tolerance = tolerance
    program = try Self.compiled(f, free)
    gauss = AdaptiveGauss(program, precision: precision, tolerance: tolerance, limit: limit)
    var first = try Self.mark(quadrature.from.substituting(values), precision)
    var last = try Self.mark(quadrature.to.substituting(values), precision)
    if Self.isAfter(first, last) {
      swap(&first, &last)
      isReversed = true
    }
    var poles: [Mark] = []
    for pole in quadrature.poles {
      guard case .end(let place, let box) = try Self.mark(pole.substituting(values), precision)
      else { throw .unsuitablePath("a pole at infinity") }
      poles.append(.pole(place, box))
    }
    poles.sort { a, b in
      guard let a = a.place, let b = b.place else { return false }
      return a.isCertainlyLess(than: b)
    }
    marks = [first] + poles + [last]
    try checkOrder()
  }

  private static func compiled(
    _ f: Expression, _ x: Symbol
  ) throws(QuadratureError) -> Program {
    do { return try Program([f], inputs: [x]) } catch { throw .symbolic(error) }
  }

  private static func mark(
    _ place: Expression, _ precision: Int
  ) throws(QuadratureError) -> Mark {
    if case .constant(.infinity) = place.kind { return .infinity(1) }
    if case .constant(.infinity) = (-place).kind { return .infinity(-1) }
    let program: Program
    do { program = try Program([place], inputs: []) } catch { throw .symbolic(error) }
    guard let box = try? program.enclose([Interval](), precision: precision + 32).first,
      box.im.isZero, box.re.isBounded, !box.isEmpty
    else { throw .unsuitablePath("\(place) is no real number") }
    return .end(place, box.re)
  }

  private static func isAfter(_ a: Mark, _ b: Mark) -> Bool {
    switch (a, b) {
    case (.infinity(let sign), _): return sign > 0
    case (_, .infinity(let sign)): return sign < 0
    default:
      guard let a = a.place, let b = b.place else { return false }
      return b.isCertainlyLess(than: a)
    }
  }

  /// Whether the special points follow each other; two ends that are equal are one integral of zero.
  private func checkOrder() throws(QuadratureError) {
    for (a, b) in zip(marks, marks.dropFirst()) {
      switch (a, b) {
      case (.infinity(let first), .infinity(let last)):
        if first >= last { throw .unsuitablePath("both ends are the same infinity") }
      case (.infinity(let sign), _):
        if sign > 0 { throw .unsuitablePath("a pole outside the path") }
      case (_, .infinity(let sign)):
        if sign < 0 { throw .unsuitablePath("a pole outside the path") }
      default:
        guard let p = a.place, let q = b.place else { continue }
        if marks.count == 2, p.isPoint, p.lower == q.lower, q.isPoint { continue }
        guard p.isCertainlyLess(than: q) else {
          throw .unsuitablePath("the ends and poles are not told apart")
        }
      }
    }
  }

  // MARK: The integral

  mutating func integral() throws(QuadratureError) -> CertifiedIntegral {
    var total = ComplexInterval.zero
    // Where the stretch after each mark begins, and where the one before it ends.
    var cuts: [(before: Interval, after: Interval)] = []
    if marks.count == 2, let p = marks[0].place, let q = marks[1].place, p.isPoint, q.isPoint,
      p.lower == q.lower
    {
      return CertifiedIntegral(enclosure: .zero, evaluations: 0, segments: 0)
    }
    for index in marks.indices {
      let (value, before, after) = try near(index)
      total = sum(total, value)
      cuts.append((before, after))
    }
    for (left, right) in zip(cuts, cuts.dropFirst()) {
      total = sum(total, try stretch(left.after, right.before))
    }
    return CertifiedIntegral(
      enclosure: isReversed ? -total : total, evaluations: gauss.evaluations,
      segments: gauss.segments)
  }

  private func sum(_ a: ComplexInterval, _ b: ComplexInterval) -> ComplexInterval {
    ComplexInterval(
      re: Interval.add(a.re, b.re, precision: precision),
      im: a.im.isZero ? b.im : b.im.isZero ? a.im : Interval.add(a.im, b.im, precision: precision))
  }

  /// Between two cuts that are known up to rounding: from the greatest left to the least right one,
  /// and a sliver of unknown width at both.
  private mutating func stretch(
    _ left: Interval, _ right: Interval
  ) throws(QuadratureError) -> ComplexInterval {
    guard left.upper < right.lower else { throw .unsuitablePath("points too close to part") }
    var total = try gauss.integral(from: left.upper, to: right.lower)
    for edge in [left, right] where !edge.isPoint {
      guard let value = try? program.encloseDefined([edge], precision: precision).first,
        value.re.isBounded, value.im.isBounded
      else { throw .undecided(near: "\(edge.midpoint)", reason: "no bound at the end") }
      let width = Interval.sub(Interval(edge.upper), Interval(edge.lower), precision: 64)
      let share = Interval(between: Real.zero, and: width.upper)
      total = sum(
        total,
        ComplexInterval(
          re: Interval.mul(share, value.re, precision: precision),
          im: value.im.isZero ? value.im : Interval.mul(share, value.im, precision: precision)))
    }
    return total
  }

  /// The integral next to a mark, and the cuts on both sides of it.
  private func near(
    _ index: Int
  ) throws(QuadratureError) -> (ComplexInterval, before: Interval, after: Interval) {
    let mark = marks[index]
    switch mark {
    case .infinity(let sign):
      let (value, halvings) = try atInfinity(sign, beyond: reach())
      let edge = Interval(
        Real.scale(Real(sign), byPowerOfTwo: halvings, precision: precision))
      return (value, edge, edge)
    case .pole(let place, let box):
      let (value, h) = try atPole(place, box, room: room(index))
      let step = Interval(h)
      return (
        value, Interval.sub(box, step, precision: precision + 32),
        Interval.add(box, step, precision: precision + 32)
      )
    case .end(let place, let box):
      let isLeft = index == 0
      let room = room(index)
      guard let (value, h) = try atEnd(place, box, isLeft: isLeft, room: room) else {
        return (.zero, box, box)
      }
      let step = Interval(h)
      let edge =
        isLeft
        ? Interval.add(box, step, precision: precision + 32)
        : Interval.sub(box, step, precision: precision + 32)
      return (value, edge, edge)
    }
  }

  /// An exponent k with 2^k beyond all finite marks and their double.
  private func reach() -> Int {
    let sizes = marks.compactMap { $0.place?.magnitude.exponent }
    return max(1, (sizes.max() ?? 0) + 1)
  }

  /// An exponent e with 2^e at most a quarter of the distance from a mark to its neighbours.
  private func room(_ index: Int) -> Int {
    guard let here = marks[index].place else { return 0 }
    var least = 0
    for other in [index - 1, index + 1] where marks.indices.contains(other) {
      guard let there = marks[other].place else { continue }
      let distance = Interval.abs(Interval.sub(here, there, precision: 64))
      least = min(least, (distance.lower.exponent ?? -precision) - 3)
    }
    return least
  }

  private func isSmall(_ box: ComplexInterval) -> Bool {
    [box.re, box.im].allSatisfy { part in
      part.isBounded
        && (part.width.isZero || (part.width.exponent ?? .max) <= 3 - tolerance)
    }
  }

  /// The function of u that the integrand is next to a point: as written, and in normal form, which
  /// may cancel what enclosures cannot.
  private func local(_ image: (Expression) -> Expression) -> [Program] {
    let u = Symbol("distance", .positive)
    let free = Symbol("distance", .real)
    let written = image(u.expression)
    var programs: [Program] = []
    if let program = try? Program([written], inputs: [u]) { programs.append(program) }
    let general = image(free.expression)
    if general.treeSize < 2000, let form = try? NormalForm(general).expression,
      let program = try? Program([form], inputs: [free])
    {
      programs.append(program)
    }
    return programs
  }

  private func atInfinity(
    _ sign: Int, beyond reach: Int
  ) throws(QuadratureError) -> (ComplexInterval, Int) {
    let programs = local { u in
      f.substituting([x: .integer(sign) * u.power(-1)]) * u.power(-2)
    }
    let name = sign > 0 ? "infinity" : "-infinity"
    guard let found = try endIntegral(programs, from: reach, name) else {
      throw .undecided(near: name, reason: "no bound of the tail")
    }
    return found
  }

  /// The first h = 2^-k, from k = start, at which the end is enclosed within the tolerance.
  private func endIntegral(
    _ programs: [Program], from start: Int, _ place: String
  ) throws(QuadratureError) -> (ComplexInterval, Int)? {
    for program in programs {
      var halvings = max(start, 1)
      while halvings <= 24 * precision + 1024 {
        if let value = try? program.endIntegral(
          halvings: halvings, others: [], precision: 96)
        {
          switch value {
          case .bounded(let box): if isSmall(box) { return (box, halvings) }
          case .divergent: throw .divergent(at: place)
          case .unknown: break
          }
        }
        halvings += max(1, halvings / 6)
      }
    }
    return nil
  }

  private func atPole(
    _ place: Expression, _ box: Interval, room: Int
  ) throws(QuadratureError) -> (ComplexInterval, Real) {
    let programs = local { u in f.substituting([x: place + u]) }
    guard
      let found = try expanded(
        programs, room: room, "\(place)",
        { (program, h, terms) throws(ArithmeticError) in
          try program.principalIntegral(
            halfWidth: h, others: [], terms: terms, precision: precision)
        })
    else { throw .undecided(near: "\(place)", reason: "no expansion at the pole") }
    return found
  }

  private func expanded(
    _ programs: [Program], room: Int, _ place: String,
    _ integral: (Program, Real, Int) throws(ArithmeticError) -> EndIntegral
  ) throws(QuadratureError) -> (ComplexInterval, Real)? {
    for program in programs {
      for step in 0..<24 {
        let h = Real.scale(Real.one, byPowerOfTwo: room - step, precision: precision)
        let terms = min(max(16, precision / 4), 160)
        guard let value = try? integral(program, h, terms) else { continue }
        switch value {
        case .bounded(let box): if isSmall(box) { return (box, h) }
        case .divergent: throw .divergent(at: place)
        case .unknown: break
        }
      }
    }
    return nil
  }

  /// Nil where the integrand is bounded at the end, which needs nothing.
  private func atEnd(
    _ place: Expression, _ box: Interval, isLeft: Bool, room: Int
  ) throws(QuadratureError) -> (ComplexInterval, Real)? {
    let h = Real.scale(Real.one, byPowerOfTwo: min(room, -10), precision: precision)
    let beside =
      isLeft
      ? Interval.add(box, Interval(between: Real.zero, and: h), precision: precision)
      : Interval.sub(box, Interval(between: Real.zero, and: h), precision: precision)
    if let value = try? program.encloseDefined([beside], precision: 64).first,
      value.re.isBounded, value.im.isBounded
    {
      return nil
    }
    let programs = local { u in f.substituting([x: isLeft ? place + u : place - u]) }
    if let found = try expanded(
      programs, room: min(room, 0), "\(place)",
      { (program, h, terms) throws(ArithmeticError) in
        try program.oneSidedIntegral(width: h, others: [], terms: terms, precision: precision)
      })
    {
      return found
    }
    guard let (value, halvings) = try endIntegral(programs, from: max(1, -room), "\(place)")
    else { throw .undecided(near: "\(place)", reason: "no bound at the end") }
    return (
      value, Real.scale(Real.one, byPowerOfTwo: -halvings, precision: precision)
    )
  }
}
